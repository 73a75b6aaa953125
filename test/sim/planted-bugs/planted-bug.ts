/** A bug planted from outside, by wrapping what passes a port or by replacing a method while a run lasts. */
import { type RunResult, runSimulation } from '../../support/sim/run.ts';
import { type FaultMix, FAULTS } from '../../support/sim/nemesis.ts';
import type { Cluster } from '../../support/sim/cluster.ts';

export interface PlantedBug {
  readonly name: string;
  /** The rule of the protocol that it breaks. */
  readonly breaks: string;
  /** Checkers of which at least one must see it. */
  readonly caughtBy: readonly string[];
  /** The first seed that shows it; where the workload has changed since, another is looked for. */
  readonly seed: number;
  /** Faults that show it sooner than the usual mix. */
  readonly faults?: FaultMix;
  /** Plants it; what is returned takes it out again. */
  plant(cluster: Cluster): (() => void) | undefined;
}

/** A planted bug must be caught within so many. */
const SEEDS_MAX = 200;

/** Looks for a seed that shows a bug: which, and the checker that sees it. */
export async function hunt(
  bug: PlantedBug,
): Promise<{ readonly seed: number; readonly checker: string } | undefined> {
  const others = Array.from({ length: SEEDS_MAX }, (_, i) => i + 1);
  for (const seed of [bug.seed, ...others]) {
    const faults = bug.faults === undefined ? {} : { faults: bug.faults };
    const run = await runSimulation({ seed, ...faults, plant: (cluster) => bug.plant(cluster) });
    const checker = seenBy(run, bug);
    if (checker !== undefined) return { seed, checker };
  }
  return undefined;
}

function seenBy({ verdicts }: RunResult, { caughtBy }: PlantedBug): string | undefined {
  return verdicts.find(
    ({ checker, verdict }) => verdict === 'VIOLATION' && caughtBy.includes(checker),
  )?.checker;
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

/** Data servers lose what their disks have not confirmed again and again. */
export const POWER_CUTS: FaultMix = { ...FAULTS, crashMachine: 15, crashAppServer: 0, slowDisk: 0 };

/** The longer the disk takes, the more is lost with a crash that should not have been promised. */
export function withSlowDisks(cluster: Cluster): void {
  for (const node of cluster.dataServers) node.diskMsMax = 300;
}

/** Takes several out again. */
export function together(...takeOut: readonly (() => void)[]): () => void {
  return () => {
    for (const each of takeOut) each();
  };
}
