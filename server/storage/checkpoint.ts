/**
 * The write daemon: carries what is dirty into the page stores.
 *
 *   1. the tables of sessions and transactions go into the journal (rule R15); position P is what the journal then holds
 *   2. every database's dirty blocks are set aside in one step: the state at P (capture.ts)
 *   3. the journal is synced to P: a page store must never be ahead of the journal (rule R9)
 *   4. one database after the other encodes what it set aside, in slices between which everything else goes on, and
 *      commits it and P in one atomic commit
 *   5. journal segments that no recovery needs any more are removed
 *
 * A failed commit freezes the engine: the blocks handed to it count neither as stored nor as dirty.
 */
import { CAPTURE_SLICE_BYTES } from '../base/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PageBatch } from '../ports/page-store.ts';
import type { DatabaseStore } from './database-store.ts';
import type { Journal } from './journal.ts';
import type { JournalPins } from './journal-pins.ts';
import { encodeCheckpoint, encodeTable, type RecordTables } from './journal-records.ts';
import { encodeTransactionTable } from './transaction-records.ts';

export class Checkpointer {
  readonly #journal: Journal;
  /** Those that are open at the time. */
  readonly #databases: () => readonly DatabaseStore[];
  readonly #tables: RecordTables;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #sliceBytes: number;
  /** Position of the checkpoint under way. */
  #position: number | undefined;
  /** What waits for the journal to be synced, then for the commit before. */
  #commits: DatabaseStore[] = [];
  #isCommitting = false;
  #lastPosition: number;
  /** What the journal is kept for as of the checkpoint under way: a transaction that ended since may be open again after a crash. */
  #pinned: number | undefined;
  readonly #pins: JournalPins;
  #completed = 0;
  readonly #listeners: (() => void)[] = [];
  #waiting: ((error: unknown) => void)[] = [];
  #nextWaiting: ((error: unknown) => void)[] = [];

  constructor(
    journal: Journal,
    databases: () => readonly DatabaseStore[],
    tables: RecordTables,
    ports: { readonly log: Log; readonly clock: Clock },
    pins: JournalPins,
    sliceBytes = CAPTURE_SLICE_BYTES,
  ) {
    this.#sliceBytes = sliceBytes;
    this.#clock = ports.clock;
    this.#pins = pins;
    this.#journal = journal;
    this.#databases = databases;
    this.#tables = tables;
    this.#log = ports.log;
    this.#lastPosition = journal.position;
    journal.onDurable(() => this.#proceed());
    journal.onFrozen((error) => this.#finish(error));
    journal.onGap((_gap, isClosed) => {
      if (!isClosed) this.#cancel();
    });
  }

  get isRunning(): boolean {
    return this.#position !== undefined;
  }

  /** Checkpoints completed. */
  get completed(): number {
    return this.#completed;
  }

  /** Where the journal stood at the last checkpoint. */
  get lastPosition(): number {
    return this.#lastPosition;
  }

  /** Calls after each checkpoint that succeeded. */
  onCompleted(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Starts a checkpoint of all that is dirty now; `done` follows when it is durable, with an error if it
   * failed. While one is under way, another follows it.
   */
  run(done: (error: unknown) => void = () => undefined): void {
    const { frozen } = this.#journal;
    if (frozen !== undefined) {
      done(frozen);
      return;
    }
    if (this.isRunning) {
      this.#nextWaiting.push(done);
      return;
    }
    this.#waiting.push(done);
    // In a gap nothing is set aside: when it is closed, a checkpoint follows.
    if (this.#journal.gap === undefined) this.#capture();
  }

  #capture(): void {
    const journal = this.#journal;
    encodeTable(journal.begin(), this.#tables.sessions);
    encodeTransactionTable(journal.begin(), this.#tables.transactions);
    journal.end();
    journal.flush();
    if (journal.frozen !== undefined || journal.gap !== undefined) return;
    const { position } = journal;
    this.#position = position;
    this.#pinned = this.#pins.lowest;
    // A database without changes stores the position all the same: it would hold the journal back.
    this.#commits = [...this.#databases()];
    for (const database of this.#commits) database.beginCommit(position);
    journal.requestSync();
    this.#proceed();
  }

  /** A gap begins. What waits for the journal is taken back: its position is lost, and nothing may be stored as of it. */
  #cancel(): void {
    const position = this.#position;
    if (position === undefined || position <= this.#journal.durablePosition) return;
    for (const database of this.#commits.splice(0)) database.cancelCommit();
    this.#position = undefined;
    this.#waiting.push(...this.#nextWaiting.splice(0));
  }

  /** Takes the next step that the journal and the commit before allow. */
  #proceed(): void {
    const position = this.#position;
    if (position === undefined || this.#isCommitting) return;
    if (this.#journal.frozen !== undefined || this.#journal.durablePosition < position) return;
    const next = this.#commits.shift();
    if (next === undefined) {
      this.#complete(position);
      return;
    }
    this.#isCommitting = true;
    this.#prepare(next, position);
  }

  /** Encodes what the database set aside, slice by slice, and commits it. */
  #prepare(database: DatabaseStore, position: number): void {
    if (this.#journal.frozen !== undefined) return;
    let batch: PageBatch | undefined;
    try {
      batch = database.prepareCommit(this.#sliceBytes);
    } catch (error) {
      // What was set aside counts neither as stored nor as dirty.
      this.#log.error('a checkpoint could not be captured', { cause: String(error) });
      this.#journal.freeze(error);
      return;
    }
    if (batch === undefined) this.#clock.after(0, () => this.#prepare(database, position));
    else database.commit(batch, (error) => this.#committed(database, position, error));
  }

  #committed(database: DatabaseStore, position: number, error: unknown): void {
    this.#isCommitting = false;
    if (error !== undefined && error !== null) {
      this.#log.error('a checkpoint failed', { database: database.name });
      this.#journal.freeze(error);
      return;
    }
    database.commitDone(position);
    if (this.#journal.frozen !== undefined) return;
    encodeCheckpoint(this.#journal.begin(), database.number, position);
    this.#journal.end();
    this.#proceed();
  }

  #complete(position: number): void {
    this.#lastPosition = position;
    this.#completed++;
    // One that was mounted meanwhile is not part of this checkpoint: it holds the journal until the next.
    const positions = this.#databases().map(({ storedPosition }) => storedPosition);
    const pinned = [this.#pinned ?? position, this.#pins.lowest ?? position];
    try {
      this.#journal.trim(Math.min(position, ...pinned, ...positions));
    } catch (error) {
      // The segment only takes room; the next checkpoint tries again.
      this.#log.warn('a journal segment could not be removed', { cause: String(error) });
    }
    this.#finish(undefined);
    for (const listener of this.#listeners) listener();
  }

  #finish(error: unknown): void {
    this.#position = undefined;
    this.#commits = [];
    const done = this.#waiting;
    this.#waiting = this.#nextWaiting;
    this.#nextWaiting = [];
    if (error !== undefined) done.push(...this.#waiting.splice(0));
    for (const callback of done) callback(error);
    if (this.#waiting.length > 0 && !this.isRunning && this.#journal.gap === undefined)
      this.#capture();
  }
}
