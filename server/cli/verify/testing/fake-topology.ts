/**
 * A data server with jobs, as far as the probes use it, in memory: right, or wrong in one way. It shows that a probe
 * finds what it is there for.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { EcpError } from '../../../base/errors.ts';
import type { Database } from '../../../instance/database.ts';
import type { Place } from '../probe.ts';

export type Lie =
  /** Reads of a job are of when it began to read that node. */
  | 'stale reads'
  | 'changes out of order'
  | 'locks for everybody'
  | 'unlocks inside of transactions'
  | 'rollback of nothing'
  | 'half a commit'
  | 'the same number twice'
  | 'durable, and gone';

type Path = readonly (string | number)[];

export class FakeTopology {
  readonly #lie: Lie | undefined;
  readonly #nodes = new Map<string, string>();
  readonly #locked = new Map<string, FakeJob>();
  #count = 0;

  constructor(lie?: Lie) {
    this.#lie = lie;
  }

  places(count: number): Place[] {
    return Array.from({ length: count }, (_, i) => ({
      name: `place-${i}`,
      open: () => Promise.resolve(new FakeJob(this) as unknown as Database),
    }));
  }

  is(lie: Lie): boolean {
    return this.#lie === lie;
  }

  get(path: string): string | undefined {
    return this.#nodes.get(path);
  }

  set(path: string, value: string | undefined): void {
    if (this.is('durable, and gone') && path.includes('durable') && path.endsWith('7')) return;
    if (value === undefined) this.#nodes.delete(path);
    else this.#nodes.set(path, value);
  }

  below(path: string): string[] {
    return [...this.#nodes.keys()].filter((name) => name.startsWith(`${path}/`));
  }

  increment(path: string): string {
    const isLie = this.is('the same number twice') && ++this.#count % 20 === 0;
    const next = Number(this.get(path) ?? 0) + (isLie ? 0 : 1);
    this.set(path, String(next));
    return String(next);
  }

  async lock(name: string, job: FakeJob): Promise<void> {
    if (this.is('locks for everybody')) return;
    while (this.#locked.has(name)) await turn();
    this.#locked.set(name, job);
  }

  unlock(name: string, job: FakeJob): void {
    if (this.#locked.get(name) === job) this.#locked.delete(name);
  }
}

/** As much of a `Database` as the probes use. */
class FakeJob {
  readonly #topology: FakeTopology;
  readonly #seen = new Map<string, string | undefined>();
  readonly #late: (() => void)[] = [];
  #undo: (() => void)[] | undefined;
  #deferred: (() => void)[] = [];

  constructor(topology: FakeTopology) {
    this.#topology = topology;
  }

  global(name: string): object {
    return this.#node([name]);
  }

  #node(path: Path): object {
    const of = (subscripts: Path = []): string => [...path, ...subscripts].join('/');
    const topology = this.#topology;
    return {
      at: (...subscripts: Path) => this.#node([...path, ...subscripts]),
      get: (subscripts?: Path) => this.#get(of(subscripts)),
      set: (subscripts: Path, value: string | number) => this.#set(of(subscripts), String(value)),
      increment: async (subscripts: Path) => {
        await turn();
        return topology.increment(of(subscripts));
      },
      entries: async function* () {
        await turn();
        const from = of().length + 1;
        for (const name of topology.below(of())) yield [name.slice(from).split('/'), ''];
      },
    };
  }

  async #get(path: string): Promise<string | undefined> {
    await turn();
    if (!this.#topology.is('stale reads')) return this.#topology.get(path);
    if (!this.#seen.has(path)) this.#seen.set(path, this.#topology.get(path));
    return this.#seen.get(path);
  }

  #set(path: string, value: string): Promise<void> {
    const before = this.#topology.get(path);
    const make = (): void => this.#topology.set(path, value);
    if (this.#topology.is('changes out of order') && path.endsWith('first')) this.#late.push(make);
    else make();
    this.#undo?.push(() => this.#topology.set(path, before));
    return Promise.resolve();
  }

  async sync(): Promise<void> {
    await turn();
    for (const make of this.#late.splice(0)) make();
  }

  flush(): Promise<void> {
    return this.sync();
  }

  async lock([name]: readonly Path[]): Promise<object> {
    const text = (name ?? []).join('/');
    await this.#topology.lock(text, this);
    const unlock = (): void => {
      if (this.#undo !== undefined && !this.#topology.is('unlocks inside of transactions'))
        this.#deferred.push(() => this.#topology.unlock(text, this));
      else this.#topology.unlock(text, this);
    };
    return { unlock };
  }

  tstart(): Promise<void> {
    this.#undo = [];
    return Promise.resolve();
  }

  async tcommit(): Promise<void> {
    await turn();
    const undo = this.#undo ?? [];
    if (this.#topology.is('half a commit')) undo[0]?.();
    this.#ended();
  }

  async trollback(): Promise<void> {
    await turn();
    const undo = this.#undo ?? [];
    if (!this.#topology.is('rollback of nothing')) for (const one of undo.reverse()) one();
    this.#ended();
  }

  #ended(): void {
    this.#undo = undefined;
    for (const unlock of this.#deferred.splice(0)) unlock();
  }

  close(): Promise<void> {
    if (this.#undo !== undefined) throw new EcpError('NETWORK', 'not closed in the midst of it');
    return Promise.resolve();
  }
}
