import { decodeRequestFrame } from '../../../server/ecp/wire/frame.ts';
import { decodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import type { PlantedBug } from './planted-bug.ts';

/** An UNLOCK overtakes the changes that were made before it: the lock is let go of as soon as it is sent. */
export const unlockBeforeFlush: PlantedBug = {
  name: 'unlock before flush',
  breaks: 'A.1.2: what was changed under a lock is applied before that is let go of',
  caughtBy: ['A.1.2 locks'],
  seed: 1,
  plant(cluster) {
    cluster.world.network.filter((from, to, bytes) => {
      const { server, engine } =
        cluster.dataServers.find(({ name }) => name === to) ?? ({} as Record<string, undefined>);
      const message = decodeChannelMessage(bytes);
      const [database] = engine?.databases ?? [];
      if (message.kind !== 'frame' || server === undefined || database === undefined) return bytes;
      for (const request of decodeRequestFrame(message.frame).requests) {
        if (request.kind !== 'unlock') continue;
        const owner = server.locks.table.owner(from, request.job);
        for (const { key, mode } of request.locks)
          server.locks.unlock(owner, { database: database.uuid, key: key.slice() }, mode);
      }
      return bytes;
    });
    return undefined;
  },
};
