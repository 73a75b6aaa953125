import { changeReplies } from './frames.ts';
import type { PlantedBug } from './planted-bug.ts';

/** One invalidation in ten never reaches its app server. */
export const lostInvalidation: PlantedBug = {
  name: 'lost invalidation',
  breaks: 'coherence: a change queues an invalidation to every other holder',
  caughtBy: ['coherence', 'A.1.1 in-order updates'],
  seed: 1,
  plant(cluster) {
    const random = cluster.world.random.fork('planted bug');
    changeReplies(cluster, (reply) =>
      reply.kind === 'invalidate' && random.chance(0.1) ? [] : [reply],
    );
    return undefined;
  },
};
