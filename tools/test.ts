/**
 * `npm test`: every test that needs neither root nor a cluster. Says at the end what it did not run, and
 * as its very last line how many passed and failed. The exit status is 0 only if something ran and all
 * of it passed.
 *
 *   npm test                              everything
 *   npm test -- server/globals            files whose path matches
 *   npm test -- --project=sim,scenario    some of the Jest projects
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { JEST, runNode } from './run-command.ts';
import { readReport, summarize } from './test-summary.ts';

const PROJECTS = ['unit', 'tidy', 'model', 'scenario', 'sim', 'process'];
const WORKERS_MAX = 4;

const NOT_RUN = [
  'Not run: the simulator over many seeds (here: a few).     npm run test:sim',
  'Not run: on a real Kubernetes (needs root and Go).        npm run test:cluster',
  'Not run: benchmarks.                                      npm run bench',
];

function chosenProjects(args: readonly string[]): string[] {
  const named = args.find((argument) => argument.startsWith('--project='));
  return named === undefined ? PROJECTS : named.slice('--project='.length).split(',');
}

async function main(): Promise<boolean> {
  const args = process.argv.slice(2);
  const projects = chosenProjects(args);
  const unknown = projects.filter((name) => !PROJECTS.includes(name));
  if (unknown.length > 0) {
    console.error(`no such project: ${unknown.join(', ')}; there are ${PROJECTS.join(', ')}`);
    console.log('0 passed, 1 failed');
    return false;
  }
  const passedOn = args.filter((argument) => !argument.startsWith('--project='));
  const flags = passedOn.filter((argument) => argument.startsWith('-'));
  const patterns = passedOn.filter((argument) => !argument.startsWith('-'));
  const folder = mkdtempSync(join(tmpdir(), 'ecp-test-'));
  const reportFile = join(folder, 'report.json');
  const workers = Math.min(WORKERS_MAX, availableParallelism());
  const finished = await runNode(
    [
      ...JEST,
      `--maxWorkers=${workers}`,
      '--json',
      `--outputFile=${reportFile}`,
      ...flags,
      '--selectProjects',
      ...projects,
      ...(patterns.length > 0 ? ['--testPathPatterns', ...patterns] : []),
    ],
    { stream: true },
  );
  const { line, ok } = summarize(readReport(reportFile), finished.status);
  rmSync(folder, { recursive: true });
  const left = PROJECTS.filter((name) => !projects.includes(name));
  if (left.length > 0) console.log(`Not run: the projects ${left.join(', ')}.`);
  if (patterns.length > 0) console.log(`Not run: files that do not match ${patterns.join(' ')}.`);
  for (const text of NOT_RUN) console.log(text);
  console.log(line);
  return ok;
}

process.exitCode = (await main()) ? 0 : 1;
