import { LocalTransaction } from '../../../server/instance/local-transaction.ts';
import { type PlantedBug, POWER_CUTS, replaceMethod, withSlowDisks } from './planted-bug.ts';

/** A commit that is waited for is told to be durable at once. */
export const commitWithoutSync: PlantedBug = {
  name: 'commit without a sync',
  breaks: 'A.1.5, SynchCommit: a commit that was waited for is durable',
  caughtBy: ['A.1.5 commit'],
  seed: 15,
  faults: POWER_CUTS,
  plant(cluster) {
    withSlowDisks(cluster);
    // Called on the transaction that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { commit } = LocalTransaction.prototype;
    return replaceMethod(LocalTransaction.prototype, 'commit', function (this: LocalTransaction) {
      return commit.call(this, false);
    });
  },
};
