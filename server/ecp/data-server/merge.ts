/**
 * MERGE of two subtrees of one instance: node by node, and no more of them in one turn of the event loop than others can
 * wait for. Between turns anybody may read and change both subtrees, as between the nodes of any MERGE.
 *
 * What would be a reference too long is found before anything is copied.
 */
import { concatBytes, EMPTY, startsWith, successor } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { KEY_BYTES_MAX, MERGE_TURN_BYTES } from '../../base/limits.ts';
import { subtreeEnd } from '../../globals/key.ts';
import type { Change } from '../../storage/change.ts';
import { DatabaseReader } from '../../storage/database-reader.ts';
import type { StorageEngine } from '../../storage/engine.ts';

/** Databases by number, keys of the roots. */
export interface MergeRequest {
  readonly database: number;
  readonly key: Uint8Array;
  readonly fromDatabase: number;
  readonly fromKey: Uint8Array;
}

/** Makes one of the SETs that a MERGE comes down to; `isLast`: no other follows. */
export type ApplyCopy = (change: Extract<Change, { kind: 'set' }>, isLast: boolean) => void;

/** What a node costs beside its value's bytes, in bytes. */
const NODE_BYTES = 256;
/** Most values are shorter. */
const ROOM_BYTES = 4096;

export class Merge {
  readonly #engine: StorageEngine;
  readonly #request: MergeRequest;
  readonly #end: Uint8Array;
  #isChecking: boolean;
  /** Nodes from here on are still to be looked at. */
  #next: Uint8Array;
  #hasLast = false;
  /** For the value that is being copied. */
  readonly #room = new Uint8Array(ROOM_BYTES);

  /** EcpError SYNTAX where one subtree lies in the other. */
  constructor(engine: StorageEngine, request: MergeRequest) {
    const { database, key, fromDatabase, fromKey } = request;
    if (database === fromDatabase && (startsWith(key, fromKey) || startsWith(fromKey, key)))
      throw new EcpError('SYNTAX', 'MERGE of a subtree with a part of itself');
    this.#engine = engine;
    this.#request = request;
    this.#next = fromKey;
    this.#end = subtreeEnd(fromKey);
    this.#isChecking = key.length > fromKey.length;
  }

  /** Whether some copy was the last one: none is where nothing was left to copy, at the end or at all. */
  get hasLast(): boolean {
    return this.#hasLast;
  }

  /**
   * Makes copies for one turn. True when that was all. EcpError SUBSCRIPT where a copy's reference would be too long;
   * DATABASE where one of the databases is gone; what `apply` throws.
   */
  advance(apply: ApplyCopy): boolean {
    let left = MERGE_TURN_BYTES;
    if (this.#isChecking) {
      left = this.#over(left, (key) => this.#check(key));
      if (left <= 0) return false;
      this.#isChecking = false;
      this.#next = this.#request.fromKey;
    }
    return this.#over(left, (key, isLast) => this.#copy(key, isLast, apply)) > 0;
  }

  /** Visits nodes until their costs are more than `budget`; what is left of it: above 0 if that was all of them. */
  #over(budget: number, visit: (key: Uint8Array, isLast: boolean) => number): number {
    const reader = new DatabaseReader(this.#engine.database(this.#request.fromDatabase));
    let left = budget;
    let key = reader.ceiling(this.#next, this.#end);
    while (key !== undefined) {
      if (left <= 0) {
        this.#next = key;
        return 0;
      }
      const following = reader.ceiling(successor(key), this.#end);
      left -= visit(key, following === undefined);
      key = following;
    }
    // The last node may have been the dearest.
    return Math.max(left, 1);
  }

  #check(key: Uint8Array): number {
    if (this.#copyOf(key).length <= KEY_BYTES_MAX) return NODE_BYTES;
    throw new EcpError('SUBSCRIPT', `MERGE makes a reference longer than ${KEY_BYTES_MAX} bytes`);
  }

  #copy(key: Uint8Array, isLast: boolean, apply: ApplyCopy): number {
    const { database, fromDatabase } = this.#request;
    const value = this.#kept(this.#engine.database(fromDatabase).get(key) ?? EMPTY);
    apply({ kind: 'set', database, key: this.#copyOf(key), value }, isLast);
    if (isLast) this.#hasLast = true;
    return NODE_BYTES + value.length;
  }

  /** A copy until the next: blocks change under views, and memory of its own for each value is what the collector stops for. */
  #kept(value: Uint8Array): Uint8Array {
    if (value.length > this.#room.length) return value.slice();
    this.#room.set(value);
    return this.#room.subarray(0, value.length);
  }

  #copyOf(key: Uint8Array): Uint8Array {
    return concatBytes(this.#request.key, key.subarray(this.#request.fromKey.length));
  }
}
