/**
 * Runs the simulator over many seeds.
 *
 *   node test/sim/soak.ts --seeds 200           seeds 1 to 200
 *   node test/sim/soak.ts --minutes 10          from a seed drawn from the time on
 *   node test/sim/soak.ts --seed 17 --trace     one seed, with every event and message: time in ms, kind, between
 *                                               whom, what; requests and replies bear their sequence numbers
 *   node test/sim/soak.ts --seed 17 --history   one seed; its history as JSONL
 *
 * Ends with `N passed, N failed`; exit code 1 if any failed.
 */
import { parseArgs } from 'node:util';
import { report, summary } from '../support/sim/checkers/check.ts';
import type { Verdict } from '../support/sim/checkers/checker.ts';
import { runSimulation, type RunResult } from '../support/sim/run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    trace: { type: 'boolean' },
    history: { type: 'boolean' },
  },
});

const failuresOf = (result: RunResult): readonly string[] =>
  result.verdicts
    .filter(({ verdict }) => verdict === 'VIOLATION')
    .map(({ checker, witness }) => `  ${checker}: ${witness ?? ''}`);

const runs: (readonly Verdict[])[] = [];
/** So many seeds must exercise every guarantee. */
const SEEDS_THAT_COUNT = 100;

async function one(seed: number): Promise<boolean> {
  const result = await runSimulation({
    seed,
    ...(values.trace === true ? { print: (line: string) => console.log(line) } : {}),
  });
  if (values.history === true) console.log(result.history.toJsonl());
  runs.push(result.verdicts);
  const failures = failuresOf(result);
  if (values.seed !== undefined) {
    console.log(
      `${result.operations} operations, ${result.crashes} crashes, trace ${result.traceHash}`,
    );
  }
  if (failures.length === 0) return true;
  console.log(`seed ${seed} failed; replay: node test/sim/soak.ts --seed ${seed} --trace`);
  for (const failure of failures) console.log(failure);
  return false;
}

const first = Number(
  values.seed ?? values.from ?? (values.minutes === undefined ? 1 : Date.now() % 1e9),
);
const count =
  values.seed === undefined
    ? Number(values.seeds ?? (values.minutes === undefined ? 20 : Infinity))
    : 1;
const endMs =
  values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
let passed = 0;
let failed = 0;
for (let seed = first; seed < first + count && Date.now() < endMs; seed++) {
  if (await one(seed)) passed++;
  else failed++;
}
const overall = summary(runs);
console.log(report(overall));
const vacuous = overall.filter(({ verdict }) => verdict === 'VACUOUS');
if (vacuous.length > 0 && runs.length >= SEEDS_THAT_COUNT) {
  console.log(`never put to the test: ${vacuous.map(({ checker }) => checker).join(', ')}`);
  failed += vacuous.length;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
