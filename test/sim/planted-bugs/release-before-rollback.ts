import type { Session } from '../../../server/ecp/data-server/session.ts';
import { SessionTransactions } from '../../../server/ecp/data-server/session-transactions.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** The locks of a session that is given up go before its transactions are rolled back. */
export const releaseBeforeRollback: PlantedBug = {
  name: 'release before rollback',
  breaks: 'A.1.8: what cannot be recovered is rolled back in a way that preserves lock semantics',
  caughtBy: ['A.1.8 transaction recovery', 'A.1.6 transactions and locks'],
  seed: 4,
  plant() {
    // Called on the transactions that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { ended } = SessionTransactions.prototype;
    return replaceMethod(
      SessionTransactions.prototype,
      'ended',
      function (this: SessionTransactions, session: Session) {
        queueMicrotask(() => ended.call(this, session));
      },
    );
  },
};
