import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, textOf, utf8 } from '../base/bytes.ts';
import type { BlockObserver, DatabaseStore } from './database-store.ts';
import type { StorageEngine } from './engine.ts';
import { RangeIndex } from './range-index.ts';
import { Machine } from './testing/machine.ts';

const BLOCK_SIZE = 512;

/** Every node, block by block, with the structure checked on the way. */
function scan(database: DatabaseStore): Map<string, string> {
  const nodes = new Map<string, string>();
  let fence: Uint8Array | undefined = new Uint8Array(0);
  const ids = new Set<number>();
  for (const block of database.blocks()) {
    expect(fence !== undefined && compareBytes(block.low, fence) === 0).toBe(true);
    expect(block.byteLength).toBeLessThanOrEqual(database.capacity);
    expect(ids.has(block.id)).toBe(false);
    ids.add(block.id);
    for (let i = 0; i < block.count; i++) {
      const key = block.keyAt(i);
      expect(block.covers(key)).toBe(true);
      nodes.set(textOf(key), textOf(database.get(key)!));
    }
    fence = block.high;
  }
  expect(fence).toBeUndefined();
  return nodes;
}

/** A holder directory as rule R2 wants it: it knows every range whose content it saw, and hears of every change. */
class Holders implements BlockObserver {
  readonly ranges = new RangeIndex<{ id: number; low: Uint8Array; high: Uint8Array | undefined }>();
  readonly changes: string[] = [];

  hold(database: DatabaseStore): void {
    this.ranges.clear();
    for (const { id, low, high } of database.blocks()) this.ranges.insert({ id, low, high });
  }

  changed(): void {
    this.changes.push('changed');
  }

  split(
    _database: DatabaseStore,
    left: { low: Uint8Array },
    right: { id: number; low: Uint8Array; high: Uint8Array | undefined },
  ): void {
    const held = this.ranges.find(left.low)!;
    expect(held.high).toEqual(right.high);
    held.high = right.low;
    this.ranges.insert({ id: right.id, low: right.low, high: right.high });
  }

  merged(
    _database: DatabaseStore,
    into: { id: number; low: Uint8Array; high: Uint8Array | undefined },
    from: Uint8Array,
    to: Uint8Array | undefined,
  ): void {
    for (const dead of this.ranges.overlapping(from, to)) {
      expect(compareBytes(dead.low, from)).toBeGreaterThanOrEqual(0);
      this.ranges.remove(dead);
    }
    const held = this.ranges.find(into.low);
    if (held?.id === into.id) held.high = into.high;
    else this.ranges.insert({ id: into.id, low: into.low, high: into.high });
  }
}

const key = fc
  .tuple(fc.constantFrom('a', 'b', 'm'), fc.integer({ min: 0, max: 120 }))
  .map(([global, n]) => `${global}\u0001${String(n).padStart(3, '0')}`);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 100 }).map((n) => 'v'.repeat(n)) },
  { weight: 1, arbitrary: fc.integer({ min: 129, max: 3000 }).map((n) => 'L'.repeat(n)) },
);
const step = fc.oneof(
  { weight: 30, arbitrary: fc.record({ kind: fc.constant('set' as const), key, value }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fill' as const),
      global: fc.constantFrom('a', 'b', 'm'),
      value,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('zkill' as const), key }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('killRange' as const), key, to: key }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('kill' as const),
      global: fc.constantFrom('a', 'b', 'm'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('checkpoint' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

describe('a database', () => {
  it('equals a sorted Map under sets, kills, checkpoints and restarts, with small blocks and a tiny pool', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 80 }),
        fc.boolean(),
        fc.boolean(),
        (steps, isTiny, isSliced) => {
          const machine = new Machine({
            blockSize: BLOCK_SIZE,
            bufferPoolBytes: isTiny ? 1000 : 50_000,
            // Checkpoints that encode block by block, with changes in between.
            captureSliceBytes: isSliced ? 1 : Infinity,
          });
          let engine: StorageEngine = machine.start();
          let holders = new Holders();
          const watch = (): void => {
            holders = new Holders();
            holders.hold(engine.database(0));
            engine.database(0).observe(holders);
          };
          watch();
          const model = new Map<string, string>();
          const set = (k: string, v: string): void => {
            engine.apply({ kind: 'set', database: 0, key: utf8(k), value: utf8(v) });
            model.set(k, v);
          };
          for (const s of steps) {
            if (s.kind === 'set') set(s.key, s.value);
            else if (s.kind === 'fill') {
              for (let i = 0; i < 60; i++)
                set(`${s.global}\u0001${String(i * 2).padStart(3, '0')}`, s.value);
            } else if (s.kind === 'zkill') {
              engine.apply({ kind: 'zkill', database: 0, key: utf8(s.key) });
              model.delete(s.key);
            } else if (s.kind === 'killRange') {
              engine.apply({ kind: 'killRange', database: 0, from: utf8(s.key), to: utf8(s.to) });
              for (const k of [...model.keys()]) if (k >= s.key && k < s.to) model.delete(k);
            } else if (s.kind === 'kill') {
              engine.apply({ kind: 'kill', database: 0, key: utf8(`${s.global}\u0001`) });
              for (const k of [...model.keys()]) if (k.startsWith(s.global)) model.delete(k);
            } else if (s.kind === 'checkpoint') engine.checkpoint();
            else if (s.kind === 'turn') machine.clock.advance(0);
            else {
              engine.requestSync();
              machine.crash(() => 0);
              engine = machine.start();
              watch();
            }
          }
          const database = engine.database(0);
          const expected = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
          expect([...scan(database)]).toEqual(expected);
          // The observer's picture of the ranges is the database's.
          expect([...holders.ranges].map(({ id, low, high }) => ({ id, low, high }))).toEqual(
            [...database.blocks()].map(({ id, low, high }) => ({ id, low, high })),
          );
          // Backwards, and what lies on disk alone.
          const backwards: number[] = [];
          for (let b = database.blockBelow(undefined); ;) {
            backwards.unshift(b.id);
            const before = database.blockBefore(b);
            if (before === undefined) break;
            b = before;
          }
          expect(backwards).toEqual([...database.blocks()].map(({ id }) => id));
          engine.checkpoint();
          machine.clock.advance(0);
          expect(machine.pageCount).toBe(backwards.length);
          // No long value is left behind, none is missing (R13).
          const long = expected.filter(([, v]) => v.length > BLOCK_SIZE / 4).length;
          expect(machine.stores[0]!.longValueCount).toBe(long);
          machine.crash(() => 0);
          engine = machine.start();
          expect(engine.recovery.redone).toBe(0);
          expect([...scan(engine.database(0))]).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('kills a large subtree without reading its blocks (R14)', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE, bufferPoolBytes: 4000 });
    let engine = machine.start();
    const node = (global: string, i: number): Uint8Array =>
      utf8(`${global}\u0001${String(i).padStart(5, '0')}`);
    for (const global of ['a', 'b', 'c']) {
      for (let i = 0; i < 3000; i++) {
        engine.apply({ kind: 'set', database: 0, key: node(global, i), value: utf8('value') });
        if (i % 500 === 0) engine.checkpoint();
      }
    }
    engine.checkpoint();
    const pages = machine.pageCount;
    const database = engine.database(0);
    const reads = database.pageReads;
    engine.apply({ kind: 'kill', database: 0, key: utf8('b\u0001') });
    expect(database.pageReads - reads).toBeLessThanOrEqual(2);
    expect(scan(database).size).toBe(6000);
    engine.requestSync();
    machine.crash(() => 0);
    engine = machine.start();
    expect(scan(engine.database(0)).size).toBe(6000);
    engine.checkpoint();
    expect(machine.pageCount).toBeLessThan((pages * 2) / 3 + 3);
  });

  it('frees the long values of blocks that were detached unread, and of no living node', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE, bufferPoolBytes: 1000 });
    const engine = machine.start();
    const node = (i: number): Uint8Array => utf8(`b\u0001${String(i).padStart(5, '0')}`);
    for (let i = 0; i < 300; i++) {
      const value = 'x'.repeat(i % 10 === 0 ? 1000 : 40);
      engine.apply({ kind: 'set', database: 0, key: node(i), value: utf8(value) });
    }
    engine.checkpoint();
    expect(machine.stores[0]!.longValueCount).toBe(30);
    engine.apply({ kind: 'killRange', database: 0, from: node(55), to: node(255) });
    engine.apply({ kind: 'set', database: 0, key: node(100), value: utf8('y'.repeat(1000)) });
    engine.checkpoint();
    expect(machine.stores[0]!.longValueCount).toBe(6 + 4 + 1);
    expect(scan(engine.database(0)).size).toBe(55 + 45 + 1);
  });

  it('kills over blocks that do not fit into the pool together', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE, bufferPoolBytes: 1 });
    const engine = machine.start();
    const node = (i: number): Uint8Array => utf8(`b\u0001${String(i).padStart(5, '0')}`);
    for (let i = 0; i < 300; i++) {
      engine.apply({ kind: 'set', database: 0, key: node(i), value: utf8('value') });
    }
    engine.checkpoint();
    const pending: (() => void)[] = [];
    machine.stores[0]!.defer = (complete) => pending.push(complete);
    engine.apply({ kind: 'killRange', database: 0, from: node(5), to: node(255) });
    expect(scan(engine.database(0)).size).toBe(50);
    while (pending.length > 0) pending.shift()!();
    expect(scan(engine.database(0)).size).toBe(50);
  });

  it.each([44, 52, 60, 68])(
    'kills where a hole takes the last place in the pool, from node %i on',
    (first) => {
      const machine = new Machine({ blockSize: BLOCK_SIZE, bufferPoolBytes: BLOCK_SIZE });
      const engine = machine.start();
      const number = (n: number): string => String(n).padStart(3, '0');
      // What the first block's keys have in common, the hole's do not: it becomes a block of its own.
      const keys = ['b'.repeat(120), 'e'].flatMap((prefix) =>
        Array.from({ length: 120 }, (_, n) => prefix + number(n)),
      );
      const value = new Uint8Array(0);
      for (const key of keys) engine.apply({ kind: 'set', database: 0, key: utf8(key), value });
      engine.checkpoint();
      // Nothing of it is stored while it is looked at.
      for (const store of machine.stores) store!.defer = () => undefined;
      const [from, to] = [keys[first]!, keys[first + 120]!];
      engine.apply({ kind: 'killRange', database: 0, from: utf8(from), to: utf8(to) });
      const left = keys.filter((key) => key < from || key >= to);
      expect([...scan(engine.database(0)).keys()]).toEqual(left);
    },
  );

  it('an evicted block is memory no more: what is kept of it is empty, and using it fails', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE, bufferPoolBytes: 1 });
    const engine = machine.start();
    const node = (i: number): Uint8Array => utf8(`b\u0001${String(i).padStart(5, '0')}`);
    for (let i = 0; i < 300; i++)
      engine.apply({ kind: 'set', database: 0, key: node(i), value: utf8('value') });
    engine.checkpoint();
    const database = engine.database(0);
    const view = database.get(node(0))!;
    const block = database.blockFor(node(0));
    expect(textOf(view)).toBe('value');
    expect(block.find(node(0))).toBe(0);
    expect(textOf(database.get(node(299))!)).toBe('value');
    expect(view.length).toBe(0);
    expect(() => block.find(node(0))).toThrow('released');
    expect(() => block.keyAt(0)).toThrow('inside its block');
    expect(() => block.encode()).toThrow();
    const stale = database.get(node(0))!;
    expect(() => database.set(node(299), stale)).toThrow('no view');
    expect(textOf(database.get(node(0))!)).toBe('value');
  });

  it('a checkpoint gives its copies back when it is stored, and not before', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE });
    const engine = machine.start();
    const store = machine.stores[0]!;
    const handed: Uint8Array[] = [];
    const pending: (() => void)[] = [];
    store.defer = (complete) => pending.push(complete);
    const commit = store.commit.bind(store);
    store.commit = (batch, done) => {
      // Smaller ones have no memory of their own.
      for (const { bytes } of batch.pages) if (bytes.length > 64) handed.push(bytes);
      commit(batch, done);
    };
    for (let i = 0; i < 300; i++)
      engine.apply({ kind: 'set', database: 0, key: utf8(`b\u0001${i}`), value: utf8('value') });
    engine.checkpoint();
    expect(handed.length).toBeGreaterThan(10);
    expect(handed.every(({ length }) => length > 0)).toBe(true);
    while (pending.length > 0) pending.shift()!();
    expect(handed.every(({ length }) => length === 0)).toBe(true);
  });

  it('fills blocks when keys come in order', () => {
    const machine = new Machine();
    const engine = machine.start();
    for (let i = 0; i < 20_000; i++) {
      const key = utf8(`Account\u0001${String(i).padStart(7, '0')}`);
      engine.apply({ kind: 'set', database: 0, key, value: utf8('some value') });
    }
    const sizes = Array.from(engine.database(0).blocks(), (block) => block.byteLength);
    const used =
      sizes.reduce((sum, size) => sum + size, 0) / (sizes.length * engine.database(0).capacity);
    expect(used).toBeGreaterThan(0.8);
  });

  it('reports a damaged or missing page as <DAMAGED> and keeps the rest', () => {
    const machine = new Machine({ blockSize: BLOCK_SIZE });
    let engine = machine.start();
    for (let i = 0; i < 200; i++) {
      engine.apply({
        kind: 'set',
        database: 0,
        key: utf8(`k${String(i).padStart(3, '0')}`),
        value: utf8('value'),
      });
    }
    engine.checkpoint();
    machine.crash(() => 0);
    const store = machine.stores[0]!;
    const floor = store.floor.bind(store);
    let isDamaged = false;
    store.floor = (key) => {
      const page = floor(key);
      if (page !== undefined && isDamaged) page.bytes[40]! ^= 1;
      return page;
    };
    engine = machine.start();
    expect(textOf(engine.database(0).get(utf8('k000'))!)).toBe('value');
    isDamaged = true;
    expect(() => engine.database(0).get(utf8('k150'))).toThrow('<DAMAGED>');
    expect(textOf(engine.database(0).get(utf8('k000'))!)).toBe('value');
  });
});
