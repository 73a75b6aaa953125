/** kubectl for tests: the one in PATH, on the cluster of KUBECONFIG. Every call has a deadline. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const CALL_TIMEOUT_MS = 60_000;
const POLL_MS = 250;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

export interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program, with an input if there is one; never throws. */
export function tryProgram(
  program: string,
  args: readonly string[],
  { input, timeoutMs = CALL_TIMEOUT_MS }: { input?: string; timeoutMs?: number } = {},
): Answer {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: OUTPUT_BYTES_MAX,
    ...(input === undefined ? {} : { input }),
  });
  const problem = error === undefined ? '' : `${program}: ${error.message}`;
  return { ok: status === 0, stdout, stderr: `${stderr}${problem}` };
}

/** Runs kubectl, with an input if there is one; never throws. */
export function tryKubectl(args: readonly string[], input?: string): Answer {
  return tryProgram('kubectl', args, input === undefined ? {} : { input });
}

/** Standard output of a call that must succeed. */
export function kubectl(args: readonly string[], input?: string): string {
  const { ok, stdout, stderr } = tryKubectl(args, input);
  if (!ok) throw new Error(`kubectl ${args.join(' ').slice(0, ARGUMENTS_SHOWN)}: ${stderr}`);
  return stdout;
}
const ARGUMENTS_SHOWN = 300;

/** What `kubectl get … -o json` gives. */
export function getJson(args: readonly string[]): unknown {
  return JSON.parse(kubectl(['get', ...args, '-o', 'json']));
}

/** Applies objects on the server's side, as a user does; a field that is left out is given up. */
export function apply(objects: readonly object[]): void {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  kubectl(['apply', '--server-side', '-f', '-'], list);
}

/** Waits until a probe gives a value; its last error is told when time is up. */
export async function eventually<T>(
  probe: () => T | undefined | Promise<T | undefined>,
  timeoutMs: number,
  what = 'not',
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let problem: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await sleep(POLL_MS);
  } while (Date.now() < deadline);
  const why = problem === undefined ? '' : `: ${messageOf(problem)}`;
  throw new Error(`${what} within ${timeoutMs} ms${why}`, { cause: problem });
}

// Errors of node: modules are of another realm under Jest.
const messageOf = (error: unknown): string => (error as { message?: string }).message ?? 'unknown';
