/**
 * Crash recovery: logical redo. Each database's page store is at the position its header names; the journal's
 * records after it are applied again, by the same code that applied them first. Redo is idempotent: a crash
 * during recovery changes nothing on disk but for an abandoned segment.
 *
 * The tables of sessions and of open transactions are rebuilt from the oldest segment that is read on: each begins
 * with both. Transactions that are open at the end are left so: to be claimed, or rolled back (transactions/).
 */
import { EcpError, isEcpError } from '../base/errors.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { Log } from '../ports/log.ts';
import { applyChange } from './apply.ts';
import type { DatabaseStore } from './database-store.ts';
import type { CatalogueEntry, JournalRecord, RecordTables } from './journal-records.ts';
import { stateOf } from './journal-images.ts';
import { imagesFrom, type JournalContent, readJournal } from './journal-reader.ts';
import type { RecordSite } from './journal-scan.ts';
import type { SegmentPlace } from './journal-segment.ts';
import type { Change } from './change.ts';
import { SessionTable } from './session-table.ts';
import type { TransactionRecord } from './transaction-records.ts';
import { TransactionTable } from './transaction-table.ts';

export interface Recovery {
  /** Where the journal goes on. */
  readonly end: number;
  /** Segments that count, ascending: those that were read, and older ones that are kept. */
  readonly segments: readonly SegmentPlace[];
  /** Numbers of the other segments there are, ascending. */
  readonly stale: readonly number[];
  /** What lies before this position no recovery needs. */
  readonly floor: number;
  /** Of identifiers, and the number of the segment that this start opens: above any there was. */
  readonly generation: number;
  /** Records read, and those of them applied again to a database. */
  readonly records: number;
  readonly redone: number;
  readonly tornBytes: number;
  /**
   * Databases that are not open and whose page stores lack changes that the journal has, names by UUID: while there
   * are any, the journal is kept as it is.
   */
  readonly absent: ReadonlyMap<string, string>;
}

/** Brings the databases and the tables to the state of the last readable record. EcpError DAMAGED. */
export function recover(
  disk: JournalDisk,
  databases: readonly DatabaseStore[],
  tables: RecordTables,
  log: Log,
): Recovery {
  const generation =
    1 + Math.max(0, ...disk.segments(), ...databases.map((database) => database.generation));
  for (const database of databases) database.start(generation);
  // Journaled now or not: the journal may have changes from when one was.
  const kept = databases.filter(({ isTemporary }) => !isTemporary);
  const redo = new Redo(kept, tables);
  identify(disk, kept);
  const durable = Math.max(0, ...kept.map(({ storedPosition }) => storedPosition));
  restoreImages(disk, kept, log);
  const content = readJournal(disk, neededFrom(kept), durable, tables, (record, site) =>
    redo.take(record, site),
  );
  redo.finish();
  const segments = [...content.older, ...content.segments];
  const counted = new Set(segments.map(({ segment }) => segment));
  const recovery = {
    end: content.end,
    segments,
    stale: disk.segments().filter((number) => !counted.has(number)),
    floor: content.floor,
    generation,
    records: content.records,
    redone: redo.redone,
    tornBytes: content.tornBytes,
    absent: new Map([...redo.absent, ...absentBefore(disk, content, kept)]),
  };
  if (recovery.absent.size > 0) {
    log.warn('the journal is kept for databases that are not open', {
      databases: [...recovery.absent.values()].join(', '),
    });
  }
  log.info('storage recovered', {
    position: recovery.end,
    records: recovery.records,
    redone: recovery.redone,
    tornBytes: recovery.tornBytes,
    sessions: tables.sessions.sessions.size,
    openTransactions: tables.transactions.open.size,
  });
  return recovery;
}

/** The position from which on the databases need the journal; undefined where one of them has no state at all. */
function neededFrom(databases: readonly DatabaseStore[]): number | undefined {
  const positions = databases.map(({ includedPosition }) => includedPosition);
  return positions.length === 0 || positions.includes(0) ? undefined : Math.min(...positions);
}

/** Gives each database whose page store is from before a gap the newest image of it. EcpError DAMAGED. */
function restoreImages(disk: JournalDisk, databases: readonly DatabaseStore[], log: Log): void {
  for (const { position, databases: images } of imagesFrom(disk, neededFrom(databases))) {
    for (const database of databases) {
      const image = images.get(database.uuid);
      if (image === undefined || database.includedPosition >= position) continue;
      // An older copy of its files: the image does not tell what became of it in the gap.
      if (image.base !== database.storedPosition) throw missing(database);
      database.restore(stateOf(image, database.capacity), position);
      log.warn('a database comes from its image behind a gap of the journal', {
        database: database.name,
        position,
      });
    }
  }
}

/**
 * Brings one database that was away to what the journal has of it, while others are in use. EcpError DAMAGED: changes
 * are missing, it must not be used as it is.
 */
export function catchUp(disk: JournalDisk, database: DatabaseStore, log: Log): void {
  const tables = emptyTables();
  const redo = new Redo([database], tables);
  identify(disk, [database]);
  restoreImages(disk, [database], log);
  readJournal(disk, undefined, 0, tables, (record, site) => redo.take(record, site));
}

/** For who reads the journal without bringing anything to its state. */
export function emptyTables(): RecordTables {
  return { sessions: new SessionTable(), transactions: new TransactionTable() };
}

/**
 * Finds which databases of the journal those are that have no page store yet: the one that last bore the name, if it
 * was in use to the end, or lacks changes. Else a new one, whatever had its name before. EcpError DAMAGED where the
 * page store was not always empty.
 */
function identify(disk: JournalDisk, databases: readonly DatabaseStore[]): void {
  const unstored = databases.filter(({ isStored }) => !isStored);
  if (unstored.length === 0) return;
  const last = new Map<string, CatalogueEntry>();
  const all = new Absences();
  readJournal(disk, undefined, 0, emptyTables(), (record, { position }) => {
    if (record.kind === 'catalogue')
      for (const entry of record.databases) last.set(entry.name, entry);
    all.take(record, position, () => true);
  });
  for (const database of unstored) {
    const entry = last.get(database.name);
    if (entry === undefined || !all.needs(entry)) continue;
    if (entry.isStored) {
      const problem = `the journal knows database ${entry.name}, its page store is empty`;
      throw new EcpError('DAMAGED', problem);
    }
    database.adopt(entry.uuid);
  }
}

/**
 * Older segments than those that were read are there to be kept, for a database that is not configured, or because
 * their removal was lost in a crash. From where on a recovery needs them, read to the end they tell; where they have
 * a hole they are of the last kind.
 */
function absentBefore(
  disk: JournalDisk,
  content: JournalContent,
  databases: readonly DatabaseStore[],
): ReadonlyMap<string, string> {
  const [first] = content.segments;
  if (content.older.length === 0 || first === undefined || first.start < content.floor)
    return new Map();
  const absences = new Absences();
  const configured = new Set(databases.map(({ uuid }) => uuid));
  try {
    readJournal(disk, undefined, 0, emptyTables(), (record, { position }) =>
      absences.take(record, position, ({ uuid }) => !configured.has(uuid)),
    );
  } catch (error) {
    if (!isEcpError(error, 'DAMAGED')) throw error;
    return new Map();
  }
  return absences.lacking;
}

/** Databases that the journal knows and that are not open: up to where their page stores lack changes. */
class Absences {
  #byNumber = new Map<number, CatalogueEntry>();
  /** By UUID: the last change. */
  readonly #lacking = new Map<string, { readonly name: string; readonly position: number }>();

  /** Those that lack something, names by UUID. */
  get lacking(): ReadonlyMap<string, string> {
    return new Map([...this.#lacking].map(([uuid, { name }]) => [uuid, name]));
  }

  /** Whether the journal must go on to be kept for it: it was in use at last, or lacks something. */
  needs({ uuid }: CatalogueEntry): boolean {
    const isInUse = [...this.#byNumber.values()].some((entry) => entry.uuid === uuid);
    return isInUse || this.#lacking.has(uuid);
  }

  /** The next record, and the position behind it; of a catalogue's databases, those count that are absent. */
  take(
    record: JournalRecord,
    position: number,
    isAbsent: (entry: CatalogueEntry) => boolean,
  ): void {
    if (record.kind === 'catalogue') {
      // The numbers mean others from here on.
      this.#byNumber = new Map();
      for (const entry of record.databases)
        if (isAbsent(entry)) this.#byNumber.set(entry.number, entry);
    } else if (record.kind === 'imageEnd') {
      for (const { number } of record.databases) this.#changed(number, position);
    } else if (record.kind === 'checkpoint') {
      const uuid = this.#byNumber.get(record.database)?.uuid;
      if (uuid !== undefined && (this.#lacking.get(uuid)?.position ?? Infinity) <= record.position)
        this.#lacking.delete(uuid);
    } else {
      const change = changeOf(record);
      if (change !== undefined) this.#changed(change.database, position);
    }
  }

  #changed(number: number, position: number): void {
    const entry = this.#byNumber.get(number);
    if (entry !== undefined) this.#lacking.set(entry.uuid, { name: entry.name, position });
  }
}

/** What a record changes in a database. */
function changeOf(record: JournalRecord): Change | undefined {
  const { kind } = record;
  const isChange = kind === 'change' || kind === 'transactionChange' || kind === 'compensation';
  return isChange ? record.change : undefined;
}

/** Applies records to what they are about: all of them, in order. */
export class Redo {
  redone = 0;
  readonly #databases: readonly DatabaseStore[];
  readonly #sessions: SessionTable;
  readonly #transactions: TransactionTable;
  #byNumber: (DatabaseStore | undefined)[] = [];
  #uuids = new Map<number, string>();
  #isFirst = true;
  /** Those whose page stores are from before the first segment that has them in use. */
  readonly #suspects = new Set<DatabaseStore>();
  readonly #absences = new Absences();

  constructor(databases: readonly DatabaseStore[], tables: RecordTables) {
    this.#databases = databases;
    this.#sessions = tables.sessions;
    this.#transactions = tables.transactions;
  }

  get absent(): ReadonlyMap<string, string> {
    return this.#absences.lacking;
  }

  take(record: JournalRecord, site: RecordSite): void {
    const { position, segmentStart } = site;
    this.#absences.take(record, position, ({ uuid }) => this.#find(uuid) === undefined);
    switch (record.kind) {
      case 'change':
        this.#change(record, position);
        return;
      case 'failure':
      case 'mark':
        this.#sessions.applied(record.session, record.epoch, record.sequence, record.result);
        return;
      case 'session':
        this.#sessions.put(record.session, record.name, record.incarnation, record.epoch);
        return;
      case 'sessionEnd':
        this.#sessions.remove(record.session);
        return;
      case 'catalogue':
        this.#catalogue(record.databases, segmentStart);
        return;
      case 'checkpoint':
      case 'table':
      case 'time':
      case 'restored':
      case 'imageBlock':
      case 'imageRemoved':
      case 'imageDetached':
      case 'imageLongValue':
      case 'imageEnd':
        return;
      default:
        this.#transaction(record, site);
    }
  }

  #transaction(record: TransactionRecord, { position, place }: RecordSite): void {
    switch (record.kind) {
      case 'transactionChange':
        this.#redo(record.change, undefined, position);
        this.#transactions.chained(
          record.transaction,
          place,
          this.#uuids.get(record.change.database),
        );
        this.#applied(record);
        return;
      case 'transactionLevel':
        this.#transactions.levelled(record, place);
        this.#applied(record);
        return;
      case 'transactionEnd':
        this.#transactions.ended(record.transaction, record.level, record.next);
        this.#applied(record);
        return;
      case 'compensation':
        if (record.change !== undefined) this.#redo(record.change, undefined, position);
        this.#transactions.undone(record.transaction, record.next);
        return;
      case 'transactionTable':
        return;
    }
  }

  #applied(record: { session: number; epoch: number; sequence: number }): void {
    if (record.session !== 0) this.#sessions.applied(record.session, record.epoch, record.sequence);
  }

  #redo(change: Change, result: Uint8Array | undefined, position: number): void {
    const database = this.#byNumber[change.database];
    if (database === undefined || position <= database.includedPosition) return;
    if (this.#suspects.has(database)) throw missing(database);
    if (change.kind !== 'increment') applyChange(database, change);
    else if (result !== undefined) database.set(change.key, result);
    this.redone++;
  }

  #find(uuid: string): DatabaseStore | undefined {
    return this.#databases.find((database) => database.uuid === uuid);
  }

  #change(record: JournalRecord & { readonly kind: 'change' }, position: number): void {
    const { session, epoch, sequence, change, result } = record;
    this.#redo(change, result, position);
    if (session === 0) return;
    const kept =
      result === undefined ? undefined : ({ kind: 'value', value: result.slice() } as const);
    this.#sessions.applied(session, epoch, sequence, kept);
  }

  /**
   * From here on the records use these numbers. A database that the oldest segment lists was in use then, so the
   * journal is kept for it from its page store's position on. If it is not, changes are missing; unless it was away
   * later without lacking anything, and the journal was not kept any more.
   */
  #catalogue(entries: readonly CatalogueEntry[], segmentStart: number): void {
    this.#byNumber = [];
    this.#uuids = new Map(entries.map(({ number, uuid }) => [number, uuid]));
    for (const { number, uuid } of entries) this.#byNumber[number] = this.#find(uuid);
    // Of one that is not journaled the journal promises nothing.
    const promised = new Set(entries.flatMap((entry) => (entry.isJournaled ? [entry.uuid] : [])));
    const inUse = this.#databases.filter(({ uuid }) => promised.has(uuid));
    if (this.#isFirst) {
      for (const database of inUse)
        if (database.includedPosition > 0 && database.includedPosition < segmentStart)
          this.#suspects.add(database);
    }
    this.#isFirst = false;
    for (const suspect of this.#suspects)
      if (!inUse.includes(suspect)) this.#suspects.delete(suspect);
  }

  /** All is read. EcpError DAMAGED where changes are missing. */
  finish(): void {
    for (const suspect of this.#suspects) throw missing(suspect);
  }
}

function missing({ name, storedPosition }: DatabaseStore): EcpError {
  const problem = `its changes from journal position ${storedPosition} on are missing`;
  return new EcpError('DAMAGED', `database ${name}: ${problem}`);
}
