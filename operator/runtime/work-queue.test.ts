import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { RecordedMetrics } from './testing/recorded-ports.ts';
import { WorkQueue } from './work-queue.ts';

/** The longest wait there is. */
const BACKOFF_MS_MAX = 1_000_000;

let time: VirtualTime;
let metrics: RecordedMetrics;
let queue: WorkQueue;

beforeEach(() => {
  time = new VirtualTime();
  metrics = new RecordedMetrics();
  queue = new WorkQueue({ name: 'pods', clock: time.clock(), metrics });
});

/** What is ready now, in order; each is done at once. */
async function drain(): Promise<string[]> {
  const keys: string[] = [];
  while (queue.depth > 0) {
    const key = await queue.take();
    if (key === undefined) break;
    keys.push(key);
    queue.done(key);
  }
  return keys;
}

/** Until when `key` is away after `addRateLimited`, in ms from now. */
async function delayOf(key: string, stepMs: number, limitMs: number): Promise<number> {
  for (let passedMs = 0; passedMs <= limitMs; passedMs += stepMs) {
    await time.settle();
    if (queue.depth > 0) {
      expect(await drain()).toEqual([key]);
      return passedMs;
    }
    await time.pass(stepMs);
  }
  throw new Error(`${key} did not come within ${limitMs} ms`);
}

describe('keys', () => {
  test('come out in the order in which they were first added, once each', async () => {
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    expect(queue.depth).toBe(3);
    expect(await drain()).toEqual(['a', 'b', 'c']);
  });

  test('go to who has waited the longest for one', async () => {
    const [first, second] = [queue.take(), queue.take()];
    queue.add('a');
    queue.add('b');
    expect(await Promise.all([first, second])).toEqual(['a', 'b']);
  });

  test('that are added at a worker run once more after it, however often they were added', async () => {
    queue.add('a');
    expect(await queue.take()).toBe('a');
    for (let i = 0; i < 3; i++) queue.add('a');
    expect(queue.depth).toBe(1);
    const next = queue.take();
    await time.settle();
    expect(queue.running).toBe(1);
    queue.done('a');
    expect(await next).toBe('a');
    queue.done('a');
    expect([queue.depth, queue.running]).toEqual([0, 0]);
  });

  test('that nobody has taken cannot be done', async () => {
    queue.add('a');
    queue.done('a');
    expect(await drain()).toEqual(['a']);
  });

  test('never are at two workers, and none is lost, whatever the order of calls', async () => {
    const call = fc.record({
      what: fc.constantFrom('add', 'take', 'done', 'later', 'failed'),
      key: fc.constantFrom('a', 'b', 'c'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 40 }), async (calls) => {
        const ownTime = new VirtualTime();
        const tried = new WorkQueue({ name: 'tried', clock: ownTime.clock(), metrics });
        const atWorkers = new Set<string>();
        /** Added, and not taken since. */
        const wanted = new Set<string>();
        /** Of the calls that add: an unjustified one would be a take too many. */
        const balance = new Map<string, number>();
        const wrong: string[] = [];
        const take = (): void =>
          void tried.take().then((key = '') => {
            const left = (balance.get(key) ?? 0) - 1;
            balance.set(key, left);
            if (atWorkers.has(key)) wrong.push(`${key} is at two workers`);
            if (left < 0) wrong.push(`${key} came more often than it was added`);
            wanted.delete(key);
            atWorkers.add(key);
          });
        const finish = (key: string): void => {
          if (atWorkers.delete(key)) tried.done(key);
        };
        for (const { what, key } of calls) {
          if (what === 'take') take();
          if (what === 'done') finish(key);
          if (what === 'add') tried.add(key);
          if (what === 'later') tried.addAfter(key, 10);
          if (what === 'failed') tried.addRateLimited(key);
          if (what === 'add' || what === 'later' || what === 'failed') {
            wanted.add(key);
            balance.set(key, (balance.get(key) ?? 0) + 1);
          }
          await ownTime.settle();
        }
        // To the end, delayed keys included.
        for (let round = 0, isOver = false; round < 100 && !isOver; round++) {
          for (const key of [...atWorkers]) finish(key);
          if (tried.depth > 0) take();
          await ownTime.settle();
          if (tried.depth + tried.running > 0) continue;
          await ownTime.pass(BACKOFF_MS_MAX);
          isOver = tried.depth + tried.running === 0;
        }
        expect(wrong).toEqual([]);
        expect([...wanted]).toEqual([]);
        expect([tried.depth, tried.running]).toEqual([0, 0]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('later', () => {
  test('a key comes after its delay; without one, at once', async () => {
    queue.addAfter('now', 0);
    queue.addAfter('soon', 1000);
    expect(await drain()).toEqual(['now']);
    await time.pass(999);
    expect(queue.depth).toBe(0);
    await time.pass(1);
    expect(await drain()).toEqual(['soon']);
  });

  test('the earliest of several wishes wins, and it comes once', async () => {
    queue.addAfter('a', 5000);
    queue.addAfter('a', 2000);
    queue.addAfter('a', 8000);
    await time.pass(2000);
    expect(await drain()).toEqual(['a']);
    await time.pass(60_000);
    expect(queue.depth).toBe(0);
  });

  test('a key that is added meanwhile still comes at its time', async () => {
    queue.addAfter('a', 5000);
    queue.add('a');
    expect(await drain()).toEqual(['a']);
    await time.pass(5000);
    expect(await drain()).toEqual(['a']);
  });
});

describe('after failures', () => {
  test('a key waits 5 ms, and twice as long each time, up to 1000 s', async () => {
    const delays: number[] = [];
    for (let i = 0; i < 4; i++) {
      queue.addRateLimited('a');
      delays.push(await delayOf('a', 5, 1000));
    }
    expect(delays).toEqual([5, 10, 20, 40]);
    // 5 ms * 2^17 is the last below the limit; without one the next would be 1311 s.
    for (let i = 4; i < 18; i++) {
      queue.addRateLimited('a');
      await time.pass(5 * 2 ** i);
      expect(await drain()).toEqual(['a']);
    }
    for (let i = 0; i < 2; i++) {
      queue.addRateLimited('a');
      expect(await delayOf('a', 100_000, 2_000_000)).toBe(1_000_000);
    }
  });

  test('each key has its own count, and a forgotten one begins anew', async () => {
    for (let i = 0; i < 3; i++) {
      queue.addRateLimited('a');
      await time.pass(1000);
      await drain();
    }
    queue.addRateLimited('b');
    expect(await delayOf('b', 5, 1000)).toBe(5);
    queue.forget('a');
    queue.addRateLimited('a');
    expect(await delayOf('a', 5, 1000)).toBe(5);
  });

  test('of all keys together a hundred come at once, then ten a second', async () => {
    for (let i = 0; i < 150; i++) queue.addRateLimited(`key-${i}`);
    await time.pass(50);
    expect((await drain()).length).toBe(100);
    await time.pass(1000);
    expect((await drain()).length).toBe(10);
    await time.pass(4000);
    expect((await drain()).length).toBe(40);
  });

  test('a key waits for as long as the server asked, if that is longer', async () => {
    queue.addRateLimited('a', 7000);
    await time.pass(6999);
    expect(queue.depth).toBe(0);
    await time.pass(1);
    expect(await drain()).toEqual(['a']);
  });
});

describe('shut down', () => {
  test('what is ready can still be taken, then there is nothing more for anybody', async () => {
    queue.add('a');
    queue.shutDown();
    queue.add('b');
    expect(await queue.take()).toBe('a');
    expect(await queue.take()).toBeUndefined();
    expect(queue.depth).toBe(0);
  });

  test('who waits is let go', async () => {
    const waiting = [queue.take(), queue.take()];
    queue.shutDown();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  });

  test('a key that was to run once more still can', async () => {
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.shutDown();
    queue.done('a');
    expect(await queue.take()).toBe('a');
  });

  test('delayed keys do not come any more', async () => {
    queue.addAfter('a', 10);
    queue.addRateLimited('b');
    queue.shutDown();
    queue.addAfter('c', 10);
    await time.pass(60_000);
    expect(queue.depth).toBe(0);
  });
});

describe('metrics', () => {
  const value = (what: string): number | undefined =>
    metrics.value(`workqueue_${what}{name="pods"}`);

  test('count keys, and those put off', async () => {
    expect(value('depth')).toBe(0);
    queue.add('a');
    queue.add('a');
    queue.add('b');
    expect([value('depth'), value('adds_total'), value('retries_total')]).toEqual([2, 2, 0]);
    await drain();
    queue.addRateLimited('a');
    queue.addAfter('b', 1000);
    expect([value('depth'), value('adds_total'), value('retries_total')]).toEqual([0, 2, 2]);
  });

  test('tell how long keys wait and work', async () => {
    queue.add('a');
    await time.pass(2000);
    await queue.take();
    await time.pass(3000);
    queue.done('a');
    expect(metrics.observations('workqueue_queue_duration_seconds{name="pods"}')).toEqual([2]);
    expect(metrics.observations('workqueue_work_duration_seconds{name="pods"}')).toEqual([3]);
  });

  test('show work that hangs while it hangs', async () => {
    queue.add('a');
    await queue.take();
    await time.pass(10_000);
    queue.add('b');
    await queue.take();
    await time.pass(20_000);
    expect(value('longest_running_processor_seconds')).toBe(30);
    expect(value('unfinished_work_seconds')).toBe(50);
    queue.done('a');
    expect(value('longest_running_processor_seconds')).toBe(20);
    queue.done('b');
    expect(value('longest_running_processor_seconds')).toBe(0);
    expect(value('unfinished_work_seconds')).toBe(0);
  });
});
