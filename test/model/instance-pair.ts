/**
 * An instance and a model of it, side by side: every operation is done on both, and what they answer is compared.
 * The model is a map of nodes, a list of what happened with its places in the journal, and for each job its levels.
 *
 * Jobs take no locks: their transactions are undone by the rule of A.2.4, which the model has in its own words.
 */
import { expect } from '@jest/globals';
import { isEcpError } from '../../server/base/errors.ts';
import { encodeKey, subtreeEnd } from '../../server/globals/key.ts';
import type { MaybePromise } from '../../server/base/maybe-promise.ts';
import type { ConfigurationInput } from '../../server/instance/configuration.ts';
import type { GlobalNode } from '../../server/instance/database.ts';
import type { Job } from '../../server/instance/job.ts';
import type { StorageEngine } from '../../server/storage/engine.ts';
import { decodeDatabaseHeader } from '../../server/storage/page.ts';
import type { RandomFunction } from '../../server/storage/testing/memory-disk.ts';
import {
  type Effect,
  History,
  type HistoryEvent,
  keyText,
  listed,
  type Nodes,
  restoringEffect,
  type State,
  unitsOf,
} from '../../server/transactions/testing/mixed-history.ts';
import { textOf } from '../../server/base/bytes.ts';
import { type Host, World } from '../support/world.ts';

export const SUBSCRIPTS = [1, 2, 10, 'a'] as const;
export type Path = readonly (typeof SUBSCRIPTS)[number][];

/** Where each global lies. */
const DATABASE_OF = { x: 'ACCOUNTS', Loose: 'ACCOUNTS', M: 'MORE', T: 'TEMP' } as const;
export type Global = keyof typeof DATABASE_OF;
export const GLOBALS = Object.keys(DATABASE_OF) as Global[];
export const JOBS = 3;

export interface Place {
  readonly global: Global;
  readonly path: Path;
}

interface ModelJob {
  job: Job;
  level: number;
  /** Of its transaction, from its first change on. */
  open: number | undefined;
  /** Databases that it has changed. */
  readonly touched: Set<string>;
  /** It was rolled back because its database had to go. */
  isFailed: boolean;
}

/** Every place there can be, by its key. */
const PLACES = new Map<string, Place>();
for (const global of GLOBALS)
  for (const path of [[], ...SUBSCRIPTS.map((s) => [s]), ...pairs()])
    PLACES.set(keyText(encodeKey(global, path)), { global, path });

function pairs(): Path[] {
  return SUBSCRIPTS.flatMap((first) => SUBSCRIPTS.map((second) => [first, second]));
}

export function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = SUBSCRIPTS.indexOf(a[i]!) - SUBSCRIPTS.indexOf(b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export class InstancePair {
  isMounted = true;
  isReadOnly = false;
  isJournaled = true;
  readonly jobs: ModelJob[] = [];
  readonly #world = new World();
  readonly #host: Host;
  #history = new History([], new Map());
  #transactions = 0;

  constructor() {
    this.#host = this.#world.dataServer('S', {
      ...this.#configuration(),
      namespaces: [
        {
          name: 'USER',
          defaultDatabase: 'ACCOUNTS',
          mappings: [
            { global: 'M', database: 'MORE' },
            { global: 'T', database: 'TEMP' },
          ],
        },
      ],
    });
    this.#openJobs();
  }

  #configuration(): Pick<ConfigurationInput, 'databases'> {
    return {
      databases: [
        { name: 'ACCOUNTS', unjournaledGlobals: ['Loose*'] },
        {
          name: 'MORE',
          state: this.isMounted ? 'Mounted' : 'Dismounted',
          access: this.isReadOnly ? 'ReadOnly' : 'ReadWrite',
          journaling: this.isJournaled ? 'Enabled' : 'Disabled',
        },
      ],
    };
  }

  #openJobs(): void {
    this.jobs.length = 0;
    for (let i = 0; i < JOBS; i++) this.jobs.push(this.#newJob());
  }

  #newJob(): ModelJob {
    const job = this.#host.job();
    return { job, level: 0, open: undefined, touched: new Set(), isFailed: false };
  }

  get #engine(): StorageEngine {
    return this.#host.instance.engine;
  }

  /** Does it, and gives what it answers, or the code of its error; and where the journal was right after the call. */
  async #attempt<T>(
    operation: () => MaybePromise<T>,
  ): Promise<{ result?: T; code?: string; after: number }> {
    let after = this.#engine.position;
    try {
      const pending = operation();
      after = this.#engine.position;
      const result = pending instanceof Promise ? await this.#world.run(pending) : pending;
      return { result, after };
    } catch (error) {
      if (!isEcpError(error)) throw error;
      return { code: error.code, after };
    }
  }

  #node(at: number, { global }: Place): GlobalNode {
    return this.jobs[at]!.job.global(global);
  }

  #nodes({ global }: Place): Nodes {
    return this.#history.nodes(DATABASE_OF[global]);
  }

  /** The nodes of a global in order. */
  #list(place: Place): { readonly path: Path; readonly value: string }[] {
    return [...this.#nodes(place)]
      .flatMap(([key, value]) => {
        const { global, path } = PLACES.get(key)!;
        return global === place.global ? [{ path, value }] : [];
      })
      .sort((a, b) => comparePaths(a.path, b.path));
  }

  // ── Changes ──────────────────────────────────────────────────────────────────────────────────────────

  /** What keeps a job from a change there. */
  #refusal(at: number, { global }: Place): string | undefined {
    const database = DATABASE_OF[global];
    if (database === 'MORE' && !this.isMounted) return 'DATABASE';
    if (database === 'MORE' && this.isReadOnly) return 'PROTECT';
    const { level, isFailed } = this.jobs[at]!;
    return level > 0 && isFailed && database !== 'TEMP' ? 'ROLLBACK ONLY' : undefined;
  }

  async set(at: number, place: Place, value: string): Promise<void> {
    const effect: Effect = { kind: 'set', key: keyOf(place), value };
    await this.#change(at, place, effect, (node) => node.set(place.path, value));
  }

  async kill(at: number, place: Place): Promise<void> {
    const to = keyText(subtreeEnd(encodeKey(place.global, place.path)));
    const effect: Effect = { kind: 'remove', from: keyOf(place), to };
    await this.#change(at, place, effect, (node) => node.kill(place.path));
  }

  async zkill(at: number, place: Place): Promise<void> {
    const effect: Effect = { kind: 'remove', from: keyOf(place), to: `${keyOf(place)}\0` };
    await this.#change(at, place, effect, (node) => node.zkill(place.path));
  }

  async #change(
    at: number,
    place: Place,
    effect: Effect,
    operation: (node: GlobalNode) => MaybePromise<void>,
  ): Promise<void> {
    const refusal = this.#refusal(at, place);
    const before = this.#engine.position;
    const { code, after } = await this.#attempt(() => operation(this.#node(at, place)));
    expect(code).toBe(refusal);
    if (code === undefined) this.#noteChange(at, place, effect, before, after);
  }

  #noteChange(at: number, place: Place, effect: Effect, before: number, after: number): void {
    const database = DATABASE_OF[place.global];
    const job = this.jobs[at]!;
    if (job.level === 0 || database === 'TEMP') {
      this.#noteOutside(place, effect, before, after, false);
      return;
    }
    const number = this.#opened(job, before, after);
    job.touched.add(database);
    const units = unitsOf(database, this.#history.nodes(database), effect);
    const transaction = { number, step: { kind: 'change', units } } as const;
    this.#history.add({ before, position: after, database, effect, isRedone: true, transaction });
  }

  #noteOutside(
    { global }: Place,
    effect: Effect,
    before: number,
    after: number,
    isInside: boolean,
  ): void {
    const database = DATABASE_OF[global];
    const isJournaled = global === 'x' || (global === 'M' && this.isJournaled);
    const isRedone = database !== 'TEMP' && (isJournaled || isInside);
    const position = isRedone ? after : undefined;
    this.#history.add({ before, position, database, effect, isRedone });
  }

  /** The number of a job's transaction, which begins with its first change, at the level that it has then. */
  #opened(job: ModelJob, before: number, after: number): number {
    if (job.open !== undefined) return job.open;
    const number = (job.open = ++this.#transactions);
    const note = (step: NonNullable<HistoryEvent['transaction']>['step']): void =>
      this.#history.add({ before, position: after, transaction: { number, step } });
    note({ kind: 'begin' });
    for (let level = 2; level <= job.level; level++) note({ kind: 'level', level, isStart: true });
    return number;
  }

  async increment(at: number, place: Place): Promise<void> {
    const { level, isFailed } = this.jobs[at]!;
    const refusal = this.#refusal(at, place);
    const before = this.#engine.position;
    const { result, code, after } = await this.#attempt(() =>
      this.#node(at, place).increment(place.path),
    );
    // It is not undone: a transaction that failed has no part in it.
    expect(code).toBe(isFailed && refusal === 'ROLLBACK ONLY' ? undefined : refusal);
    if (code !== undefined) return;
    const key = keyOf(place);
    const value = String((Number.parseInt(this.#nodes(place).get(key) ?? '0', 10) || 0) + 1);
    expect(result).toBe(value);
    this.#noteOutside(place, { kind: 'set', key, value }, before, after, level > 0);
  }

  /** Between two globals, to a place that is not deeper than the source. */
  async merge(at: number, place: Place, source: Place): Promise<void> {
    const { path, global } = source;
    const nodes = this.#list(source).filter((node) => isUnder(node.path, path));
    const job = this.jobs[at]!;
    const isNodeByNode = job.level > 0 && DATABASE_OF[place.global] !== 'TEMP';
    let refusal = this.#refusal(at, place);
    if (isNodeByNode && nodes.length === 0 && refusal !== 'DATABASE') refusal = undefined;
    if (global === 'M' && !this.isMounted) refusal = 'DATABASE';
    const before = this.#engine.position;
    const merge = () => this.#node(at, place).merge(place.path, this.#node(at, source), path);
    const { code, after } = await this.#attempt(merge);
    expect(code).toBe(refusal);
    if (code !== undefined) return;
    for (const node of nodes) {
      const to = { ...place, path: [...place.path, ...node.path.slice(path.length)] };
      const effect: Effect = { kind: 'set', key: keyOf(to), value: node.value };
      this.#noteChange(at, to, effect, before, isNodeByNode ? this.#engine.position : after);
    }
  }

  // ── Reads ────────────────────────────────────────────────────────────────────────────────────────────

  async read(at: number, place: Place): Promise<void> {
    const { path } = place;
    const list = this.#list(place);
    const answers = {
      get: list.find((node) => comparePaths(node.path, path) === 0)?.value,
      data: this.#data(list, path),
      next: list.find((node) => comparePaths(node.path, path) > 0)?.path,
      last: list.findLast((node) => comparePaths(node.path, path) < 0)?.path,
      order: path.length === 0 ? undefined : neighbour(list, path, 1),
      previous: path.length === 0 ? undefined : neighbour(list, path, -1),
    };
    const { result, code } = await this.#attempt(async () => {
      const node = this.#node(at, place);
      return {
        get: await node.get(path),
        data: await node.data(path),
        next: await node.query(path),
        last: await node.query(path, { reverse: true }),
        order: path.length === 0 ? undefined : await node.order(path),
        previous: path.length === 0 ? undefined : await node.previous(path),
      };
    });
    const isAway = place.global === 'M' && !this.isMounted;
    expect({ code, result }).toEqual(
      isAway ? { code: 'DATABASE', result: undefined } : { code: undefined, result: answers },
    );
  }

  #data(list: readonly { readonly path: Path }[], path: Path): number {
    const below = list.filter((node) => isUnder(node.path, path));
    const own = below.some((node) => node.path.length === path.length) ? 1 : 0;
    return own + (below.length > own ? 10 : 0);
  }

  // ── Transactions ─────────────────────────────────────────────────────────────────────────────────────

  async tstart(at: number): Promise<void> {
    const job = this.jobs[at]!;
    const before = this.#engine.position;
    const { code, after } = await this.#attempt(() => job.job.tstart());
    expect(code).toBeUndefined();
    job.level++;
    this.#noteLevel(job, before, after, true);
  }

  #noteLevel({ open, level }: ModelJob, before: number, position: number, isStart: boolean): void {
    if (open === undefined) return;
    const transaction = { number: open, step: { kind: 'level', level, isStart } } as const;
    this.#history.add({ before, position, transaction });
  }

  async tcommit(at: number, isSynchronous: boolean): Promise<void> {
    const job = this.jobs[at]!;
    const before = this.#engine.position;
    const options = isSynchronous ? ({ commit: 'synchronous' } as const) : {};
    const { code, after } = await this.#attempt(() => job.job.tcommit(options));
    if (job.level === 0) expect(code).toBe('SYNTAX');
    else if (job.level > 1) {
      expect(code).toBeUndefined();
      job.level--;
      this.#noteLevel(job, before, after, false);
    } else if (job.isFailed) expect(code).toBe('ROLLBACK ONLY');
    else {
      expect(code).toBeUndefined();
      if (isSynchronous && job.open !== undefined)
        expect(this.#engine.durablePosition).toBeGreaterThanOrEqual(after);
      this.#ended(job, before, after, 0);
    }
  }

  async trollback(at: number, scope: 'all' | 'level'): Promise<void> {
    const job = this.jobs[at]!;
    const before = this.#engine.position;
    const { code, after } = await this.#attempt(() => job.job.trollback(scope));
    expect(code).toBeUndefined();
    if (job.level === 0) return;
    const level = scope === 'all' ? 0 : job.level - 1;
    this.#undo(job, before, after, level);
    this.#ended(job, before, after, level);
  }

  #undo({ open }: ModelJob, before: number, position: number, level: number): void {
    if (open === undefined) return;
    const transaction = this.#history.transactions.get(open)!;
    for (
      let unit = transaction.newest(level);
      unit !== undefined;
      unit = transaction.newest(level)
    ) {
      const { database } = unit;
      const effect = restoringEffect(this.#history.nodes(database), unit);
      this.#history.add({
        before,
        position,
        database,
        ...(effect && { effect, isRedone: true }),
        transaction: { number: open, step: { kind: 'undo' } },
      });
    }
  }

  #ended(job: ModelJob, before: number, position: number, level: number): void {
    if (job.open !== undefined) {
      const transaction = { number: job.open, step: { kind: 'end', level } } as const;
      this.#history.add({ before, position, transaction });
    }
    job.level = level;
    if (level > 0) return;
    job.open = undefined;
    job.isFailed = false;
    job.touched.clear();
  }

  /** HALT, and another job in its place. */
  async halt(at: number): Promise<void> {
    const job = this.jobs[at]!;
    const before = this.#engine.position;
    await this.#world.run(job.job.close());
    this.#undo(job, before, this.#engine.position, 0);
    this.#ended(job, before, this.#engine.position, 0);
    this.jobs[at] = this.#newJob();
  }

  // ── The instance ─────────────────────────────────────────────────────────────────────────────────────

  async flush(): Promise<void> {
    await this.#world.run(this.jobs[0]!.job.flush());
  }

  async pass(ms: number): Promise<void> {
    await this.#world.time.pass(ms);
  }

  async checkpoint(): Promise<void> {
    await this.#world.run(new Promise<void>((resolve) => this.#engine.checkpoint(() => resolve())));
  }

  /** Of database MORE: mounted or not, read-only or not, journaled or not. */
  async configure(
    change: Partial<Pick<InstancePair, 'isMounted' | 'isReadOnly' | 'isJournaled'>>,
  ): Promise<void> {
    const before = this.#engine.position;
    const isGoing = this.isMounted && change.isMounted === false;
    Object.assign(this, change);
    this.#host.reconfigure(this.#configuration());
    await this.#world.time.settle();
    if (!isGoing) return;
    const failed = this.jobs.filter(({ touched }) => touched.has('MORE'));
    for (const job of failed.sort((a, b) => (a.open ?? 0) - (b.open ?? 0))) {
      const { level } = job;
      this.#undo(job, before, this.#engine.position, 0);
      this.#ended(job, before, this.#engine.position, 0);
      job.level = level;
      job.isFailed = true;
    }
  }

  async restart(): Promise<void> {
    await this.#host.stop();
    // Jobs end with it, in the order in which they began.
    for (const job of this.jobs) this.#undo(job, 0, 0, 0);
    this.#begin(this.#history.live);
  }

  /** Of the machine, or with `random` undefined of the process. */
  crash(random: RandomFunction | undefined): Promise<void> {
    const durable = this.#engine.durablePosition;
    this.#host.crash(random);
    const stored = new Map<string, number>();
    for (const [name, store] of this.#host.stores) {
      const header = store.header();
      if (header !== undefined) stored.set(name, decodeDatabaseHeader(header).position);
    }
    const history = this.#history;
    this.#begin((engine) => {
      expect(engine.recovery.end).toBeGreaterThanOrEqual(durable);
      return history.recovered(engine.recovery.end, stored);
    });
    return Promise.resolve();
  }

  /** The next life, which begins with this. */
  #begin(state: State | ((engine: StorageEngine) => State)): void {
    this.#host.start(this.#configuration());
    const start = typeof state === 'function' ? state(this.#engine) : state;
    start.delete('TEMP');
    this.#history = new History([], start);
    this.#openJobs();
    expect(this.#host.instance.transactions.list()).toEqual([]);
    void this.compare();
  }

  /** Everything there is. */
  compare(): Promise<void> {
    const expected = new Map(this.#history.live);
    if (!this.isMounted) expected.delete('MORE');
    const found = this.#engine.databases.flatMap((database) => {
      if (database.name === 'SYS' || (database.name === 'MORE' && !this.isMounted)) return [];
      const nodes: Nodes = new Map();
      for (const block of database.blocks())
        for (let i = 0; i < block.count; i++)
          nodes.set(keyText(block.keyAt(i)), textOf(database.get(block.keyAt(i))!));
      return [[database.name, nodes] as const];
    });
    expect(listed(new Map(found))).toEqual(listed(expected));
    expect(this.#host.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    return Promise.resolve();
  }
}

function keyOf({ global, path }: Place): string {
  return keyText(encodeKey(global, path));
}

function isUnder(path: Path, ancestor: Path): boolean {
  return comparePaths(path.slice(0, ancestor.length), ancestor) === 0;
}

/** The subscript next to the path's last one, on its level. */
function neighbour(
  list: readonly { readonly path: Path }[],
  path: Path,
  direction: 1 | -1,
): Path[number] | undefined {
  const parent = path.slice(0, -1);
  const last = SUBSCRIPTS.indexOf(path.at(-1)!);
  const there = list
    .filter((node) => node.path.length > parent.length && isUnder(node.path, parent))
    .map((node) => SUBSCRIPTS.indexOf(node.path[parent.length]!))
    .filter((at) => (at - last) * direction > 0);
  if (there.length === 0) return undefined;
  return SUBSCRIPTS[direction > 0 ? Math.min(...there) : Math.max(...there)];
}
