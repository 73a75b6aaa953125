/**
 * The storage engine of an instance: its databases, their one buffer pool and one journal, the write daemon,
 * and what recovery found. Synchronous: a change is applied when `apply` returns, and durable when the
 * journal's durable position has reached the position that it returned.
 *
 * Databases come and go while it runs: each coming and going, and each switch of journaling, begins a segment of
 * the journal, whose catalogue says what the numbers in its records mean. A database that goes is stored first.
 *
 * Two states: open, and frozen after any failed append, sync or commit. A frozen engine reads, and refuses
 * changes with <FROZEN>; only a new start, which recovers, ends that (A.2.5).
 */
import { assert } from '../base/assert.ts';
import { EcpError } from '../base/errors.ts';
import {
  BUFFER_POOL_BYTES_DEFAULT,
  CHECKPOINT_INTERVAL_MS,
  CHECKPOINT_JOURNAL_BYTES,
  JOURNAL_BUFFER_BYTES_MAX,
  NAME_LENGTH_MAX,
} from '../base/limits.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { JournalDisk, JournalSource } from '../ports/journal-disk.ts';
import type { Log } from '../ports/log.ts';
import type { PageStore } from '../ports/page-store.ts';
import type { Random } from '../ports/random.ts';
import { applyChange, applyIncrement } from './apply.ts';
import { BufferPool } from './buffer-pool.ts';
import { type Change, checkChange, encodeChange } from './change.ts';
import { Checkpointer } from './checkpoint.ts';
import { DatabaseStore } from './database-store.ts';
import { followGaps, openJournal } from './engine-journal.ts';
import type { Journal } from './journal.ts';
import { JournalLookup } from './journal-lookup.ts';
import { JournalPins } from './journal-pins.ts';
import type { JournalSettings } from './journal-settings.ts';
import {
  beginChangeRecord,
  encodeFailure,
  encodeMark,
  encodeSession,
  encodeSessionEnd,
} from './journal-records.ts';
import { catchUp, recover, type Recovery } from './recovery.ts';
import { type Session, SessionTable } from './session-table.ts';
import { TransactionLog } from './transaction-log.ts';
import { TransactionTable } from './transaction-table.ts';

export interface EnginePorts {
  readonly journal: JournalDisk;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface DatabaseConfig {
  /** Its number in changes: of no other database as long as this engine lives; need not be the same at the next start. */
  readonly number: number;
  readonly name: string;
  /** For a new database; an old one keeps its own. */
  readonly blockSize: number;
  /** False: changes that no checkpoint included do not survive a crash. */
  readonly isJournaled: boolean;
  /** Globals whose changes are not journaled outside transactions: names, or beginnings of names and `*` (A.1.9). */
  readonly unjournaledGlobals?: readonly string[];
  /** True for TEMP: begins empty at each start. */
  readonly isTemporary?: boolean;
  readonly store: PageStore;
}

export interface EngineConfig extends Partial<JournalSettings> {
  readonly databases: readonly DatabaseConfig[];
  readonly bufferPoolBytes?: number;
  readonly checkpointJournalBytes?: number;
  readonly checkpointIntervalMs?: number;
  /** What a checkpoint encodes in one turn. */
  readonly captureSliceBytes?: number;
}

/** Where a change comes from: session 0 is the instance itself, whose sequence numbers mean nothing. */
export interface Origin {
  readonly session: number;
  readonly epoch: number;
  readonly sequence: number;
}

/** Of the codes in base/errors.ts; what a record takes. */
const ERROR_CODE_LENGTH_MAX = 64;

export const LOCAL: Origin = { session: 0, epoch: 0, sequence: 0 };

export interface Applied {
  /**
   * The change is durable when `durablePosition` has reached this. Of an unjournaled database only that it was
   * applied becomes durable, for its session's sake: 0 where it is a change of the instance itself.
   */
  readonly position: number;
  /** The value that an increment made. */
  readonly result: Uint8Array | undefined;
}

export class StorageEngine {
  /** What recovery did when this engine started. */
  readonly recovery: Recovery;
  readonly pool: BufferPool;
  /** What the journal is kept for beyond the checkpoints: see journal-pins.ts. */
  readonly pins = new JournalPins();
  readonly transactions: TransactionLog;
  readonly #journal: Journal;
  readonly #ports: EnginePorts;
  readonly #databases: DatabaseStore[];
  /** Those that take changes. */
  readonly #byNumber: (DatabaseStore | undefined)[] = [];
  /** Databases that are not open and for whose sake the journal is kept: names by UUID. */
  readonly #absent: Map<string, string>;
  /** By UUID, of all that were seen since the start: what is listed may be of one that is away. */
  readonly #names = new Map<string, string>();
  readonly #closing = new Set<Promise<void>>();
  readonly #table: SessionTable;
  readonly #checkpointer: Checkpointer;
  readonly #checkpointJournalBytes: number;
  #checkpointIntervalMs: number;
  #checkpointTimer: Timer | undefined;
  #isClosed = false;
  /** Somebody was told to wait. */
  #wasOverloaded = false;
  readonly #reliefListeners: (() => void)[] = [];
  /** One for all that wait: however many do, they take no room here. */
  #relief: PromiseWithResolvers<void> | undefined;

  private constructor(ports: EnginePorts, config: EngineConfig) {
    this.#ports = ports;
    this.pool = new BufferPool(config.bufferPoolBytes ?? BUFFER_POOL_BYTES_DEFAULT);
    this.#databases = [];
    for (const one of config.databases) this.#add(this.prepare(one));
    this.#table = new SessionTable();
    const tables = { sessions: this.#table, transactions: new TransactionTable() };
    this.recovery = recover(ports.journal, this.#databases, tables, ports.log);
    this.#absent = new Map(this.recovery.absent);
    for (const [uuid, name] of this.#absent) this.#names.set(uuid, name);
    // Recovery has found out who they are.
    for (const { uuid, name } of this.#databases) this.#names.set(uuid, name);
    // How far the page store of a database is that is not open, nobody knows: as far as was needed at last.
    const { floor } = this.recovery;
    this.pins.add({
      reason: 'databases that are away',
      position: () => (this.#absent.size > 0 ? floor : undefined),
    });
    this.#journal = openJournal(ports, this.recovery, config, {
      databases: () => this.#databases,
      tables,
      isStoring: () => this.#checkpointer.isRunning,
    });
    this.#checkpointer = new Checkpointer(
      this.#journal,
      () => this.#databases,
      tables,
      ports,
      this.pins,
      config.captureSliceBytes,
    );
    this.transactions = this.#transactionLog(tables.transactions);
    this.#checkpointJournalBytes = config.checkpointJournalBytes ?? CHECKPOINT_JOURNAL_BYTES;
    this.#checkpointIntervalMs = config.checkpointIntervalMs ?? CHECKPOINT_INTERVAL_MS;
    this.#journal.onDurable(() => this.#relieve());
    this.#checkpointer.onCompleted(() => {
      // Writers may be waiting for the next one: no change would start it.
      if (this.#databases.some(({ isDirty }) => isDirty)) this.#checkpointIfDue();
      this.#relieve();
    });
    this.#journal.onFrozen((error) => {
      ports.log.error('storage is frozen', { cause: String(error.cause) });
      this.#relieve();
    });
    followGaps(this.#journal, ports.log, () => this.checkpoint());
    this.#journal.onGap(() => this.#relieve());
  }

  #transactionLog(table: TransactionTable): TransactionLog {
    this.pins.add({ reason: 'open transactions', position: () => table.oldestPosition });
    const lookup = new JournalLookup(this.#ports.journal, this.#journal);
    return new TransactionLog(this.#journal, lookup, table, {
      clock: this.#ports.clock,
      database: (number) => this.database(number),
      databaseOf: (uuid) => this.#databases.find((database) => database.uuid === uuid),
      applied: ({ session, epoch, sequence }) => {
        if (session !== 0) this.#table.applied(session, epoch, sequence);
      },
      changed: () => this.#checkpointIfDue(),
      lost: ({ number }) =>
        this.#ports.log.error(
          'a rollback ends at a gap of the journal: what was changed before stays',
          {
            transaction: number,
          },
        ),
      assertRoom: (database, change) => this.#assertRoom(database, change),
    });
  }

  /** Recovers and opens. EcpError DAMAGED where what was durable cannot be read; FROZEN on a failing disk. */
  static open(ports: EnginePorts, config: EngineConfig): StorageEngine {
    const engine = new StorageEngine(ports, config);
    // Makes the segment's number durable, and with it the generation of identifiers.
    engine.#journal.requestSync();
    engine.#journal.assertOpen();
    return engine;
  }

  get databases(): readonly DatabaseStore[] {
    return this.#databases;
  }

  /** Reads what a database's files are; to be mounted, or closed. EcpError DAMAGED. */
  prepare(config: DatabaseConfig): DatabaseStore {
    const { log, random } = this.#ports;
    return new DatabaseStore({ ...config, uuid: random.uuid() }, config.store, this.pool, log);
  }

  #add(database: DatabaseStore): void {
    this.#names.set(database.uuid, database.name);
    const { number, name, uuid } = database;
    assert(this.#byNumber[number] === undefined, 'database numbers are unique');
    const twin = this.#databases.find((other) => other.uuid === uuid);
    if (twin !== undefined)
      throw new EcpError('DATABASE', `the files of ${name} are those of ${twin.name}`);
    this.#databases.push(database);
    this.#byNumber[number] = database;
  }

  #remove(database: DatabaseStore): void {
    this.#databases.splice(this.#databases.indexOf(database), 1);
    this.#byNumber[database.number] = undefined;
  }

  /** Whether the journal has changes of a database that is not open, and is kept for them. */
  lacksChanges(name: string): boolean {
    return [...this.#absent.values()].includes(name);
  }

  /** The name of a database that is or was open since the start, or that recovery has missed. */
  nameOf(uuid: string): string | undefined {
    return this.#names.get(uuid);
  }

  /**
   * Takes a prepared database into use, with what the journal has of it; from the segment that begins here its number
   * is its own. EcpError, and nothing was changed: DATABASE or DAMAGED where its files are not what they should be,
   * FROZEN.
   */
  mount(database: DatabaseStore): void {
    this.#journal.assertWhole();
    this.#checkFiles(database);
    this.#journal.flush();
    // The segment's number is durable before any identifier is: no later start takes it again (rule R13).
    const segment = this.#journal.nextSegment(database.generation);
    database.start(segment);
    const isKnown = this.#absent.has(database.uuid) || !database.isStored;
    if (isKnown && this.lacksChanges(database.name)) {
      const { journal, log } = this.#ports;
      catchUp(journal, database, log);
    }
    this.#add(database);
    this.#journal.rotate(segment);
    try {
      this.#journal.assertWhole();
    } catch (error) {
      this.#remove(database);
      throw error;
    }
    this.#absent.delete(database.uuid);
    this.checkpoint();
  }

  /** Of what the files themselves and the journal tell. */
  #checkFiles({ name, uuid, isStored, storedPosition }: DatabaseStore): void {
    if (!isStored) return;
    if (storedPosition > this.position)
      throw new EcpError('DATABASE', `the files of ${name} are of another instance`);
    if (!this.#absent.has(uuid) && this.lacksChanges(name)) {
      const problem = 'are of another database than the one the journal is kept for';
      throw new EcpError('DATABASE', `the files of ${name} ${problem}`);
    }
  }

  /**
   * Takes a database out of use: no change enters any more. `done` follows when all of it is stored and its files are
   * closed, or with an error where that failed; it then stays open, as it is.
   */
  dismount(database: DatabaseStore, done: (error: unknown) => void): void {
    this.#byNumber[database.number] = undefined;
    this.checkpoint((error) => {
      if (error !== undefined && error !== null) {
        done(error);
        return;
      }
      this.#remove(database);
      this.#journal.rotate();
      const closing = database.close().then(() => done(undefined), done);
      this.#closing.add(closing);
      void closing.finally(() => this.#closing.delete(closing));
    });
  }

  /**
   * Journals later changes of a database, or no longer. What was changed without a journal is in no record: the
   * checkpoint that follows at once stores it, so that a crash after it loses nothing from before the switch.
   */
  setJournaled(database: DatabaseStore, isJournaled: boolean): void {
    if (database.isJournaled === isJournaled) return;
    this.#journal.assertWhole();
    database.isJournaled = isJournaled;
    this.#journal.rotate();
    this.checkpoint();
  }

  /** Globals whose changes are not journaled outside transactions (A.1.9); switched as journaling is. */
  setUnjournaledGlobals(database: DatabaseStore, patterns: readonly string[]): void {
    if (patterns.join() === database.unjournaledGlobals.join()) return;
    this.#journal.assertOpen();
    database.unjournaledGlobals = patterns;
    this.checkpoint();
  }

  /** Another longest time between a change and its checkpoint. */
  setCheckpointInterval(intervalMs: number): void {
    if (intervalMs === this.#checkpointIntervalMs) return;
    this.#checkpointIntervalMs = intervalMs;
    if (this.#checkpointTimer === undefined) return;
    this.#checkpointTimer.cancel();
    this.#checkpointTimer = undefined;
    this.#checkpointIfDue();
  }

  /** EcpError DATABASE if there is none of this number. */
  database(number: number): DatabaseStore {
    const database = this.#byNumber[number];
    if (database === undefined) {
      throw new EcpError('DATABASE', `no database has number ${number}`);
    }
    return database;
  }

  /** The sessions that are remembered, by number. */
  get sessions(): ReadonlyMap<number, Session> {
    return this.#table.sessions;
  }

  /** Sessions of epochs below this are of before a restore (rule R15). */
  get lostBelow(): number {
    return this.#table.lostBelow;
  }

  /** The position after the last record of the journal. */
  get position(): number {
    return this.#journal.position;
  }

  get durablePosition(): number {
    return this.#journal.durablePosition;
  }

  /** The journal's writing end: its figures. */
  get journal(): Journal {
    return this.#journal;
  }

  /** The journal's reading end. */
  get journalSource(): JournalSource {
    return this.#ports.journal;
  }

  get checkpoints(): Checkpointer {
    return this.#checkpointer;
  }

  get frozen(): EcpError | undefined {
    return this.#journal.frozen;
  }

  /**
   * Writers should wait: so much is unsynced or dirty that the disk must catch up first (rule R10). False when it
   * never will: writers then hear <FROZEN>.
   */
  get isOverloaded(): boolean {
    if (this.frozen !== undefined) return false;
    const isOverloaded =
      this.#journal.unsyncedBytes > JOURNAL_BUFFER_BYTES_MAX || this.pool.isOverfull;
    if (isOverloaded) this.#wasOverloaded = true;
    return isOverloaded;
  }

  /**
   * Applies a change to its database and journals it. EcpError FROZEN, DATABASE, SUBSCRIPT, MAXSTRING,
   * MAXNUMBER, DAMAGED: then nothing was changed. Of changes in transactions only those are made here that are never
   * undone ($INCREMENT, and all in temporary databases): they are journaled whatever the database says (A.1.9).
   */
  apply(change: Change, origin: Origin = LOCAL, isInTransaction = false): Applied {
    this.#journal.assertOpen();
    assert(!this.#isClosed, 'a closed engine gets no change');
    checkChange(change);
    const database = this.database(change.database);
    this.#assertRoom(database, change);
    let result: Uint8Array | undefined;
    if (change.kind === 'increment') result = applyIncrement(database, change.key, change.by);
    else applyChange(database, change);
    const { session, epoch, sequence } = origin;
    const kept = result === undefined ? undefined : ({ kind: 'value', value: result } as const);
    let position = 0;
    if (database.journals(change, isInTransaction)) {
      const writer = this.#journal.begin();
      beginChangeRecord(writer, session, epoch, sequence);
      encodeChange(writer, change);
      if (result !== undefined) writer.blob(result);
      position = this.#journal.end();
    } else if (session !== 0) {
      encodeMark(this.#journal.begin(), session, epoch, sequence, kept);
      position = this.#journal.end();
    }
    if (session !== 0) this.#table.applied(session, epoch, sequence, kept);
    this.#checkpointIfDue();
    return { position, result };
  }

  /** EcpError FILEFULL. The checkpoint that it starts makes room where replaced blocks took it (room.ts). */
  #assertRoom(database: DatabaseStore, change: Change): void {
    if (change.kind !== 'set' && change.kind !== 'increment') return;
    try {
      database.assertRoom(change.kind === 'set' ? change.value.length : 0);
    } catch (error) {
      if (database.isDirty && !this.#checkpointer.isRunning) this.checkpoint();
      throw error;
    }
  }

  /**
   * Merges the block that holds `key` with the next, where both are sparse; where to go on, undefined at the end.
   * EcpError FROZEN, DAMAGED.
   */
  compactAt(database: DatabaseStore, key: Uint8Array): Uint8Array | undefined {
    this.#journal.assertOpen();
    const next = database.compactAt(key);
    this.#checkpointIfDue();
    return next;
  }

  /** Notes durably that a session's change was refused, so that a replay gets the same answer. */
  refuse(origin: Origin, code: string): number {
    const { session, epoch, sequence } = origin;
    assert(code.length <= ERROR_CODE_LENGTH_MAX, 'an error code is short');
    encodeFailure(this.#journal.begin(), session, epoch, sequence, code);
    this.#table.applied(session, epoch, sequence, { kind: 'failure', code });
    return this.#journal.end();
  }

  /** Notes durably that a session's request was taken which changes no database. */
  mark({ session, epoch, sequence }: Origin): number {
    encodeMark(this.#journal.begin(), session, epoch, sequence, undefined);
    this.#table.applied(session, epoch, sequence);
    return this.#journal.end();
  }

  /** Forgets kept results of a session up to a sequence number that its app server has. */
  confirm(session: number, sequence: number): void {
    this.#table.confirm(session, sequence);
  }

  /** Remembers a new session, with an epoch of its own. Durable with the journal's position. */
  openSession(name: string, incarnation: string): Session {
    return this.#putSession(this.#table.nextNumber, name, incarnation);
  }

  /** Raises a session's epoch: nothing of the old one is ever applied again, and its results are gone. */
  renewSession(number: number, incarnation?: string): Session {
    const session = this.#table.sessions.get(number);
    assert(session !== undefined, 'a session that is renewed is remembered');
    return this.#putSession(number, session.name, incarnation ?? session.incarnation);
  }

  /** Forgets a session. */
  closeSession(number: number): number {
    encodeSessionEnd(this.#journal.begin(), number);
    this.#table.remove(number);
    return this.#journal.end();
  }

  #putSession(number: number, name: string, incarnation: string): Session {
    assert(
      name.length <= NAME_LENGTH_MAX && incarnation.length <= NAME_LENGTH_MAX,
      'names of sessions are as long as limits.ts says',
    );
    const epoch = this.#table.nextEpoch;
    encodeSession(this.#journal.begin(), number, name, incarnation, epoch);
    this.#journal.end();
    return this.#table.put(number, name, incarnation, epoch);
  }

  /** Hands gathered records to the disk, not yet durable: once a frame or turn. */
  flush(): void {
    this.#journal.flush();
  }

  /** Makes everything applied so far durable as soon as the disk can; see onDurable. */
  requestSync(): void {
    this.#journal.requestSync();
  }

  /** Calls after each sync, with the durable position. Listeners stay for the engine's life. */
  onDurable(listener: (position: number) => void): void {
    this.#journal.onDurable(listener);
  }

  /** Calls when writers that waited because of `isOverloaded` may go on. */
  onRelief(listener: () => void): void {
    this.#reliefListeners.push(listener);
  }

  /** What a writer waits for before its next change: nothing, unless the engine is overloaded. Never rejects. */
  whenRelieved(): Promise<void> | undefined {
    if (!this.isOverloaded) return undefined;
    this.#relief ??= Promise.withResolvers();
    return this.#relief.promise;
  }

  #relieve(): void {
    if (!this.#wasOverloaded || this.isOverloaded) return;
    this.#wasOverloaded = false;
    this.#relief?.resolve();
    this.#relief = undefined;
    for (const listener of this.#reliefListeners) listener();
  }

  onFrozen(listener: (error: EcpError) => void): void {
    this.#journal.onFrozen(listener);
  }

  /** Writes all that is dirty to the page stores. `done` comes with an error if that failed. */
  checkpoint(done?: (error: unknown) => void): void {
    this.#checkpointTimer?.cancel();
    this.#checkpointTimer = undefined;
    this.#checkpointer.run(done);
  }

  /** Makes everything durable, writes a last checkpoint and closes the stores. A frozen engine only closes. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#checkpointTimer?.cancel();
    // An open gap is closed now, or the engine is frozen: there is no later.
    if (this.#journal.gap !== undefined) this.#journal.configure({ freezeOnError: true });
    await new Promise<void>((resolve) => {
      this.#checkpointer.run(() => {
        resolve();
      });
    });
    if (this.frozen === undefined) {
      await new Promise<void>((resolve) => {
        this.#journal.onFrozen(() => {
          resolve();
        });
        const target = this.position;
        const check = (): void => {
          if (this.durablePosition >= target) resolve();
        };
        this.onDurable(check);
        this.requestSync();
        check();
      });
    }
    this.#journal.close();
    await Promise.all(this.#closing);
    for (const database of this.#databases) await database.close();
  }

  #checkpointIfDue(): void {
    if (this.#checkpointer.isRunning || this.#isClosed || this.#journal.gap !== undefined) return;
    const journaled = this.#journal.position - this.#checkpointer.lastPosition;
    if (this.pool.wantsCheckpoint || journaled > this.#checkpointJournalBytes) {
      this.checkpoint();
    } else {
      this.#checkpointTimer ??= this.#ports.clock.after(this.#checkpointIntervalMs, () => {
        this.#checkpointTimer = undefined;
        if (this.frozen === undefined) this.checkpoint();
      });
    }
  }
}
