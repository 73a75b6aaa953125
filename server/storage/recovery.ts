/**
 * Crash recovery: logical redo. Each database's page store is at the position its header names; the journal's
 * records after it are applied again, by the same code that applied them first. Redo is idempotent: a crash
 * during recovery changes nothing on disk but for an abandoned segment.
 *
 * The session table is rebuilt from the oldest segment that is read on: each begins with the whole table.
 */
import { EcpError } from '../base/errors.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { Log } from '../ports/log.ts';
import { applyChange } from './apply.ts';
import type { DatabaseStore } from './database-store.ts';
import type { CatalogueEntry, JournalRecord } from './journal-format.ts';
import { type ReadSegment, readJournal } from './journal-reader.ts';
import type { SessionTable } from './session-table.ts';

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
    (record, position) => redo.take(record, position),
  );
  const recovery = {
    end: content.end,
    segments: content.segments,
    generation,
    records: content.records,
    redone: redo.redone,
    tornBytes: content.tornBytes,
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

class Redo {
  redone = 0;
  readonly #databases: readonly DatabaseStore[];
  readonly #table: SessionTable;
  readonly #log: Log;
  #byNumber: (DatabaseStore | undefined)[] = [];

  constructor(databases: readonly DatabaseStore[], table: SessionTable, log: Log) {
    this.#databases = databases;
    this.#table = table;
    this.#log = log;
  }

  take(record: JournalRecord, position: number): void {
    switch (record.kind) {
      case 'change':
        this.#change(record, position);
        return;
      case 'failure':
        this.#table.applied(record.session, record.epoch, record.sequence, record.result);
        return;
      case 'session':
        this.#table.put(record.session, record.name, record.incarnation, record.epoch);
        return;
      case 'sessionEnd':
        this.#table.remove(record.session);
        return;
      case 'catalogue':
        this.#catalogue(record.databases);
        return;
      case 'table':
      case 'checkpoint':
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
    if (session === 0) return;
    const kept =
      result === undefined ? undefined : ({ kind: 'value', value: result.slice() } as const);
    this.#table.applied(session, epoch, sequence, kept);
  }

  /** From here on the records use these numbers. */
  #catalogue(entries: readonly CatalogueEntry[]): void {
    this.#byNumber = [];
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
      if (database === undefined) {
        this.#log.warn('the journal has changes of a database that is not configured', {
          database: name,
        });
      }
      this.#byNumber[number] = database;
    }
  }
}
