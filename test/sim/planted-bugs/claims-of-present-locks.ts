import { RemoteLocks } from '../../../server/ecp/app-server/remote-locks.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** An app server claims what its jobs hold now, and not what they have unlocked by a request that was lost. */
export const claimsOfPresentLocks: PlantedBug = {
  name: 'claims of present locks only',
  breaks: 'R6: every lock is claimed whose release the recovered sequence number does not cover',
  caughtBy: ['A.1.2 locks', 'A.1.9 lock recovery'],
  seed: 2,
  plant() {
    // Called on the locks that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { claims } = RemoteLocks.prototype;
    return replaceMethod(RemoteLocks.prototype, 'claims', function (this: RemoteLocks) {
      return claims.call(this, Number.MAX_SAFE_INTEGER);
    });
  },
};
