/** What `ecp verify` finds, and in whom. F-M4 */
import { describe, expect, it } from '@jest/globals';
import { EcpError } from '../../base/errors.ts';
import { Tally, type Finding, type ProbeContext } from './probe.ts';
import { durability } from './probes/durability.ts';
import { groups } from './probes/groups.ts';
import { increments } from './probes/increments.ts';
import { inOrder } from './probes/in-order.ts';
import { sync } from './probes/sync.ts';
import { FakeTopology, type Lie } from './testing/fake-topology.ts';

const RUN_MS = 400;
const PROBES = [inOrder, groups, increments, sync, durability];

function contextOf(topology: FakeTopology): ProbeContext {
  return {
    places: topology.places(2),
    global: 'Verify',
    run: 'run',
    jobsPerPlace: 2,
    signal: AbortSignal.timeout(RUN_MS),
    hasFaults: false,
    crashes: () => 0,
  };
}

async function findings(lie?: Lie): Promise<readonly Finding[]> {
  const topology = new FakeTopology(lie);
  const context = contextOf(topology);
  return (await Promise.all(PROBES.map((probe) => probe.run(context)))).flat();
}

const violated = (found: readonly Finding[]): string[] =>
  found.filter(({ verdict }) => verdict === 'VIOLATION').map(({ guarantee }) => guarantee);

describe('the probes of ecp verify', () => {
  it('pass where all is right, each having been put to the test', async () => {
    const found = await findings();
    expect(found.map(({ guarantee, verdict }) => [guarantee, verdict])).toEqual([
      ['A.1.1 In-order updates', 'PASS'],
      ['A.1.2 Lock', 'PASS'],
      ['A.1.4 Rollback', 'PASS'],
      ['A.1.5 Commit', 'PASS'],
      ['A.1.6 Transactions and locks', 'PASS'],
      ['A.1.10 $INCREMENT, results', 'PASS'],
      ['A.1.10 $INCREMENT, ordering', 'PASS'],
      ['A.1.11 Sync', 'PASS'],
      ['A.2.2 Liveness of caches', 'PASS'],
      ['A.1.5, A.1.9 Durable changes', 'PASS'],
    ]);
  });

  it.each<[Lie, string]>([
    ['changes out of order', 'A.1.1 In-order updates'],
    ['stale reads', 'A.1.11 Sync'],
    ['locks for everybody', 'A.1.2 Lock'],
    ['unlocks inside of transactions', 'A.1.6 Transactions and locks'],
    ['rollback of nothing', 'A.1.4 Rollback'],
    ['half a commit', 'A.1.5 Commit'],
    ['the same number twice', 'A.1.10 $INCREMENT, results'],
    ['durable, and gone', 'A.1.5, A.1.9 Durable changes'],
  ])('find %s', async (lie, guarantee) => {
    expect(violated(await findings(lie))).toContain(guarantee);
  });

  it('start over after what may happen, and end with what may not', async () => {
    const topology = new FakeTopology();
    const [place] = topology.places(1);
    let opened = 0;
    const failing = (code: 'NETWORK' | 'DAMAGED') => ({
      ...contextOf(topology),
      places: [
        {
          name: 'failing',
          open: () => {
            if (++opened % 2 === 1) throw new EcpError(code, 'planted');
            return place!.open();
          },
        },
      ],
    });
    const [finding] = await durability.run(failing('NETWORK'));
    expect(finding?.verdict).toBe('PASS');
    await expect(durability.run(failing('DAMAGED'))).rejects.toThrow('planted');
  });

  it('call what hardly happened VACUOUS, and what the guide allows ALLOWED', () => {
    const few = new Tally('few');
    few.judge(true, () => '');
    expect(few.finding().verdict).toBe('VACUOUS');
    const allowed = new Tally('allowed');
    for (let i = 0; i < 60; i++) allowed.allow();
    expect(allowed.finding()).toMatchObject({ verdict: 'ALLOWED', allowed: 60, occurrences: 60 });
    allowed.judge(false, () => 'seen');
    expect(allowed.finding()).toMatchObject({ verdict: 'VIOLATION', note: 'seen' });
  });
});
