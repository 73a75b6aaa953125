/**
 * Jobs of simulated app servers: each calls one operation after the other, now awaiting it, now not, with
 * pauses, until its share is done or its process is gone. What it does follows from the seed.
 */
import { successor, textOf, utf8 } from '../../../server/base/bytes.ts';
import type { EcpError } from '../../../server/base/errors.ts';
import { SnapshotReader } from '../../../server/ecp/app-server/remote-reader.ts';
import type { RemoteDatabase } from '../../../server/ecp/app-server/remote-database.ts';
import type { DataPlace, ReadSpan } from '../../../server/ecp/database-access.ts';
import type { JobSink } from '../../../server/ecp/job-sink.ts';
import { MISS, type NodeReader } from '../../../server/globals/navigation.ts';
import { subtreeEnd } from '../../../server/globals/key.ts';
import type { Held, History, Operation } from './history.ts';
import { keyOf, nameOf, pathOf, valueOf } from './key-space.ts';
import type { AppServerNode, World } from './nodes.ts';
import type { NodeClock } from './scheduler.ts';
import type { SimRandom } from './sim-random.ts';
import { type ChangeName, codeOf, ConnectionTap } from './tap.ts';

/** How often a job does what. */
export type Mix = Readonly<Record<Operation, number>>;

/** One remote database as jobs of a process use it. */
export interface Target {
  readonly ds: string;
  readonly database: RemoteDatabase;
  readonly place: DataPlace;
  readonly tap: ConnectionTap;
}

/** Makes an app server's databases ready for its jobs. */
export function targetsOf(
  node: AppServerNode,
  dataServers: readonly string[],
  world: World,
): Target[] {
  const { app } = node;
  if (app === undefined) return [];
  const places = app.places();
  return dataServers.map((ds, i) => {
    const database = app.database(ds) as RemoteDatabase;
    const tap = new ConnectionTap(database.connection, ds, node, world.history);
    return { ds, database, place: places[i] as DataPlace, tap };
  });
}

/** Nodes that one scan looks at, at most. */
const SCAN_STEPS_MAX = 4;
const PAUSE_MS = 120;

export class SimJob implements JobSink {
  readonly name: string;
  readonly #clock: NodeClock | undefined;
  readonly #process: string;
  readonly #targets: readonly Target[];
  readonly #world: World;
  readonly #random: SimRandom;
  readonly #mix: Mix;
  #number = 0;
  isDone = false;
  /** Operations called and not ended. */
  readonly open = new Set<string>();

  constructor(
    name: string,
    node: AppServerNode,
    targets: readonly Target[],
    world: World,
    mix: Mix,
  ) {
    this.name = name;
    this.#clock = node.clock;
    this.#process = node.process;
    this.#targets = targets;
    this.#world = world;
    this.#random = world.random.fork(`job ${name}`);
    this.#mix = mix;
  }

  delayError(error: EcpError): void {
    this.#world.history.add({ k: 'told', p: this.name, code: error.code });
  }

  /** Calls `operations` operations. Resolves when the last has ended; never if the process ends before. */
  async run(operations: number): Promise<void> {
    for (let i = 0; i < operations; i++) {
      const answer = this.#next();
      if (answer !== undefined && this.#random.chance(0.6)) await answer;
      if (this.#random.chance(0.7)) await this.#pause();
    }
    while (this.open.size > 0) await this.#pause();
    this.isDone = true;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock?.after(this.#random.between(0, PAUSE_MS), resolve);
    });
  }

  /** Calls one operation. The promise resolves when it has ended, however; undefined if it has already. */
  #next(): Promise<void> | undefined {
    const random = this.#random;
    const target = random.pick(this.#targets);
    const op = random.weighted(this.#mix);
    const { nodes, counters, groups } = this.#world.keys;
    switch (op) {
      case 'get':
        return this.#get(target, random.chance(0.1) ? random.pick(counters) : random.pick(nodes));
      case 'scan':
        return this.#scan(target, random.below(groups), random.chance(0.3));
      case 'kill':
        return this.#change(target, op, `A/${random.below(groups)}`);
      case 'set':
      case 'zkill':
        return this.#change(target, op, random.pick(nodes));
      case 'incr':
        return this.#change(target, op, random.pick(counters));
      case 'sync':
        return this.#called(target, op, {}, () => target.place.sync(this));
      case 'flush':
        return this.#called(target, op, {}, () => target.place.flush(this));
    }
  }

  #called(
    target: Target,
    op: Operation,
    what: { readonly key?: string; readonly v?: string },
    call: (name: ChangeName) => unknown,
  ): Promise<void> | undefined {
    const name = { p: this.name, n: ++this.#number };
    const { history } = this.#world;
    history.add({ k: 'inv', ...name, app: this.#process, ds: target.ds, op, ...what });
    const text = `${name.p}.${name.n}`;
    const ended = (value: unknown): void => {
      this.open.delete(text);
      const v = op === 'incr' && value instanceof Uint8Array ? { v: textOf(value) } : {};
      history.add({ k: 'ok', ...name, ...v });
    };
    const failed = (error: unknown): void => {
      this.open.delete(text);
      const maybe = op === 'set' || op === 'kill' || op === 'zkill' || op === 'incr';
      history.add({ k: maybe ? 'info' : 'err', ...name, code: codeOf(error) });
    };
    this.open.add(text);
    try {
      const answer = call(name);
      if (answer instanceof Promise) return answer.then(ended, failed);
      ended(answer);
    } catch (error) {
      failed(error);
    }
    return undefined;
  }

  #change(
    target: Target,
    op: 'set' | 'kill' | 'zkill' | 'incr',
    path: string,
  ): Promise<void> | undefined {
    const { database, tap } = target;
    const key = keyOf(path);
    const v = op === 'set' ? { v: `${this.name}.${this.#number + 1}` } : {};
    return this.#called(target, op, { key: path, ...v }, (name) => {
      tap.calling = name;
      try {
        if (op === 'incr') return database.increment(this, key, utf8('1'));
        if (op === 'kill' || op === 'zkill') return database.change(this, key, { kind: op });
        const value = utf8(valueOf(v.v ?? '', this.#length()));
        return database.change(this, key, { kind: 'set', value });
      } finally {
        tap.calling = undefined;
      }
    });
  }

  /** Mostly short, sometimes a long value of its own, rarely one of several pieces. */
  #length(): number {
    const random = this.#random;
    if (random.chance(0.004)) return 70_000 + random.below(80_000);
    if (random.chance(0.05)) return this.#world.blockSize / 4 + random.below(3000);
    return 16 + random.below(this.#world.blockSize / 8);
  }

  #get(target: Target, path: string): Promise<void> | undefined {
    const key = keyOf(path);
    const span = (): ReadSpan => ({ from: key, to: successor(key), reverse: false, limit: 1 });
    return this.#called(target, 'get', { key: path }, (name) => {
      if (this.#random.chance(0.5)) {
        const text = target.database.textAtOnce(key, key.length);
        if (text !== MISS) {
          this.#evaluated(name, undefined, [[path, text === undefined ? null : nameOf(text)]]);
          return text;
        }
      }
      const course = new ReadCourse(this.#world.history);
      return target.database.read(
        this,
        (reader: NodeReader) => {
          const value = reader.get(key);
          if (value === MISS) {
            course.missed(reader);
            return MISS;
          }
          this.#evaluated(name, course, [
            [path, value === undefined ? null : nameOf(textOf(value))],
          ]);
          return true;
        },
        span,
      );
    });
  }

  /** $ORDER over a group's nodes, a few steps from somewhere, with their values: all of one moment. */
  #scan(target: Target, group: number, reverse: boolean): Promise<void> | undefined {
    const root = `A/${group}`;
    const start = keyOf(root);
    const end = subtreeEnd(start);
    const members = this.#world.keys.nodes.filter(
      (path) => path === root || path.startsWith(`${root}/`),
    );
    const span = (): ReadSpan => ({ from: start, to: end, reverse, limit: SCAN_STEPS_MAX });
    return this.#called(target, 'scan', { key: root }, (name) => {
      const course = new ReadCourse(this.#world.history);
      return target.database.read(
        this,
        (reader: NodeReader) => {
          const found = walk(reader, start, end, reverse);
          if (found === MISS) {
            course.missed(reader);
            return MISS;
          }
          this.#evaluated(name, course, proved(members, found, reverse));
          return true;
        },
        span,
      );
    });
  }

  #evaluated(
    name: ChangeName,
    course: ReadCourse | undefined,
    seen: readonly (readonly [string, Held])[],
  ): void {
    const { waited = false, asOf } = course ?? {};
    const since = asOf === undefined ? {} : { asOf };
    this.#world.history.add({ k: 'eval', ...name, waited, ...since, seen });
  }
}

/** What a read went through before it had its answer. */
class ReadCourse {
  readonly #history: History;
  /** A block was fetched. */
  waited = false;
  /** The event at which the data server's own answer came. */
  asOf: number | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  missed(reader: NodeReader): void {
    const { missed } = reader as { missed?: { readonly kind: string } };
    if (missed?.kind === 'block') this.waited = true;
    if (reader instanceof SnapshotReader) this.asOf ??= this.#history.events.length;
    else this.asOf = undefined;
  }
}

interface Walk {
  readonly nodes: readonly (readonly [path: string, name: string])[];
  /** Whether the end of the subtree was reached. */
  readonly isWhole: boolean;
}

function walk(
  reader: NodeReader,
  start: Uint8Array,
  end: Uint8Array,
  reverse: boolean,
): Walk | typeof MISS {
  const nodes: [string, string][] = [];
  let from = start;
  let to = end;
  while (nodes.length < SCAN_STEPS_MAX) {
    const key = reverse ? reader.below(to, from) : reader.ceiling(from, to);
    if (key === MISS) return MISS;
    if (key === undefined) return { nodes, isWhole: true };
    const own = key.slice();
    const value = reader.get(own);
    if (value === MISS) return MISS;
    nodes.push([pathOf(own), value === undefined ? 'nothing' : nameOf(textOf(value))]);
    if (reverse) to = own;
    else from = successor(own);
  }
  return { nodes, isWhole: false };
}

/** What a walk says of every member of the group: found nodes hold a value, those passed over hold none. */
function proved(
  members: readonly string[],
  { nodes, isWhole }: Walk,
  reverse: boolean,
): (readonly [string, Held])[] {
  const found = new Map(nodes);
  const order = reverse ? [...members].reverse() : members;
  const last = nodes.at(-1)?.[0];
  const stop = isWhole || last === undefined ? order.length : order.indexOf(last) + 1;
  const seen: (readonly [string, Held])[] = order
    .slice(0, stop)
    .map((path) => [path, found.get(path) ?? null]);
  // A node that nobody could have set.
  for (const [path, name] of nodes) if (!members.includes(path)) seen.push([path, name]);
  return seen;
}
