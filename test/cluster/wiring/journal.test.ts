/** The journal of both kinds, each field by what there is of it on disk and by what becomes of changes; all of it live. */
import { expect, test } from '@jest/globals';
import { eventually, kubectl } from '../support/kubectl.ts';
import {
  checkpoint,
  deletePod,
  exec,
  identities,
  instancePods,
  instanceStatus,
  metric,
  nodeCommand,
  shell,
  shellAnswers,
  shellCommand,
  tryExec,
  untilPodReady,
} from '../support/pods.ts';
import type { Pod } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import type { Resource, Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { lives } from './common.ts';

const MIB = 1024 * 1024;
const PODS = ['bank-0', 'shop-0'] as const;
const FOLDER = '/var/lib/ecp/data/journal';
const VOLUME_FOLDER = '/var/lib/ecp-journal/journal';
/** More than rotationSeconds, on a busy machine. */
const ROTATED_MS = 90_000;
const LOGGED_MS = 20_000;
/** What is in a segment beside changes: its beginning, and zeros ahead of the end. */
const SEGMENT_OVERHEAD_BYTES = 512 * 1024;

/** More than a MiB each, under subscripts of the letter. */
const megabytes = (letter: string, count: number, more = ''): string =>
  `FOR i=1:1:${count} SET ^Big("${letter}",i)=$JUSTIFY("",1100000)${more}`;

/** Each in a batch of its own, since $INCREMENT waits for the disk. */
const oneByOne = (letter: string, count: number): string =>
  megabytes(letter, count, ',n=$INCREMENT(^Count)');

/** Both kinds with a database of the same name, and jobs in it. */
const pair = (namespace: string, spec: Spec): readonly [Resource, Resource] => {
  const both = {
    databases: [{ name: 'ACCOUNTS' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
    storage: {},
    ...spec,
  };
  return [bank(namespace, both), resource('EcpAppServer', namespace, 'shop', both)];
};

/** Numbers and sizes of the segments that there are, ascending. */
function segments(namespace: string, pod: string, folder = FOLDER): [number, number][] {
  const script = `
    const { readdirSync, statSync } = await import('node:fs');
    const files = readdirSync('${folder}').filter((name) => name.endsWith('.seg')).sort();
    const found = files.map((name) => [Number(name.slice(8, -4)), statSync('${folder}/' + name).size]);
    process.stdout.write(JSON.stringify(found));`;
  return JSON.parse(exec(namespace, pod, nodeCommand(script))) as [number, number][];
}
const bytesOf = (found: readonly [number, number][]): number =>
  found.reduce((sum, [, bytes]) => sum + bytes, 0);
const newestOf = (found: readonly [number, number][]): number => found.at(-1)?.[0] ?? 0;

test.concurrent(
  'F-D5: segments end by size and by time and are kept as long and as much as the spec says, live',
  story(['segments'], async ({ namespaces: { segments: namespace }, step }) => {
    const keepSeconds = 3600;
    const resources = pair(namespace, { journal: { segmentSize: '1Mi', keepSeconds } });
    applyResources(...resources);
    await untilReady(...resources);
    const before = lives(namespace);
    const change = async (journal: Spec): Promise<void> => {
      for (const one of resources) patchSpec(one, { journal });
      await untilReady(...resources);
    };
    /** By how many segments the journal grows with so many megabytes; what is kept after a checkpoint. */
    const written = (
      pod: string,
      letter: string,
      count: number,
    ): readonly [number, [number, number][]] => {
      const first = newestOf(segments(namespace, pod));
      shell(namespace, pod, oneByOne(letter, count));
      checkpoint(namespace, pod);
      const found = segments(namespace, pod);
      return [newestOf(found) - first, found];
    };
    for (const pod of PODS) {
      const [more, found] = written(pod, 'a', 6);
      expect(more).toBeGreaterThanOrEqual(5);
      expect(bytesOf(found)).toBeGreaterThan(6e6);
      expect(Math.max(...found.map(([, bytes]) => bytes))).toBeLessThan(
        2 * MIB + SEGMENT_OVERHEAD_BYTES,
      );
    }

    step('longer ones');
    await change({ segmentSize: '64Mi' });
    for (const pod of PODS) {
      const [more, found] = written(pod, 'b', 6);
      expect(more).toBeLessThanOrEqual(1);
      expect(bytesOf(found)).toBeGreaterThan(12e6);
    }

    step('less of them is kept');
    await change({ segmentSize: '1Mi', keepSize: '4Mi' });
    for (const pod of PODS) {
      const [, found] = written(pod, 'c', 3);
      expect(found.length).toBeGreaterThan(1);
      expect(bytesOf(found)).toBeLessThan(4 * MIB + SEGMENT_OVERHEAD_BYTES);
    }

    step('none is kept');
    await change({ keepSeconds: 0, keepSize: null });
    for (const pod of PODS) {
      const [, found] = written(pod, 'd', 3);
      expect(bytesOf(found)).toBeLessThan(2 * MIB + SEGMENT_OVERHEAD_BYTES);
    }

    step('a new one each minute');
    const newest = PODS.map((pod) => {
      shell(namespace, pod, 'SET ^Small=1');
      return newestOf(segments(namespace, pod));
    });
    await change({ rotationSeconds: 60 });
    const rotated = (): true | undefined =>
      PODS.every((pod, i) => newestOf(segments(namespace, pod)) > (newest[i] ?? 0))
        ? true
        : undefined;
    await eventually(rotated, ROTATED_MS, 'no new segments');
    expect(lives(namespace)).toEqual(before);
  }),
);

const MODULE = '/var/lib/ecp/holder.mjs';
/** Begins a transaction, and leaves it open until it has to end. */
const HOLDER = `
export default async (database, signal) => {
  await database.tstart();
  await database.global('Held').set([], 'held');
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
};
`;

test.concurrent(
  'F-D5: what open transactions pin is warned of, and the oldest is rolled back, as the spec says',
  story(['pinned'], async ({ namespaces: { pinned: namespace }, step }) => {
    const resources = pair(namespace, { journal: { segmentSize: '1Mi' } });
    applyResources(...resources);
    await untilReady(...resources);
    step('a module that holds a transaction open');
    const uids = new Map(identities(namespace).map((one) => one.split(' ') as [string, string]));
    for (const pod of PODS) {
      const script = `(await import('node:fs')).writeFileSync('${MODULE}', ${JSON.stringify(HOLDER)})`;
      exec(namespace, pod, nodeCommand(script));
    }
    for (const one of resources) patchSpec(one, { application: { module: MODULE } });
    await Promise.all(PODS.map((pod) => untilPodReady(namespace, pod, uids.get(pod))));
    await untilReady(...resources);
    const before = lives(namespace);
    const says = async (pod: string, words: string): Promise<void> => {
      const found = (): true | undefined =>
        kubectl(['logs', pod, '-n', namespace]).includes(words) ? true : undefined;
      await eventually(found, LOGGED_MS, `${pod} does not say: ${words}`);
    };
    const WARNING = 'the journal is kept for an open transaction';
    for (const pod of PODS) {
      await shellAnswers(namespace, pod, 'WRITE ^Held', 'held');
      shell(namespace, pod, megabytes('a', 3));
      checkpoint(namespace, pod);
      expect(bytesOf(segments(namespace, pod))).toBeGreaterThan(3e6);
      expect(kubectl(['logs', pod, '-n', namespace])).not.toContain(WARNING);
    }

    step('warned of');
    for (const one of resources) patchSpec(one, { journal: { pinnedWarningSize: '1Mi' } });
    await untilReady(...resources);
    for (const pod of PODS) {
      shell(namespace, pod, megabytes('b', 1));
      await says(pod, WARNING);
      expect(shell(namespace, pod, 'WRITE ^Held')).toBe('held');
    }

    step('rolled back');
    for (const one of resources) patchSpec(one, { journal: { pinnedRollbackSize: '2Mi' } });
    await untilReady(...resources);
    for (const pod of PODS) {
      shell(namespace, pod, megabytes('c', 1));
      await shellAnswers(namespace, pod, 'WRITE $DATA(^Held)', '0');
      checkpoint(namespace, pod);
      expect(bytesOf(segments(namespace, pod))).toBeLessThan(3 * MIB);
    }
    expect(lives(namespace)).toEqual(before);
  }),
);

const VALUE_BYTES = 20_000;
/** What the journal writes beside a value, at most; and of a change that it does not hold. */
const OVERHEAD_BYTES = 1000;

test.concurrent(
  'A.1.9: globals that the spec excepts are not journaled, others while it runs',
  story(['excepted'], async ({ namespaces: { excepted: namespace }, step }) => {
    const having = (fields: Spec): Spec => ({ databases: [{ name: 'ACCOUNTS', ...fields }] });
    const resources = pair(namespace, having({ unjournaledGlobals: ['Cache', 'TMP*'] }));
    applyResources(...resources);
    await untilReady(...resources);
    const before = lives(namespace);
    /** By how much the journal grows with a long value in a global. */
    const journaled = (pod: string, global: string): number => {
      const position = (): number => instanceStatus(namespace, pod).journalPosition;
      const start = position();
      shell(namespace, pod, `SET ^${global}=$JUSTIFY("",${VALUE_BYTES})`);
      return position() - start;
    };
    for (const pod of PODS) {
      expect(journaled(pod, 'Cache')).toBeLessThan(OVERHEAD_BYTES);
      expect(journaled(pod, 'TMPx')).toBeLessThan(OVERHEAD_BYTES);
      expect(journaled(pod, 'Caches')).toBeGreaterThan(VALUE_BYTES);
    }

    step('other exceptions');
    for (const one of resources) patchSpec(one, having({ unjournaledGlobals: ['Caches'] }));
    await untilReady(...resources);
    for (const pod of PODS) {
      expect(journaled(pod, 'Cache')).toBeGreaterThan(VALUE_BYTES);
      expect(journaled(pod, 'Caches')).toBeLessThan(OVERHEAD_BYTES);
      expect(shell(namespace, pod, 'WRITE $LENGTH(^Caches)')).toBe(String(VALUE_BYTES));
    }
    expect(lives(namespace)).toEqual(before);
  }),
);

test.concurrent(
  'F-D3: a database takes no more than maxSize, says so, and takes more when it may',
  story(['full'], async ({ namespaces: { full: namespace }, step }) => {
    const having = (maxSize: string): Spec => ({ databases: [{ name: 'ACCOUNTS', maxSize }] });
    const resources = pair(namespace, having('8Mi'));
    applyResources(...resources);
    await untilReady(...resources);
    const before = lives(namespace);
    for (const pod of PODS) {
      shell(namespace, pod, 'SET ^Small="there"');
      const { ok, stderr } = tryExec(namespace, pod, shellCommand(megabytes('a', 16)));
      expect(ok).toBe(false);
      expect(stderr).toContain('FILEFULL');
      expect(shell(namespace, pod, 'WRITE ^Small')).toBe('there');
      expect(metric(namespace, pod, 'ecp_database_size_max_bytes')).toBe(8 * MIB);
    }
    step('more');
    for (const one of resources) patchSpec(one, having('64Mi'));
    await untilReady(...resources);
    for (const pod of PODS) shell(namespace, pod, megabytes('b', 16));
    expect(lives(namespace)).toEqual(before);
  }),
);

test.concurrent(
  'A.2.5: a journal that cannot be written freezes changes, or not, as the spec says',
  story(['frozen'], async ({ namespaces: { frozen: namespace }, step }) => {
    const resources = pair(namespace, {
      journal: { segmentSize: '1Mi', freezeOnError: false },
      storage: { journal: {} },
    });
    applyResources(...resources);
    await untilReady(...resources);
    /** A folder in which nobody makes a file: the next segment is an error. */
    const mode = (pod: string, octal: string): void => {
      const script = `(await import('node:fs')).chmodSync('${VOLUME_FOLDER}', 0o${octal})`;
      exec(namespace, pod, nodeCommand(script));
    };
    for (const pod of PODS) {
      mode(pod, '500');
      shell(namespace, pod, megabytes('a', 4));
      shell(namespace, pod, 'SET ^After="changed"');
      expect(metric(namespace, pod, 'ecp_journal_frozen')).toBe(0);
      mode(pod, '700');
    }

    step('with the freeze');
    for (const one of resources) patchSpec(one, { journal: { freezeOnError: true } });
    await untilReady(...resources);
    for (const pod of PODS) {
      expect(shell(namespace, pod, 'WRITE ^After')).toBe('changed');
      mode(pod, '500');
      expect(tryExec(namespace, pod, shellCommand(megabytes('b', 4))).ok).toBe(false);
      const { ok, stderr } = tryExec(namespace, pod, shellCommand('SET ^After="lost"'));
      expect(ok).toBe(false);
      expect(stderr).toContain('FROZEN');
      expect(shell(namespace, pod, 'WRITE ^After')).toBe('changed');
      expect(metric(namespace, pod, 'ecp_journal_frozen')).toBe(1);
    }
    for (const one of resources) {
      await untilCondition(one, 'Degraded', { status: 'True', reason: 'Frozen' });
    }
    step('mended');
    for (const pod of PODS) {
      mode(pod, '700');
      const [{ metadata }] = instancePods(namespace).filter(
        ({ metadata: { name } }) => name === pod,
      ) as [Pod];
      deletePod(namespace, pod);
      await untilPodReady(namespace, pod, metadata.uid);
      expect(shell(namespace, pod, 'WRITE ^After SET ^After="again" WRITE ^After')).toBe(
        'changedagain',
      );
    }
    await untilReady(...resources);
  }),
);
