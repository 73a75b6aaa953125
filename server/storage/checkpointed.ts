/** A checkpoint that somebody waits for. */
import { EcpError, messageOf } from '../base/errors.ts';
import type { StorageEngine } from './engine.ts';

/**
 * Resolves when all that was changed until now is in the databases' files. EcpError FROZEN, also while the journal has a
 * gap (A.2.5): no checkpoint ends before that is closed.
 */
export function checkpointed(engine: StorageEngine): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.journal.assertWhole();
    engine.checkpoint((error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(
          new EcpError('FROZEN', `the checkpoint failed: ${messageOf(error)}`, { cause: error }),
        );
    });
  });
}
