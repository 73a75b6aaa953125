import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiError } from './api-error.ts';
import { Controller, TerminalError } from './controller.ts';
import type { Outcome, ReconcileContext } from './controller.ts';
import { RecordedLog, RecordedMetrics } from './testing/recorded-ports.ts';

/** One reconcile that the test ends. */
interface Running {
  readonly key: string;
  readonly context: ReconcileContext;
  readonly end: (outcome?: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

function setUp({ workers = 1, deadlineMs = 60_000 } = {}) {
  const time = new VirtualTime();
  const log = new RecordedLog();
  const metrics = new RecordedMetrics();
  const runs: Running[] = [];
  const controller = new Controller({
    name: 'bank',
    workers,
    deadlineMs,
    clock: time.clock(),
    log,
    metrics,
    reconcile: (key, context) => {
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
      runs.push({ key, context, end: (outcome = {}) => resolve(outcome), fail: reject });
      return promise;
    },
  });
  controller.start();
  const last = (): Running => {
    const run = runs.at(-1);
    if (run === undefined) throw new Error('nothing runs');
    return run;
  };
  const value = (what: string, more = ''): number | undefined =>
    metrics.value(`controller_runtime_${what}{controller="bank"${more}}`);
  const results = () =>
    Object.fromEntries(
      ['success', 'error', 'requeue_after', 'requeue'].map((result) => [
        result,
        value('reconcile_total', `,result="${result}"`),
      ]),
    );
  return { time, log, metrics, runs, controller, last, value, results };
}

describe('a reconcile', () => {
  test('that returns is over, and was a success', async () => {
    const { time, controller, runs, last, results, metrics, value } = setUp();
    controller.enqueue('data/bank');
    expect(controller.isIdle).toBe(false);
    await time.pass(2000);
    last().end();
    await time.pass(3_600_000);
    expect(runs.map(({ key }) => key)).toEqual(['data/bank']);
    expect(controller.isIdle).toBe(true);
    expect(results()).toEqual({ success: 1, error: 0, requeue_after: 0, requeue: 0 });
    expect(value('reconcile_timeouts_total')).toBe(0);
    expect(
      metrics.observations('controller_runtime_reconcile_time_seconds{controller="bank"}'),
    ).toEqual([2]);
  });

  test('that asks for it runs again after its time, idle meanwhile', async () => {
    const { time, controller, runs, last, results } = setUp();
    controller.enqueue('a');
    await time.settle();
    last().end({ requeueAfterMs: 30_000 });
    await time.pass(29_999);
    expect(controller.isIdle).toBe(true);
    expect(runs).toHaveLength(1);
    await time.pass(1);
    expect(runs).toHaveLength(2);
    expect(results()).toEqual({ success: 0, error: 0, requeue_after: 1, requeue: 0 });
  });

  test('that throws runs again, later each time, with a warning; a success forgets it', async () => {
    const { time, controller, runs, last, results, value, log } = setUp();
    const delays: number[] = [];
    const untilNext = async (): Promise<void> => {
      const [count, sinceMs] = [runs.length, time.nowMs];
      while (runs.length === count) await time.pass(1);
      delays.push(time.nowMs - sinceMs);
    };
    controller.enqueue('a');
    await time.settle();
    for (let i = 0; i < 4; i++) {
      last().fail(new Error('no quota'));
      await untilNext();
    }
    expect(results()).toEqual({ success: 0, error: 4, requeue_after: 0, requeue: 0 });
    expect(value('reconcile_errors_total')).toBe(4);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(4);
    expect(log.lines[0]).toMatchObject({ controller: 'bank', key: 'a', error: 'no quota' });
    last().end();
    await time.settle();
    controller.enqueue('a');
    await time.settle();
    last().fail(new Error('no quota'));
    await untilNext();
    expect(delays).toEqual([5, 10, 20, 40, 5]);
  });

  test('that throws before its first wait is no different', async () => {
    const time = new VirtualTime();
    const metrics = new RecordedMetrics();
    const controller = new Controller({
      name: 'bank',
      workers: 1,
      deadlineMs: 1000,
      clock: time.clock(),
      log: new RecordedLog(),
      metrics,
      reconcile: () => {
        throw new Error('at once');
      },
    });
    controller.start();
    controller.enqueue('a');
    await time.pass(100);
    expect(
      metrics.value('controller_runtime_reconcile_errors_total{controller="bank"}'),
    ).toBeGreaterThan(2);
  });

  test('that met a conflict runs again quietly', async () => {
    const { time, controller, runs, last, results, value, log } = setUp();
    controller.enqueue('a');
    await time.settle();
    last().fail(new ApiError(409, 'Conflict', 'the object has been modified'));
    await time.pass(5);
    expect(runs).toHaveLength(2);
    expect(results()).toEqual({ success: 0, error: 0, requeue_after: 0, requeue: 1 });
    expect(value('reconcile_errors_total')).toBe(0);
    expect(log.messages('warn')).toEqual([]);
    // What exists already is no conflict: it is there again at the next try.
    last().fail(new ApiError(409, 'AlreadyExists', 'exists'));
    await time.settle();
    expect(value('reconcile_errors_total')).toBe(1);
  });

  test('that throws TerminalError does not run again until something changes', async () => {
    const { time, controller, runs, last, results, value } = setUp();
    controller.enqueue('a');
    await time.settle();
    last().fail(new TerminalError('the spec makes no sense'));
    await time.pass(3_600_000);
    expect(runs).toHaveLength(1);
    expect(results()).toEqual({ success: 0, error: 1, requeue_after: 0, requeue: 0 });
    expect(value('terminal_reconcile_errors_total')).toBe(1);
    controller.enqueue('a');
    await time.settle();
    expect(runs).toHaveLength(2);
  });

  test('whose failure carries Retry-After waits for that, within reason', async () => {
    const { time, controller, runs, last } = setUp();
    controller.enqueue('a');
    await time.settle();
    last().fail(new ApiError(429, 'TooManyRequests', 'slow down', 3000));
    await time.pass(2999);
    expect(runs).toHaveLength(1);
    await time.pass(1);
    expect(runs).toHaveLength(2);
    last().fail(new ApiError(503, 'ServiceUnavailable', 'come back tomorrow', 86_400_000));
    await time.pass(30_000);
    expect(runs).toHaveLength(3);
  });

  test('has a name of its own in every line that it logs', async () => {
    const { time, controller, last, log } = setUp();
    for (const key of ['a', 'b']) {
      controller.enqueue(key);
      await time.settle();
      last().context.log.info('looked');
      last().context.log.info('acted');
      last().end();
    }
    const ids = log.lines.map(({ reconcileID }) => reconcileID);
    expect(log.lines.map(({ key }) => key)).toEqual(['a', 'a', 'b', 'b']);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('workers', () => {
  test('run side by side, as many as there are, and never two with one key', async () => {
    const { time, controller, runs, value } = setUp({ workers: 2 });
    for (const key of ['a', 'b', 'c']) controller.enqueue(key);
    await time.settle();
    controller.enqueue('a');
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
    expect([value('active_workers'), value('max_concurrent_reconciles')]).toEqual([2, 2]);
    runs[1]?.end();
    await time.settle();
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    runs[2]?.end();
    await time.settle();
    // A worker is free, but `a` runs.
    expect(runs).toHaveLength(3);
    expect(value('active_workers')).toBe(1);
    runs[0]?.end();
    await time.settle();
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'a']);
  });

  test('wait for what is enqueued before the start, too', async () => {
    const { time, controller, runs } = setUp();
    controller.start();
    controller.enqueueAfter('later', 10);
    await time.pass(10);
    expect(runs.map(({ key }) => key)).toEqual(['later']);
  });
});

describe('the deadline', () => {
  test('aborts the signal, and is counted', async () => {
    const { time, controller, runs, last, value, results } = setUp({ deadlineMs: 5000 });
    controller.enqueue('a');
    await time.settle();
    const { signal } = last().context;
    signal.addEventListener('abort', () => last().fail(signal.reason));
    await time.pass(4999);
    expect(signal.aborted).toBe(false);
    await time.pass(2);
    expect(signal.aborted).toBe(true);
    await time.pass(10);
    expect(runs).toHaveLength(2);
    expect(value('reconcile_timeouts_total')).toBe(1);
    expect(results()['error']).toBe(1);
  });

  test('does not let a second reconcile of a key begin beside one that does not heed it', async () => {
    const { time, controller, runs, last, metrics } = setUp({ workers: 2, deadlineMs: 5000 });
    controller.enqueue('a');
    await time.settle();
    controller.enqueue('a');
    await time.pass(60_000);
    expect(runs).toHaveLength(1);
    expect(metrics.value('workqueue_longest_running_processor_seconds{name="bank"}')).toBe(60);
    last().end();
    await time.settle();
    expect(runs).toHaveLength(2);
  });
});

describe('a stop', () => {
  test('lets what runs end and takes nothing new', async () => {
    const { time, controller, runs, last, value } = setUp();
    controller.enqueue('a');
    await time.settle();
    controller.enqueue('b');
    controller.enqueueAfter('c', 1000);
    const stopped = controller.stop(30_000);
    await time.pass(10_000);
    expect(last().context.signal.aborted).toBe(false);
    last().end({ requeueAfterMs: 1 });
    await time.run(stopped, 1);
    await time.pass(60_000);
    controller.enqueue('d');
    await time.settle();
    expect(runs.map(({ key }) => key)).toEqual(['a']);
    expect(value('active_workers')).toBe(0);
    expect(controller.isIdle).toBe(true);
  });

  test('aborts what still runs at its limit, and waits no longer', async () => {
    const { time, controller, last, log } = setUp();
    controller.enqueue('a');
    await time.settle();
    const { signal } = last().context;
    const stopped = controller.stop(30_000);
    await time.pass(29_999);
    expect(signal.aborted).toBe(false);
    await time.run(stopped, 1);
    expect(signal.aborted).toBe(true);
    last().fail(signal.reason);
    await time.settle();
    expect(log.messages('warn')).toEqual(['a reconcile failed while the controller stops']);
  });

  test('of workers that wait is over at once, before a start as well', async () => {
    const { time, controller } = setUp({ workers: 3 });
    await time.run(controller.stop(30_000), 0);
    const unstarted = new Controller({
      name: 'bank',
      workers: 1,
      deadlineMs: 1,
      clock: time.clock(),
      log: new RecordedLog(),
      metrics: new RecordedMetrics(),
      reconcile: () => Promise.resolve({}),
    });
    await time.run(unstarted.stop(30_000), 0);
    expect(time.nowMs).toBe(0);
  });
});
