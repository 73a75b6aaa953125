import { describe, expect, test } from '@jest/globals';
import {
  CONFIGURATION,
  appServer,
  dataServer,
  facts,
  observed,
  pod,
} from '../../../test/support/decision-samples.ts';
import type { Facts, ObservedPod } from './facts.ts';
import type { Observation } from './observation.ts';
import type { OwnedPod } from './owned-pod.ts';
import { podFindings } from './pod-findings.ts';

const BANK = dataServer({ timeouts: { recoverySeconds: 700 } });
const findings = (pods: readonly ObservedPod[], more: Partial<Facts> = {}) =>
  podFindings(facts(BANK, { pods, ...more }));
const said = (observation: Partial<Observation>, more: Partial<OwnedPod> = {}) =>
  findings([observed(0, observation, more)]);

test('of pods that serve nothing is found', () => {
  expect(findings([observed(0), observed(1)])).toEqual([]);
  expect(findings([{ pod: pod(0), observation: undefined }])).toEqual([]);
});

describe('F-D6: a key that an instance cannot use', () => {
  const key = (name: string) => ({ name: 'keys', key: name });
  const sealed = dataServer({
    encryption: { keySecretRef: key('a'), previousKeySecretRefs: [key('a.old')] },
  });
  const ofKeys = (one: ObservedPod) =>
    podFindings(facts(sealed, { pods: [one] })).filter(({ reason }) => reason === 'KeyNotUsable');
  const words = 'encryption.keys[0].file: /etc/ecp/keys/keys/a cannot be read: ENOENT';

  test('is said with its Secret and the words of the instance', () => {
    const trouble = { reason: 'CrashLoopBackOff', message: `container instance: ${words}` };
    expect(ofKeys(observed(0, {}, { isReady: false, trouble }))).toEqual([
      {
        type: 'ReferencesResolved',
        reason: 'KeyNotUsable',
        message: `Secret keys, key a: pod bank-0: container instance: ${words}`,
      },
    ]);
    expect(ofKeys(observed(0, { refused: words }))).toHaveLength(1);
    const away = {
      name: 'ACCOUNTS',
      uuid: '',
      state: `cannot be mounted: ${words}`,
      bytes: 0,
      freeBytes: undefined,
      encryption: undefined,
    };
    expect(ofKeys(observed(0, { databases: [away] }))).toMatchObject([
      { message: expect.stringContaining('database ACCOUNTS cannot be mounted') as unknown },
    ]);
    const encryption = {
      key: 'keys.a.old',
      tenths: 10,
      problem: `encryption key keys.a: ${words}`,
    };
    const kept = { ...away, state: 'Mounted', encryption };
    expect(ofKeys(observed(0, { databases: [kept] }))).toHaveLength(1);
    expect(ofKeys(observed(0))).toEqual([]);
  });

  test('is not taken for another whose name begins so', () => {
    const other = words.replace('/a ', '/a.old ');
    expect(ofKeys(observed(0, { refused: other }))).toMatchObject([
      { message: expect.stringContaining('key a.old') as unknown },
    ]);
    expect(ofKeys(observed(0, { refused: `${other}; ${words}` }))).toHaveLength(2);
  });
});

describe('K8: a pod that should be gone', () => {
  const LEAVES_AT = '2026-01-01T12:00:00Z';
  const leaving = (afterSeconds: number, resource = BANK) =>
    podFindings(
      facts(resource, {
        pods: [observed(0, {}, { isLeaving: true, leavesAt: LEAVES_AT })],
        nowMs: Date.parse(LEAVES_AT) + afterSeconds * 1000,
      }),
    );

  test('has half a minute beyond its grace period', () => {
    expect(leaving(-100)).toEqual([]);
    expect(leaving(30)).toEqual([]);
    expect(leaving(30.001)).toMatchObject([{ type: 'Degraded', reason: 'NodeLost' }]);
  });

  test('names its node, the taint that frees it, and how long app servers wait', () => {
    const [finding] = leaving(31);
    expect(finding?.message).toContain('pod bank-0 should be gone and is not: its node node-a');
    expect(finding?.message).toContain('node.kubernetes.io/out-of-service=nodeshutdown:NoExecute');
    expect(finding?.message).toContain('here 700 s by default');
  });

  test('of an app server keeps nobody waiting', () => {
    const [finding] = leaving(31, appServer());
    expect(finding?.message).not.toContain('App servers wait');
  });
});

describe('a pod that does not start', () => {
  const trouble = { reason: 'ImagePullBackOff', message: 'container instance: ImagePullBackOff' };

  test('is said with its trouble', () => {
    expect(said({}, { trouble })).toEqual([
      {
        type: 'Degraded',
        reason: 'PodNotStarting',
        message: 'pod bank-0: container instance: ImagePullBackOff',
      },
    ]);
  });

  test('is no fault any more on its way out', () => {
    const leavesAt = '2026-01-01T12:00:10Z';
    expect(said({ frozen: 'x' }, { trouble, isLeaving: true, leavesAt })).toEqual([]);
  });
});

describe('an instance', () => {
  test('that accepts no change says why', () => {
    expect(said({ frozen: 'the disk is full' })).toEqual([
      {
        type: 'Degraded',
        reason: 'Frozen',
        message: 'pod bank-0 accepts no change: the disk is full',
      },
    ]);
  });

  test('that refuses its configuration is a fault of the configuration and of the whole', () => {
    const message = 'pod bank-0 refuses its configuration: databases[0]: no';
    expect(said({ revision: 6, refused: 'databases[0]: no' })).toEqual([
      { type: 'ConfigurationApplied', reason: 'Refused', message },
      { type: 'Degraded', reason: 'ConfigurationRefused', message },
    ]);
  });

  test('that refused an earlier one has the wanted one in force by now', () => {
    expect(said({ revision: CONFIGURATION.revision, refused: 'databases[0]: no' })).toEqual([]);
  });

  test('that takes up fields when it starts next names them', () => {
    expect(said({ needsRestart: ['client', 'metrics'] })).toEqual([
      {
        type: 'Progressing',
        reason: 'NeedsRestart',
        message: 'pod bank-0 takes up client, metrics when it starts next',
      },
    ]);
  });
});

describe('K4: a connection that is refused', () => {
  const SINCE = '2026-01-01T12:00:00Z';
  const refused = (afterMs: number, failure = 'address 10.1.2.3 is not listed') =>
    podFindings(
      facts(appServer(), {
        pods: [
          observed(0, {
            dataServers: [{ name: 'BANK', state: 'Connecting', failure, since: SINCE }],
          }),
        ],
        nowMs: Date.parse(SINCE) + afterMs,
      }),
    );

  test('is tried again soon: only after ten seconds it is a fault', () => {
    expect(refused(0)).toEqual([]);
    expect(refused(9999)).toEqual([]);
    expect(refused(10_000)).toEqual([
      {
        type: 'Degraded',
        reason: 'ConnectionRefused',
        message: 'pod bank-0 is refused by data server BANK: address 10.1.2.3 is not listed',
      },
    ]);
  });

  test('is none that has come about', () => {
    expect(refused(3_600_000, '')).toEqual([]);
  });
});
