/** A Database for tests: maps in memory, the whole interface, every answer a promise as over a network. */
import { compareBytes, equalBytes, successor, textOf } from '../../../base/bytes.ts';
import { EcpError } from '../../../base/errors.ts';
import { inTransaction } from '../../../base/in-transaction.ts';
import type { MaybePromise } from '../../../base/maybe-promise.ts';
import { KeyMap } from '../../../base/key-map.ts';
import { addNumbers } from '../../../globals/decimal.ts';
import {
  decodeSubscripts,
  descendantsStart,
  encodeKey,
  encodeSeek,
  subscriptEnd,
  decodeSubscript,
  subtreeEnd,
} from '../../../globals/key.ts';
import * as navigation from '../../../globals/navigation.ts';
import { encodeValue } from '../../../globals/value.ts';
import type {
  CommitOptions,
  Database,
  DataState,
  GlobalNode,
  Lock,
  OperationOptions,
  Range,
  ReadSubscript,
  Subscript,
  Value,
} from '../../../instance/database.ts';

type Nodes = KeyMap<Uint8Array>;

/** What all jobs of one instance see. */
class Host implements navigation.NodeReader {
  nodes: Nodes = new KeyMap();

  get(key: Uint8Array): Uint8Array | undefined {
    return this.nodes.get(key);
  }

  ceiling(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    const found = this.nodes.ceiling(key)?.[0];
    return found !== undefined && compareBytes(found, limit) < 0 ? found : undefined;
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    const found = this.nodes.below(key)?.[0];
    return found !== undefined && compareBytes(found, limit) >= 0 ? found : undefined;
  }
}

interface Done {
  readonly nodes: Nodes;
  readonly key: Uint8Array;
  readonly old: Uint8Array | undefined;
  readonly value: Uint8Array | undefined;
}

/** What a job's handles share: the changes of each level of its transaction. */
class JobState {
  readonly levels: Done[][] = [];

  change(nodes: Nodes, key: Uint8Array, value: Uint8Array | undefined): void {
    this.levels.at(-1)?.push({ nodes, key, old: nodes.get(key), value });
    put(nodes, key, value);
  }

  commit(): void {
    const inner = this.levels.pop();
    if (inner === undefined) throw new EcpError('SYNTAX', 'TCOMMIT without TSTART');
    this.levels.at(-1)?.push(...inner);
  }

  rollBack(): void {
    for (const { nodes, key, old, value } of this.levels.pop()?.reverse() ?? []) {
      const now = nodes.get(key);
      // Only where nobody has changed it since (A.2.4).
      if (now === value || (now && value && equalBytes(now, value))) put(nodes, key, old);
    }
  }
}

function put(nodes: Nodes, key: Uint8Array, value: Uint8Array | undefined): void {
  if (value === undefined) nodes.delete(key);
  else nodes.set(key, value);
}

/** Never misses. */
function here<T>(found: T): Exclude<T, navigation.Miss> {
  return found as Exclude<T, navigation.Miss>;
}

export interface MemoryOptions {
  /** Namespaces besides the first one, USER. */
  readonly namespaces?: readonly string[];
  /** Called before each set; throws or rejects to make it fail, waits to make it slow. */
  readonly beforeSet?: (reference: string) => Promise<void> | void;
}

export class MemoryDatabase implements Database {
  readonly namespace: string;
  readonly #hosts: ReadonlyMap<string, Host>;
  readonly #host: Host;
  readonly #options: MemoryOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #job: JobState;
  /** Calls of flush(), over all handles of the namespace that share these counters. */
  readonly counters: { flushes: number; openJobs: number };

  constructor(
    options: MemoryOptions = {},
    namespace = 'USER',
    shared?: MemoryDatabase,
    signal?: AbortSignal,
    job = new JobState(),
  ) {
    this.namespace = namespace;
    this.#job = job;
    this.#options = options;
    this.#signal = signal;
    this.counters = shared?.counters ?? { flushes: 0, openJobs: 0 };
    const names = ['USER', ...(options.namespaces ?? [])];
    this.#hosts = shared === undefined ? new Map(names.map((n) => [n, new Host()])) : shared.#hosts;
    const host = this.#hosts.get(namespace);
    if (host === undefined) throw new EcpError('NAMESPACE', `there is no namespace ${namespace}`);
    this.#host = host;
  }

  check(): void {
    if (this.#signal?.aborted === true) throw new EcpError('CANCELLED', 'aborted');
  }

  change(nodes: Nodes, key: Uint8Array, value: Uint8Array | undefined): void {
    this.#job.change(nodes, key, value);
  }

  async beforeSet(reference: string): Promise<void> {
    await this.#options.beforeSet?.(reference);
  }

  global(name: string): GlobalNode {
    return new MemoryNode(this, this.#host, name, []);
  }

  async *globals(): AsyncIterableIterator<string> {
    let name = here(navigation.nextGlobal(this.#host));
    while (name !== undefined) {
      yield await Promise.resolve(name);
      name = here(navigation.nextGlobal(this.#host, encodeKey(name)));
    }
  }

  async job(options: { readonly namespace?: string } = {}): Promise<Database> {
    await Promise.resolve();
    const job = new MemoryDatabase(this.#options, options.namespace ?? this.namespace, this);
    this.counters.openJobs++;
    return job;
  }

  with({ signal }: OperationOptions): Database {
    return new MemoryDatabase(this.#options, this.namespace, this, signal, this.#job);
  }

  async sync(): Promise<void> {
    await Promise.resolve();
  }

  async flush(): Promise<void> {
    await Promise.resolve();
    this.counters.flushes++;
  }

  async disconnect(): Promise<void> {
    await Promise.resolve();
  }

  async tlevel(): Promise<number> {
    await Promise.resolve();
    return this.#job.levels.length;
  }

  async tstart(): Promise<void> {
    await Promise.resolve();
    this.check();
    this.#job.levels.push([]);
  }

  async tcommit(): Promise<void> {
    await Promise.resolve();
    this.check();
    this.#job.commit();
  }

  async trollback(scope: 'all' | 'level' = 'all'): Promise<void> {
    await Promise.resolve();
    do this.#job.rollBack();
    while (scope === 'all' && this.#job.levels.length > 0);
  }

  transaction<T>(
    work: (database: Database) => MaybePromise<T>,
    options: CommitOptions = {},
  ): Promise<T> {
    return inTransaction<CommitOptions, Database, T>(this, work, options);
  }

  /** Nothing waits here: the tests of LOCK have a real instance. */
  async lock(): Promise<Lock> {
    await Promise.resolve();
    throw new EcpError('LOCKTABLEFULL', 'no locks here');
  }

  async unlock(): Promise<void> {
    await Promise.resolve();
  }

  async unlockAll(): Promise<void> {
    await Promise.resolve();
  }

  on(): this {
    return this;
  }

  off(): this {
    return this;
  }

  async close(): Promise<void> {
    await this.trollback();
    this.counters.openJobs--;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

class MemoryNode implements GlobalNode {
  readonly name: string;
  readonly path: readonly Subscript[];
  readonly #database: MemoryDatabase;
  readonly #host: Host;

  constructor(database: MemoryDatabase, host: Host, name: string, path: readonly Subscript[]) {
    this.name = name;
    this.path = path;
    this.#database = database;
    this.#host = host;
  }

  #key(subscripts: readonly Subscript[]): Uint8Array {
    this.#database.check();
    return encodeKey(this.name, [...this.path, ...subscripts]);
  }

  async getBytes(subscripts: readonly Subscript[] = []): Promise<Uint8Array | undefined> {
    await Promise.resolve();
    return this.#host.get(this.#key(subscripts));
  }

  async get(subscripts: readonly Subscript[] = []): Promise<string | undefined> {
    const value = await this.getBytes(subscripts);
    return value === undefined ? undefined : textOf(value);
  }

  async set(subscripts: readonly Subscript[], value: Value): Promise<void> {
    const key = this.#key(subscripts);
    const bytes = encodeValue(value);
    await this.#database.beforeSet(`${this.name}(${subscripts.join(',')})`);
    this.#database.change(this.#host.nodes, key, bytes);
  }

  async kill(subscripts: readonly Subscript[] = []): Promise<void> {
    await Promise.resolve();
    const key = this.#key(subscripts);
    for (;;) {
      const found = this.#host.ceiling(key, subtreeEnd(key));
      if (found === undefined) return;
      this.#database.change(this.#host.nodes, found, undefined);
    }
  }

  async zkill(subscripts: readonly Subscript[] = []): Promise<void> {
    await Promise.resolve();
    this.#database.change(this.#host.nodes, this.#key(subscripts), undefined);
  }

  async data(subscripts: readonly Subscript[] = []): Promise<DataState> {
    await Promise.resolve();
    return here(navigation.data(this.#host, this.#key(subscripts)));
  }

  async order(subscripts: readonly Subscript[]): Promise<ReadSubscript | undefined> {
    await Promise.resolve();
    this.#database.check();
    return here(navigation.order(this.#host, encodeSeek(this.name, [...this.path, ...subscripts])));
  }

  async previous(subscripts: readonly Subscript[]): Promise<ReadSubscript | undefined> {
    await Promise.resolve();
    this.#database.check();
    return here(
      navigation.previous(this.#host, encodeSeek(this.name, [...this.path, ...subscripts])),
    );
  }

  async query(
    subscripts: readonly Subscript[] = [],
    options: { readonly reverse?: boolean } = {},
  ): Promise<readonly ReadSubscript[] | undefined> {
    await Promise.resolve();
    const position = encodeSeek(this.name, [...this.path, ...subscripts]);
    return here(navigation.query(this.#host, position, options));
  }

  async increment(subscripts: readonly Subscript[], by: Value = 1): Promise<string> {
    await Promise.resolve();
    const key = this.#key(subscripts);
    const sum = addNumbers(this.#host.get(key), encodeValue(by));
    this.#host.nodes.set(key, sum);
    return textOf(sum);
  }

  async sequence(subscripts: readonly Subscript[] = []): Promise<number> {
    return Number(await this.increment(subscripts));
  }

  async merge(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts: readonly Subscript[] = [],
  ): Promise<void> {
    for await (const [below, value] of source.entries(sourceSubscripts)) {
      await this.set([...subscripts, ...below], value);
    }
  }

  #span(subscripts: readonly Subscript[], range: Range): [Uint8Array, Uint8Array, Uint8Array] {
    const parent = this.#key(subscripts);
    return [
      parent,
      range.from === undefined ? descendantsStart(parent) : this.#key([...subscripts, range.from]),
      range.to === undefined ? subtreeEnd(parent) : this.#key([...subscripts, range.to]),
    ];
  }

  async *keys(
    subscripts: readonly Subscript[] = [],
    range: Range = {},
  ): AsyncIterableIterator<ReadSubscript> {
    const [parent, ...span] = this.#span(subscripts, range);
    let [from, to] = span;
    for (let left = range.limit ?? Infinity; left > 0; left--) {
      await Promise.resolve();
      const { reverse } = range;
      const found = reverse === true ? this.#host.below(to, from) : this.#host.ceiling(from, to);
      if (found === undefined) return;
      const child = found.subarray(0, subscriptEnd(found, parent.length));
      if (reverse === true) to = child;
      else from = subtreeEnd(child);
      yield decodeSubscript(found, parent.length);
    }
  }

  async *entries(
    subscripts: readonly Subscript[] = [],
    range: Range = {},
  ): AsyncIterableIterator<readonly [readonly ReadSubscript[], string]> {
    const [root, ...span] = this.#span(subscripts, range);
    let [from, to] = span;
    if (range.from === undefined) from = root;
    for (let left = range.limit ?? Infinity; left > 0; left--) {
      await Promise.resolve();
      const { reverse } = range;
      const key = reverse === true ? this.#host.below(to, from) : this.#host.ceiling(from, to);
      if (key === undefined) return;
      if (reverse === true) to = key;
      else from = successor(key);
      yield [decodeSubscripts(key, root.length), textOf(this.#host.get(key) as Uint8Array)];
    }
  }

  at(...subscripts: readonly Subscript[]): GlobalNode {
    return new MemoryNode(this.#database, this.#host, this.name, [...this.path, ...subscripts]);
  }
}
