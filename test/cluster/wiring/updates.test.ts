/** How pods are replaced, and how long they may take to end. */
import { expect, test } from '@jest/globals';
import { eventually, getJson } from '../support/kubectl.ts';
import { Peer } from '../support/peer.ts';
import {
  deletePod,
  identities,
  instancePods,
  podOf,
  shell,
  untilPodReady,
} from '../support/pods.ts';
import type { Pod } from '../support/pods.ts';
import {
  annotate,
  applyResources,
  bank,
  patchSpec,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import type { Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, lives, serviceOf } from './common.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const CHANGED_MS = 60_000;
const SECOND = 1000;

/** A change that replaces pods and means nothing else. */
const marked = (mark: string): Spec => ({
  podTemplate: { metadata: { annotations: { mark } } },
});
const madeMs = ({ metadata }: Pod): number => Date.parse(metadata.creationTimestamp);
const readyMs = ({ status }: Pod): number => {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return Date.parse(ready?.lastTransitionTime ?? '');
};
const markOf = (namespace: string, pod: string): string | undefined =>
  podOf(namespace, pod)?.metadata.annotations?.['mark'];

test.concurrent(
  'F-K5: OnDelete replaces pods when they are deleted, RollingUpdate by itself',
  story(['on-delete'], async ({ namespaces: { 'on-delete': namespace }, step }) => {
    const updateStrategy = { type: 'OnDelete' };
    const [data, app] = [
      bank(namespace, { updateStrategy }),
      teller(namespace, { replicas: 1, updateStrategy }),
    ];
    applyResources(data, app);
    await untilReady(data, app);
    const before = lives(namespace);
    for (const one of [data, app]) patchSpec(one, marked('first'));
    for (const one of [data, app]) {
      const message = await untilCondition(one, 'Progressing', {
        status: 'True',
        reason: 'RollingOut',
      });
      expect(message).toContain('as you delete them');
    }
    expect(lives(namespace)).toEqual(before);
    step('deleted');
    for (const [i, pod] of PODS.entries()) {
      const [, uid = ''] = before[i]?.split(' ') ?? [];
      deletePod(namespace, pod);
      await untilPodReady(namespace, pod, uid);
      expect(markOf(namespace, pod)).toBe('first');
    }
    step('rolled');
    for (const one of [data, app]) {
      patchSpec(one, { updateStrategy: { type: 'RollingUpdate' }, ...marked('second') });
    }
    for (const pod of PODS) {
      const rolled = (): true | undefined =>
        markOf(namespace, pod) === 'second' ? true : undefined;
      await eventually(rolled, CHANGED_MS, `${pod} not replaced`);
    }
    await untilReady(data, app);
  }),
);

test.concurrent(
  'F-K5: as many app servers as maxUnavailable are replaced at a time',
  story(['together'], async ({ namespaces: { together: namespace } }) => {
    const replicas = 3;
    const app = teller(namespace, {
      replicas,
      updateStrategy: { maxUnavailable: 3 },
      dataServers: [],
      remoteDatabases: [],
      namespaces: [],
    });
    applyResources(app);
    await untilReady(app);
    const before = identities(namespace);
    patchSpec(app, marked('first'));
    for (const one of before) {
      const [pod = '', uid] = one.split(' ');
      await untilPodReady(namespace, pod, uid);
      expect(markOf(namespace, pod)).toBe('first');
    }
    // One after another each would have been made after the one before it was ready.
    const pods = instancePods(namespace);
    const lastMade = Math.max(...pods.map(madeMs));
    const firstReady = Math.min(...pods.map(readyMs));
    expect(lastMade).toBeLessThanOrEqual(firstReady);
  }),
);

test.concurrent(
  'F-K5: a paused resource keeps its pods and follows its configuration; another restarted-at replaces them',
  story(['paused'], async ({ namespaces: { paused: namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace, { replicas: 1 })];
    applyResources(data, app);
    await untilReady(data, app);
    const before = lives(namespace);
    for (const one of [data, app]) {
      annotate(one, 'ecp.dev/paused=true');
      await untilCondition(one, 'Paused', { status: 'True' });
      patchSpec(one, {
        ...marked('paused'),
        namespaces: [
          { name: 'USER', defaultDatabase: 'ACCOUNTS' },
          { name: 'MORE', defaultDatabase: 'ACCOUNTS' },
        ],
      });
      await untilCondition(one, 'ConfigurationApplied', { status: 'True' });
    }
    shell(namespace, 'teller-0', 'ZN "MORE" SET ^More=1');
    expect(shell(namespace, 'bank-0', 'ZN "MORE" WRITE ^More')).toBe('1');
    expect(lives(namespace)).toEqual(before);
    step('goes on');
    const uids = before.map((one) => one.split(' ')[1] ?? '');
    for (const one of [data, app]) annotate(one, 'ecp.dev/paused-');
    for (const [i, pod] of PODS.entries()) await untilPodReady(namespace, pod, uids[i]);
    for (const pod of PODS) expect(markOf(namespace, pod)).toBe('paused');
    await untilReady(data, app);
    step('restarted');
    const later = identities(namespace).map((one) => one.split(' ')[1] ?? '');
    for (const one of [data, app]) annotate(one, 'ecp.dev/restarted-at=now');
    for (const [i, pod] of PODS.entries()) await untilPodReady(namespace, pod, later[i]);
    expect(shell(namespace, 'teller-0', 'ZN "MORE" WRITE ^More')).toBe('1');
  }),
);

test.concurrent(
  'F-K5: an orderly stop lasts at most drainSeconds, and Kubernetes waits 30 seconds more',
  story(['drained'], async ({ namespaces: { drained: namespace }, step }) => {
    const drainSeconds = 10;
    const ports = { bank: 2001, teller: 2002 } as const;
    const names = ['bank', 'teller'] as const;
    const peer = await Peer.start(namespace, { ports: Object.values(ports) });
    const host = podOf(namespace, 'peer')?.status.podIP ?? '';
    const on = (name: keyof typeof ports) => ({
      drainSeconds,
      dataServers: [{ name: 'FAR', host, port: ports[name] }],
      remoteDatabases: [{ name: 'REMOTE', dataServer: 'FAR', database: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'REMOTE' }],
      heartbeat: { intervalSeconds: 1, nonResponsiveSeconds: 600 },
    });
    const resources = [
      bank(namespace, { ...on('bank'), allowedIncoming: EVERYBODY }),
      teller(namespace, { replicas: 1, ...on('teller') }),
    ];
    applyResources(...resources);
    await untilReady(...resources);
    for (const pod of PODS) {
      const { spec } = getJson(['pod', pod, '-n', namespace]) as {
        spec: { terminationGracePeriodSeconds: number };
      };
      expect(spec.terminationGracePeriodSeconds).toBe(drainSeconds + 30);
    }
    step('an answer that never comes is waited for');
    for (const name of names) {
      peer.become(ports[name], 'welcome');
      peer.ask(serviceOf(namespace, name), name);
      await peer.first(String(ports[name]), CHANGED_MS, 'frame');
    }
    const told = Date.now();
    for (const pod of PODS) deletePod(namespace, pod);
    for (const name of names) {
      const { atMs } = await peer.first(String(ports[name]), CHANGED_MS, 'closed');
      step(`${name} is gone after ${atMs - told} ms`);
      // Half of the time is for work in hand, which does not end.
      expect(atMs - told).toBeGreaterThan((drainSeconds / 2 - 1) * SECOND);
      expect(atMs - told).toBeLessThan(2 * drainSeconds * SECOND);
    }
  }),
);
