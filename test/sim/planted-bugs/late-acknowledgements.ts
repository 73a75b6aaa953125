import type { Reply } from '../../../server/ecp/wire/frame.ts';
import { changeFrames } from './frames.ts';
import type { PlantedBug } from './planted-bug.ts';

/** Acknowledgements are gathered at the end of a frame, behind the blocks that came after them. */
export const lateAcknowledgements: PlantedBug = {
  name: 'late acknowledgements',
  breaks: 'R3: an acknowledgement enters the order when the change is applied',
  caughtBy: ['coherence', 'A.1.1 in-order updates', 'A.1.2 locks'],
  seed: 5,
  plant(cluster) {
    const isEarly = ({ kind, ...reply }: Reply): boolean =>
      kind === 'invalidate' || (kind === 'block' && 'sequence' in reply && reply.sequence === 0);
    changeFrames(cluster, (replies) => [
      ...replies.filter(isEarly),
      ...replies.filter((reply) => !isEarly(reply)),
    ]);
    return undefined;
  },
};
