import { CacheSpace } from '../../../server/ecp/app-server/block-cache.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** Copies of blocks outlive their stream. */
export const cacheSurvivesReconnection: PlantedBug = {
  name: 'cache survives a reconnection',
  breaks: 'architecture §5: on a reconnection the cache is flushed',
  caughtBy: ['coherence', 'A.1.1 in-order updates'],
  seed: 1,
  plant: () => replaceMethod(CacheSpace.prototype, 'flush', () => undefined),
};
