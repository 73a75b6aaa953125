/**
 * A topology of real processes from the manifests of examples/quickstart.yaml: `ecp up` and the command line on
 * it, coherence over gRPC, kill -9 of the data server, a clean stop. F-K12 F-M1 F-M4 F-M7 F-D7 F-E3
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type RemoteDatabase } from '../../client/index.ts';
import { startLocal, type LocalTopology } from '../../operator/local/local-topology.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const CLI = fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url));
const COMMAND_MS_MAX = 20_000;
const READY_MS_MAX = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'ecp-topology-'));
const manifest = join(folder, 'topology.yaml');
const dataFolder = join(folder, 'data');
let topology: LocalTopology;

beforeAll(async () => {
  const example = readFileSync(
    fileURLToPath(new URL('../../examples/quickstart.yaml', import.meta.url)),
    'utf8',
  );
  writeFileSync(manifest, example);
  topology = await startLocal({ manifests: [manifest], dataFolder, watchIntervalMs: 100 });
  expect(await topology.ready(READY_MS_MAX)).toBe(true);
}, 2 * READY_MS_MAX);

afterAll(async () => {
  await topology.stop();
  rmSync(folder, { recursive: true, force: true });
}, READY_MS_MAX);

function found(name: string): LocalInstance | undefined {
  return topology.state.instances.find((candidate) => candidate.name === name);
}

function instance(name: string): LocalInstance {
  return found(name)!;
}

function open(name: string): Promise<RemoteDatabase> {
  const { client } = instance(name);
  return connect(`${client.host}:${client.port}`, { namespace: 'USER' });
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line on this topology. */
function ecp(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { timeout: COMMAND_MS_MAX, maxBuffer: 64 * 1024 * 1024 };
    const argv = ['--disable-warning=ExperimentalWarning', CLI, ...args, '--data', dataFolder];
    execFile(process.execPath, argv, options, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      resolve({ code, out, err });
    });
  });
}

async function metricsOf(name: string): Promise<string> {
  const { metrics } = instance(name);
  const response = await fetch(`http://${metrics.host}:${metrics.port}/metrics`);
  return response.text();
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < READY_MS_MAX; waitedMs += 50) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`did not happen in time: ${what}`);
}

describe('a topology of processes', () => {
  test('what one app server writes, the other reads; both sides show the connection (F-E3, F-M1)', async () => {
    await using first = await open('teller-0');
    await using second = await open('teller-1');
    await first.global('Account').set([17, 'balance'], '250.00');
    await first.sync();
    expect(await second.global('Account').get([17, 'balance'])).toBe('250.00');
    await second.global('Account').set([17, 'balance'], '300');
    await second.sync();
    await first.sync();
    expect(await first.global('Account').get([17, 'balance'])).toBe('300');
    expect(await metricsOf('teller-0')).toContain(
      'ecp_connection_state{role="app-server",peer="BANK",state="Normal"} 1',
    );
    expect(await metricsOf('bank-0')).toContain(
      'ecp_connection_state{role="data-server",peer="teller-1",state="Normal"} 1',
    );
  });

  test('kill -9 of the data server loses nothing durable; clients go on (F-D5, A.1.9)', async () => {
    await using first = await open('teller-0');
    await using second = await open('teller-1');
    const counter = first.global('Crash');
    for (let i = 0; i < 500; i++) void counter.set([i], `value ${i}`);
    await first.flush();
    const before = await counter.increment(['n']);
    process.kill(instance('bank-0').pid!, 'SIGKILL');
    // Asked while the data server is down: it waits for the connection, and is applied once.
    const after = await counter.increment(['n']);
    expect(Number(after)).toBe(Number(before) + 1);
    let nodes = 0;
    for await (const [subscripts, value] of second.global('Crash').entries()) {
      if (subscripts[0] === 'n') continue;
      expect(value).toBe(`value ${String(subscripts[0])}`);
      nodes++;
    }
    expect(nodes).toBe(500);
    expect(instance('bank-0').restarts).toBe(1);
  }, 60_000);

  test('ecp shell runs a line, and says where a bad one is wrong (F-M4)', async () => {
    expect(
      await ecp('shell', '--at', 'teller-0', '-e', 'SET ^S(1)="x",^S(2)=2 WRITE ^S(1)_^S(2),!'),
    ).toEqual({
      code: 0,
      out: 'x2\n',
      err: '',
    });
    const walk = 'SET i="" FOR  SET i=$ORDER(^S(i)) QUIT:i=""  WRITE i,";"';
    expect((await ecp('shell', '--at', 'teller-1', '-e', walk)).out.trim()).toBe('1;2;');
    const bad = await ecp('shell', '-e', 'WRITE ^S(');
    expect(bad.code).toBe(1);
    expect(bad.err).toContain('<SYNTAX>');
  }, 60_000);

  test('import through one app server, export on the other: byte for byte the same (F-D7)', async () => {
    const file = join(folder, 'all.zwr');
    const imported = await ecp('import', '--at', 'teller-0', fixture('sample.zwr'));
    expect(imported.code).toBe(0);
    const globals = new Set(
      nodeLines(readFileSync(fixture('sample.zwr'), 'latin1')).map(
        (line) => /^\^[%A-Za-z0-9]+/.exec(line)![0],
      ),
    );
    expect((await ecp('export', '--at', 'teller-1', ...globals, '-o', file)).code).toBe(0);
    const exported = nodeLines(readFileSync(file, 'latin1'));
    expect(exported).toHaveLength(nodeLines(readFileSync(fixture('sample.zwr'), 'latin1')).length);
    // What is exported imports to the same export.
    expect((await ecp('import', '--at', 'teller-1', file)).code).toBe(0);
    expect((await ecp('export', '--at', 'teller-0', ...globals, '-o', `${file}.2`)).code).toBe(0);
    expect(nodeLines(readFileSync(`${file}.2`, 'latin1'))).toEqual(exported);
  }, 60_000);

  test('a malformed file is refused with its line, and nothing of it is written', async () => {
    const file = join(folder, 'bad.zwr');
    writeFileSync(file, 'test\n21-NOV-2026 ZWR\n^Never(1)="a"\n^Never(2="b"\n');
    const { code, err } = await ecp('import', '--at', 'teller-0', file);
    expect(code).toBe(1);
    expect(err).toContain('line 4');
    expect((await ecp('shell', '-e', 'WRITE $DATA(^Never)')).out.trim()).toBe('0');
  }, 60_000);

  test('ecp status lists instances, connections and databases (F-M1)', async () => {
    const { out, code } = await ecp('status');
    expect(code).toBe(0);
    expect(out).toContain('bank-0  ready');
    expect(out).toMatch(/BANK {2}Normal/);
    expect(out).toMatch(/ACCOUNTS {2}on BANK, 8 KB blocks/);
  }, 60_000);

  test('a changed manifest is applied while running: an app server is added, another one leaves (F-K1)', async () => {
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('replicas: 2', 'replicas: 3'));
    await until(() => found('teller-2')?.state === 'ready', 'teller-2 is ready');
    await using third = await open('teller-2');
    expect(await third.global('Account').get([17, 'balance'])).toBe('300');
    writeFileSync(manifest, text);
    await until(() => found('teller-2') === undefined, 'teller-2 is gone');
  }, 60_000);

  test('F-D3: a database is added, made read-only and dismounted while running; no process is restarted', async () => {
    const example = readFileSync(manifest, 'utf8');
    const before = topology.state.instances.map(({ pid }) => pid);
    const [bank = '', teller = ''] = example.split('---\n');
    const more = (list: string, fields: string): readonly [string, string] => [
      `  ${list}:\n`,
      `$&    - { name: MORE, ${fields} }\n`,
    ];
    const change = (fields: string): void => {
      const tellers = teller
        .replace(...more('remoteDatabases', 'dataServer: BANK, database: MORE'))
        .replace(...more('namespaces', 'defaultDatabase: MORE'));
      writeFileSync(manifest, `${bank.replace(...more('databases', fields))}---\n${tellers}`);
    };
    /** Instances follow one after the other: asks until the answer is as expected. */
    const eventually = async (work: () => Promise<unknown>, expected: string): Promise<void> => {
      let answer = '';
      const asked = async (): Promise<boolean> => {
        answer = await work().then(String, String);
        return answer.includes(expected);
      };
      await until(asked, expected).catch(() => undefined);
      expect(answer).toContain(expected);
    };
    const { host, port } = instance('teller-1').client;
    const asTeller = async (
      work: (database: RemoteDatabase) => Promise<unknown>,
    ): Promise<unknown> => {
      await using database = await connect(`${host}:${port}`, { namespace: 'MORE' });
      return await work(database);
    };
    const write = (database: RemoteDatabase): Promise<unknown> =>
      database
        .global('x')
        .set([1], 'a')
        .then(() => database.flush());
    const read = (database: RemoteDatabase): Promise<unknown> => database.global('x').get([1]);
    change('blockSize: 64Ki');
    await eventually(() => asTeller(write).then(() => 'written'), 'written');
    await eventually(() => asTeller(read), 'a');
    change('blockSize: 64Ki, access: ReadOnly');
    await eventually(() => asTeller(write), '<PROTECT>');
    change('blockSize: 64Ki, state: Dismounted');
    await eventually(() => asTeller(read), 'MORE is dismounted');
    await eventually(async () => (await ecp('status')).out, 'MORE  local, dismounted');
    change('blockSize: 64Ki');
    await eventually(() => asTeller(read), 'a');
    expect(topology.state.instances.map(({ pid }) => pid)).toEqual(before);
    change('blockSize: 64Ki, state: Dismounted');
    await eventually(() => asTeller(read), 'MORE is dismounted');
    writeFileSync(manifest, example);
    await eventually(() => asTeller(read), '<NAMESPACE>');
  }, 120_000);

  test('F-D3, F-M5: ecp transactions lists what is open, and ends one', async () => {
    await using db = await open('bank-0');
    const node = db.global('Transactions');
    await node.set([1], 'before');
    await db.tstart();
    await node.set([1], 'in it');
    const { code, out } = await ecp('transactions');
    const line =
      /^bank-0 {2}transaction (\d+) {2}\d+ s {2}job \d+ local {2}level 1 {2}ACCOUNTS {2}from /m;
    expect([code, line.test(out), out.includes('teller-0  none')]).toEqual([0, true, true]);
    const number = line.exec(out)![1]!;
    expect(await ecp('transactions', 'rollback', number)).toEqual({
      code: 0,
      out: `rolled back transaction ${number} of bank-0\n`,
      err: '',
    });
    expect(await node.get([1])).toBe('before');
    await expect(db.tcommit()).rejects.toThrow('<ROLLBACK ONLY>');
    await db.trollback();
    const again = await ecp('transactions', 'rollback', number, '--at', 'bank-0');
    expect([again.code, again.err]).toEqual([
      1,
      `<UNDEFINED> there is no open transaction ${number}\n`,
    ]);
  });

  test('F-M2: ecp locks lists who holds what, --waits a deadlock, and remove ends it', async () => {
    await using one = await open('bank-0');
    await using other = await open('bank-0');
    await one.lock([['Locked', 1]]);
    await other.lock([['Locked', 2]], { shared: true });
    const waiting = one.lock([['Locked', 2]]);
    const circle = other.lock([['Locked', 1]]).catch((error: unknown) => error);
    const waits = async (): Promise<string> =>
      (await ecp('locks', '--waits', '--at', 'bank-0')).out;
    await until(async () => (await waits()).includes('DEADLOCK: job '), 'the deadlock is listed');
    const { out } = await ecp('locks');
    expect(out).toMatch(/^bank-0 {2}2 held, 2 waited for, of 2097152$/m);
    const line = /^bank-0 {2}ACCOUNTS \^Locked\(2\) {2}shared {2}job (\d+) local {2}\d+ s$/m;
    const job = line.exec(out)![1]!;
    expect(out).toContain('teller-0  0 held, 0 waited for');
    const remove = ['locks', 'remove', '.', job, '--at', 'bank-0'] as const;
    expect((await ecp(...remove)).err).toContain("required option '--yes'");
    expect((await ecp('locks', 'remove', '.', job, '--yes')).err).toContain('say with --at');
    expect(await ecp(...remove, '--yes')).toEqual({
      code: 0,
      out: 'took away the locks of 1 job at bank-0\n',
      err: '',
    });
    await waiting;
    expect(await circle).toMatchObject({ code: 'CANCELLED' });
    await expect(other.global('Locked').get([1])).rejects.toMatchObject({ locksLost: true });
    expect((await ecp(...remove, '--yes')).err).toContain('<UNDEFINED>');
  });

  test('ecp shell: what is left open is rolled back (F-M4)', async () => {
    const at = ['--at', 'bank-0'] as const;
    await ecp('shell', ...at, '-e', 'SET ^Shell=1 TSTART  SET ^Shell=2 WRITE $TLEVEL');
    expect((await ecp('shell', ...at, '-e', 'WRITE ^Shell,$TLEVEL')).out).toBe('10\n');
    await ecp('shell', ...at, '-e', 'TSTART  SET ^Shell=2 TCOMMIT');
    expect((await ecp('shell', ...at, '-e', 'WRITE ^Shell')).out).toBe('2\n');
  });

  test('a bad manifest is refused whole; what runs goes on', async () => {
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('maxAppServers: 4', 'maxAppServers: 255'));
    const { code, err } = await ecp('up', '-f', manifest);
    expect(code).toBe(1);
    expect(err).toMatch(/maxAppServers/);
    writeFileSync(manifest, text);
    expect(instance('bank-0').state).toBe('ready');
  }, 60_000);

  test('the admin API answers nobody without the token (K6)', async () => {
    const token = instance('bank-0').admin.tokenFile;
    const before = readFileSync(token, 'utf8');
    writeFileSync(token, 'another\n');
    try {
      // The instance reads the file anew; a caller with the old content is refused.
      const { callAdmin } = await import('../../server/adapters/grpc-admin-service.ts');
      const { admin } = instance('bank-0');
      await expect(callAdmin(admin, before.trim(), 'Status', new Uint8Array(0))).rejects.toThrow(
        /UNAUTHENTICATED/,
      );
    } finally {
      writeFileSync(token, before);
    }
  });
});

/** The lines behind the two of the header. */
function nodeLines(text: string): string[] {
  return text.trimEnd().split('\n').slice(2);
}
