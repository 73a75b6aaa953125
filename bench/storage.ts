/**
 * The storage of an instance beside LMDB alone and GT.M with before-image journaling, in one run on one machine:
 *
 *   node bench/storage.ts [--nodes 500000] [--large 8000000] [--without gtm]
 *
 * `--large`: nodes of the database that is started and scanned; 8,000,000 are about 1 GB. Prints a table.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { findGtm, GtmPeer } from './peers/gtm.ts';

const GTM_PORT = 18_420;
const CHILD = join(import.meta.dirname, 'storage-child.ts');

type Figures = Readonly<Record<string, number>>;

/** What a child measured, flat: `commit1.rate`. */
function flatten(value: object, prefix = ''): Figures {
  const entries = Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === 'object' && part !== null
      ? Object.entries(flatten(part, `${prefix}${name}.`))
      : [[`${prefix}${name}`, Number(part)] as [string, number]],
  );
  return Object.fromEntries(entries);
}

/** Runs one mode in a process of its own, which is killed when it has spoken. */
async function run(folder: string, mode: string, nodes: number): Promise<Figures> {
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, [CHILD, folder, mode, String(nodes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.endsWith('\n')) resolve();
    });
    child.once('exit', () => resolve());
  });
  child.kill('SIGKILL');
  await exited;
  if (said === '') throw new Error(`${mode} said nothing`);
  const [line = '{}'] = said.split('\n');
  return flatten(JSON.parse(line) as object);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { nodes: { type: 'string' }, large: { type: 'string' }, without: { type: 'string' } },
  });
  const nodes = Number(values.nodes ?? 500_000);
  const large = Number(values.large ?? 8_000_000);
  const root = mkdtempSync(join(tmpdir(), 'ecp-storage-'));
  const rows: [string, Figures][] = [];
  const add = async (what: string, figures: Promise<Figures>): Promise<void> => {
    rows.push([what, await figures]);
    process.stderr.write(`${what}: done\n`);
  };
  try {
    console.log(JSON.stringify(describeMachine()));
    await add('ours', run(join(root, 'ours'), 'ours', nodes));
    await add('lmdb alone', run(join(root, 'lmdb'), 'lmdb', nodes));
    const dist = values.without === 'gtm' ? undefined : findGtm();
    if (dist !== undefined) await add('GT.M', gtm(dist, join(root, 'gtm'), nodes));
    await add('checkpoints, bytes/s', run(join(root, 'checkpoint'), 'checkpoint', nodes));
    await run(join(root, 'crash'), 'crash', nodes);
    await add('start after a kill', run(join(root, 'crash'), 'restart', 0));
    await add('large: stop in order', run(join(root, 'large'), 'fill', large));
    await add('large: start', run(join(root, 'large'), 'restart', 0));
    await add('large: scan with a pool of 56 MiB', run(join(root, 'large'), 'scan', 0));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  for (const [what, figures] of rows) {
    const line = Object.entries(figures).map(([name, value]) => `${name} ${quantity(value)}`);
    console.log(`| ${what} | ${line.join(', ')} |`);
  }
}

async function gtm(dist: string, folder: string, nodes: number): Promise<Figures> {
  const peer = await GtmPeer.start(dist, folder, GTM_PORT);
  try {
    const size = { nodes, count: nodes };
    await peer.run('local', 'load', size);
    const set = nodes / (await peer.run('local', 'set', size));
    return { set, get: nodes / (await peer.run('local', 'getrandom', size)) };
  } finally {
    await peer.stop();
  }
}

function quantity(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  return value.toFixed(value < 100 ? 2 : 0);
}

await main();
