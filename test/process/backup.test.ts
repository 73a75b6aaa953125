/**
 * Hot backup and restoring with real processes, files and the command line: while clients write, after kill -9 in the
 * midst of a backup, and with every file of a backup damaged. F-D3 F-D5 F-M4
 */
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type RemoteDatabase } from '../../client/index.ts';
import { writeState, type LocalInstance } from '../../operator/local/state-file.ts';
import { BackupFolder } from '../../server/adapters/backup-folder.ts';
import { callAdminStream } from '../../server/adapters/grpc-admin-service.ts';
import { ecp as messages } from '../../server/api/generated/admin.js';
import { restoreBackup } from '../../server/cli/restore.ts';
import { MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';

const path = (name: string): string =>
  fileURLToPath(new URL(`../../server/${name}`, import.meta.url));
const START_MS_MAX = 20_000;
const COMMAND_MS_MAX = 30_000;

const root = mkdtempSync(join(tmpdir(), 'ecp-backup-'));
const children = new Set<ChildProcess>();
const opened: RemoteDatabase[] = [];
afterEach(async () => {
  // Those whose instance is gone have nothing to say goodbye to.
  await Promise.allSettled(opened.splice(0).map((database) => database.close()));
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

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function ecp(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const argv = ['--disable-warning=ExperimentalWarning', path('cli/main.ts'), ...args];
    execFile(process.execPath, argv, { timeout: COMMAND_MS_MAX }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

/** An instance in a process of its own, as `ecp --data FOLDER` finds it. */
class Running {
  readonly folder: string;
  readonly child: ChildProcess;
  #out = '';
  #client = 0;
  #admin = 0;

  private constructor(folder: string, fields: object) {
    this.folder = folder;
    const file = join(folder, 'configuration.json');
    const any = { port: 0 };
    const listeners = { ecp: any, client: any, admin: any, metrics: any };
    const databases = [{ name: 'DATA' }];
    const namespaces = [{ name: 'USER', defaultDatabase: 'DATA' }];
    writeFileSync(
      file,
      JSON.stringify({
        ...{ name: 'one', dataDirectory: 'data', databases, namespaces, ...listeners },
        ...fields,
      }),
    );
    const argv = [
      '--disable-warning=ExperimentalWarning',
      path('main.ts'),
      '--configuration',
      file,
    ];
    this.child = spawn(process.execPath, argv);
    children.add(this.child);
    this.child.stdout!.on('data', (bytes: Buffer) => (this.#out += bytes.toString()));
    this.child.stderr!.on('data', (bytes: Buffer) => (this.#out += bytes.toString()));
  }

  static async start(folder: string, fields: object = {}): Promise<Running> {
    const running = new Running(folder, fields);
    for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += 20) {
      const line = running.#out.split('\n').find((text) => text.includes('"instance serves"'));
      if (line !== undefined) {
        const ports = JSON.parse(line) as { client: number; admin: number };
        running.#client = ports.client;
        running.#admin = ports.admin;
        running.#register();
        return running;
      }
      await sleep(20);
    }
    throw new Error(`did not start\n${running.#out}`);
  }

  get token(): string {
    return readFileSync(join(this.folder, 'data', 'admin-token'), 'utf8').trim();
  }

  get admin(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.#admin };
  }

  #register(): void {
    const tokenFile = join(this.folder, 'data', 'admin-token');
    const one = {
      ...{ name: 'one', kind: 'EcpDataServer', admin: { ...this.admin, tokenFile } },
    } as LocalInstance;
    const state = { version: 1, pid: process.pid, manifests: [], resources: [] } as const;
    writeState(this.folder, { ...state, instances: [one] });
  }

  async open(): Promise<RemoteDatabase> {
    const database = await connect(`127.0.0.1:${this.#client}`, { namespace: 'USER' });
    opened.push(database);
    return database;
  }

  ecp(...args: readonly string[]): Promise<Ran> {
    return ecp(...args, '--data', this.folder);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await once(this.child, 'close');
  }
}

/** Writes numbered nodes as fast as they are acknowledged, until told to stop. */
async function writeOn(database: RemoteDatabase, signal: AbortSignal): Promise<void> {
  const numbers = database.global('N');
  for (let n = 1; !signal.aborted; n++) {
    await numbers.set([n], `value ${n} ${'x'.repeat(n % 50 === 0 ? 10_000 : 100)}`);
    if (n % 20 === 0) await database.sync();
  }
  await database.sync();
}

/** How many nodes there are, which must be those from 1 on without a hole. */
async function countOf(database: RemoteDatabase): Promise<number> {
  let count = 0;
  for await (const [subscripts] of database.global('N').entries())
    expect(subscripts[0]).toBe(++count);
  return count;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile() && !name.endsWith('-lock'))
    .sort();

describe('F-D3: ecp backup and ecp restore', () => {
  test('a backup that is made while clients write is restored to a prefix of what they wrote, with all that was durable', async () => {
    const instance = await Running.start(newFolder(), {
      journal: { segmentSize: '1Mi', keepSeconds: 3600 },
      checkpointSeconds: 1,
    });
    const database = await instance.open();
    const stop = new AbortController();
    const writing = writeOn(database, stop.signal);
    await sleep(1500);
    const before = await countOf(await instance.open());
    const made = await instance.ecp('backup', '--name', 'first');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(
      /^first {2}\S+Z {2}.* [KM]iB {2}positions? .* {2}SYS DATA {2}of one\n$/,
    );
    await sleep(300);
    stop.abort();
    await writing;
    const after = await countOf(database);
    expect((await instance.ecp('backups')).out).toContain(made.out.trim());
    expect((await instance.ecp('backup', '--name', 'first')).err).toContain('there is a backup');
    expect((await instance.ecp('backup', '--name', '../out')).err).toContain('name has letters');
    const listed = JSON.parse((await instance.ecp('backups', '--json')).out) as {
      folder: string;
      backups: { position: number; from: number }[];
    };
    const backup = join(listed.folder, 'first');

    const folder = newFolder();
    const into = join(folder, 'data');
    const done = await ecp('restore', '--from', backup, '--into', into);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain(`its state at position ${listed.backups[0]!.position}`);
    const restored = await Running.start(folder);
    const count = await countOf(await restored.open());
    expect(count).toBeGreaterThanOrEqual(before);
    expect(count).toBeLessThanOrEqual(after);
    await restored.kill('SIGTERM');

    // Never over what is there; and on with the journal of the one that goes on.
    const again = await ecp('restore', '--from', backup, '--into', into);
    expect(again).toMatchObject({ code: 1 });
    expect(again.err).toContain('is not empty');
    await instance.kill('SIGKILL');
    const journal = join(instance.folder, 'data', 'journal');
    const whole = newFolder();
    const all = await ecp(
      ...['restore', '--from', backup, '--journal', journal, '--into', join(whole, 'data')],
    );
    expect(all).toMatchObject({ code: 0, err: '' });
    const complete = await Running.start(whole);
    expect(await countOf(await complete.open())).toBe(after);
    await complete.kill('SIGTERM');

    const earlier = newFolder();
    const time = new Date(Date.now() - 3600_000).toISOString();
    const early = await ecp(
      ...['restore', '--from', backup, '--to-time', time, '--into', join(earlier, 'data')],
    );
    expect(early).toMatchObject({ code: 1 });
    expect(early.err).toContain('an earlier backup');
    // What it had made is gone again.
    expect(filesIn(join(earlier, 'data'))).toEqual(['lock']);
  }, 120_000);

  test('a backup with any damage is refused, which names the file and the bytes', async () => {
    const instance = await Running.start(newFolder());
    const database = await instance.open();
    await database.global('N').set([1], 'x'.repeat(20_000));
    await database.sync();
    expect((await instance.ecp('backup', '--name', 'b')).code).toBe(0);
    const backup = join(instance.folder, 'data', 'backups', 'b');
    // Looked into while its instance runs; values are for who asks.
    const folder = join(instance.folder, 'data', 'journal');
    const seen = await ecp('journal', folder, '--global', '^N');
    expect(seen).toMatchObject({ code: 0, err: '' });
    expect(seen.out).toMatch(/ change {2}set \^N\(1\) = \(20000 bytes\) {2}in DATA/);
    expect(seen.out).not.toContain('xxx');
    expect(seen.out).toMatch(/^segment \d+ {2}\d+ to \d+ {2}/m);
    const shown = await ecp('journal', folder, '--kind', 'set', '--values', '--json');
    const [first] = shown.out.split('\n').map((line) => JSON.parse(line || '{}') as object);
    expect(first).toMatchObject({
      record: 'change',
      database: 'DATA',
      change: { reference: '^N(1)', value: `"${'x'.repeat(80)}"… (20000 bytes)` },
    });
    const files = filesIn(backup);
    expect(files.map((file) => file.replace(/\d{10}/, 'N'))).toEqual([
      'databases/DATA/pages.mdb',
      'databases/SYS/pages.mdb',
      'journal/journal-N.seg',
      'manifest.json',
    ]);
    const copy = join(root, 'damaged');
    const restoring = async (): Promise<string> => {
      const into = newFolder();
      const outcome = await restoreBackup({ from: copy, into }).then(() => 'restored', String);
      expect(filesIn(into).filter((name) => name !== 'lock')).toEqual([]);
      return outcome;
    };
    for (const file of files) {
      const damaged = join(copy, file);
      const size = statSync(join(backup, file)).size;
      const fresh = (): void => {
        rmSync(copy, { recursive: true, force: true });
        cpSync(backup, copy, { recursive: true });
      };
      const isManifest = file === 'manifest.json';
      fresh();
      const bytes = readFileSync(damaged);
      const at = isManifest ? bytes.indexOf('"to"') + 6 : size >>> 1;
      bytes[at]! ^= isManifest ? 1 : 0x10;
      writeFileSync(damaged, bytes);
      const flipped = await restoring();
      expect(flipped).toContain('<DAMAGED>');
      expect(flipped).toContain(
        isManifest ? 'a wrong checksum' : `${damaged}: bytes 0 to ${size} are not what was written`,
      );
      fresh();
      // The manifest ends in a line feed, which says nothing.
      truncateSync(damaged, size - 2);
      expect(await restoring()).toContain('<DAMAGED>');
      fresh();
      rmSync(damaged);
      expect(await restoring()).toContain(isManifest ? 'is no backup' : `${damaged} is missing`);
    }
  }, 120_000);

  test('one that kill -9 cuts off is no backup; the next one clears it away', async () => {
    const instance = await Running.start(newFolder());
    const database = await instance.open();
    for (let n = 1; n <= 60; n++) await database.global('N').set([n], 'v'.repeat(1_000_000));
    await database.sync();
    const backups = join(instance.folder, 'data', 'backups');
    const partial = join(backups, '.cut.partial');
    const request = messages.admin.v1.MakeBackupRequest.encode({ name: 'cut' }).finish();
    const call = callAdminStream(
      instance.admin,
      instance.token,
      'MakeBackup',
      request,
      () => undefined,
    ).then(
      () => 'complete',
      () => 'broken off',
    );
    for (let waitedMs = 0; !existsSync(partial) && waitedMs < START_MS_MAX; waitedMs++)
      await sleep(1);
    await instance.kill('SIGKILL');
    expect(await call).toBe('broken off');
    expect(readdirSync(backups)).toEqual(['.cut.partial']);
    const refused = await ecp('restore', '--from', partial, '--into', join(newFolder(), 'data'));
    expect(refused.err).toContain('is no backup');
    const again = await Running.start(instance.folder);
    expect((await again.ecp('backups')).out.trim()).toBe(backups);
    expect((await again.ecp('backup', '--name', 'whole')).code).toBe(0);
    expect(readdirSync(backups)).toEqual(['whole']);
    await expect(
      callAdminStream(again.admin, 'wrong', 'MakeBackup', request, () => undefined),
    ).rejects.toThrow('UNAUTHENTICATED');
  }, 120_000);

  test('one at a time; who goes away gives it up', async () => {
    const instance = await Running.start(newFolder());
    const database = await instance.open();
    for (let n = 1; n <= 40; n++) await database.global('N').set([n], 'v'.repeat(1_000_000));
    await database.sync();
    const make = (name: string, signal?: AbortSignal): Promise<string> =>
      callAdminStream(
        instance.admin,
        instance.token,
        'MakeBackup',
        messages.admin.v1.MakeBackupRequest.encode({ name }).finish(),
        () => undefined,
        signal,
      ).then(() => 'complete', String);
    const backups = join(instance.folder, 'data', 'backups');
    const gone = new AbortController();
    const first = make('first', gone.signal);
    while (!existsSync(join(backups, '.first.partial'))) await sleep(1);
    expect(await make('second')).toContain('another backup is being made');
    gone.abort();
    expect(await first).toContain('CANCELLED');
    for (
      let waitedMs = 0;
      waitedMs < START_MS_MAX && readdirSync(backups).length > 0;
      waitedMs += 20
    )
      await sleep(20);
    expect(readdirSync(backups)).toEqual([]);
    expect(await make('third')).toBe('complete');
  }, 60_000);
});

test('F-D3: a backup that the disk has no room for is not begun', async () => {
  const place = join(newFolder(), 'backups');
  const folder = new BackupFolder(() => place, '/nowhere');
  await expect(folder.begin('big', 2 ** 60)).rejects.toThrow(/<RESOURCE> .* the backup needs/);
});

test('F-D3: a backup has its name only when it is complete', async () => {
  const place = join(newFolder(), 'backups');
  const folder = new BackupFolder(() => place, '/nowhere');
  const target = await folder.begin('b', 0);
  expect(await folder.list()).toEqual([]);
  await target.complete('the manifest');
  expect(await folder.list()).toEqual([{ name: 'b', manifest: 'the manifest' }]);
  const other = await folder.begin('c', 0);
  await expect(other.copyStore('DATA', new MemoryPageStore(), () => undefined)).rejects.toThrow();
  await other.discard();
  expect(readdirSync(place)).toEqual(['b']);
});
