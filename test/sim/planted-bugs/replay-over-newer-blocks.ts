import { PendingChange } from '../../../server/ecp/app-server/pending-requests.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** After a reconnection a change that was applied before it is shown over blocks that are newer (was a real bug). */
export const replayOverNewerBlocks: PlantedBug = {
  name: 'replay over newer blocks',
  breaks: 'A.1.1: what an app server shows never goes back',
  caughtBy: ['coherence', 'A.1.1 in-order updates'],
  seed: 45,
  plant: () => replaceMethod(PendingChange.prototype, 'included', () => undefined),
};
