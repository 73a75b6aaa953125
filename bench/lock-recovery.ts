/**
 * How long a data server that was killed takes until it grants locks again, while an app server holds very many: it
 * claims each of them before anybody gets another (rule R6). Beside it the same with none.
 *
 *   node bench/lock-recovery.ts [--locks 1000000] [--rounds 3]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ours } from './ours.ts';
import { median } from './statistics.ts';

/** Away from the ports of run.ts. */
const FIRST_PORT = 18_420;

interface Recovery {
  /** From the kill until the data server says that it is ready. */
  readonly readySeconds: number;
  /** From then until a name that nobody holds is locked. */
  readonly grantSeconds: number;
}

async function restart(ours: Ours): Promise<Recovery> {
  const start = performance.now();
  await ours.restartData();
  const ready = performance.now();
  await ours.obey({ kind: 'lockOnce' });
  return {
    readySeconds: (ready - start) / 1000,
    grantSeconds: (performance.now() - ready) / 1000,
  };
}

async function measure(locks: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ecp-lock-recovery-'));
  const main = join(import.meta.dirname, '..', 'server', 'main.ts');
  const options = { folder, main, port: FIRST_PORT, profiles: undefined, reconnectSeconds: 1 };
  const ours = await Ours.start(options);
  try {
    if (locks > 0) {
      const { count, seconds } = await ours.obey({ kind: 'holdLocks', count: locks });
      console.log(`${count} locks taken in ${seconds.toFixed(1)} s`);
    }
    await ours.obey({ kind: 'lockOnce' });
    const runs: Recovery[] = [];
    for (let i = 0; i < rounds; i++) runs.push(await restart(ours));
    const ready = median(runs.map(({ readySeconds }) => readySeconds)).toFixed(2);
    const grant = median(runs.map(({ grantSeconds }) => grantSeconds)).toFixed(2);
    console.log(
      `${locks} locks held: ready ${ready} s after the kill, a lock granted ${grant} s later`,
    );
  } finally {
    await ours.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { locks: { type: 'string' }, rounds: { type: 'string' } },
  });
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? '';
  console.log(`load at the start ${load}; the app server dials once a second`);
  const rounds = Number(values.rounds ?? 3);
  await measure(0, rounds);
  await measure(Number(values.locks ?? 1_000_000), rounds);
}

await run();
