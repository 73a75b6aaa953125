import { LockService } from '../../../server/ecp/data-server/lock-service.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A data server that has started grants locks before the sessions of before have claimed theirs. */
export const grantInRecoveryWindow: PlantedBug = {
  name: 'grant in the recovery window',
  breaks:
    'A.1.9, R6: after a start nobody gets a lock before all sessions have finished their replay',
  caughtBy: ['A.1.9 lock recovery'],
  seed: 1,
  plant() {
    // Called on the service that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { lock } = LockService.prototype;
    return replaceMethod(LockService.prototype, 'lock', function (this: LockService, ...args) {
      this.open();
      return lock.apply(this, args);
    });
  },
};
