/**
 * Data servers and app servers of a simulation, composed from the same cores as the real instance: only the
 * ports are simulated. A node outlives its processes: a data server's disks, an app server's name.
 */
import type {
  Counter,
  Gauge,
  Histogram,
  Metrics,
  StateSet,
} from '../../../server/ports/metrics.ts';
import type { Log, LogFields } from '../../../server/ports/log.ts';
import { AppServer } from '../../../server/ecp/app-server/app-server.ts';
import { DataServer } from '../../../server/ecp/data-server/data-server.ts';
import { messageOf } from '../../../server/base/errors.ts';
import { LOCKS_DEFAULT } from '../../../server/base/limits.ts';
import { StorageEngine } from '../../../server/storage/engine.ts';
import { MemoryJournalDisk, MemoryPageStore } from '../../../server/storage/testing/memory-disk.ts';
import type { History } from './history.ts';
import type { Share } from './jobs.ts';
import { contentOf, type KeySpace } from './key-space.ts';
import { LocalJobs } from './local-jobs.ts';
import { tapLocks } from './lock-tap.ts';
import type { SimNetwork } from './network.ts';
import { NodeClock, type Scheduler } from './scheduler.ts';
import type { SimRandom } from './sim-random.ts';
import { type ChangeName, tapEngine } from './tap.ts';
import { tapTransactions } from './transaction-tap.ts';
import type { Trace } from './trace.ts';

const noCount: Counter & Gauge & Histogram & StateSet = {
  inc: () => undefined,
  set: () => undefined,
  observe: () => undefined,
  remove: () => undefined,
};

const silentMetrics: Metrics = {
  counter: () => noCount,
  gauge: () => noCount,
  histogram: () => noCount,
  stateSet: () => noCount,
};

/** What all nodes of a run share. */
export interface World {
  readonly scheduler: Scheduler;
  readonly network: SimNetwork;
  readonly history: History;
  readonly trace: Trace;
  readonly keys: KeySpace;
  readonly random: SimRandom;
  readonly blockSize: number;
  /** Jobs that each data server has of its own, with every start new ones. */
  readonly localJobs: { readonly count: number; readonly share: Share };
  readonly appServerNames: readonly string[];
  /** Jobs by the number that they have everywhere. */
  readonly jobNames: Map<number, string>;
  /** The operation that is being called right now. */
  readonly current: { calling: ChangeName | undefined };
}

/** Logs go into the trace; an error is a fault of the program, unless the run's faults explain it. */
class SimLog implements Log {
  readonly #world: World;
  readonly #node: string;
  readonly #fields: LogFields;

  constructor(world: World, node: string, fields: LogFields = {}) {
    this.#world = world;
    this.#node = node;
    this.#fields = fields;
  }

  #line(level: string, message: string, fields: LogFields | undefined): string {
    const all = { ...this.#fields, ...fields };
    const text = Object.entries(all).map(([name, value]) => `${name}=${String(value)}`);
    const line = `${level} ${message} ${text.join(' ')}`;
    this.#world.trace.add(this.#world.scheduler.now, 'log', `${this.#node} ${line}`);
    return line;
  }

  debug(): void {
    // Too much of it.
  }

  info(message: string, fields?: LogFields): void {
    this.#line('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#line('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    const what = this.#line('error', message, fields);
    this.#world.history.add({ k: 'fault', node: this.#node, what });
  }

  child(fields: LogFields): Log {
    return new SimLog(this.#world, this.#node, { ...this.#fields, ...fields });
  }
}

/** Milliseconds; shorter than the guide's so that every timer expires now and then within a run. */
export const TIMES = {
  heartbeatMs: 2000,
  nonResponsiveMs: 10_000,
  troubledMs: 20_000,
  sessionRecoveryMs: 15_000,
  requestWaitMs: 20_000,
  connectGiveUpMs: 60_000,
  recoveryMs: 60_000,
  reconnectIntervalMs: 1000,
} as const;

export const PORT = 1972;

export class DataServerNode {
  readonly name: string;
  readonly journal = new MemoryJournalDisk();
  readonly store = new MemoryPageStore();
  /** Counts what was applied and every start. */
  lsn = 0;
  starts = 0;
  clock: NodeClock | undefined;
  engine: StorageEngine | undefined;
  server: DataServer | undefined;
  /** An orderly stop is under way. */
  isStopping = false;
  /** Longest time of a sync or commit. */
  diskMsMax = 4;
  readonly #world: World;
  readonly #random: SimRandom;
  readonly #uuid: string;
  #jobs: LocalJobs | undefined;

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
    this.#random = world.random.fork(`disk ${name}`);
    this.#uuid = world.random.fork(`uuid ${name}`).uuid();
  }

  get isUp(): boolean {
    return this.server !== undefined;
  }

  /** The present process, as the history names it. */
  get process(): string {
    return `${this.name}#${this.starts}`;
  }

  /** Its own jobs; undefined while it is down. */
  get jobs(): LocalJobs | undefined {
    return this.#jobs;
  }

  start(): void {
    const { scheduler, history, network } = this.#world;
    const clock = new NodeClock(scheduler);
    const log = new SimLog(this.#world, this.name);
    const defer = (complete: () => void): void => {
      clock.after(this.#random.between(0.05, this.diskMsMax), complete);
    };
    this.journal.defer = defer;
    this.store.defer = defer;
    const random = this.#random.fork(`start ${scheduler.turns}`);
    let engine: StorageEngine;
    try {
      engine = StorageEngine.open(
        { journal: this.journal, clock, random, log },
        {
          databases: [
            {
              number: 0,
              name: 'DATA',
              blockSize: this.#world.blockSize,
              isJournaled: true,
              store: this.store,
            },
          ],
          segmentBytes: 24 * 1024,
          checkpointJournalBytes: 16 * 1024,
          checkpointIntervalMs: 3000,
        },
      );
    } catch (error) {
      history.add({ k: 'refused', ds: this.name, why: messageOf(error) });
      clock.kill();
      return;
    }
    this.lsn++;
    this.starts++;
    history.add({
      k: 'recovered',
      ds: this.name,
      lsn: this.lsn,
      pos: engine.recovery.end,
      nodes: contentOf(engine),
      sessions: [...engine.sessions.values()].map(({ epoch, lastApplied, name }) => ({
        ep: epoch,
        lastApplied,
        client: name,
      })),
    });
    tapEngine(engine, this, this.#world);
    tapTransactions(engine, this, this.#world);
    this.clock = clock;
    this.engine = engine;
    const server = new DataServer(
      engine,
      {
        serverName: this.name,
        serverUuid: this.#uuid,
        catalogue: engine.databases.map(({ number, name, uuid, blockSize }) => ({
          number,
          name,
          uuid,
          blockSize,
          readOnly: false,
          resource: '',
        })),
        enabled: true,
        maxAppServers: 20,
        incoming: { policy: 'Any', entries: [] },
        locks: { tableSize: LOCKS_DEFAULT, perAppServer: LOCKS_DEFAULT },
        troubledMs: TIMES.troubledMs,
        sessionRecoveryMs: TIMES.sessionRecoveryMs,
        heartbeatMs: TIMES.heartbeatMs,
        nonResponsiveMs: TIMES.nonResponsiveMs,
      },
      { clock, log, metrics: silentMetrics, random, resolver: { resolve: () => undefined } },
    );
    this.server = server;
    tapLocks(server.locks, this, this.#world);
    const metrics = silentMetrics;
    this.#jobs = new LocalJobs({ node: this, engine, server, clock, log, metrics }, this.#world);
    network.listen(this.name, (channel) => server.accept(channel));
  }

  /** Ends the process; with `machine` also what was not synced is lost, torn or kept. */
  crash(kind: 'process' | 'machine'): void {
    this.clock?.kill();
    this.#world.network.crash(this.name);
    const random = kind === 'machine' ? (): number => this.#random.next() : undefined;
    this.journal.crash(random);
    this.store.crash(random);
    this.#gone(`crash of the ${kind}`);
  }

  #gone(what: string): void {
    this.engine = undefined;
    this.server = undefined;
    this.clock = undefined;
    this.#jobs = undefined;
    this.isStopping = false;
    this.#world.history.add({ k: 'nemesis', what, node: this.name, app: this.process });
  }

  /** An orderly stop: sessions are kept. `done` follows when the process is gone. */
  stop(done: () => void): void {
    const { engine, server, clock } = this;
    if (engine === undefined || server === undefined || this.isStopping) return;
    this.isStopping = true;
    this.#jobs?.end();
    server.stop();
    void engine.close().then(() => {
      // A crash may have come before.
      if (this.engine !== engine) return;
      clock?.kill();
      this.#world.network.crash(this.name);
      this.#gone('stop');
      done();
    });
  }

  nodes(): Record<string, string> {
    return this.engine === undefined ? {} : contentOf(this.engine);
  }
}

export class AppServerNode {
  readonly name: string;
  incarnation = 0;
  clock: NodeClock | undefined;
  app: AppServer | undefined;
  /** By data server: the epoch that the last welcome named. */
  readonly epochs = new Map<string, number>();
  readonly #world: World;
  readonly #dataServers: readonly string[];
  readonly #random: SimRandom;

  constructor(world: World, name: string, dataServers: readonly string[]) {
    this.#world = world;
    this.name = name;
    this.#dataServers = dataServers;
    this.#random = world.random.fork(`app ${name}`);
  }

  /** The present process, as the history names it. */
  get process(): string {
    return `${this.name}#${this.incarnation}`;
  }

  start(): void {
    const { network, scheduler } = this.#world;
    this.incarnation++;
    this.epochs.clear();
    const clock = new NodeClock(scheduler);
    const log = new SimLog(this.#world, this.name);
    const random = this.#random.fork(`start ${this.incarnation}`);
    // Small enough that blocks are evicted in every run, sometimes at once.
    const cacheBytes = this.#random.pick([6 * 1024, 20 * 1024, 1024 * 1024]);
    const app = new AppServer({ name: this.name, incarnation: random.uuid() }, cacheBytes, {
      clock,
      log,
      metrics: silentMetrics,
      random,
      transport: network.transport(this.name),
    });
    app.configure({
      cacheBytes,
      dataServers: this.#dataServers.map((name) => ({ name, host: name, port: PORT, ...TIMES })),
      databases: this.#dataServers.map((name) => ({
        name,
        database: 'DATA',
        readOnly: false,
        dataServer: name,
      })),
    });
    this.clock = clock;
    this.app = app;
  }

  crash(): void {
    this.clock?.kill();
    this.#world.network.crash(this.name);
    this.clock = undefined;
    this.app = undefined;
    this.#world.history.add({
      k: 'nemesis',
      what: 'crash',
      node: this.name,
      app: this.process,
    });
  }
}
