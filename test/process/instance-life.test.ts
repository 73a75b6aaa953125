/**
 * One instance as a process: its lock, its configuration by revision, who may administer it, and its end. Real
 * signals, real files. K5 K6 K8 K11 K12
 */
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../../client/index.ts';
import { callAdmin } from '../../server/adapters/grpc-admin-service.ts';
import { ecp } from '../../server/api/generated/admin.js';

const { ChangeConnectionRequest, ConfigureReply, ConfigureRequest, StatusReply } = ecp.admin.v1;
const { Change } = ChangeConnectionRequest;
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_MS_MAX = 20_000;

const root = mkdtempSync(join(tmpdir(), 'ecp-life-'));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
const newFolder = (): string => {
  const folder = join(root, String(++folders));
  mkdirSync(folder);
  return folder;
};

type Ports = Readonly<Record<'ecp' | 'client' | 'admin' | 'metrics', number>>;

const ANY_PORT = { port: 0 };
const LISTENERS = {
  ecp: ANY_PORT,
  client: ANY_PORT,
  admin: ANY_PORT,
  metrics: ANY_PORT,
};

const textOf = (fields: object): string =>
  JSON.stringify({
    name: 'one',
    dataDirectory: 'data',
    databases: [{ name: 'HERE' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'HERE' }],
    ...LISTENERS,
    ...fields,
  });

class Process {
  readonly folder: string;
  readonly child: ChildProcess;
  readonly exited: Promise<number | string>;
  out = '';
  err = '';

  /** Starts an instance on a folder, with this configuration file. */
  constructor(folder: string, fields: object, env: NodeJS.ProcessEnv = {}) {
    this.folder = folder;
    const file = join(folder, 'configuration.json');
    writeFileSync(file, textOf(fields));
    const argv = ['--disable-warning=ExperimentalWarning', MAIN, '--configuration', file];
    this.child = spawn(process.execPath, argv, { env: { ...process.env, ...env } });
    children.add(this.child);
    this.child.stdout!.on('data', (bytes: Buffer) => (this.out += bytes.toString()));
    this.child.stderr!.on('data', (bytes: Buffer) => (this.err += bytes.toString()));
    this.exited = once(this.child, 'close').then(
      ([code, signal]) => (code ?? signal) as number | string,
    );
  }

  /** The fields of the first line of the log with this message, when it is there. */
  async logged(message: string): Promise<Readonly<Record<string, unknown>>> {
    for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += 20) {
      const line = this.out.split('\n').find((text) => text.includes(`"msg":"${message}"`));
      if (line !== undefined) return JSON.parse(line) as Record<string, unknown>;
      await sleep(20);
    }
    throw new Error(`not logged: ${message}\n${this.out}\n${this.err}`);
  }

  async ports(): Promise<Ports> {
    return (await this.logged('instance serves')) as unknown as Ports;
  }

  async admin(method: string, request: Uint8Array, token?: string): Promise<Uint8Array> {
    const { admin } = await this.ports();
    const file = join(this.folder, 'data', 'admin-token');
    const used = token ?? readFileSync(file, 'utf8').trim();
    return callAdmin({ host: '127.0.0.1', port: admin }, used, method, request);
  }

  async status(token?: string): Promise<ecp.admin.v1.StatusReply> {
    return StatusReply.decode(await this.admin('Status', new Uint8Array(0), token));
  }

  async configure(fields: object): Promise<ecp.admin.v1.ConfigureReply> {
    const request = ConfigureRequest.encode({ configuration: textOf(fields) }).finish();
    return ConfigureReply.decode(await this.admin('Configure', request));
  }

  async page(path: string): Promise<string> {
    const { metrics } = await this.ports();
    const response = await fetch(`http://127.0.0.1:${metrics}${path}`);
    return `${response.status} ${(await response.text()).trim()}`;
  }

  kill(signal: NodeJS.Signals): Promise<number | string> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** An application module of these lines. */
function application(folder: string, ...lines: readonly string[]): { readonly module: string } {
  const module = join(folder, 'application.mjs');
  writeFileSync(module, lines.join('\n'));
  return { module };
}

describe('the data folder', () => {
  test('K8: a second process is refused naming the holder; after kill -9 of the first it starts', async () => {
    const folder = newFolder();
    const first = new Process(folder, {});
    await first.ports();
    const second = new Process(folder, {});
    expect(await second.exited).toBe(1);
    expect(second.err).toContain(`in use by process ${first.child.pid} on ${hostname()}`);
    // Nothing was read, nothing recovered.
    expect(second.out).toBe('');
    await first.kill('SIGKILL');
    const third = new Process(folder, {});
    await third.ports();
    expect(await third.kill('SIGTERM')).toBe(0);
  });

  test('what else lies in the journal’s folder is left alone', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'journal', 'lost+found'), { recursive: true });
    writeFileSync(join(folder, 'journal', 'notes.txt'), 'kept');
    const first = new Process(folder, { journalDirectory: 'journal' });
    await first.ports();
    await first.kill('SIGKILL');
    const second = new Process(folder, { journalDirectory: 'journal' });
    await second.ports();
    expect(await second.kill('SIGTERM')).toBe(0);
    expect(readFileSync(join(folder, 'journal', 'notes.txt'), 'utf8')).toBe('kept');
  });
});

describe('the configuration', () => {
  test('K5: what was pushed holds after kill -9, although the file is older; lower revisions are refused', async () => {
    const folder = newFolder();
    const file = { revision: 3, ecp: { ...ANY_PORT, maxAppServers: 5 } };
    const first = new Process(folder, file, { ECP_INSTANCE_NAME: 'ns/one-0' });
    const before = await first.status();
    expect(before).toMatchObject({ name: 'ns/one-0', configurationRevision: 3, ready: true });
    const ecpFields = { ...ANY_PORT, maxAppServers: 2 };
    const pushed = { revision: 4, ecp: ecpFields, bufferPoolSize: '128Mi', checkpointSeconds: 9 };
    const { hash, refused, needsRestart } = await first.configure(pushed);
    expect([refused, needsRestart]).toEqual(['', ['bufferPoolSize']]);
    await first.kill('SIGKILL');
    const second = new Process(folder, file, { ECP_INSTANCE_NAME: 'ns/one-0' });
    expect(await second.status()).toMatchObject({
      appServersMax: 2,
      configurationRevision: 4,
      configurationHash: hash,
      needsRestart: [],
    });
    expect((await second.configure(file)).refused).toContain('revision 3 is lower than 4');
    expect(await second.status()).toMatchObject({
      configurationHash: hash,
      refusedConfiguration: expect.stringContaining('lower than 4') as unknown,
    });
    expect(await second.page('/metrics')).toContain('ecp_configuration_revision 4');
  });

  test('K5: a damaged accepted configuration is told of, and the file is used', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'accepted-configuration.json'), '{"revision":9,"te');
    const instance = new Process(folder, { revision: 3 });
    expect(await instance.status()).toMatchObject({ configurationRevision: 3 });
    await instance.logged('the accepted configuration is damaged, the file is used');
  });
});

describe('a data server', () => {
  test('F-E4: that is disabled stays so after kill -9, says so, and is no longer when it is changed to Normal', async () => {
    const folder = newFolder();
    const file = {
      databases: [],
      dataServers: [{ name: 'S', host: '127.0.0.1', port: 9 }],
      remoteDatabases: [{ name: 'HERE', dataServer: 'S', database: 'HERE' }],
    };
    const change = (
      instance: Process,
      to: ecp.admin.v1.ChangeConnectionRequest.Change,
    ): Promise<unknown> =>
      instance.admin(
        'ChangeConnection',
        ChangeConnectionRequest.encode({ dataServer: 'S', change: to }).finish(),
      );
    const shown = async (instance: Process): Promise<string | null | undefined> =>
      (await instance.status()).dataServers[0]?.state;
    const first = new Process(folder, file);
    expect(await shown(first)).toBe('Not Connected');
    await change(first, Change.DISABLED);
    await first.kill('SIGKILL');
    const second = new Process(folder, file);
    expect(await shown(second)).toBe('Disabled');
    await change(second, Change.NORMAL);
    expect(await shown(second)).toBe('Connection in Progress');
    await second.kill('SIGKILL');
    expect(await shown(new Process(folder, file))).toBe('Not Connected');
  });
});

describe('databases', () => {
  const spaces = (...names: readonly string[]) => ({
    namespaces: ['HERE', ...names].map((name) => ({ name, defaultDatabase: name })),
  });
  const stateOf = async (instance: Process): Promise<string | null | undefined> =>
    (await instance.status()).databases.find(({ name }) => name === 'MORE')?.state;
  const settled = async (instance: Process, state: string): Promise<void> => {
    for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += 20) {
      if ((await stateOf(instance)) === state) return;
      await sleep(20);
    }
    throw new Error(`MORE is ${await stateOf(instance)}, not ${state}`);
  };

  test('F-D3: come, go and come again in a running process, its files and its data with them; kill -9 changes nothing', async () => {
    const folder = newFolder();
    const instance = new Process(folder, { revision: 1 });
    const { client } = await instance.ports();
    let revision = 1;
    const configure = async (process: Process, ...databases: readonly object[]): Promise<void> => {
      const fields = { databases: [{ name: 'HERE' }, ...databases], ...spaces('MORE') };
      if (databases.length === 0) Object.assign(fields, spaces());
      const outcome = await process.configure({ revision: ++revision, ...fields });
      expect([outcome.refused, outcome.needsRestart]).toEqual(['', []]);
    };
    await configure(instance, { name: 'MORE', blockSize: '16Ki' });
    await using more = await connect(`127.0.0.1:${client}`, { namespace: 'MORE' });
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 50; k++) void more.global('x').set([i, k], 'x'.repeat(1000));
      await more.flush();
      await configure(instance, { name: 'MORE', blockSize: '16Ki', state: 'Dismounted' });
      await expect(more.global('x').get([i, 0])).rejects.toThrow('<DATABASE> MORE is dismounted');
      await settled(instance, 'Dismounted');
      const open = readdirSync(`/proc/${instance.child.pid}/fd`).map((descriptor) => {
        try {
          return readlinkSync(`/proc/${instance.child.pid}/fd/${descriptor}`);
        } catch {
          return '';
        }
      });
      expect(open.filter((path) => path.includes('/databases/MORE/'))).toEqual([]);
      if (i === 1) await configure(instance);
      await configure(instance, { name: 'MORE', blockSize: '16Ki' });
      expect(await more.global('x').get([i, 49])).toBe('x'.repeat(1000));
    }
    await more.global('x').set(['last'], 'kept');
    await more.flush();
    await configure(instance, { name: 'MORE', blockSize: '16Ki', state: 'Dismounted' });
    await instance.kill('SIGKILL');
    const second = new Process(folder, { revision: 1 });
    await settled(second, 'Dismounted');
    await configure(second, { name: 'MORE', blockSize: '16Ki' });
    const port = (await second.ports()).client;
    await using again = await connect(`127.0.0.1:${port}`, { namespace: 'MORE' });
    expect(await again.global('x').get(['last'])).toBe('kept');
    expect(await again.global('x').get([0, 0])).toBe('x'.repeat(1000));
    expect(await second.kill('SIGTERM')).toBe(0);
  });

  test('F-D3: one that cannot be opened says why; the others and the rest of the configuration are in force', async () => {
    const folder = newFolder();
    const instance = new Process(folder, { revision: 1 });
    await instance.ports();
    mkdirSync(join(folder, 'data', 'databases', 'MORE'), { recursive: true });
    writeFileSync(
      join(folder, 'data', 'databases', 'MORE', 'pages.mdb'),
      'no such format'.repeat(9999),
    );
    const { refused } = await instance.configure({
      revision: 2,
      databases: [{ name: 'HERE' }, { name: 'MORE' }],
      ecp: { ...ANY_PORT, maxAppServers: 7 },
    });
    expect(refused).toBe('');
    expect(await stateOf(instance)).toMatch(/^cannot be mounted: /);
    expect(await instance.status()).toMatchObject({ appServersMax: 7, ready: true });
    expect(await instance.kill('SIGTERM')).toBe(0);
  });
});

describe('the admin API', () => {
  const key = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [old, next] = [key(), key()];
  const subject = 'system:serviceaccount:ecp-system:operator';
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tokenOf = (privateKey: KeyObject, aud = 'uid-1'): string => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const signed = `${part({ alg: 'ES256' })}.${part({ iss: 'cluster', sub: subject, aud: [aud], exp })}`;
    const dsaEncoding = 'ieee-p1363';
    const signature = sign('SHA256', Buffer.from(signed), { key: privateKey, dsaEncoding });
    return `${signed}.${signature.toString('base64url')}`;
  };
  const account = (...keys: KeyObject[]) => ({
    ...ANY_PORT,
    serviceAccount: {
      issuer: 'cluster',
      subject,
      keys: keys.map((one) => one.export({ format: 'jwk' })),
    },
  });

  test('K6: takes the cluster’s tokens for this pod; keys that are rotated by Configure count at once', async () => {
    const fields = { revision: 1, admin: account(old.publicKey) };
    const instance = new Process(newFolder(), fields, { ECP_POD_UID: 'uid-1' });
    const [first, second] = [tokenOf(old.privateKey), tokenOf(next.privateKey)];
    expect((await instance.status(first)).ready).toBe(true);
    const refused = expect.stringContaining('UNAUTHENTICATED') as unknown;
    for (const token of [second, tokenOf(old.privateKey, 'uid-2'), '', 'x'.repeat(5000)]) {
      await expect(instance.status(token)).rejects.toMatchObject({ message: refused });
    }
    const { refused: problem } = await instance.configure({
      revision: 2,
      admin: account(next.publicKey),
    });
    expect(problem).toBe('');
    expect((await instance.status(second)).ready).toBe(true);
    await expect(instance.status(first)).rejects.toMatchObject({ message: refused });
    await instance.kill('SIGTERM');
    for (const token of [first, second]) {
      expect(instance.out + instance.err).not.toContain(token.slice(-40));
    }
  });

  test('K6: without a pod’s UID no token of the cluster is taken', async () => {
    const instance = new Process(
      newFolder(),
      { admin: account(old.publicKey) },
      { ECP_POD_UID: '' },
    );
    await expect(instance.status(tokenOf(old.privateKey, ''))).rejects.toThrow(/UNAUTHENTICATED/);
  });
});

describe('the end', () => {
  /** An application that goes on after its signal until it is killed. */
  const STUBBORN = ['export default () => new Promise(() => setInterval(() => {}, 1000));'];

  test('K11: while it drains, health, metrics and status say so, clients are refused; what is cut short is logged', async () => {
    const folder = newFolder();
    const fields = { application: application(folder, ...STUBBORN), drainSeconds: 6 };
    const instance = new Process(folder, fields);
    const { client } = await instance.ports();
    expect(await instance.page('/readyz')).toBe('200 ready');
    await using database = await connect(`127.0.0.1:${client}`, { namespace: 'USER' });
    await database.global('x').set([1], 'a');
    const startedMs = Date.now();
    instance.child.kill('SIGTERM');
    await instance.logged('instance drains');
    expect(await instance.page('/readyz')).toBe('503 not ready: draining');
    expect(await instance.page('/livez')).toBe('200 alive');
    expect(await instance.status()).toMatchObject({ ready: false, draining: true });
    // A client asks again, as the refusal tells it to, until its time is over.
    const refused = connect(`127.0.0.1:${client}`, { namespace: 'USER', timeoutMs: 1000 });
    await expect(refused).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await instance.exited).toBe(1);
    expect(Date.now() - startedMs).toBeLessThan(7000);
    expect(instance.out).toContain('"step":"application and clients"');
    // All else was done.
    const again = new Process(folder, {});
    expect(await again.logged('storage recovered')).toMatchObject({ redone: 0 });
  });

  test('K11: an application hears its signal and may still write; the instance waits for it', async () => {
    const folder = newFolder();
    const lines = [
      "import { once } from 'node:events';",
      'export default async (database, signal) => {',
      "  await once(signal, 'abort');",
      '  await new Promise((done) => setTimeout(done, 300));',
      "  await database.global('last').set([1], 'word');",
      '};',
    ];
    const instance = new Process(folder, { application: application(folder, ...lines) });
    await instance.ports();
    expect(await instance.kill('SIGTERM')).toBe(0);
    const again = new Process(folder, {});
    const { client } = await again.ports();
    await using database = await connect(`127.0.0.1:${client}`, { namespace: 'USER' });
    expect(await database.global('last').get([1])).toBe('word');
  });

  test('K11: an app server’s changes are acknowledged before it leaves', async () => {
    const server = new Process(newFolder(), {
      ecp: { ...ANY_PORT, host: '127.0.0.1', incomingPolicy: 'Any' },
    });
    const { ecp: port, client } = await server.ports();
    const app = new Process(newFolder(), {
      databases: [],
      dataServers: [{ name: 'S', host: '127.0.0.1', port }],
      remoteDatabases: [{ name: 'HERE', dataServer: 'S', database: 'HERE' }],
    });
    const through = await connect(`127.0.0.1:${(await app.ports()).client}`, { namespace: 'USER' });
    await through.global('x').set([0], 'a');
    for (let i = 1; i <= 1000; i++) void through.global('x').set([i], 'a');
    await through.global('x').set([1001], 'a');
    expect(await app.kill('SIGTERM')).toBe(0);
    await through.close();
    // It left in order: its place is free at once.
    expect((await server.status()).appServers).toEqual([]);
    await using direct = await connect(`127.0.0.1:${client}`, { namespace: 'USER' });
    let nodes = 0;
    for await (const _ of direct.global('x').keys()) nodes++;
    expect(nodes).toBe(1002);
  });

  test('K11: a second signal ends it at once', async () => {
    const folder = newFolder();
    const instance = new Process(folder, { application: application(folder, ...STUBBORN) });
    await instance.ports();
    instance.child.kill('SIGTERM');
    await instance.logged('instance drains');
    expect(await instance.kill('SIGTERM')).toBe(143);
  });

  test('K11: a signal while it starts ends it in order, even if the application never loads', async () => {
    const folder = newFolder();
    const endless = application(folder, 'await new Promise(() => setInterval(() => {}, 1000));');
    const instance = new Process(folder, { application: endless, drainSeconds: 2 });
    await instance.logged('storage recovered');
    await sleep(200);
    expect(await instance.kill('SIGTERM')).toBe(1);
    expect(instance.out).toContain('"step":"start"');
    expect(instance.out).toContain('instance stopped');
  });

  test.each([
    ['is not there', undefined, 'there is no file'],
    ['throws', 'throw new Error("out of order")', 'cannot be loaded: out of order'],
    ['exports nothing', 'export const x = 1', 'has no function as its default export'],
  ])(
    'an application that %s keeps the instance from starting, with the reason',
    async (_, line, why) => {
      const folder = newFolder();
      const module = line === undefined ? { module: 'no.mjs' } : application(folder, line);
      const instance = new Process(folder, { application: module });
      expect(await instance.exited).toBe(1);
      expect(instance.err).toMatch(/^<CONFIGURATION> application\.module: /);
      expect(instance.err).toContain(why);
      expect(instance.out).toContain('instance stopped');
    },
  );
});
