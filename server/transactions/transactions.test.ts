/** Transactions on the storage engine: undo by A.2.4, levels, crashes at any point. A.1.4, A.1.5 */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { UNDO_NODES_MAX } from '../base/limits.ts';
import { encodeKey } from '../globals/key.ts';
import { LOCAL, type StorageEngine } from '../storage/engine.ts';
import { Machine } from '../storage/testing/machine.ts';
import { seededRandom } from '../storage/testing/manual-clock.ts';
import { MemoryPageStore } from '../storage/testing/memory-disk.ts';
import type { UndoableChange } from '../storage/transaction-records.ts';
import type { OpenTransaction } from '../storage/transaction-table.ts';
import { Rollback } from './rollback.ts';

const key = (...subscripts: (string | number)[]): Uint8Array => encodeKey('G', subscripts);
const set = (at: Uint8Array, value: string, database = 0): UndoableChange => ({
  kind: 'set',
  database,
  key: at,
  value: utf8(value),
});
const kill = (at: Uint8Array, database = 0): UndoableChange => ({
  kind: 'kill',
  database,
  key: at,
});

function get(engine: StorageEngine, at: Uint8Array, database = 0): string | undefined {
  const value = engine.database(database).get(at);
  return value === undefined ? undefined : textOf(value);
}

/** Makes a change whole, piece by piece; returns how many there were. */
function change(engine: StorageEngine, open: OpenTransaction, made: UndoableChange): number {
  let pieces = 0;
  for (let rest: UndoableChange | undefined = made; rest !== undefined; pieces++)
    ({ rest } = engine.transactions.apply(open, rest, LOCAL, LOCAL));
  return pieces;
}

function rollBack(engine: StorageEngine, open: OpenTransaction, level = 0): void {
  new Rollback(engine.transactions, open, level, LOCAL).step(Infinity);
}

/** What a start does with the transactions of jobs that are gone. */
function rollBackAll(engine: StorageEngine): void {
  for (const open of [...engine.transactions.open.values()]) rollBack(engine, open);
}

function contents(engine: StorageEngine, database = 0): Map<string, string> {
  const nodes = new Map<string, string>();
  const store = engine.database(database);
  for (const block of store.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const at = block.keyAt(i);
      nodes.set(Buffer.from(at).toString('hex'), textOf(store.get(at)!));
    }
  }
  return nodes;
}

describe('a rollback', () => {
  it('restores what was set, killed and zkilled, in reverse order (A.1.4)', () => {
    const engine = new Machine().start();
    for (let i = 0; i < 5; i++) engine.apply(set(key(1, i), `old ${i}`));
    engine.apply(set(key(1), 'parent'));
    const before = contents(engine);
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, set(key(1, 1), 'first'));
    change(engine, open, set(key(1, 1), 'second'));
    change(engine, open, set(key(9), 'new'));
    change(engine, open, kill(key(1)));
    change(engine, open, set(key(1, 3), 'after the kill'));
    change(engine, open, { kind: 'zkill', database: 0, key: key(9) });
    expect(contents(engine).size).toBe(1);
    rollBack(engine, open);
    expect(contents(engine)).toEqual(before);
    expect(engine.transactions.open.size).toBe(0);
  });

  it('restores only where the value is still the one that the transaction left (A.2.4)', () => {
    const engine = new Machine().start();
    engine.apply(set(key('a'), 'old'));
    engine.apply(set(key('b'), 'old'));
    engine.apply(set(key('c'), 'old'));
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, set(key('a'), 'ours'));
    change(engine, open, set(key('new'), 'ours'));
    change(engine, open, kill(key('b')));
    change(engine, open, kill(key('c')));
    // Somebody without a lock.
    engine.apply(set(key('a'), 'theirs'));
    engine.apply(set(key('new'), 'theirs'));
    engine.apply(set(key('b'), 'theirs'));
    rollBack(engine, open);
    expect(get(engine, key('a'))).toBe('theirs');
    expect(get(engine, key('new'))).toBe('theirs');
    expect(get(engine, key('b'))).toBe('theirs');
    expect(get(engine, key('c'))).toBe('old');
  });

  it('that was cut short, and is gone on with after other changes, restores those wholly', () => {
    const engine = new Machine().start();
    for (const part of [1, 2])
      for (let i = 0; i < 5; i++) engine.apply(set(key(part, i), `old ${i}`));
    const before = contents(engine);
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, kill(key(1)));
    new Rollback(engine.transactions, open, 0, LOCAL).step(2);
    change(engine, open, kill(key(2)));
    rollBack(engine, open);
    expect(contents(engine)).toEqual(before);
  });

  it('ends at a gap of the journal, also at one that begins with it (A.2.5)', () => {
    for (const isBefore of [true, false]) {
      const machine = new Machine({ freezeOnError: false });
      const engine = machine.start();
      const open = engine.transactions.begin(LOCAL, 1);
      change(engine, open, set(key(1), 'in the gap'));
      machine.journal.fault = () => {
        throw new Error('failing disk');
      };
      if (isBefore) engine.flush();
      rollBack(engine, open);
      expect(engine.journal.gap).toBeDefined();
      expect([get(engine, key(1)), engine.transactions.open.size]).toEqual(['in the gap', 0]);
    }
  });

  it('of one level undoes what was made above it, inner commits included', () => {
    const engine = new Machine().start();
    const { transactions } = engine;
    const open = transactions.begin(LOCAL, 1);
    change(engine, open, set(key(1), 'level 1'));
    transactions.setLevel(open, 2, LOCAL);
    change(engine, open, set(key(2), 'level 2'));
    transactions.setLevel(open, 3, LOCAL);
    change(engine, open, set(key(3), 'level 3'));
    // TCOMMIT of level 3: its changes are of level 2 now.
    transactions.setLevel(open, 2, LOCAL);
    change(engine, open, set(key(4), 'level 2 again'));
    rollBack(engine, open, 1);
    expect(open.level).toBe(1);
    expect([1, 2, 3, 4].map((at) => get(engine, key(at)))).toEqual([
      'level 1',
      undefined,
      undefined,
      undefined,
    ]);
    transactions.setLevel(open, 2, LOCAL);
    change(engine, open, set(key(5), 'level 2'));
    rollBack(engine, open, 1);
    change(engine, open, set(key(6), 'level 1'));
    rollBack(engine, open);
    expect(contents(engine).size).toBe(0);
  });

  it('reads undo from the journal: of many nodes, of long values, over segments and checkpoints (R10)', () => {
    const machine = new Machine({ segmentBytes: 20_000 });
    const engine = machine.start();
    const many = 3 * UNDO_NODES_MAX + 7;
    for (let i = 0; i < many; i++) engine.apply(set(key('many', i), `v${i}`));
    engine.apply(set(key('long'), 'x'.repeat(100_000)));
    const before = contents(engine);
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, set(key('long'), 'short'));
    expect(change(engine, open, kill(key('many')))).toBeGreaterThan(3);
    for (let i = 0; i < 2000; i++) {
      engine.apply(set(key('other', i), 'somebody'));
      if (i % 100 === 0) engine.flush();
    }
    engine.checkpoint();
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBeGreaterThan(3);
    expect(engine.transactions.pinnedBytes).toBeGreaterThan(20_000);
    rollBack(engine, open);
    for (let i = 0; i < 2000; i++) engine.apply(kill(key('other', i)));
    expect(contents(engine)).toEqual(before);
    expect(engine.transactions.pinnedBytes).toBe(0);
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBeLessThan(3);
  });

  it('takes steps: in between others see a part of it, and what they change stays', () => {
    const engine = new Machine().start();
    for (let i = 0; i < 10; i++) engine.apply(set(key(i), 'old'));
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, kill(encodeKey('G', [])));
    const rollback = new Rollback(engine.transactions, open, 0, LOCAL);
    expect(rollback.step(4)).toBe(false);
    expect(contents(engine).size).toBe(4);
    engine.apply(set(key(0), 'somebody'));
    while (!rollback.step(4));
    expect(get(engine, key(0))).toBe('somebody');
    expect(contents(engine).size).toBe(10);
  });

  it('leaves $INCREMENT as it is, journaled even where the database is not (R17, A.1.9)', () => {
    const machine = new Machine();
    let engine = machine.start();
    const open = engine.transactions.begin(LOCAL, 1);
    engine.apply({ kind: 'increment', database: 1, key: key('n'), by: utf8('5') }, LOCAL, true);
    change(engine, open, set(key('x'), '1', 1));
    rollBack(engine, open);
    engine.requestSync();
    machine.crash();
    engine = machine.start();
    expect(get(engine, key('n'), 1)).toBe('5');
    expect(get(engine, key('x'), 1)).toBeUndefined();
  });
});

describe('after a crash', () => {
  it('a transaction that did not commit is open, with its levels, and can be rolled back', () => {
    const machine = new Machine();
    let engine = machine.start();
    engine.apply(set(key('a'), 'old'));
    const open = engine.transactions.begin(LOCAL, 7);
    change(engine, open, set(key('a'), 'new'));
    engine.checkpoint();
    engine.transactions.setLevel(open, 2, LOCAL);
    change(engine, open, set(key('b'), 'new'));
    engine.requestSync();
    machine.crash();
    engine = machine.start();
    const [found, ...others] = engine.transactions.open.values();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ number: open.number, job: 7, level: 2 });
    expect(get(engine, key('b'))).toBe('new');
    rollBack(engine, found!, 1);
    expect(get(engine, key('b'))).toBeUndefined();
    expect(get(engine, key('a'))).toBe('new');
    rollBack(engine, found!);
    expect(get(engine, key('a'))).toBe('old');
    engine.requestSync();
    machine.crash();
    expect(machine.start().transactions.open.size).toBe(0);
  });

  it('a committed one is there in every database of the instance or in none (A.1.5)', () => {
    for (let seed = 0; seed < 60; seed++) {
      const machine = new Machine();
      const random = seededRandom(seed);
      let engine = machine.start();
      engine.requestSync();
      const open = engine.transactions.begin(LOCAL, 1);
      for (let i = 0; i < 20; i++) change(engine, open, set(key(i), `v${i}`, i % 2));
      engine.transactions.commit(open, LOCAL);
      engine.flush();
      const isDurable = seed % 3 === 0;
      if (isDurable) engine.requestSync();
      machine.crash(() => random.next());
      engine = machine.start();
      rollBackAll(engine);
      const found = contents(engine, 0).size + contents(engine, 1).size;
      expect({ seed, found }).toEqual({ seed, found: isDurable || found > 0 ? 20 : 0 });
    }
  });

  it('a rollback that another crash cuts short goes on, and restores nothing twice', () => {
    for (let steps = 0; steps < 14; steps++) {
      const machine = new Machine();
      let engine = machine.start();
      for (let i = 0; i < 6; i++) engine.apply(set(key(i), `old ${i}`));
      const open = engine.transactions.begin(LOCAL, 1);
      change(engine, open, kill(encodeKey('G', [])));
      change(engine, open, set(key(1), 'a'));
      change(engine, open, set(key(1), 'b'));
      change(engine, open, set(key(7), 'new'));
      engine.requestSync();
      machine.crash();
      engine = machine.start();
      new Rollback(engine.transactions, [...engine.transactions.open.values()][0]!, 0, LOCAL).step(
        steps,
      );
      // Whoever may change what is restored already, or is left as it is: it stays as they make it.
      const isRestored = [...Array(6).keys()].map((i) => get(engine, key(i)) !== undefined);
      const mine = isRestored.findLastIndex((is) => is);
      if (mine >= 0) engine.apply(kill(key(mine)));
      engine.requestSync();
      machine.crash();
      engine = machine.start();
      rollBackAll(engine);
      // Node 1 is the transaction's own while its two changes are not undone: the third step undoes the first of them.
      const isOwn = mine === 1 && steps < 3;
      for (let i = 0; i < 6; i++) {
        const expected = i === mine && !isOwn ? undefined : `old ${i}`;
        expect({ steps, i, value: get(engine, key(i)) }).toEqual({ steps, i, value: expected });
      }
      expect(get(engine, key(7))).toBeUndefined();
      expect(engine.transactions.open.size).toBe(0);
    }
  });

  it('its database may have another number, or be away: it stays open until that is back', () => {
    const machine = new Machine();
    const store = new MemoryPageStore();
    let engine = machine.start();
    const more = (number: number) =>
      engine.prepare({
        number,
        name: 'MORE',
        blockSize: 8192,
        isJournaled: true,
        store,
      });
    engine.mount(more(5));
    engine.apply(set(key('m'), 'old', 5));
    const open = engine.transactions.begin(LOCAL, 1);
    change(engine, open, set(key('m'), 'new', 5));
    engine.requestSync();
    machine.crash();
    engine = machine.start();
    const [found] = engine.transactions.open.values();
    expect(() => rollBack(engine, found!)).toThrow('<DATABASE>');
    expect(engine.transactions.open.size).toBe(1);
    engine.mount(more(9));
    rollBackAll(engine);
    expect(get(engine, key('m'), 9)).toBe('old');
  });
});
