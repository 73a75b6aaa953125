/** A topology in one process: app servers with their jobs, data servers, the network between them. */
import { utf8 } from '../../../server/base/bytes.ts';
import type { RemoteDatabase } from '../../../server/ecp/app-server/remote-database.ts';
import type { DataPlace } from '../../../server/ecp/database-access.ts';
import { decodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import { describeMessage } from './describe.ts';
import { History } from './history.ts';
import { type Share, SimJob } from './jobs.ts';
import { KeySpace, keyOf, valueOf } from './key-space.ts';
import { SimNetwork } from './network.ts';
import { AppServerNode, DataServerNode, TIMES, type World } from './nodes.ts';
import { Scheduler } from './scheduler.ts';
import { lockGlobal, SimProcess } from './sim-process.ts';
import { SimRandom } from './sim-random.ts';
import { tapConnection } from './tap.ts';
import { Trace } from './trace.ts';

export interface ClusterOptions {
  readonly seed: number;
  readonly appServers: number;
  readonly dataServers: number;
  readonly jobsPerAppServer: number;
  readonly share: Share;
  readonly localJobs: World['localJobs'];
  readonly print: ((line: string) => void) | undefined;
}

export class Cluster {
  readonly world: World;
  readonly dataServers: readonly DataServerNode[];
  readonly appServers: readonly AppServerNode[];
  readonly trace: Trace;
  readonly jobs = new Map<AppServerNode, readonly SimJob[]>();
  readonly #options: ClusterOptions;
  /** The data server's lsn when it sent a welcome, by the message itself. */
  readonly #welcomes = new WeakMap<Uint8Array, number>();
  #locals = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
    const random = new SimRandom(options.seed);
    const scheduler = new Scheduler(random.fork('ties'));
    this.trace = new Trace(options.print);
    const history = new History(() => scheduler.now);
    const network = new SimNetwork(scheduler, random.fork('network'), this.trace);
    const shape = random.fork('shape');
    this.world = {
      scheduler,
      network,
      history,
      trace: this.trace,
      keys: new KeySpace({
        groups: 3 + shape.below(5),
        perGroup: shape.pick([6, 14, 30]),
        counters: 4,
        guardedGroups: 3,
        guardedPerGroup: 3,
      }),
      random,
      blockSize: shape.pick([512, 1024, 8192]),
      localJobs: options.localJobs,
      appServerNames: names('a', options.appServers),
      jobNames: new Map(),
      current: { calling: undefined },
    };
    this.dataServers = names('d', options.dataServers).map(
      (name) => new DataServerNode(this.world, name),
    );
    this.appServers = this.world.appServerNames.map(
      (name) =>
        new AppServerNode(
          this.world,
          name,
          this.dataServers.map((node) => node.name),
        ),
    );
    network.describe = describeMessage;
    network.watch((from, to, bytes) => this.#watch(from, to, bytes));
    network.filter((from, _to, bytes) => {
      this.#noteWelcome(from, bytes);
      return bytes;
    });
    const staleMs = TIMES.recoveryMs + 2 * TIMES.nonResponsiveMs;
    history.add({ k: 'start', seed: options.seed, keys: [...this.world.keys.all], staleMs });
  }

  start(): void {
    for (const node of this.dataServers) node.start();
    for (const node of this.appServers) this.startAppServer(node);
  }

  dataServer(name: string): DataServerNode {
    return this.dataServers.find((node) => node.name === name) as DataServerNode;
  }

  /** A new process of an app server, with new jobs. */
  startAppServer(node: AppServerNode): void {
    node.start();
    const { jobsPerAppServer, share } = this.#options;
    const own = this.#processOf(node);
    if (own === undefined) return;
    const jobs = names(`${node.name}i${node.incarnation}j`, jobsPerAppServer).map(
      (name) => new SimJob(name, own, this.world),
    );
    this.jobs.set(node, jobs);
    for (const job of jobs) {
      job.run(share).catch((error: unknown) => {
        this.world.history.add({
          k: 'fault',
          node: node.name,
          what: `job ${job.name}: ${String(error)}`,
        });
      });
    }
  }

  #processOf(node: AppServerNode): SimProcess | undefined {
    const { app, clock } = node;
    if (app === undefined || clock === undefined) return undefined;
    const places = app.places();
    const targets = this.dataServers.map(({ name: ds }, i) => {
      const database = app.database(ds) as RemoteDatabase;
      tapConnection(database.connection, ds, node, this.world);
      return { ds, database, place: places[i] as DataPlace, locks: lockGlobal(ds) };
    });
    return new SimProcess(node.process, clock, targets);
  }

  get isIdle(): boolean {
    return (
      this.appServers.every((node) => this.jobs.get(node)?.every((job) => job.isDone) ?? false) &&
      this.dataServers.every((node) => node.jobs?.isIdle ?? false)
    );
  }

  /** Jobs that still wait for something. */
  get stuck(): readonly SimJob[] {
    const remote = this.appServers.flatMap((node) => this.jobs.get(node) ?? []);
    const local = this.dataServers.flatMap((node) => node.jobs?.stuck ?? []);
    return [...remote.filter((job) => !job.isDone || job.open.size > 0), ...local];
  }

  /** A job of the data server itself changes something. */
  localChange(node: DataServerNode, random: SimRandom): void {
    const { server, engine } = node;
    if (server === undefined || engine?.frozen !== undefined || node.isStopping) return;
    const key = keyOf(random.pick(this.world.keys.nodes));
    if (random.chance(0.1)) {
      server.applyLocal({ kind: 'kill', database: 0, key });
      return;
    }
    const name = `${node.name}local.${++this.#locals}`;
    server.applyLocal({ kind: 'set', database: 0, key, value: utf8(valueOf(name, 30)) });
  }

  /** A welcome says which session's epoch an app server's requests belong to from now on. */
  #watch(from: string, to: string, bytes: Uint8Array): void {
    const app = this.appServers.find((node) => node.name === to);
    if (app === undefined || bytes[0] === FRAME) return;
    const message = decodeChannelMessage(bytes);
    if (message.kind !== 'welcome') return;
    app.epochs.set(from, message.welcome.epoch);
    this.world.history.add({
      k: 'welcome',
      app: app.process,
      ds: from,
      ep: message.welcome.epoch,
      resumed: message.welcome.resumed,
      lsn: this.#welcomes.get(bytes) ?? 0,
    });
  }

  /** Notes how far the data server was when it said welcome. */
  #noteWelcome(from: string, bytes: Uint8Array): void {
    const node = this.dataServers.find((candidate) => candidate.name === from);
    if (node === undefined || bytes[0] === FRAME) return;
    if (decodeChannelMessage(bytes).kind === 'welcome') this.#welcomes.set(bytes, node.lsn);
  }
}

/** First byte of the hot kind of message, which is no welcome. */
const FRAME = 0x22;

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`);
}
