import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { LeaderElection } from './leader-election.ts';
import { LeaseHost, LeaseServer } from './testing/lease-hosts.ts';
import type { Way } from './testing/lease-hosts.ts';
import { RecordedLog, RecordedMetrics } from './testing/recorded-ports.ts';

const LEASE_MS = 15_000;
const RENEW_MS = 10_000;
const RETRY_MS = 2000;

let time: VirtualTime;
let server: LeaseServer;

beforeEach(() => {
  time = new VirtualTime();
  server = new LeaseServer();
});

/** A process that takes part. */
class Candidate {
  readonly host: LeaseHost;
  readonly election: LeaderElection;
  readonly metrics = new RecordedMetrics();
  readonly log = new RecordedLog();
  /** What its owner was told. */
  readonly told: string[] = [];

  constructor(identity: string, random: () => number = () => 0.5) {
    this.host = new LeaseHost(server, time.clock());
    this.election = new LeaderElection({
      store: this.host,
      namespace: 'system',
      name: 'op',
      identity,
      random,
      clock: this.host,
      log: this.log,
      metrics: this.metrics,
      onElected: () => this.told.push('elected'),
      onLost: () => this.told.push('lost'),
    });
  }

  get status(): number | undefined {
    return this.metrics.value('leader_election_master_status{name="op"}');
  }

  async started(): Promise<this> {
    this.election.start();
    await time.settle();
    return this;
  }
}

const candidate = (identity: string): Promise<Candidate> => new Candidate(identity).started();

describe('the lease', () => {
  test('is made by the first, with micro-times and nobody before it', async () => {
    await time.pass(1234);
    const a = await candidate('a');
    expect(server.spec).toEqual({
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      acquireTime: '1970-01-01T00:00:01.234000Z',
      renewTime: '1970-01-01T00:00:01.234000Z',
      leaseTransitions: 0,
    });
    expect(server.object).toMatchObject({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'op', namespace: 'system' },
    });
    expect([a.election.isLeader, a.status, a.told]).toEqual([true, 1, ['elected']]);
  });

  test('is renewed every two seconds by one write, and stays as it is otherwise', async () => {
    server.edit({ leaseTransitions: 7 }, { team: 'x' });
    const a = await candidate('a');
    const acquired = server.spec;
    a.host.requests.length = 0;
    await time.pass(20_000);
    expect(a.host.requests).toEqual(Array(10).fill('replace'));
    expect(server.spec).toEqual({ ...acquired, renewTime: '1970-01-01T00:00:20.000000Z' });
    expect(server.spec.leaseTransitions).toBe(8);
    expect(server.object?.metadata.labels).toEqual({ team: 'x' });
    expect(a.told).toEqual(['elected']);
  });

  test('is not taken while its holder renews it', async () => {
    const a = await candidate('a');
    const b = await candidate('b');
    await time.pass(600_000);
    expect([a.election.isLeader, b.election.isLeader, b.status]).toEqual([true, false, 0]);
    expect(b.host.requests).not.toContain('replace');
    expect(b.election.isHealthy).toBe(true);
  });

  test('of a holder that fell silent is taken one lease after its last change, counted here', async () => {
    const a = await candidate('a');
    const b = await candidate('b');
    await time.pass(6000);
    a.host.freeze();
    const silentMs = time.nowMs;
    while (!b.election.isLeader) await time.pass(100);
    expect(time.nowMs - silentMs).toBeGreaterThanOrEqual(LEASE_MS);
    expect(time.nowMs - silentMs).toBeLessThan(LEASE_MS + 3 * RETRY_MS);
    expect(server.spec).toMatchObject({ holderIdentity: 'b', leaseTransitions: 1 });
    expect(b.told).toEqual(['elected']);
  });

  test.each([
    ['long ago', '1970-01-01T00:00:00.000000Z'],
    ['in the future', '2999-01-01T00:00:00.000000Z'],
  ])('of a clock that says %s is judged by the local one alone', async (_when, renewTime) => {
    await time.pass(86_400_000);
    server.edit({ holderIdentity: 'other', leaseDurationSeconds: 15, renewTime });
    const b = await candidate('b');
    await time.pass(LEASE_MS - 100);
    expect(b.election.isLeader).toBe(false);
    await time.pass(5000);
    expect(b.election.isLeader).toBe(true);
  });

  test('lasts for as long as its holder said', async () => {
    server.edit({ holderIdentity: 'other', leaseDurationSeconds: 60 });
    const b = await candidate('b');
    await time.pass(59_000);
    expect(b.election.isLeader).toBe(false);
    await time.pass(6000);
    expect(b.election.isLeader).toBe(true);
  });

  test('that names this very process is its own', async () => {
    server.edit({ holderIdentity: 'a', leaseDurationSeconds: 15, leaseTransitions: 3 });
    const a = await candidate('a');
    expect(a.election.isLeader).toBe(true);
    expect(server.spec.leaseTransitions).toBe(3);
  });

  test('is taken by one of many that want it at once', async () => {
    const all = await Promise.all(['a', 'b', 'c', 'd'].map(candidate));
    expect(all.filter(({ election }) => election.isLeader)).toHaveLength(1);
    expect(all.flatMap(({ told }) => told)).toEqual(['elected']);
    expect(all.flatMap(({ log }) => log.messages('warn'))).toEqual([]);
  });

  test('is looked at by those who wait at times of their own', async () => {
    await candidate('a');
    const early = new Candidate('b', () => 0);
    const late = new Candidate('c', () => 0.999);
    await Promise.all([early.started(), late.started()]);
    await time.pass(44_000);
    expect(early.host.requests).toHaveLength(23);
    expect(late.host.requests).toHaveLength(11);
  });
});

describe('a leader', () => {
  test('that meets a conflict reads the lease again, and goes on', async () => {
    const a = await candidate('a');
    server.edit(server.spec, { edited: 'by-hand' });
    await time.pass(10_000);
    expect(a.election.isLeader).toBe(true);
    expect(a.told).toEqual(['elected']);
    expect(a.log.messages('warn')).toEqual([]);
    expect(server.object?.metadata.labels).toEqual({ edited: 'by-hand' });
  });

  test.each<Way>(['hangs', 'fails', 'unheard'])(
    'whose way to the server %s is none after the renew deadline, for good',
    async (way) => {
      const a = await candidate('a');
      await time.pass(4000);
      a.host.way = way;
      await time.pass(RENEW_MS - 1);
      expect([a.election.isLeader, a.election.isHealthy, a.told]).toEqual([
        true,
        true,
        ['elected'],
      ]);
      await time.pass(1);
      expect([a.election.isLeader, a.election.isHealthy, a.status]).toEqual([false, false, 0]);
      expect(a.told).toEqual(['elected', 'lost']);
      a.host.way = 'open';
      const { writes } = server;
      await time.pass(600_000);
      expect(a.election.isLeader).toBe(false);
      expect(a.told).toEqual(['elected', 'lost']);
      expect(server.writes).toBe(writes);
    },
  );

  test('survives a request that hangs, as the next one is in time', async () => {
    const a = await candidate('a');
    a.host.way = 'hangs';
    await time.pass(RETRY_MS + 500);
    a.host.way = 'open';
    await time.pass(60_000);
    expect(a.election.isLeader).toBe(true);
    expect(a.told).toEqual(['elected']);
  });

  test('that finds another in the lease is none at once', async () => {
    const a = await candidate('a');
    server.edit({ ...server.spec, holderIdentity: 'usurper' });
    await time.pass(2 * RETRY_MS);
    expect([a.election.isLeader, a.told]).toEqual([false, ['elected', 'lost']]);
    expect(server.spec.holderIdentity).toBe('usurper');
  });

  test('whose lease was removed makes it anew', async () => {
    const a = await candidate('a');
    server.edit(undefined);
    await time.pass(2 * RETRY_MS);
    expect(a.election.isLeader).toBe(true);
    expect(server.spec.holderIdentity).toBe('a');
  });

  test('counts from when a renewal was sent, not from its answer', async () => {
    const a = await candidate('a');
    a.host.answerMs = 4000;
    await time.pass(RETRY_MS);
    // This one is under way; the next ones hang.
    a.host.way = 'hangs';
    await time.pass(RENEW_MS - 1);
    expect(a.election.isLeader).toBe(true);
    // By its clock, before any timer of its can say so.
    a.host.freeze();
    await time.pass(1);
    expect([a.election.isLeader, a.told]).toEqual([false, ['elected']]);
    await a.host.thaw();
    expect(a.told).toEqual(['elected', 'lost']);
  });

  test('that was frozen beyond its deadline does not believe for a moment that it leads', async () => {
    const a = await candidate('a');
    const b = await candidate('b');
    await time.pass(5000);
    a.host.freeze();
    await time.pass(60_000);
    expect([a.election.isLeader, b.election.isLeader]).toEqual([false, true]);
    await a.host.thaw();
    await time.pass(60_000);
    expect([a.told, b.told]).toEqual([['elected', 'lost'], ['elected']]);
    expect(server.spec.holderIdentity).toBe('b');
  });

  test('whose renewal is answered after the deadline is none, though the lease is its own', async () => {
    const a = await candidate('a');
    a.host.way = 'fails';
    await time.pass(3 * RETRY_MS);
    a.host.way = 'open';
    a.host.meanwhile = () => a.host.freeze();
    await time.pass(RENEW_MS - 3 * RETRY_MS + 1000);
    expect(server.spec.renewTime).toBe('1970-01-01T00:00:08.000000Z');
    await a.host.thaw();
    await time.pass(60_000);
    expect(a.told).toEqual(['elected', 'lost']);
  });
});

describe('a try', () => {
  test('that is answered long after it was sent elects nobody', async () => {
    server.edit({});
    const a = new Candidate('a');
    a.host.meanwhile = () => a.host.freeze();
    await a.started();
    expect(server.spec.holderIdentity).toBe('a');
    await time.pass(60_000);
    server.edit({ ...server.spec, holderIdentity: 'b' });
    await a.host.thaw();
    await time.settle();
    expect(a.told).toEqual([]);
  });

  test('that takes too long is given up, and writes nothing after', async () => {
    const a = new Candidate('a');
    a.host.answerMs = RENEW_MS / 2 + 1;
    await a.started();
    await time.pass(60_000);
    expect(new Set(a.host.requests)).toEqual(new Set(['get']));
    expect(a.host.requests.length).toBeGreaterThan(5);
  });

  test('that a stop meets before its write writes nothing', async () => {
    const a = new Candidate('a');
    a.election.start();
    await time.run(a.election.stop(), 0);
    expect(a.host.requests).toEqual(['get']);
  });
});

describe('a stop', () => {
  test('of the leader gives the lease back: the next leads at its next look', async () => {
    const a = await candidate('a');
    const b = await candidate('b');
    await time.pass(10_000);
    await time.run(a.election.stop(), 0);
    expect([a.election.isLeader, a.election.isHealthy, a.status]).toEqual([false, true, 0]);
    expect(a.told).toEqual(['elected']);
    expect(server.spec).toMatchObject({
      holderIdentity: '',
      leaseDurationSeconds: 1,
      renewTime: '1970-01-01T00:00:10.000000Z',
      leaseTransitions: 0,
    });
    await time.pass(3 * RETRY_MS);
    expect(b.election.isLeader).toBe(true);
    expect(server.spec.leaseTransitions).toBe(1);
    expect(a.host.requests.at(-1)).toBe('replace');
  });

  test('gives nothing back that is held by another, and asks nothing if it never held it', async () => {
    const a = await candidate('a');
    const b = await candidate('b');
    await time.pass(5000);
    const asked = b.host.requests.length;
    await time.run(b.election.stop(), 0);
    expect(b.host.requests).toHaveLength(asked);
    server.edit({ ...server.spec, holderIdentity: 'usurper' });
    await time.run(a.election.stop(), 0);
    expect(server.spec.holderIdentity).toBe('usurper');
  });

  test('in the middle of a conflict tries again', async () => {
    const a = await candidate('a');
    a.host.meanwhile = () => server.edit(server.spec, { edited: 'meanwhile' });
    await time.run(a.election.stop(), 0);
    expect(server.spec.holderIdentity).toBe('');
    expect(server.object?.metadata.labels).toEqual({ edited: 'meanwhile' });
  });

  test('ends though the server does not answer, within the renew deadline', async () => {
    const a = await candidate('a');
    a.host.way = 'hangs';
    await time.pass(RETRY_MS);
    await time.run(a.election.stop(), RENEW_MS);
    expect(a.log.messages('warn')).toContain('the lease could not be given back');
    expect(a.told).toEqual(['elected']);
    await time.pass(60_000);
    expect(a.told).toEqual(['elected']);
  });

  test('while the lease is being taken gives it back as well, and nobody was elected', async () => {
    server.edit({ leaseTransitions: 4 });
    const a = new Candidate('a');
    a.host.meanwhile = () => a.host.freeze();
    await a.started();
    expect(server.spec.holderIdentity).toBe('a');
    const thawed = a.host.thaw();
    const stopped = a.election.stop();
    await thawed;
    await time.run(stopped, 0);
    expect(server.spec.holderIdentity).toBe('');
    expect(a.told).toEqual([]);
  });

  test('before the start and after a stop is nothing', async () => {
    const a = new Candidate('a');
    await time.run(a.election.stop(), 0);
    await a.started();
    await time.run(a.election.stop(), 0);
    expect(a.host.requests).toEqual([]);
  });
});

test.each([
  [{ leaseMs: 10_000, renewMs: 10_000 }],
  [{ renewMs: 4000, retryMs: 2000 }],
  [{ retryMs: 0 }],
])('times that cannot work are refused: %j', (times) => {
  const open = () =>
    new LeaderElection({
      ...times,
      store: server,
      namespace: 'system',
      name: 'op',
      identity: 'a',
      random: () => 0,
      clock: time.clock(),
      log: new RecordedLog(),
      metrics: new RecordedMetrics(),
      onElected: () => undefined,
      onLost: () => undefined,
    });
  expect(open).toThrow(RangeError);
});

describe('whatever fails and freezes', () => {
  const STEP_MS = 500;
  const happening = fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    what: fc.constantFrom<Way | 'freeze' | 'thaw'>(
      'open',
      'hangs',
      'fails',
      'unheard',
      'freeze',
      'thaw',
    ),
    steps: fc.integer({ min: 0, max: 60 }),
    seed: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });

  test('one leads at most, each is elected and loses once at most, and in the end one leads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
        time = new VirtualTime();
        server = new LeaseServer();
        let seed = 0;
        const all = ['a', 'b', 'c', 'spare'].map((name) => new Candidate(name, () => seed));
        const leaders = (): string[] =>
          all.filter(({ election }) => election.isLeader).map(({ told }) => told.join());
        for (const each of all.slice(0, 3)) each.election.start();
        for (const { who, what, steps, seed: next } of happenings) {
          const host = all[who]?.host;
          seed = next;
          if (what === 'freeze') host?.freeze();
          else if (what === 'thaw') await host?.thaw();
          else if (host !== undefined) host.way = what;
          for (let step = 0; step < steps; step++) {
            await time.pass(STEP_MS);
            expect(leaders().length).toBeLessThanOrEqual(1);
          }
        }
        for (const { told } of all) expect(['', 'elected', 'elected,lost']).toContain(told.join());
        for (const { host } of all) {
          host.way = 'open';
          await host.thaw();
          expect(leaders().length).toBeLessThanOrEqual(1);
        }
        // Those before may all have lost; one that comes new leads then.
        all.at(-1)?.election.start();
        await time.pass(2 * LEASE_MS);
        expect(leaders()).toEqual(['elected']);
      }),
      { numRuns: 60 },
    );
  });
});
