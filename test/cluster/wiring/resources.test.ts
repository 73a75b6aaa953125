/** What pods ask the node for: figures of the spec, and by the sizing rule of §4.3.3 where there are none. */
import { expect, test } from '@jest/globals';
import { eventually, getJson } from '../support/kubectl.ts';
import { exec, identities, podOf, untilPodReady } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';

const MIB = 1024 * 1024;
/** The program itself, as the sizing rule counts it, and blocks without figures. */
const PROCESS = 160;
const POOL = 64;
const MADE_MS = 30_000;
const PODS = ['bank-0', 'teller-0'] as const;

const resourcesOf = (namespace: string, pod: string): unknown =>
  (podOf(namespace, pod)?.spec.containers[0] as { resources?: unknown } | undefined)?.resources;

/** The limit that is in force, as the process finds it. */
const limitOf = (namespace: string, pod: string): number =>
  Number(exec(namespace, pod, ['node', '-p', 'process.constrainedMemory()']));

const mebibytes = (count: number): object => ({
  requests: { cpu: '100m', memory: `${count}Mi` },
  limits: { memory: `${2 * count}Mi` },
});

test.concurrent(
  'F-K6: pods ask for memory by the sizing rule or for what the spec says, and are held to it',
  story(['sized'], async ({ namespaces: { sized: namespace }, step }) => {
    const caches = { teller: 100, clerk: 800 };
    const resources = {};
    const app = teller(namespace, { resources, replicas: 2, cacheSize: `${caches.teller}Mi` });
    const clerk = resource('EcpAppServer', namespace, 'clerk', {
      resources,
      cacheSize: `${caches.clerk}Mi`,
      dataServers: [{ name: 'BOOKS', dataServerRef: { name: 'books' } }],
      remoteDatabases: [{ name: 'LARGE', dataServer: 'BOOKS', database: 'LARGE' }],
    });
    const data = bank(namespace, { resources });
    const books = resource('EcpDataServer', namespace, 'books', {
      resources,
      allowedIncoming: [{ name: 'clerks', appServers: { name: 'clerk' } }],
      databases: [{ name: 'LARGE', blockSize: '64Ki' }],
    });
    // Those who cache first, so that the others are made with them in mind: a figure alone restarts nobody.
    applyResources(app, clerk);
    for (const name of ['teller', 'clerk']) {
      const probe = (): unknown => getJson(['statefulset', name, '-n', namespace]);
      await eventually(probe, MADE_MS, `no StatefulSet ${name}`);
    }
    applyResources(data, books);
    await untilReady(data, books, app, clerk);
    // 50 MB, and of the caches' sum 1 % with blocks of 8 KB, 0.125 % with blocks of 64 KB.
    const rule = {
      'bank-0': PROCESS + POOL + 50 + (2 * caches.teller) / 100,
      'books-0': PROCESS + POOL + 50 + (caches.clerk / 100) * 0.125,
      'teller-1': PROCESS + caches.teller + 8,
      'clerk-0': PROCESS + caches.clerk + 8,
    };
    for (const [pod, count] of Object.entries(rule)) {
      expect([pod, resourcesOf(namespace, pod)]).toEqual([pod, mebibytes(count)]);
      expect(limitOf(namespace, pod)).toBe(2 * count * MIB);
    }

    step('figures of the spec');
    const figures = {
      requests: { cpu: '55m', memory: '300Mi' },
      limits: { cpu: '2', memory: '500Mi' },
    };
    const uids = new Map(identities(namespace).map((one) => one.split(' ') as [string, string]));
    for (const one of [data, app]) patchSpec(one, { resources: figures });
    for (const pod of PODS) {
      await untilPodReady(namespace, pod, uids.get(pod));
      expect(resourcesOf(namespace, pod)).toEqual(figures);
      expect(limitOf(namespace, pod)).toBe(500 * MIB);
    }
    await untilReady(data, app);

    step('more than there is');
    const tooMuch = { requests: { cpu: '9999' }, limits: { cpu: '9999' } };
    // The data server last: app servers wait for one that rolls.
    for (const one of [app, data]) {
      patchSpec(one, { resources: tooMuch });
      const waits = { status: 'True', reason: 'PodNotStarting' } as const;
      expect(await untilCondition(one, 'Degraded', waits)).toContain('Insufficient cpu');
    }
  }),
);
