import { RemoteTransactions } from '../../../server/ecp/app-server/remote-transactions.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** An app server does not listen when a data server says that it has rolled back a transaction. */
export const noRollbackOnly: PlantedBug = {
  name: 'no rollback only',
  breaks: 'A.1.7: what a data server has rolled back by itself can only be rolled back',
  caughtBy: ['A.1.7 rollback only'],
  seed: 5,
  plant: () => replaceMethod(RemoteTransactions.prototype, 'rolledBack', () => undefined),
};
