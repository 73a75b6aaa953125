import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOfHex, ByteWriter, compareBytes, hexOf, utf8 } from '../../base/bytes.ts';
import { encodeNode, type IndexEntry, IndexNode, NODE_BYTES_MAX, NodeSize } from './index-node.ts';
import { findEntry, type IndexChanges, type IndexRoot, updateIndex } from './page-index.ts';
import type { Seal } from './sealer.ts';

const era = (n: number) => ({
  fingerprint: '0102030405060708',
  salt: String(n).padStart(32, '0'),
});
const text = (seal: Seal): string => `${seal.era.salt}-${seal.counter}`;

/** An index and the nodes that are stored. */
class Tree {
  readonly nodes = new Map<string, IndexNode>();
  root: IndexRoot | undefined;
  pages = 0;
  #counter = 0;

  readonly ports = {
    read: (seal: Seal): IndexNode => {
      const node = this.nodes.get(text(seal));
      if (node === undefined) throw new Error('a freed node is read');
      return node;
    },
    write: (bytes: Uint8Array): Seal => {
      expect(bytes.length).toBeLessThanOrEqual(NODE_BYTES_MAX);
      const seal = this.seal();
      this.nodes.set(text(seal), IndexNode.decode(bytes));
      return seal;
    },
  };

  /** Every few another era, as if the process had been started again. */
  seal(): Seal {
    this.#counter++;
    return { era: era(Math.floor(this.#counter / 50)), counter: this.#counter };
  }

  update(removed: IndexChanges['removed'], lows: readonly Uint8Array[]): Map<string, Seal> {
    const sorted = [...lows].sort(compareBytes);
    const puts = sorted.map((low): IndexEntry => ({ low, seal: this.seal() }));
    const update = updateIndex(this.ports, this.root, { removed, puts });
    this.root = update.root;
    this.pages += update.gained;
    for (const seal of update.freedNodes) expect(this.nodes.delete(text(seal))).toBe(true);
    return new Map(update.freedPages.map((seal) => [text(seal), seal]));
  }

  /** All entries, with the structure checked on the way. */
  entries(): IndexEntry[] {
    let reached = 0;
    const visit = (seal: Seal, level: number): IndexEntry[] => {
      reached++;
      const node = this.ports.read(seal);
      expect(node.level).toBe(level);
      if (level === 0) return node.entries();
      return node.entries().flatMap(({ low, seal: child }) => {
        const entries = visit(child, level - 1);
        expect(entries[0]!.low).toEqual(low);
        return entries;
      });
    };
    const entries = this.root === undefined ? [] : visit(this.root.seal, this.root.level);
    expect(reached).toBe(this.nodes.size);
    expect(entries.length).toBe(this.pages);
    return entries;
  }
}

describe('F-D6: a node of the index', () => {
  const entries: IndexEntry[] = ['ab', 'abc', 'abd'].map((low, i) => ({
    low: utf8(low),
    seal: { era: era(i >>> 1), counter: 256 + i },
  }));

  it('has stable bytes (golden)', () => {
    expect(hexOf(encodeNode(1, entries))).toBe(
      '0101030002000200' +
        '010203040506070800000000000000000000000000000000' +
        '010203040506070800000000000000000000000000000001' +
        '6162' +
        '0000000000010000' +
        '010000000101000063' +
        '010001000201000064' +
        '3a0042004b00',
    );
  });

  it('finds what it holds', () => {
    const node = IndexNode.decode(encodeNode(1, entries));
    expect(node.entries()).toEqual(entries);
    expect(NodeSize.of(entries)).toBe(node.byteLength);
    for (const key of ['', 'a', 'aa', 'ab', 'aba', 'abc', 'abcc', 'abd', 'abe', 'b'].map(utf8)) {
      const below = entries.filter(({ low }) => compareBytes(low, key) < 0).length;
      const upTo = entries.filter(({ low }) => compareBytes(low, key) <= 0).length;
      expect([node.position(key, false), node.position(key, true)]).toEqual([below, upTo]);
    }
    expect(node.position(undefined, false)).toBe(3);
  });

  it('is refused wherever it does not add up', () => {
    const good = hexOf(encodeNode(0, entries));
    const broken: [string, string][] = [
      [`02${good.slice(2)}`, 'version 2'],
      [`0110${good.slice(4)}`, 'a level of 16'],
      [`01010000${good.slice(8)}`, 'no entries'],
      [good.replace('0100010002010000', '0100020002010000'), 'an unknown era'],
      [good.replace('0200020001020304', '0200ff0301020304'), 'bytes wanted'],
      [good.replace('64', '63'), 'lows out of order'],
      [good.replace('3a00', '3b00'), 'an entry that is not where'],
      [`${good}00`, '1 bytes too many'],
      [`${good}${'00'.repeat(NODE_BYTES_MAX)}`, 'bytes are too many'],
    ];
    for (const [bytes, why] of broken)
      expect(() => IndexNode.decode(bytesOfHex(bytes))).toThrow(why);
  });

  it('is refused where it is not the one way to say what it says', () => {
    const header = (count: number, eras: number, prefix: number): string =>
      hexOf(new ByteWriter().u8(1).u8(0).u16(count).u16(eras).u16(prefix).view());
    const first = '0102030405060708' + '00'.repeat(16);
    const other = '0102030405060708' + '00'.repeat(15) + '01';
    // A length, an era, a counter, a suffix.
    const entry = (inEra: number, suffix: string): string =>
      `0${suffix.length / 2}000${inEra}0001000000${suffix}`;
    const broken: [string, string][] = [
      [`${header(1, 1, 1)}${first}61${entry(0, '62')}2100`, 'a prefix that is not all'],
      [`${header(2, 1, 0)}${first}${entry(0, '61')}${entry(0, '6162')}20002900`, 'a prefix that'],
      [
        `${header(2, 2, 0)}${first}${first}${entry(0, '61')}${entry(1, '62')}38004100`,
        'an era that is named twice',
      ],
      [
        `${header(2, 2, 0)}${first}${other}${entry(1, '61')}${entry(0, '62')}38004100`,
        'eras out of order',
      ],
      [
        `${header(2, 2, 0)}${first}${other}${entry(0, '61')}${entry(0, '62')}38004100`,
        'an era that nothing is sealed in',
      ],
    ];
    for (const [bytes, why] of broken)
      expect(() => IndexNode.decode(bytesOfHex(bytes))).toThrow(why);
  });
});

describe('F-D6: the index of an encrypted database', () => {
  it('finds as a sorted map does, names what it frees, and leaves nothing behind (property)', () => {
    const low = fc.tuple(fc.nat({ max: 400 }), fc.constantFrom(0, 0, 0, 500)).map(([n, more]) => {
      return utf8(n === 0 ? '' : `${String(n).padStart(4, '0')}${'x'.repeat(more)}`);
    });
    const range = fc.record({ from: low, to: fc.option(low, { nil: undefined, freq: 20 }) });
    const commit = fc.record({
      removed: fc.array(range, { maxLength: 3 }),
      lows: fc.oneof(
        fc.uniqueArray(low, { maxLength: 10, selector: hexOf }),
        fc.uniqueArray(low, { minLength: 100, maxLength: 200, selector: hexOf }),
      ),
    });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 12 }), low, (commits, probe) => {
        const tree = new Tree();
        let model = new Map<string, IndexEntry>();
        for (const { removed, lows } of commits) {
          const before = new Map(model);
          const ranges = removed.filter(
            ({ from, to }) => to === undefined || compareBytes(from, to) < 0,
          );
          const freed = tree.update(ranges, lows);
          const entries = tree.entries();
          model = new Map(entries.map((entry) => [hexOf(entry.low), entry]));
          const isRemoved = (key: Uint8Array): boolean =>
            ranges.some(
              ({ from, to }) =>
                compareBytes(key, from) >= 0 && (to === undefined || compareBytes(key, to) < 0),
            );
          const expected = new Set([
            ...[...before.values()].filter((e) => !isRemoved(e.low)).map((e) => hexOf(e.low)),
            ...lows.map(hexOf),
          ]);
          expect(new Set(model.keys())).toEqual(expected);
          expect(entries.map((e) => e.low)).toEqual(entries.map((e) => e.low).sort(compareBytes));
          const gone = [...before.values()].filter(
            (e) => model.get(hexOf(e.low))?.seal.counter !== e.seal.counter,
          );
          expect(new Set(freed.keys())).toEqual(new Set(gone.map((e) => text(e.seal))));
          for (const key of [probe, ...lows.slice(0, 5)]) {
            for (const isInclusive of [true, false]) {
              const best = entries.findLast(({ low: other }) => {
                const order = compareBytes(other, key);
                return order < 0 || (isInclusive && order === 0);
              });
              expect(findEntry(tree.ports.read, tree.root, key, isInclusive)).toEqual(best);
            }
          }
          expect(findEntry(tree.ports.read, tree.root, undefined, false)).toEqual(entries.at(-1));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('grows by levels, keeps nodes full where lows come in order, and shrinks again', () => {
    const tree = new Tree();
    const low = (n: number): Uint8Array => utf8(`node ${String(n).padStart(7, '0')}`);
    for (let n = 0; n < 60_000; n += 500)
      tree.update(
        [],
        Array.from({ length: 500 }, (_, i) => low(n + i)),
      );
    tree.entries();
    expect(tree.root?.level).toBe(2);
    const nodes = tree.nodes.size;
    expect(60_000 / nodes).toBeGreaterThan(200);
    // A change reads and writes the way to it, not more.
    let reads = 0;
    const { read } = tree.ports;
    tree.ports.read = (seal) => {
      reads++;
      return read(seal);
    };
    tree.update([], [low(30_000)]);
    expect(reads).toBe(3);
    tree.update([{ from: low(10), to: low(59_990) }], []);
    expect(tree.entries().length).toBe(20);
    expect(tree.nodes.size).toBeLessThanOrEqual(3);
    tree.update([{ from: utf8(''), to: undefined }], []);
    expect([tree.root, tree.nodes.size]).toEqual([undefined, 0]);
  });
});
