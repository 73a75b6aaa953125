/**
 * Restoring: copies of page stores, the journal from the lowest of them on, and a point. What recovery does to the
 * end, this does to any point, by the same code (recovery.ts); then it ends what was open there.
 *
 *   judge the journal up to the point ─ redo ─ store ─ roll back what is open ─ store ─ a journal of its own
 *
 * The result is what a data folder holds after a clean stop. Its journal goes on at the point, in segments above any of
 * the source, and knows that the sessions of before are gone (rule R15). Nothing is written before the journal is
 * judged up to the point; what lies behind that may be damaged, and need not be there.
 */
import { EcpError } from '../base/errors.ts';
import { BLOCK_SIZE_DEFAULT } from '../base/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalDisk, JournalSource } from '../ports/journal-disk.ts';
import type { Log } from '../ports/log.ts';
import type { PageStore } from '../ports/page-store.ts';
import type { Random } from '../ports/random.ts';
import { BufferPool } from './buffer-pool.ts';
import { DatabaseStore } from './database-store.ts';
import { Journal, type JournalEncryption } from './journal.ts';
import { JournalLookup } from './journal-lookup.ts';
import {
  encodeCatalogue,
  encodeTable,
  type CatalogueEntry,
  type RecordTables,
} from './journal-records.ts';
import { walkJournal } from './journal-walk.ts';
import type { RecordPlace } from './record-place.ts';
import { emptyTables, Redo } from './recovery.ts';
import { findPoint, type FoundPoint, type RestorePoint } from './restore-point.ts';
import { TransactionLog } from './transaction-log.ts';
import { encodeTransactionTable } from './transaction-records.ts';
import type { OpenTransaction } from './transaction-table.ts';

export interface RestorableDatabase {
  readonly name: string;
  readonly isJournaled: boolean;
  /** A copy that may be changed. */
  readonly store: PageStore;
}

export interface RestoreRequest {
  readonly databases: readonly RestorableDatabase[];
  readonly source: JournalSource;
  readonly point: RestorePoint;
  /** The empty page store of a database that came into being after the backup. */
  readonly makeStore: (name: string) => PageStore;
  /** Where the restored instance's journal begins: nothing is there yet. */
  readonly journal: JournalDisk;
  readonly encryption?: JournalEncryption | undefined;
  readonly poolBytes: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What undoes an open transaction, so many nodes at a time; true when that was all (transactions/rollback.ts). */
  readonly rollback: (
    log: TransactionLog,
    transaction: OpenTransaction,
  ) => (nodes: number) => boolean;
  /** Hears how far the journal is applied. */
  readonly report?: (position: number, end: number) => void;
}

export interface Restored {
  /** The state is that of this position … */
  readonly position: number;
  /** … and of this wall time, in milliseconds since 1970; 0 if the journal tells none. */
  readonly wallMs: number;
  readonly redone: number;
  readonly databases: readonly string[];
  /** Those of them that came into being after the backup. */
  readonly made: readonly string[];
  /** Databases that the journal knows and of which the backup has no copy. */
  readonly leftOut: readonly string[];
  readonly rolledBack: number;
}

/** Nodes that a rollback restores before the event loop has its turn, and what is dirty may be stored. */
const ROLLBACK_NODES = 1000;

/**
 * EcpError CONFIGURATION where the point cannot be had from this backup, with what can; DAMAGED where the journal
 * cannot be read up to it; DATABASE where a key is missing.
 */
export async function restore(request: RestoreRequest): Promise<Restored> {
  const pool = new BufferPool(request.poolBytes);
  const make = (name: string, isJournaled: boolean, store: PageStore): DatabaseStore => {
    const options = { number: databases.length, name, isJournaled, blockSize: BLOCK_SIZE_DEFAULT };
    const database = new DatabaseStore(
      { ...options, uuid: request.random.uuid() },
      store,
      pool,
      request.log,
    );
    databases.push(database);
    return database;
  };
  const databases: DatabaseStore[] = [];
  for (const { name, isJournaled, store } of request.databases) make(name, isJournaled, store);
  const found = findPoint(request.source, request.point, databases);
  const known = new Set(databases.map(({ uuid }) => uuid));
  const others = [...found.catalogued.values()].filter(({ uuid }) => !known.has(uuid));
  // One that was removed may have had the name before: the last counts.
  const last = new Map(others.map((entry) => [entry.name, entry]));
  const isNew = (entry: CatalogueEntry): boolean =>
    !entry.isStored &&
    last.get(entry.name) === entry &&
    databases.every(({ name }) => name !== entry.name);
  const made = others.filter(isNew);
  for (const { name, uuid, isJournaled } of made)
    make(name, isJournaled, request.makeStore(name)).adopt(uuid);
  const state = await redo(request, found, databases, pool);
  const rolledBack = await finish(request, found, databases, pool, state.tables);
  return {
    position: found.position,
    wallMs: found.wallMs,
    redone: state.redone,
    databases: databases.map(({ name }) => name),
    made: made.map(({ name }) => name),
    leftOut: others.filter((entry) => !made.includes(entry)).map(({ name }) => name),
    rolledBack,
  };
}

// ── Up to the point ──────────────────────────────────────────────────────────────────────────────────────

interface State {
  readonly tables: RecordTables;
  readonly redone: number;
}

async function redo(
  { source, report }: RestoreRequest,
  found: FoundPoint,
  databases: readonly DatabaseStore[],
  pool: BufferPool,
): Promise<State> {
  const generation = generationOf(source, databases);
  for (const database of databases) database.start(generation);
  const tables = emptyTables();
  const applied = new Redo(databases, tables);
  const from = Math.min(
    ...databases.filter(({ isStored }) => isStored).map(({ storedPosition }) => storedPosition),
  );
  for (const item of walkJournal(source, tables, { from, to: found.position })) {
    if (item.kind !== 'record') continue;
    const { position } = item.site;
    if (position > found.position) break;
    applied.take(item.record, item.site);
    if (!pool.wantsCheckpoint) continue;
    await store(databases, position);
    report?.(position, found.position);
  }
  applied.finish();
  await store(databases, found.position);
  return { tables, redone: applied.redone };
}

/** Of identifiers, and the number of the first segment of the journal to come: above any there was. */
function generationOf(source: JournalSource, databases: readonly DatabaseStore[]): number {
  return 1 + Math.max(0, ...source.segments(), ...databases.map(({ generation }) => generation));
}

/** One commit of each database: the state of now, which is that of a position of the journal. */
async function store(databases: readonly DatabaseStore[], position: number): Promise<void> {
  for (const database of databases) {
    database.beginCommit(position);
    let batch = database.prepareCommit(Infinity);
    while (batch === undefined) batch = database.prepareCommit(Infinity);
    const whole = batch;
    await new Promise<void>((resolve, reject) => {
      database.commit(whole, (error) => {
        if (error === undefined || error === null) resolve();
        else reject(new EcpError('FROZEN', `${database.name} cannot be stored`, { cause: error }));
      });
    });
    database.commitDone(position);
  }
}

// ── What was open, and the journal to come ───────────────────────────────────────────────────────────────

/** The number of transactions that were open. */
async function finish(
  request: RestoreRequest,
  found: FoundPoint,
  databases: readonly DatabaseStore[],
  pool: BufferPool,
  tables: RecordTables,
): Promise<number> {
  tables.sessions.restored();
  const { position: start } = found;
  const journal = new Journal(request.journal, request.clock, {
    start,
    segment: generationOf(request.source, databases),
    // The source's: a rollback ends at a gap among them (A.2.5). The new journal removes none.
    old: found.segments,
    floor: start,
    preamble: (writer) => {
      encodeCatalogue(writer, databases);
      encodeTable(writer, tables.sessions);
      encodeTransactionTable(writer, tables.transactions);
    },
    settings: { encryption: request.encryption },
  });
  try {
    const log = transactionLog(request, found, databases, journal, tables);
    const open = [...log.open.values()];
    for (const transaction of open) {
      const step = request.rollback(log, transaction);
      while (!step(ROLLBACK_NODES))
        if (pool.wantsCheckpoint) await store(databases, await synced(journal));
    }
    // A page store is never ahead of the journal (rule R9).
    await store(databases, await synced(journal));
    return open.length;
  } finally {
    journal.close();
  }
}

function transactionLog(
  { source, journal: disk, clock }: RestoreRequest,
  { position: start, segments }: FoundPoint,
  databases: readonly DatabaseStore[],
  journal: Journal,
  tables: RecordTables,
): TransactionLog {
  const nothing = (): void => undefined;
  const old = new JournalLookup(source, { segments, position: Infinity });
  const own = new JournalLookup(disk, journal);
  const lookup = {
    at: (place: RecordPlace) => (place.batch < start ? old.at(place) : own.at(place)),
  };
  return new TransactionLog(journal, lookup, tables.transactions, {
    clock,
    database: (number) => {
      const database = databases[number];
      if (database === undefined)
        throw new EcpError('DATABASE', `no database has number ${number}`);
      return database;
    },
    databaseOf: (uuid) => databases.find((database) => database.uuid === uuid),
    applied: nothing,
    changed: nothing,
    assertRoom: nothing,
  });
}

/** Waits until all that is journaled is durable; the position behind it. EcpError FROZEN. */
function synced(journal: Journal): Promise<number> {
  return new Promise((resolve, reject) => {
    journal.flush();
    const { position } = journal;
    const check = (): void => {
      if (journal.durablePosition >= position) resolve(position);
    };
    journal.onDurable(check);
    journal.onFrozen(reject);
    journal.requestSync();
    check();
  });
}
