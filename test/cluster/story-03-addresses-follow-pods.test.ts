/** The allow-list follows pods as they come and go, without a restart of anybody. */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, kubectl } from './support/kubectl.ts';
import { acceptedText, identities, podOf, shell, untilPodReady } from './support/pods.ts';
import { applyResources, bank, statusOf, teller, untilReady } from './support/resources.ts';
import { story } from './support/story.ts';

/** What is promised, and what one look through the API server may take on a busy machine. */
const FOLLOWS_MS = 2000;
const LOOK_MS = 500;
const PATIENCE_MS = 60_000;
const GATHERED_MS = 20_000;
const POLL_MS = 50;

test(
  'story 3 (F-K3): 2→4→1: an address is admitted within 2 s of its pod having it, and refused within 2 s of the pod being gone',
  story(['story-03'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-03'];
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    const before = identities(namespace);
    // Counts are no transition: the status gathers them over some seconds.
    const counted = (addresses: number): Promise<true> => {
      const isSaid = (): true | undefined =>
        statusOf(data).allowedIncoming?.[0]?.addresses === addresses ? true : undefined;
      return eventually(isSaid, GATHERED_MS, `the entry is not said to stand for ${addresses}`);
    };
    const scale = (replicas: number): void => {
      kubectl(['scale', 'eas', 'teller', '-n', namespace, `--replicas=${replicas}`]);
    };

    step('2 → 4');
    scale(4);
    const address = await seen(() => podOf(namespace, 'teller-3')?.status.podIP);
    const admitted = await seen(() =>
      acceptedText(namespace, 'bank-0').includes(`"${address.value}"`) ? true : undefined,
    );
    expect(admitted.atMs - address.atMs).toBeLessThan(FOLLOWS_MS + LOOK_MS);
    step(`the address of teller-3 was in force after ${admitted.atMs - address.atMs} ms`);
    await untilPodReady(namespace, 'teller-3');
    const started = Date.now();
    shell(namespace, 'teller-3', 'SET ^Account(3)="new"');
    const tookMs = Date.now() - started;
    step(`its first request took ${tookMs} ms, the command line's start included`);
    expect(tookMs).toBeLessThan(FOLLOWS_MS * 2);
    await untilReady(data, app);
    await counted(4);

    step('4 → 1');
    scale(1);
    const gone = await seen(() => (podOf(namespace, 'teller-3') === undefined ? true : undefined));
    const revoked = await seen(() =>
      acceptedText(namespace, 'bank-0').includes(`"${address.value}"`) ? undefined : true,
    );
    expect(revoked.atMs - gone.atMs).toBeLessThan(FOLLOWS_MS + LOOK_MS);
    step(`it was out of force after ${revoked.atMs - gone.atMs} ms`);
    await untilReady(data, app);
    await counted(1);
    expect(statusOf(app).connections?.desired).toBe(1);
    expect(shell(namespace, 'teller-0', 'WRITE ^Account(3)')).toBe('new');
    expect(identities(namespace)).toEqual(before.filter((one) => !one.startsWith('teller-1')));
  }),
);

/** When a probe gives a value for the first time. */
async function seen<T>(probe: () => T | undefined): Promise<{ readonly value: T; atMs: number }> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const value = probe();
    if (value !== undefined) return { value, atMs: Date.now() };
    await sleep(POLL_MS);
  }
  throw new Error(`not seen within ${PATIENCE_MS} ms`);
}
