/** Ends processes of a topology that runs here, one after the other; `ecp up` starts them again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalState } from '../../../operator/local/state-file.ts';

/** Between the return of one and the end of the next. */
const PAUSE_MS = 3000;
const RETURN_MS_MAX = 60_000;
const POLL_MS = 100;

export interface Fault {
  readonly instance: string;
  readonly isDataServer: boolean;
}

/**
 * SIGKILL to the instances in turn until `signal` is aborted, each time when the one before serves again. `struck` is
 * called as each one goes.
 */
export async function strike(
  topology: () => LocalState,
  signal: AbortSignal,
  struck: (fault: Fault) => void,
): Promise<void> {
  for (let i = 0; ; i++) {
    await pause(PAUSE_MS, signal);
    if (signal.aborted) return;
    const { instances } = topology();
    const instance = instances[i % instances.length];
    if (instance?.pid == null) continue;
    struck({ instance: instance.name, isDataServer: instance.kind === 'EcpDataServer' });
    process.kill(instance.pid, 'SIGKILL');
    await returned(topology, instance.name, instance.pid, signal);
  }
}

async function returned(
  topology: () => LocalState,
  name: string,
  pid: number,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + RETURN_MS_MAX;
  while (performance.now() < until && !signal.aborted) {
    const now = topology().instances.find((instance) => instance.name === name);
    if (now?.state === 'ready' && now.pid !== pid) return;
    await pause(POLL_MS, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
