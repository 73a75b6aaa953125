/**
 * `npm run test:cluster`: the tests that need a real Kubernetes. Starts one (test/cluster/kube), builds the
 * image, runs Jest inside the cluster's network, and takes everything down again. The very last line
 * counts, as that of `npm test` does.
 *
 *   npm run test:cluster                    everything; needs root, Go and Debian
 *   npm run test:cluster -- cr-rules        files whose path matches
 *   npm run test:cluster -- --keep          leaves the cluster up
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JEST, ROOT } from './run-command.ts';
import { readReport, summarize } from './test-summary.ts';

const KUBE = join(ROOT, 'test/cluster/kube/kube.sh');
const BUILD_IMAGE = join(ROOT, 'test/cluster/kube/image.sh');
const IMAGE = 'docker.io/local/ecp-server:test';

/** Runs a program with its output shown; its exit status. */
function run(program: string, ...args: readonly string[]): number {
  console.log(`> ${program.replace(`${ROOT}/`, '')} ${args[0] ?? ''}`);
  const { status } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

function testInside(folder: string, args: readonly string[]): { line: string; ok: boolean } {
  const report = join(folder, 'report.json');
  const patterns = args.length > 0 ? ['--testPathPatterns', ...args] : [];
  const jest = ['--runInBand', '--json', `--outputFile=${report}`, '--selectProjects', 'cluster'];
  const status = run(KUBE, 'in', process.execPath, ...JEST, ...jest, ...patterns);
  return summarize(readReport(report), status);
}

function main(): boolean {
  const args = process.argv.slice(2);
  if (process.getuid?.() !== 0) {
    console.error(
      'npm run test:cluster starts a Kubernetes on this machine, and needs root for that',
    );
    console.log('0 passed, 1 failed');
    return false;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ecp-cluster-'));
  const archive = join(folder, 'image.tar');
  let result = { line: '0 passed, 1 failed', ok: false };
  try {
    const steps = [
      () => run(KUBE, 'up'),
      () => run(BUILD_IMAGE, archive, IMAGE),
      () => run(KUBE, 'image', archive),
    ];
    if (steps.every((step) => step() === 0)) {
      result = testInside(
        folder,
        args.filter((argument) => argument !== '--keep'),
      );
    }
  } finally {
    if (args.includes('--keep')) console.log('The cluster is up: npm run cluster -- in kubectl …');
    else run(KUBE, 'down');
    rmSync(folder, { recursive: true });
  }
  console.log(result.line);
  return result.ok;
}

process.exitCode = main() ? 0 : 1;
