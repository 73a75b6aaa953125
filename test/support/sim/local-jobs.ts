/**
 * The jobs of a simulated data server itself, beside those of app servers. A process that stops ends them, which rolls
 * back what they have open; one that is gone leaves that to the next start.
 */
import type { DataServer } from '../../../server/ecp/data-server/data-server.ts';
import { sequenceCounters } from '../../../server/ecp/sequence-ranges.ts';
import { LocalDatabase } from '../../../server/instance/local-database.ts';
import { LocalPlace } from '../../../server/instance/local-place.ts';
import { LocalTransactions } from '../../../server/instance/local-transactions.ts';
import type { Log } from '../../../server/ports/log.ts';
import type { Metrics } from '../../../server/ports/metrics.ts';
import type { StorageEngine } from '../../../server/storage/engine.ts';
import { SimJob } from './jobs.ts';
import type { DataServerNode, World } from './nodes.ts';
import type { NodeClock } from './scheduler.ts';
import { lockGlobal, SimProcess } from './sim-process.ts';

interface Process {
  readonly node: DataServerNode;
  readonly engine: StorageEngine;
  readonly server: DataServer;
  readonly clock: NodeClock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export class LocalJobs {
  readonly transactions: LocalTransactions;
  readonly #jobs: readonly SimJob[];

  /** Begins with rolling back what the process before left open. */
  constructor(process: Process, world: World) {
    const { node, engine, server, clock, log, metrics } = process;
    this.transactions = new LocalTransactions(
      { engine, dataServer: server, clock, log },
      { warningBytes: Infinity, rollbackBytes: undefined },
    );
    const place = new LocalPlace(server);
    const { transactions } = this;
    const settings = { readOnly: false, clock, sequences: sequenceCounters(metrics) };
    const targets = engine.databases.map((store) => ({
      ds: node.name,
      database: new LocalDatabase(store, settings, engine, server, transactions, place),
      place,
      locks: lockGlobal(node.name),
    }));
    const own = new SimProcess(node.process, clock, targets);
    const { count, share } = world.localJobs;
    this.#jobs = Array.from({ length: count }, (_, i) => {
      const job = new SimJob(`${node.name}s${node.starts}j${i}`, own, world);
      job.run(share).catch((error: unknown) => {
        const what = `local job: ${String(error)}`;
        world.history.add({ k: 'fault', node: node.name, what });
      });
      return job;
    });
  }

  get isIdle(): boolean {
    return this.#jobs.every(({ isDone, open }) => isDone && open.size === 0);
  }

  /** Those that wait for something. */
  get stuck(): readonly SimJob[] {
    return this.#jobs.filter(({ isDone, open }) => !isDone || open.size > 0);
  }

  /** HALT of all. */
  end(): void {
    for (const job of this.#jobs) if (!job.isDone) void job.halt();
  }
}
