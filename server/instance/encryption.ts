/**
 * Encryption at rest of an instance: which key each local database and the journal have, and how they come to another
 * one while it runs (ADR 0015).
 *
 * Keys are asked for by the names that the configuration gives. What cannot follow it keeps the key that it has, and
 * says why; what is there is never left without one.
 */
import { bareMessage, EcpError, messageOf } from '../base/errors.ts';
import { ENCRYPTED_INDEX_CACHE_BYTES } from '../base/limits.ts';
import type { KeyRing, MasterKey } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PageStore } from '../ports/page-store.ts';
import type { Random } from '../ports/random.ts';
import type {
  EncryptedPageStore,
  EncryptionPorts,
} from '../storage/encryption/encrypted-page-store.ts';
import { KeyRotation } from '../storage/encryption/key-rotation.ts';
import { NodeCache } from '../storage/encryption/node-cache.ts';
import { openEncrypted, openPlain } from '../storage/encryption/open-page-store.ts';
import type { Journal } from '../storage/journal.ts';
import type { JournalEncryption } from '../storage/journal-settings.ts';

export interface InstanceEncryptionPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  /** None where no configuration ever names a key. */
  readonly keys?: KeyRing | undefined;
}

/** Of a database, or of the journal. */
export interface EncryptionStatus {
  /** Fingerprint of the key that encrypts now, and of all that are needed to read it; that of a journal may be none: ''. */
  readonly key: string;
  readonly keysInUse: readonly string[];
  /** Part that is under the key. */
  readonly progress: number;
  /** Why it has another key than it should have; empty if it has not. */
  readonly problem: string;
}

interface Opened {
  readonly store: EncryptedPageStore;
  problem: string;
}

const NO_KEYS: KeyRing = {
  byName: (name) => {
    throw new EcpError('CONFIGURATION', `encryption key ${name}: no keys are given`);
  },
  byFingerprint: () => undefined,
  keys: () => [],
};

export class InstanceEncryption {
  readonly #ports: EncryptionPorts;
  readonly #log: Log;
  readonly #rotation: KeyRotation;
  readonly #opened = new Map<string, Opened>();
  /** Why the journal has another key than it should have; empty if it has not. */
  #journalProblem = '';

  /** Re-encrypts nothing while `mayWrite` says no. */
  constructor({ clock, log, random, keys }: InstanceEncryptionPorts, mayWrite: () => boolean) {
    this.#ports = {
      ring: keys ?? NO_KEYS,
      random,
      cache: new NodeCache(ENCRYPTED_INDEX_CACHE_BYTES),
    };
    this.#log = log;
    this.#rotation = new KeyRotation(clock, log, mayWrite);
  }

  /**
   * A database's page store as it is configured. EcpError CONFIGURATION or DATABASE: its key is missing, or another
   * one, or it should have none; DAMAGED.
   */
  open(database: string, raw: PageStore, keyName: string | undefined): PageStore {
    if (keyName === undefined) return openPlain(raw, this.#ports);
    const store = openEncrypted(raw, this.#ports.ring.byName(keyName), this.#ports);
    this.#opened.set(database, { store, problem: '' });
    this.#rotation.follow(database, store);
    return store;
  }

  /** Its files are closed, or about to be. */
  closed(database: string): void {
    this.#opened.delete(database);
    this.#rotation.forget(database);
  }

  /** An open database is configured with this key now. */
  useKey(database: string, keyName: string | undefined): void {
    const opened = this.#opened.get(database);
    if (opened === undefined || keyName === undefined) return;
    const problem = this.#attempt(() => {
      const key = this.#ports.ring.byName(keyName);
      if (key.fingerprint === opened.store.key) return;
      opened.store.useKey(key);
      this.#rotation.follow(database, opened.store);
    });
    if (problem !== '' && problem !== opened.problem)
      this.#log.error('a database does not get its key', { database, problem });
    opened.problem = problem;
  }

  /** What encrypts the journal. EcpError CONFIGURATION. */
  journal(keyName: string | undefined): JournalEncryption | undefined {
    if (keyName === undefined) return undefined;
    return { key: this.#ports.ring.byName(keyName), random: this.#ports.random };
  }

  /** The same for a running instance: undefined, and it is logged, where the key is missing. */
  changedJournal(keyName: string | undefined): JournalEncryption | undefined {
    let changed: JournalEncryption | undefined;
    const problem = this.#attempt(() => (changed = this.journal(keyName)));
    if (problem !== '') this.#log.error('the journal does not get its key', { problem });
    this.#journalProblem = problem;
    return changed;
  }

  /** Undefined where nothing of it is encrypted. It is never re-encrypted: segments with other keys go in time. */
  journalStatus(journal: Journal): EncryptionStatus | undefined {
    const { segments, keysInUse, position } = journal;
    if (keysInUse.length === 0) return undefined;
    const key = segments.at(-1)?.era?.fingerprint ?? '';
    let bytes = 0;
    for (const [index, { start, era }] of segments.entries())
      if (era?.fingerprint === key) bytes += (segments[index + 1]?.start ?? position) - start;
    const others = keysInUse.filter((other) => other !== key);
    return {
      key,
      keysInUse: key === '' ? others : [key, ...others],
      progress: bytes / Math.max(1, position - (segments[0]?.start ?? 0)),
      problem: this.#journalProblem,
    };
  }

  /** Undefined where a database is not encrypted, or not open. */
  status(database: string): EncryptionStatus | undefined {
    const opened = this.#opened.get(database);
    if (opened === undefined) return undefined;
    const { store, problem } = opened;
    const { key, keysInUse } = store;
    return { key, keysInUse, progress: this.#rotation.progress(database), problem };
  }

  /** The keys that are configured and can be used. */
  get keys(): readonly MasterKey[] {
    return this.#ports.ring.keys();
  }

  stop(): void {
    this.#rotation.stop();
  }

  #attempt(action: () => void): string {
    try {
      action();
      return '';
    } catch (error) {
      return bareMessage(messageOf(error));
    }
  }
}
