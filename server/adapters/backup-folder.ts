/**
 * The folder that an instance's backups lie in, each a folder of its name:
 *
 *   NAME/manifest.json                     written last
 *   NAME/databases/DATA/pages.mdb          copies of page stores
 *   NAME/journal/journal-0000000001.seg    the journal from the lowest of them on
 *   .NAME.partial/                         one that is being made, or was cut off: the next one removes it
 *
 * Names come from the wire, paths never do.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EcpError } from '../base/errors.ts';
import { BACKUP_FREE_BYTES_MIN, BACKUPS_LISTED_MAX } from '../base/limits.ts';
import type { BackupFile, BackupShelf, BackupTarget, FoundBackup } from '../ports/backup-target.ts';
import type { PageStore } from '../ports/page-store.ts';
import { copyAndHash, hashFile } from './backup-pieces.ts';
import { segmentFileName } from './journal-folder.ts';
import { syncPathInPool } from './sync-path.ts';

export const MANIFEST_FILE = 'manifest.json';
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PARTIAL = /^\..*\.partial$/;
const WATCH_MS = 250;

export class BackupFolder implements BackupShelf {
  readonly #folder: () => string;
  readonly #journal: string;

  /** `folder` may become another one while this is in use. */
  constructor(folder: () => string, journalDirectory: string) {
    this.#folder = folder;
    this.#journal = journalDirectory;
  }

  get place(): string {
    return this.#folder();
  }

  async begin(name: string, bytes: number): Promise<BackupTarget> {
    if (!NAME.test(name))
      throw new EcpError(
        'CONFIGURATION',
        'a backup’s name has letters, digits, ., _ and - between letters or digits, at most 63',
      );
    const folder = this.place;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const entry of await readdir(folder))
      if (PARTIAL.test(entry)) await rm(join(folder, entry), { recursive: true });
    const place = join(folder, name);
    if (await exists(place)) throw new EcpError('CONFIGURATION', `there is a backup ${name}`);
    await makeSureOfRoom(folder, bytes);
    const partial = join(folder, `.${name}.partial`);
    await mkdir(partial, { mode: 0o700 });
    return new PartialBackup(partial, place, this.#journal);
  }

  async list(): Promise<readonly FoundBackup[]> {
    if (!(await exists(this.place))) return [];
    const names = (await readdir(this.place)).filter((name) => NAME.test(name)).sort();
    const found: FoundBackup[] = [];
    for (const name of names.slice(-BACKUPS_LISTED_MAX)) {
      const file = join(this.place, name, MANIFEST_FILE);
      if (await exists(file)) found.push({ name, manifest: await readFile(file, 'utf8') });
    }
    return found;
  }
}

class PartialBackup implements BackupTarget {
  readonly #partial: string;
  readonly #place: string;
  readonly #journal: string;

  constructor(partial: string, place: string, journal: string) {
    this.#partial = partial;
    this.#place = place;
    this.#journal = journal;
  }

  async copyStore(
    database: string,
    store: PageStore,
    onBytes: (bytes: number) => void,
  ): Promise<BackupFile> {
    const path = `databases/${database}/pages.mdb`;
    const file = join(this.#partial, path);
    const watch = setInterval(() => {
      stat(file).then(({ size }) => onBytes(size), ignore);
    }, WATCH_MS);
    try {
      await store.copyTo(dirname(file));
    } finally {
      clearInterval(watch);
    }
    return hashFile(this.#partial, path);
  }

  copySegment(segment: number, bytes: number): Promise<BackupFile> {
    const name = segmentFileName(segment);
    return copyAndHash(join(this.#journal, name), bytes, this.#partial, `journal/${name}`);
  }

  async complete(manifest: string): Promise<void> {
    const file = await open(join(this.#partial, MANIFEST_FILE), 'wx', 0o600);
    try {
      await file.writeFile(manifest);
      await file.sync();
    } finally {
      await file.close();
    }
    // Files are durable already; here are the names.
    for (const folder of await foldersIn(this.#partial)) await syncPathInPool(folder);
    await rename(this.#partial, this.#place);
    await syncPathInPool(dirname(this.#place));
    await syncPathInPool(dirname(dirname(this.#place)));
  }

  async discard(): Promise<void> {
    await rm(this.#partial, { recursive: true, force: true });
  }
}

/** A full disk would freeze the journal that lies on it. */
async function makeSureOfRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + BACKUP_FREE_BYTES_MIN) return;
  const mib = (value: number): string => `${Math.ceil(value / 1024 / 1024)} MiB`;
  const least = mib(bytes + BACKUP_FREE_BYTES_MIN);
  throw new EcpError('RESOURCE', `${folder} has ${mib(free)} left, the backup needs ${least}`);
}

const ignore = (): void => undefined;

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const below = entries.filter((entry) => entry.isDirectory());
  return [folder, ...below.map(({ parentPath, name }) => join(parentPath, name))];
}
