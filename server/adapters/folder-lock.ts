/**
 * One process a data folder: a second one is refused before it reads anything (rule K8).
 * A file names the holder by machine, process and start time, so that a lock whose process is gone is found
 * stale, whatever the process died of.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EcpError } from '../base/errors.ts';

const LOCK_FILE = 'lock';

export interface FolderLock {
  release(): void;
}

/** Locks the folder, which is made if need be. EcpError CONFIGURATION names the holder. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(realpathSync(folder), LOCK_FILE);
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, `${process.pid} ${hostname()} ${startOf(process.pid)}\n`);
      closeSync(handle);
      return { release: () => unlinkSync(file) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
      clearStale(file);
    }
  }
}

/** Removes a lock whose process is gone; throws where it lives, or may live on another machine. */
function clearStale(file: string): void {
  const [pid = '', host = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
  const lives = host !== hostname() || startOf(Number(pid)) === start;
  if (lives && pid !== '') {
    throw new EcpError(
      'CONFIGURATION',
      `dataDirectory: in use by process ${pid} on ${host} (${file})`,
    );
  }
  unlinkSync(file);
}

/** When a process began, by the kernel's clock: tells it from a later one of the same number. '' when it is gone. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may have spaces: fields are counted behind its closing parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
