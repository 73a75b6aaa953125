/** What each kind of change does to a database: the same when it is made and when it is redone. */
import { addNumbers } from '../globals/decimal.ts';
import { subtreeEnd } from '../globals/key.ts';
import type { Change } from './change.ts';
import type { DatabaseStore } from './database-store.ts';

/** Everything but increments, whose redo is a set of the result. */
export function applyChange(
  database: DatabaseStore,
  change: Exclude<Change, { readonly kind: 'increment' }>,
): void {
  switch (change.kind) {
    case 'set':
      database.set(change.key, change.value);
      return;
    case 'kill':
      database.killRange(change.key, subtreeEnd(change.key));
      return;
    case 'zkill':
      database.zkill(change.key);
      return;
    case 'killRange':
      database.killRange(change.from, change.to);
      return;
  }
}

/** Adds `by` to a node and returns the sum, which redo sets. EcpError MAXNUMBER: nothing was changed. */
export function applyIncrement(
  database: DatabaseStore,
  key: Uint8Array,
  by: Uint8Array,
): Uint8Array {
  const result = addNumbers(database.get(key), by);
  database.set(key, result);
  return result;
}
