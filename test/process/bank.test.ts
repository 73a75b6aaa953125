/** The bank example as it is: an application module on both app servers of a topology. F-K13 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLocal, type LocalTopology } from '../../operator/local/local-topology.ts';

const READY_MS_MAX = 30_000;
/** Away from the ports that people use. */
const BANK_PORT = 28_480;

const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/bank/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ecp-bank-'));
let topology: LocalTopology;
let banks: string[];

/** Where each app server's bank listens: its log says so. */
async function bankOf(name: string): Promise<string> {
  const { logFile } = topology.state.instances.find((instance) => instance.name === name)!;
  for (let waitedMs = 0; waitedMs < READY_MS_MAX; waitedMs += 50) {
    const line = readFileSync(logFile, 'utf8')
      .split('\n')
      .find((text) => text.includes('bank listens'));
    if (line !== undefined)
      return `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}`;
    await sleep(50);
  }
  throw new Error(`the bank of ${name} does not listen`);
}

beforeAll(async () => {
  const manifest = join(folder, 'bank.yaml');
  const text = readFileSync(example('bank.yaml'), 'utf8')
    .replace('module: bank.ts', `module: ${example('bank.ts')}`)
    .replace('value: "8080"', `value: "${BANK_PORT}"`);
  writeFileSync(manifest, text);
  topology = await startLocal({
    manifests: [manifest],
    dataFolder: join(folder, 'data'),
    watchIntervalMs: 0,
  });
  expect(await topology.ready(READY_MS_MAX)).toBe(true);
  banks = [await bankOf('teller-0'), await bankOf('teller-1')];
}, 2 * READY_MS_MAX);

afterAll(async () => {
  await topology.stop();
  rmSync(folder, { recursive: true, force: true });
}, READY_MS_MAX);

async function call(
  bank: number,
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${banks[bank]!}${path}`, options);
  return { status: response.status, body: await response.json() };
}

test('an account opened on one app server takes deposits on both at once, and none is lost (F-K13)', async () => {
  const opened = await call(0, '/accounts', { owner: 'Ada' });
  expect(opened).toEqual({ status: 201, body: { id: 1, owner: 'Ada', balance: '0' } });
  const deposits = Array.from({ length: 40 }, (_, i) =>
    call(i % 2, '/accounts/1/deposit', { amount: '2.50' }),
  );
  const balances = (await Promise.all(deposits)).map(
    ({ body }) => (body as { balance: string }).balance,
  );
  expect(new Set(balances).size).toBe(40);
  expect((await call(1, '/accounts/1')).body).toMatchObject({ owner: 'Ada', balance: '100' });
});

test('what is wrong with a request is said by its field', async () => {
  expect(await call(1, '/accounts', { owner: '' })).toEqual({
    status: 400,
    body: { error: 'owner: must be a name' },
  });
  expect((await call(0, '/accounts/1/deposit', { amount: 12 })).status).toBe(400);
  expect((await call(0, '/accounts/77')).status).toBe(404);
});
