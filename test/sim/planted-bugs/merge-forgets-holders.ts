import { Directory } from '../../../server/ecp/data-server/directory.ts';
import { type PlantedBug, replaceMethod } from './planted-bug.ts';

/** A merged block has the holders of its left half only. */
export const mergeForgetsHolders: PlantedBug = {
  name: 'merge forgets holders',
  breaks: 'R2: a merge unites holder bits',
  caughtBy: ['coherence', 'A.1.1 in-order updates'],
  seed: 1,
  plant: () => replaceMethod(Directory.prototype, 'merge', () => undefined),
};
