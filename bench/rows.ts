/**
 * The rows of the table: what is measured, on our side and at each peer, and what ratio is aimed for. Within a
 * row the sides take turns, round by round; a ratio is of two figures of one round.
 */
import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Ours } from './ours.ts';
import type { GtmPeer } from './peers/gtm.ts';
import type { RedisPeer } from './peers/redis.ts';
import { median } from './statistics.ts';

export interface Side {
  readonly name: string;
  /** One measurement, in the row's unit. */
  readonly measure: () => Promise<number>;
  /** Ours is to be at least so many times as good. */
  readonly target?: number;
}

export interface Row {
  readonly id: string;
  readonly title: string;
  /** Of "/s" more is better, of "µs" less. */
  readonly unit: '/s' | 'µs';
  readonly ours: Side;
  readonly peers: readonly Side[];
}

export interface Sizes {
  readonly nodes: number;
  readonly cachedReads: number;
  readonly writes: number;
  /** Operations that wait for a round trip or for the disk. */
  readonly awaited: number;
}

export const FULL: Sizes = {
  nodes: 200_000,
  cachedReads: 2_000_000,
  writes: 200_000,
  awaited: 3_000,
};

export const QUICK: Sizes = {
  nodes: 20_000,
  cachedReads: 400_000,
  writes: 20_000,
  awaited: 500,
};

export interface Contestants {
  readonly ours: Ours;
  readonly gtm: GtmPeer | undefined;
  readonly redis: RedisPeer | undefined;
  readonly sizes: Sizes;
  /** A folder on the disk where all keep their journals. */
  readonly folder: string;
  readonly imported: { readonly files: readonly string[]; readonly nodes: number };
}

const JOBS = 64;
/** A global that fits into one or two blocks. */
const HOT_NODES = 100;

export async function load({ ours, gtm, redis, sizes }: Contestants): Promise<void> {
  const { nodes } = sizes;
  await ours.obey({ kind: 'load', nodes });
  await gtm?.run('local', 'load', { nodes, count: nodes });
  await redis?.load(nodes);
}

export function rowsOf(contestants: Contestants): readonly Row[] {
  return [
    ...cachedReads(contestants),
    ...scans(contestants),
    writes(contestants),
    ...increments(contestants),
    ...locks(contestants),
    ...transactions(contestants),
    imports(contestants),
  ];
}

function cachedReads({ ours, gtm, redis, sizes }: Contestants): readonly Row[] {
  const { cachedReads: count } = sizes;
  // node-redis's cache is slower by far: fewer turns tell as much.
  const redisCount = Math.ceil(count / 8);
  const reads = (
    nodes: number,
    targets: { readonly gtm: number; readonly redis: number },
  ): Row => ({
    id: 'P1',
    title: `cached $GET, random over ${nodes} nodes`,
    unit: '/s',
    ours: { name: 'ours', measure: warmed(ours, { kind: 'getRandom', nodes, count }) },
    peers: [
      ...present(
        gtm,
        'GT.M local',
        async () => count / ((await gtm?.run('local', 'getrandom', { nodes, count })) ?? 0),
        targets.gtm,
      ),
      ...present(
        redis,
        'Redis client-side cache',
        async () => redisCount / ((await redis?.getCached(nodes, redisCount)) ?? 0),
        targets.redis,
      ),
    ],
  });
  return [reads(HOT_NODES, { gtm: 3, redis: 2 }), reads(sizes.nodes, { gtm: 2, redis: 1.5 })];
}

function scans({ ours, gtm, redis, sizes }: Contestants): readonly Row[] {
  const { nodes } = sizes;
  const remote = Math.min(nodes, 10 * sizes.awaited);
  const gtmLocal = async (): Promise<number> =>
    nodes / ((await gtm?.run('local', 'order', { nodes, count: nodes })) ?? 0);
  const gtcm = async (): Promise<number> =>
    remote / ((await gtm?.run('gtcm', 'remoteorder', { nodes, count: remote })) ?? 0);
  const pages = async (): Promise<number> => {
    const { count = 0, seconds = 1 } = (await redis?.scan()) ?? {};
    return count / seconds;
  };
  return [
    {
      id: 'P2',
      title: 'cached scan, $ORDER one by one',
      unit: '/s',
      ours: { name: 'ours', measure: warmed(ours, { kind: 'order' }) },
      peers: present(gtm, 'GT.M local', gtmLocal, 1.5),
    },
    {
      id: 'P2',
      title: 'cached scan, keys()',
      unit: '/s',
      ours: { name: 'ours', measure: warmed(ours, { kind: 'keys' }) },
      peers: present(gtm, 'GT.M local', gtmLocal, 1.5),
    },
    {
      id: 'P3',
      title: 'cold scan of remote data, $ORDER',
      unit: '/s',
      ours: { name: 'ours', measure: rate(() => ours.obey({ kind: 'coldOrder' })) },
      peers: [
        ...present(gtm, 'GT.CM', gtcm, 20),
        ...present(redis, 'Redis sorted set, pages of 1,000', pages),
      ],
    },
    {
      id: 'P3',
      title: 'cold scan of remote data, keys()',
      unit: '/s',
      ours: { name: 'ours', measure: rate(() => ours.obey({ kind: 'coldKeys' })) },
      peers: present(gtm, 'GT.CM', gtcm, 20),
    },
  ];
}

function writes({ ours, gtm, redis, sizes }: Contestants): Row {
  const { nodes, writes: count } = sizes;
  const remote = Math.min(count, 10 * sizes.awaited);
  return {
    id: 'P5',
    title: 'SET through an app server, asynchronous, until applied',
    unit: '/s',
    ours: { name: 'ours', measure: rate(() => ours.obey({ kind: 'set', nodes, count })) },
    peers: [
      ...present(
        gtm,
        'GT.CM',
        async () => remote / ((await gtm?.run('gtcm', 'remoteset', { nodes, count: remote })) ?? 0),
        8,
      ),
      ...present(
        gtm,
        'GT.M local journaled',
        async () => count / ((await gtm?.run('local', 'set', { nodes, count })) ?? 0),
        1,
      ),
      ...present(
        redis,
        'Redis pipelined, AOF every second',
        async () => count / ((await redis?.set(nodes, count)) ?? 0),
      ),
    ],
  };
}

function increments({ ours, gtm, redis, sizes, folder }: Contestants): readonly Row[] {
  const { nodes, awaited: count } = sizes;
  const gtcmSeconds = async (): Promise<number> =>
    (await gtm?.run('gtcm', 'increment', { nodes, count: 10 * count })) ?? 0;
  const redisSeconds = async (jobs: number, durable: boolean): Promise<number> =>
    (await redis?.increment(count * (jobs > 1 ? 10 : 1), { jobs, durable })) ?? 0;
  return [
    {
      id: 'P7',
      title: '$INCREMENT, durable, one job: p50',
      unit: 'µs',
      ours: {
        name: 'ours',
        measure: async () => (await ours.obey({ kind: 'increment', count })).p50Us ?? 0,
      },
      peers: [
        {
          name: 'round trip + fdatasync',
          measure: async () => {
            const trip = (await ours.obey({ kind: 'roundTrip', count })).p50Us ?? 0;
            return trip + syncMicros(folder, count);
          },
          target: 1 / 1.3,
        },
        ...present(gtm, 'GT.CM (not durable)', async () => ((await gtcmSeconds()) * 1e5) / count),
        ...present(
          redis,
          'Redis fsync always',
          async () => ((await redisSeconds(1, true)) * 1e6) / count,
        ),
      ],
    },
    {
      id: 'P7',
      title: `$INCREMENT, durable, ${JOBS} jobs`,
      unit: '/s',
      ours: {
        name: 'ours',
        measure: rate(() => ours.obey({ kind: 'incrementMany', count: 10 * count, jobs: JOBS })),
      },
      peers: [
        ...present(
          gtm,
          'GT.CM, one client (not durable)',
          async () => (10 * count) / (await gtcmSeconds()),
          4,
        ),
        ...present(
          redis,
          `Redis fsync always, ${JOBS} at once`,
          async () => (10 * count) / (await redisSeconds(JOBS, true)),
        ),
      ],
    },
  ];
}

function locks({ ours, gtm, sizes }: Contestants): readonly Row[] {
  const { nodes, awaited: count } = sizes;
  const row = (jobs: number, target: number): Row => {
    const all = count * (jobs > 1 ? 10 : 1);
    return {
      id: 'P8',
      title: `LOCK + unlock over ECP, ${jobs === 1 ? 'one job' : `${jobs} jobs`}`,
      unit: '/s',
      ours: { name: 'ours', measure: rate(() => ours.obey({ kind: 'lock', count: all, jobs })) },
      peers: present(
        gtm,
        'GT.CM, one client',
        async () => count / ((await gtm?.run('gtcm', 'lock', { nodes, count })) ?? 0),
        target,
      ),
    };
  };
  return [row(1, 0.8), row(JOBS, 5)];
}

function transactions({ ours, redis, sizes }: Contestants): readonly Row[] {
  const { nodes, awaited: count } = sizes;
  const row = (synchronous: boolean, target: number): Row => {
    const all = count * (synchronous ? 1 : 10);
    return {
      id: 'P10',
      title: `TSTART, 3 SET, TCOMMIT over ECP, ${synchronous ? 'synchronous' : 'asynchronous, until applied'}`,
      unit: '/s',
      ours: {
        name: 'ours',
        measure: rate(() => ours.obey({ kind: 'transactions', nodes, count: all, synchronous })),
      },
      peers: present(
        redis,
        synchronous ? 'Redis MULTI, fsync always' : 'Redis MULTI, AOF every second',
        async () => count / ((await redis?.transactions(nodes, count, synchronous)) ?? 0),
        target,
      ),
    };
  };
  return [row(false, 4), row(true, 1.5)];
}

function imports({ ours, gtm, sizes, imported }: Contestants): Row {
  const { nodes, writes: count } = sizes;
  const { files } = imported;
  return {
    id: 'P12',
    title: 'ecp import of ZWR through an app server, checked and durable',
    unit: '/s',
    ours: { name: 'ours', measure: rate(() => ours.obey({ kind: 'import', files })) },
    peers: [
      {
        name: 'our SET (P5)',
        measure: rate(() => ours.obey({ kind: 'set', nodes, count })),
        target: 0.5,
      },
      ...present(gtm, 'GT.M local, MUPIP LOAD', async () => {
        let seconds = 0;
        for (const file of files) seconds += (await gtm?.load(file)) ?? 0;
        return imported.nodes / seconds;
      }),
    ],
  };
}

function present(
  peer: GtmPeer | RedisPeer | undefined,
  name: string,
  measure: () => Promise<number>,
  target?: number,
): readonly Side[] {
  if (peer === undefined) return [];
  return [target === undefined ? { name, measure } : { name, measure, target }];
}

function rate(
  measure: () => Promise<{ readonly count: number; readonly seconds: number }>,
): () => Promise<number> {
  return async () => {
    const { count, seconds } = await measure();
    return count / seconds;
  };
}

/** With everything in the cache before the clock starts. */
function warmed(ours: Ours, order: Parameters<Ours['obey']>[0]): () => Promise<number> {
  return rate(async () => {
    await ours.obey({ kind: 'warm' });
    return ours.obey(order);
  });
}

/** p50 of appending 64 bytes to a preallocated file and syncing it, the way our journal does. */
function syncMicros(folder: string, count: number): number {
  const path = join(folder, 'sync-probe');
  const file = openSync(path, 'w');
  try {
    const room = 64 * count;
    if (statSync(path).size < room) writeSync(file, new Uint8Array(room), 0, room, 0);
    fdatasyncSync(file);
    const record = new Uint8Array(64).fill(1);
    const micros: number[] = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      writeSync(file, record, 0, record.length, 64 * i);
      fdatasyncSync(file);
      micros.push((performance.now() - start) * 1000);
    }
    return median(micros);
  } finally {
    closeSync(file);
  }
}
