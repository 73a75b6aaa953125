/**
 * `npm run test:cluster`: the tests that need a real Kubernetes. Starts one (test/cluster/kube), builds the
 * image, runs Jest inside the cluster's network, and takes everything down again. The very last line
 * counts, as that of `npm test` does.
 *
 *   npm run test:cluster                    everything; needs root, Go and Debian
 *   npm run test:cluster -- story-0         files whose path matches
 *   npm run test:cluster -- --keep          leaves the cluster up
 *   npm run test:cluster -- --kubeconfig FILE --image NAME
 *                                           on a cluster that is there, with an image that it can fetch:
 *                                           starts none and builds none
 *   … --pod-network                         this machine reaches its pods at their own addresses
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { JEST, ROOT } from './run-command.ts';
import { addReports, failedFiles, readReport, summarize, withoutFiles } from './test-summary.ts';
import type { Report } from './test-summary.ts';

const KUBE = join(ROOT, 'test/cluster/kube/kube.sh');
const BUILD_IMAGE = join(ROOT, 'test/cluster/kube/image.sh');
const IMAGE = 'docker.io/local/ecp-server:test';
const TEST_TIMEOUT_MS = 300_000;
/** More files that fail at once are no matter of a busy machine. */
const SECOND_TRIES_MAX = 8;

/** Stories share the cluster, but for those that disturb everybody in it. */
const PHASES = [
  { project: 'cluster', workers: '--maxWorkers=3' },
  { project: 'cluster-alone', workers: '--runInBand' },
] as const;

/** How a program gets to the cluster. */
interface Access {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}
interface Result {
  readonly line: string;
  readonly ok: boolean;
}
const FAILED: Result = { line: '0 passed, 1 failed', ok: false };

/** Runs a program with its output shown; its exit status. */
function run(command: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const [program = '', ...args] = command;
  console.log(`> ${program.replace(`${ROOT}/`, '')} ${args[0] ?? ''}`);
  const { status } = spawnSync(program, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

interface Attempt {
  readonly report: Report | undefined;
  readonly status: number;
}

/**
 * A phase, and what failed in it once more, by itself: on two cores a story can miss its time because of its
 * neighbours. What needs its second try is said; what fails twice has failed.
 */
function runPhase(
  access: Access,
  jest: (file: string) => readonly string[],
  base: string,
  workers: string,
): Attempt {
  const attempt = (file: string, more: readonly string[]): Attempt => {
    const status = run([...access.command, ...jest(file), ...more], access.env);
    return { report: readReport(file), status };
  };
  const first = attempt(`${base}.json`, [workers]);
  const failed = failedFiles(first.report);
  if (first.report === undefined || failed.length === 0) return first;
  if (failed.length > SECOND_TRIES_MAX) return first;
  const names = failed.map((name) => relative(ROOT, name)).join(', ');
  console.log(`> once more, by themselves: ${names}`);
  const second = attempt(`${base}-again.json`, ['--runInBand', '--runTestsByPath', ...failed]);
  if (second.report === undefined) return first;
  const report = addReports([withoutFiles(first.report, failed), second.report]);
  return { report, status: second.status };
}

function runTests(access: Access, folder: string, patterns: readonly string[]): Result {
  const attempts = PHASES.map(({ project, workers }) => {
    const jest = (file: string): readonly string[] => [
      ...[process.execPath, ...JEST, '--verbose', '--json', `--outputFile=${file}`],
      ...[`--testTimeout=${TEST_TIMEOUT_MS}`, '--selectProjects', project],
      ...(patterns.length > 0 ? ['--passWithNoTests', '--testPathPatterns', ...patterns] : []),
    ];
    return runPhase(access, jest, join(folder, project), workers);
  });
  const worst = Math.max(...attempts.map(({ status }) => status));
  return summarize(addReports(attempts.map(({ report }) => report)), worst);
}

/** A cluster for this run alone. */
function onOwnCluster(patterns: readonly string[], options: { readonly keep: boolean }): Result {
  if (process.getuid?.() !== 0) {
    console.error(
      'npm run test:cluster starts a Kubernetes on this machine, and needs root for that; or give it one: --kubeconfig FILE --image NAME',
    );
    return FAILED;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ecp-cluster-'));
  const archive = join(folder, 'image.tar');
  try {
    const steps = [
      [KUBE, 'up'],
      [BUILD_IMAGE, archive, IMAGE],
      [KUBE, 'image', archive],
    ] as const;
    if (steps.some((step) => run(step) !== 0)) return FAILED;
    const env = { ...process.env, ECP_TEST_IMAGE: IMAGE };
    return runTests({ command: [KUBE, 'in'], env }, folder, patterns);
  } finally {
    if (options.keep) console.log('The cluster is up: npm run cluster -- in kubectl …');
    else run([KUBE, 'down']);
    rmSync(folder, { recursive: true });
  }
}

interface GivenCluster {
  readonly kubeconfig: string;
  readonly image: string;
  readonly podNetwork: boolean;
}

/** One that somebody gave; it is left as it was. */
function onGivenCluster(
  { kubeconfig, image, podNetwork }: GivenCluster,
  patterns: readonly string[],
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'ecp-cluster-'));
  const { KUBE_RUN: _, ...rest } = process.env;
  const env = {
    ...rest,
    KUBECONFIG: resolve(kubeconfig),
    ECP_TEST_IMAGE: image,
    ...(podNetwork ? { ECP_TEST_POD_NETWORK: 'reachable' } : {}),
  };
  try {
    return runTests({ command: [], env }, folder, patterns);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function main(): Result {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
      image: { type: 'string' },
      'pod-network': { type: 'boolean', default: false },
    },
  });
  const { keep, kubeconfig, image } = values;
  if (kubeconfig === undefined && image === undefined) return onOwnCluster(positionals, { keep });
  if (kubeconfig === undefined || image === undefined) {
    console.error('--kubeconfig FILE and --image NAME go together');
    return FAILED;
  }
  return onGivenCluster({ kubeconfig, image, podNetwork: values['pod-network'] }, positionals);
}

const { line, ok } = main();
console.log(line);
process.exitCode = ok ? 0 : 1;
