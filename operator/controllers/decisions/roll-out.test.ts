/** The cases of roll-out.ts by their numbers, each alone, then every combination of what they depend on. */
import { describe, expect, test } from '@jest/globals';
import {
  NEW_REVISION,
  OLD_REVISION,
  pod,
  settledSet,
} from '../../../test/support/decision-samples.ts';
import type { OwnedPod } from './owned-pod.ts';
import { decideRollOut, versionSkew } from './roll-out.ts';
import type { RollOut, RollOutFacts } from './roll-out.ts';

const OLD_IMAGE = 'r/ecp-server:0.2.0';
const NEW_IMAGE = 'r/ecp-server:0.3.0';
const BANK = { key: 'EcpDataServer data/bank', isRolling: false, version: '0.3.0' };

const old = (ordinal: number, more: Partial<OwnedPod> = {}): OwnedPod =>
  pod(ordinal, { image: OLD_IMAGE, revision: OLD_REVISION, ...more });
const updated = (ordinal: number, more: Partial<OwnedPod> = {}): OwnedPod =>
  pod(ordinal, { image: NEW_IMAGE, revision: NEW_REVISION, ...more });

/** Another image for three pods of the old one, and nothing against it. */
function rollOut(more: Partial<RollOutFacts> = {}): RollOut {
  return decideRollOut({
    current: settledSet(3, { templateHash: 'sha256:old', updateRevision: OLD_REVISION }),
    templateHash: 'sha256:wanted',
    image: NEW_IMAGE,
    replicas: 3,
    pods: [old(0), old(1), old(2)],
    versionOf: () => '0.2.0',
    dataServers: [BANK],
    ...more,
  });
}
const APPLIED = settledSet(3, { updated: 1, isSettled: false });
const HIGHEST_IS_NEW: Partial<RollOutFacts> = {
  current: APPLIED,
  pods: [old(0), old(1), updated(2)],
  versionOf: (uid) => (uid === 'uid-of-bank-2' ? '0.3.0' : '0.2.0'),
};
const ALL = { partition: 0, findings: [] };

describe('which pods get a changed template', () => {
  test('(1) all, while there are no pods, whatever data servers do', () => {
    const dataServers = [{ ...BANK, isRolling: true, version: '0.1.0' }];
    expect(rollOut({ current: undefined, dataServers })).toEqual(ALL);
    expect(rollOut({ pods: [], dataServers })).toEqual(ALL);
  });

  test('(2) all, when every pod has it already, whatever data servers do', () => {
    const pods = [updated(0), updated(1), updated(2)];
    const dataServers = [{ ...BANK, isRolling: true, version: '0.1.0' }];
    expect(rollOut({ current: settledSet(3), pods, dataServers })).toEqual(ALL);
  });

  test('(2) what is held stays held until the StatefulSet’s controller has seen it: its revisions are the former ones', () => {
    const dataServers = [{ ...BANK, isRolling: true }];
    const unseen = { updateRevision: OLD_REVISION, isSeen: false, isSettled: false };
    const templateHash = 'sha256:wanted';
    const held = settledSet(3, { ...unseen, templateHash, partition: 3 });
    expect(rollOut({ current: held, dataServers })).toEqual(rollOut({ dataServers }));
    // Only the number of pods was changed: nothing to hold.
    const scaled = settledSet(3, { ...unseen, templateHash });
    expect(rollOut({ current: scaled, dataServers })).toEqual(ALL);
  });

  test('(3) none while a data server that it uses is rolling', () => {
    const dataServers = [
      { ...BANK, key: 'EcpDataServer data/a' },
      { ...BANK, isRolling: true },
    ];
    const { partition, findings } = rollOut({ dataServers });
    expect(partition).toBe(3);
    expect(findings).toEqual([
      {
        type: 'Progressing',
        reason: 'DataServersFirst',
        message: 'waits until EcpDataServer data/bank has rolled',
      },
    ]);
  });

  test('(3) none either when the template changes in something else than the image', () => {
    const dataServers = [{ ...BANK, isRolling: true }];
    expect(rollOut({ image: OLD_IMAGE, dataServers }).partition).toBe(3);
  });

  test('(5) none while the tag of the image says a newer version than a data server runs', () => {
    const { partition, findings } = rollOut({ dataServers: [{ ...BANK, version: '0.2.9' }] });
    expect(partition).toBe(3);
    expect(findings).toEqual([
      {
        type: 'Progressing',
        reason: 'DataServersFirst',
        message: `${NEW_IMAGE} is newer than EcpDataServer data/bank, which runs 0.2.9: upgrade the data server first`,
      },
    ]);
  });

  test('(4) all, when all pods run the image already', () => {
    expect(rollOut({ image: OLD_IMAGE })).toEqual(ALL);
    // Newer than the data server or not: holding them back would not make them older.
    expect(rollOut({ image: OLD_IMAGE, dataServers: [{ ...BANK, version: '0.1.0' }] })).toEqual(
      ALL,
    );
  });

  test('(6) the highest ordinal alone, until it runs and serves and has said its version', () => {
    const alone = { partition: 2, findings: [] };
    expect(rollOut()).toEqual(alone);
    const starting = [old(0), old(1), updated(2, { isReady: false })];
    expect(rollOut({ ...HIGHEST_IS_NEW, pods: starting })).toEqual(alone);
    expect(rollOut({ ...HIGHEST_IS_NEW, versionOf: () => undefined })).toEqual(alone);
    expect(rollOut({ ...HIGHEST_IS_NEW, pods: [old(0), old(1)] })).toEqual(alone);
  });

  test('(6) the one pod that there is, of one', () => {
    expect(rollOut({ replicas: 1, pods: [old(0)] })).toEqual({ partition: 0, findings: [] });
  });

  test('(6) pods without a number are no highest ordinal, and are in nobody’s way', () => {
    const pods = [old(0), old(1), updated(2), old(7, { ordinal: undefined })];
    expect(rollOut({ ...HIGHEST_IS_NEW, pods })).toEqual(ALL);
  });

  test('(7) the highest ordinal alone, when it turns out to be newer than a data server', () => {
    // The tag said nothing.
    const image = 'r/ecp-server:latest';
    const pods = [old(0), old(1), updated(2, { image })];
    const dataServers = [{ ...BANK, version: '0.2.0' }];
    const { partition, findings } = rollOut({ ...HIGHEST_IS_NEW, image, pods, dataServers });
    expect(partition).toBe(2);
    expect(findings).toEqual([
      {
        type: 'Degraded',
        reason: 'VersionSkew',
        message:
          'pod bank-2 runs 0.3.0, newer than EcpDataServer data/bank, which runs 0.2.0: upgrade the data server first',
      },
    ]);
  });

  test('(8) all, when the highest ordinal serves and is no newer than its data servers', () => {
    expect(rollOut(HIGHEST_IS_NEW)).toEqual(ALL);
    expect(rollOut({ ...HIGHEST_IS_NEW, dataServers: [] })).toEqual(ALL);
    // Of a data server that does not run nobody knows the version.
    const dataServers = [{ ...BANK, version: undefined }];
    expect(rollOut({ ...HIGHEST_IS_NEW, dataServers })).toEqual(ALL);
  });
});

describe('replicas that are added', () => {
  test('while a data server rolls come up as the others are', () => {
    const held = rollOut({ replicas: 5, dataServers: [{ ...BANK, isRolling: true }] });
    // Below the partition a StatefulSet makes pods of its former template.
    expect(held.partition).toBe(5);
  });

  test('while the highest ordinal is tried make another one the highest, which is tried as well', () => {
    const more = { ...HIGHEST_IS_NEW, replicas: 5 };
    expect(rollOut(more).partition).toBe(4);
    const pods = [old(0), old(1), updated(2), old(3), updated(4)];
    expect(rollOut({ ...more, pods, versionOf: () => '0.3.0' })).toEqual(ALL);
  });

  test('when replicas were taken away, what is on its way out counts as having the old image', () => {
    const pods = [old(0), updated(1), old(2, { isLeaving: true })];
    expect(rollOut({ ...HIGHEST_IS_NEW, replicas: 2, pods, versionOf: () => '0.3.0' })).toEqual(
      ALL,
    );
    expect(rollOut({ replicas: 0 })).toEqual({ partition: 0, findings: [] });
  });
});

describe('every combination of what a roll-out depends on', () => {
  const FLAGS = ['pods', 'pending', 'rolling', 'newerTag', 'sameImage', 'tried', 'skewed'] as const;
  type Flags = Readonly<Record<(typeof FLAGS)[number], boolean>>;

  /** In the order in which they are asked. */
  const CASES: readonly {
    readonly label: string;
    readonly when: (flags: Flags) => boolean;
    readonly partition: number;
    readonly reason?: string;
  }[] = [
    { label: '(1)', when: ({ pods }) => !pods, partition: 0 },
    { label: '(2)', when: ({ pending }) => !pending, partition: 0 },
    { label: '(3)', when: ({ rolling }) => rolling, partition: 3, reason: 'DataServersFirst' },
    { label: '(4)', when: ({ sameImage }) => sameImage, partition: 0 },
    { label: '(5)', when: ({ newerTag }) => newerTag, partition: 3, reason: 'DataServersFirst' },
    { label: '(6)', when: ({ tried }) => !tried, partition: 2 },
    { label: '(7)', when: ({ skewed }) => skewed, partition: 2, reason: 'VersionSkew' },
    { label: '(8)', when: () => true, partition: 0 },
  ];

  function factsOf(flags: Flags): RollOutFacts {
    const image = flags.newerTag ? 'r/ecp-server:0.4.0' : 'r/ecp-server:latest';
    const highest = flags.tried || flags.sameImage ? { image } : {};
    const revision = flags.pending ? OLD_REVISION : NEW_REVISION;
    const rest = { revision, ...(flags.sameImage ? { image } : {}) };
    const server = flags.skewed || flags.newerTag ? '0.1.0' : '9.0.0';
    return {
      current: settledSet(3, flags.pending ? { isSettled: false } : {}),
      templateHash: 'sha256:wanted',
      image,
      replicas: 3,
      pods: flags.pods ? [old(0, rest), old(1, rest), old(2, { ...rest, ...highest })] : [],
      versionOf: () => (flags.tried ? '0.2.0' : undefined),
      dataServers: [
        { key: 'EcpDataServer data/a', isRolling: flags.rolling, version: '9.0.0' },
        { key: 'EcpDataServer data/b', isRolling: false, version: server },
      ],
    };
  }

  const all = Array.from({ length: 2 ** FLAGS.length }, (_, bits) => {
    const flags = FLAGS.map((name, i) => [name, (bits & (1 << i)) !== 0] as const);
    return Object.fromEntries(flags) as Flags;
  });

  test('matches the first case that fits', () => {
    const seen = new Set<string>();
    for (const flags of all) {
      const found = CASES.find(({ when }) => when(flags));
      if (found === undefined) throw new Error('the last case fits always');
      seen.add(found.label);
      const { partition, findings } = decideRollOut(factsOf(flags));
      expect({ flags, partition, reason: findings[0]?.reason }).toEqual({
        flags,
        partition: found.partition,
        reason: found.reason,
      });
    }
    expect([...seen].toSorted()).toEqual(CASES.map(({ label }) => label).toSorted());
  });
});

describe('a pod that is newer than a data server which it uses', () => {
  test('is said after the roll too, and by a hand that deletes pods (OnDelete)', () => {
    const facts = {
      pods: [old(0), updated(1)],
      versionOf: (uid: string) => (uid === 'uid-of-bank-1' ? '0.4.0' : '0.3.0'),
      dataServers: [BANK],
    };
    expect(versionSkew(facts)?.reason).toBe('VersionSkew');
    expect(versionSkew(facts)?.message).toContain('pod bank-1 runs 0.4.0');
    expect(versionSkew({ ...facts, versionOf: () => '0.3.0' })).toBeUndefined();
    expect(versionSkew({ ...facts, versionOf: () => undefined })).toBeUndefined();
    expect(versionSkew({ ...facts, dataServers: [] })).toBeUndefined();
  });
});
