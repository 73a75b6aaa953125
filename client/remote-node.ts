/** Operations on a global or a subtree of it, over the network (client-api: the same names everywhere). */
import { EMPTY, equalBytes, textOf } from '../server/base/bytes.ts';
import { EcpError } from '../server/base/errors.ts';
import { CLIENT_PAGE_ENTRIES_MAX } from '../server/base/limits.ts';
import type { DataState, ReadSubscript, Subscript, Value } from '../server/globals/types.ts';
import { encodeValue } from '../server/globals/value.ts';
import type { GlobalNode, Range } from '../server/instance/database.ts';
import type { Bounds, Role } from './call.ts';
import { ChangePromise } from './change-promise.ts';
import type { Connection } from './connection.ts';
import type { RemoteJob } from './remote-job.ts';
import {
  encodeReference,
  encodeSubscript,
  type Entry,
  type Operation,
  type Reference,
  type Reply,
  subscriptsOf,
} from './wire.ts';

const NONE: readonly Subscript[] = [];

/** A job, the connection it is on, and the bounds of its operations. */
export interface Handle {
  readonly connection: Connection;
  readonly job: RemoteJob;
  readonly bounds: Bounds;
}

export class RemoteNode implements GlobalNode {
  readonly name: string;
  readonly path: readonly Subscript[];
  readonly #handle: Handle;

  constructor(handle: Handle, name: string, path: readonly Subscript[]) {
    this.#handle = handle;
    this.name = name;
    this.path = path;
  }

  #call(role: Role, operation: Operation): Promise<Reply> {
    const { connection, job, bounds } = this.#handle;
    return connection.call(job, role, operation, bounds);
  }

  /** Checks the job first, as in process, then the arguments; sends when both are right. */
  async #read(operation: () => Operation): Promise<Reply> {
    this.#handle.job.check();
    return this.#call('read', operation());
  }

  #change<T>(operation: () => Operation, result: (reply: Reply) => T): Promise<T> {
    const { job } = this.#handle;
    const ask = (): Promise<Reply> => {
      try {
        job.check();
        job.transaction.check();
        return this.#call('change', operation());
      } catch (error) {
        job.transaction.refused(error);
        throw error;
      }
    };
    const work = async (): Promise<T> => result(await ask());
    return ChangePromise.of(
      work(),
      (error) => job.delayError(error as EcpError),
      (error) => job.transaction.seen(error),
    );
  }

  #reference(subscripts: readonly Subscript[], options?: { readonly seek: boolean }): Reference {
    return encodeReference(this.name, this.path, subscripts, options);
  }

  async get(subscripts: readonly Subscript[] = NONE): Promise<string | undefined> {
    const { value } = await this.#read(() => ({ get: this.#reference(subscripts) }));
    return value ? textOf(value) : undefined;
  }

  async getBytes(subscripts: readonly Subscript[] = NONE): Promise<Uint8Array | undefined> {
    const { value } = await this.#read(() => ({ get: this.#reference(subscripts) }));
    // A copy: what came shares its memory with the rest of its message.
    return value ? new Uint8Array(value) : undefined;
  }

  set(subscripts: readonly Subscript[], value: Value): Promise<void> {
    return this.#change(
      () => ({ set: { node: this.#reference(subscripts), value: encodeValue(value) } }),
      () => undefined,
    );
  }

  kill(subscripts: readonly Subscript[] = NONE): Promise<void> {
    return this.#change(
      () => ({ kill: this.#reference(subscripts) }),
      () => undefined,
    );
  }

  zkill(subscripts: readonly Subscript[] = NONE): Promise<void> {
    return this.#change(
      () => ({ zkill: this.#reference(subscripts) }),
      () => undefined,
    );
  }

  async data(subscripts: readonly Subscript[] = NONE): Promise<DataState> {
    const reply = await this.#read(() => ({ data: this.#reference(subscripts) }));
    return (reply.data ?? 0) as DataState;
  }

  async order(subscripts: readonly Subscript[]): Promise<ReadSubscript | undefined> {
    const reply = await this.#read(() => ({ order: this.#position(subscripts) }));
    return subscriptsOf(reply.subscript ? [reply.subscript] : [])[0];
  }

  async previous(subscripts: readonly Subscript[]): Promise<ReadSubscript | undefined> {
    const reply = await this.#read(() => ({ previous: this.#position(subscripts) }));
    return subscriptsOf(reply.subscript ? [reply.subscript] : [])[0];
  }

  #position(subscripts: readonly Subscript[]): Reference {
    if (subscripts.length === 0) {
      throw new EcpError(
        'SUBSCRIPT',
        '$ORDER needs a subscript; the empty string starts at the end of a level',
      );
    }
    return this.#reference(subscripts, { seek: true });
  }

  async query(
    subscripts: readonly Subscript[] = NONE,
    options: { readonly reverse?: boolean } = {},
  ): Promise<readonly ReadSubscript[] | undefined> {
    const reply = await this.#read(() => ({
      query: {
        node: this.#reference(subscripts, { seek: true }),
        reverse: options.reverse ?? false,
      },
    }));
    const found = reply.path?.subscripts;
    // The server knows whole globals; this node may be a part of one.
    const root = this.#reference(NONE).subscripts ?? [];
    if (!found || root.some((text, i) => !equalBytes(text, found[i] ?? EMPTY))) return undefined;
    return subscriptsOf(found.slice(root.length));
  }

  increment(subscripts: readonly Subscript[], by: Value = 1): Promise<string> {
    return this.#change(
      () => ({ increment: { node: this.#reference(subscripts), by: encodeValue(by) } }),
      ({ value }) => (value ? textOf(value) : ''),
    );
  }

  /** Asked again after a lost connection, as reads are: what the first asking took is skipped. */
  async sequence(subscripts: readonly Subscript[] = NONE): Promise<number> {
    const { value } = await this.#read(() => ({ sequence: this.#reference(subscripts) }));
    return value ? Number(textOf(value)) : NaN;
  }

  merge(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts: readonly Subscript[] = NONE,
  ): Promise<void> {
    if (source instanceof RemoteNode && source.#handle.connection === this.#handle.connection) {
      return this.#change(
        () => ({
          merge: {
            to: this.#reference(subscripts),
            from: source.#reference(sourceSubscripts),
            fromJob: source.#handle.job.id,
          },
        }),
        () => undefined,
      );
    }
    const { job } = this.#handle;
    const copying = this.#copy(subscripts, source, sourceSubscripts);
    return ChangePromise.of(copying, (error) => job.delayError(error as EcpError));
  }

  /** MERGE from elsewhere, such as another instance: node by node. */
  async #copy(
    subscripts: readonly Subscript[],
    source: GlobalNode,
    sourceSubscripts: readonly Subscript[],
  ): Promise<void> {
    let changes: Promise<void>[] = [];
    for await (const [below, value] of source.entries(sourceSubscripts)) {
      changes.push(this.set([...subscripts, ...below], value));
      if (changes.length < CLIENT_PAGE_ENTRIES_MAX) continue;
      await Promise.all(changes);
      changes = [];
    }
    await Promise.all(changes);
  }

  async *keys(
    subscripts: readonly Subscript[] = NONE,
    range: Range = {},
  ): AsyncIterableIterator<ReadSubscript> {
    for await (const entry of this.#pages('keys', subscripts, range)) {
      yield subscriptsOf(entry.subscripts)[0] as ReadSubscript;
    }
  }

  async *entries(
    subscripts: readonly Subscript[] = NONE,
    range: Range = {},
  ): AsyncIterableIterator<readonly [readonly ReadSubscript[], string]> {
    for await (const entry of this.#pages('entries', subscripts, range)) {
      yield [subscriptsOf(entry.subscripts), textOf(entry.value ?? new Uint8Array())];
    }
  }

  /** What a scan gives, a page at a time; a page may be asked for on another connection than the one before. */
  async *#pages(
    kind: 'keys' | 'entries',
    subscripts: readonly Subscript[],
    range: Range,
  ): AsyncGenerator<Entry> {
    const scan = {
      node: this.#reference(subscripts),
      ...(range.from !== undefined && { from: encodeSubscript(range.from) }),
      ...(range.to !== undefined && { to: encodeSubscript(range.to) }),
      reverse: range.reverse ?? false,
    };
    let left = range.limit ?? Infinity;
    let after: Entry | undefined;
    while (left > 0) {
      const asked = {
        ...scan,
        limit: Math.min(left, CLIENT_PAGE_ENTRIES_MAX),
        ...(after && { after: { subscripts: after.subscripts ?? [] } }),
      };
      const { page } = await this.#read(() => ({ [kind]: asked }));
      const entries = page?.entries ?? [];
      yield* entries;
      left -= entries.length;
      after = entries[entries.length - 1];
      if (page?.more !== true || after === undefined) return;
    }
  }

  at(...subscripts: readonly Subscript[]): RemoteNode {
    return new RemoteNode(this.#handle, this.name, [...this.path, ...subscripts]);
  }
}
