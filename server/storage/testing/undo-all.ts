/** Undoes a transaction in one go, by the log's own steps: for tests of what that leaves in the journal. */
import { LOCAL } from '../engine.ts';
import type { TransactionLog } from '../transaction-log.ts';
import type { OpenTransaction } from '../transaction-table.ts';
import { restoring } from '../undo.ts';

export function undoAll(log: TransactionLog, open: OpenTransaction): void {
  for (let newest = log.newest(open); newest !== undefined; newest = log.newest(open)) {
    const { record, database } = newest;
    if (record.kind === 'transactionChange' && database !== undefined) {
      const { change, old, before } = record;
      const made = change.kind === 'set' ? change.value : undefined;
      const nodes = change.kind === 'set' ? [{ key: change.key, value: old[0]?.value }] : old;
      for (const { key, value } of nodes.toReversed()) {
        const restore = restoring(database, key, made, value);
        log.compensate(open, restore, { place: open.top, left: undefined });
      }
      log.pass(open, before);
    } else {
      log.pass(open, record.before);
    }
  }
  log.rolledBack(open, 0, LOCAL);
}
