/**
 * Instances that an `ecp up` left behind when it was killed. They are stopped before anything starts in
 * their folders. A process counts as ours only if its command line names the configuration file, since process
 * ids are used again; where the system does not show command lines, instances refuse a folder in use.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './folder-lock.ts';
import type { LocalInstance } from './state-file.ts';

const POLL_MS = 50;

export async function endOrphans(
  instances: readonly LocalInstance[],
  stopMsMax: number,
): Promise<void> {
  const orphans = instances.filter(isOrphan);
  // App servers first, as in every stop.
  for (const kind of ['EcpAppServer', 'EcpDataServer']) {
    const group = orphans.filter((instance) => instance.kind === kind);
    await Promise.all(group.map((instance) => end(instance, stopMsMax)));
  }
}

function isOrphan({ pid, configurationFile }: LocalInstance): boolean {
  if (pid === null || !isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(configurationFile);
  } catch {
    return false;
  }
}

async function end(orphan: LocalInstance, stopMsMax: number): Promise<void> {
  const deadlineMs = performance.now() + stopMsMax;
  signal(orphan, 'SIGTERM');
  while (isOrphan(orphan)) {
    if (performance.now() >= deadlineMs) signal(orphan, 'SIGKILL');
    await sleep(POLL_MS);
  }
}

function signal({ pid }: LocalInstance, name: NodeJS.Signals): void {
  try {
    if (pid !== null) process.kill(pid, name);
  } catch {
    // Gone in the meantime: what was wanted.
  }
}
