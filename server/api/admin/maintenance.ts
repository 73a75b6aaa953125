/**
 * The admin API's calls for keeping databases in order: an integrity check, and a compaction, of what is in use. One
 * of them at a time, in slices between which everything else goes on; it ends when the caller goes.
 */
import { equalBytes } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { MAINTENANCE_SLICE_BYTES } from '../../base/limits.ts';
import type { Instance } from '../../instance/instance.ts';
import { nextTurn } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { LOWEST_KEY } from '../../storage/block.ts';
import { checkpointed } from '../../storage/checkpointed.ts';
import type { DatabaseStore } from '../../storage/database-store.ts';
import type { StorageEngine } from '../../storage/engine.ts';
import { IntegrityCheck } from '../../storage/integrity/integrity-check.ts';
import { ecp } from '../generated/admin.js';
import { integrityReport } from './integrity-report.ts';
import { progressReporter, type Send } from './progress.ts';

const { CheckIntegrityRequest, CheckIntegrityProgress, CompactRequest, CompactProgress } =
  ecp.admin.v1;

export class Maintenance {
  readonly #instance: Instance;
  readonly #log: Log;
  #isRunning = false;

  constructor(instance: Instance, log: Log) {
    this.#instance = instance;
    this.#log = log;
  }

  /** EcpError RESOURCE while another one runs; DATABASE if there is none of that name; CANCELLED. */
  async check(request: Uint8Array, send: Send, signal: AbortSignal): Promise<void> {
    const { database } = CheckIntegrityRequest.decode(request);
    await this.#alone(() => this.#check(database, send, signal));
  }

  /** Likewise; FROZEN and DAMAGED where it cannot go on: what was merged stays so. */
  async compact(request: Uint8Array, send: Send, signal: AbortSignal): Promise<void> {
    const { database } = CompactRequest.decode(request);
    await this.#alone(() => this.#compact(this.#storeOf(database), send, signal));
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isRunning)
      throw new EcpError('RESOURCE', 'another check or compaction is running', { retry: 'same' });
    this.#isRunning = true;
    try {
      await work();
    } finally {
      this.#isRunning = false;
    }
  }

  async #check(database: string, send: Send, signal: AbortSignal): Promise<void> {
    const { engine } = this.#instance;
    const stores = database === '' ? engine.databases : [this.#storeOf(database)];
    // What was changed until now is then among what is checked.
    if (engine.frozen === undefined && engine.journal.gap === undefined) await checkpointed(engine);
    const source = engine.journalSource;
    const journal = { source, durable: engine.durablePosition, isLive: true };
    const check = new IntegrityCheck({
      journal: database === '' ? journal : undefined,
      databases: stores.map(({ name, pages }) => ({
        name,
        overheadBytes: pages.overheadBytes,
        open: () => pages.snapshot(),
      })),
    });
    const used = stores.reduce((sum, { room }) => sum + room.usage.usedBytes, 0);
    const totalBytes = used + (database === '' ? engine.journal.retainedBytes : 0);
    const report = progressReporter(this.#instance.clock, send);
    try {
      while (!check.advance(MAINTENANCE_SLICE_BYTES)) {
        report(() => CheckIntegrityProgress.encode({ bytes: check.bytes, totalBytes }).finish());
        await this.#turn(signal);
      }
    } finally {
      check.stop();
    }
    const { errors, warnings } = check.findings;
    const about = { errors, warnings };
    if (errors > 0) this.#log.error('integrity check complete', about);
    else this.#log.info('integrity check complete', about);
    send(
      CheckIntegrityProgress.encode({
        bytes: check.bytes,
        totalBytes,
        report: integrityReport(check),
      }).finish(),
    );
  }

  async #compact(store: DatabaseStore, send: Send, signal: AbortSignal): Promise<void> {
    const { engine, dataServer } = this.#instance;
    const report = progressReporter(this.#instance.clock, send);
    const sliceBlocks = Math.max(1, Math.floor(MAINTENANCE_SLICE_BYTES / store.blockSize));
    let blocks = 0;
    let merged = 0;
    for (let place: Uint8Array | undefined = LOWEST_KEY; place !== undefined;) {
      const from: Uint8Array = place;
      const slice = dataServer.restoring(() => compactSlice(engine, store, from, sliceBlocks));
      blocks += slice.blocks;
      merged += slice.merged;
      place = slice.next;
      report(() => CompactProgress.encode({ blocks, merged }).finish());
      await engine.whenRelieved();
      await this.#turn(signal);
    }
    await checkpointed(engine);
    this.#log.info('database compacted', { database: store.name, blocks, merged });
    send(CompactProgress.encode({ blocks, merged, done: true }).finish());
  }

  #storeOf(name: string): DatabaseStore {
    const store = this.#instance.databases.inUse().find((open) => open.name === name);
    if (store === undefined)
      throw new EcpError('DATABASE', `no database ${name} is in use on this instance`);
    return store;
  }

  /** Lets everything else have its turn. */
  async #turn(signal: AbortSignal): Promise<void> {
    await nextTurn(this.#instance.clock);
    if (signal.aborted) throw new EcpError('CANCELLED', 'the caller has gone');
  }
}

/** Looks at so many blocks from `from` on. */
function compactSlice(
  engine: StorageEngine,
  store: DatabaseStore,
  from: Uint8Array,
  count: number,
): { readonly blocks: number; readonly merged: number; readonly next: Uint8Array | undefined } {
  let merged = 0;
  let at = from;
  for (let blocks = 1; blocks <= count; blocks++) {
    const next = engine.compactAt(store, at);
    if (next === undefined) return { blocks, merged, next };
    // It stays where it is as long as its block takes others over.
    if (equalBytes(next, at)) merged++;
    at = next;
  }
  return { blocks: count, merged, next: at };
}
