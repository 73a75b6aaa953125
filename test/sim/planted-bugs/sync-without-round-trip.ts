import { DataServerPlace } from '../../../server/ecp/app-server/data-server-place.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** Sync returns at once. */
export const syncWithoutRoundTrip: PlantedBug = {
  name: 'sync without a round trip',
  breaks: 'A.1.11: what is seen after a Sync is current',
  caughtBy: ['coherence', 'A.1.11 Sync'],
  seed: 24,
  plant: () => replaceMethod(DataServerPlace.prototype, 'sync', () => undefined),
};
