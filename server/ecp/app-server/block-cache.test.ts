import { describe, expect, test } from '@jest/globals';
import { textOf, utf8 } from '../../base/bytes.ts';
import { parseKey } from '../../globals/reference.ts';
import { subtreeEnd } from '../../globals/key.ts';
import { Block } from '../../storage/block.ts';
import { BlockCache, CacheSpace } from './block-cache.ts';

const key = parseKey;
const EMPTY = new Uint8Array(0);

function blockOf(
  low: string | undefined,
  high: string | undefined,
  nodes: Readonly<Record<string, string>>,
): Uint8Array {
  const block = Block.empty(
    1,
    low === undefined ? EMPTY : key(low),
    high === undefined ? undefined : key(high),
    8160,
  );
  for (const [reference, value] of Object.entries(nodes)) {
    const at = key(reference);
    expect(block.set(at, at.length, utf8(value))).toBe(true);
  }
  return block.encode();
}

function read(space: CacheSpace, reference: string): string | undefined {
  const copy = space.find(key(reference));
  if (copy === undefined) return 'miss';
  const place = copy.block.find(key(reference));
  return place < 0 ? undefined : textOf(copy.block.valueAt(place));
}

function make(bytesMax = 1_000_000): { cache: BlockCache; space: CacheSpace } {
  const cache = new BlockCache(bytesMax);
  return { cache, space: new CacheSpace(cache, 8192) };
}

describe('BlockCache', () => {
  test('answers what is there and what is absent in a block’s range, and knows what it cannot', () => {
    const { space } = make();
    space.insert(blockOf('^x(1)', '^x(9)', { '^x(2)': 'two' }));
    expect(read(space, '^x(2)')).toBe('two');
    expect(read(space, '^x(3)')).toBeUndefined();
    expect(read(space, '^x(9)')).toBe('miss');
    expect(read(space, '^x')).toBe('miss');
  });

  test('R2: where ranges overlap the newer block wins', () => {
    const { cache, space } = make();
    space.insert(blockOf('^x(1)', '^x(5)', { '^x(2)': 'old' }));
    space.insert(blockOf('^x(5)', '^x(9)', { '^x(6)': 'old' }));
    space.insert(blockOf('^x(3)', '^x(7)', { '^x(4)': 'new' }));
    expect([space.count, cache.count]).toEqual([1, 1]);
    expect(read(space, '^x(4)')).toBe('new');
    expect(read(space, '^x(2)')).toBe('miss');
    expect(read(space, '^x(8)')).toBe('miss');
  });

  test('R2: an invalidation drops all that intersects its range, and nothing else', () => {
    const { space } = make();
    for (const [low, high] of [
      ['^x(1)', '^x(3)'],
      ['^x(3)', '^x(5)'],
      ['^x(5)', '^x(7)'],
    ] as const)
      space.insert(blockOf(low, high, {}));
    expect(space.invalidate(key('^x(4)'), key('^x(5)'))).toBe(1);
    expect([read(space, '^x(1)'), read(space, '^x(4)'), read(space, '^x(5)')]).toEqual([
      undefined,
      'miss',
      undefined,
    ]);
    expect(space.invalidate(EMPTY, undefined)).toBe(2);
  });

  test('holds to its bound; what was read since the last sweep stays once more', () => {
    const { cache, space } = make(20_000);
    const hot = blockOf('^x(0)', '^x(1)', { '^x(0)': 'hot' });
    space.insert(hot.slice());
    let misses = 0;
    for (let i = 1; i < 200; i++) {
      space.insert(blockOf(`^x(${i})`, `^x(${i + 1})`, { [`^x(${i})`]: 'v'.repeat(500) }));
      expect(cache.bytes).toBeLessThanOrEqual(20_000);
      if (read(space, '^x(0)') === 'hot') continue;
      misses++;
      space.insert(hot.slice());
    }
    // Once a sweep at most: about every 20 blocks here.
    expect(misses).toBeLessThanOrEqual(10);
    expect(cache.evictions).toBeGreaterThan(150);
    cache.resize(1);
    expect(cache.count).toBe(1);
  });

  test('several spaces share one bound', () => {
    const { cache, space } = make(10_000);
    const other = new CacheSpace(cache, 8192);
    for (let i = 0; i < 50; i++) {
      space.insert(blockOf(`^x(${i})`, `^x(${i + 1})`, { [`^x(${i})`]: 'v'.repeat(500) }));
      other.insert(blockOf(`^x(${i})`, `^x(${i + 1})`, { [`^x(${i})`]: 'v'.repeat(500) }));
    }
    expect(cache.bytes).toBeLessThanOrEqual(10_000);
    expect(space.count + other.count).toBe(cache.count);
    expect(space.count).toBeGreaterThan(0);
    expect(other.count).toBeGreaterThan(0);
  });

  test('own changes are applied to copies: set, zkill, kill', () => {
    const { space } = make();
    space.insert(blockOf('^x(1)', '^x(5)', { '^x(2)': 'a', '^x(3)': 'b', '^x(3,1)': 'c' }));
    space.insert(blockOf('^x(5)', undefined, { '^x(6)': 'd' }));
    space.applySet(key('^x(2)'), utf8('changed'));
    space.applySet(key('^x(4)'), utf8('new'));
    space.applyZkill(key('^x(3)'));
    expect(['^x(2)', '^x(3)', '^x(3,1)', '^x(4)'].map((at) => read(space, at))).toEqual([
      'changed',
      undefined,
      'c',
      'new',
    ]);
    space.applyKill(key('^x'), subtreeEnd(key('^x')));
    expect(['^x(2)', '^x(3,1)', '^x(6)'].map((at) => read(space, at))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    space.applySet(key('^a'), utf8('not cached'));
    expect(read(space, '^a')).toBe('miss');
  });

  test('R12: a copy that outgrows twice the block size is split; every node stays', () => {
    const { cache, space } = make();
    space.insert(blockOf(undefined, undefined, {}));
    for (let i = 0; i < 1000; i++)
      space.applySet(key(`^x(${(i * 617) % 1000})`), utf8('v'.repeat(40)));
    expect(space.count).toBeGreaterThan(2);
    for (let i = 0; i < 1000; i++) expect(read(space, `^x(${i})`)).toBe('v'.repeat(40));
    for (let i = 0; i < 1000; i += 50)
      expect(space.find(key(`^x(${i})`))!.block.byteLength).toBeLessThanOrEqual(2 * 8192);
    space.flush();
    expect([cache.count, cache.bytes]).toEqual([0, 0]);
  });

  test('R13: a value that belongs outside its block is not taken into a copy: the copy goes', () => {
    const { space } = make();
    space.insert(blockOf(undefined, undefined, { '^x(1)': 'a' }));
    space.applySet(key('^x(2)'), utf8('v'.repeat(2049)));
    expect(read(space, '^x(2)')).toBe('miss');
  });

  test('long values count while their block is cached, and go with it', () => {
    const { cache, space } = make();
    space.insert(blockOf(undefined, undefined, { '^x(1)': 'a' }));
    const before = cache.bytes;
    const copy = space.find(key('^x(1)'))!;
    space.keepLongValue(copy, 7, new Uint8Array(100_000));
    expect(cache.bytes).toBe(before + 100_000);
    // A change of the block must not forget them in the sum.
    space.applySet(key('^x(2)'), utf8('v'.repeat(1000)));
    expect(cache.bytes).toBeGreaterThanOrEqual(before + 100_000);
    space.flush();
    expect(cache.bytes).toBe(0);
    // One that arrives when its block has gone counts nowhere.
    space.keepLongValue(copy, 8, new Uint8Array(100_000));
    expect(cache.bytes).toBe(0);
  });

  test('long values hold to the bound, too', () => {
    const { cache, space } = make(1_000_000);
    for (let i = 0; i < 50; i++) {
      space.insert(blockOf(`^x(${i})`, `^x(${i + 1})`, { [`^x(${i})`]: 'v' }));
      space.keepLongValue(space.find(key(`^x(${i})`))!, i, new Uint8Array(100_000));
      expect(cache.bytes).toBeLessThanOrEqual(1_000_000);
    }
  });

  test('bytes of a hostile server are DAMAGED, and leave what was there', () => {
    const { space } = make();
    space.insert(blockOf(undefined, undefined, { '^x(1)': 'a' }));
    expect(() => space.insert(new Uint8Array(64))).toThrow(/<DAMAGED>/);
    expect(read(space, '^x(1)')).toBe('a');
  });
});
