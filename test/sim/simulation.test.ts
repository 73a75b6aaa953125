/**
 * Architecture §10: whole topologies under seeded faults. A few seeds run always; `npm run test:sim` runs many
 * (test/sim/soak.ts, also to replay one). Bugs are planted to see that each checker bites.
 */
import { describe, expect, test } from '@jest/globals';
import { summary } from '../support/sim/checkers/check.ts';
import { runSimulation, type RunResult } from '../support/sim/run.ts';
import * as plantedBugs from './planted-bugs/index.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
/** Seeds that found a bug once, when data servers had no jobs of their own; what it was is in the commit that mended it. */
const SEEDS_OF_BUGS = [13, 16, 64, 109, 150, 154, 221, 309, 342];
/** A planted bug must be caught within so many. */
const SEEDS_OF_PLANTED_BUGS_MAX = 200;
const WAIT_MS = 60_000;

describe('simulated topologies', () => {
  test(
    'keep every guarantee under crashes, cuts and clogged ways, and exercise each',
    async () => {
      const runs: RunResult[] = [];
      for (const seed of [...SEEDS, ...SEEDS_OF_BUGS]) {
        const localJobsPerDataServer = SEEDS_OF_BUGS.includes(seed) ? 0 : 1;
        const topology = { appServers: 3, dataServers: 2, localJobsPerDataServer };
        const run = await runSimulation({ seed, ...topology });
        const violations = run.verdicts.filter(({ verdict }) => verdict === 'VIOLATION');
        // Replay: node test/sim/soak.ts --seed N --trace
        expect({ seed, violations }).toEqual({ seed, violations: [] });
        expect(run.operations).toBeGreaterThanOrEqual(500);
        expect(run.crashes).toBeGreaterThanOrEqual(1);
        runs.push(run);
      }
      const overall = summary(runs.map(({ verdicts }) => verdicts));
      expect(overall.filter(({ verdict }) => verdict !== 'PASS')).toEqual([]);
    },
    WAIT_MS,
  );

  test('same seed, same trace hash; another seed, another', async () => {
    const first = await runSimulation({ seed: 1 });
    const again = await runSimulation({ seed: 1 });
    const other = await runSimulation({ seed: 2 });
    expect(again.traceHash).toBe(first.traceHash);
    expect(again.history.toJsonl()).toBe(first.history.toJsonl());
    expect(other.traceHash).not.toBe(first.traceHash);
  });
});

describe('a planted bug is caught', () => {
  test.each(Object.values(plantedBugs).map((bug) => [bug.name, bug] as const))(
    '%s',
    async (_name, bug) => {
      let caught: string | undefined;
      for (let seed = 1; seed <= SEEDS_OF_PLANTED_BUGS_MAX && caught === undefined; seed++) {
        const run = await runSimulation({ seed, plant: (cluster) => bug.plant(cluster) });
        caught = run.verdicts.find(
          ({ checker, verdict }) => verdict === 'VIOLATION' && bug.caughtBy.includes(checker),
        )?.checker;
      }
      expect(bug.caughtBy).toContain(caught);
    },
    WAIT_MS,
  );
});
