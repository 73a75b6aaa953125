/** Runs one seed from start to verdicts. */
import { check } from './checkers/check.ts';
import type { Verdict } from './checkers/checker.ts';
import { Cluster } from './cluster.ts';
import type { History } from './history.ts';
import type { Mix } from './jobs.ts';
import { type FaultMix, FAULTS, Nemesis } from './nemesis.ts';
import { SimRandom } from './sim-random.ts';

export interface RunOptions {
  readonly seed: number;
  readonly appServers?: number;
  readonly dataServers?: number;
  readonly jobsPerAppServer?: number;
  readonly operationsPerJob?: number;
  readonly localJobsPerDataServer?: number;
  readonly faults?: FaultMix;
  /** Gets each line of the trace. */
  readonly print?: (line: string) => void;
  /** Plants a bug before anything starts; what it returns takes it out again. */
  readonly plant?: (cluster: Cluster) => (() => void) | undefined;
}

export interface RunResult {
  readonly seed: number;
  /** The same for every run of this seed. */
  readonly traceHash: string;
  readonly verdicts: readonly Verdict[];
  readonly operations: number;
  /** Crashes of data servers, and of app servers. */
  readonly crashes: number;
  readonly history: History;
}

const MIX: Mix = { get: 40, scan: 14, set: 26, kill: 1.5, zkill: 4, incr: 5, sync: 4, flush: 3 };

/** Virtual time after which faults end though jobs still work. */
const FAULTS_MS_MAX = 60_000;
/** After the last fault every request ends within the longest timers, one after the other. */
const HEALED_MS_MAX = 600_000;

export async function runSimulation(options: RunOptions): Promise<RunResult> {
  const { seed } = options;
  const cluster = new Cluster({
    seed,
    appServers: options.appServers ?? 3,
    dataServers: options.dataServers ?? 2,
    jobsPerAppServer: options.jobsPerAppServer ?? 3,
    share: { mix: MIX, operations: options.operationsPerJob ?? 90, sections: 0.12 },
    localJobs: {
      count: options.localJobsPerDataServer ?? 1,
      share: { mix: MIX, operations: 40, sections: 0.4 },
    },
    print: options.print,
  });
  const { scheduler, history } = cluster.world;
  const rejected = (reason: unknown): void =>
    history.add({ k: 'fault', node: 'process', what: `unhandled rejection: ${String(reason)}` });
  process.on('unhandledRejection', rejected);
  const takeOut = options.plant?.(cluster);
  try {
    await drive(cluster, options);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    history.add({ k: 'fault', node: 'process', what });
  } finally {
    takeOut?.();
    process.off('unhandledRejection', rejected);
  }
  cluster.trace.add(scheduler.now, 'end', `${history.events.length} events of history`);
  return {
    seed,
    traceHash: cluster.trace.digest(),
    verdicts: check(history.events),
    operations: history.events.filter(({ k }) => k === 'inv').length,
    crashes: history.events.filter(
      (event) => event.k === 'nemesis' && event.what.startsWith('crash'),
    ).length,
    history,
  };
}

async function drive(cluster: Cluster, options: RunOptions): Promise<void> {
  const { scheduler, history } = cluster.world;
  const random = new SimRandom(options.seed).fork('nemesis');
  const nemesis = new Nemesis(cluster, random, options.faults ?? FAULTS);
  cluster.start();
  nemesis.start(random.pick([0.5, 1, 2, 4]));
  // Whatever else is drawn, one data server crashes in the middle of the work.
  scheduler.after(random.between(500, 4000), () => {
    const node = random.pick(cluster.dataServers);
    if (node.isUp) nemesis.crash(node.name, 'machine');
  });
  await scheduler.run(FAULTS_MS_MAX, () => cluster.isIdle);
  nemesis.heal();
  const ended = await scheduler.run(scheduler.now + HEALED_MS_MAX, () => cluster.isIdle);
  // Let what is not awaited by any job become durable.
  await scheduler.run(scheduler.now + 30_000, () => false);
  for (const node of cluster.dataServers)
    history.add({ k: 'final', ds: node.name, nodes: node.nodes() });
  const stuck = ended ? [] : cluster.stuck;
  history.add({
    k: 'end',
    stuck: stuck.map((job) => `${job.name} waits for ${[...job.open].join(', ')}`),
  });
}
