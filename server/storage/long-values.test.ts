import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../base/bytes.ts';
import { parseKey } from '../globals/reference.ts';
import type { PageBatch, PageStore } from '../ports/page-store.ts';
import { BufferPool } from './buffer-pool.ts';
import { DatabaseStore } from './database-store.ts';
import { decodeDatabaseHeader, encodeDatabaseHeader } from './page.ts';
import { MemoryPageStore } from './testing/memory-disk.ts';

const KEY = parseKey('^x(1)');
const LONG = utf8('long '.repeat(1000));

function open(store: PageStore): DatabaseStore {
  const options = { number: 0, name: 'DATA', uuid: '0'.repeat(32), blockSize: 8192 };
  return new DatabaseStore({ ...options, isJournaled: true }, store, new BufferPool(1 << 20));
}

/** All that is to be stored, in one slice. */
function capture(database: DatabaseStore, position: number): PageBatch {
  database.beginCommit(position);
  return database.prepareCommit(Infinity)!;
}

function commitTo(store: PageStore, batch: PageBatch): void {
  store.commit(batch, (error) => expect(error).toBeUndefined());
}

/** A store that one start wrote, as `change` makes its last commit; and the id of the long value at KEY. */
function written(change: (batch: PageBatch) => PageBatch = (batch) => batch): {
  store: MemoryPageStore;
  id: number;
} {
  const store = new MemoryPageStore();
  const database = open(store);
  database.start(1);
  database.set(KEY, LONG);
  database.set(parseKey('^x(2)'), utf8('short'));
  commitTo(store, change(capture(database, 9)));
  return { store, id: store.longValuesAfter(0, 1)[0]! };
}

/** As version 1 wrote: no checksums of long values, and none spoken of. */
function asVersion1(batch: PageBatch): PageBatch {
  const header = decodeDatabaseHeader(batch.header);
  return {
    ...batch,
    longValues: batch.longValues.map(({ id, bytes }) => ({ id, bytes: bytes?.slice(0, -4) })),
    header: encodeDatabaseHeader({ ...header, checkedFrom: undefined }),
  };
}

describe('F-D5: a long value', () => {
  it('that is not what was stored is not served, while the rest is', () => {
    const { store, id } = written();
    const stored = store.longValue(id)!;
    for (const at of [0, 2500, stored.length - 1]) {
      const bad = stored.slice();
      bad[at]! ^= 1;
      const { store: damaged } = written((batch) => ({
        ...batch,
        longValues: [{ id, bytes: bad }],
      }));
      const database = open(damaged);
      expect(() => database.get(KEY)).toThrow(
        `<DAMAGED> DATA, long value ${id}: long value: its checksum is wrong`,
      );
      expect(() => database.readLong(id)).toThrow('<DAMAGED>');
      expect(database.get(parseKey('^x(2)'))).toEqual(utf8('short'));
    }
  });

  it('that is missing is damage of its block, which is named', () => {
    const { store } = written((batch) => ({ ...batch, longValues: [] }));
    expect(() => open(store).get(KEY)).toThrow(
      '<DAMAGED> DATA, block from the beginning on: a long value is missing',
    );
  });

  it('of a store of version 1 is read on; what comes later has a checksum, over the next start too', () => {
    const { store, id } = written(asVersion1);
    expect(store.longValue(id)).toEqual(LONG);
    const second = open(store);
    expect(second.get(KEY)).toEqual(LONG);
    second.start(4);
    second.set(parseKey('^y'), LONG);
    expect(second.get(KEY)).toEqual(LONG);
    commitTo(store, capture(second, 20));
    expect(decodeDatabaseHeader(store.header()!).checkedFrom).toBe(4);
    const third = open(store);
    third.start(6);
    expect([third.get(KEY), third.get(parseKey('^y'))]).toEqual([LONG, LONG]);
    const [, later] = store.longValuesAfter(0, 9);
    expect(store.longValue(later!)).toHaveLength(LONG.length + 4);
    commitTo(store, capture(third, 30));
    expect(decodeDatabaseHeader(store.header()!).checkedFrom).toBe(4);
  });
});

describe('F-D5: a damaged page', () => {
  it('is not served: the error names the database and the block', () => {
    const { store } = written((batch) => ({
      ...batch,
      pages: batch.pages.map(({ key, bytes }) => ({
        key,
        bytes: bytes.map((b, i) => (i === 40 ? b ^ 1 : b)),
      })),
    }));
    const database = open(store);
    expect(() => database.get(KEY)).toThrow(
      '<DAMAGED> DATA, block from the beginning on: page: its checksum is wrong',
    );
    database.start(2);
    expect(() => database.set(KEY, LONG)).toThrow('<DAMAGED>');
    // Nothing is stored that no node names.
    expect(capture(database, 10).longValues).toEqual([]);
  });
});
