/** A machine with memory disks on which a storage engine is started, crashed and started again. */
import type { KeyRing, MasterKey } from '../../ports/cipher.ts';
import { silentLog } from '../../ports/log.ts';
import type { PageStore } from '../../ports/page-store.ts';
import { NodeCache } from '../encryption/node-cache.ts';
import { openEncrypted } from '../encryption/open-page-store.ts';
import { type EngineConfig, StorageEngine } from '../engine.ts';
import { ManualClock, seededRandom } from './manual-clock.ts';
import { MemoryJournalDisk, MemoryPageStore, type RandomFunction } from './memory-disk.ts';

interface MachineEncryption {
  readonly ring: KeyRing;
  readonly key: MasterKey;
}

/** Small: the index of a test's database is read again and again. */
const CACHE_BYTES = 16 * 1024;

let encryption: MachineEncryption | undefined;

/** Machines that are made from here on encrypt their disks: whole suites run once more so (encrypted.test.ts). */
export function encryptMachines(all: MachineEncryption): void {
  encryption = all;
}

/** A suite runs once more: what takes long may try less. */
export function areMachinesEncrypted(): boolean {
  return encryption !== undefined;
}

export class Machine {
  readonly journal = new MemoryJournalDisk();
  readonly clock = new ManualClock();
  readonly stores: [data?: MemoryPageStore, temp?: MemoryPageStore] = [];
  readonly #config: Omit<EngineConfig, 'databases'> & { readonly blockSize: number };
  readonly #random = seededRandom(1);
  readonly #encryption = encryption;

  constructor(config: Partial<EngineConfig> & { readonly blockSize?: number } = {}) {
    // In one turn, unless a test is about what happens between them.
    this.#config = { blockSize: 8192, captureSliceBytes: Infinity, ...config };
  }

  /** Databases DATA (0, journaled) and TEMP (1, not). */
  start(): StorageEngine {
    const data = (this.stores[0] ??= new MemoryPageStore());
    const temp = (this.stores[1] ??= new MemoryPageStore());
    const { blockSize } = this.#config;
    const opened = [data, temp].map((store) => this.#opened(store)) as [PageStore, PageStore];
    return StorageEngine.open(
      { journal: this.journal, clock: this.clock, random: this.#random, log: silentLog },
      {
        ...this.#config,
        ...(this.#encryption && { encryption: { ...this.#encryption, random: this.#random } }),
        databases: [
          { number: 0, name: 'DATA', blockSize, isJournaled: true, store: opened[0] },
          { number: 1, name: 'TEMP', blockSize, isJournaled: false, store: opened[1] },
        ],
      },
    );
  }

  #opened(store: MemoryPageStore): PageStore {
    if (this.#encryption === undefined) return store;
    const { ring, key } = this.#encryption;
    this.journal.keys = ring;
    return openEncrypted(store, key, {
      ring,
      random: this.#random,
      cache: new NodeCache(CACHE_BYTES),
    });
  }

  /** DATA's store, as an engine opens it; undefined before it was written. */
  openData(): PageStore | undefined {
    const store = this.stores[0];
    return store?.header() === undefined ? undefined : this.#opened(store);
  }

  /** Pages of DATA in its store. */
  get pageCount(): number {
    const opened = this.openData();
    if (opened === undefined) return 0;
    let count = 0;
    let page = opened.before(undefined);
    for (; page !== undefined; page = opened.before(page.key)) count++;
    return count;
  }

  /** Ends the process; with `random` the machine. Completions under way never come. */
  crash(random?: RandomFunction): void {
    this.clock.crash();
    this.journal.crash(random);
    for (const store of this.stores) store?.crash(random);
  }
}
