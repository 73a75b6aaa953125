/**
 * What a lock is on: a reference, in a database. Locks are hierarchical: one on ^x(1) excludes, for others, ^x(1) itself,
 * its ancestors ^x and its descendants ^x(1,…).
 */
import { subscriptEnd, subscriptsStart } from '../globals/key.ts';

export interface LockName {
  /** Names the database for ever: the lock outlives its number. */
  readonly database: string;
  /** An encoded reference (globals/key.ts). */
  readonly key: Uint8Array;
}

/** The steps from the root of all names to one: the database, the global, each subscript. EcpError DAMAGED. */
export function stepsOf({ database, key }: LockName): string[] {
  const steps = [database];
  let at = 0;
  let end = subscriptsStart(key);
  for (;;) {
    steps.push(textOfBytes(key, at, end));
    if (end >= key.length) return steps;
    at = end;
    end = subscriptEnd(key, at);
  }
}

/** The name that steps lead to; undefined for the root and for a database, which have none. */
export function nameOf(steps: readonly string[]): LockName | undefined {
  const [database, ...rest] = steps;
  if (database === undefined || rest.length === 0) return undefined;
  const text = rest.join('');
  const key = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) key[i] = text.charCodeAt(i);
  return { database, key };
}

/** One character a byte: the shortest text that Maps find. At most as long as a reference: an argument list holds it. */
function textOfBytes(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
