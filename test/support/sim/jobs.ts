/**
 * Jobs of simulated processes, app servers' and data servers' own: each calls one operation after the other, now
 * awaiting it, now not, with pauses, and now and then goes through a section (sections.ts), until its share is done or
 * its process is gone. What it does follows from the seed. It is the product's own job that locks and has transactions.
 */
import { successor, textOf, utf8 } from '../../../server/base/bytes.ts';
import type { MaybePromise } from '../../../server/base/maybe-promise.ts';
import type { ReadSpan } from '../../../server/ecp/database-access.ts';
import { MISS, type NodeReader } from '../../../server/globals/navigation.ts';
import { subtreeEnd } from '../../../server/globals/key.ts';
import type { LockReference } from '../../../server/instance/database.ts';
import { Job } from '../../../server/instance/job.ts';
import type { EventOf, Held, LockMode, Operation } from './history-schema.ts';
import { keyOf, nameOf, valueOf } from './key-space.ts';
import type { World } from './nodes.ts';
import { proved, ReadCourse, SCAN_STEPS_MAX, walk } from './reading.ts';
import { runSection } from './sections.ts';
import type { SimProcess, Target } from './sim-process.ts';
import type { SimRandom } from './sim-random.ts';
import { type ChangeName, codeOf } from './tap.ts';

type Single = 'get' | 'scan' | 'set' | 'kill' | 'zkill' | 'incr' | 'sync' | 'flush';

/** How often a job does what, when it is in no section. */
export type Mix = Readonly<Record<Single, number>>;

export interface Share {
  readonly mix: Mix;
  /** Calls, at least. */
  readonly operations: number;
  /** How often a section comes next. */
  readonly sections: number;
}

const PAUSE_MS = 120;

type Called = Omit<EventOf<'inv'>, 'k' | 'p' | 'n' | 'app' | 'ds' | 'op' | 'txn'>;

export interface LockCall {
  readonly mode?: LockMode;
  readonly timeoutMs?: number | undefined;
}

export class SimJob {
  readonly name: string;
  readonly random: SimRandom;
  readonly world: World;
  readonly targets: readonly Target[];
  readonly #job: Job;
  readonly #process: SimProcess;
  #number = 0;
  #transactions = 0;
  isDone = false;
  /** Operations called and not ended. */
  readonly open = new Set<string>();

  constructor(name: string, process: SimProcess, world: World) {
    this.name = name;
    this.world = world;
    this.targets = process.targets;
    this.random = world.random.fork(`job ${name}`);
    this.#process = process;
    const id = world.jobNames.size + 1;
    world.jobNames.set(id, name);
    this.#job = new Job(id, 'SIM', process);
    this.#job.on('delayed-error', (error) =>
      world.history.add({ k: 'told', p: name, code: codeOf(error) }),
    );
  }

  /** Does its share, then ends. Never resolves if the process ends before. */
  async run({ mix, operations, sections }: Share): Promise<void> {
    while (this.#number < operations && !this.isDone) {
      if (this.random.chance(sections)) {
        await runSection(this);
      } else {
        const answer = this.#next(mix);
        if (answer instanceof Promise && this.random.chance(0.6)) await answer;
      }
      if (this.random.chance(0.7)) await this.pause(PAUSE_MS);
    }
    while (this.open.size > 0) await this.pause(PAUSE_MS);
    if (this.isDone) return;
    await this.halt();
    this.isDone = true;
  }

  /** $TLEVEL. */
  get level(): number {
    return this.#job.jobTransaction.level;
  }

  pause(maxMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#process.clock.after(this.random.between(0, maxMs), resolve);
    });
  }

  #next(mix: Mix): MaybePromise<boolean> {
    const { random } = this;
    const target = random.pick(this.targets);
    const op = random.weighted(mix);
    const { nodes, counters, groups } = this.world.keys;
    switch (op) {
      case 'get':
        return this.get(target, random.chance(0.1) ? random.pick(counters) : random.pick(nodes));
      case 'scan':
        return this.#scan(target, random.below(groups), random.chance(0.3));
      case 'kill':
        return this.change(target, op, `A/${random.below(groups)}`);
      case 'set':
      case 'zkill':
        return this.change(target, op, random.pick(nodes));
      case 'incr':
        return this.change(target, op, random.pick(counters));
      case 'sync':
        return this.#called(target.ds, op, {}, () => target.place.sync(this.#job));
      case 'flush':
        return this.#called(target.ds, op, {}, () => target.place.flush(this.#job));
    }
  }

  // ── Calls ────────────────────────────────────────────────────────────────────────────────────────────

  /** True when it has ended without an error. */
  #called(
    ds: string,
    op: Operation,
    what: Called,
    call: (name: ChangeName) => unknown,
  ): MaybePromise<boolean> {
    const name = { p: this.name, n: ++this.#number };
    const { history, current } = this.world;
    const txn = this.level > 0 ? { txn: this.#transactions } : {};
    history.add({ k: 'inv', ...name, app: this.#process.name, ds, op, ...txn, ...what });
    const text = `${name.p}.${name.n}`;
    const ended = (value: unknown): boolean => {
      this.open.delete(text);
      const v = op === 'incr' && value instanceof Uint8Array ? { v: textOf(value) } : {};
      history.add({ k: 'ok', ...name, ...v });
      return true;
    };
    const failed = (error: unknown, k: 'err' | 'info'): boolean => {
      this.open.delete(text);
      history.add({ k, ...name, code: codeOf(error) });
      return false;
    };
    this.open.add(text);
    current.calling = name;
    try {
      // As the job's own operations do: what became of an earlier change comes first.
      if (!CHECKS_ITSELF.has(op)) this.#job.check();
      const answer = call(name);
      if (!(answer instanceof Promise)) return ended(answer);
      return answer.then(ended, (error: unknown) => failed(error, MAYBE.has(op) ? 'info' : 'err'));
    } catch (error) {
      return failed(error, 'err');
    } finally {
      current.calling = undefined;
    }
  }

  change(
    { ds, database }: Target,
    op: 'set' | 'kill' | 'zkill' | 'incr',
    path: string,
  ): MaybePromise<boolean> {
    const key = keyOf(path);
    const v = op === 'set' ? { v: `${this.name}.${this.#number + 1}` } : {};
    return this.#called(ds, op, { key: path, ...v }, () => {
      if (op === 'incr') return database.increment(this.#job, key, utf8('1'));
      if (op === 'kill' || op === 'zkill') return database.change(this.#job, key, { kind: op });
      const value = utf8(valueOf(v.v ?? '', this.#length()));
      return database.change(this.#job, key, { kind: 'set', value });
    });
  }

  /** Mostly short, sometimes a long value of its own, rarely one of several pieces. */
  #length(): number {
    const { random, world } = this;
    if (random.chance(0.004)) return 70_000 + random.below(80_000);
    if (random.chance(0.05)) return world.blockSize / 4 + random.below(3000);
    return 16 + random.below(world.blockSize / 8);
  }

  lock(target: Target, paths: readonly string[], options: LockCall): MaybePromise<boolean> {
    const { mode = 'exclusive', timeoutMs } = options;
    const time = timeoutMs === undefined ? {} : { timeoutMs };
    const shared = mode === 'shared';
    const what = { names: [...paths], mode, ...time };
    return this.#called(target.ds, 'lock', what, () =>
      this.#job.lock(paths.map(referenceOf), { shared, ...time }),
    );
  }

  unlock(
    target: Target,
    paths: readonly string[],
    { mode = 'exclusive', immediate = false }: { mode?: LockMode; immediate?: boolean },
  ): MaybePromise<boolean> {
    const shared = mode === 'shared';
    const what = { names: [...paths], mode, immediate };
    return this.#called(target.ds, 'unlock', what, () =>
      this.#job.unlock(paths.map(referenceOf), { shared, immediate }),
    );
  }

  tstart(): MaybePromise<boolean> {
    if (this.level === 0) this.#transactions++;
    const inner = this.level > 0 ? { v: 'inner' } : {};
    return this.#called('', 'tstart', { ...inner }, () => this.#job.tstart());
  }

  tcommit(isSynchronous: boolean): MaybePromise<boolean> {
    const outer = isSynchronous ? { v: 'synchronous' } : {};
    const v = this.level > 1 ? { v: 'inner' } : outer;
    const commit = isSynchronous ? 'synchronous' : 'asynchronous';
    return this.#called('', 'tcommit', v, () => this.#job.tcommit({ commit }));
  }

  trollback(scope: 'all' | 'level'): MaybePromise<boolean> {
    return this.#called('', 'trollback', { v: scope }, () => this.#job.trollback(scope));
  }

  /** HALT. */
  halt(): MaybePromise<boolean> {
    this.isDone = true;
    return this.#called('', 'halt', {}, () => this.#job.close());
  }

  // ── Reads ────────────────────────────────────────────────────────────────────────────────────────────

  get(target: Target, path: string): MaybePromise<boolean> {
    const key = keyOf(path);
    const span = (): ReadSpan => ({ from: key, to: successor(key), reverse: false, limit: 1 });
    return this.#called(target.ds, 'get', { key: path }, (name) => {
      if (this.random.chance(0.5)) {
        const text = target.database.textAtOnce(key, key.length);
        if (text !== MISS) {
          this.#evaluated(name, undefined, [[path, text === undefined ? null : nameOf(text)]]);
          return text;
        }
      }
      const course = new ReadCourse(this.world.history);
      return target.database.read(
        this.#job,
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
  #scan(target: Target, group: number, reverse: boolean): MaybePromise<boolean> {
    const root = `A/${group}`;
    const start = keyOf(root);
    const end = subtreeEnd(start);
    const members = this.world.keys.nodes.filter(
      (path) => path === root || path.startsWith(`${root}/`),
    );
    const span = (): ReadSpan => ({ from: start, to: end, reverse, limit: SCAN_STEPS_MAX });
    return this.#called(target.ds, 'scan', { key: root }, (name) => {
      const course = new ReadCourse(this.world.history);
      return target.database.read(
        this.#job,
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
    this.world.history.add({
      k: 'eval',
      ...name,
      waited,
      ...since,
      seen: seen.map(([key, held]) => [key, held]),
    });
  }
}

/** Those of the product's job itself. */
const CHECKS_ITSELF = new Set<Operation>([
  'lock',
  'unlock',
  'tstart',
  'tcommit',
  'trollback',
  'halt',
]);

/** An error of these leaves it open whether they happened. */
const MAYBE = new Set<Operation>(['set', 'kill', 'zkill', 'incr', 'tcommit', 'trollback', 'halt']);

/** "L0/3/1" as LOCK takes it. */
function referenceOf(path: string): LockReference {
  const [global, ...subscripts] = path.split('/') as [string, ...string[]];
  return [global, ...subscripts.map(Number)];
}
