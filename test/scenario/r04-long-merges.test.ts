/** A MERGE that takes several turns of the event loop, and what may happen between them. */
import { describe, expect, test } from '@jest/globals';
import { MERGE_TURN_BYTES } from '../../server/base/limits.ts';
import type { Request } from '../../server/ecp/wire/frame.ts';
import { fetch, key, RawAppServer, set } from '../support/raw-peers.ts';
import { type Host, isLine, World } from '../support/world.ts';

/** More than four turns' worth: a node counts for more than this. */
const NODES = Math.ceil((4 * MERGE_TURN_BYTES) / 256);
const LAST = NODES - 1;

const MERGE: Request = {
  kind: 'merge',
  database: 2,
  key: key('^to'),
  fromDatabase: 2,
  fromKey: key('^from'),
};

function filled(world: World): Host {
  const s = world.dataServer();
  const from = s.job().global('from');
  for (let i = 0; i < NODES; i++) void from.set([i], `value ${i}`);
  return s;
}

/** Runs `act` once, between two turns of a MERGE to ^to at S. */
function between(world: World, s: Host, act: () => void): { readonly hasRun: boolean } {
  const to = s.job().global('to');
  const state = { hasRun: false };
  const probe = (): void => {
    const isPartial = to.get([0]) !== undefined && to.get([LAST]) === undefined;
    if (isPartial) {
      state.hasRun = true;
      act();
    } else world.time.schedule(0, probe);
  };
  world.time.schedule(0, probe);
  return state;
}

function copied(s: Host): number {
  const to = s.job().global('to');
  return Array.from({ length: NODES }, (_, i) => to.get([i])).filter(
    (value, i) => value === `value ${i}`,
  ).length;
}

describe('R4: a long MERGE', () => {
  test('lets others go on, while what its session asked next waits', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world, { name: 'A' });
    const B = await RawAppServer.welcomed(world, { name: 'B' }, '10.9.9.8');
    const x = s.job().global('x');
    const seen: unknown[] = [];
    const middle = between(world, s, () => seen.push(x.get([]), x.get(['B'])));
    A.send(1, [set('^x', 'before'), MERGE, set('^x', 'after')]);
    A.send(4, [fetch('^x')]);
    B.send(1, [set('^x("B")', 'meanwhile')]);
    await world.time.pass(20);
    expect(middle.hasRun).toBe(true);
    expect(seen).toEqual(['before', 'meanwhile']);
    expect(copied(s)).toBe(NODES);
    expect(x.get([])).toBe('after');
    const answers = A.heard.filter((line) => /^(applied|merged|block)/.test(line));
    expect(answers.map((line) => line.replace(/ \[.*/, ''))).toEqual([
      'applied #1',
      'merged #2',
      'applied #3',
      'block #4',
    ]);
    expect(A.heard.at(-1)).toBe('durable to #3');
  });

  test('waits for the disk between turns', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world);
    const held: (() => void)[] = [];
    const middle = between(world, s, () => {
      s.journal.defer = (complete) => held.push(complete);
      const big = 'y'.repeat(1_000_000);
      for (let i = 0; !s.instance.engine.isOverloaded; i++)
        void s.job().global('big').set([i], big);
    });
    A.send(1, [MERGE]);
    await world.time.pass(20);
    expect(middle.hasRun).toBe(true);
    expect(copied(s)).toBeLessThan(NODES);
    s.journal.defer = (complete) => complete();
    for (const complete of held.splice(0)) complete();
    await world.time.pass(20);
    expect(A.heard).toContain('merged #1');
    expect(copied(s)).toBe(NODES);
  });

  test('that a lost channel cut short is done again by the replay, once', async () => {
    const world = new World();
    const s = filled(world);
    const A = world.appServer('A');
    const job = A.job();
    await world.run(job.global('x').set([], 'before'));
    await world.run(job.flush());
    const middle = between(world, s, () => world.link(A).cut());
    world.takeTranscript();
    const merged = job.global('to').merge([], job.global('from'));
    const after = job.global('x').set([], 'after');
    await world.run(merged);
    await world.run(after);
    await world.run(job.flush());
    expect(middle.hasRun).toBe(true);
    expect(world.takeTranscript().filter(isLine('merged #'))).toHaveLength(1);
    expect(copied(s)).toBe(NODES);
    expect(s.job().global('x').get([])).toBe('after');
  });

  test('of a session that is given up ends where it is', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world);
    const middle = between(world, s, () =>
      s.reconfigure({ ecp: { enabled: false, incomingPolicy: 'Any' } }),
    );
    A.send(1, [MERGE, set('^x', 'after')]);
    await world.time.pass(20);
    expect(middle.hasRun).toBe(true);
    expect(A.isClosed).toBe(true);
    expect(copied(s)).toBeGreaterThan(0);
    expect(copied(s)).toBeLessThan(NODES);
    expect(s.job().global('x').get([])).toBeUndefined();
  });

  test('is refused, and what came after it goes on, when its database may not be changed any more', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world);
    const databases = [{ name: 'ACCOUNTS', access: 'ReadOnly' as const }];
    const middle = between(world, s, () => s.reconfigure({ databases }));
    A.send(1, [MERGE, fetch('^x')]);
    await world.time.pass(20);
    expect(middle.hasRun).toBe(true);
    expect(A.heard).toContain('failed #1 <PROTECT>');
    expect(A.heard.some((line) => line.startsWith('block #2'))).toBe(true);
    expect(copied(s)).toBeLessThan(NODES);
  });

  test('ends with its session when the storage freezes', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world);
    const middle = between(world, s, () => {
      s.journal.fault = () => {
        throw new Error('EIO');
      };
      s.instance.engine.requestSync();
    });
    A.send(1, [MERGE]);
    await world.time.pass(1000);
    expect(middle.hasRun).toBe(true);
    expect(A.isClosed).toBe(true);
    expect(A.heard.at(-1)).toContain('refused FROZEN');
    expect(copied(s)).toBeLessThan(NODES);
  });

  test('of a job of S itself holds that job alone', async () => {
    const world = new World();
    const s = filled(world);
    const job = s.job();
    const order: string[] = [];
    const middle = between(world, s, () => {
      void s.job().global('x').set(['other'], 'meanwhile');
      order.push('between');
    });
    void job.global('to').merge([], job.global('from'));
    const next = job.global('to').get([LAST]);
    expect(next).toBeInstanceOf(Promise);
    void Promise.resolve(next).then((value) => order.push(String(value)));
    await world.time.pass(20);
    expect(middle.hasRun).toBe(true);
    expect(order).toEqual(['between', `value ${LAST}`]);
    expect(copied(s)).toBe(NODES);
  });

  test('whose references would be too long copies nothing', async () => {
    const world = new World();
    const s = filled(world);
    const A = await RawAppServer.welcomed(world);
    const long = 'z'.repeat(600);
    void s.job().global('from').set([LAST, long], 'long');
    A.send(1, [{ ...MERGE, key: key(`^to("${long}","y")`) }]);
    await world.time.pass(20);
    expect(A.heard).toContain('failed #1 <SUBSCRIPT>');
    expect(await world.run(s.job().global('to').data())).toBe(0);
  });
});
