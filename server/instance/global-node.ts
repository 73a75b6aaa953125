/** Operations on a global or a subtree of it, for a job in this process (client-api: the same names everywhere). */
import { startsWith, successor, textOf } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { MERGE_NODES_PER_TURN } from '../base/limits.ts';
import { map } from '../base/maybe-promise.ts';
import type { DatabaseAccess, NodeChange, ReadSpan } from '../ecp/database-access.ts';
import {
  decodeSubscript,
  decodeSubscripts,
  KeyEncoder,
  subscriptEnd,
  subtreeEnd,
} from '../globals/key.ts';
import type * as navigation from '../globals/navigation.ts';
import { MISS } from '../globals/navigation.ts';
import { encodeValue } from '../globals/value.ts';
import { nextTurn } from '../ports/clock.ts';
import type {
  DataState,
  GlobalNode,
  MaybePromise,
  Range,
  ReadSubscript,
  Subscript,
  Value,
} from './database.ts';
import type { Job } from './job.ts';
import { Namespace, type Piece, type Route } from './namespace.ts';
import * as reads from './node-reads.ts';

const NONE: readonly Subscript[] = [];
const encoder = new KeyEncoder();

export class Node implements GlobalNode {
  readonly name: string;
  readonly path: readonly Subscript[];
  readonly job: Job;
  #route: Route | undefined;
  #space: Namespace | undefined;

  constructor(job: Job, name: string, path: readonly Subscript[]) {
    this.job = job;
    this.name = name;
    this.path = path;
  }

  /** Where this global lies, as the namespace is configured now. */
  get route(): Route {
    const { space } = this.job;
    if (this.#route === undefined || this.#space !== space) {
      this.#route = space.route(this.name);
      this.#space = space;
    }
    return this.#route;
  }

  key(subscripts: readonly Subscript[]): Uint8Array {
    return encoder.bytes.slice(0, encoder.encode(this.name, subscripts, this.path));
  }

  /** Where one node lies. */
  place(subscripts: readonly Subscript[]): { database: DatabaseAccess; key: Uint8Array } {
    const key = this.key(subscripts);
    return { database: this.database(key), key };
  }

  /** The database that holds one node. */
  database(key: Uint8Array): DatabaseAccess {
    const { route } = this;
    return route.whole ?? Namespace.pieceOf(route, key).database;
  }

  get(subscripts: readonly Subscript[] = NONE): MaybePromise<string | undefined> {
    if (this.job.isBusy) return this.job.ordered(() => this.get(subscripts));
    this.job.check();
    const length = encoder.encode(this.name, subscripts, this.path);
    const { whole } = this.route;
    if (whole !== undefined) {
      const text = whole.textAtOnce(encoder.bytes, length);
      if (text !== MISS) return text;
    }
    return map(this.#value(encoder.bytes.slice(0, length)), (value) =>
      value === undefined ? undefined : textOf(value),
    );
  }

  getBytes(subscripts: readonly Subscript[] = NONE): MaybePromise<Uint8Array | undefined> {
    if (this.job.isBusy) return this.job.ordered(() => this.getBytes(subscripts));
    this.job.check();
    return this.#value(this.key(subscripts));
  }

  #value(key: Uint8Array): MaybePromise<Uint8Array | undefined> {
    // A copy: blocks change under views.
    const read = (reader: navigation.NodeReader): Uint8Array | undefined | typeof MISS => {
      const value = reader.get(key);
      return value === undefined || value === MISS ? value : value.slice();
    };
    const span = (): ReadSpan => ({ from: key, to: successor(key), reverse: false, limit: 1 });
    return this.database(key).read(this.job, read, span);
  }

  set(subscripts: readonly Subscript[], value: Value): MaybePromise<void> {
    const key = this.key(subscripts);
    return this.#change(key, { kind: 'set', value: encodeValue(value) });
  }

  zkill(subscripts: readonly Subscript[] = NONE): MaybePromise<void> {
    return this.#change(this.key(subscripts), { kind: 'zkill' });
  }

  #change(key: Uint8Array, change: NodeChange): MaybePromise<void> {
    if (this.job.isBusy) return this.job.orderedChange(() => this.#change(key, change));
    this.job.check();
    return this.database(key).change(this.job, key, change);
  }

  kill(subscripts: readonly Subscript[] = NONE): MaybePromise<void> {
    if (this.job.isBusy) return this.job.orderedChange(() => this.kill(subscripts));
    const key = this.key(subscripts);
    const pieces = this.pieces(key, subtreeEnd(key));
    this.job.check();
    const [only] = pieces;
    if (only === undefined || pieces.length > 1) return this.job.hold(this.#killPieces(key));
    const done = only.database.change(this.job, key, { kind: 'kill' });
    // Over several turns, perhaps: what was undefined after it must be so for this job.
    return done instanceof Promise && this.job.jobTransaction.level > 0
      ? this.job.hold(done)
      : done;
  }

  /**
   * KILL over several databases: child by child, since a database may hold, under the same names, nodes that this
   * namespace does not lead to. Readers may see a part of it done.
   */
  async #killPieces(key: Uint8Array): Promise<void> {
    await this.database(key).change(this.job, key, { kind: 'zkill' });
    for (;;) {
      const child = await reads.nextKey(this, key, undefined);
      if (child === undefined) return;
      const subtree = child.subarray(0, subscriptEnd(child, key.length));
      await this.database(child).change(this.job, subtree.slice(), { kind: 'kill' });
    }
  }

  /** The pieces of this global that have a part in [from, to), ascending. */
  pieces(from: Uint8Array, to: Uint8Array): readonly Piece[] {
    return reads.piecesWithin(this.route, from, to);
  }

  data(subscripts: readonly Subscript[] = NONE): MaybePromise<DataState> {
    if (this.job.isBusy) return this.job.ordered(() => this.data(subscripts));
    this.job.check();
    return reads.data(this, this.key(subscripts));
  }

  order(subscripts: readonly Subscript[]): MaybePromise<ReadSubscript | undefined> {
    return this.#neighbour(subscripts, false);
  }

  previous(subscripts: readonly Subscript[]): MaybePromise<ReadSubscript | undefined> {
    return this.#neighbour(subscripts, true);
  }

  #neighbour(
    subscripts: readonly Subscript[],
    reverse: boolean,
  ): MaybePromise<ReadSubscript | undefined> {
    if (this.job.isBusy) return this.job.ordered(() => this.#neighbour(subscripts, reverse));
    this.job.check();
    if (subscripts.length === 0) {
      throw new EcpError(
        'SUBSCRIPT',
        '$ORDER needs a subscript; the empty string starts at the end of a level',
      );
    }
    const parent = this.key(subscripts.slice(0, -1));
    const last = subscripts[subscripts.length - 1];
    const node = last === '' ? undefined : this.key(subscripts);
    const found = reverse
      ? reads.previousKey(this, parent, node)
      : reads.nextKey(this, parent, node);
    return map(found, (key) =>
      key === undefined ? undefined : decodeSubscript(key, parent.length),
    );
  }

  query(
    subscripts: readonly Subscript[] = NONE,
    options: { readonly reverse?: boolean } = {},
  ): MaybePromise<readonly ReadSubscript[] | undefined> {
    if (this.job.isBusy) return this.job.ordered(() => this.query(subscripts, options));
    this.job.check();
    const root = this.key(NONE);
    // $QUERY(^x("")) starts at the front; a trailing empty subscript is the place before all others.
    const empty = subscripts[subscripts.length - 1] === '';
    const key = this.key(empty ? subscripts.slice(0, -1) : subscripts);
    const found = reads.queryKey(this, root, key, {
      reverse: options.reverse ?? false,
      fromEdge: empty,
    });
    return map(found, (node) =>
      node === undefined ? undefined : decodeSubscripts(node, root.length),
    );
  }

  increment(subscripts: readonly Subscript[], by: Value = 1): MaybePromise<string> {
    if (this.job.isBusy) return this.job.orderedChange(() => this.increment(subscripts, by));
    this.job.check();
    const key = this.key(subscripts);
    const amount = encodeValue(by);
    return Promise.resolve(this.database(key).increment(this.job, key, amount)).then((value) =>
      textOf(value),
    );
  }

  sequence(subscripts: readonly Subscript[] = NONE): MaybePromise<number> {
    if (this.job.isBusy) return this.job.ordered(() => this.sequence(subscripts));
    this.job.check();
    const { database, key } = this.place(subscripts);
    return database.sequence(this.job, key);
  }

  merge(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts: readonly Subscript[] = NONE,
  ): MaybePromise<void> {
    if (this.job.isBusy)
      return this.job.orderedChange(() => this.merge(subscripts, source, sourceSubscripts));
    this.job.check();
    const key = this.key(subscripts);
    if (source instanceof Node && source.job.host === this.job.host) {
      const sourceKey = source.key(sourceSubscripts);
      if (startsWith(key, sourceKey) || startsWith(sourceKey, key)) {
        throw new EcpError('SYNTAX', 'MERGE: one of the subtrees contains the other');
      }
      const whole = this.route.whole;
      const from = source.route.whole;
      if (whole !== undefined && from !== undefined) {
        const merged = whole.merge(this.job, key, from, sourceKey);
        if (merged !== undefined) return merged;
      }
    }
    return this.job.hold(this.#copy(subscripts, source, sourceSubscripts));
  }

  /** MERGE node by node, while its job is held. */
  async #copy(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts: readonly Subscript[],
  ): Promise<void> {
    const entries =
      source instanceof Node
        ? reads.entriesBelow(source, sourceSubscripts, {}, true)
        : source.entries(sourceSubscripts);
    let count = 0;
    for await (const [below, value] of entries) {
      this.job.check();
      const key = this.key([...subscripts, ...below]);
      await this.database(key).change(this.job, key, { kind: 'set', value: encodeValue(value) });
      if (++count % MERGE_NODES_PER_TURN === 0) await nextTurn(this.job.host.clock);
    }
  }

  keys(
    subscripts: readonly Subscript[] = NONE,
    range: Range = {},
  ): AsyncIterableIterator<ReadSubscript> {
    this.job.check();
    return reads.keysBelow(this, subscripts, range);
  }

  entries(
    subscripts: readonly Subscript[] = NONE,
    range: Range = {},
  ): AsyncIterableIterator<readonly [readonly ReadSubscript[], string]> {
    this.job.check();
    return reads.entriesBelow(this, subscripts, range);
  }

  at(...subscripts: readonly Subscript[]): GlobalNode {
    return new Node(this.job, this.name, [...this.path, ...subscripts]);
  }
}
