/**
 * What `stalls.ts` runs inside an instance: an application module that keeps 16 jobs writing, makes the instance do one
 * large thing after the other meanwhile, and watches how long the event loop stands still. Reports over the IPC channel
 * that the process was started with.
 *
 * Twice: by the clock (`monitorEventLoopDelay`), which counts what other processes take from this one, and by the
 * processor time of this thread between two ticks of a timer, which does not. A stall of n ms is one sample of n ms:
 * quantiles are of turns, not of time, and the longest is reported beside them.
 */
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, MaybePromise } from '../server/instance/database.ts';

export interface StallOrder {
  readonly nodes: number;
  readonly writers: number;
}

/** One large thing, milliseconds. */
export interface StallFigures {
  readonly what: string;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly longest: number;
  /** The same by processor time of the event loop's thread. */
  readonly cpu999: number;
  readonly cpuLongest: number;
  /** Sets of the writers meanwhile, a second. */
  readonly writes: number;
  /** Processor time of the process, as a part of one core. */
  readonly busy: number;
}

/** Sets of one writer between two turns of the event loop, as a frame of an app server might have. */
const SETS_A_TURN = 32;
/** Every so many turns a writer waits until its sets are durable. */
const TURNS_A_FLUSH = 32;
/** A node's value: a record of a line. */
const VALUE = 'ENTRY 4711^815^some text of the length that records have, more or less^1'.padEnd(
  80,
  '.',
);

export default async function application(database: Database, signal: AbortSignal): Promise<void> {
  process.on('message', (order: StallOrder) => {
    measureAll(database, order).then(
      (figures) => process.send?.({ figures }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.send?.({ ready: true });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

async function measureAll(database: Database, order: StallOrder): Promise<StallFigures[]> {
  const { nodes, writers } = order;
  const state = { isOver: false, writes: 0 };
  const writing = Array.from({ length: writers }, async (_, i) =>
    write(await database.job(), i, state),
  );
  const job = await database.job();
  const measure = (what: string, work: () => Promise<void>): Promise<StallFigures> =>
    watched(what, work, state);
  const figures = [
    await measure('16 writers alone', () => new Promise((resolve) => setTimeout(resolve, 2000))),
    await measure('load', () => load(job, nodes)),
    await measure('MERGE', async () => job.global('copy').merge([], job.global('source'))),
    await measure('KILL, in the pool or not', () => killed(job, 'copy')),
    await measure('MERGE again', async () => job.global('copy').merge([], job.global('source'))),
    await measure('KILL of both', async () => {
      await killed(job, 'source');
      await killed(job, 'copy');
    }),
  ];
  state.isOver = true;
  await Promise.all(writing);
  return figures;
}

/** KILL, and the checkpoints that carry it out on the disk. */
async function killed(job: Database, name: string): Promise<void> {
  await job.global(name).kill();
  await job.flush();
  await new Promise((resolve) => setTimeout(resolve, 3000));
}

async function load(job: Database, nodes: number): Promise<void> {
  const source = job.global('source');
  for (let i = 0; i < nodes; i++) {
    const relief = source.set([i], VALUE);
    if (relief instanceof Promise) await relief;
    if (i % 512 === 0) await nextTurn();
  }
  await job.flush();
}

async function write(
  job: Database,
  writer: number,
  state: { readonly isOver: boolean; writes: number },
): Promise<void> {
  const own = job.global('writer');
  for (let turn = 0; !state.isOver; turn++) {
    for (let i = 0; i < SETS_A_TURN; i++) {
      const relief: MaybePromise<void> = own.set(
        [writer, (turn * SETS_A_TURN + i) % 20_000],
        VALUE,
      );
      if (relief instanceof Promise) await relief;
      state.writes++;
    }
    if (turn % TURNS_A_FLUSH === 0) await job.flush();
    else await nextTurn();
  }
}

/** Of this thread, since it began. */
function threadMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

async function watched(
  what: string,
  work: () => Promise<void>,
  state: { readonly writes: number },
): Promise<StallFigures> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const turns = createHistogram();
  let before = threadMicroseconds();
  const ticks = setInterval(() => {
    const now = threadMicroseconds();
    turns.record(Math.max(1, now - before));
    before = now;
  }, 1);
  const { writes } = state;
  const start = performance.now();
  const cpu = process.cpuUsage();
  delays.enable();
  await work();
  delays.disable();
  clearInterval(ticks);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const ms = (q: number): number => delays.percentile(q) / 1e6;
  return {
    what,
    seconds,
    p50: ms(50),
    p99: ms(99),
    p999: ms(99.9),
    longest: delays.max / 1e6,
    cpu999: turns.percentile(99.9) / 1000,
    cpuLongest: turns.max / 1000,
    writes: (state.writes - writes) / seconds,
    busy: (user + system) / 1e6 / seconds,
  };
}
