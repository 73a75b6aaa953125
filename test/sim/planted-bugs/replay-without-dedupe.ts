import { decodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import type { PlantedBug } from './planted-bug.ts';

/** A data server that takes what is sent again for new: with the welcome it forgets what it has applied. */
export const replayWithoutDedupe: PlantedBug = {
  name: 'replay without dedupe',
  breaks: 'a replay applies each change exactly once (A.2.1)',
  caughtBy: ['A.2.1 exactly once'],
  seed: 1,
  plant(cluster) {
    cluster.world.network.filter((from, _to, bytes) => {
      const message = decodeChannelMessage(bytes);
      if (message.kind !== 'welcome' || !message.welcome.resumed) return bytes;
      const { engine } = cluster.dataServer(from);
      const remembered = engine?.sessions.get(message.welcome.session);
      if (remembered !== undefined) remembered.lastApplied = 0;
      return bytes;
    });
    return undefined;
  },
};
