/** Whole instances in one process, on virtual time, memory disks and the loopback network: for scenario tests. */
import {
  parseConfiguration,
  type ConfigurationInput,
} from '../../server/instance/configuration.ts';
import { Instance } from '../../server/instance/instance.ts';
import type { Job } from '../../server/instance/job.ts';
import type { KeyRing } from '../../server/ports/cipher.ts';
import type { Log, LogFields } from '../../server/ports/log.ts';
import type { Labels, Metrics } from '../../server/ports/metrics.ts';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import {
  MemoryJournalDisk,
  MemoryPageStore,
  type RandomFunction,
} from '../../server/storage/testing/memory-disk.ts';
import { Loopback, type Direction, type Link } from './loopback.ts';
import { messageLines } from './transcript.ts';
import { VirtualTime, type HostClock } from './virtual-time.ts';

type Input = Omit<ConfigurationInput, 'name' | 'dataDirectory'>;

/** Counts, by name, and by name and peer. */
export class Counts implements Metrics {
  readonly values = new Map<string, number>();
  readonly states = new Map<string, string>();

  of(name: string): number {
    return this.values.get(name) ?? 0;
  }

  counter(name: string) {
    return {
      inc: (by = 1): void => {
        this.values.set(name, this.of(name) + by);
      },
    };
  }

  gauge(name: string) {
    return {
      set: (value: number): void => void this.values.set(name, value),
      remove: (): void => void this.values.delete(name),
    };
  }

  histogram() {
    return { observe: (): void => undefined };
  }

  stateSet(name: string, _help: string, _states: readonly string[], labels: Labels = {}) {
    const key = `${name} ${labels['role'] ?? ''} ${labels['peer'] ?? ''}`;
    return {
      set: (state: string): void => void this.states.set(key, state),
      remove: (): void => void this.states.delete(key),
    };
  }
}

/** Keeps what was logged, from warnings up. */
class RecordingLog implements Log {
  readonly lines: string[] = [];
  debug(): void {
    // Not kept.
  }
  info(): void {
    // Not kept.
  }
  warn(message: string, fields?: LogFields): void {
    this.lines.push(`warn: ${message} ${JSON.stringify(fields ?? {})}`);
  }
  error(message: string, fields?: LogFields): void {
    this.lines.push(`error: ${message} ${JSON.stringify(fields ?? {})}`);
  }
  child(): Log {
    return this;
  }
}

/** A machine with an instance on it. The disks outlive the instance. */
export class Host {
  readonly name: string;
  readonly address: string;
  journal: MemoryJournalDisk;
  stores = new Map<string, MemoryPageStore>();
  readonly metrics = new Counts();
  readonly log = new RecordingLog();
  readonly #world: World;
  #configuration: Input;
  #clock: HostClock;
  #instance: Instance | undefined;
  #starts = 0;

  constructor(world: World, name: string, address: string, configuration: Input) {
    this.#world = world;
    this.name = name;
    this.address = address;
    this.#configuration = configuration;
    this.#clock = world.time.clock();
    this.journal = new MemoryJournalDisk();
    this.start();
  }

  get instance(): Instance {
    if (this.#instance === undefined) throw new Error(`${this.name} is not running`);
    return this.#instance;
  }

  #parsed(): ReturnType<typeof parseConfiguration> {
    return parseConfiguration({
      testing: { shrinkTimers: true },
      ...this.#configuration,
      name: this.name,
      dataDirectory: `/data/${this.name}`,
    });
  }

  /** Starts the process; with `change`, its configuration was edited meanwhile. */
  start(change: Input = {}): Instance {
    this.#configuration = { ...this.#configuration, ...change };
    const { world, name } = { world: this.#world, name: this.name };
    this.#clock = world.time.clock();
    this.#starts++;
    this.journal.keys = world.keys;
    const instance = Instance.open(this.#parsed(), {
      clock: this.#clock,
      log: this.log,
      metrics: this.metrics,
      random: seededRandom(Number(this.address.split('.')[3]) * 1000 + this.#starts),
      resolver: { resolve: (host, done) => done(world.names.get(host) ?? []) },
      transport: world.net.transport(this.address),
      keys: world.keys,
      journal: this.journal,
      openStore: (database, { temporary }) => {
        const store = (temporary ? undefined : this.stores.get(database)) ?? new MemoryPageStore();
        this.stores.set(database, store);
        return store;
      },
    });
    this.#instance = instance;
    world.net.listen(`${name}:1972`, (channel) => instance.dataServer.accept(channel));
    return instance;
  }

  /** Other disks, while it does not run: what was restored. */
  replaceDisks(journal: MemoryJournalDisk, stores: ReadonlyMap<string, MemoryPageStore>): void {
    this.journal = journal;
    this.stores = new Map(stores);
  }

  /** Configuration changed while it runs. */
  reconfigure(change: Input): void {
    this.#configuration = { ...this.#configuration, ...change };
    this.instance.reconfigure(this.#parsed());
  }

  job(namespace = 'USER'): Job {
    return this.instance.openJob(namespace);
  }

  /** Ends the process at once. With `random` the machine: what was not synced is kept, torn or lost. */
  crash(random?: RandomFunction): void {
    this.#instance = undefined;
    this.#clock.crash();
    this.#world.net.unlisten(`${this.name}:1972`);
    this.journal.crash(random);
    for (const store of this.stores.values()) store.crash(random);
    for (const link of [...this.#world.net.links, ...this.#world.net.closing]) {
      if (link.from === this.address) link.crash('app');
      if (link.to === `${this.name}:1972`) link.crash('server');
    }
  }

  async stop(): Promise<void> {
    const { instance } = this;
    await this.#world.run(instance.stop());
    this.#world.net.unlisten(`${this.name}:1972`);
    this.#instance = undefined;
    this.#clock.crash();
    this.journal.crash();
    for (const store of this.stores.values()) store.crash();
  }
}

/** Hostile peers say what has no lines. */
function linesOf(direction: Direction, bytes: Uint8Array): readonly string[] {
  try {
    return messageLines(direction, bytes);
  } catch {
    return [`${bytes.length} bytes that make no sense`];
  }
}

export const POWER_CUT: RandomFunction = () => 0;

export class World {
  readonly time = new VirtualTime();
  readonly net = new Loopback((callback) => void this.time.schedule(0, callback));
  readonly names = new Map<string, readonly string[]>();
  /** What configurations may name in encryption.keys, whatever the file. */
  keys: KeyRing | undefined;
  readonly #hosts = new Map<string, Host>();
  #lines: string[] = [];

  constructor() {
    this.net.onMessage = (direction, bytes, link) => this.#record(direction, bytes, link);
  }

  #record(direction: Direction, bytes: Uint8Array, link: Link): void {
    const app = this.#nameOf(link.from);
    const server = link.to.split(':')[0] ?? '';
    const [from, to] = direction === 'toApp' ? [server, app] : [app, server];
    for (const line of linesOf(direction, bytes)) this.#lines.push(`${from} → ${to}: ${line}`);
  }

  #nameOf(address: string): string {
    for (const host of this.#hosts.values()) if (host.address === address) return host.name;
    return address;
  }

  host(name: string, configuration: Input): Host {
    const host = new Host(this, name, `10.0.0.${this.#hosts.size + 1}`, configuration);
    this.#hosts.set(name, host);
    return host;
  }

  /** A data server with database ACCOUNTS. */
  dataServer(name = 'S', configuration: Input = {}): Host {
    return this.host(name, {
      databases: [{ name: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
      ...configuration,
      ecp: { maxAppServers: 254, incomingPolicy: 'Any', ...configuration.ecp },
    });
  }

  /** An app server of `S`, whose namespace USER is ACCOUNTS there. */
  appServer(name: string, configuration: Input = {}): Host {
    return this.host(name, {
      dataServers: [{ name: 'BANK', host: 'S' }],
      remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
      ...configuration,
    });
  }

  link(from: Host, to?: Host): Link {
    const found = this.net.links.find(
      (link) => link.from === from.address && (to === undefined || link.to === `${to.name}:1972`),
    );
    if (found === undefined) throw new Error(`${from.name} has no link`);
    return found;
  }

  /** The result, as much virtual time passing as it takes. */
  run<T>(work: T | Promise<T>, limitMs?: number): Promise<T> {
    return this.time.run(work, limitMs);
  }

  /** What was said on the network since the last call: from → to: message, one a line. */
  takeTranscript(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

export function isLine(part: string): (line: string) => boolean {
  return (line) => line.includes(part);
}
