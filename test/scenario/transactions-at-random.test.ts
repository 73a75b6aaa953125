/**
 * Transactions under locks on two app servers and the data server, which are cut off, crash and lose what was not synced, by seed:
 * whoever gets the lock sees the group whole, as a transaction left it that was not rolled back, and none older than was kept
 * when it asked. A.1.2, A.1.4–A.1.9, R1, R5, R6
 */
import { expect, test } from '@jest/globals';
import { isEcpError } from '../../server/base/errors.ts';
import type { Job } from '../../server/instance/job.ts';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import { World, type Host } from '../support/world.ts';

const GROUPS = 2;
const NODES = 4;
const STEPS = 100;
const SEEDS = [1, 2, 3];

type State = 'open' | 'committing' | 'committed' | 'rolledBack';
interface Stamp {
  readonly order: number;
  state: State;
}
interface Group {
  readonly stamps: Map<string, Stamp>;
  committed: number;
  count: number;
}

interface Run {
  readonly groups: readonly Group[];
  readonly wrong: string[];
  readonly next: () => number;
  turns: number;
}

const codes = ['NETWORK', 'ROLLBACK ONLY', 'CANCELLED', 'NETWORK DATA UPDATE FAILED', 'FROZEN'];

async function work(host: Host, run: Run): Promise<void> {
  for (;;) {
    const job = host.job();
    try {
      for (;;) {
        await once(job, run, `${host.name} job ${job.id}`);
        await thought(job, run);
      }
    } catch (error) {
      if (!isEcpError(error) || !codes.includes(error.code)) throw error;
      await job.close();
      await thought(job, run);
    }
  }
}

/** Some milliseconds between two turns of a job. */
function thought(job: Job, run: Run): Promise<void> {
  return new Promise((resolve) => job.host.clock.after(5 + run.next() * 300, () => resolve()));
}

async function once(job: Job, run: Run, who: string): Promise<void> {
  const at = Math.floor(run.next() * GROUPS);
  const group = run.groups[at]!;
  const floor = group.committed;
  const lock = await job.lock([['x', at]], { timeoutMs: 20_000 });
  const x = job.global('x');
  const values = await Promise.all(Array.from({ length: NODES }, async (_, i) => x.get([at, i])));
  const [text = ''] = values;
  const found = group.stamps.get(text);
  const seen = `${who} found ${values.join()} (${found?.state ?? 'nothing'}), ${floor} was kept before`;
  run.turns++;
  if (new Set(values).size > 1) run.wrong.push(`a part: ${seen}`);
  if (found !== undefined && found.state !== 'committed' && found.state !== 'committing')
    run.wrong.push(`not kept: ${seen}`);
  if ((found?.order ?? 0) < floor) run.wrong.push(`old: ${seen}`);
  const stamp: Stamp = { order: ++group.count, state: 'open' };
  const mine = `${who} #${stamp.order}`;
  group.stamps.set(mine, stamp);
  const fate = run.next();
  void job.tstart();
  if (fate < 0.3) void job.tstart();
  for (let i = 0; i < NODES; i++) {
    if (fate < 0.1) void x.kill([at, i]);
    void x.set([at, i], mine);
    if (run.next() < 0.2) await job.sync();
  }
  if (fate < 0.3) await job.tcommit();
  if (fate < 0.5) void lock.unlock();
  if (run.next() < 0.35) {
    stamp.state = 'rolledBack';
    await job.trollback();
  } else {
    stamp.state = 'committing';
    await job.tcommit({ commit: 'synchronous' });
    stamp.state = 'committed';
    group.committed = Math.max(group.committed, stamp.order);
  }
  void lock.unlock();
}

test.each(SEEDS)('transactions at random, seed %d', async (seed) => {
  const world = new World();
  const s = world.dataServer('S', {
    ecp: { timeouts: { troubledSeconds: 4, sessionRecoverySeconds: 4 } },
  });
  const timeouts = { reconnectIntervalSeconds: 1 };
  const apps = ['A', 'B'].map((name) => world.appServer(name, { timeouts }));
  const random = seededRandom(seed);
  const next = (): number => random.next();
  const groups = Array.from({ length: GROUPS }, () => ({
    stamps: new Map<string, Stamp>(),
    committed: 0,
    count: 0,
  }));
  const run: Run = { groups, wrong: [], next, turns: 0 };
  const faults: unknown[] = [];
  const start = (host: Host): void => {
    for (let i = 0; i < 2; i++) work(host, run).catch((error: unknown) => faults.push(error));
  };
  for (const host of [...apps, s]) start(host);
  for (let step = 0; step < STEPS; step++) {
    const app = apps[Math.floor(next() * apps.length)]!;
    const link = world.net.links.find(({ from }) => from === app.address);
    const fate = next();
    if (fate < 0.55) await world.time.pass(next() * 300);
    else if (fate < 0.7) link?.cut();
    else if (fate < 0.75) link?.holdToServer(true);
    else if (fate < 0.8) link?.holdToApp(true);
    else if (fate < 0.84) await world.time.pass(8000 * next());
    else if (fate < 0.9) {
      s.crash(next() < 0.7 ? () => next() : undefined);
      await world.time.pass(next() * 1000);
      s.start();
      start(s);
    } else if (fate < 0.93) {
      app.crash();
      await world.time.pass(next() * 1000);
      app.start();
      start(app);
    } else await world.time.settle();
    if (next() < 0.3) link?.holdToServer(false);
    if (next() < 0.3) link?.holdToApp(false);
  }
  for (const link of world.net.links) link.cut();
  const before = run.turns;
  await world.time.pass(15_000);
  expect(run.wrong).toEqual([]);
  expect(faults).toEqual([]);
  expect(run.turns).toBeGreaterThan(before + 10);
  expect(
    [...apps, s].flatMap(({ log }) => log.lines.filter((line) => line.startsWith('error'))),
  ).toEqual([]);
});
