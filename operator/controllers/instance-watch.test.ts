import { describe, expect, test } from '@jest/globals';
import { pod } from '../../test/support/decision-samples.ts';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ecp } from '../../server/api/generated/admin.js';
import { RecordedLog } from '../runtime/testing/recorded-ports.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';
import type { InstanceAdmin } from './instance-admin.ts';
import { InstanceWatch } from './instance-watch.ts';

type Reply = NonNullable<ConstructorParameters<typeof ecp.admin.v1.StatusReply>[0]>;

/** Instances that answer what the test says, when it says so. */
class Instances implements InstanceAdmin {
  readonly #time: VirtualTime;
  reply: Reply = { ready: true, configurationRevision: 1 };
  /** Names of pods that do not answer; the others do at once, unless all are held. */
  readonly silent = new Set<string>();
  isHeld = false;
  /** Which pod was asked, and when. */
  readonly asked: { readonly name: string; readonly atMs: number }[] = [];
  #held: (() => void)[] = [];
  pending = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  async status({ name }: OwnedPod): Promise<Uint8Array> {
    this.asked.push({ name, atMs: this.#time.nowMs });
    this.pending++;
    try {
      if (this.isHeld) await new Promise<void>((resolve) => this.#held.push(resolve));
      if (this.silent.has(name)) throw new Error('no route to host');
      return ecp.admin.v1.StatusReply.encode(this.reply).finish();
    } finally {
      this.pending--;
    }
  }

  configure(): Promise<Uint8Array> {
    return Promise.reject(new Error('nothing is configured here'));
  }

  release(): void {
    this.isHeld = false;
    for (const resume of this.#held.splice(0)) resume();
  }

  timesOf(pod: string): number[] {
    return this.asked.filter(({ name }) => name === pod).map(({ atMs }) => atMs);
  }
}

const KEY = 'EcpAppServer data/teller';

function setUp() {
  const time = new VirtualTime();
  const admin = new Instances(time);
  const log = new RecordedLog();
  const changes: string[] = [];
  const watch = new InstanceWatch({
    admin,
    clock: time.clock(),
    log,
    onChange: (key) => changes.push(key),
  });
  const follow = (...pods: readonly OwnedPod[]): void => watch.follow(new Map([[KEY, pods]]));
  return { time, admin, log, changes, watch, follow };
}

/** Long after the first answers. */
async function settled() {
  const up = setUp();
  up.follow(pod(0));
  up.watch.start();
  await up.time.pass(10_000);
  up.changes.length = 0;
  up.admin.asked.length = 0;
  return up;
}

describe('an instance is asked', () => {
  test('at once when it starts to run, though it does not serve yet', async () => {
    const { time, admin, watch, follow } = setUp();
    watch.start();
    await time.pass(5000);
    follow(pod(0, { isReady: false }));
    await time.pass(100);
    expect(admin.timesOf('bank-0')).toEqual([5100]);
    expect(watch.observationOf('uid-of-bank-0')).toMatchObject({ revision: 1 });
  });

  test('at once when it serves, or does not any more, whenever it was asked last', async () => {
    const { time, admin, follow } = await settled();
    const nowMs = time.nowMs;
    await time.pass(50);
    follow(pod(0, { isReady: false }));
    await time.pass(100);
    follow(pod(0));
    await time.pass(100);
    expect(admin.timesOf('bank-0').filter((atMs) => atMs <= nowMs + 250)).toHaveLength(2);
  });

  test('every three seconds, once it is ready and has answered', async () => {
    const { time, admin } = await settled();
    await time.pass(30_000);
    const times = admin.timesOf('bank-0');
    expect(times).toHaveLength(10);
    const pauses = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0));
    expect(new Set(pauses)).toEqual(new Set([3000]));
  });

  test('twice a second while it starts, or does not answer', async () => {
    for (const trouble of ['starts', 'silent'] as const) {
      const { time, admin } = await settled();
      if (trouble === 'starts') admin.reply = { ready: false };
      else admin.silent.add('bank-0');
      await time.pass(3000);
      admin.asked.length = 0;
      await time.pass(5000);
      expect(admin.timesOf('bank-0')).toHaveLength(10);
    }
  });

  test('one question at a time', async () => {
    const { time, admin } = await settled();
    admin.isHeld = true;
    await time.pass(60_000);
    expect(admin.asked).toHaveLength(1);
    admin.release();
    await time.pass(100);
    expect(admin.asked).toHaveLength(2);
  });

  test('next after it was offered a configuration, which counts as in force by what it said', async () => {
    const { time, admin, watch, changes } = await settled();
    await time.pass(3000);
    admin.asked.length = 0;
    watch.noteOffer('uid-of-bank-0', { revision: 2, hash: 'sha256:two' });
    expect(watch.observationOf('uid-of-bank-0')).toMatchObject({ revision: 2, hash: 'sha256:two' });
    admin.reply = { ready: true, configurationRevision: 2, configurationHash: 'sha256:two' };
    await time.pass(100);
    expect(admin.asked).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  test('next after an offer that did not arrive, of which nothing is known', async () => {
    const { time, admin, watch } = await settled();
    await time.pass(3000);
    admin.asked.length = 0;
    watch.noteOffer('uid-of-bank-0', undefined);
    watch.noteOffer('uid-of-nobody', { revision: 9, hash: '' });
    await time.pass(100);
    expect(admin.asked).toHaveLength(1);
    expect(watch.observationOf('uid-of-bank-0')).toMatchObject({ revision: 1 });
    expect(watch.observationOf('uid-of-nobody')).toBeUndefined();
  });

  test.each<[string, Partial<OwnedPod>]>([
    ['it does not run', { isRunning: false }],
    ['it has no address', { addresses: [] }],
  ])('never while %s', async (_why, more) => {
    const { time, admin, watch, follow } = setUp();
    watch.start();
    follow(pod(0, more));
    await time.pass(10_000);
    expect(admin.asked).toEqual([]);
  });

  test('not before the start, nor after the stop', async () => {
    const { time, admin, watch, follow } = setUp();
    follow(pod(0));
    await time.pass(10_000);
    expect(admin.asked).toEqual([]);
    watch.start();
    watch.start();
    await time.pass(100);
    expect(admin.asked).toHaveLength(1);
    watch.stop();
    await time.pass(60_000);
    expect(admin.asked).toHaveLength(1);
  });
});

describe('of many instances', () => {
  const many = Array.from({ length: 40 }, (_, ordinal) => pod(ordinal));

  test('sixteen are asked at a time, and all have their turn', async () => {
    const { time, admin, watch, follow } = setUp();
    follow(...many);
    admin.isHeld = true;
    watch.start();
    await time.pass(5000);
    expect(admin.pending).toBe(16);
    admin.release();
    await time.pass(500);
    expect(new Set(admin.asked.map(({ name }) => name)).size).toBe(40);
  });

  test('those that do not answer keep nobody else from being asked', async () => {
    const { time, admin, watch, follow } = setUp();
    follow(...many);
    for (const { name } of many.slice(0, 20)) admin.silent.add(name);
    watch.start();
    await time.pass(10_000);
    for (const { name } of many.slice(20)) {
      expect(admin.timesOf(name).length).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('a change', () => {
  test('is the first answer, and then what differs', async () => {
    const { time, admin, watch, follow, changes } = setUp();
    follow(pod(0));
    watch.start();
    await time.pass(100);
    expect(changes).toEqual([KEY]);
    await time.pass(30_000);
    expect(changes).toEqual([KEY]);
    admin.reply = { ...admin.reply, frozen: 'the disk is full' };
    await time.pass(3000);
    expect(changes).toEqual([KEY, KEY]);
    await time.pass(30_000);
    expect(changes).toEqual([KEY, KEY]);
  });

  test('is not that a connection has lasted longer', async () => {
    const { time, admin, watch, changes } = await settled();
    const connected = (inStateMs: number): Reply => ({
      ready: true,
      configurationRevision: 1,
      dataServers: [{ name: 'BANK', state: 'Normal', inStateMs }],
    });
    admin.reply = connected(10);
    await time.pass(3000);
    expect(changes).toEqual([KEY]);
    const since = watch.observationOf('uid-of-bank-0')?.dataServers[0]?.since;
    expect(since).toMatch(/^1970-01-01T00:00:1\dZ$/);
    admin.reply = connected(5010);
    await time.pass(6000);
    expect(changes).toEqual([KEY]);
    expect(watch.observationOf('uid-of-bank-0')?.dataServers[0]?.since).toBe(since);
  });

  test('is not that it does not answer: what it said last counts, and it is said once', async () => {
    const { time, admin, watch, changes, log } = await settled();
    admin.silent.add('bank-0');
    await time.pass(30_000);
    expect(changes).toEqual([]);
    expect(watch.observationOf('uid-of-bank-0')).toMatchObject({ revision: 1 });
    expect(log.messages('warn')).toEqual(['instance does not answer']);
    expect(log.lines.at(-1)).toMatchObject({ pod: 'bank-0', problem: 'Error: no route to host' });
    admin.silent.clear();
    await time.pass(3000);
    admin.silent.add('bank-0');
    await time.pass(3000);
    expect(log.messages('warn')).toHaveLength(2);
  });

  test('is not worth a word while an instance starts', async () => {
    const { time, admin, watch, follow, log } = setUp();
    admin.silent.add('bank-0');
    follow(pod(0, { isReady: false }));
    watch.start();
    await time.pass(30_000);
    expect(log.lines).toEqual([]);
  });

  test('is of the resource that the pod belongs to', async () => {
    const { time, admin, watch, changes } = await settled();
    watch.follow(new Map([['EcpAppServer data/other', [pod(0)]]]));
    admin.reply = { ready: true, configurationRevision: 2 };
    await time.pass(3000);
    expect(changes).toEqual(['EcpAppServer data/other']);
  });
});

describe('an answer is awaited', () => {
  test('until the first one, or until there is none', async () => {
    const { time, admin, watch, follow } = setUp();
    const [answers, silent] = [pod(0), pod(1)];
    expect(watch.isAwaited(answers)).toBe(true);
    admin.silent.add(silent.name);
    follow(answers, silent);
    watch.start();
    expect([watch.isAwaited(answers), watch.isAwaited(silent)]).toEqual([true, true]);
    await time.pass(100);
    expect([watch.isAwaited(answers), watch.isAwaited(silent)]).toEqual([false, false]);
    admin.isHeld = true;
    await time.pass(10_000);
    expect(watch.isAwaited(answers)).toBe(false);
  });

  test('of nobody who cannot be asked', () => {
    const { watch } = setUp();
    expect(watch.isAwaited(pod(0, { isRunning: false }))).toBe(false);
    expect(watch.isAwaited(pod(0, { addresses: [] }))).toBe(false);
  });
});

describe('a pod that is gone', () => {
  test('is forgotten, and asked no more', async () => {
    const { time, admin, watch, follow } = await settled();
    follow();
    expect(watch.observationOf('uid-of-bank-0')).toBeUndefined();
    await time.pass(10_000);
    expect(admin.asked).toEqual([]);
  });

  test('while it is asked leaves nothing behind', async () => {
    const { time, admin, watch, follow, changes } = await settled();
    admin.isHeld = true;
    await time.pass(3000);
    expect(admin.pending).toBe(1);
    follow();
    admin.reply = { ready: true, configurationRevision: 9 };
    admin.release();
    await time.settle();
    expect(watch.observationOf('uid-of-bank-0')).toBeUndefined();
    expect(changes).toEqual([]);
  });

  test('is not its successor of the same name, which begins with nothing', async () => {
    const { time, admin, watch, follow } = await settled();
    admin.isHeld = true;
    follow(pod(0, { uid: 'another' }));
    expect(watch.observationOf('another')).toBeUndefined();
    await time.pass(100);
    admin.release();
    await time.settle();
    expect(watch.observationOf('another')).toMatchObject({ revision: 1 });
  });
});
