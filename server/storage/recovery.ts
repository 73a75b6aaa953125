/**
 * Crash recovery: logical redo. Each database's page store is at the position its header names; the journal's
 * records after it are applied again, by the same code that applied them first. Redo is idempotent: a crash
 * during recovery changes nothing on disk but for an abandoned segment.
 *
 * The session table is rebuilt from the oldest segment that is read on: each begins with the whole table.
 */
import { EcpError, isEcpError } from '../base/errors.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { Log } from '../ports/log.ts';
import { applyChange } from './apply.ts';
import type { DatabaseStore } from './database-store.ts';
import type { CatalogueEntry, JournalRecord } from './journal-format.ts';
import { type JournalContent, type ReadSegment, readJournal } from './journal-reader.ts';
import { SessionTable } from './session-table.ts';

export interface Recovery {
  /** Where the journal goes on. */
  readonly end: number;
  readonly segments: readonly ReadSegment[];
  /** Of identifiers, and the number of the segment that this start opens: above any there was. */
  readonly generation: number;
  /** Records read, and those of them applied again to a database. */
  readonly records: number;
  readonly redone: number;
  readonly tornBytes: number;
  /**
   * The journal is kept from here on: it has changes of a database that is not configured now and whose page store
   * lacks them. Infinity where there are none.
   */
  readonly heldFrom: number;
}

/** Brings the databases and the table to the state of the last readable record. EcpError DAMAGED. */
export function recover(
  disk: JournalDisk,
  databases: readonly DatabaseStore[],
  table: SessionTable,
  log: Log,
): Recovery {
  const generation =
    1 + Math.max(0, ...disk.segments(), ...databases.map((database) => database.generation));
  for (const database of databases) database.start(generation);
  const journaled = databases.filter(({ isJournaled }) => isJournaled);
  const stored = journaled.filter(({ isStored }) => isStored);
  const positions = stored.map(({ storedPosition }) => storedPosition);
  const isComplete = positions.length > 0 && stored.length === journaled.length;
  const redo = new Redo(journaled, table, log);
  const content = readJournal(
    disk,
    isComplete ? Math.min(...positions) : undefined,
    Math.max(0, ...positions),
    table,
    (record, position, segmentStart) => redo.take(record, position, segmentStart),
  );
  const recovery = {
    end: content.end,
    segments: content.segments,
    generation,
    records: content.records,
    redone: redo.redone,
    tornBytes: content.tornBytes,
    heldFrom: Math.min(redo.heldFrom, heldBefore(disk, content, journaled)),
  };
  log.info('storage recovered', {
    position: recovery.end,
    records: recovery.records,
    redone: recovery.redone,
    tornBytes: recovery.tornBytes,
    sessions: table.sessions.size,
  });
  return recovery;
}

/**
 * Older segments than those that were read are there for a database that is not configured, or because their removal
 * was lost in a crash. Read to the end they tell; where they have a hole they are of the second kind.
 */
function heldBefore(
  disk: JournalDisk,
  content: JournalContent,
  databases: readonly DatabaseStore[],
): number {
  const [oldest] = disk.segments();
  const [first] = content.segments;
  if (oldest === undefined || first === undefined || oldest >= first.segment) return Infinity;
  const absences = new Absences();
  const configured = new Set(databases.map(({ uuid }) => uuid));
  try {
    readJournal(disk, undefined, 0, new SessionTable(), (record, position) => {
      if (record.kind === 'catalogue') {
        absences.clear();
        for (const { number, uuid } of record.databases) {
          if (!configured.has(uuid)) absences.add(number, uuid);
        }
      } else if (record.kind === 'change') {
        absences.changed(record.change.database, position);
      } else if (record.kind === 'checkpoint') {
        absences.stored(record.database, record.position);
      }
    });
  } catch (error) {
    if (!isEcpError(error, 'DAMAGED')) throw error;
    return Infinity;
  }
  return absences.heldFrom;
}

/** Databases that the journal knows and nobody configured: since where their page stores lack changes. */
class Absences {
  /** Their names for ever, by number; and positions by name. */
  readonly #uuids = new Map<number, string>();
  readonly #lacking = new Map<string, number>();

  /** The lowest position from which one of them lacks changes; Infinity where none does. */
  get heldFrom(): number {
    return Math.min(Infinity, ...this.#lacking.values());
  }

  /** The numbers mean others from here on. */
  clear(): void {
    this.#uuids.clear();
  }

  add(number: number, uuid: string): void {
    this.#uuids.set(number, uuid);
  }

  changed(number: number, position: number): void {
    const uuid = this.#uuids.get(number);
    if (uuid !== undefined && !this.#lacking.has(uuid)) this.#lacking.set(uuid, position);
  }

  /** A checkpoint: up to there it lacks nothing. */
  stored(number: number, position: number): void {
    const uuid = this.#uuids.get(number);
    if (uuid !== undefined && (this.#lacking.get(uuid) ?? Infinity) <= position)
      this.#lacking.delete(uuid);
  }
}

class Redo {
  redone = 0;
  readonly #databases: readonly DatabaseStore[];
  readonly #table: SessionTable;
  readonly #log: Log;
  #byNumber: (DatabaseStore | undefined)[] = [];
  #isFirst = true;
  readonly #absences = new Absences();

  constructor(databases: readonly DatabaseStore[], table: SessionTable, log: Log) {
    this.#databases = databases;
    this.#table = table;
    this.#log = log;
  }

  get heldFrom(): number {
    return this.#absences.heldFrom;
  }

  take(record: JournalRecord, position: number, segmentStart: number): void {
    switch (record.kind) {
      case 'change':
        this.#change(record, position);
        return;
      case 'failure':
      case 'mark':
        this.#table.applied(record.session, record.epoch, record.sequence, record.result);
        return;
      case 'session':
        this.#table.put(record.session, record.name, record.incarnation, record.epoch);
        return;
      case 'sessionEnd':
        this.#table.remove(record.session);
        return;
      case 'catalogue':
        this.#catalogue(record.databases, segmentStart);
        return;
      case 'checkpoint':
        this.#absences.stored(record.database, record.position);
        return;
      case 'table':
        return;
    }
  }

  #change(record: JournalRecord & { readonly kind: 'change' }, position: number): void {
    const { session, epoch, sequence, change, result } = record;
    const database = this.#byNumber[change.database];
    if (database !== undefined && position > database.storedPosition) {
      if (change.kind !== 'increment') applyChange(database, change);
      else if (result !== undefined) database.set(change.key, result);
      this.redone++;
    }
    this.#absences.changed(change.database, position);
    if (session === 0) return;
    const kept =
      result === undefined ? undefined : ({ kind: 'value', value: result.slice() } as const);
    this.#table.applied(session, epoch, sequence, kept);
  }

  /**
   * From here on the records use these numbers. A database that the oldest segment lists was in use then, so the
   * journal was kept for it: that it needs more is damage. One that is not listed was away, and lacks nothing.
   */
  #catalogue(entries: readonly CatalogueEntry[], segmentStart: number): void {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    this.#byNumber = [];
    this.#absences.clear();
    for (const { number, uuid, name, isStored } of entries) {
      let database = this.#databases.find((candidate) => candidate.uuid === uuid);
      if (database === undefined) {
        const namesake = this.#databases.find((candidate) => candidate.name === name);
        if (namesake?.isStored === false) {
          namesake.adopt(uuid);
          database = namesake;
        }
      }
      if (isStored && database?.isStored === false) {
        throw new EcpError(
          'DAMAGED',
          `the journal knows database ${name}, its page store is empty`,
        );
      }
      if (isFirst && database?.isStored === true && database.storedPosition < segmentStart) {
        throw new EcpError(
          'DAMAGED',
          `database ${name}: its changes from journal position ${database.storedPosition} on are missing`,
        );
      }
      if (database === undefined) {
        this.#absences.add(number, uuid);
        this.#log.warn('the journal has changes of a database that is not configured', {
          database: name,
        });
      }
      this.#byNumber[number] = database;
    }
  }
}
