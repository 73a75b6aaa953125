/** How old what is read from an app server's cache may be. A.2.2, §3.2.1 */
import { describe, expect, it } from '@jest/globals';
import { failure } from '../support/failure.ts';
import { World } from '../support/world.ts';

const OLD = 'old';
const NEW = 'new';

/** A data server, a writer and two readers that have ^x cached. */
async function cached(timeouts: { readonly recoverySeconds?: number } = {}) {
  const world = new World();
  const s = world.dataServer();
  const writer = world.appServer('W').job();
  const [A, B] = [world.appServer('A', { timeouts }), world.appServer('B')];
  const [a, b] = [A.job(), B.job()];
  // ^y is in a block of its own.
  for (let i = 0; i < 400; i++) void writer.global('w').set([i], 'v'.repeat(100));
  void writer.global('y').set([], OLD);
  void writer.global('x').set([], OLD);
  await world.run(writer.flush());
  for (const job of [a, b]) expect(await world.run(job.global('x').get())).toBe(OLD);
  const stateOfA = (): unknown => A.instance.appServer.status()[0]?.state;
  return { world, s, writer, A, a, b, stateOfA };
}

describe('a cached read (A.2.2)', () => {
  it('is no more than seconds out of date without a fault, at idle and busy app servers', async () => {
    const { world, s, writer, A, a, b } = await cached();
    for (let i = 0; i < 20; i++) {
      await world.run(writer.global('x').set([], i));
      await world.time.pass(1000);
      for (const job of [a, b, s.job()])
        expect(await world.run(job.global('x').get())).toBe(String(i));
    }
    expect(A.metrics.of('ecp_cache_hits_in_trouble_total')).toBe(0);
    // Idle: heartbeats are heard.
    await world.time.pass(60_000);
    const ageSeconds = world.time.nowMs / 1000 - A.metrics.of('ecp_last_heard_timestamp_seconds');
    expect(ageSeconds).toBeLessThan(5);
  });

  it('is current at once behind a Sync, a lock, or whatever else went there and back', async () => {
    const roundTrips = [
      ['Sync', (job) => job.sync()],
      ['LOCK', (job) => job.lock([['x']])],
      ['$INCREMENT', (job) => job.global('n').increment([])],
      ['a fetch', (job) => job.global('y').get()],
    ] satisfies [string, (job: Awaited<ReturnType<typeof cached>>['a']) => unknown][];
    for (const [what, roundTrip] of roundTrips) {
      const { world, s, a } = await cached();
      const x = a.global('x');
      void s.job().global('x').set([], NEW);
      // The invalidation is on its way.
      expect([what, x.get()]).toEqual([what, OLD]);
      await world.run(Promise.resolve(roundTrip(a)));
      expect([what, await world.run(x.get())]).toEqual([what, NEW]);
    }
  });

  it('answers in Trouble, counted as such and as old as the last message, until the time to wait for recovery ends', async () => {
    const { world, s, A, a, stateOfA } = await cached({ recoverySeconds: 100 });
    const x = a.global('x');
    world.net.unlisten('S:1972');
    world.link(A).freeze();
    const lostMs = world.time.nowMs;
    void s.job().global('x').set([], NEW);
    await world.time.pass(15_000);
    expect(stateOfA()).toBe('trouble');
    expect(x.get()).toBe(OLD);
    await world.time.pass(60_000);
    expect(x.get()).toBe(OLD);
    expect(A.metrics.of('ecp_cache_hits_in_trouble_total')).toBe(2);
    const ageSeconds = world.time.nowMs / 1000 - A.metrics.of('ecp_last_heard_timestamp_seconds');
    const silentSeconds = (world.time.nowMs - lostMs) / 1000;
    expect(ageSeconds).toBeGreaterThanOrEqual(silentSeconds);
    expect(ageSeconds).toBeLessThan(silentSeconds + 5);
    // What needs the data server waits; a lock around the read is no exception.
    const locked = failure(() => a.lock([['x']]));
    await world.time.pass(60_000);
    expect((await world.run(locked)).code).toBe('NETWORK');
    expect(stateOfA()).toBe('notConnected');
    expect(A.metrics.values.has('ecp_last_heard_timestamp_seconds')).toBe(false);
    expect((await world.run(failure(() => x.get()))).code).toBe('NETWORK');
    expect(A.metrics.of('ecp_cache_hits_in_trouble_total')).toBe(2);
  });

  it('is current again when the connection is back, be it a new one or the old one revived', async () => {
    const { world, s, A, a, b, stateOfA } = await cached();
    world.link(A).holdToApp(true);
    void s.job().global('x').set([], NEW);
    await world.time.pass(12_000);
    expect([stateOfA(), a.global('x').get()]).toEqual(['trouble', OLD]);
    expect(await world.run(b.global('x').get())).toBe(NEW);
    world.link(A).holdToApp(false);
    await world.time.settle();
    expect(stateOfA()).toBe('normal');
    expect(await world.run(a.global('x').get())).toBe(NEW);

    world.link(A).holdToApp(true);
    void s.job().global('x').set([], 'newer');
    await world.time.settle();
    expect(a.global('x').get()).toBe(NEW);
    world.link(A).cut();
    await world.time.pass(6_000);
    expect(await world.run(a.global('x').get())).toBe('newer');
  });

  it('answers while the data server restarts, and is current after that', async () => {
    const { world, s, a } = await cached();
    void s.job().global('x').set([], NEW);
    await world.run(s.job().flush());
    await world.run(a.global('x').get());
    s.crash();
    await world.time.pass(5_000);
    expect(a.global('x').get()).toBe(NEW);
    s.start();
    void s.job().global('x').set([], 'newer');
    await world.time.pass(40_000);
    expect(await world.run(a.global('x').get())).toBe('newer');
  });
});
