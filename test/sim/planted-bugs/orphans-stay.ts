import { LocalTransactions } from '../../../server/instance/local-transactions.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A start leaves open what a crash left open. */
export const orphansStay: PlantedBug = {
  name: 'orphans stay',
  breaks: 'A.1.4: a transaction that a crash cut short is rolled back',
  caughtBy: ['A.1.4 rollback'],
  seed: 3,
  plant: () => replaceMethod(LocalTransactions.prototype, 'rollBackOrphans', () => undefined),
};
