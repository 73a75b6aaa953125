/**
 * `ecp restore`: a data folder from a backup, and from the journal up to any point. Works on files alone; into an empty
 * folder only, and what it made there is gone again where it fails.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../adapters/backup-folder.ts';
import { copyThrough, verifyFile } from '../adapters/backup-pieces.ts';
import { lockFolder } from '../adapters/folder-lock.ts';
import { JournalFiles } from '../adapters/journal-files.ts';
import { JournalFolders } from '../adapters/journal-folder.ts';
import type { KeyFiles } from '../adapters/key-files.ts';
import { LmdbPageStore } from '../adapters/lmdb-page-store.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import { SystemRandom } from '../adapters/system-random.ts';
import { syncPath } from '../adapters/sync-path.ts';
import { EcpError } from '../base/errors.ts';
import { ENCRYPTED_INDEX_CACHE_BYTES, RESTORE_POOL_BYTES } from '../base/limits.ts';
import { silentLog } from '../ports/log.ts';
import type { PageStore } from '../ports/page-store.ts';
import { type BackupManifest, decodeManifest, isDatabaseName } from '../storage/backup-manifest.ts';
import type { EncryptionPorts } from '../storage/encryption/encrypted-page-store.ts';
import { NodeCache } from '../storage/encryption/node-cache.ts';
import { keyInUse, openEncrypted, openWithRing } from '../storage/encryption/open-page-store.ts';
import { LOCAL } from '../storage/engine.ts';
import type { JournalEncryption } from '../storage/journal.ts';
import { restore, type Restored } from '../storage/restore.ts';
import type { RestorePoint } from '../storage/restore-point.ts';
import { Rollback } from '../transactions/rollback.ts';
import { readKeyFiles } from './key-files.ts';
import { progressLine, type ProgressLine } from './progress.ts';

export interface RestoreOptions {
  /** A backup's folder. */
  readonly from: string;
  /** The data folder to be. */
  readonly into: string;
  /** Folders with later segments of the journal. */
  readonly journal?: readonly string[];
  readonly toPosition?: string;
  readonly toTime?: string;
  readonly keyFile?: readonly string[];
}

const SYS = 'SYS';

export interface RestoreOutcome extends Restored {
  readonly manifest: BackupManifest;
}

export async function restoreBackup(options: RestoreOptions): Promise<RestoreOutcome> {
  const point = pointOf(options);
  const keys = readKeyFiles(options.keyFile);
  const manifest = readManifest(options.from);
  const progress = progressLine(process.stderr);
  mkdirSync(options.into, { recursive: true });
  const lock = lockFolder(options.into);
  try {
    if (readdirSync(options.into).some((name) => name !== 'lock' && name !== 'lost+found'))
      throw new EcpError(
        'CONFIGURATION',
        `${options.into} is not empty: restore into a new folder`,
      );
    await verify(options.from, manifest, progress);
    try {
      const restored = await build(options, manifest, point, keys, progress);
      return { ...restored, manifest };
    } catch (error) {
      for (const made of ['databases', 'journal'])
        rmSync(join(options.into, made), { recursive: true, force: true });
      throw error;
    }
  } finally {
    progress.clear();
    lock.release();
  }
}

function pointOf({ toPosition, toTime }: RestoreOptions): RestorePoint {
  if (toPosition !== undefined && toTime !== undefined)
    throw new EcpError('SYNTAX', 'either --to-position or --to-time');
  if (toPosition !== undefined) {
    if (!/^\d{1,15}$/.test(toPosition))
      throw new EcpError('SYNTAX', `--to-position ${toPosition}: not a position of the journal`);
    return { position: Number(toPosition) };
  }
  return toTime === undefined ? undefined : { timeMs: timeOf(toTime, '--to-time') };
}

/** Milliseconds since 1970 of an ISO time; local time where it names no zone. */
export function timeOf(text: string, option: string): number {
  const timeMs = Date.parse(text);
  if (Number.isNaN(timeMs) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new EcpError('SYNTAX', `${option} ${text}: a time is written 2026-11-28T13:45:00Z`);
  return timeMs;
}

function readManifest(folder: string): BackupManifest {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file))
    throw new EcpError('CONFIGURATION', `${folder} is no backup: it has no ${MANIFEST_FILE}`);
  return decodeManifest(readFileSync(file, 'utf8'));
}

async function verify(
  folder: string,
  { databases, segments }: BackupManifest,
  progress: ProgressLine,
): Promise<void> {
  const files = [...databases, ...segments].map(({ file }) => file);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const file of files) {
    await verifyFile(folder, file, (bytes) =>
      progress.show(`checking ${file.path}`, (before + bytes) / totalBytes),
    );
    before += file.bytes;
  }
}

async function build(
  options: RestoreOptions,
  manifest: BackupManifest,
  point: RestorePoint,
  keys: KeyFiles,
  progress: ProgressLine,
): Promise<Restored> {
  const { from, into, journal = [] } = options;
  const random = new SystemRandom();
  const ports = { ring: keys, random, cache: new NodeCache(ENCRYPTED_INDEX_CACHE_BYTES) };
  const stores: PageStore[] = [];
  let target: JournalFiles | undefined;
  let encryption: JournalEncryption | undefined;
  const folderOf = (name: string): string => join(into, 'databases', name);
  const opened = <T extends PageStore>(store: T): T => {
    stores.push(store);
    return store;
  };
  try {
    const databases = [];
    for (const { name, isJournaled, file } of manifest.databases) {
      progress.show(`copying ${file.path}`);
      await copyThrough(join(from, file.path), Infinity, join(folderOf(name), 'pages.mdb'));
      const raw = new LmdbPageStore(folderOf(name));
      const store = opened(openedCopy(name, raw, ports));
      // The journal has the key of SYS; here, of what SYS was when the backup was made.
      const key = name === SYS ? keyInUse(raw, keys) : undefined;
      if (key !== undefined) encryption = { key, random };
      databases.push({ name, isJournaled, store });
    }
    target = new JournalFiles(join(into, 'journal'), keys);
    return await restore({
      databases,
      source: new JournalFolders([join(from, 'journal'), ...journal], keys),
      point,
      makeStore: (name) => opened(madeStore(name, folderOf(name), ports, encryption)),
      journal: target,
      encryption,
      poolBytes: RESTORE_POOL_BYTES,
      clock: new SystemClock(),
      random,
      log: silentLog,
      rollback: (log, transaction) => {
        const work = new Rollback(log, transaction, 0, LOCAL, { passesAbsent: true });
        return (nodes) => work.step(nodes);
      },
      report: (position, end) => progress.show(`journal up to ${position}`, position / end),
    });
  } finally {
    for (const store of stores) await store.close();
    for (const folder of [join(into, 'journal'), join(into, 'databases'), into])
      if (existsSync(folder)) syncPath(folder);
  }
}

function openedCopy(name: string, raw: PageStore, ports: EncryptionPorts): PageStore {
  try {
    return openWithRing(raw, ports);
  } catch (error) {
    if (!(error instanceof EcpError)) throw error;
    throw new EcpError(error.code, `database ${name}: ${error.message}: give its --key-file`);
  }
}

/** Of a database that the journal alone has: whether it was encrypted nobody knows, so it is where its instance was. */
function madeStore(
  name: string,
  folder: string,
  ports: EncryptionPorts,
  encryption: JournalEncryption | undefined,
): PageStore {
  if (!isDatabaseName(name))
    throw new EcpError('DAMAGED', `the journal names a database ${JSON.stringify(name)}`);
  const raw = new LmdbPageStore(folder);
  return encryption === undefined ? raw : openEncrypted(raw, encryption.key, ports);
}

/** What was done, for people. */
export function formatRestored(
  { manifest, ...restored }: RestoreOutcome,
  { into }: RestoreOptions,
): string {
  const { position, wallMs, databases, made, leftOut, redone, rolledBack } = restored;
  const when = wallMs === 0 ? '' : ` (${new Date(wallMs).toISOString()})`;
  const list = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`  ${what}: ${names.join(' ')}`];
  return [
    `restored ${manifest.instance} into ${into}: its state at position ${position}${when}`,
    `  backup ${manifest.name}, ${redone} changes applied again from the journal`,
    ...list('databases', databases),
    ...list('of them made from the journal alone', made),
    ...list('in the journal, but with no copy in the backup, left out', leftOut),
    ...(rolledBack > 0 ? [`  transactions that were open, rolled back: ${rolledBack}`] : []),
    '  sessions of app servers are forgotten: they will be told that data was lost',
  ].join('\n');
}
