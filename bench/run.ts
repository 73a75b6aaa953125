/**
 * `npm run bench`: our application server and data server, as two processes, beside GT.M, GT.CM and Redis on the
 * same machine in the same run. docs/performance.md says what the rows mean and what limits each.
 *
 *   npm run bench                             all rows
 *   npm run bench -- --only P1,P3 --rounds 3  some rows, fewer rounds
 *   npm run bench -- --quick                  small sizes: does everything work?
 *   npm run bench -- --without gtm,redis      without peers that are not installed
 *   npm run bench -- --profile FOLDER         CPU profiles of both our processes, and what they spent
 *   npm run bench -- --main FILE              another checkout's server/main.ts
 *
 * ECP_SAMPLE_DATA names a folder of ZWR files (also .zwr.gz) to import; without it one is made up.
 */
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { Ours } from './ours.ts';
import { findGtm, GtmPeer } from './peers/gtm.ts';
import { findRedis, RedisPeer } from './peers/redis.ts';
import { hotSpots } from './profile.ts';
import { measureRow, tableOf, type Measured } from './report.ts';
import { FULL, load, QUICK, rowsOf, type Contestants } from './rows.ts';

const ROUNDS = 5;
const ROUNDS_QUICK = 2;
const PEERS = ['gtm', 'redis'];
/** Below the ranges from which systems take ports for outgoing connections. */
const FIRST_PORT = 18_400;
const GTM_PORT = FIRST_PORT + 8;
const REDIS_PORT = FIRST_PORT + 9;

interface Options {
  readonly only: readonly string[] | undefined;
  readonly rounds: number;
  readonly quick: boolean;
  readonly without: readonly string[];
  readonly profile: string | undefined;
  readonly main: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      without: { type: 'string' },
      profile: { type: 'string' },
      main: { type: 'string' },
    },
  });
  const without = values.without?.split(',') ?? [];
  const unknown = without.filter((name) => !PEERS.includes(name));
  if (unknown.length > 0)
    throw new Error(`--without ${unknown.join(',')}: peers are ${PEERS.join(', ')}`);
  const rounds = Number(values.rounds ?? (values.quick ? ROUNDS_QUICK : ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a number from 1');
  return {
    only: values.only?.split(','),
    rounds,
    quick: values.quick,
    without,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
    main: resolve(values.main ?? join(import.meta.dirname, '..', 'server', 'main.ts')),
  };
}

/** What is not installed is named, with what to do about it, before anything is started. */
function findPeers(without: readonly string[]): {
  readonly gtm: string | undefined;
  readonly redis: string | undefined;
} {
  const gtm = without.includes('gtm') ? undefined : findGtm();
  const redis = without.includes('redis') ? undefined : findRedis();
  const missing = [
    ...(gtm === undefined && !without.includes('gtm') ? ['gtm (Debian package fis-gtm)'] : []),
    ...(redis === undefined && !without.includes('redis')
      ? ['redis (Debian package redis-server)']
      : []),
  ];
  if (missing.length > 0) {
    const names = missing.map((entry) => entry.slice(0, entry.indexOf(' '))).join(',');
    throw new Error(`not installed: ${missing.join(', ')}; or run with --without ${names}`);
  }
  return { gtm, redis };
}

async function main(): Promise<void> {
  const options = readOptions();
  const peers = findPeers(options.without);
  const folder = mkdtempSync(join(tmpdir(), 'ecp-bench-'));
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(1)));
  }
  try {
    const contestants = await startAll(options, peers, folder, stops);
    await run(options, contestants, [contestants.gtm?.version, contestants.redis?.version]);
  } finally {
    await stopAll();
  }
  if (options.profile !== undefined) {
    for (const name of ['app', 'data']) {
      console.log(`\n${name} server, self time:`);
      for (const line of hotSpots(join(options.profile, `${name}.cpuprofile`))) console.log(line);
    }
  }
}

async function startAll(
  options: Options,
  peers: ReturnType<typeof findPeers>,
  folder: string,
  stops: (() => Promise<void>)[],
): Promise<Contestants> {
  const { main: file, profile: profiles } = options;
  if (profiles !== undefined) mkdirSync(profiles, { recursive: true });
  const started = async <T extends { stop(): Promise<void> }>(start: Promise<T>): Promise<T> => {
    const process = await start;
    stops.push(() => process.stop());
    return process;
  };
  const ours = await started(
    Ours.start({ folder: join(folder, 'ours'), main: file, port: FIRST_PORT, profiles }),
  );
  const gtm =
    peers.gtm === undefined
      ? undefined
      : await started(GtmPeer.start(peers.gtm, join(folder, 'gtm'), GTM_PORT));
  const redis =
    peers.redis === undefined
      ? undefined
      : await started(RedisPeer.start(peers.redis, join(folder, 'redis'), REDIS_PORT));
  const sizes = options.quick ? QUICK : FULL;
  const imported = await sampleData(join(folder, 'sample'), sizes.nodes);
  return { ours, gtm, redis, sizes, folder, imported };
}

async function run(
  options: Options,
  contestants: Contestants,
  versions: readonly (string | undefined)[],
): Promise<void> {
  const machine = describeMachine();
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}\n` +
      `commit ${machine.commit}, ${machine.date} UTC, load at the start ${machine.load.toFixed(1)}` +
      `${versions.map((version) => (version === undefined ? '' : `; ${version}`)).join('')}\n` +
      `${options.rounds} rounds${options.quick ? ', --quick: sizes too small for figures to be quoted' : ''}\n`,
  );
  await load(contestants);
  const measured: Measured[] = [];
  for (const row of rowsOf(contestants)) {
    if (options.only !== undefined && !options.only.includes(row.id)) continue;
    measured.push(await measureRow(row, options.rounds));
    process.stderr.write(`${row.id} ${row.title}: done\n`);
  }
  console.log(tableOf(measured));
  if (options.profile !== undefined) return;
  const results = join(import.meta.dirname, 'results');
  mkdirSync(results, { recursive: true });
  const name = `${machine.date.replace(':', '')}-${machine.commit}${options.quick ? '-quick' : ''}.json`;
  const { rounds, quick } = options;
  const result = {
    machine,
    peers: versions,
    rounds,
    quick,
    sizes: contestants.sizes,
    rows: measured,
  };
  writeFileSync(join(results, name), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\nbench/results/${name}`);
}

/** The files to import, unpacked, and their number of nodes. */
async function sampleData(folder: string, nodes: number): Promise<Contestants['imported']> {
  mkdirSync(folder, { recursive: true });
  const given = process.env['ECP_SAMPLE_DATA'];
  if (given === undefined) {
    console.log('ECP_SAMPLE_DATA is not set: the import takes made-up nodes');
    const file = join(folder, 'made-up.zwr');
    await pipeline(Readable.from(madeUp(nodes)), createWriteStream(file));
    return { files: [file], nodes };
  }
  const files: string[] = [];
  let lines = 0;
  for (const name of readdirSync(given).filter((entry) => /\.zwr(\.gz)?$/.test(entry))) {
    const file = join(folder, name.replace(/\.gz$/, ''));
    const source = createReadStream(join(given, name));
    const target = createWriteStream(file);
    await (name.endsWith('.gz')
      ? pipeline(source, createGunzip(), target)
      : pipeline(source, target));
    files.push(file);
    // Two lines are the header.
    lines += readFileSync(file).reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), -2);
  }
  if (files.length === 0) throw new Error(`ECP_SAMPLE_DATA: no ZWR files in ${given}`);
  return { files, nodes: lines };
}

function* madeUp(nodes: number): Generator<string> {
  yield 'made up for a benchmark\n01-JAN-2026 00:00:00 ZWR\n';
  for (let i = 0; i < nodes; i++) {
    const field = i % 4;
    const text = `ENTRY ${i}^${(i * 7621) % 1000}^some text of the length that records have^${field}`;
    yield `^Made(${101 + (i >> 2)},"field",${field})="${text}"\n`;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
