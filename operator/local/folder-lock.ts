/**
 * One `ecp up` at a time in a data folder. The lock is a file with the holder's process id, linked into place,
 * which only one process can; the lock of a process that is gone is taken over.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EcpError } from '../../server/base/errors.ts';

const LOCK_FILE = 'lock';
/** A dead holder's lock is put aside and tried again; more rounds mean that others do the same right now. */
const ATTEMPTS_MAX = 5;

/** Takes the lock, and returns what gives it back. Throws CONFIGURATION that names the holder. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, LOCK_FILE);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (link(mine, file)) return release(file);
      const holder = holderOf(file);
      if (holder !== undefined && isAlive(holder)) throw inUse(folder, holder);
      // Renaming has one winner: only who holds the old file in hand may have removed it.
      putAside(file, `${mine}.stale`);
    }
    throw inUse(folder, holderOf(file));
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Once only: a second call must not take away the lock of who came after. */
function release(file: string): () => void {
  let held = true;
  return () => {
    if (held) rmSync(file, { force: true });
    held = false;
  };
}

function inUse(folder: string, holder: number | undefined): EcpError {
  const who = holder === undefined ? 'another process' : `process ${holder}`;
  return new EcpError(
    'CONFIGURATION',
    `${folder} is used by another ecp up (${who}); stop it, or choose another folder with --data`,
  );
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function putAside(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = holderOf(aside);
  // Someone was faster and this is a living lock: it goes back where it was.
  if (holder !== undefined && isAlive(holder)) link(aside, file);
  rmSync(aside, { force: true });
}

/** Whether a process of that id exists, be it another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
