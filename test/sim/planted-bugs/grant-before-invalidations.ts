import type { Reply } from '../../../server/ecp/wire/frame.ts';
import { changeFrames } from './frames.ts';
import type { PlantedBug } from './planted-bug.ts';

/** Invalidations come a frame late: behind a grant that was queued behind them. */
export const grantBeforeInvalidations: PlantedBug = {
  name: 'grant before invalidations',
  breaks: 'A.1.2: with a lock comes what was changed under it',
  caughtBy: ['A.1.2 locks', 'A.2.2 cache liveness'],
  seed: 84,
  plant(cluster) {
    const late = new Map<string, Reply[]>();
    changeFrames(cluster, (replies, way) => {
      const before = late.get(way) ?? [];
      late.set(
        way,
        replies.filter(({ kind }) => kind === 'invalidate'),
      );
      return [...replies.filter(({ kind }) => kind !== 'invalidate'), ...before];
    });
    return undefined;
  },
};
