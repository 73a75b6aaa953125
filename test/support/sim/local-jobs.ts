/**
 * Jobs of a simulated data server itself: each runs transactions with levels in its database, beside what the app
 * servers' jobs do there without locks. They commit, waiting for the disk or not, roll back, or take so long that a
 * crash comes first. A process that stops rolls back what they have open; one that is gone leaves it to the next start.
 */
import { utf8 } from '../../../server/base/bytes.ts';
import type { DataServer } from '../../../server/ecp/data-server/data-server.ts';
import type { JobSink } from '../../../server/ecp/job-sink.ts';
import { LocalTransactions } from '../../../server/instance/local-transactions.ts';
import type { Log } from '../../../server/ports/log.ts';
import type { StorageEngine } from '../../../server/storage/engine.ts';
import { JobTransaction } from '../../../server/transactions/job-transaction.ts';
import { keyOf, valueOf } from './key-space.ts';
import type { DataServerNode, World } from './nodes.ts';
import type { NodeClock } from './scheduler.ts';
import type { SimRandom } from './sim-random.ts';

const TRANSACTIONS = 8;
const CHANGES_MAX = 6;
const LEVELS_MAX = 3;
const PAUSE_MS = 60;
const LONG_PAUSE_MS = 4000;

interface Process {
  readonly node: DataServerNode;
  readonly engine: StorageEngine;
  readonly server: DataServer;
  readonly clock: NodeClock;
  readonly log: Log;
}

export class LocalJobs {
  readonly #jobs: readonly LocalJob[];

  /** Begins with rolling back what the process before left open. */
  constructor(process: Process, world: World, count: number) {
    const { node, engine, server, clock, log } = process;
    const transactions = new LocalTransactions(
      { engine, dataServer: server, clock, log },
      { warningBytes: Infinity, rollbackBytes: undefined },
    );
    const random = world.random.fork(`local jobs ${node.name} ${world.scheduler.turns}`);
    this.#jobs = Array.from(
      { length: count },
      (_, id) => new LocalJob(id + 1, process, world, transactions, random.fork(`job ${id}`)),
    );
    for (const job of this.#jobs) {
      job.run().catch((error: unknown) => {
        const what = `local job: ${String(error)}`;
        world.history.add({ k: 'fault', node: node.name, what });
      });
    }
  }

  /** HALT of all. */
  end(): void {
    for (const job of this.#jobs) job.halt();
  }
}

class LocalJob implements JobSink {
  readonly id: number;
  readonly jobTransaction = new JobTransaction();
  readonly #process: Process;
  readonly #world: World;
  readonly #transactions: LocalTransactions;
  readonly #random: SimRandom;
  #isOver = false;

  constructor(
    id: number,
    process: Process,
    world: World,
    transactions: LocalTransactions,
    random: SimRandom,
  ) {
    this.id = id;
    this.#process = process;
    this.#world = world;
    this.#transactions = transactions;
    this.#random = random;
  }

  delayError(error: unknown): void {
    throw error;
  }

  /** Never resolves if the process ends before. */
  async run(): Promise<void> {
    for (let i = 0; i < TRANSACTIONS; i++) {
      if (!(await this.#pause(10 * PAUSE_MS))) return;
      this.jobTransaction.start();
      for (let left = 1 + this.#random.below(CHANGES_MAX); left > 0; left--) {
        await this.#step();
        if (!(await this.#pause(PAUSE_MS))) return;
      }
      if (this.#random.chance(0.2) && !(await this.#pause(LONG_PAUSE_MS))) return;
      await this.#finish();
    }
  }

  halt(): void {
    this.#isOver = true;
    void this.jobTransaction.rollback();
  }

  /** False: the job was ended meanwhile. */
  #pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#process.clock.after(this.#random.between(0, ms), () => {
        resolve(!this.#isOver);
      });
    });
  }

  async #step(): Promise<void> {
    const { jobTransaction } = this;
    const dice = this.#random.next();
    if (dice < 0.15 && jobTransaction.level < LEVELS_MAX) jobTransaction.start();
    else if (dice < 0.22 && jobTransaction.level > 1) await jobTransaction.commit(false);
    else if (dice < 0.3 && jobTransaction.level > 1) await jobTransaction.rollback('level');
    else await this.#change();
  }

  async #change(): Promise<void> {
    const { keys } = this.#world;
    const dice = this.#random.next();
    const transaction = this.#transactions.of(this);
    if (dice < 0.08) {
      const key = keyOf(`A/${this.#random.below(keys.groups)}`);
      await transaction.change({ kind: 'kill', database: 0, key });
      return;
    }
    const key = keyOf(this.#random.pick(keys.nodes));
    if (dice < 0.25) {
      await transaction.change({ kind: 'zkill', database: 0, key });
      return;
    }
    const { node } = this.#process;
    const name = `${node.name}tx.${++node.localValues}`;
    const value = utf8(valueOf(name, 16 + this.#random.below(this.#world.blockSize / 4)));
    await transaction.change({ kind: 'set', database: 0, key, value });
  }

  async #finish(): Promise<void> {
    const { jobTransaction } = this;
    if (this.#random.chance(0.35)) {
      await jobTransaction.rollback();
      return;
    }
    const { number } = this.#transactions.of(this).open;
    while (jobTransaction.level > 1) await jobTransaction.commit(false);
    const isSynchronous = this.#random.chance(0.5);
    await jobTransaction.commit(isSynchronous);
    if (isSynchronous)
      this.#world.history.add({ k: 'committed', ds: this.#process.node.name, tx: number });
  }
}
