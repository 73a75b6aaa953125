/**
 * What runs inside our application server: an application module that measures when `run.ts` says so, over
 * the IPC channel that the instance's process was started with. One measurement at a time.
 *
 * The nodes are ^account(k,"balance") for 0 ≤ k < `nodes`; "random" order is a linear congruence that
 * visits each node once, the same that the peers' programs use.
 */
import { LOCKS_PER_REQUEST_MAX } from '../server/base/limits.ts';
import type { Database } from '../server/instance/database.ts';
import { importFiles } from '../server/cli/import.ts';
import type { Figure, Order } from './orders.ts';
import { nextNode } from './orders.ts';
import { quantile } from './statistics.ts';

const SERVER = 'BANK';
/** SETs of one transaction. */
const SETS = 3;
/** Jobs that hold locks while the data server is restarted. */
const HOLDERS = 64;

export default function application(database: Database, signal: AbortSignal): Promise<void> {
  process.on('message', (order: Order) => {
    obey(database, order).then(
      (figure) => process.send?.({ figure }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.send?.({ ready: true });
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

async function obey(database: Database, order: Order): Promise<Figure> {
  switch (order.kind) {
    case 'load':
      return setNodes(database, order.nodes, order.nodes);
    case 'warm':
      return timed(() => scanKeys(database));
    case 'getRandom':
      return getRandom(database, order.nodes, order.count);
    case 'order':
      return timed(() => scanOrder(database));
    case 'keys':
      return timed(() => scanKeys(database));
    case 'coldOrder':
      await makeCold(database);
      return timed(() => scanOrder(database));
    case 'coldKeys':
      await makeCold(database);
      return timed(() => scanKeys(database));
    case 'set':
      return setNodes(database, order.nodes, order.count);
    case 'increment':
      return incrementOne(database, order.count);
    case 'incrementMany':
      return incrementMany(database, order.count, order.jobs);
    case 'roundTrip':
      return roundTrips(database, order.count);
    case 'lock':
      return lockMany(database, order.count, order.jobs);
    case 'transactions':
      return transactions(database, order);
    case 'holdLocks':
      return holdLocks(database, order.count);
    case 'lockOnce':
      return timed(async () => {
        await using _lock = await database.lock([['once']]);
        return 1;
      });
    case 'import':
      return timed(async () => (await importFiles(database, order.files)).nodes);
  }
}

async function timed(work: () => Promise<number>): Promise<Figure> {
  const start = performance.now();
  const count = await work();
  return { count, seconds: (performance.now() - start) / 1000 };
}

/** Every block of this data server's goes; the connection is there again before the clock starts. */
async function makeCold(database: Database): Promise<void> {
  await database.disconnect(SERVER);
  await database.sync();
}

async function getRandom(database: Database, nodes: number, count: number): Promise<Figure> {
  const global = database.global('account');
  return timed(async () => {
    let k = 0;
    for (let i = 0; i < count; i++) {
      k = nextNode(k, nodes);
      const value = global.get([k, 'balance']);
      if (value instanceof Promise) await value;
    }
    return count;
  });
}

/** $ORDER, one call a key. */
async function scanOrder(database: Database): Promise<number> {
  const global = database.global('account');
  let count = 0;
  let key: string | number | undefined | Uint8Array = '';
  for (;;) {
    const next = global.order([key]);
    key = next instanceof Promise ? await next : next;
    if (key === undefined) return count;
    count++;
  }
}

/** The same keys by the iterator. */
async function scanKeys(database: Database): Promise<number> {
  const keys = database.global('account').keys();
  let count = 0;
  while ((await keys.next()).done !== true) count++;
  return count;
}

/** Asynchronous SETs; the clock stops when the data server has applied the last (the journal runs behind it). */
async function setNodes(database: Database, nodes: number, count: number): Promise<Figure> {
  const global = database.global('account');
  const start = performance.now();
  let k = 0;
  for (let i = 0; i < count; i++) {
    k = nextNode(k, nodes);
    const accepted = global.set([k, 'balance'], `${i}.25`);
    if (accepted instanceof Promise) await accepted;
  }
  await database.sync();
  const seconds = (performance.now() - start) / 1000;
  await database.flush();
  return { count, seconds, durableSeconds: (performance.now() - start) / 1000 };
}

async function incrementOne(database: Database, count: number): Promise<Figure> {
  const global = database.global('counter');
  const latenciesUs: number[] = [];
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await global.increment([]);
    latenciesUs.push((performance.now() - from) * 1000);
  }
  const seconds = (performance.now() - start) / 1000;
  return { count, seconds, ...quantiles(latenciesUs) };
}

async function incrementMany(database: Database, count: number, jobs: number): Promise<Figure> {
  const each = Math.ceil(count / jobs);
  return timed(async () => {
    await Promise.all(
      Array.from({ length: jobs }, async () => {
        const job = await database.job();
        const global = job.global('counter');
        for (let i = 0; i < each; i++) await global.increment([]);
        await job.close();
      }),
    );
    return each * jobs;
  });
}

/** LOCK and unlock, each job a name of its own: nobody waits for another. */
async function lockMany(database: Database, count: number, jobs: number): Promise<Figure> {
  const each = Math.ceil(count / jobs);
  return timed(async () => {
    await Promise.all(
      Array.from({ length: jobs }, async (_, k) => {
        const job = await database.job();
        for (let i = 0; i < each; i++) {
          const lock = await job.lock([['account', k]]);
          await lock.unlock();
        }
        await job.close();
      }),
    );
    return each * jobs;
  });
}

/** TSTART, three SETs, TCOMMIT, one after the other; asynchronous ones are over when the last is applied. */
async function transactions(
  database: Database,
  order: Extract<Order, { kind: 'transactions' }>,
): Promise<Figure> {
  const { nodes, count, synchronous } = order;
  const global = database.global('account');
  const commit = synchronous ? 'synchronous' : 'asynchronous';
  return timed(async () => {
    let k = 0;
    for (let i = 0; i < count; i++) {
      void database.tstart();
      for (let j = 0; j < SETS; j++) {
        k = nextNode(k, nodes);
        const accepted = global.set([k, 'balance'], `${i}.25`);
        if (accepted instanceof Promise) await accepted;
      }
      const committed = database.tcommit({ commit });
      if (committed instanceof Promise) await committed;
    }
    await database.sync();
    return count;
  });
}

/** Locks that jobs of this app server hold from now on, each name of its own. */
async function holdLocks(database: Database, count: number): Promise<Figure> {
  const each = Math.ceil(count / HOLDERS);
  return timed(async () => {
    await Promise.all(
      Array.from({ length: HOLDERS }, async (_, k) => {
        const job = await database.job();
        for (let i = 0; i < each; i += LOCKS_PER_REQUEST_MAX) {
          const length = Math.min(LOCKS_PER_REQUEST_MAX, each - i);
          await job.lock(Array.from({ length }, (_unused, j) => ['held', k, i + j] as const));
        }
      }),
    );
    return each * HOLDERS;
  });
}

/** A request that the data server answers without touching data: there and back. */
async function roundTrips(database: Database, count: number): Promise<Figure> {
  const latenciesUs: number[] = [];
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await database.sync();
    latenciesUs.push((performance.now() - from) * 1000);
  }
  return { count, seconds: (performance.now() - start) / 1000, ...quantiles(latenciesUs) };
}

function quantiles(latenciesUs: number[]): { readonly p50Us: number; readonly p99Us: number } {
  return { p50Us: quantile(latenciesUs, 0.5), p99Us: quantile(latenciesUs, 0.99) };
}
