import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, utf8 } from '../base/bytes.ts';
import { RangeIndex, type Ranged } from './range-index.ts';

const range = (low: string, high: string | undefined): Ranged => ({
  low: utf8(low),
  high: high === undefined ? undefined : utf8(high),
});

describe('the range index', () => {
  it('finds the range that covers a key, and nothing in a gap', () => {
    const index = new RangeIndex<Ranged>();
    const first = range('b', 'd');
    const second = range('f', undefined);
    index.insert(second);
    index.insert(first);
    expect(index.find(utf8('b'))).toBe(first);
    expect(index.find(utf8('czzz'))).toBe(first);
    expect(index.find(utf8('d'))).toBeUndefined();
    expect(index.find(utf8('a'))).toBeUndefined();
    expect(index.find(utf8('zz'))).toBe(second);
    expect(index.overlapping(utf8('c'), utf8('f'))).toEqual([first]);
    expect(index.overlapping(utf8('a'), undefined)).toEqual([first, second]);
    expect(index.remove(first)).toBe(true);
    expect(index.remove(first)).toBe(false);
    expect(index.find(utf8('c'))).toBeUndefined();
  });

  it('answers as a sorted array does, with any keys', () => {
    const keys = fc.uint8Array({ maxLength: 9, max: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 700 }),
        keys,
        (steps, probe) => {
          // Leaves of few items: that they are halved, emptied and filed under keys that went is what is tried.
          const index = new RangeIndex<{ low: Uint8Array; high: Uint8Array | undefined }>(4);
          let model: { low: Uint8Array; high: Uint8Array | undefined }[] = [];
          for (const [low, adds] of steps) {
            const found = model.find((item) => compareBytes(item.low, low) === 0);
            if (adds && found === undefined) {
              const item = { low, high: undefined };
              model.push(item);
              index.insert(item);
            } else if (!adds && found !== undefined) {
              model = model.filter((item) => item !== found);
              expect(index.remove(found)).toBe(true);
            }
          }
          model.sort((a, b) => compareBytes(a.low, b.low));
          expect([...index]).toEqual(model);
          expect(index.size).toBe(model.length);
          for (const key of [probe, ...steps.slice(0, 100).map(([low]) => low)]) {
            expect(index.floor(key)).toBe(
              model.findLast((item) => compareBytes(item.low, key) <= 0),
            );
            expect(index.ceiling(key)).toBe(model.find((item) => compareBytes(item.low, key) >= 0));
            expect(index.below(key)).toBe(
              model.findLast((item) => compareBytes(item.low, key) < 0),
            );
          }
          expect(index.below(undefined)).toBe(model.at(-1));
          expect(model.map((item) => index.next(item))).toEqual(
            [...model.slice(1), undefined].slice(0, model.length),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stays ordered over many leaves, filled from either end or at random', () => {
    for (const order of [
      (i: number) => i,
      (i: number) => 4999 - i,
      (i: number) => (i * 3571) % 5000,
    ]) {
      const index = new RangeIndex<Ranged>();
      const name = (i: number): string => `account\u0001${String(i).padStart(6, '0')}`;
      for (let i = 0; i < 5000; i++) index.insert(range(name(order(i)), name(order(i) + 1)));
      for (let i = 0; i < 5000; i++)
        expect(index.find(utf8(`${name(i)}x`))?.low).toEqual(utf8(name(i)));
      for (let i = 0; i < 5000; i += 2) index.remove(index.find(utf8(name(i)))!);
      expect([...index].length).toBe(2500);
      expect(index.find(utf8(name(2)))).toBeUndefined();
      // Also where a leaf has lost its first range: the one before may have grown into its place.
      const wrong = Array.from({ length: 2499 }, (_, i) => 2 * i + 2).filter((i) => {
        const low = index.floor(utf8(name(i)))?.low;
        return low === undefined || compareBytes(low, utf8(name(i - 1))) !== 0;
      });
      expect(wrong).toEqual([]);
      expect(index.find(utf8(name(3)))).toBeDefined();
    }
  });
});
