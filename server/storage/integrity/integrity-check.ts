/** Checks of databases and a journal, one after the other, in slices. */
import { bareMessage, isEcpError, messageOf } from '../../base/errors.ts';
import type { PageSnapshot } from '../../ports/page-store.ts';
import type { JournalSource } from '../../ports/journal-disk.ts';
import {
  CANNOT_OPEN,
  type CheckedJournal,
  DatabaseCheck,
  type DatabaseCheckOptions,
  type DatabaseFigures,
} from './database-check.ts';
import { Findings } from './findings.ts';
import { JournalCheck, type JournalFigures } from './journal-check.ts';

export interface DatabaseToCheck extends Omit<DatabaseCheckOptions, 'journal'> {
  /** Opened when its turn comes, and closed. An EcpError is a finding: its header is not what it was, or its key missing. */
  readonly open: () => PageSnapshot;
}

export interface IntegrityScope {
  /** Undefined: the journal is not looked at. */
  readonly journal:
    | { readonly source: JournalSource; readonly durable: number; readonly isLive: boolean }
    | undefined;
  readonly databases: readonly DatabaseToCheck[];
}

export class IntegrityCheck {
  readonly findings = new Findings();
  /** By database, those that were begun. */
  readonly databases = new Map<string, DatabaseFigures>();
  readonly #scope: IntegrityScope;
  readonly #steps: Generator<number, void>;
  #journal: JournalCheck | undefined;
  #isDone = false;
  #bytes = 0;

  constructor(scope: IntegrityScope) {
    this.#scope = scope;
    this.#steps = this.#run();
  }

  get journal(): JournalFigures | undefined {
    return this.#journal?.figures;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Bytes that were read, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Does about `bytes` worth of it. True when all is done. */
  advance(bytes: number): boolean {
    for (let left = bytes; left > 0 && !this.#isDone;) {
      const step = this.#steps.next();
      if (step.done === true) this.#isDone = true;
      else {
        left -= step.value;
        this.#bytes += step.value;
      }
    }
    return this.#isDone;
  }

  /** Ends it where it stands. */
  stop(): void {
    this.#isDone = true;
    // Its snapshot is closed on the way out.
    this.#steps.return();
  }

  *#run(): Generator<number, void> {
    const { journal, databases } = this.#scope;
    let checked: CheckedJournal | undefined;
    if (journal !== undefined) {
      this.#journal = new JournalCheck(journal.source, journal, this.findings);
      yield* this.#journal.run();
      const { start, end, inUse } = this.#journal;
      // Of a live one, databases that were stored meanwhile are ahead of what was read.
      if (!journal.isLive && start !== undefined && end !== undefined)
        checked = { start, end, inUse };
    }
    for (const { open, ...options } of databases) {
      const snapshot = this.#open(options.name, open);
      if (snapshot === undefined) continue;
      try {
        const check = new DatabaseCheck(snapshot, { ...options, journal: checked }, this.findings);
        this.databases.set(options.name, check.figures);
        yield* check.run();
      } finally {
        snapshot.close();
      }
    }
  }

  #open(database: string, open: () => PageSnapshot): PageSnapshot | undefined {
    try {
      return open();
    } catch (error) {
      if (!isEcpError(error)) throw error;
      this.findings.error(`${database}, header`, bareMessage(messageOf(error)), CANNOT_OPEN);
      return undefined;
    }
  }
}
