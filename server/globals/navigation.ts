/**
 * $ORDER, $QUERY and $DATA over anything that can find neighbouring keys. No state, no waiting: where the
 * reader lacks a block it answers MISS, the whole operation answers MISS, and the caller starts it over
 * once the blocks that the reader noted are there.
 *
 * Positions are keys, or the seek positions of `encodeSeek` for an empty last subscript: before the first
 * child going forward, behind the last one going backward.
 */
import { EcpError } from '../base/errors.ts';
import {
  decodeSubscript,
  decodeSubscripts,
  descendantsStart,
  globalOf,
  isBeforeFirst,
  parentLength,
  subscriptEnd,
  subscriptsStart,
  subtreeEnd,
} from './key.ts';
import type { DataState, ReadSubscript } from './types.ts';

/** The answer needs blocks that are not here: the reader has noted which. */
export const MISS: unique symbol = Symbol('MISS');
export type Miss = typeof MISS;

/** Keys handed to a reader are its to read during the call only. */
export interface NodeReader {
  /** The value of the node, or undefined where there is none. */
  get(key: Uint8Array): Uint8Array | undefined | Miss;
  /** The smallest node's key ≥ key and < limit. */
  ceiling(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined | Miss;
  /** The greatest node's key < key and ≥ limit. */
  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined | Miss;
}

export type Found<T> = T | undefined | Miss;

/** Above every key: names are ASCII. */
const END_OF_KEYS = new Uint8Array([0xff]);
const START_OF_KEYS = new Uint8Array([0]);

/** The key of the next node's subtree on the level of `position`, which need not exist. */
export function orderKey(reader: NodeReader, position: Uint8Array): Found<Uint8Array> {
  const start = levelOf(position);
  const parent = position.subarray(0, start);
  return cut(reader.ceiling(subtreeEnd(position), subtreeEnd(parent)), start);
}

/** The key of the previous node's subtree on the level of `position`, which need not exist. */
export function previousKey(reader: NodeReader, position: Uint8Array): Found<Uint8Array> {
  const start = levelOf(position);
  const parent = position.subarray(0, start);
  const before = isBeforeFirst(position) ? subtreeEnd(parent) : position;
  return cut(reader.below(before, descendantsStart(parent)), start);
}

/** $ORDER: the next subscript on the level of `position`. EcpError SUBSCRIPT without a subscript. */
export function order(reader: NodeReader, position: Uint8Array): Found<ReadSubscript> {
  return lastSubscript(orderKey(reader, position));
}

/** $ORDER(…,-1): the previous subscript. */
export function previous(reader: NodeReader, position: Uint8Array): Found<ReadSubscript> {
  return lastSubscript(previousKey(reader, position));
}

/** $QUERY: the key of the next node with a value in the global, depth first: descendants come first. */
export function queryKey(reader: NodeReader, position: Uint8Array): Found<Uint8Array> {
  return reader.ceiling(descendantsStart(position), subtreeEnd(globalKey(position)));
}

/** $QUERY(…,-1): the key of the previous node with a value in the global, the unsubscripted one included. */
export function queryBackKey(reader: NodeReader, position: Uint8Array): Found<Uint8Array> {
  const before = isBeforeFirst(position)
    ? subtreeEnd(position.subarray(0, position.length - 1))
    : position;
  return reader.below(before, globalKey(position));
}

/** $QUERY as subscripts; `reverse` for the other direction. */
export function query(
  reader: NodeReader,
  position: Uint8Array,
  options: { readonly reverse?: boolean } = {},
): Found<ReadSubscript[]> {
  const found =
    options.reverse === true ? queryBackKey(reader, position) : queryKey(reader, position);
  return found === undefined || found === MISS ? found : decodeSubscripts(found);
}

/** $DATA of the node at `key`. */
export function data(reader: NodeReader, key: Uint8Array): DataState | Miss {
  // Both are asked before giving up, so that one round trip brings both blocks.
  const value = reader.get(key);
  const descendant = reader.ceiling(descendantsStart(key), subtreeEnd(key));
  if (value === MISS || descendant === MISS) return MISS;
  if (descendant === undefined) return value === undefined ? 0 : 1;
  return value === undefined ? 10 : 11;
}

/** The first global that has data after the one of `key`; from the start without a key. */
export function nextGlobal(reader: NodeReader, key?: Uint8Array): Found<string> {
  const from = key === undefined ? START_OF_KEYS : subtreeEnd(globalKey(key));
  return globalFound(reader.ceiling(from, END_OF_KEYS));
}

/** The last global that has data before the one of `key`; from the end without a key. */
export function previousGlobal(reader: NodeReader, key?: Uint8Array): Found<string> {
  return globalFound(reader.below(key === undefined ? END_OF_KEYS : globalKey(key), START_OF_KEYS));
}

function globalKey(key: Uint8Array): Uint8Array {
  return key.subarray(0, subscriptsStart(key));
}

function globalFound(found: Found<Uint8Array>): Found<string> {
  return found === undefined || found === MISS ? found : globalOf(found);
}

/** Where the position's last subscript starts. */
function levelOf(position: Uint8Array): number {
  const start = parentLength(position);
  if (start === position.length) throw new EcpError('SUBSCRIPT', '$ORDER needs a subscript');
  return start;
}

/** The ancestor of a found key whose last subscript starts at `start`. */
function cut(found: Found<Uint8Array>, start: number): Found<Uint8Array> {
  if (found === undefined || found === MISS) return found;
  return found.subarray(0, subscriptEnd(found, start));
}

function lastSubscript(key: Found<Uint8Array>): Found<ReadSubscript> {
  if (key === undefined || key === MISS) return key;
  return decodeSubscript(key, parentLength(key));
}
