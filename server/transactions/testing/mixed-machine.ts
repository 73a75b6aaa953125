/**
 * A machine for crash sweeps over everything that the engine does: databases of several block sizes, one with globals
 * that are not journaled, one that is not journaled at all, TEMP; optionally all of it encrypted.
 */
import type { KeyRing, MasterKey } from '../../ports/cipher.ts';
import { silentLog } from '../../ports/log.ts';
import type { PageStore } from '../../ports/page-store.ts';
import type { Random } from '../../ports/random.ts';
import { NodeCache } from '../../storage/encryption/node-cache.ts';
import { openEncrypted } from '../../storage/encryption/open-page-store.ts';
import { type EngineConfig, StorageEngine } from '../../storage/engine.ts';
import type { Finding } from '../../storage/integrity/findings.ts';
import { IntegrityCheck } from '../../storage/integrity/integrity-check.ts';
import { ManualClock, seededRandom } from '../../storage/testing/manual-clock.ts';
import {
  type Defer,
  MemoryJournalDisk,
  MemoryPageStore,
  type RandomFunction,
} from '../../storage/testing/memory-disk.ts';

export interface MixedDatabase {
  readonly number: number;
  readonly name: string;
  readonly blockSize: number;
  readonly isJournaled: boolean;
  readonly unjournaledGlobals?: readonly string[];
  readonly isTemporary?: boolean;
}

export const MIXED_DATABASES: readonly MixedDatabase[] = [
  { number: 0, name: 'DATA', blockSize: 512, isJournaled: true, unjournaledGlobals: ['TMP*'] },
  { number: 1, name: 'MORE', blockSize: 1024, isJournaled: true },
  { number: 2, name: 'LOOSE', blockSize: 512, isJournaled: false },
  { number: 3, name: 'TEMP', blockSize: 2048, isJournaled: false, isTemporary: true },
];

export interface MixedEncryption {
  readonly ring: KeyRing;
  readonly key: MasterKey;
}

export type MachineOptions = Pick<
  EngineConfig,
  'segmentBytes' | 'bufferPoolBytes' | 'checkpointJournalBytes' | 'captureSliceBytes'
>;

/** The index of an encrypted database is read again and again. */
const NODE_CACHE_BYTES = 16 * 1024;

export class MixedMachine {
  readonly clock = new ManualClock();
  readonly #journal: MemoryJournalDisk;
  readonly #stores: readonly MemoryPageStore[];
  readonly #options: MachineOptions;
  readonly #encryption: MixedEncryption | undefined;
  readonly #random: Random;

  constructor(
    options: MachineOptions,
    encryption?: MixedEncryption,
    random = seededRandom(1),
    journal = new MemoryJournalDisk(),
    stores: readonly MemoryPageStore[] = MIXED_DATABASES.map(() => new MemoryPageStore()),
  ) {
    this.#options = options;
    this.#encryption = encryption;
    this.#random = random;
    this.#journal = journal;
    this.#stores = stores;
    if (encryption !== undefined) journal.keys = encryption.ring;
  }

  /** Another machine whose disks hold the same. */
  clone(): MixedMachine {
    const stores = this.#stores.map((store) => store.clone());
    return new MixedMachine(
      this.#options,
      this.#encryption,
      this.#random,
      this.#journal.clone(),
      stores,
    );
  }

  start(): StorageEngine {
    const encryption = this.#encryption && { ...this.#encryption, random: this.#random };
    const opened = this.#opened();
    const databases = MIXED_DATABASES.map((database, at) => ({
      ...database,
      // Begins empty at each start.
      store: opened[at] ?? new MemoryPageStore(),
    }));
    const { clock } = this;
    return StorageEngine.open(
      { journal: this.#journal, clock, random: this.#random, log: silentLog },
      { ...this.#options, ...(encryption && { encryption }), databases },
    );
  }

  /** Those of the databases that stay. */
  #opened(): readonly PageStore[] {
    const cache = new NodeCache(NODE_CACHE_BYTES);
    const stores = this.#stores.filter((_, at) => MIXED_DATABASES[at]?.isTemporary !== true);
    if (this.#encryption === undefined) return stores;
    const { key } = this.#encryption;
    const ports = { ...this.#encryption, random: this.#random, cache };
    return stores.map((store) => openEncrypted(store, key, ports));
  }

  /** What a check of all that lies on its disks finds to be wrong: not a torn tail, nor blocks as small as these. */
  errors(): readonly Finding[] {
    const check = new IntegrityCheck({
      journal: { source: this.#journal, durable: 0, isLive: false },
      databases: this.#opened().map((store, at) => ({
        name: MIXED_DATABASES[at]?.name ?? '',
        overheadBytes: store.overheadBytes,
        open: () => store.snapshot(),
      })),
    });
    while (!check.advance(Infinity));
    return check.findings.list.filter(
      ({ severity, problem }) =>
        severity === 'error' && !problem.startsWith('no database has blocks'),
    );
  }

  /** Called before each operation of a disk; throws to make it fail. */
  set fault(fault: () => void) {
    this.#journal.fault = fault;
    for (const store of this.#stores) store.fault = fault;
  }

  set defer(defer: Defer) {
    this.#journal.defer = defer;
    for (const store of this.#stores) store.defer = defer;
  }

  /** Ends the process and the machine: what was not synced is kept, torn or lost, as `random` decides. */
  crash(random: RandomFunction): void {
    this.clock.crash();
    this.#journal.crash(random);
    for (const store of this.#stores) store.crash(random);
    this.fault = () => undefined;
    this.defer = (complete) => {
      complete();
    };
  }
}
