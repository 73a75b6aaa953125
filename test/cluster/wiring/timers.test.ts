/** Waits and signs of life: each measured on the wire by a peer that keeps to none of them itself. */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/kubectl.ts';
import { gaps, Peer } from '../support/peer.ts';
import { deletePod, identities, instanceStatus, podOf } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, medianOf, serviceOf } from './common.ts';

const EARLY_MS = 100;
const SECOND = 1000;
/** Resources by name, with the peer's port that each of them takes for its data server's. */
const PORTS = { bank: 2001, teller: 2002 } as const;
const BOTH = ['bank', 'teller'] as const;

/** Its only data server is the peer. */
function onPeer(namespace: string, name: keyof typeof PORTS, more: object): object {
  return {
    dataServers: [
      { name: 'FAR', host: podOf(namespace, 'peer')?.status.podIP ?? '', port: PORTS[name] },
    ],
    remoteDatabases: [{ name: 'REMOTE', dataServer: 'FAR', database: 'ACCOUNTS' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'REMOTE' }],
    ...more,
  };
}

const both = (namespace: string, more: object, ofBank: object = {}) =>
  [
    bank(namespace, { ...onPeer(namespace, 'bank', more), ...ofBank }),
    teller(namespace, { replicas: 1, ...onPeer(namespace, 'teller', more) }),
  ] as const;

/** Never sooner; on a busy machine perhaps later, yet sooner than it would be with `default_`, the field's default. */
function expectMs(actual: number, wanted: number, default_: number): void {
  expect(actual).toBeGreaterThanOrEqual(wanted - EARLY_MS);
  expect(actual).toBeLessThan(default_);
}

test.concurrent(
  'F-E5: dials, their end and the waits of requests last as long as the spec says',
  story(['dialling'], async ({ namespaces: { dialling: namespace }, step }) => {
    const peer = await Peer.start(namespace, { ports: Object.values(PORTS) });
    const timeouts = {
      reconnectIntervalSeconds: 1,
      requestWaitSeconds: 2,
      connectGiveUpSeconds: 6,
    };
    const resources = both(namespace, { timeouts });
    applyResources(...resources);
    await untilReady(...resources);
    const before = identities(namespace);
    for (const name of BOTH) peer.ask(serviceOf(namespace, name), name);
    step('requests wait, dials go on');
    await sleep((timeouts.connectGiveUpSeconds + 3) * SECOND);
    for (const name of BOTH) {
      const [asked, failed] = peer.heard(name, 'asked', 'failed');
      expect(failed).toMatchObject({ what: 'failed', detail: 'NETWORK' });
      expectMs((failed?.atMs ?? 0) - (asked?.atMs ?? 0), 2 * SECOND, 20 * SECOND);
      const dials = peer.heard(String(PORTS[name]), 'hello');
      expectMs(medianOf(gaps(dials)), SECOND, 5 * SECOND);
      const [first, last] = [dials[0]?.atMs ?? 0, dials.at(-1)?.atMs ?? 0];
      expectMs(last - first, 3 * SECOND, 10 * SECOND);
      expect(instanceStatus(namespace, `${name}-0`).dataServers).toMatchObject([
        { name: 'FAR', state: 'Not Connected' },
      ]);
    }

    step('another pause, live');
    for (const one of resources) patchSpec(one, { timeouts: { reconnectIntervalSeconds: 3 } });
    await untilReady(...resources);
    const counts = BOTH.map((name) => peer.heard(String(PORTS[name]), 'hello').length);
    for (const name of BOTH) peer.ask(serviceOf(namespace, name), `${name} again`);
    for (const [i, name] of BOTH.entries()) {
      const dials = await eventually(
        () => {
          const later = peer.heard(String(PORTS[name]), 'hello').slice(counts[i]);
          return later.length >= 2 ? later.slice(0, 2) : undefined;
        },
        20 * SECOND,
        'two dials',
      );
      expectMs(gaps(dials)[0] ?? 0, 3 * SECOND, 5 * SECOND);
    }
    expect(identities(namespace)).toEqual(before);
  }),
);

test.concurrent(
  'F-E5: heartbeats, silence and the waits for a lost peer last as long as the spec says',
  story(['silence'], async ({ namespaces: { silence: namespace }, step }) => {
    const peer = await Peer.start(namespace, { ports: Object.values(PORTS) });
    for (const name of BOTH) peer.become(PORTS[name], 'welcome');
    const heartbeat = { intervalSeconds: 1, nonResponsiveSeconds: 3 };
    const serving = {
      allowedIncoming: EVERYBODY,
      maxAppServers: 1,
      timeouts: { troubledSeconds: 20, recoverySeconds: 10 },
    };
    const resources = both(namespace, { heartbeat, timeouts: { recoverySeconds: 10 } }, serving);
    applyResources(...resources);
    await untilReady(...resources);

    step('a silent app server, and silent data servers');
    peer.dial(serviceOf(namespace, 'bank'), 'silent');
    for (const name of BOTH) peer.ask(serviceOf(namespace, name), name);
    const welcome = await peer.first('silent', 5 * SECOND, 'welcome');
    const troubled = await eventually(
      () => {
        const found = instanceStatus(namespace, 'bank-0').appServers[0];
        return found?.state === 'Trouble' ? Date.now() : undefined;
      },
      15 * SECOND,
      'the silent app server not in trouble',
    );
    expect(troubled - welcome.atMs).toBeGreaterThan(3 * SECOND - EARLY_MS);
    peer.dial(serviceOf(namespace, 'bank'), 'second');

    for (const name of BOTH) {
      const failed = await peer.first(name, 30 * SECOND, 'failed', 'answered');
      expect(failed).toMatchObject({ what: 'failed', detail: 'NETWORK' });
      const line = peer.heard(String(PORTS[name]));
      const [hello] = line.filter(({ what }) => what === 'hello');
      const closed = line.find(({ what }) => what === 'closed');
      // Silence of twice the limit: the stream is half open. The first look after it ends it.
      expectMs((closed?.atMs ?? 0) - (hello?.atMs ?? 0), 2 * 3 * SECOND, 2 * 10 * SECOND);
      expectMs(failed.atMs - (hello?.atMs ?? 0), (3 + 10) * SECOND, 60 * SECOND);
      const frames = line.filter(
        ({ what, atMs }) => what === 'frame' && atMs < (closed?.atMs ?? 0),
      );
      expectMs(medianOf(gaps(frames)), SECOND, 2 * SECOND);
    }

    step('the session of the silent app server is given up, and its place is free');
    const over = await peer.first('silent', 40 * SECOND, 'refused');
    expectMs(over.atMs - welcome.atMs, (3 + 20) * SECOND, (10 + 60) * SECOND);
    expectMs(medianOf(gaps(peer.heard('silent', 'frame'))), SECOND, 2 * SECOND);
    const admitted = await peer.first('second', 10 * SECOND, 'welcome');
    expect(peer.heard('second', 'refused')[0]?.detail).toBe('CAPACITY');
    expectMs(admitted.atMs - over.atMs, 0, 5 * SECOND);
  }),
);

test.concurrent(
  'F-E5: sessions of before a restart are kept for sessionRecoverySeconds',
  story(['remembered'], async ({ namespaces: { remembered: namespace }, step }) => {
    const peer = await Peer.start(namespace);
    const sessionRecoverySeconds = 10;
    const data = bank(namespace, {
      allowedIncoming: EVERYBODY,
      maxAppServers: 1,
      timeouts: { sessionRecoverySeconds, troubledSeconds: 300 },
    });
    applyResources(data);
    await untilReady(data);
    peer.dial(serviceOf(namespace, 'bank'), 'gone');
    await peer.first('gone', 5 * SECOND, 'welcome');
    step('the data server starts again, its app server does not come back');
    deletePod(namespace, 'bank-0');
    await peer.first('gone', 30 * SECOND, 'closed');
    peer.dial(serviceOf(namespace, 'bank'), 'another');
    const welcome = await peer.first('another', 90 * SECOND, 'welcome');
    const refused = peer.heard('another', 'refused').find(({ detail }) => detail === 'CAPACITY');
    // Its first answer comes when it has started for a while already: on a busy machine for seconds.
    const keptMs = welcome.atMs - (refused?.atMs ?? 0);
    expectMs(keptMs, (sessionRecoverySeconds - 6) * SECOND, 30 * SECOND);
  }),
);
