/**
 * What a change of a transaction removes or replaces: gathered before it is made, so that it can be undone. A KILL
 * of more than a record should hold is taken in pieces, each a change of its own (rule R14).
 */
import { compareBytes, equalBytes, successor } from '../base/bytes.ts';
import { UNDO_BYTES_TARGET, UNDO_NODES_MAX } from '../base/limits.ts';
import { subtreeEnd } from '../globals/key.ts';
import { DatabaseReader } from './database-reader.ts';
import type { DatabaseStore } from './database-store.ts';
import type { OldNode, UndoableChange } from './transaction-records.ts';

export interface UndoablePiece {
  /** The part of the change that is made now: all of it where it fits. */
  readonly change: UndoableChange;
  readonly old: readonly OldNode[];
  /** What is left of the change. */
  readonly rest: UndoableChange | undefined;
}

/** The next piece of a change, and what is there before it. EcpError DAMAGED. */
export function undoablePiece(database: DatabaseStore, change: UndoableChange): UndoablePiece {
  switch (change.kind) {
    case 'set':
    case 'zkill': {
      const value = database.get(change.key);
      const old = value === undefined ? [] : [{ key: change.key, value: value.slice() }];
      return { change, old, rest: undefined };
    }
    case 'kill':
      return pieceOfRange(database, change, change.key, subtreeEnd(change.key));
    case 'killRange':
      return pieceOfRange(database, change, change.from, change.to);
  }
}

function pieceOfRange(
  database: DatabaseStore,
  change: UndoableChange,
  from: Uint8Array,
  to: Uint8Array | undefined,
): UndoablePiece {
  if (to !== undefined && compareBytes(from, to) >= 0) return { change, old: [], rest: undefined };
  const reader = new DatabaseReader(database);
  const old: OldNode[] = [];
  let bytes = 0;
  for (
    let key = reader.ceiling(from, to);
    key !== undefined;
    key = reader.ceiling(successor(key), to)
  ) {
    if (old.length === UNDO_NODES_MAX || bytes >= UNDO_BYTES_TARGET) {
      const { database: number } = change;
      return {
        change: { kind: 'killRange', database: number, from, to: key },
        old,
        rest: { kind: 'killRange', database: number, from: key, to },
      };
    }
    const value = database.get(key)?.slice() ?? new Uint8Array(0);
    old.push({ key, value });
    bytes += key.length + value.length;
  }
  return { change, old, rest: undefined };
}

/**
 * What restores a node, by the rule of A.2.4: only where the present value is still the one that the change made.
 * Undefined where somebody else has changed the node since: it keeps what they made of it.
 *
 * `made` is the value that the change left there; undefined where it left none.
 */
export function restoring(
  database: DatabaseStore,
  key: Uint8Array,
  made: Uint8Array | undefined,
  old: Uint8Array | undefined,
): UndoableChange | undefined {
  const present = database.get(key);
  const isOurs =
    made === undefined ? present === undefined : present !== undefined && equalBytes(present, made);
  if (!isOurs) return undefined;
  const { number } = database;
  if (old !== undefined) return { kind: 'set', database: number, key, value: old };
  return made === undefined ? undefined : { kind: 'zkill', database: number, key };
}
