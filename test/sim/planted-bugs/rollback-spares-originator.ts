import { Directory } from '../../../server/ecp/data-server/directory.ts';
import { SessionTransactions } from '../../../server/ecp/data-server/session-transactions.ts';
import { type PlantedBug, replaceMethod, together } from './planted-bug.ts';

/** What a rollback restores is told to everybody but the app server that asked for it. */
export const rollbackSparesOriginator: PlantedBug = {
  name: 'rollback spares its originator',
  breaks: 'R4: changes whose effect is not in the request invalidate their originator too',
  caughtBy: ['coherence'],
  seed: 2,
  plant() {
    let originator: number | undefined;
    // Called on the objects that they are taken from.
    /* eslint-disable @typescript-eslint/unbound-method */
    const { rollback } = SessionTransactions.prototype;
    const { invalidateOthers } = Directory.prototype;
    /* eslint-enable @typescript-eslint/unbound-method */
    return together(
      replaceMethod(
        SessionTransactions.prototype,
        'rollback',
        function (this: SessionTransactions, session, ...more) {
          const unfinished = rollback.call(this, session, ...more);
          if (unfinished === undefined) return undefined;
          return {
            advance: () => {
              originator = session.identity.slot;
              try {
                return unfinished.advance();
              } finally {
                originator = undefined;
              }
            },
          };
        },
      ),
      replaceMethod(
        Directory.prototype,
        'invalidateOthers',
        function (this: Directory, low, writer, tell) {
          invalidateOthers.call(this, low, originator ?? writer, tell);
        },
      ),
    );
  },
};
