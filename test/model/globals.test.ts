/**
 * The globals core against models that share nothing with it: collation against a comparator over BigInt
 * decimals and UTF-8 bytes, navigation against a plain sorted list of references.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, startsWith, textOf, utf8 } from '../../server/base/bytes.ts';
import { isEcpError } from '../../server/base/errors.ts';
import { addNumbers, numericText } from '../../server/globals/decimal.ts';
import {
  checkKey,
  decodeKey,
  encodeKey,
  encodeSeek,
  globalOf,
  subtreeEnd,
} from '../../server/globals/key.ts';
import {
  data,
  MISS,
  nextGlobal,
  type NodeReader,
  order,
  previous,
  previousGlobal,
  query,
} from '../../server/globals/navigation.ts';
import { formatReference, parseReference } from '../../server/globals/reference.ts';
import type { ReadSubscript, Subscript } from '../../server/globals/types.ts';
import { formatHeader, GlobalFileReader } from '../../server/globals/global-file.ts';
import { formatLine, parseLine } from '../../server/globals/zwr.ts';

// ---- the model -------------------------------------------------------------------------------------

/** A canonical number in the model: text → value × 10^60 as an integer, or undefined for a string. */
function modelNumber(text: string): bigint | undefined {
  const match = /^(-?)(?!0\d|0\.)(\d*)(?:\.(\d*[1-9]))?$/.exec(text);
  if (match === null || text === '-0') return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const significant = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (significant.length > 18) return undefined;
  const value = BigInt(whole + fraction.padEnd(62, '0'));
  const unit = 10n ** 62n;
  if (value !== 0n && (value >= unit * 10n ** 47n || value < 10n ** 19n)) return undefined;
  return sign === '-' ? -value : value;
}

/** M's collation of two subscripts as texts. */
function modelCompare(a: string, b: string): number {
  const left = modelNumber(a);
  const right = modelNumber(b);
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  if (left !== undefined) return -1;
  if (right !== undefined) return 1;
  return Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function modelCompareAll(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = modelCompare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

const textOfSubscript = (subscript: ReadSubscript): string =>
  typeof subscript === 'string' ? subscript : textOf(utf8(numericText(utf8(plain(subscript)))));

/** A double's digits with M's capital E. */
const plain = (value: number): string => String(value).toUpperCase();

// ---- what is generated -----------------------------------------------------------------------------

const digits = fc.stringMatching(/^[0-9]{1,20}$/);
const numberLike = fc.oneof(
  fc.integer({ min: -120, max: 120 }).map(String),
  fc.maxSafeInteger().map(String),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
  fc.tuple(fc.constantFrom('', '-'), digits, digits).map(([s, a, b]) => `${s}${a}.${b}`),
  fc
    .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[1-9][0-9]{0,17}$/), fc.nat({ max: 48 }))
    .map(([s, d, zeros]) => `${s}${d}${'0'.repeat(zeros)}`),
  fc
    .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[0-9]{0,17}[1-9]$/), fc.nat({ max: 45 }))
    .map(([s, d, zeros]) => `${s}.${'0'.repeat(zeros)}${d}`),
  fc.stringMatching(/^[-+.0-9E]{1,6}$/),
);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
  fc.string({
    minLength: 1,
    maxLength: 4,
    unit: fc.constantFrom('\0', '\x01', '\x02', 'a', 'é', '\uFFFF', '😀'),
  }),
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }),
);
const subscriptText = fc.oneof(numberLike, text);
const bytes = fc.uint8Array({ maxLength: 24 });
const charset = fc.constantFrom('bytes' as const, 'utf8' as const);
const RUNS = { numRuns: 2000 };

describe('collation (F-D1)', () => {
  test('memcmp of keys is M’s collation', () => {
    const path = fc.array(subscriptText, { maxLength: 3 });
    fc.assert(
      fc.property(path, path, fc.nat({ max: 3 }), (a, tail, shared) => {
        const b = [...a.slice(0, shared), ...tail].slice(0, 4);
        const compared = Math.sign(compareBytes(encodeKey('A', a), encodeKey('A', b)));
        expect(compared).toBe(modelCompareAll(a, b));
      }),
      RUNS,
    );
  });

  test('numbers that differ in the last digit collate by value', () => {
    const close = fc.tuple(
      fc.bigInt({ min: 1n, max: 10n ** 18n - 2n }),
      fc.nat({ max: 18 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(close, ([coefficient, decimals, negative]) => {
        const write = (value: bigint): string => {
          const all = String(value).padStart(decimals + 1, '0');
          const whole = all.slice(0, all.length - decimals).replace(/^0+/, '');
          const fraction = all.slice(all.length - decimals).replace(/0+$/, '');
          const number = fraction === '' ? whole : `${whole}.${fraction}`;
          return negative ? `-${number}` : number;
        };
        const [low, high] = negative
          ? [write(coefficient + 1n), write(coefficient)]
          : [write(coefficient), write(coefficient + 1n)];
        expect(modelNumber(low)).toBeDefined();
        expect(compareBytes(encodeKey('A', [low]), encodeKey('A', [high]))).toBeLessThan(0);
      }),
      RUNS,
    );
  });

  test('keys come back as the reference they were made of, and name it alone', () => {
    fc.assert(
      fc.property(fc.array(subscriptText, { maxLength: 4 }), (path) => {
        const key = encodeKey('Acc', path);
        checkKey(key);
        const { global, subscripts } = decodeKey(key);
        expect(global).toBe('Acc');
        expect(subscripts.map(textOfSubscript)).toEqual(path);
        expect(compareBytes(encodeKey(global, subscripts), key)).toBe(0);
        const { subscripts: parsed } = parseReference(formatReference('Acc', path));
        expect(parsed).toEqual(subscripts);
      }),
      RUNS,
    );
  });

  test('any bytes as a subscript come back as something that names them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 24 }), (raw) => {
        const key = encodeKey('A', [raw]);
        expect(compareBytes(encodeKey('A', decodeKey(key).subscripts), key)).toBe(0);
        const reference = formatReference('A', [raw]);
        expect(reference).toMatch(/^[^\p{Cc}]*$/u);
        expect(formatReference('A', parseReference(reference).subscripts)).toBe(reference);
      }),
      RUNS,
    );
  });

  test('doubles: what is read is what was written, or its text', () => {
    const inRange = fc.oneof(
      fc.double({ min: 1e-43, max: 9.99e46, noNaN: true }),
      fc.double({ min: 1e-9, max: 1e22, noNaN: true }),
      fc.tuple(fc.maxSafeInteger(), fc.nat({ max: 18 })).map(([n, e]) => Number(`${n}e-${e}`)),
    );
    fc.assert(
      fc.property(inRange, fc.boolean(), (size, isNegative) => {
        const value = isNegative ? -size : size;
        if (value !== 0 && Math.abs(value) < 1e-43) return;
        const [read] = decodeKey(encodeKey('A', [value])).subscripts;
        if (typeof read === 'number') expect(read).toBe(value === 0 ? 0 : value);
        else expect(Number(read)).toBe(value);
        // Fractions are exact in the sense of their shortest form.
        if (!Number.isInteger(value)) expect(typeof read).toBe('number');
      }),
      RUNS,
    );
  });
});

// ---- navigation ------------------------------------------------------------------------------------

/** Nodes as a list of references in the model's order; `read` is what the code under test sees. */
class ModelGlobals {
  nodes: { global: string; path: string[]; value: string }[] = [];

  static compare(
    a: { global: string; path: string[] },
    b: { global: string; path: string[] },
  ): number {
    if (a.global !== b.global) return a.global < b.global ? -1 : 1;
    return modelCompareAll(a.path, b.path);
  }

  set(global: string, path: string[], value: string): void {
    this.zkill(global, path);
    this.nodes.push({ global, path, value });
    this.nodes.sort((a, b) => ModelGlobals.compare(a, b));
  }

  zkill(global: string, path: string[]): void {
    this.nodes = this.nodes.filter(
      (n) => n.global !== global || modelCompareAll(n.path, path) !== 0,
    );
  }

  kill(global: string, path: string[]): void {
    this.nodes = this.nodes.filter((n) => n.global !== global || !isUnder(n.path, path));
  }

  at(global: string): string[][] {
    return this.nodes.filter((node) => node.global === global).map((node) => node.path);
  }
}

function isUnder(path: string[], ancestor: string[]): boolean {
  return (
    path.length >= ancestor.length &&
    modelCompareAll(path.slice(0, ancestor.length), ancestor) === 0
  );
}

/** A map of keys: nothing but comparison of bytes. */
class MapReader implements NodeReader {
  readonly map = new Map<string, Uint8Array>();
  #keys: Uint8Array[] | undefined;

  sorted(): Uint8Array[] {
    this.#keys ??= [...this.map.keys()]
      .map((key) => new Uint8Array(Buffer.from(key, 'hex')))
      .sort(compareBytes);
    return this.#keys;
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.map.set(Buffer.from(key).toString('hex'), value);
    this.#keys = undefined;
  }

  remove(from: Uint8Array, to: Uint8Array): void {
    for (const key of this.sorted()) {
      if (compareBytes(key, from) >= 0 && compareBytes(key, to) < 0) {
        this.map.delete(Buffer.from(key).toString('hex'));
      }
    }
    this.#keys = undefined;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.map.get(Buffer.from(key).toString('hex'));
  }

  ceiling(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    return this.sorted().find((k) => compareBytes(k, key) >= 0 && compareBytes(k, limit) < 0);
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    return this.sorted().findLast((k) => compareBytes(k, key) < 0 && compareBytes(k, limit) >= 0);
  }
}

const smallSubscript = fc.constantFrom(
  '-1',
  '0',
  '.5',
  '1',
  '2',
  '10',
  '01',
  'a',
  'ab',
  'b',
  '\0',
  'é',
);
const smallPath = fc.array(smallSubscript, { maxLength: 3 });
const name = fc.constantFrom('A', 'AB', 'B');
const action = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'kill', 'zkill'),
  global: name,
  path: smallPath,
});

function apply(actions: readonly { kind: string; global: string; path: string[] }[]): {
  model: ModelGlobals;
  reader: MapReader;
} {
  const model = new ModelGlobals();
  const reader = new MapReader();
  for (const { kind, global, path } of actions) {
    const key = encodeKey(global, path);
    if (kind === 'set') {
      model.set(global, path, 'v');
      reader.set(key, utf8('v'));
    } else if (kind === 'kill') {
      model.kill(global, path);
      reader.remove(key, subtreeEnd(key));
    } else {
      model.zkill(global, path);
      reader.remove(key, key.length === 0 ? key : new Uint8Array([...key, 0]));
    }
  }
  return { model, reader };
}

/** Distinct subscripts one level below `parent`, ascending. */
function modelLevel(model: ModelGlobals, global: string, parent: string[]): string[] {
  const level = model
    .at(global)
    .filter((path) => path.length > parent.length && isUnder(path, parent))
    .map((path) => path[parent.length]!);
  return level.filter((subscript, i) => i === 0 || subscript !== level[i - 1]);
}

describe('navigation over changing globals (F-D1)', () => {
  const actions = fc.array(action, { minLength: 1, maxLength: 30 });

  test('KILL takes the subtree, ZKILL the node alone', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const { model, reader } = apply(list);
        const expected = model.nodes.map(({ global, path }) => formatReference(global, path));
        const actual = reader.sorted().map((key) => {
          const { global, subscripts } = decodeKey(key);
          return formatReference(global, subscripts);
        });
        expect(actual).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('$ORDER and $PREVIOUS walk a level, from existing and missing subscripts and from the ends', () => {
    const last = fc.oneof(smallSubscript, fc.constant(''));
    fc.assert(
      fc.property(actions, name, smallPath, last, (list, global, parent, from) => {
        const { model, reader } = apply(list);
        const level = modelLevel(model, global, parent);
        const position = encodeSeek(global, [...parent, from]);
        const next = order(reader, position);
        const before = previous(reader, position);
        const after = level.find((s) => from === '' || modelCompare(s, from) > 0);
        const ahead = level.findLast((s) => from === '' || modelCompare(s, from) < 0);
        const asText = (found: typeof next): string | undefined =>
          found === undefined || found === MISS ? undefined : textOfSubscript(found);
        expect(asText(next)).toBe(after);
        expect(asText(before)).toBe(ahead);
      }),
      RUNS,
    );
  });

  test('$QUERY goes depth first through the global, both ways', () => {
    const last = fc.oneof(fc.constant([]), fc.constant(['']));
    fc.assert(
      fc.property(actions, name, smallPath, last, (list, global, path, empty) => {
        const { model, reader } = apply(list);
        const nodes = model.at(global);
        const position = encodeSeek(global, [...path, ...empty]);
        const isFromEnd = empty.length > 0;
        const after = nodes.find((node) => modelCompareAll(node, path) > 0);
        const ahead = nodes.findLast(
          (node) => modelCompareAll(node, path) < 0 || (isFromEnd && isUnder(node, path)),
        );
        const forward = query(reader, position);
        const backward = query(reader, position, { reverse: true });
        const asText = (found: typeof forward): string[] | undefined =>
          found === undefined || found === MISS ? undefined : found.map(textOfSubscript);
        expect(asText(forward)).toEqual(after);
        expect(asText(backward)).toEqual(ahead);
      }),
      RUNS,
    );
  });

  test('$DATA says value, descendants, both or neither', () => {
    fc.assert(
      fc.property(actions, name, smallPath, (list, global, path) => {
        const { model, reader } = apply(list);
        const nodes = model.at(global);
        const own = nodes.some((node) => modelCompareAll(node, path) === 0) ? 1 : 0;
        const below = nodes.some((node) => node.length > path.length && isUnder(node, path))
          ? 10
          : 0;
        expect(data(reader, encodeKey(global, path))).toBe(own + below);
      }),
      RUNS,
    );
  });

  test('globals are listed in order, both ways', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const { model, reader } = apply(list);
        const names = [...new Set(model.nodes.map((node) => node.global))];
        const up: string[] = [];
        for (
          let at = nextGlobal(reader);
          typeof at === 'string';
          at = nextGlobal(reader, encodeKey(at))
        )
          up.push(at);
        const down: string[] = [];
        for (let at = previousGlobal(reader); typeof at === 'string';) {
          down.push(at);
          at = previousGlobal(reader, encodeKey(at));
        }
        expect(up).toEqual(names);
        expect(down.reverse()).toEqual(names);
      }),
      { numRuns: 300 },
    );
  });

  test('descendants are the keys that start with the ancestor’s key', () => {
    fc.assert(
      fc.property(smallPath, smallPath, (a, b) => {
        const ancestor = encodeKey('A', a);
        expect(startsWith(encodeKey('A', b), ancestor)).toBe(isUnder(b, a));
        expect(startsWith(encodeKey('AB', b), ancestor)).toBe(false);
      }),
      RUNS,
    );
  });

  test('a reader that misses makes every answer a miss, never an absence', () => {
    const reader: NodeReader = { get: () => MISS, ceiling: () => MISS, below: () => MISS };
    const key = encodeKey('A', [1]);
    const answers = [
      order(reader, key),
      previous(reader, key),
      query(reader, key),
      query(reader, key, { reverse: true }),
      data(reader, key),
      nextGlobal(reader, key),
      previousGlobal(reader, key),
    ];
    for (const answer of answers) expect(answer).toBe(MISS);
  });

  test('$ORDER without a subscript is <SUBSCRIPT>', () => {
    expect(() => order(new MapReader(), encodeKey('A'))).toThrow('<SUBSCRIPT>');
    expect(globalOf(encodeKey('A'))).toBe('A');
  });
});

// ---- decimals and ZWR ------------------------------------------------------------------------------

describe('exact decimals (F-D1)', () => {
  test('a sum is the exact one, or <MAXNUMBER> if it is no canonical number', () => {
    fc.assert(
      fc.property(numberLike, numberLike, (a, b) => {
        const left = modelNumber(a);
        const right = modelNumber(b);
        if (left === undefined || right === undefined) return;
        let sum: string | undefined;
        try {
          sum = textOf(addNumbers(utf8(a), utf8(b)));
        } catch (error) {
          if (!isEcpError(error, 'MAXNUMBER')) throw error;
        }
        const exact = left + right;
        if (sum !== undefined) {
          expect(modelNumber(sum)).toBe(exact);
        } else {
          const significant = String(exact).replace('-', '').replace(/0+$/, '');
          const size = exact < 0n ? -exact : exact;
          expect(significant.length > 18 || size >= 10n ** 109n || size < 10n ** 19n).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('ZWR (F-D7)', () => {
  const references = fc.array(
    fc.oneof(subscriptText, fc.uint8Array({ minLength: 1, maxLength: 12 })),
    { maxLength: 3 },
  );

  test('any node comes back from its line, which has no control character', () => {
    fc.assert(
      fc.property(
        references,
        bytes,
        charset,
        fc.boolean(),
        (path: Subscript[], value, set, quoteNumbers) => {
          const key = encodeKey('A', path);
          const line = formatLine(key, value, { charset: set, quoteNumbers });
          expect(
            line.every((byte) => byte >= 0x20 && byte !== 0x7f && (set === 'utf8' || byte < 0x7f)),
          ).toBe(true);
          expect(() => new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toThrow();
          const node = parseLine(line, 1, set);
          expect(compareBytes(node.key, key)).toBe(0);
          expect(compareBytes(node.value, value)).toBe(0);
        },
      ),
      RUNS,
    );
  });

  test('a file read in chunks of any size gives its nodes', () => {
    const file = fc.array(fc.tuple(references, bytes), { maxLength: 6 });
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        file,
        charset,
        cuts,
        fc.constantFrom('\n', '\r\n'),
        (nodes, set, sizes, lineEnd) => {
          const lines = nodes.map(([path, value]) =>
            textOf(formatLine(encodeKey('A', path), value, { charset: set })),
          );
          const header = textOf(
            formatHeader('test', '1-JAN-2026 00:00:00', { charset: set }),
          ).replaceAll('\n', lineEnd);
          const whole = utf8(header + lines.join(lineEnd));
          const reader = new GlobalFileReader();
          const read: [string, string][] = [];
          const take = (part: Iterable<{ key: Uint8Array; value: Uint8Array }>): void => {
            // All nodes of a chunk first: their values must stay valid until the next one.
            for (const { key, value } of [...part]) {
              read.push([Buffer.from(key).toString('hex'), Buffer.from(value).toString('hex')]);
            }
          };
          for (let at = 0, i = 0; at < whole.length; i++) {
            const size = sizes[i % sizes.length]!;
            take(reader.push(whole.subarray(at, at + size)));
            at += size;
          }
          take(reader.end());
          expect(reader.header?.charset).toBe(set);
          expect(read).toEqual(
            nodes.map(([path, value]) => [
              Buffer.from(encodeKey('A', path)).toString('hex'),
              Buffer.from(value).toString('hex'),
            ]),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('arbitrary bytes are read or refused with line and rule, nothing else', () => {
    const piece = fc.constantFrom(
      '^A(',
      '"',
      '""',
      '_',
      '$C(',
      '$ZCH(',
      '13',
      ',',
      ')',
      '=',
      '1',
      '.',
      '-',
      'x',
      'é',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), charset, (pieces, set) => {
        try {
          parseLine(utf8(pieces.join('')), 7, set);
        } catch (error) {
          if (!isEcpError(error, 'SYNTAX')) throw error;
          expect(error.message).toMatch(/^<SYNTAX> line 7(, column \d+)?: /);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
