/** A machine with memory disks on which a storage engine is started, crashed and started again. */
import { silentLog } from '../../ports/log.ts';
import { type EngineConfig, StorageEngine } from '../engine.ts';
import { ManualClock, seededRandom } from './manual-clock.ts';
import { MemoryJournalDisk, MemoryPageStore, type RandomFunction } from './memory-disk.ts';

export class Machine {
  readonly journal = new MemoryJournalDisk();
  readonly clock = new ManualClock();
  readonly stores: [data?: MemoryPageStore, temp?: MemoryPageStore] = [];
  readonly #config: Omit<EngineConfig, 'databases'> & { readonly blockSize: number };
  readonly #random = seededRandom(1);

  constructor(config: Partial<EngineConfig> & { readonly blockSize?: number } = {}) {
    // In one turn, unless a test is about what happens between them.
    this.#config = { blockSize: 8192, captureSliceBytes: Infinity, ...config };
  }

  /** Databases DATA (0, journaled) and TEMP (1, not). */
  start(): StorageEngine {
    const data = (this.stores[0] ??= new MemoryPageStore());
    const temp = (this.stores[1] ??= new MemoryPageStore());
    const { blockSize } = this.#config;
    return StorageEngine.open(
      { journal: this.journal, clock: this.clock, random: this.#random, log: silentLog },
      {
        ...this.#config,
        databases: [
          { number: 0, name: 'DATA', blockSize, isJournaled: true, store: data },
          { number: 1, name: 'TEMP', blockSize, isJournaled: false, store: temp },
        ],
      },
    );
  }

  /** Ends the process; with `random` the machine. Completions under way never come. */
  crash(random?: RandomFunction): void {
    this.clock.crash();
    this.journal.crash(random);
    for (const store of this.stores) store?.crash(random);
  }
}
