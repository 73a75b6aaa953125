/**
 * One process a data folder: a second one is refused before it reads anything (rule K8).
 *
 * The lock is flock(2) on the file `lock`, which Node does not offer: flock(1) takes it on a descriptor that it
 * inherits. It belongs to the open file, so it stays when flock(1) ends, holds across containers and nodes that
 * share the volume, and the kernel frees it with this process, whatever that dies of. The file's content only
 * names the holder.
 *
 * Where there is no flock(1) (macOS) the content is the lock: machine, process and start time, so that a lock
 * whose process is gone is found stale.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EcpError, messageOf } from '../base/errors.ts';

const LOCK_FILE = 'lock';
/** flock(1)'s way to say that another process has the lock. */
const HELD = 1;
const FLOCK_MS_MAX = 10_000;

export interface FolderLock {
  release(): void;
}

/**
 * Locks the folder, which is made if need be. EcpError CONFIGURATION names the holder. `command` is flock(1);
 * tests give another one.
 */
export function lockFolder(folder: string, command = 'flock'): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(realpathSync(folder), LOCK_FILE);
  return lockByKernel(file, command) ?? lockByContent(file);
}

/** The lock, or undefined where there is no such command. */
function lockByKernel(file: string, command: string): FolderLock | undefined {
  const descriptor = openSync(file, 'a+', 0o600);
  let isLocked = false;
  try {
    // Short options only: every flock(1) has those. Descriptor 3 is ours, as the child sees it.
    const { status, error, stderr } = spawnSync(command, ['-n', '3'], {
      stdio: ['ignore', 'ignore', 'pipe', descriptor],
      timeout: FLOCK_MS_MAX,
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    if (status === HELD) throw inUse(file, holderOf(readFileSync(file, 'utf8')));
    if (status !== 0) throw cannotLock(file, error ?? stderr.toString().trim());
    isLocked = true;
  } finally {
    if (!isLocked) closeSync(descriptor);
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, contentOf(process.pid));
  // The file stays: one that is removed and made anew would be two files, with a lock each.
  return { release: () => closeSync(descriptor) };
}

function contentOf(pid: number): string {
  return `${pid} ${hostname()} ${startOf(pid)}\n`;
}

function holderOf(content: string): string {
  const [pid = '', host = ''] = content.trim().split(' ');
  return host === '' ? 'another process' : `process ${pid} on ${host}`;
}

function inUse(file: string, holder: string): EcpError {
  return new EcpError('CONFIGURATION', `dataDirectory: in use by ${holder} (${file})`);
}

function cannotLock(file: string, problem: unknown): EcpError {
  const why = typeof problem === 'string' ? problem : messageOf(problem);
  return new EcpError('CONFIGURATION', `dataDirectory: ${file} cannot be locked: ${why}`);
}

// ── Without flock(1) ───────────────────────────────────────────────────────────────────────────────────

function lockByContent(file: string): FolderLock {
  // Written whole before it takes its name, so that nobody finds a lock without a holder.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, contentOf(process.pid), { mode: 0o600 });
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
  const content = readFileSync(file, 'utf8');
  const [pid = '', host = '', start = ''] = content.trim().split(' ');
  // Empty: made a moment ago by whoever looked for flock(1), which is not there.
  if (content !== '' && (host !== hostname() || isAlive(Number(pid), start)))
    throw inUse(file, holderOf(content));
  rmSync(file, { force: true });
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
