import { CacheSpace } from '../../../server/ecp/app-server/block-cache.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** Copies of blocks outlive their stream. */
export const cacheSurvivesReconnection: PlantedBug = {
  name: 'cache survives a reconnection',
  breaks: 'architecture §5: on a reconnection the cache is flushed',
  caughtBy: ['coherence', 'in-order'],
  plant: () => replaceMethod(CacheSpace.prototype, 'flush', () => undefined),
};
