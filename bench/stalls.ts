/**
 * How long an instance's event loop stands still while a large tree is loaded, MERGEd, KILLed and checkpointed beside 16
 * writers. The instance is the real one, in a process of its own.
 *
 *   node bench/stalls.ts [--nodes 1000000] [--pool 256Mi]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { StallFigures, StallOrder } from './stall-application.ts';

interface Answer {
  readonly ready?: true;
  readonly figures?: readonly StallFigures[];
  readonly error?: string;
}

const MEASUREMENT_MS_MAX = 600_000;

/** Starts an instance in a folder of its own, and lets it measure. */
export async function measureStalls(
  order: StallOrder,
  bufferPoolSize = '256Mi',
): Promise<readonly StallFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ecp-stalls-'));
  const file = join(folder, 'instance.yaml');
  const any = '{host: 127.0.0.1, port: 0}';
  writeFileSync(
    file,
    `name: stalls
dataDirectory: data
${['metrics', 'admin', 'client', 'ecp'].map((name) => `${name}: ${any}`).join('\n')}
databases: [{name: MAIN}]
namespaces: [{name: USER, defaultDatabase: MAIN}]
bufferPoolSize: ${bufferPoolSize}
checkpointSeconds: 1
application: {module: ${join(import.meta.dirname, 'stall-application.ts')}}
`,
  );
  const main = join(import.meta.dirname, '..', 'server', 'main.ts');
  const child = fork(main, ['--configuration', file], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
  const timer = setTimeout(() => child.kill('SIGKILL'), MEASUREMENT_MS_MAX);
  try {
    return await new Promise((resolve, reject) => {
      child.on('message', ({ ready, figures, error }: Answer) => {
        if (ready) child.send(order);
        else if (figures !== undefined) resolve(figures);
        else reject(new Error(error));
      });
      child.once('exit', (code) => reject(new Error(`the instance ended with ${code}: ${said}`)));
    });
  } finally {
    clearTimeout(timer);
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

export function tableOfStalls(figures: readonly StallFigures[]): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const lines = figures.map(
    ({ what, seconds, p50, p99, p999, longest, cpu999, cpuLongest, writes, busy }) =>
      `| ${what} | ${seconds.toFixed(1)} s | ${[p50, p99, p999, longest, cpu999, cpuLongest].map(ms).join(' | ')} | ` +
      `${(writes / 1000).toFixed(0)} k/s | ${busy.toFixed(1)} |`,
  );
  return [
    '| what | takes | p50 | p99 | p99.9 | longest | processor p99.9 | longest | writers | cores |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { nodes: { type: 'string' }, pool: { type: 'string' } },
  });
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? '';
  console.log(`load at the start ${load}`);
  const nodes = Number(values.nodes ?? 1_000_000);
  console.log(tableOfStalls(await measureStalls({ nodes, writers: 16 }, values.pool)));
}

if (import.meta.main) await main();
