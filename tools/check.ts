/**
 * `npm run check`: what must hold besides the tests' own verdicts. Each check's output is shown when it
 * fails; a summary follows, and the last line counts.
 */
import { availableParallelism } from 'node:os';
import { installed, JEST, runNode } from './run-command.ts';

interface Check {
  readonly name: string;
  readonly args: readonly string[];
  readonly remedy: string;
}

/** Slowest first, so that the others run beside it. */
const CHECKS: readonly Check[] = [
  { name: 'lint', args: [installed('eslint/bin/eslint.js'), '.'], remedy: 'npm run lint' },
  { name: 'types', args: [installed('typescript/bin/tsc')], remedy: 'npm run types' },
  {
    name: 'formatting',
    args: [installed('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
    remedy: 'npm run format',
  },
  {
    name: 'tidy',
    args: [...JEST, '--selectProjects', 'tidy'],
    remedy: 'npm test -- --project=tidy',
  },
  { name: 'generated files', args: ['tools/generate.ts', '--check'], remedy: 'npm run generate' },
];

interface Outcome {
  readonly check: Check;
  readonly ok: boolean;
  readonly seconds: number;
}

async function runCheck(check: Check): Promise<Outcome> {
  const { status, output, seconds } = await runNode(check.args, { stream: false });
  const ok = status === 0;
  if (!ok) console.log(`--- ${check.name} ---\n${output.trimEnd()}\n`);
  return { check, ok, seconds };
}

/** Runs all checks, as many at a time as there are processors. */
async function runAll(): Promise<Outcome[]> {
  const waiting = [...CHECKS];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      outcomes.push(await runCheck(check));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return CHECKS.flatMap((check) => outcomes.filter((outcome) => outcome.check === check));
}

const outcomes = await runAll();
for (const { check, ok, seconds } of outcomes) {
  const verdict = ok ? 'ok' : `FAILED: ${check.remedy}`;
  console.log(`${check.name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${verdict}`);
}
const failed = outcomes.filter((outcome) => !outcome.ok).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
