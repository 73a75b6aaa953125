/** Assertions stay on in production: a broken invariant must not travel on into other people's data. */

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws when a fact that this program guarantees does not hold. Never for bad input: that is an EcpError. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AssertionError(`assertion failed: ${what}`);
}

/** For values that must be there, where the type cannot say so. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new AssertionError(`missing: ${what}`);
  return value;
}

/** For the branch that the types rule out. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${String(value)}`);
}
