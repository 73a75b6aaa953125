/** An instance that dies without a word, and the wait until it or its successor serves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { eventually } from './kubectl.ts';
import { isOwnCluster } from './own-cluster.ts';
import { deletePod, isReady, podOf } from './pods.ts';

const BACK_MS = 90_000;

/** Pod and start of its container: another one means that the instance was started again. */
function incarnation(namespace: string, name: string): string | undefined {
  const pod = podOf(namespace, name);
  if (pod === undefined || !isReady(pod)) return undefined;
  const restarts = pod.status.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
  return `${pod.metadata.uid} ${restarts.join(' ')}`;
}

/**
 * SIGKILL where the pods' processes are on this machine, which nothing in the pod can send to its first process;
 * elsewhere the pod is deleted by force. `untilBack` waits for the next incarnation.
 */
export function crash(namespace: string, name: string): { untilBack: () => Promise<void> } {
  const before = incarnation(namespace, name);
  if (before === undefined) throw new Error(`${name} is not ready, and cannot crash`);
  const [uid = ''] = before.split(' ');
  if (isOwnCluster) process.kill(instanceProcess(uid), 'SIGKILL');
  else deletePod(namespace, name, 'kill');
  const isBack = (): true | undefined => {
    const now = incarnation(namespace, name);
    return now !== undefined && now !== before ? true : undefined;
  };
  return {
    untilBack: async () => {
      await eventually(isBack, BACK_MS, `${name} not back`);
    },
  };
}

/** The server's process in a pod, on this machine. */
function instanceProcess(podUid: string): number {
  const found = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .find(
      (pid) =>
        read(pid, 'cgroup').includes(podUid) && read(pid, 'cmdline').includes('server/main.ts'),
    );
  if (found === undefined) throw new Error(`no process of pod ${podUid} on this machine`);
  return Number(found);
}

function read(pid: string, file: string): string {
  const path = `/proc/${pid}/${file}`;
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch {
    return ''; // It has ended in between.
  }
}
