import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, utf8 } from './bytes.ts';
import { KeyMap } from './key-map.ts';

const key = fc
  .uint8Array({ minLength: 0, maxLength: 3, max: 5 })
  .map((bytes) => Uint8Array.from(bytes));
const operation = fc.record({
  do: fc.constantFrom('set', 'set', 'set', 'delete', 'get', 'ceiling', 'below'),
  key,
});

/** The same as a sorted array of pairs. */
class Model {
  entries: [Uint8Array, number][] = [];
  at(wanted: Uint8Array): number {
    return this.entries.findIndex(([present]) => compareBytes(present, wanted) === 0);
  }
  set(wanted: Uint8Array, value: number): void {
    const index = this.at(wanted);
    if (index >= 0) this.entries[index]![1] = value;
    else this.entries.push([wanted, value]);
    this.entries.sort(([a], [b]) => compareBytes(a, b));
  }
}

describe('KeyMap', () => {
  test('behaves as a sorted array', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const map = new KeyMap<number>();
        const model = new Model();
        for (const [i, { do: what, key: wanted }] of operations.entries()) {
          const index = model.at(wanted);
          if (what === 'set') {
            map.set(wanted, i);
            model.set(wanted, i);
          } else if (what === 'delete') {
            expect(map.delete(wanted)).toBe(index >= 0);
            if (index >= 0) model.entries.splice(index, 1);
          } else if (what === 'get') {
            expect(map.get(wanted)).toBe(model.entries[index]?.[1]);
          } else if (what === 'ceiling') {
            expect(map.ceiling(wanted)).toEqual(
              model.entries.find(([k]) => compareBytes(k, wanted) >= 0),
            );
          } else {
            expect(map.below(wanted)).toEqual(
              model.entries.findLast(([k]) => compareBytes(k, wanted) < 0),
            );
          }
          expect(map.size).toBe(model.entries.length);
        }
        expect([...map.entries()]).toEqual(model.entries);
      }),
    );
  });

  test.each([
    ['ascending', (i: number) => i],
    ['descending', (i: number) => 2000 - i],
    ['scattered', (i: number) => (i * 7919) % 2003],
  ])('keeps thousands of keys in order, inserted %s, and loses none', (_name, at) => {
    const map = new KeyMap<number>();
    const name = (i: number): Uint8Array => utf8(String(at(i)).padStart(6, '0'));
    for (let i = 0; i < 2000; i++) map.set(name(i), i);
    expect(map.size).toBe(2000);
    const keys = [...map.entries()].map(([present]) => present);
    expect(keys).toEqual([...keys].sort(compareBytes));
    for (let i = 0; i < 2000; i++) expect(map.get(name(i))).toBe(i);
    for (let i = 0; i < 2000; i += 2) expect(map.delete(name(i))).toBe(true);
    for (let i = 0; i < 2000; i++) expect(map.get(name(i))).toBe(i % 2 === 0 ? undefined : i);
    map.clear();
    expect(map.size).toBe(0);
    expect(map.ceiling(new Uint8Array(0))).toBeUndefined();
  });
});
