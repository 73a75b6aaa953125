/** What an instance costs that does nothing, started as the image starts it: compiled before, and told to keep little. */
import { expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'server', 'main.ts');
/** The aim is 100 MB; another kernel or Node counts a little differently. */
const RESIDENT_KIB_MAX = 112 * 1024;
const START_MS_MAX = 60_000;

/** What the image sets, and a cache that is filled as there. */
function asInTheImage(folder: string): NodeJS.ProcessEnv {
  const image = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const options = /NODE_OPTIONS=(\S+)/.exec(image)?.[1];
  const env = { PATH: process.env['PATH'], NODE_OPTIONS: options, NODE_COMPILE_CACHE: folder };
  const filled = spawnSync(process.execPath, [MAIN], { env });
  expect(filled.stderr.toString()).toContain('usage');
  return env;
}

test('P15: an idle instance takes about 100 MB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecp-footprint-'));
  const file = join(folder, 'configuration.json');
  const any = { host: '127.0.0.1', port: 0 };
  const listeners = { ecp: any, client: any, admin: any, metrics: any };
  const databases = { databases: [{ name: 'MAIN' }] };
  writeFileSync(
    file,
    JSON.stringify({ name: 'idle', dataDirectory: 'data', ...listeners, ...databases }),
  );
  const env = asInTheImage(join(folder, 'cache'));
  const argv = ['--disable-warning=ExperimentalWarning', MAIN, '--configuration', file];
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    for (let waited = 0; !said.includes('instance serves'); waited += 50) {
      expect(waited).toBeLessThan(START_MS_MAX);
      await sleep(50);
    }
    await sleep(500);
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const resident = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
    expect(resident).toBeLessThan(RESIDENT_KIB_MAX);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
});
