/**
 * One measurement of the storage of an instance, without a network: what `storage.ts` starts a process for.
 *
 *   node bench/storage-child.ts FOLDER MODE NODES
 *
 * Prints one line of JSON. Modes that end in a crash say so and wait to be killed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { open } from 'lmdb';
import { JournalFiles } from '../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../server/adapters/lmdb-page-store.ts';
import { SystemClock } from '../server/adapters/system-clock.ts';
import { SystemRandom } from '../server/adapters/system-random.ts';
import type { Database } from '../server/instance/database.ts';
import { parseConfiguration } from '../server/instance/configuration.ts';
import { Instance } from '../server/instance/instance.ts';
import { silentLog } from '../server/ports/log.ts';
import { nextNode } from './orders.ts';
import { quantile } from './statistics.ts';

const [folder = '', mode = '', count = ''] = process.argv.slice(2);
const NODES = Number(count);
/** Of a row that is to have the size of a record. */
const FILLER = '.'.repeat(80);
const COMMITS = 2000;
const COMMITTERS = 100;

const none = {
  inc: () => undefined,
  set: () => undefined,
  remove: () => undefined,
  observe: () => undefined,
};

function start(bufferPoolSize = '256Mi'): Instance {
  const configuration = parseConfiguration({
    name: 'bench',
    dataDirectory: folder,
    bufferPoolSize,
    cacheSize: '8Mi',
    databases: [{ name: 'MAIN' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'MAIN' }],
  });
  return Instance.open(configuration, {
    clock: new SystemClock(),
    random: new SystemRandom(),
    log: silentLog,
    metrics: {
      counter: () => none,
      gauge: () => none,
      histogram: () => none,
      stateSet: () => none,
    },
    resolver: { resolve: (_, done) => done([]) },
    transport: {
      dial: () => {
        throw new Error('there is no network here');
      },
    },
    journal: new JournalFiles(join(folder, 'journal')),
    openStore: (name) => new LmdbPageStore(join(folder, 'databases', name)),
  });
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

/** Sets every node once: in an order that visits neighbours seldom, or ascending. */
async function setAll(job: Database, filler = '', isAscending = false): Promise<void> {
  const account = job.global('account');
  let k = 0;
  for (let i = 0; i < NODES; i++) {
    k = isAscending ? i : nextNode(k, NODES);
    const relief = account.set([k, 'balance'], `${i}.25${filler}`);
    if (relief instanceof Promise) await relief;
    // As between the frames of app servers: syncs and checkpoints go on.
    if (i % 256 === 0) await nextTurn();
  }
}

async function commits(instance: Instance, jobs: number): Promise<{ rate: number; p50: number }> {
  const times: number[] = [];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: jobs }, async (_, j) => {
      const job = instance.openJob('USER');
      for (let i = 0; i < COMMITS / Math.min(jobs, 10); i++) {
        const from = performance.now();
        void job.global('commit').set([j, i], 'committed');
        await job.flush();
        times.push(performance.now() - from);
      }
    }),
  );
  return { rate: times.length / seconds(begin), p50: quantile(times, 0.5) * 1000 };
}

async function ours(): Promise<object> {
  const instance = start();
  const job = instance.openJob('USER');
  let begin = performance.now();
  await setAll(job);
  const set = NODES / seconds(begin);
  await job.flush();
  const account = job.global('account');
  begin = performance.now();
  let k = 0;
  for (let i = 0; i < NODES; i++) {
    k = nextNode(k, NODES);
    void account.get([k, 'balance']);
  }
  const get = NODES / seconds(begin);
  const one = await commits(instance, 1);
  const many = await commits(instance, COMMITTERS);
  await instance.stop();
  return { set, get, commit1: one, commit100: many };
}

async function lmdbAlone(): Promise<object> {
  const database = open<string, [string, number, string]>({
    path: join(folder, 'alone.mdb'),
    noSubdir: true,
    overlappingSync: false,
    encoding: 'string',
  });
  let begin = performance.now();
  let k = 0;
  for (let i = 0; i < NODES; i++) {
    k = nextNode(k, NODES);
    const done = database.put(['account', k, 'balance'], `${i}.25`);
    if (i % 1000 === 0) await done;
  }
  await database.committed;
  const set = NODES / seconds(begin);
  begin = performance.now();
  for (let i = 0; i < NODES; i++) {
    k = nextNode(k, NODES);
    database.get(['account', k, 'balance']);
  }
  const get = NODES / seconds(begin);
  const durable = async (writers: number): Promise<{ rate: number; p50: number }> => {
    const times: number[] = [];
    const from = performance.now();
    await Promise.all(
      Array.from({ length: writers }, async (_, j) => {
        for (let i = 0; i < COMMITS / 10; i++) {
          const at = performance.now();
          await database.put(['commit', j * COMMITS + i, ''], 'committed');
          times.push(performance.now() - at);
        }
      }),
    );
    return { rate: times.length / seconds(from), p50: quantile(times, 0.5) * 1000 };
  };
  const commit1 = await durable(1);
  const commit100 = await durable(COMMITTERS);
  await database.close();
  return { set, get, commit1, commit100 };
}

/** Leaves a database behind, stopped in order. */
async function fill(): Promise<object> {
  const instance = start();
  await setAll(instance.openJob('USER'), FILLER, true);
  // Once it is closed it has no size.
  const bytes = instance.engine.databases.find(({ name }) => name === 'MAIN')?.sizeBytes();
  const begin = performance.now();
  await instance.stop();
  return { stop: seconds(begin), bytes };
}

/** Leaves a journal behind that no checkpoint includes. */
async function crash(): Promise<object> {
  const instance = start();
  const job = instance.openJob('USER');
  await setAll(job);
  await job.flush();
  return { waiting: true };
}

async function restart(): Promise<object> {
  const begin = performance.now();
  const instance = start();
  const took = seconds(begin);
  const { records, redone } = instance.engine.recovery;
  await instance.stop();
  return { seconds: took, records, redone, rate: records / took };
}

/** Of this process alone: the page store's file is mapped, and the system counts what it caches of it. */
function anonymousBytes(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Reads a database far larger than the pool, from end to end. */
async function scan(): Promise<object> {
  const instance = start('64Mi');
  const before = anonymousBytes();
  let highest = before;
  let nodes = 0;
  const begin = performance.now();
  for await (const _ of instance.openJob('USER').global('account').entries()) {
    if (++nodes % 10_000 === 0) {
      await nextTurn();
      highest = Math.max(highest, anonymousBytes());
    }
  }
  const rate = nodes / seconds(begin);
  await instance.stop();
  return { rate, nodes, before, highest };
}

/** What checkpoints carry to the disk. */
async function checkpoint(): Promise<object> {
  const instance = start();
  const { engine } = instance;
  await setAll(instance.openJob('USER'), FILLER, true);
  const rates: number[] = [];
  for (let round = 0; round < 5; round++) {
    await new Promise<void>((resolve) => engine.checkpoint(() => resolve()));
    const account = instance.openJob('USER').global('account');
    for (let k = round; k < NODES && engine.pool.dirtyBytes < 30_000_000; k += 20)
      void account.set([k, 'balance'], `${round}${FILLER}`);
    const bytes = engine.pool.dirtyBytes;
    const begin = performance.now();
    await new Promise<void>((resolve) => engine.checkpoint(() => resolve()));
    rates.push(bytes / seconds(begin));
  }
  await instance.stop();
  return { rate: quantile(rates, 0.5) };
}

const MODES: Readonly<Record<string, () => Promise<object>>> = {
  ours,
  lmdb: lmdbAlone,
  fill,
  crash,
  restart,
  scan,
  checkpoint,
};

const measure = MODES[mode];
if (measure === undefined) throw new Error(`modes are ${Object.keys(MODES).join(', ')}`);
const figures = await measure();
process.stdout.write(`${JSON.stringify(figures)}\n`);
// Nothing more is written until the kill comes.
if (mode === 'crash') await sleep(60_000);
process.exit(0);
