import { LockService } from '../../../server/ecp/data-server/lock-service.ts';
import {
  type PlantedBug,
  POWER_CUTS,
  replaceMethod,
  together,
  withSlowDisks,
} from './planted-bug.ts';

/** A grant is told at once, although what was changed under the lock before is not durable. */
export const handOffWithoutSync: PlantedBug = {
  name: 'hand-off without a sync',
  breaks: 'R1: before a grant the journal is durable up to the latest release by others',
  caughtBy: ['A.1.9 lock recovery', 'A.2.10 dirty reads'],
  seed: 9,
  faults: POWER_CUTS,
  plant(cluster) {
    withSlowDisks(cluster);
    const { prototype } = LockService;
    // Called on the service that they are taken from.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { lock, unlock } = prototype;
    return together(
      replaceMethod(prototype, 'lock', function (this: LockService, ...args) {
        const pending = lock.apply(this, args);
        this.durable(Infinity);
        return pending;
      }),
      replaceMethod(prototype, 'unlock', function (this: LockService, ...args) {
        unlock.apply(this, args);
        this.durable(Infinity);
      }),
    );
  },
};
