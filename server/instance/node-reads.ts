/**
 * Reads of keys for a job: $ORDER, $QUERY, $DATA and scans, over a global that lies in one database or, by
 * subscript ranges, in several. In one database an answer is of one moment (rule R7); over several, piece by
 * piece.
 */
import { compareBytes, successor, textOf } from '../base/bytes.ts';
import { chain, map, type MaybePromise } from '../base/maybe-promise.ts';
import type { DatabaseAccess, ReadSpan } from '../ecp/database-access.ts';
import {
  decodeSubscript,
  decodeSubscripts,
  descendantsStart,
  subscriptEnd,
  subtreeEnd,
} from '../globals/key.ts';
import * as navigation from '../globals/navigation.ts';
import type { MISS } from '../globals/navigation.ts';
import { type NodeReader } from '../globals/navigation.ts';
import type { DataState, Range, ReadSubscript, Subscript } from './database.ts';
import type { Node } from './global-node.ts';
import type { Piece, Route } from './namespace.ts';
import { Scan } from './scan.ts';

/** The pieces of a route that have a part in [from, to), ascending. */
export function piecesWithin(route: Route, from: Uint8Array, to: Uint8Array): readonly Piece[] {
  if (route.whole !== undefined) return route.pieces;
  return route.pieces.filter(
    (piece) => compareBytes(piece.from, to) < 0 && compareBytes(from, piece.to) < 0,
  );
}

/** The first key with a value in [from, to). */
export function firstKey(
  node: Node,
  from: Uint8Array,
  to: Uint8Array,
): MaybePromise<Uint8Array | undefined> {
  return edgeKey(node, from, to, false);
}

/** The last key with a value in [from, to). */
export function lastKey(
  node: Node,
  from: Uint8Array,
  to: Uint8Array,
): MaybePromise<Uint8Array | undefined> {
  return edgeKey(node, from, to, true);
}

function edgeKey(
  node: Node,
  from: Uint8Array,
  to: Uint8Array,
  reverse: boolean,
): MaybePromise<Uint8Array | undefined> {
  const { whole } = node.route;
  if (whole !== undefined) return keyIn(whole, node, { from, to, reverse, limit: 1 });
  const search = (pieces: readonly Piece[]): MaybePromise<Uint8Array | undefined> => {
    const [piece, ...rest] = pieces;
    if (piece === undefined) return undefined;
    // Of a database that holds several pieces, or none of what lies between them, only the piece counts.
    const low = later(from, piece.from);
    const high = earlier(to, piece.to);
    const found = keyIn(piece.database, node, { from: low, to: high, reverse, limit: 1 });
    return chain(found, (key) => key ?? search(rest));
  };
  const ascending = node.pieces(from, to);
  return search(reverse ? ascending.toReversed() : ascending);
}

function keyIn(
  database: DatabaseAccess,
  node: Node,
  span: ReadSpan & { readonly to: Uint8Array },
): MaybePromise<Uint8Array | undefined> {
  const { from, to, reverse } = span;
  const read = (reader: NodeReader): Uint8Array | undefined | typeof MISS =>
    reverse ? reader.below(to, from) : reader.ceiling(from, to);
  return database.read(node.job, read, () => span);
}

function later(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareBytes(a, b) > 0 ? a : b;
}

function earlier(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareBytes(a, b) < 0 ? a : b;
}

/** A key in the next sibling's subtree of `node` below `parent` (the first one's without). */
export function nextKey(
  at: Node,
  parent: Uint8Array,
  node: Uint8Array | undefined,
): MaybePromise<Uint8Array | undefined> {
  return firstKey(
    at,
    node === undefined ? descendantsStart(parent) : subtreeEnd(node),
    subtreeEnd(parent),
  );
}

/** A key in the previous sibling's subtree. */
export function previousKey(
  at: Node,
  parent: Uint8Array,
  node: Uint8Array | undefined,
): MaybePromise<Uint8Array | undefined> {
  return lastKey(at, descendantsStart(parent), node ?? subtreeEnd(parent));
}

export function queryKey(
  at: Node,
  root: Uint8Array,
  key: Uint8Array,
  options: { readonly reverse: boolean; readonly fromEdge: boolean },
): MaybePromise<Uint8Array | undefined> {
  if (!options.reverse) return firstKey(at, successor(key), subtreeEnd(root));
  return lastKey(at, root, options.fromEdge ? subtreeEnd(key) : key);
}

export function data(at: Node, key: Uint8Array): MaybePromise<DataState> {
  const end = subtreeEnd(key);
  const pieces = at.pieces(key, end);
  const [piece] = pieces;
  if (piece !== undefined && pieces.length === 1) {
    const span = (): ReadSpan => ({ from: key, to: end, reverse: false, limit: 2 });
    return piece.database.read(at.job, (reader: NodeReader) => navigation.data(reader, key), span);
  }
  return chain(firstKey(at, key, end), (first) => {
    if (first === undefined) return 0;
    if (first.length > key.length) return 10;
    return map(firstKey(at, successor(key), end), (below) => (below === undefined ? 1 : 11));
  });
}

/** The part of the level below a node that a range names, as keys. */
function rangeSpan(
  at: Node,
  subscripts: readonly Subscript[],
  range: Range,
): { readonly parent: Uint8Array; readonly from: Uint8Array; readonly to: Uint8Array } {
  const parent = at.key(subscripts);
  return {
    parent,
    from: range.from === undefined ? descendantsStart(parent) : at.key([...subscripts, range.from]),
    to: range.to === undefined ? subtreeEnd(parent) : at.key([...subscripts, range.to]),
  };
}

export function keysBelow(
  at: Node,
  subscripts: readonly Subscript[],
  range: Range,
): AsyncIterableIterator<ReadSubscript> {
  const { parent, ...span } = rangeSpan(at, subscripts, range);
  const isReverse = range.reverse === true;
  let { from, to } = span;
  let left = range.limit ?? Infinity;
  const take = (found: Uint8Array | undefined): ReadSubscript | undefined => {
    if (found === undefined) return undefined;
    // A copy: a view would move the few bytes that V8 keeps in its heap out of it, at 0.5 µs.
    const child = found.slice(0, subscriptEnd(found, parent.length));
    if (isReverse) to = child;
    else from = subtreeEnd(child);
    left--;
    return decodeSubscript(found, parent.length);
  };
  const step = (): MaybePromise<ReadSubscript | undefined> => {
    if (left <= 0 || compareBytes(from, to) >= 0) return undefined;
    return map(isReverse ? lastKey(at, from, to) : firstKey(at, from, to), take);
  };
  return new Scan(() => at.job.ordered(step));
}

/** With `isPartOfChange` it does not wait for what its job is at: it is a part of that. */
export function entriesBelow(
  at: Node,
  subscripts: readonly Subscript[],
  range: Range,
  isPartOfChange = false,
): AsyncIterableIterator<readonly [readonly ReadSubscript[], string]> {
  type Entry = readonly [readonly ReadSubscript[], string];
  const bounds = rangeSpan(at, subscripts, range);
  const root = bounds.parent;
  const isReverse = range.reverse === true;
  // Without bounds the root's own value belongs to it.
  let from = range.from === undefined ? root : bounds.from;
  let { to } = bounds;
  let left = range.limit ?? Infinity;
  const take = (key: Uint8Array | undefined): MaybePromise<Entry | undefined> => {
    if (key === undefined) return undefined;
    if (isReverse) to = key;
    else from = successor(key);
    return chain(valueOf(at, key), (bytes) => {
      // Gone between the two reads: it was not there.
      if (bytes === undefined) return step();
      left--;
      return [decodeSubscripts(key, root.length), textOf(bytes)] as const;
    });
  };
  const step = (): MaybePromise<Entry | undefined> => {
    if (left <= 0 || compareBytes(from, to) >= 0) return undefined;
    return chain(isReverse ? lastKey(at, from, to) : firstKey(at, from, to), take);
  };
  return new Scan(isPartOfChange ? step : () => at.job.ordered(step));
}

function valueOf(at: Node, key: Uint8Array): MaybePromise<Uint8Array | undefined> {
  const span = (): ReadSpan => ({ from: key, to: successor(key), reverse: false, limit: 1 });
  const read = (reader: NodeReader): Uint8Array | undefined | typeof MISS => reader.get(key);
  return at.database(key).read(at.job, read, span);
}
