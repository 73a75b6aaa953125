/**
 * Hot backup: copies of the page stores, each of one commit, and the journal from the lowest of them to the end.
 * Writing goes on; the journal is held meanwhile.
 *
 *   checkpoint ─ hold the journal ─ copy database after database ─ copy the journal as far as it is durable ─ manifest
 *
 * The copies may be of different positions: the journal that is copied after them reaches beyond all. So the state at
 * its end can be made from it, which includes everything that was durable when the copies were made, and any state
 * before it that no copy is beyond. Of databases that are not journaled it has what their last checkpoint stored.
 *
 * Not backed up: temporary databases, and those that were not in use when it began.
 */
import { EcpError } from '../base/errors.ts';
import type { BackupTarget } from '../ports/backup-target.ts';
import { checkpointed } from './checkpointed.ts';
import type { DatabaseStore } from './database-store.ts';
import type { StorageEngine } from './engine.ts';
import {
  type BackedUpDatabase,
  type BackedUpSegment,
  type BackupManifest,
  encodeManifest,
} from './backup-manifest.ts';

export interface BackupRequest {
  readonly name: string;
  /** Whose it is. */
  readonly instance: string;
  readonly instanceUuid: string;
  readonly productVersion: string;
  readonly wallMs: () => number;
  /** Hears what is copied, and how much of all there is. */
  readonly report: (progress: BackupProgress) => void;
  /** Aborted: nobody waits for it any more. */
  readonly signal: AbortSignal;
}

export interface BackupProgress {
  readonly what: string;
  readonly bytes: number;
  /** Not known exactly before the end: changes go on. */
  readonly totalBytes: number;
}

/**
 * Makes a backup; what was written is discarded if that fails. EcpError FROZEN, CANCELLED, DATABASE (one was
 * dismounted meanwhile); what the disk says.
 */
export async function backUp(
  engine: StorageEngine,
  target: BackupTarget,
  request: BackupRequest,
): Promise<BackupManifest> {
  let release = (): void => undefined;
  try {
    const begunMs = request.wallMs();
    // What is copied is then of now, and little journal with it.
    await checkpointed(engine);
    const stores = engine.databases.filter(({ isTemporary, isStored }) => isStored && !isTemporary);
    const from = neededFrom(engine, stores);
    release = engine.pins.hold(`backup ${request.name}`, from);
    const progress = new Progress(engine, stores, from, request);
    const databases = await copyDatabases(stores, target, progress);
    // No copy is beyond it (rule R9); it ends a batch.
    const to = engine.durablePosition;
    const segments = await copySegments(engine, from, to, target, progress);
    const { name, instance, instanceUuid, productVersion } = request;
    const manifest: BackupManifest = {
      ...{ name, instance, instanceUuid, productVersion },
      ...{ begunMs, endedMs: request.wallMs(), from, to, databases, segments },
    };
    await target.complete(encodeManifest(manifest));
    return manifest;
  } catch (error) {
    await target.discard();
    throw error;
  } finally {
    release();
  }
}

/** From where on a recovery reads the journal: the lowest checkpoint, and the first record of any open transaction. */
function neededFrom(engine: StorageEngine, stores: readonly DatabaseStore[]): number {
  const positions = stores.map(({ storedPosition }) => storedPosition);
  const open = [...engine.transactions.open.values()].map(({ first }) => first);
  return Math.min(engine.position, ...positions, ...open);
}

async function copyDatabases(
  stores: readonly DatabaseStore[],
  target: BackupTarget,
  progress: Progress,
): Promise<BackedUpDatabase[]> {
  const databases: BackedUpDatabase[] = [];
  for (const database of stores) {
    const { uuid, name, blockSize, isJournaled, storedPosition: position } = database;
    const what = `database ${name}`;
    const onBytes = progress.begin(what);
    const file = await target.copyStore(name, database.pages, onBytes);
    onBytes(file.bytes);
    databases.push({ uuid, name, blockSize, isJournaled, position, file });
  }
  return databases;
}

/** The segments that hold [from, to), and the one before: it begins with the tables of that time. */
async function copySegments(
  engine: StorageEngine,
  from: number,
  to: number,
  target: BackupTarget,
  progress: Progress,
): Promise<BackedUpSegment[]> {
  const all = engine.journal.segments;
  const first = Math.max(
    0,
    all.findLastIndex(({ start }) => start < from),
  );
  const copied: BackedUpSegment[] = [];
  for (const [index, { segment, start }] of all.entries()) {
    if (index < first || start >= to) continue;
    const onBytes = progress.begin(`journal segment ${segment}`);
    // A gap follows where nothing was journaled: the segment is shorter than that then.
    const end = Math.min(to, all[index + 1]?.follows ?? to);
    const file = await target.copySegment(segment, end - start);
    onBytes(file.bytes);
    copied.push({ segment, start, file });
  }
  return copied;
}

class Progress {
  readonly #request: BackupRequest;
  readonly #totalBytes: number;
  #before = 0;
  #bytes = 0;

  constructor(
    engine: StorageEngine,
    stores: readonly DatabaseStore[],
    from: number,
    request: BackupRequest,
  ) {
    this.#request = request;
    const pages = stores.reduce((sum, { pages: store }) => sum + store.usage().usedBytes, 0);
    this.#totalBytes = pages + engine.position - from;
  }

  /** The next file; what is returned notes how much of it is there. EcpError CANCELLED. */
  begin(what: string): (bytes: number) => void {
    const { signal, report } = this.#request;
    if (signal.aborted) throw new EcpError('CANCELLED', 'the backup was cancelled');
    this.#before += this.#bytes;
    this.#bytes = 0;
    return (bytes) => {
      this.#bytes = bytes;
      const done = this.#before + bytes;
      report({ what, bytes: done, totalBytes: Math.max(done, this.#totalBytes) });
    };
  }
}
