/** A backup in memory, and restoring it onto memory disks: for tests and the simulator. */
import { assert, present } from '../../base/assert.ts';
import type { BackupFile, BackupTarget } from '../../ports/backup-target.ts';
import type { KeyRing } from '../../ports/cipher.ts';
import type { PageStore } from '../../ports/page-store.ts';
import { silentLog } from '../../ports/log.ts';
import { backUp } from '../backup.ts';
import { type BackupManifest, decodeManifest } from '../backup-manifest.ts';
import type { StorageEngine } from '../engine.ts';
import { restore, type Restored, type RestoreRequest } from '../restore.ts';
import { ManualClock, seededRandom } from './manual-clock.ts';
import { MemoryJournalDisk, MemoryPageStore } from './memory-disk.ts';

/** Copies what there is at the moment; `between` is called before each copy, and may go on writing. */
export class MemoryBackup implements BackupTarget {
  readonly stores = new Map<string, MemoryPageStore>();
  readonly journal = new MemoryJournalDisk();
  readonly #from: MemoryJournalDisk;
  readonly #between: () => void;
  #manifest: string | undefined;
  isDiscarded = false;

  constructor(from: MemoryJournalDisk, between: () => void = () => undefined) {
    this.#from = from;
    this.#between = between;
  }

  /** Makes a backup of an engine. */
  async of(engine: StorageEngine): Promise<this> {
    await backUp(engine, this, {
      name: 'test',
      instance: 'one',
      instanceUuid: 'u',
      productVersion: '1',
      wallMs: () => 1000,
      report: () => undefined,
      signal: new AbortController().signal,
    });
    return this;
  }

  get manifest(): BackupManifest {
    return decodeManifest(present(this.#manifest, 'the manifest of a complete backup'));
  }

  async copyStore(database: string, store: PageStore): Promise<BackupFile> {
    this.#between();
    await store.copyTo(database);
    return { path: `databases/${database}/pages`, bytes: 0, sha256: [] };
  }

  /** What `copyStore` left in the disk of the database. */
  took(database: string, disk: MemoryPageStore): void {
    const copy = disk.copies.get(database);
    assert(copy !== undefined, 'a database that is restored was copied');
    this.stores.set(database, copy);
  }

  copySegment(segment: number, bytes: number): Promise<BackupFile> {
    this.#between();
    this.journal.create(segment);
    this.journal.append(this.#from.readRange(segment, 0, bytes));
    return Promise.resolve({ path: `journal/${segment}`, bytes, sha256: [] });
  }

  complete(manifest: string): Promise<void> {
    this.#manifest = manifest;
    return Promise.resolve();
  }

  discard(): Promise<void> {
    this.isDiscarded = true;
    return Promise.resolve();
  }
}

export interface RestoredDisks extends Restored {
  readonly journal: MemoryJournalDisk;
  readonly stores: ReadonlyMap<string, MemoryPageStore>;
}

/** Restores a backup; its copies stay as they are. `request` replaces what it is made with otherwise. */
export async function restored(
  backup: MemoryBackup,
  request: Pick<RestoreRequest, 'rollback'> & Partial<RestoreRequest>,
  keys?: KeyRing,
  opened: (store: MemoryPageStore) => PageStore = (store) => store,
): Promise<RestoredDisks> {
  const journal = new MemoryJournalDisk();
  if (keys !== undefined) Object.assign(journal, { keys });
  const stores = new Map([...backup.stores].map(([name, store]) => [name, store.clone()]));
  const result = await restore({
    databases: [...stores].map(([name, store]) => ({
      name,
      isJournaled: true,
      store: opened(store),
    })),
    source: backup.journal,
    point: undefined,
    makeStore: (name) => {
      const store = new MemoryPageStore();
      stores.set(name, store);
      return store;
    },
    journal,
    poolBytes: 64 * 1024,
    clock: new ManualClock(),
    random: seededRandom(9),
    log: silentLog,
    ...request,
  });
  return { ...result, journal, stores };
}
