import { LOCAL } from '../../../server/storage/engine.ts';
import { NO_PLACE } from '../../../server/storage/record-place.ts';
import type { ChainRecord } from '../../../server/storage/transaction-log.ts';
import { restoring } from '../../../server/storage/undo.ts';
import { Rollback } from '../../../server/transactions/rollback.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A rollback restores the oldest change first, by the rule of A.2.4 otherwise: of two changes of a node one stays. */
export const forwardOrderRollback: PlantedBug = {
  name: 'forward-order rollback',
  breaks: 'A.1.4: a rollback undoes the newest change first',
  caughtBy: ['A.1.4 rollback'],
  seed: 1,
  plant: (cluster) =>
    replaceMethod(Rollback.prototype, 'step', function (this: Rollback) {
      const { transaction } = this;
      const log = cluster.dataServers
        .map(({ engine }) => engine?.transactions)
        .find((candidate) => candidate?.open.get(transaction.number) === transaction);
      if (log === undefined) return true;
      const chain: ChainRecord[] = [];
      for (let next = log.newest(transaction); next !== undefined; next = log.newest(transaction)) {
        chain.unshift(next);
        log.pass(transaction, next.record.before);
      }
      for (const { record, database } of chain) {
        if (record.kind !== 'transactionChange' || database === undefined) continue;
        const { change, old } = record;
        const made = change.kind === 'set' ? change.value : undefined;
        const nodes = change.kind === 'set' ? [{ key: change.key, value: old[0]?.value }] : old;
        for (const { key, value } of nodes) {
          const restore = restoring(database, key, made, value);
          log.compensate(transaction, restore, { place: NO_PLACE, left: undefined });
        }
      }
      log.rolledBack(transaction, 0, LOCAL);
      return true;
    }),
};
