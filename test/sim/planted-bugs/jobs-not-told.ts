import { RemoteLocks } from '../../../server/ecp/app-server/remote-locks.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** Jobs do not hear that the session, and with it their locks, is over: what they change next enters the next one. */
export const jobsNotTold: PlantedBug = {
  name: 'jobs not told of a session’s end',
  breaks: 'R5: who had a lock gets <NETWORK> before anything of it enters the new epoch',
  caughtBy: ['A.1.2 locks'],
  seed: 45,
  plant: () => replaceMethod(RemoteLocks.prototype, 'sessionEnded', () => undefined),
};
