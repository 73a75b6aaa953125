/** Another image: data servers first, one pod down at most, and a bad one is not the end (K9). */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { IMAGE, NEXT_IMAGE, NEXT_VERSION } from './support/images.ts';
import { eventually } from './support/kubectl.ts';
import { identities, instancePods, instanceStatus, isReady, shell } from './support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  statusOf,
  teller,
  untilCondition,
  untilReady,
} from './support/resources.ts';
import { story } from './support/story.ts';

const POLL_MS = 200;
const ROLLED_MS = 180_000;
const KEPT_MS = 5000;

test(
  'story 9 (F-K7): app servers edited first wait for their data server; it rolls first, then they do, one at a time',
  story(['story-09'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-09'];
    const [data, app] = [bank(namespace), teller(namespace, { replicas: 3 })];
    applyResources(data, app);
    await untilReady(data, app);
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    const before = identities(namespace);

    step('the app servers get a newer image');
    patchSpec(app, { image: NEXT_IMAGE });
    const message = await untilCondition(app, 'Degraded', {
      status: 'True',
      reason: 'VersionSkew',
    });
    expect(message).toContain(NEXT_VERSION);
    expect(message).toContain('upgrade the data server first');
    await sleep(KEPT_MS);
    // The highest ordinal found out; nobody else was touched.
    expect(identities(namespace).filter((one) => before.includes(one))).toEqual(
      before.filter((one) => !one.startsWith('teller-2 ')),
    );

    step('the data server gets it too');
    patchSpec(data, { image: NEXT_IMAGE });
    const order = await watchRoll(namespace, ROLLED_MS);
    step(`rolled: ${order.join(', ')}`);
    expect(order.indexOf('bank-0')).toBe(0);
    expect(order.toSorted()).toEqual(['bank-0', 'teller-0', 'teller-1']);
    await untilReady(data, app);
    expect(statusOf(app).version).toBe(NEXT_VERSION);
    expect(instanceStatus(namespace, 'bank-0').version).toBe(NEXT_VERSION);
    expect(shell(namespace, 'teller-0', 'WRITE ^Account(17)')).toBe('Ada');
  }),
);

/** The order in which pods came up with the next image; at no time more than one app server is down. */
async function watchRoll(namespace: string, timeoutMs: number): Promise<string[]> {
  const rolled: string[] = instancePods(namespace)
    .filter(({ spec }) => spec.containers[0]?.image === NEXT_IMAGE)
    .map(({ metadata }) => metadata.name);
  const atFirst = rolled.length;
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const pods = instancePods(namespace);
    const tellers = pods.filter(({ metadata }) => metadata.name.startsWith('teller-'));
    expect(tellers.filter(isReady).length).toBeGreaterThanOrEqual(2);
    for (const pod of pods) {
      const isNext = pod.spec.containers[0]?.image === NEXT_IMAGE;
      if (isNext && isReady(pod) && !rolled.includes(pod.metadata.name)) {
        rolled.push(pod.metadata.name);
      }
    }
    if (rolled.length === 4) return rolled.slice(atFirst);
    await sleep(POLL_MS);
  }
  throw new Error(`not rolled within ${timeoutMs} ms: ${rolled.join(', ')}`);
}

test(
  'story 9 (F-K7): an image that does not start is named, and recovers by itself when it is set right',
  story(['bad-image'], async ({ namespaces: { 'bad-image': namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    const before = identities(namespace);
    // Never: nobody is asked for an image that is not there.
    patchSpec(app, { image: 'docker.io/local/no-such-image:1', imagePullPolicy: 'Never' });
    const message = await untilCondition(app, 'Degraded', {
      status: 'True',
      reason: 'PodNotStarting',
    });
    expect(message).toContain('teller-1');
    expect(message).toContain('ErrImageNeverPull');
    step('the others serve on');
    expect(identities(namespace)).toEqual(expect.arrayContaining(before.slice(0, 2)));
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    step('set right');
    patchSpec(app, { image: IMAGE, imagePullPolicy: null });
    await untilReady(data, app);
    const isWell = (): true | undefined =>
      instancePods(namespace).every(isReady) ? true : undefined;
    await eventually(isWell, ROLLED_MS, 'all pods ready not');
    expect(identities(namespace).slice(0, 2)).toEqual(before.slice(0, 2));
    expect(shell(namespace, 'teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  }),
);
