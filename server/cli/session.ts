/** A connection of a command to the instance that `--at` names, ended with the command or with Ctrl-C. */
import { connect } from '../../client/index.ts';
import type { Database } from '../instance/database.ts';
import { clientAddress, type TargetOptions } from './target.ts';

export interface SessionOptions extends TargetOptions {
  readonly namespace: string;
}

/** Runs `work` on the instance; its signal is aborted by Ctrl-C. */
export async function withDatabase<T>(
  options: SessionOptions,
  work: (database: Database, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new Error('interrupted'));
  process.once('SIGINT', abort);
  const database = await connect(clientAddress(options), { namespace: options.namespace });
  try {
    return await work(database, controller.signal);
  } finally {
    process.off('SIGINT', abort);
    await database.close();
  }
}
