/**
 * One process a data folder: a second one is refused before it reads anything (rule K8).
 * A file names the holder by machine, process and start time, so that a lock whose process is gone is found
 * stale, whatever the process died of.
 */
import { linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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
  // Written whole before it takes its name, so that nobody finds a lock without a holder.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${hostname()} ${startOf(process.pid)}\n`, { mode: 0o600 });
  try {
    if (!linked(mine, file)) {
      clearStale(file);
      if (!linked(mine, file)) throw inUse(file, 'another process');
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return { release: () => rmSync(file, { force: true }) };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose process is gone; throws where it lives, or may live on another machine. */
function clearStale(file: string): void {
  const [pid = '', host = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
  if (host !== hostname() || isAlive(Number(pid), start))
    throw inUse(file, `process ${pid} on ${host}`);
  rmSync(file, { force: true });
}

function inUse(file: string, holder: string): EcpError {
  return new EcpError('CONFIGURATION', `dataDirectory: in use by ${holder} (${file})`);
}

/** Whether the process that began at `start` lives: another one may have its number by now. */
function isAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(pid) === start;
}

/** When a process began, by the kernel's clock: tells it from a later one of the same number. '' when it is gone, or where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may have spaces: fields are counted behind its closing parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
