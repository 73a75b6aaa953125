/** A bug planted from outside, by wrapping what passes a port or by replacing a method while a run lasts. */
import type { Cluster } from '../../support/sim/cluster.ts';

export interface PlantedBug {
  readonly name: string;
  /** The rule of the protocol that it breaks. */
  readonly breaks: string;
  /** Checkers of which at least one must see it. */
  readonly caughtBy: readonly string[];
  /** Plants it; what is returned takes it out again. */
  plant(cluster: Cluster): (() => void) | undefined;
}

/** Replaces a method of a class while a run lasts. */
export function replaceMethod<T extends object, K extends keyof T>(
  prototype: T,
  method: K,
  replacement: T[K],
): () => void {
  const original = prototype[method];
  prototype[method] = replacement;
  return () => (prototype[method] = original);
}
