/**
 * Sweeps that try every step: where a suite runs once more, on other machines, it is enough to try some of them, others
 * at each run. ECP_SWEEP=full tries all.
 */
import { propertySeed } from './property-seed.ts';

const isFull = process.env['ECP_SWEEP'] === 'full';

/** Steps are counted from 1. */
export interface Steps {
  readonly first: number;
  readonly stride: number;
}

export const EVERY_STEP: Steps = { first: 1, stride: 1 };

/** Every so many; `variant` tells sweeps of one suite apart, which together try steps at all distances from the first. */
export function someSteps(stride: number, variant: number): Steps {
  return isFull ? EVERY_STEP : { first: 1 + ((propertySeed() + variant) % stride), stride };
}

/** One of them. */
export function someOf<T>(all: readonly T[]): readonly T[] {
  const at = propertySeed() % all.length;
  return isFull ? all : all.slice(at, at + 1);
}
