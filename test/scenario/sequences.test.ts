/** $SEQUENCE: ranges of numbers that app servers take and give out. F-D1, F-E8, §4.3.8 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEcpError } from '../../server/base/errors.ts';
import { SEQUENCE_RANGE_MAX, SEQUENCES_MAX } from '../../server/base/limits.ts';
import type { Job } from '../../server/instance/job.ts';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import type { RandomFunction } from '../../server/storage/testing/memory-disk.ts';
import { failure } from '../support/failure.ts';
import '../support/property-seed.ts';
import { isLine, World, type Host } from '../support/world.ts';

function two() {
  const world = new World();
  const s = world.dataServer();
  const [A, B] = [world.appServer('A'), world.appServer('B')];
  return { world, s, A, B, a: A.job(), b: B.job() };
}

const increments = (world: World): string[] => world.takeTranscript().filter(isLine('increment ^'));

/** So many numbers of one job, one after the other. */
async function draw(job: Job, count: number, name = 'x'): Promise<number[]> {
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) numbers.push(await job.global(name).sequence());
  return numbers;
}

describe('$SEQUENCE', () => {
  it('gives numbers from one range for many calls: each once, ascending, most of them without the network (F-E8)', async () => {
    const { world, A, a } = two();
    const numbers = await world.run(draw(a, 3000));
    expect(numbers).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
    // 1, 2, 4 … doubled each time.
    expect(increments(world)).toHaveLength(12);
    expect(A.metrics.of('ecp_sequence_ranges_total')).toBe(12);
    expect(A.metrics.of('ecp_sequence_values_total')).toBe(3000);
    // At once, where a range is at hand.
    expect(a.global('x').sequence()).toBe(3001);
  });

  it('never takes more than a range has at most', async () => {
    const { world, s, a } = two();
    await world.run(draw(a, 3 * SEQUENCE_RANGE_MAX));
    const before = Number(s.job().global('x').get());
    while (a.global('x').sequence() !== before);
    await world.run(a.global('x').sequence());
    expect(Number(s.job().global('x').get()) - before).toBe(SEQUENCE_RANGE_MAX);
  });

  it('takes one at a time where numbers are rare: nothing is skipped', async () => {
    const { world, s, a, b } = two();
    for (let i = 0; i < 5; i++) {
      for (const [k, job] of [a, b, s.job()].entries()) {
        expect(await world.run(job.global('x').sequence())).toBe(3 * i + k + 1);
        await world.time.pass(2_000);
      }
    }
    // After a rush it comes back to that.
    await world.run(draw(a, 1000));
    await world.time.pass(60_000);
    const left = Number(s.job().global('x').get());
    while (a.global('x').sequence() !== left);
    await world.time.pass(600_000);
    await world.run(a.global('x').sequence());
    expect(Number(s.job().global('x').get()) - left).toBeLessThan(5);
  });

  it('serves all jobs that wait for a range with one, in the order of their calls', async () => {
    const { world, A } = two();
    const jobs = Array.from({ length: 64 }, () => A.job());
    const numbers = await world.run(
      Promise.all(jobs.map(async (job) => job.global('x').sequence())),
    );
    expect(numbers).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
    expect(increments(world).length).toBeLessThanOrEqual(2);
  });

  it('goes on from $INCREMENT and SET, and they from it', async () => {
    const { world, a } = two();
    const x = a.global('x');
    await world.run(x.set([], 41));
    expect(await world.run(x.sequence())).toBe(42);
    expect(await world.run(x.increment([], 8))).toBe('50');
    expect(await world.run(x.sequence())).toBe(51);
    await world.run(x.set([7], -3));
    expect(await world.run(x.sequence([7]))).toBe(-2);
    expect(await world.run(x.at(7).sequence())).toBe(-1);
  });

  it('begins anew where its own app server set the node back: what was left of the range is not given out', async () => {
    const { world, a } = two();
    const x = a.global('x');
    await world.run(draw(a, 100));
    void x.kill();
    expect(await world.run(x.sequence())).toBe(1);
    await world.run(draw(a, 5));
    void x.set([], 1000);
    await world.run(a.sync());
    await world.run(draw(a, 100));
    void x.set([], 5);
    expect(await world.run(x.sequence())).toBe(6);
  });

  it('begins anew where another set it back, from when that is seen; ranges elsewhere stay until then', async () => {
    const { world, s, a, b } = two();
    await world.run(draw(a, 5));
    const [first = 0] = await world.run(draw(b, 4));
    void s.job().global('x').kill();
    await world.run(a.sync());
    expect(await world.run(draw(b, 1))).toEqual([first + 4]);
    expect(await world.run(a.global('x').get())).toBeUndefined();
    expect(await world.run(draw(a, 1))).toEqual([1]);
  });

  it.each([
    ['text', 'abc', 'SYNTAX'],
    ['nothing', '', 'SYNTAX'],
    ['a fraction', '1.5', 'SYNTAX'],
    ['a number as M does not write it', '007', 'SYNTAX'],
    ['a long text', 'x'.repeat(100_000), 'SYNTAX'],
    ['the last safe integer', String(Number.MAX_SAFE_INTEGER), 'MAXNUMBER'],
    ['more digits', '9'.repeat(18), 'MAXNUMBER'],
    ['more digits below zero', `-${'9'.repeat(18)}`, 'MAXNUMBER'],
  ])('refuses a node whose value is %s, and leaves it as it is', async (_what, value, code) => {
    const { world, s, a } = two();
    await world.run(a.global('x').set([1], value));
    for (const job of [a, s.job()]) {
      await world.run(a.sync());
      const error = await world.run(failure(() => job.global('x').sequence([1])));
      expect([error.code, error.retry, error.outcome, error.reference]).toEqual([
        code,
        'never',
        'none',
        '^x(1)',
      ]);
      expect(await world.run(job.global('x').get([1]))).toBe(value);
    }
  });

  it('counts up to the last safe integer and no further', async () => {
    const { world, a } = two();
    const x = a.global('x');
    await world.run(draw(a, 100));
    await world.run(x.set([], Number.MAX_SAFE_INTEGER - 2));
    await world.run(a.sync());
    // What was left of the range before it.
    while (!(x.sequence() instanceof Promise));
    await world.time.pass(50);
    expect(await world.run(x.sequence())).toBe(Number.MAX_SAFE_INTEGER);
    const asked = Array.from({ length: 3 }, () => failure(() => x.sequence()));
    for (const error of await world.run(Promise.all(asked))) expect(error.code).toBe('MAXNUMBER');
  });

  it('goes on from the range at hand while the connection is in Trouble, and with the next one after that', async () => {
    const { world, A, a } = two();
    await world.run(draw(a, 8));
    world.link(A).holdToApp(true);
    world.link(A).holdToServer(true);
    await world.time.pass(15_000);
    expect(A.instance.appServer.status()[0]?.state).toBe('trouble');
    expect(a.global('x').sequence()).toBe(9);
    world.link(A).cut();
    await world.time.pass(6_000);
    // What was left is skipped: the data may be of another time.
    expect(await world.run(a.global('x').sequence())).toBe(16);
  });

  it('is not given twice where the answer to its $INCREMENT is lost', async () => {
    const { world, A, a, b } = two();
    await world.run(draw(a, 1));
    world.link(A).holdToApp(true);
    const waiting = a.global('x').sequence();
    await world.time.pass(50);
    expect(await world.run(b.global('x').sequence())).toBe(4);
    world.link(A).cut();
    expect(await world.run(waiting as Promise<number>)).toBe(2);
    expect(await world.run(draw(a, 1))).toEqual([3]);
  });

  it('is not undone by TROLLBACK; rollback-only it gives what is at hand and asks the data server for nothing (A.1.7)', async () => {
    const { world, A, a } = two();
    const x = a.global('x');
    await world.run(draw(a, 3));
    await world.run(a.tstart());
    expect(await world.run(draw(a, 2))).toEqual([4, 5]);
    await world.run(a.trollback());
    expect(await world.run(draw(a, 1))).toEqual([6]);

    await world.run(a.tstart());
    await world.run(x.set([1], 'a'));
    await world.run(a.sync());
    A.instance.appServer.connection('BANK')?.disconnect(() => undefined);
    await world.time.pass(50);
    await world.run(failure(() => x.get([1])));
    const error = await world.run(failure(() => x.sequence()));
    expect(error.code).toBe('NETWORK');
    await world.run(a.trollback());
    expect(await world.run(x.sequence())).toBeGreaterThan(6);
  });

  it('tells all who wait that a range could not be taken, and takes one when it can', async () => {
    const { world, s, A } = two();
    s.crash();
    const asked = [A.job(), A.job()].map((job) => failure(() => job.global('x').sequence()));
    const errors = await world.run(Promise.all(asked));
    expect(errors.map(({ code }) => code)).toEqual(['NETWORK', 'NETWORK']);
    s.start();
    await world.time.pass(6_000);
    expect(await world.run(A.job().global('x').sequence())).toBe(1);
  });

  it('keeps ranges of a bounded number of nodes; what is left of others is skipped', async () => {
    const { world, a } = two();
    const x = a.global('x');
    expect(await world.run(Promise.all([x.sequence([0]), x.sequence([0])]))).toEqual([1, 2]);
    const each = Array.from({ length: SEQUENCES_MAX }, async (_, i) => x.sequence([1, i]));
    expect(new Set(await world.run(Promise.all(each)))).toEqual(new Set([1]));
    const tooMany = Array.from({ length: SEQUENCES_MAX + 1 }, (_, i) => () => x.sequence([2, i]));
    const outcomes = await world.run(Promise.allSettled(tooMany.map(async (ask) => ask())));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
  });

  it('is given once and ascends for each job, whoever crashes and whatever is lost (F-E8, A.1.10)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(), { minLength: 20, maxLength: 60 }), playSequences),
      { numRuns: 12 },
    );
  });
});

/** What happens next: a draw by a job of a host, or a fault. */
type Step =
  | {
      readonly kind: 'draw';
      readonly host: number;
      readonly job: number;
      readonly count: number;
      readonly isSettled: boolean;
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'cut' | 'hold'; readonly host: number }
  | { readonly kind: 'crash'; readonly host: number; readonly seed: number };

const APP_SERVERS = 3;

function step(): fc.Arbitrary<Step> {
  const host = fc.nat(APP_SERVERS);
  const app = fc.integer({ min: 1, max: APP_SERVERS });
  return fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('draw' as const),
        host,
        job: fc.nat(1),
        count: fc.integer({ min: 1, max: 40 }),
        isSettled: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(3000) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('cut' as const, 'hold' as const), host: app }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('crash' as const), host, seed: fc.nat(1000) }),
    },
  );
}

/** A process: its jobs, and what each of them drew last. */
interface Run {
  readonly jobs: readonly Job[];
  readonly last: number[];
  readonly isBusy: boolean[];
}

/** Numbers that were given by now, over all processes of all hosts; host 0 is the data server. */
class Draws {
  readonly world = new World();
  readonly hosts: readonly Host[];
  readonly given = new Set<number>();
  readonly problems: string[] = [];
  readonly #runs: Run[];

  constructor() {
    const { world } = this;
    const apps = Array.from({ length: APP_SERVERS }, (_, i) => `A${i + 1}`);
    this.hosts = [world.dataServer(), ...apps.map((name) => world.appServer(name))];
    this.#runs = this.hosts.map(newRun);
  }

  /** In the background: of a process that crashes it never ends. */
  draw(at: number, k: number, count: number): void {
    const run = this.#runs[at] as Run;
    if (run.isBusy[k] === true) return;
    run.isBusy[k] = true;
    this.#drawOf(run, k, count)
      .catch((error: unknown) => {
        if (!isEcpError(error, 'NETWORK')) this.problems.push(String(error));
      })
      .finally(() => {
        run.isBusy[k] = false;
      });
  }

  async #drawOf({ jobs, last }: Run, k: number, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const number = await (jobs[k] as Job).global('x').sequence();
      if (this.given.has(number)) this.problems.push(`${number} is given twice`);
      if (number <= (last[k] ?? 0)) this.problems.push(`${number} after ${last[k] ?? 0}`);
      this.given.add(number);
      last[k] = number;
    }
  }

  async restart(at: number, downMs: number, random: RandomFunction): Promise<void> {
    const host = this.hosts[at] as Host;
    host.crash(random);
    await this.world.time.pass(downMs);
    host.start();
    this.#runs[at] = newRun(host);
  }
}

function newRun(host: Host): Run {
  return { jobs: [host.job(), host.job(), host.job()], last: [], isBusy: [] };
}

async function playSequences(steps: readonly Step[]): Promise<void> {
  const draws = new Draws();
  const { world, hosts, given, problems } = draws;
  for (const one of steps) {
    if (one.kind === 'pass') await world.time.pass(one.ms);
    else if (one.kind === 'draw') {
      draws.draw(one.host, one.job, one.count);
      if (one.isSettled) await world.time.settle();
    } else if (one.kind === 'crash') {
      const random = seededRandom(one.seed);
      await draws.restart(one.host, one.seed, () => random.next());
    } else {
      const link = world.net.links.find(({ from }) => from === hosts[one.host]?.address);
      if (one.kind === 'cut') link?.cut();
      else link?.holdToApp(true);
      // Whose stream was cut dials anew: a process that crashes before that would do it from the grave.
      await world.time.settle();
    }
  }
  await world.time.pass(100_000);
  const before = given.size;
  for (const at of hosts.keys()) draws.draw(at, 2, 3);
  await world.time.pass(10_000);
  expect(problems).toEqual([]);
  expect(given.size).toBe(before + 3 * hosts.length);
}
