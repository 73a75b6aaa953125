/** F-D5: sizes: a database that may take no more refuses what would; sparse blocks are merged. */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { encodeKey } from '../globals/key.ts';
import { LOWEST_KEY } from './block.ts';
import { LOCAL, type StorageEngine } from './engine.ts';
import { IntegrityCheck } from './integrity/integrity-check.ts';
import { someOf } from '../../test/support/sweep.ts';
import { areMachinesEncrypted, Machine } from './testing/machine.ts';
import { seededRandom } from './testing/manual-clock.ts';

const key = (...subscripts: (string | number)[]): Uint8Array => encodeKey('G', subscripts);
const KIB = 1024;

function set(engine: StorageEngine, at: number, length: number): void {
  engine.apply({ kind: 'set', database: 0, key: key(at), value: utf8('v'.repeat(length)) });
}

/** Sets nodes from `first` on until there is no room; the number of the one that was refused. */
function fill(engine: StorageEngine, first: number, length = 1000): number {
  for (let at = first; ; at++) {
    try {
      set(engine, at, length);
    } catch (error) {
      if (!isEcpError(error, 'FILEFULL')) throw error;
      expect(error.retry).toBe('same');
      expect(error.message).toBe(`<FILEFULL> DATA may take ${512 * KIB} bytes on disk`);
      return at;
    }
  }
}

describe('F-D5: a database with a maxSize', () => {
  it('refuses what would need more, changes nothing, and never takes more', () => {
    const machine = new Machine();
    const engine = machine.start();
    engine.database(0).room.maxBytes = 512 * KIB;
    let full = fill(engine, 0);
    // The checkpoint that followed settled what was dirty: it is full for good when that brings nothing more.
    for (let last = -1; last !== full;) {
      last = full;
      engine.checkpoint();
      full = fill(engine, full);
    }
    expect(engine.database(0).get(key(full))).toBeUndefined();
    engine.checkpoint();
    const { usedBytes } = engine.database(0).room.usage;
    expect(usedBytes).toBeLessThanOrEqual(512 * KIB);
    expect(usedBytes).toBeGreaterThan(460 * KIB);
  });

  it('takes kills and reads when it is full, and then changes again', () => {
    const engine = new Machine().start();
    engine.database(0).room.maxBytes = 512 * KIB;
    const full = fill(engine, 0);
    expect(textOf(engine.database(0).get(key(0))!)).toHaveLength(1000);
    engine.apply({ kind: 'killRange', database: 0, from: key(0), to: key(full) });
    engine.apply({ kind: 'zkill', database: 0, key: key(full) });
    engine.checkpoint();
    set(engine, 1, 1000);
    expect(fill(engine, 2)).toBeGreaterThan(full / 2);
  });

  it('refuses a long value and an increment that do not fit, also in a transaction, and rolls back', () => {
    const engine = new Machine().start();
    engine.database(0).room.maxBytes = 512 * KIB;
    set(engine, 0, 10);
    const open = engine.transactions.begin(LOCAL, 1);
    const change = (value: string) =>
      ({ kind: 'set', database: 0, key: key(0), value: utf8(value) }) as const;
    engine.transactions.apply(open, change('in a transaction'), LOCAL, LOCAL);
    const long = change('x'.repeat(600 * KIB));
    expect(() => engine.transactions.apply(open, long, LOCAL, LOCAL)).toThrow('<FILEFULL>');
    expect(() => engine.apply(long)).toThrow('<FILEFULL>');
    fill(engine, 1);
    const increment = { kind: 'increment', database: 0, key: key('n'), by: utf8('1') } as const;
    engine.database(0).room.maxBytes = 8 * KIB;
    expect(() => engine.apply(increment)).toThrow('<FILEFULL>');
    expect(engine.database(0).get(key('n'))).toBeUndefined();
    engine.transactions.compensate(open, change('restored'), { place: open.top, left: undefined });
    expect(textOf(engine.database(0).get(key(0))!)).toBe('restored');
    engine.database(0).room.maxBytes = undefined;
    engine.apply(increment);
  });
});

describe('F-D5: a compaction', () => {
  const seeds = [1, 2, 3];
  it.each(areMachinesEncrypted() ? someOf(seeds) : seeds)(
    'merges sparse blocks, and leaves every node as it was (seed %i)',
    (seed) => {
      const machine = new Machine({ bufferPoolBytes: 200_000, checkpointJournalBytes: 100_000 });
      const engine = machine.start();
      const random = seededRandom(seed);
      const expected = new Map<number, number>();
      for (let n = 0; n < 4000; n++) {
        const at = Math.floor(random.next() * 100_000);
        const length = Math.floor(random.next() * 400);
        set(engine, at, length);
        expected.set(at, length);
      }
      for (const at of [...expected.keys()]) {
        if (random.next() < 0.25) continue;
        engine.apply({ kind: 'zkill', database: 0, key: key(at) });
        expected.delete(at);
      }
      const database = engine.database(0);
      const count = (): number => [...database.blocks()].length;
      const before = count();
      let place: Uint8Array | undefined = LOWEST_KEY;
      let steps = 0;
      while (place !== undefined) {
        place = engine.compactAt(database, place);
        steps++;
      }
      expect(steps).toBeLessThanOrEqual(2 * before);
      expect(count()).toBeLessThan(before * 0.75);
      let fill = 0;
      for (const block of database.blocks()) fill += block.byteLength;
      expect(fill / (count() * database.capacity)).toBeGreaterThan(0.6);
      for (const [at, length] of expected) expect(database.get(key(at))!).toHaveLength(length);
      engine.checkpoint();
      const store = machine.openData()!;
      const { overheadBytes } = store;
      const check = new IntegrityCheck({
        journal: undefined,
        databases: [{ name: 'DATA', overheadBytes, open: () => store.snapshot() }],
      });
      check.advance(Infinity);
      expect(check.findings.list).toEqual([]);
      expect(check.databases.get('DATA')).toMatchObject({ nodes: expected.size, blocks: count() });
    },
  );
});
