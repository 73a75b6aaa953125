import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '../../base/bytes.ts';
import { CONNECTIONS_MAX } from '../../base/limits.ts';
import { Directory } from './directory.ts';

const A = utf8('a');
const F = utf8('f');
const M = utf8('m');

function told(directory: Directory, low: Uint8Array, writer: number): number[] {
  const slots: number[] = [];
  directory.invalidateOthers(low, writer, (slot) => slots.push(slot));
  return slots.sort((a, b) => a - b);
}

describe('Directory', () => {
  test('R2: a change is told to every other holder once, and clears their bits; the writer keeps its own', () => {
    const directory = new Directory();
    for (const slot of [0, 31, 32, 63, 64, CONNECTIONS_MAX - 1]) directory.hold(A, slot);
    expect(told(directory, A, 32)).toEqual([0, 31, 63, 64, CONNECTIONS_MAX - 1]);
    expect(told(directory, A, 32)).toEqual([]);
    expect(directory.holds(A, 32)).toBe(true);
    expect(directory.holds(A, 0)).toBe(false);
    expect(told(directory, A, -1)).toEqual([32]);
    expect(directory.size).toBe(0);
  });

  test('R2: a split copies holders to both halves', () => {
    const directory = new Directory();
    directory.hold(A, 3);
    directory.hold(A, 200);
    directory.split(A, F);
    expect(told(directory, F, -1)).toEqual([3, 200]);
    // Independent of each other.
    expect(told(directory, A, -1)).toEqual([3, 200]);
    directory.split(M, F);
    expect(directory.size).toBe(0);
  });

  test('R2: a merge unites the holders of all blocks of the range', () => {
    const directory = new Directory();
    directory.hold(A, 1);
    directory.hold(F, 2);
    directory.hold(M, 3);
    directory.merge(A, F, M);
    expect(directory.holds(F, 2)).toBe(false);
    expect(told(directory, A, -1)).toEqual([1, 2]);
    expect(told(directory, M, -1)).toEqual([3]);
    directory.hold(M, 4);
    directory.merge(A, F, undefined);
    expect(told(directory, A, -1)).toEqual([4]);
  });

  test('a slot that is given to another is forgotten everywhere', () => {
    const directory = new Directory();
    directory.hold(A, 1);
    directory.hold(F, 1);
    directory.hold(F, 2);
    directory.forget(1);
    expect(directory.size).toBe(1);
    expect(told(directory, F, -1)).toEqual([2]);
  });

  test('R2: whatever splits and merges come, nobody who holds a part of a block is missed', () => {
    const step = fc.record({
      do: fc.constantFrom('hold', 'hold', 'split', 'merge', 'change'),
      at: fc.integer({ min: 0, max: 25 }),
      slot: fc.integer({ min: 0, max: 70 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const directory = new Directory();
        // Blocks by their lows, a letter each; the copies that slots hold, as ranges of letters.
        let lows = [0];
        const copies: { slot: number; from: number; to: number }[] = [];
        const low = (at: number): number => lows.findLast((l) => l <= at)!;
        const high = (at: number): number => lows.find((l) => l > at) ?? 26;
        const key = (at: number): Uint8Array => (at === 0 ? new Uint8Array(0) : Uint8Array.of(at));
        for (const { do: what, at, slot } of steps) {
          if (what === 'hold') {
            directory.hold(key(low(at)), slot);
            copies.push({ slot, from: low(at), to: high(at) });
          } else if (what === 'split' && !lows.includes(at)) {
            directory.split(key(low(at)), key(at));
            lows = [...lows, at].sort((a, b) => a - b);
          } else if (what === 'merge' && low(at) > 0) {
            const right = low(at);
            const left = low(right - 1);
            const end = high(at);
            directory.merge(key(left), key(right), end === 26 ? undefined : key(end));
            lows = lows.filter((l) => l !== right);
          } else if (what === 'change') {
            const heard = new Set(told(directory, key(low(at)), -1));
            const [from, to] = [low(at), high(at)];
            const isIn = (copy: { from: number; to: number }): boolean =>
              copy.from < to && copy.to > from;
            for (const copy of copies)
              if (copy.from <= at && at < copy.to) expect(heard).toContain(copy.slot);
            // Whoever hears drops all that intersects the block's present range.
            for (let i = copies.length - 1; i >= 0; i--)
              if (heard.has(copies[i]!.slot) && isIn(copies[i]!)) copies.splice(i, 1);
          }
        }
      }),
    );
  });
});
