import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import { isAlive, lockFolder } from './folder-lock.ts';
import { startLocal } from './local-topology.ts';
import type { LocalEvent, LocalOptions, LocalTopology } from './local-topology.ts';
import { findInstance, readState, STATE_FILE, writeState } from './state-file.ts';
import type { LocalState } from './state-file.ts';

const FAKE = fileURLToPath(new URL('testing/fake-instance.ts', import.meta.url));
const WAIT_MS = 20_000;

let folder: string;
let events: LocalEvent[];
let running: LocalTopology[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecp-up-'));
  events = [];
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((topology) => topology.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const data = (): string => join(folder, 'data');
const manifestFile = (): string => join(folder, 'manifest.yaml');

/** One data server and app servers, as the quickstart has them. */
function manifest(
  fields: {
    readonly maxAppServers?: number;
    readonly replicas?: number;
    readonly blockSize?: string;
    readonly module?: string;
    readonly port?: number;
    readonly databases?: readonly object[];
    readonly application?: object;
    /** Further fields of the data server. */
    readonly server?: object;
  } = {},
): string {
  const { maxAppServers = 4, replicas = 2, blockSize = '8Ki', module, port } = fields;
  const { databases = [{ name: 'ACCOUNTS', blockSize }], server } = fields;
  const { application = module === undefined ? undefined : { module } } = fields;
  if (module !== undefined) writeFileSync(join(folder, module), '');
  const common = { apiVersion: 'ecp.dev/v1alpha1' };
  const bank = {
    ...common,
    kind: 'EcpDataServer',
    metadata: { name: 'bank' },
    spec: {
      maxAppServers,
      port,
      allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }],
      databases,
      ...server,
    },
  };
  const teller = {
    ...common,
    kind: 'EcpAppServer',
    metadata: { name: 'teller' },
    spec: {
      replicas,
      dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }],
      remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
      application,
    },
  };
  return [bank, teller].map((resource) => JSON.stringify(resource)).join('\n---\n');
}

async function up(text: string, options: Partial<LocalOptions> = {}): Promise<LocalTopology> {
  writeFileSync(manifestFile(), text);
  const topology = await startLocal({
    manifests: [manifestFile()],
    dataFolder: data(),
    command: [process.execPath, '--disable-warning=ExperimentalWarning', FAKE],
    tell: (event) => events.push(event),
    watchIntervalMs: 0,
    timing: { restartDelayMsMin: 20, restartDelayMsMax: 100, stopMsMax: 5_000 },
    ...options,
  });
  running.push(topology);
  return topology;
}

/** What the instances noted, without process ids. */
const notes = (): string[] =>
  readFileSync(join(data(), 'events'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\S+ start) \d+$/, '$1'));

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS;
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error(`waited in vain for: ${what}`);
    await sleep(20);
  }
}

const stateOf = (topology: LocalTopology, name: string) => findInstance(topology.state, name);
const configurationOf = (name: string) =>
  parseConfiguration(readFileSync(join(data(), name, 'configuration.json'), 'utf8'));

describe('ecp up (F-K12)', () => {
  test('starts the data server before its app servers, and stops it after them', async () => {
    const topology = await up(manifest());
    expect(await topology.ready(WAIT_MS)).toBe(true);
    await topology.stop();
    const all = notes();
    expect(all.slice(0, 2)).toEqual(['bank-0 start', 'bank-0 ready']);
    expect(all.filter((line) => line.endsWith('ready'))).toHaveLength(3);
    expect(all.slice(-3, -1).sort()).toEqual(['teller-0 stop', 'teller-1 stop']);
    expect(all.at(-1)).toBe('bank-0 stop');
    expect(readState(data())).toMatchObject({
      pid: null,
      instances: [
        { name: 'bank-0', state: 'stopped', pid: null },
        { name: 'teller-0', state: 'stopped' },
        { name: 'teller-1', state: 'stopped' },
      ],
    });
  });

  test('writes what each instance needs, for its owner alone', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    const bank = configurationOf('bank-0');
    const teller = configurationOf('teller-0');
    expect(bank.ecp.allowedIncoming).toEqual([{ name: 'tellers', address: '127.0.0.1' }]);
    expect(teller.dataServers).toEqual([{ name: 'BANK', host: '127.0.0.1', port: bank.ecp.port }]);
    expect(teller.dataDirectory).toBe(join(data(), 'teller-0', 'data'));
    const { admin, logFile } = stateOf(topology, 'teller-0');
    expect(readFileSync(admin.tokenFile, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(admin.tokenFile).mode & 0o077).toBe(0);
    await until('its log', () => readFileSync(logFile, 'utf8') === 'hello\n');
    const ports = topology.state.instances.flatMap((instance) =>
      [instance.ecp, instance.client, instance.admin, instance.metrics].map(({ port }) => port),
    );
    expect(new Set(ports).size).toBe(8);
  });

  test('refuses a module that is not there, naming the field; nothing is written', async () => {
    const text = manifest({ replicas: 1, module: './bank.ts' }).replace('bank.ts', 'none.ts');
    await expect(up(text)).rejects.toThrow(
      /EcpAppServer teller: spec\.application\.module: there is no file/,
    );
  });

  test('takes modules from the folder of the manifest', async () => {
    await up(manifest({ replicas: 1, module: './bank.ts' }));
    expect(configurationOf('teller-0').application?.module).toBe(join(folder, 'bank.ts'));
  });

  test('F-D6: takes encryption keys from the folder keys beside the manifest, and names one that is missing', async () => {
    const server = { encryption: { keySecretRef: { name: 'bank-keys', key: '2026' } } };
    const file = join(folder, 'keys', 'bank-keys', '2026');
    await expect(up(manifest({ replicas: 1, server }))).rejects.toThrow(
      `EcpDataServer bank: spec: for key 2026 of Secret bank-keys there is no file ${file}`,
    );
    expect(existsSync(data())).toBe(false);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'a'.repeat(64));
    await up(manifest({ replicas: 1, server }));
    expect(configurationOf('bank-0').encryption).toEqual({
      keys: [{ name: 'bank-keys.2026', file }],
      instance: 'bank-keys.2026',
      temp: 'bank-keys.2026',
    });
    await running[0]?.stop();
    await expect(up(manifest({ replicas: 1 }))).rejects.toThrow(
      'EcpDataServer bank: spec.encryption.keySecretRef: is there from the beginning or never',
    );
  });

  test('takes what is meant for Kubernetes, without effect', async () => {
    const server = {
      image: 'registry.example.org/ecp:1',
      resources: { requests: { memory: '3Gi' } },
      storage: { data: { size: '1Ti', storageClassName: 'fast' }, journal: {} },
      service: { annotations: { a: 'b' } },
      networkPolicy: { mode: 'None' },
      updateStrategy: { type: 'OnDelete' },
      podTemplate: { spec: { nodeSelector: { disk: 'ssd' } } },
    };
    await up(manifest({ replicas: 1 }));
    const before = configurationOf('bank-0');
    await running[0]?.stop();
    events = [];
    await up(manifest({ replicas: 1, server }));
    expect(configurationOf('bank-0')).toEqual(before);
    expect(events.filter(({ kind }) => kind === 'note')).toEqual([]);
  });

  test('leaves out of an application what only a cluster has, and says so', async () => {
    const env = [
      { name: 'A', value: 'b' },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ];
    const containers = [{ name: 'web', image: 'web' }];
    writeFileSync(join(folder, 'bank.ts'), '');
    await up(manifest({ replicas: 1, application: { module: './bank.ts', env, containers } }));
    expect(configurationOf('teller-0').application?.env).toEqual({ A: 'b' });
    const told = events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));
    expect(told).toEqual([
      'EcpAppServer teller: spec.application: left out here: the variable KEY (its value is in a cluster)',
      'EcpAppServer teller: spec.application: left out here: the container web',
    ]);
  });

  test('keeps ports and tokens over a restart, and moves away from a port in use', async () => {
    const first = await up(manifest({ replicas: 1, port: 23_456 }));
    expect(stateOf(first, 'bank-0').ecp.port).toBe(23_456);
    const before = configurationOf('teller-0');
    await first.stop();
    const squatter = createServer().listen(23_456, '127.0.0.1');
    try {
      const second = await up(manifest({ replicas: 1, port: 23_456 }));
      expect(stateOf(second, 'bank-0').ecp.port).not.toBe(23_456);
      expect(configurationOf('teller-0').metrics).toEqual(before.metrics);
    } finally {
      squatter.close();
    }
  });

  test('starts again what dies, ever more slowly', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    await topology.ready(WAIT_MS);
    process.kill(stateOf(topology, 'teller-0').pid ?? 0, 'SIGKILL');
    await until('a second process', () => stateOf(topology, 'teller-0').restarts === 1);
    expect(await topology.ready(WAIT_MS)).toBe(true);
    expect(events).toContainEqual(
      expect.objectContaining({ name: 'teller-0', state: 'restarting' }),
    );
    expect(stateOf(topology, 'bank-0').restarts).toBe(0);
  });

  test('goes on trying with what dies at once, and still stops', async () => {
    const topology = await up(manifest({ replicas: 1, module: 'crash' }));
    await until('three deaths', () => stateOf(topology, 'teller-0').restarts >= 3);
    const pauses = events.flatMap((event) =>
      event.kind === 'instance' && event.state === 'restarting'
        ? [Number(/again in (\d+) ms/.exec(event.detail)?.[1])]
        : [],
    );
    expect(pauses.slice(0, 3)).toEqual([20, 40, 80]);
    await topology.stop();
    const count = notes().length;
    await sleep(200);
    expect(notes()).toHaveLength(count);
  });

  test('kills what does not stop', async () => {
    const timing = { stopMsMax: 200 };
    const topology = await up(manifest({ replicas: 1, module: 'stubborn' }), { timing });
    await topology.ready(WAIT_MS);
    const { pid } = stateOf(topology, 'teller-0');
    await topology.stop();
    expect(isAlive(pid ?? 0)).toBe(false);
  });

  test('stops also while it still starts', async () => {
    const stopping = new AbortController();
    const starting = up(manifest(), { signal: stopping.signal });
    await until('the first process', () => existsSync(join(data(), 'events')));
    stopping.abort();
    const topology = await starting;
    await topology.stop();
    expect(topology.state.instances.filter(({ pid }) => pid !== null)).toEqual([]);
  });
});

describe('a manifest that changes', () => {
  test('is applied while running: what it does not touch goes on', async () => {
    const topology = await up(manifest(), { watchIntervalMs: 20 });
    await topology.ready(WAIT_MS);
    const pids = topology.state.instances.map(({ pid }) => pid);
    writeFileSync(manifestFile(), manifest({ maxAppServers: 7 }));
    await until('the data server to read again', () => notes().includes('bank-0 reread 7'));
    expect(topology.state.instances.map(({ pid }) => pid)).toEqual(pids);
    expect(notes().filter((line) => line.includes('reread'))).toHaveLength(1);
  });

  test('starts and stops instances as replicas change (F-K5)', async () => {
    const topology = await up(manifest());
    const names = (): string[] => topology.state.instances.map(({ name }) => name);
    writeFileSync(manifestFile(), manifest({ replicas: 4 }));
    expect(await topology.reload()).toBe(true);
    expect(names()).toEqual(['bank-0', 'teller-0', 'teller-1', 'teller-2', 'teller-3']);
    expect(await topology.ready(WAIT_MS)).toBe(true);
    writeFileSync(manifestFile(), manifest({ replicas: 1 }));
    await topology.reload();
    expect(names()).toEqual(['bank-0', 'teller-0']);
    expect(notes()).toContain('teller-3 stop');
  });

  test('K7: gives up a database that was dismounted first', async () => {
    const topology = await up(manifest({ replicas: 0 }));
    for (const databases of [[{ name: 'ACCOUNTS', state: 'Dismounted' }], []]) {
      writeFileSync(manifestFile(), manifest({ replicas: 0, databases }));
      expect(await topology.reload()).toBe(true);
    }
    expect(configurationOf('bank-0').databases).toEqual([]);
  });

  test('F-D3: adds, dismounts and changes databases without a restart', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    await topology.ready(WAIT_MS);
    const pids = topology.state.instances.map(({ pid }) => pid);
    const changes: readonly (readonly object[])[] = [
      [{ name: 'ACCOUNTS' }, { name: 'MORE', blockSize: '64Ki' }],
      [
        { name: 'ACCOUNTS', access: 'ReadOnly', journaling: 'Disabled' },
        { name: 'MORE', blockSize: '64Ki' },
      ],
      [{ name: 'ACCOUNTS' }, { name: 'MORE', blockSize: '64Ki', state: 'Dismounted' }],
      [{ name: 'ACCOUNTS' }],
    ];
    const rereads = (): number => notes().filter((line) => line === 'bank-0 reread 4').length;
    for (const [i, databases] of changes.entries()) {
      writeFileSync(manifestFile(), manifest({ replicas: 1, databases }));
      expect(await topology.reload()).toBe(true);
      await until('the data server to read again', () => rereads() === i + 1);
    }
    expect(topology.state.instances.map(({ pid }) => pid)).toEqual(pids);
    expect(notes().filter((line) => line === 'bank-0 start')).toHaveLength(1);
  });

  test('restarts an instance for another module', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    await topology.ready(WAIT_MS);
    writeFileSync(manifestFile(), manifest({ replicas: 1, module: './bank.ts' }));
    await topology.reload();
    await topology.ready(WAIT_MS);
    expect(notes().filter((line) => line === 'teller-0 start')).toHaveLength(2);
    expect(notes().filter((line) => line === 'bank-0 start')).toHaveLength(1);
  });

  test.each([
    ['broken', 'kind: [', 'not YAML'],
    ['against a rule', manifest({ maxAppServers: 300 }), 'spec.maxAppServers'],
    ['against what lies on disk', manifest({ blockSize: '16Ki' }), 'ACCOUNTS of bank-0 has 8Ki'],
    [
      'short of a database (K7)',
      manifest({ databases: [{ name: 'OTHER' }] }),
      'ACCOUNTS can be removed or renamed only when its state is Dismounted',
    ],
  ])('is refused when it is %s, and everything goes on', async (_what, text, reason) => {
    const topology = await up(manifest({ replicas: 1 }));
    const before = topology.state;
    writeFileSync(manifestFile(), text);
    expect(await topology.reload()).toBe(false);
    expect(events.at(-1)).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining(reason),
    });
    expect(topology.state.instances.map(({ pid }) => pid)).toEqual(
      before.instances.map(({ pid }) => pid),
    );
  });

  test('that asks for too many connections says so before anyone is refused (F-K3)', async () => {
    await up(manifest({ maxAppServers: 1, replicas: 2 }));
    expect(events).toContainEqual({
      kind: 'condition',
      resource: 'EcpDataServer default/bank',
      text: expect.stringContaining('MaxAppServersExceeded'),
    });
  });
});

describe('refused before anything is written', () => {
  test.each([
    ['a broken manifest', 'kind: [', 'not YAML'],
    [
      'a field that does not exist',
      manifest().replace('"spec":{', '"spec":{"tls":{},'),
      'spec.tls',
    ],
    ['nothing', '', 'there is neither'],
  ])('%s', async (_what, text, reason) => {
    await expect(up(text)).rejects.toThrow(reason);
    expect(existsSync(data())).toBe(false);
  });

  test('a file that is not there', async () => {
    const starting = startLocal({ manifests: [join(folder, 'no.yaml')], dataFolder: data() });
    await expect(starting).rejects.toThrow('no.yaml: ENOENT');
    expect(existsSync(data())).toBe(false);
  });
});

describe('the data folder', () => {
  test('serves one ecp up at a time', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    const pids = topology.state.instances.map(({ pid }) => pid);
    await expect(up(manifest())).rejects.toThrow(`another ecp up (process ${process.pid})`);
    expect(pids.every((pid) => isAlive(pid ?? 0))).toBe(true);
  });

  test('is taken over from one that is gone', () => {
    writeFileSync(join(folder, 'lock'), '999999999');
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow('is used by another ecp up');
    unlock();
    lockFolder(folder)();
  });

  test('is freed of instances that a killed ecp up left behind', async () => {
    const topology = await up(manifest({ replicas: 1 }));
    await topology.ready(WAIT_MS);
    const left = topology.state;
    // As after kill -9: the lock's holder gone, the processes and the state still there.
    rmSync(join(data(), 'lock'));
    const again = await up(manifest({ replicas: 1 }));
    expect(await again.ready(WAIT_MS)).toBe(true);
    const old = left.instances.map(({ pid }) => pid);
    const now = again.state.instances.map(({ pid }) => pid);
    expect(now.filter((pid) => old.includes(pid))).toEqual([]);
    expect(notes()).toContain('bank-0 stop');
    await topology.stop();
  });
});

describe('the state file', () => {
  const instance = (name: string, resource: string) => ({ name, resource });
  const state = (...instances: object[]): LocalState =>
    ({ version: 1, pid: 1, manifests: [], instances, resources: [] }) as unknown as LocalState;
  const all = state(
    instance('bank-0', 'bank'),
    instance('branch/teller-0', 'teller'),
    instance('branch/teller-1', 'teller'),
    instance('teller-1', 'teller'),
  );

  test.each([
    ['bank-0', 'bank-0'],
    ['bank', 'bank-0'],
    ['teller-0', 'branch/teller-0'],
    ['teller-1', 'teller-1'],
  ])('%s means %s', (asked, found) => {
    expect(findInstance(all, asked).name).toBe(found);
  });

  test('names that mean several or none are refused with what there is', () => {
    expect(() => findInstance(all, 'teller')).toThrow(
      'teller may be any of branch/teller-0, branch/teller-1, teller-1',
    );
    expect(() => findInstance(all, 'cashier-0')).toThrow(
      'there is no instance cashier-0, only bank-0',
    );
    expect(() => findInstance(state(), 'x')).toThrow('only none');
  });

  test('of another version, or none at all, is refused', () => {
    expect(readState(folder)).toBeUndefined();
    writeState(folder, all);
    expect(readState(folder)).toEqual(all);
    writeFileSync(join(folder, STATE_FILE), '{"version":2}');
    expect(() => readState(folder)).toThrow('not written by this version');
    writeFileSync(join(folder, STATE_FILE), '{');
    expect(() => readState(folder)).toThrow('not written by this version');
  });
});
