/** F-D6: encryption at rest of a real process: what is in its files, a wrong key, another key while it runs. */
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../../client/index.ts';
import { callAdmin } from '../../server/adapters/grpc-admin-service.ts';
import { ecp } from '../../server/api/generated/admin.js';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const WAIT_MS_MAX = 25_000;

const root = mkdtempSync(join(tmpdir(), 'ecp-encryption-'));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MARKERS = ['MARKERGLOBAL', 'MARKERSUBSCRIPT', 'MARKERVALUE', 'MARKERLONG'];

function configuration(keys: readonly string[], key: string): object {
  return {
    name: 'one',
    dataDirectory: 'data',
    encryption: { keys: keys.map((name) => ({ name, file: `keys/${name}` })), instance: key },
    databases: [{ name: 'ACCOUNTS', encryptionKey: key }],
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'ACCOUNTS',
        mappings: [{ global: 'Temp', database: 'TEMP' }],
      },
    ],
    ...Object.fromEntries(['ecp', 'client', 'admin', 'metrics'].map((name) => [name, { port: 0 }])),
  };
}

class Process {
  readonly folder: string;
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  out = '';

  constructor(folder: string, fields: object) {
    this.folder = folder;
    const file = join(folder, 'configuration.json');
    writeFileSync(file, JSON.stringify(fields));
    const argv = ['--disable-warning=ExperimentalWarning', MAIN, '--configuration', file];
    this.child = spawn(process.execPath, argv);
    children.add(this.child);
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (bytes: Buffer) => (this.out += bytes.toString()));
    this.exited = once(this.child, 'close');
  }

  async ports(): Promise<Readonly<Record<'client' | 'admin', number>>> {
    for (let waitedMs = 0; waitedMs < WAIT_MS_MAX; waitedMs += 20) {
      const line = this.out.split('\n').find((text) => text.includes('"msg":"instance serves"'));
      if (line !== undefined) return JSON.parse(line) as Record<'client' | 'admin', number>;
      await sleep(20);
    }
    throw new Error(`does not serve\n${this.out}`);
  }

  async client(): ReturnType<typeof connect> {
    const { client } = await this.ports();
    return connect(`127.0.0.1:${client}`, { namespace: 'USER' });
  }

  async admin(method: string, request: Uint8Array): Promise<Uint8Array> {
    const { admin } = await this.ports();
    const token = readFileSync(join(this.folder, 'data', 'admin-token'), 'utf8').trim();
    return callAdmin({ host: '127.0.0.1', port: admin }, token, method, request);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }
}

function folderWithKeys(...names: string[]): string {
  const folder = mkdtempSync(join(root, 'instance-'));
  mkdirSync(join(folder, 'keys'));
  for (const name of names)
    writeFileSync(join(folder, 'keys', name), `${randomBytes(32).toString('hex')}\n`, {
      mode: 0o400,
    });
  return folder;
}

/** Files below a folder in which any of the texts stands, and how many files there are. */
function filesWith(folder: string, texts: readonly string[]): { found: string[]; files: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const found = files.filter(({ parentPath, name }) => {
    const content = readFileSync(join(parentPath, name)).toString('latin1');
    return texts.some((text) => content.includes(text));
  });
  return { found: found.map(({ name }) => name), files: files.length };
}

async function fill(instance: Process): Promise<void> {
  const client = await instance.client();
  const x = client.global('MARKERGLOBAL');
  await x.set(['MARKERSUBSCRIPT'], 'MARKERVALUE');
  await x.set(['long'], 'MARKERLONG'.repeat(20_000));
  for (let i = 0; i < 500; i++) await x.set(['MARKERSUBSCRIPT', i], 'MARKERVALUE'.repeat(50));
  await client.global('Temp').set(['MARKERSUBSCRIPT'], 'MARKERVALUE'.repeat(50));
  await client.flush();
  await client.close();
}

test('F-D6: no file of an instance shows a subscript, a value or a key, after kill -9 and after a stop', async () => {
  const folder = folderWithKeys('a');
  let instance = new Process(folder, configuration(['a'], 'a'));
  await fill(instance);
  await instance.kill('SIGKILL');
  const key = readFileSync(join(folder, 'keys', 'a'), 'utf8').trim();
  const secrets = [...MARKERS, key, Buffer.from(key, 'hex').toString('latin1')];
  const data = join(folder, 'data');
  expect(filesWith(data, secrets).found).toEqual([]);
  instance = new Process(folder, configuration(['a'], 'a'));
  const client = await instance.client();
  expect(await client.global('MARKERGLOBAL').get(['MARKERSUBSCRIPT', 499])).toHaveLength(550);
  expect(await client.global('MARKERGLOBAL').get(['long'])).toHaveLength(200_000);
  await client.close();
  await instance.kill('SIGTERM');
  const { found, files } = filesWith(data, secrets);
  expect(found).toEqual([]);
  expect(files).toBeGreaterThan(4);
  expect(instance.out).not.toContain(key);
  // The search finds what is there.
  expect(filesWith(folder, [key]).found).toEqual(['a']);
  // With another key under the same name nothing starts, and the log says what is wanted.
  writeFileSync(join(folder, 'keys', 'b'), randomBytes(32), { mode: 0o400 });
  const wrong = { ...configuration(['b'], 'b') };
  const refused = new Process(folder, wrong);
  await refused.exited;
  expect(refused.child.exitCode).not.toBe(0);
  expect(refused.out).toMatch(
    /database SYS: it is encrypted with key [0-9a-f]{16}: given are [0-9a-f]{16} \(b\)/,
  );
}, 60_000);

test('F-D6: another key re-encrypts a running instance until the old one can be taken away', async () => {
  const folder = folderWithKeys('a', 'b');
  let instance = new Process(folder, configuration(['a'], 'a'));
  await fill(instance);
  const changed = JSON.stringify(configuration(['a', 'b'], 'b'));
  const request = ecp.admin.v1.ConfigureRequest.encode({ configuration: changed }).finish();
  const reply = ecp.admin.v1.ConfigureReply.decode(await instance.admin('Configure', request));
  expect(reply.refused).toBe('');
  let keys: number[] = [];
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX; waitedMs += 100) {
    const status = ecp.admin.v1.StatusReply.decode(
      await instance.admin('Status', new Uint8Array(0)),
    );
    keys = status.databases.map(({ encryption }) => encryption?.keysInUse?.length ?? 0);
    if (keys.every((count) => count === 1)) break;
    await sleep(100);
  }
  expect(keys).toEqual([1, 1, 1]);
  await instance.kill('SIGTERM');
  rmSync(join(folder, 'keys', 'a'));
  instance = new Process(folder, configuration(['b'], 'b'));
  const client = await instance.client();
  expect(await client.global('MARKERGLOBAL').get(['MARKERSUBSCRIPT', 499])).toHaveLength(550);
  expect(await client.global('MARKERGLOBAL').get(['long'])).toHaveLength(200_000);
  await client.close();
  await instance.kill('SIGTERM');
}, 60_000);
