import { Directory } from '../../../server/ecp/data-server/directory.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** The right half of a split block has no holders. */
export const splitForgetsHolders: PlantedBug = {
  name: 'split forgets holders',
  breaks: 'R2: a split copies holder bits to both halves',
  caughtBy: ['coherence', 'A.1.1 in-order updates'],
  seed: 1,
  plant: () => replaceMethod(Directory.prototype, 'split', () => undefined),
};
