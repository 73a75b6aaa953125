/** kubectl for tests: the one in PATH, on the cluster of KUBECONFIG. Every call has a deadline. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const CALL_TIMEOUT_MS = 60_000;
const POLL_MS = 250;

export interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl, with an input if there is one; never throws. */
export function tryKubectl(args: readonly string[], input?: string): Answer {
  const { status, stdout, stderr } = spawnSync('kubectl', args, {
    encoding: 'utf8',
    timeout: CALL_TIMEOUT_MS,
    ...(input === undefined ? {} : { input }),
  });
  return { ok: status === 0, stdout, stderr };
}

/** Standard output of a call that must succeed. */
export function kubectl(args: readonly string[], input?: string): string {
  const { ok, stdout, stderr } = tryKubectl(args, input);
  if (!ok) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Applies objects as an operator does, on the server's side. */
export function apply(objects: readonly object[]): void {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  kubectl(['apply', '--server-side', '--field-manager=ecp-operator', '-f', '-'], list);
}

/** Waits until a probe gives a value; its last error is told when time is up. */
export async function eventually<T>(probe: () => T | undefined, timeoutMs: number): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let problem: unknown;
  do {
    try {
      const found = probe();
      if (found !== undefined) return found;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await sleep(POLL_MS);
  } while (Date.now() < deadline);
  throw new Error(`not within ${timeoutMs} ms`, { cause: problem });
}
