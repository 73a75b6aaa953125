import { JobLocks } from '../../../server/instance/job-locks.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** An UNLOCK in a transaction takes place at once. */
export const unlockIgnoresTransaction: PlantedBug = {
  name: 'unlock ignores the transaction',
  breaks: 'A.1.6: a lock that is let go of in a transaction stays until that has ended',
  caughtBy: ['A.1.6 transactions and locks'],
  seed: 1,
  plant() {
    // Called on the locks that it is taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { unlock } = JobLocks.prototype;
    return replaceMethod(JobLocks.prototype, 'unlock', function (this: JobLocks, locks) {
      unlock.call(this, locks, { immediate: true });
    });
  },
};
