import { RemoteTransaction } from '../../../server/ecp/app-server/remote-transactions.ts';
import { type PlantedBug, POWER_CUTS, replaceMethod, withSlowDisks } from './planted-bug.ts';

/** A commit over ECP that is waited for returns with its answer, not when it is durable. */
export const remoteCommitWithoutSync: PlantedBug = {
  name: 'commit over ECP without a sync',
  breaks: 'A.1.5, SynchCommit: a commit that was waited for is durable',
  caughtBy: ['A.1.5 commit'],
  seed: 12,
  faults: POWER_CUTS,
  plant(cluster) {
    withSlowDisks(cluster);
    // Called on the transaction that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { commit } = RemoteTransaction.prototype;
    return replaceMethod(RemoteTransaction.prototype, 'commit', function (this: RemoteTransaction) {
      return commit.call(this, false, true);
    });
  },
};
