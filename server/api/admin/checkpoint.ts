/** A checkpoint, for the calls of the admin API that want one made. */
import { EcpError, messageOf } from '../../base/errors.ts';
import type { StorageEngine } from '../../storage/engine.ts';

/** Resolves when all that was changed until now is in the databases' files. EcpError FROZEN. */
export function checkpointed(engine: StorageEngine): Promise<void> {
  return new Promise((resolve, reject) =>
    engine.checkpoint((error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(
          new EcpError('FROZEN', `the checkpoint failed: ${messageOf(error)}`, { cause: error }),
        );
    }),
  );
}
