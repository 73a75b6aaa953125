import { changeReplies } from './frames.ts';
import type { PlantedBug } from './planted-bug.ts';

/** A change is acknowledged as durable as soon as it is applied, before the journal's sync. */
export const earlyAcknowledgement: PlantedBug = {
  name: 'early acknowledgement',
  breaks: 'durable means that the journal was synced',
  caughtBy: ['durability'],
  seed: 9,
  plant(cluster) {
    changeReplies(cluster, (reply) => {
      if (reply.kind !== 'applied' && reply.kind !== 'incremented') return [reply];
      return [reply, { kind: 'durable', sequence: reply.sequence }];
    });
    return undefined;
  },
};
