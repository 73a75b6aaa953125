import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { Block, encodeLongStub } from './block.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const key = (text: string): Uint8Array => utf8(text);

function put(block: Block, k: string, value: string): boolean {
  return block.set(key(k), k.length, utf8(value));
}

function content(block: Block): [string, string][] {
  return Array.from({ length: block.count }, (_, i) => [
    Buffer.from(block.keyAt(i)).toString(),
    block.textAt(i),
  ]);
}

describe('a block', () => {
  it('finds nodes in memcmp order and tells where an absent one would stand', () => {
    const block = Block.empty(1, key('a'), key('z'), 1000);
    for (const k of ['m', 'b', 'ma', 'c']) expect(put(block, k, `value of ${k}`)).toBe(true);
    expect(content(block).map(([k]) => k)).toEqual(['b', 'c', 'm', 'ma']);
    expect(block.find(key('m'))).toBe(2);
    expect(block.find(key('d'))).toBe(-3);
    expect(block.find(key('mab'), 2)).toBe(3);
    expect(block.position(key('A'))).toBe(0);
    expect(block.position(key('zz'))).toBe(4);
  });

  it('covers its half-open range only', () => {
    const block = Block.empty(1, key('b'), key('d'), 1000);
    expect(['a', 'b', 'bz', 'cz', 'd'].map((k) => block.covers(key(k)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(block.covers(key('dx'), 1)).toBe(false);
    expect(Block.empty(1, key('b'), undefined, 1000).covers(key('\x7f'))).toBe(true);
  });

  it('refuses a node that does not fit, unchanged', () => {
    const block = Block.empty(1, key('a'), undefined, 120);
    expect(put(block, 'b', 'x'.repeat(80))).toBe(true);
    const before = hex(block.encode());
    expect(put(block, 'c', 'x'.repeat(20))).toBe(false);
    expect(put(block, 'b', 'x'.repeat(101))).toBe(false);
    expect(hex(block.encode())).toBe(before);
    expect(put(block, 'b', 'y'.repeat(90))).toBe(true);
  });

  it('has stable bytes (golden)', () => {
    const block = Block.empty(7, key('abc'), key('abx'), 1000);
    put(block, 'abd', 'two');
    put(block, 'abc', 'one');
    block.set(key('abe'), 3, encodeLongStub({ id: 5, length: 70000 }), true);
    expect(hex(block.encode())).toBe(
      '01000300' +
        '03000300' +
        '3c000000' +
        '0700000000000000' +
        '616263' +
        '616278' +
        '010003006' +
        '36f6e65' +
        '010003006474776f' +
        '01800c0065' +
        '050000000000000070110100' +
        '00' +
        '150011000d00',
    );
  });

  it('survives encoding and decoding, empty, fenced or open', () => {
    const block = Block.empty(2 ** 40 + 1, key('abc'), undefined, 4000);
    expect(content(Block.decode(block.encode()))).toEqual([]);
    for (let i = 0; i < 50; i++) put(block, `abd${(i * 37) % 50}`, `v${i}`);
    block.removeAt(3);
    const copy = Block.decode(block.encode(), 4000);
    expect(content(copy)).toEqual(content(block));
    expect([copy.id, copy.high, copy.byteLength]).toEqual([block.id, undefined, block.byteLength]);
    expect(hex(copy.encode())).toBe(hex(block.encode()));
    expect(put(copy, 'abe', 'more')).toBe(true);
  });

  it('keeps long values as stubs', () => {
    const block = Block.empty(1, key('a'), key('b'), 400);
    block.set(key('ax'), 2, encodeLongStub({ id: 2 ** 45, length: 3_000_000 }), true);
    expect(block.isLong(0)).toBe(true);
    expect(block.longAt(0)).toEqual({ id: 2 ** 45, length: 3_000_000 });
    put(block, 'ax', 'twelve bytes');
    expect(block.isLong(0)).toBe(false);
  });

  it('splits into halves that together are the whole, and merges back', () => {
    const block = Block.empty(1, key('account1'), key('account9'), 2000);
    for (let i = 0; i < 40; i++) put(block, `account1${String(i).padStart(2, '0')}`, `v${i}`);
    const before = content(block);
    const right = block.split(2);
    expect([...content(block), ...content(right)]).toEqual(before);
    expect(block.high).toEqual(right.low);
    expect(Math.abs(block.byteLength - right.byteLength)).toBeLessThan(200);
    expect(block.absorb(right)).toBe(true);
    expect(content(block)).toEqual(before);
    expect(block.high).toEqual(key('account9'));
  });

  it('does not merge beyond its capacity', () => {
    const left = Block.empty(1, key('a'), key('m'), 200);
    const right = Block.empty(2, key('m'), key('z'), 200);
    put(left, 'b', 'x'.repeat(100));
    put(right, 'n', 'x'.repeat(100));
    expect(left.absorb(right)).toBe(false);
    expect([left.count, right.count]).toEqual([1, 1]);
  });

  it('refuses hostile bytes with <DAMAGED>, whatever byte is changed, or reads what is still a valid block', () => {
    const block = Block.empty(1, key('abc'), key('abx'), 1000);
    for (const k of ['abc1', 'abd', 'abe']) put(block, k, `value ${k}`);
    block.set(key('abf'), 3, encodeLongStub({ id: 5, length: 70000 }), true);
    const good = block.encode();
    for (let at = 0; at < good.length; at++) {
      for (const change of [1, 0x80, 0xff]) {
        const bad = good.slice();
        bad[at] = bad[at]! ^ change;
        try {
          const read = Block.decode(bad);
          for (let i = 0; i < read.count; i++) expect(read.covers(read.keyAt(i))).toBe(true);
        } catch (error) {
          expect(isEcpError(error, 'DAMAGED')).toBe(true);
        }
      }
    }
    for (let length = 0; length < good.length; length++) {
      expect(() => Block.decode(good.slice(0, length))).toThrow('<DAMAGED>');
    }
  });

  it('behaves like a sorted Map under any sequence of changes', () => {
    const keys = fc.stringMatching(/^k[a-d]{0,5}$/);
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        key: keys,
        value: fc.string({ maxLength: 60 }),
      }),
      fc.record({ kind: fc.constant('remove' as const), key: keys }),
      fc.record({ kind: fc.constant('range' as const), key: keys, to: keys }),
      fc.record({ kind: fc.constant('recode' as const) }),
      fc.record({ kind: fc.constant('split' as const), key: keys }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let block = Block.empty(1, key('k'), key('l'), 500);
        const model = new Map<string, string>();
        for (const s of steps) {
          if (s.kind === 'set') {
            if (put(block, s.key, s.value)) model.set(s.key, s.value);
          } else if (s.kind === 'remove') {
            const index = block.find(key(s.key));
            expect(index >= 0).toBe(model.delete(s.key));
            if (index >= 0) block.removeAt(index);
          } else if (s.kind === 'range') {
            block.removeRange(key(s.key), key(s.to));
            for (const k of [...model.keys()]) if (k >= s.key && k < s.to) model.delete(k);
          } else if (s.kind === 'recode') {
            block = Block.decode(block.encode(), 500);
          } else if (s.key !== 'k') {
            const right = block.split(2, key(s.key));
            expect(block.absorb(right)).toBe(true);
          }
          expect(block.byteLength).toBe(block.encode().length);
          expect(block.byteLength).toBeLessThanOrEqual(500);
        }
        expect(content(block)).toEqual([...model].sort(([a], [b]) => compareBytes(key(a), key(b))));
      }),
      { numRuns: 300 },
    );
  });
});
