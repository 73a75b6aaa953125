import { LOCAL } from '../../../server/storage/engine.ts';
import { NO_PLACE } from '../../../server/storage/record-place.ts';
import { Rollback } from '../../../server/transactions/rollback.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A rollback restores every node, whoever has changed it since. */
export const unconditionalRestore: PlantedBug = {
  name: 'unconditional restore',
  breaks: 'A.2.4: what somebody else has changed since is left as it is',
  caughtBy: ['A.1.4 rollback'],
  seed: 1,
  plant: (cluster) =>
    replaceMethod(Rollback.prototype, 'step', function (this: Rollback) {
      const { transaction } = this;
      const log = cluster.dataServers
        .map(({ engine }) => engine?.transactions)
        .find((candidate) => candidate?.open.get(transaction.number) === transaction);
      if (log === undefined) return true;
      for (let next = log.newest(transaction); next !== undefined; next = log.newest(transaction)) {
        const { record } = next;
        log.pass(transaction, record.before);
        if (record.kind !== 'transactionChange') continue;
        const { change, old } = record;
        const nodes = change.kind === 'set' ? [{ key: change.key, value: old[0]?.value }] : old;
        for (const { key, value } of nodes) {
          const { database } = change;
          const left = { place: NO_PLACE, left: undefined };
          if (value === undefined)
            log.compensate(transaction, { kind: 'zkill', database, key }, left);
          else log.compensate(transaction, { kind: 'set', database, key, value }, left);
          log.pass(transaction, record.before);
        }
      }
      log.rolledBack(transaction, 0, LOCAL);
      return true;
    }),
};
