/**
 * Re-encrypts in the background what is not under the key that encrypts now (reencryption.ts): one slice of one
 * database at a time, with pauses, so that changes and their checkpoints go first.
 *
 * A database whose slice failed is left alone until it is opened again or gets another key.
 */
import { messageOf } from '../../base/errors.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { EncryptedPageStore } from './encrypted-page-store.ts';
import { Reencryption } from './reencryption.ts';

/** Between slices: with a slice of about a megabyte, some tens of megabytes a second. */
const PAUSE_MS = 20;

interface Rotating {
  readonly store: EncryptedPageStore;
  readonly reencryption: Reencryption;
}

export class KeyRotation {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #mayWrite: () => boolean;
  /** The one whose turn it is first. */
  readonly #rotating = new Map<string, Rotating>();
  #timer: Timer | undefined;

  /** While `mayWrite` says no, nothing is done. */
  constructor(clock: Clock, log: Log, mayWrite: () => boolean) {
    this.#clock = clock;
    this.#log = log;
    this.#mayWrite = mayWrite;
  }

  /** A database was opened, or encrypts with another key: what is left under others is carried over. */
  follow(database: string, store: EncryptedPageStore): void {
    const reencryption = new Reencryption(store);
    if (!reencryption.isNeeded) return;
    this.#log.info('a database is re-encrypted', { database, key: store.key });
    this.#rotating.set(database, { store, reencryption });
    this.#later();
  }

  /** Its files are closed. */
  forget(database: string): void {
    this.#rotating.delete(database);
  }

  /** Part of a database that is known to be under its key: 1 if all of it is, or nothing is being done. */
  progress(database: string): number {
    return this.#rotating.get(database)?.reencryption.progress ?? 1;
  }

  stop(): void {
    this.#rotating.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #later(): void {
    this.#timer ??= this.#clock.after(PAUSE_MS, () => {
      this.#timer = undefined;
      this.#step();
    });
  }

  #step(): void {
    const [first] = this.#rotating;
    if (first === undefined) return;
    if (!this.#mayWrite()) {
      this.#later();
      return;
    }
    const [database, rotating] = first;
    rotating.reencryption.step((error) => {
      // It was closed, or got another key, meanwhile.
      if (this.#rotating.get(database) === rotating) {
        this.#rotating.delete(database);
        if (error !== undefined && error !== null) {
          const problem = messageOf(error);
          this.#log.error('a database cannot be re-encrypted', { database, problem });
        } else if (rotating.reencryption.isNeeded) {
          this.#rotating.set(database, rotating);
        } else {
          const { key } = rotating.store;
          this.#log.info('a database is re-encrypted: other keys are not needed', {
            database,
            key,
          });
        }
      }
      if (this.#rotating.size > 0) this.#later();
    });
  }
}
