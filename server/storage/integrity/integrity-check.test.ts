/** F-D5: what is sound passes, whatever was done to it before; what is not is found, with its place. */
import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../base/bytes.ts';
import { encodeKey } from '../../globals/key.ts';
import { LOCAL, type StorageEngine } from '../engine.ts';
import { Machine } from '../testing/machine.ts';
import { seededRandom } from '../testing/manual-clock.ts';
import type { PageSnapshot } from '../../ports/page-store.ts';
import { MemoryPageStore } from '../testing/memory-disk.ts';
import type { Change } from '../change.ts';
import { IntegrityCheck } from './integrity-check.ts';
import { IdentifierSet } from './identifier-set.ts';
import { undoAll } from '../testing/undo-all.ts';

const key = (...subscripts: (string | number)[]): Uint8Array => encodeKey('G', subscripts);

function check(machine: Machine, durable = 0): IntegrityCheck {
  const names = ['DATA', 'TEMP'];
  const whole = new IntegrityCheck({
    journal: { source: machine.journal, durable, isLive: false },
    databases: machine.stores.map((store, index) => ({
      name: names[index]!,
      overheadBytes: 0,
      open: () => store!.snapshot(),
    })),
  });
  while (!whole.advance(4096)) expect(whole.isDone).toBe(false);
  return whole;
}

/** Sessions, transactions, long values, kills of ranges, checkpoints: as `random` has it. */
function work(engine: StorageEngine, random: () => number, count: number): void {
  const session = engine.openSession('app/a', 'one');
  let open = engine.transactions.begin(LOCAL, 1);
  for (let n = 1; n <= count; n++) {
    const at = Math.floor(random() * 300);
    const origin = { session: session.number, epoch: session.epoch, sequence: n };
    const value = utf8('x'.repeat(Math.floor(random() * (random() < 0.1 ? 9000 : 200))));
    const database = random() < 0.2 ? 1 : 0;
    const dice = random();
    const set: Change = { kind: 'set', database, key: key(at), value };
    if (dice < 0.5) engine.apply(set, origin);
    else if (dice < 0.6) engine.apply({ kind: 'kill', database, key: key(at) }, origin);
    else if (dice < 0.65) {
      const to = key(at + Math.floor(random() * 40) + 1);
      engine.apply({ kind: 'killRange', database, from: key(at), to }, origin);
    } else if (dice < 0.7) engine.refuse(origin, 'PROTECT');
    else if (dice < 0.8) engine.transactions.apply(open, { ...set, database: 0 }, origin, LOCAL);
    else if (dice < 0.83) engine.transactions.setLevel(open, open.level + 1, LOCAL);
    else if (dice < 0.86) {
      if (random() < 0.5) engine.transactions.commit(open, LOCAL);
      else undoAll(engine.transactions, open);
      open = engine.transactions.begin(LOCAL, n);
    } else if (dice < 0.9) engine.confirm(session.number, n - 1);
    else if (dice < 0.92) engine.checkpoint();
    else if (dice < 0.94) engine.journal.rotate();
    else if (dice < 0.96) engine.requestSync();
    else engine.apply({ kind: 'increment', database, key: key('n'), by: utf8('2') }, origin);
  }
  if (random() < 0.5) engine.closeSession(session.number);
}

describe('F-D5: an integrity check', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'finds nothing where there is nothing, after crashes and recoveries (seed %i)',
    async (seed) => {
      const machine = new Machine({ segmentBytes: 30_000, bufferPoolBytes: 300_000 });
      const random = seededRandom(seed);
      for (let start = 0; start < 3; start++) {
        const engine = machine.start();
        for (const open of [...engine.transactions.open.values()])
          undoAll(engine.transactions, open);
        work(engine, () => random.next(), 300);
        const durable = engine.durablePosition;
        const dice = random.next();
        if (dice < 0.3) await engine.close();
        else machine.crash(dice < 0.7 ? undefined : () => random.next());
        const { findings } = check(machine, dice < 0.3 ? durable : 0);
        const torn = findings.list.filter(({ problem }) => !/torn|behind it cannot/.test(problem));
        expect(torn).toEqual([]);
        expect(findings.errors).toBe(0);
      }
    },
  );

  it('counts what there is', async () => {
    const machine = new Machine();
    const engine = machine.start();
    for (let i = 0; i < 1000; i++)
      engine.apply({ kind: 'set', database: 0, key: key(i), value: utf8('y'.repeat(100)) });
    engine.apply({ kind: 'set', database: 0, key: key('long'), value: utf8('z'.repeat(9000)) });
    await engine.close();
    const whole = check(machine);
    const data = whole.databases.get('DATA')!;
    expect(data).toMatchObject({ nodes: 1001, longValues: 1, longBytes: 9000, unchecked: 0 });
    expect(data.blocks).toBeGreaterThan(12);
    expect(data.blockBytes / data.capacityBytes).toBeGreaterThan(0.4);
    expect(whole.journal).toMatchObject({ segments: 1, openTransactions: 0 });
    expect(whole.journal!.records).toBeGreaterThan(1001);
  });

  it('misses the journal’s beginning where an open transaction needs it', () => {
    const machine = new Machine({ segmentBytes: 2000 });
    const engine = machine.start();
    const open = engine.transactions.begin(LOCAL, 1);
    for (let n = 0; n < 50; n++) {
      const change = {
        kind: 'set',
        database: 0,
        key: key(n),
        value: utf8('x'.repeat(100)),
      } as const;
      engine.transactions.apply(open, change, LOCAL, LOCAL);
      engine.flush();
    }
    engine.checkpoint();
    machine.crash();
    expect(check(machine).findings.errors).toBe(0);
    const [oldest] = machine.journal.segments();
    machine.journal.remove(oldest!);
    const { list } = check(machine).findings;
    expect(list).toMatchObject([{ severity: 'error', place: 'journal, transaction 1' }]);
    expect(list[0]!.problem).toMatch(/it began at position \d+, the journal begins at \d+/);
  });

  it('takes a database that was never stored for sound, and one without its header for lost', () => {
    const findingsOf = (snapshot: PageSnapshot) => {
      const whole = new IntegrityCheck({
        journal: undefined,
        databases: [{ name: 'DATA', overheadBytes: 0, open: () => snapshot }],
      });
      whole.advance(Infinity);
      return whole.findings.list.map(({ place, problem }) => `${place}: ${problem}`);
    };
    expect(findingsOf(new MemoryPageStore().snapshot())).toEqual([]);
    const machine = new Machine();
    machine.start().checkpoint();
    const stored = machine.stores[0]!.snapshot();
    expect(findingsOf({ ...stored, header: () => undefined })).toEqual([
      'DATA, header: it is missing, and there is something in the store',
    ]);
  });

  it('may be ended before its end, and lets go of what it read', () => {
    const machine = new Machine();
    const random = seededRandom(1);
    work(machine.start(), () => random.next(), 50);
    let closed = 0;
    const whole = new IntegrityCheck({
      journal: undefined,
      databases: [
        {
          name: 'DATA',
          overheadBytes: 0,
          open: () => ({ ...machine.stores[0]!.snapshot(), close: () => closed++ }),
        },
      ],
    });
    expect(whole.advance(1)).toBe(false);
    whole.stop();
    expect([closed, whole.isDone, whole.advance(Infinity)]).toEqual([1, true, true]);
  });
});

describe('identifiers that were met', () => {
  it('are told from others in bounded memory, in as many rounds as it takes', () => {
    const set = new IdentifierSet(100);
    const ids = Array.from({ length: 1000 }, (_, i) => 2 ** 33 + i);
    let rounds = 0;
    const unseen = new Set(ids);
    let twice = 0;
    do {
      for (const id of ids) if (!set.add(id)) throw new Error('met once');
      for (const id of ids) if (set.covers(id) && set.has(id)) unseen.delete(id);
      if (!set.add(ids[7]!)) twice++;
      rounds++;
    } while (set.next());
    expect(unseen.size).toBe(0);
    expect(twice).toBe(1);
    expect(rounds).toBeGreaterThan(5);
  });
});
