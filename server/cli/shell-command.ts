/** `ecp shell`: interactive with history, lines from a pipe, or one line with -e. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withDatabase, type SessionOptions } from './session.ts';
import { executeLines, runShell } from './shell/repl.ts';

const HISTORY_FILE = '.ecp_history';

export function shell(options: SessionOptions & { readonly execute?: string }): Promise<number> {
  const { execute } = options;
  return withDatabase(options, (database, signal) =>
    execute === undefined
      ? runShell(database, { historyFile: join(homedir(), HISTORY_FILE) })
      : executeLines(database, [execute], { signal }),
  );
}
