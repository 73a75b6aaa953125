import { describe, expect, test } from '@jest/globals';
import { EcpError, isEcpError } from '../base/errors.ts';
import { KEY_BYTES_MAX, SUBSCRIPTS_MAX } from '../base/limits.ts';
import {
  checkKey,
  decodeKey,
  encodeKey,
  encodeSeek,
  globalOf,
  KeyEncoder,
  levelEnd,
  parentLength,
  rebaseKey,
  subscriptCount,
  subtreeEnd,
} from './key.ts';
import type { ReadSubscript, Subscript } from './types.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unhex = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replace(/[ |]/g, ''), 'hex'));

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (isEcpError(error)) return error.code;
    throw error;
  }
  return undefined;
}

describe('golden bytes of keys (F-D1)', () => {
  const cases: [string, readonly Subscript[], string][] = [
    ['A', [], '41 01'],
    ['Account', [17, 'balance'], '41 63 63 6f 75 6e 74 01 | ad 24 | e0 62 61 6c 61 6e 63 65 00'],
    ['A', [-17, '\0\x01'], '41 01 | 53 d9 | e0 01 01 01 02 00'],
    ['A', [0], '41 01 80'],
    ['A', [5], '41 01 ac 66'],
    ['A', [100], '41 01 ae 16'],
    ['A', [1234.5], '41 01 af 1b 47 66'],
    ['A', ['.05'], '41 01 aa 66'],
    ['A', [-1.5], '41 01 54 dd'],
    ['A', [123456789012345678n], '41 01 bd 1b 47 73 9f b7 1b 47 73 9e'],
    ['A', ['9'.repeat(18) + '0'.repeat(29)], '41 01 da c9 c9 c9 c9 c9 c9 c9 c9 c8'],
    ['A', [`.${'0'.repeat(42)}1`], '41 01 81 16'],
    ['A', [`-${'9'.repeat(18)}${'0'.repeat(29)}`], '41 01 26 34 34 34 34 34 34 34 34 35'],
    ['A', ['01'], '41 01 e0 30 31 00'],
    ['A', ['1234567890123456789'], '41 01 e0 31323334353637383930313233343536373839 00'],
    ['%Z', ['é😀'], '25 5a 01 e0 c3 a9 f0 9f 98 80 00'],
    ['A', [new Uint8Array([0xc8, 0x00, 0xff])], '41 01 e0 c8 01 01 ff 00'],
  ];
  test.each(cases)('^%s(%p)', (global, subscripts, expected) => {
    expect(hex(encodeKey(global, subscripts))).toBe(hex(unhex(expected)));
    expect(hex(encodeKey(global, decodeKey(unhex(expected)).subscripts))).toBe(
      hex(unhex(expected)),
    );
    checkKey(unhex(expected));
  });
});

describe('subscripts (F-D1, F-D2)', () => {
  test('one node has one key, whatever type its subscript came in', () => {
    const one = hex(encodeKey('A', [1]));
    for (const same of ['1', 1n, new Uint8Array([0x31])])
      expect(hex(encodeKey('A', [same]))).toBe(one);
    expect(hex(encodeKey('A', ['01']))).not.toBe(one);
    expect(hex(encodeKey('A', [-0]))).toBe(hex(encodeKey('A', ['0'])));
    expect(hex(encodeKey('A', ['-0']))).not.toBe(hex(encodeKey('A', ['0'])));
  });

  test('come back as numbers where canonical and exact as a double, else as strings', () => {
    const cases: [Subscript, ReadSubscript][] = [
      ['1', 1],
      ['.5', 0.5],
      ['0.5', '0.5'],
      ['01', '01'],
      ['-0', '-0'],
      ['1E3', '1E3'],
      ['9007199254740991', 9007199254740991],
      ['9007199254740992', 9007199254740992],
      ['9007199254740993', '9007199254740993'],
      [2n ** 57n, '144115188075855872'],
      [1e20, 1e20],
      [1e22, 1e22],
      [1e23, `1${'0'.repeat(23)}`],
      [1e-43, 1e-43],
      [-2.5, -2.5],
      ['.1234567890123456', 0.1234567890123456],
      ['.12345678901234567', '.12345678901234567'],
      ['.123456789012345678', '.123456789012345678'],
      [1234567890123456789n, '1234567890123456789'],
      [9.99e46, `999${'0'.repeat(44)}`],
      [1_700_000_000_000, 1_700_000_000_000],
      ['\uFEFFx', '\uFEFFx'],
    ];
    for (const [written, read] of cases) {
      expect(decodeKey(encodeKey('A', [written])).subscripts).toStrictEqual([read]);
    }
  });

  test('bytes that are not UTF-8 come back as text that names the same node', () => {
    for (const bytes of [
      [0xc8],
      [0xff, 0x41],
      [0xe2, 0x82],
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
      [0xf5, 1, 0],
    ]) {
      const key = encodeKey('A', [new Uint8Array(bytes)]);
      const [text] = decodeKey(key).subscripts;
      expect(typeof text).toBe('string');
      expect(hex(encodeKey('A', [text!]))).toBe(hex(key));
    }
    expect(decodeKey(encodeKey('A', [new Uint8Array([0x41, 0xc8])])).subscripts).toEqual([
      'A\uDCC8',
    ]);
  });

  const hostile: [string, unknown][] = [
    ['the empty string', ''],
    ['no bytes', new Uint8Array(0)],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['a lone high surrogate', 'a\uD800'],
    ['a lone low surrogate', '\uDC00a'],
    ['a high surrogate before a letter', '\uD83Dx'],
    ['null', null],
    ['undefined', undefined],
    ['true', true],
    ['an object', { toString: (): string => 'x' }],
    ['an array', ['x']],
    ['a symbol', Symbol('x')],
    ['16-bit elements', new Uint16Array([1])],
    ['a Proxy of bytes', new Proxy(new Uint8Array([65]), {})],
    ['a bigint of 1,020 digits', 10n ** 1019n],
    ['a string that is too long', 'x'.repeat(KEY_BYTES_MAX)],
  ];
  test.each(hostile)('%s is <SUBSCRIPT>', (_name, subscript) => {
    const encoder = new KeyEncoder();
    expect(codeOf(() => encoder.encode('A', [subscript as Subscript]))).toBe('SUBSCRIPT');
    // The failed call leaves nothing behind.
    expect(hex(encoder.copy(encoder.encode('A', [1])))).toBe('4101ac16');
  });

  test.each([1e47, -1e47, 1e-44, Number.MIN_VALUE])('the number %p is <MAXNUMBER>', (value) => {
    expect(codeOf(() => encodeKey('A', [value]))).toBe('MAXNUMBER');
  });

  test('names of object members are ordinary strings', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(decodeKey(encodeKey('A', [name])).subscripts).toEqual([name]);
    }
  });

  test('what only looks like an array of subscripts never ends as the global itself', () => {
    const tooMany: unknown = new Proxy([], { get: (): number => 1e9 });
    const noNumber: unknown = new Proxy([], { get: (): number => NaN });
    for (const subscripts of ['abc', undefined, { length: 0 }, tooMany, noNumber]) {
      if (subscripts === undefined) continue;
      expect(codeOf(() => encodeKey('A', subscripts as Subscript[]))).toBe('SUBSCRIPT');
    }
  });

  test('each subscript is read once', () => {
    let reads = 0;
    const subscripts: Subscript[] = ['x'];
    Object.defineProperty(subscripts, 0, { get: () => (reads++ === 0 ? 'first' : '') });
    expect(decodeKey(encodeKey('A', subscripts)).subscripts).toEqual(['first']);
  });
});

describe('limits of references (F-D2)', () => {
  const room = KEY_BYTES_MAX - 'A'.length - 3;
  test('a key has at most 1,019 bytes', () => {
    expect(encodeKey('A', ['x'.repeat(room)])).toHaveLength(KEY_BYTES_MAX);
    expect(codeOf(() => encodeKey('A', ['x'.repeat(room + 1)]))).toBe('SUBSCRIPT');
    expect(codeOf(() => encodeKey('A', ['€'.repeat(340)]))).toBe('SUBSCRIPT');
    expect(codeOf(() => encodeKey('A', ['\0'.repeat(KEY_BYTES_MAX)]))).toBe('SUBSCRIPT');
    expect(codeOf(() => encodeKey('A', [new Uint8Array(KEY_BYTES_MAX)]))).toBe('SUBSCRIPT');
    expect(codeOf(() => encodeKey('A', ['x'.repeat(room), '€'.repeat(KEY_BYTES_MAX)]))).toBe(
      'SUBSCRIPT',
    );
    expect(codeOf(() => encodeKey('A', ['x'.repeat(room), 1]))).toBe('SUBSCRIPT');
  });

  test('a reference has at most 255 subscripts, those of the path included', () => {
    const most = Array.from({ length: SUBSCRIPTS_MAX }, () => 0);
    expect(subscriptCount(encodeKey('A', most))).toBe(SUBSCRIPTS_MAX);
    expect(codeOf(() => encodeKey('A', [...most, 0]))).toBe('SUBSCRIPT');
    expect(codeOf(() => new KeyEncoder().encode('A', [0], most))).toBe('SUBSCRIPT');
  });

  test.each(['A', 'a', '%', '%ZOSF', 'Ab1', 'oddDEF.Sample', 'X'.repeat(31)])(
    '%s names a global',
    (name) => {
      expect(globalOf(encodeKey(name, [1]))).toBe(name);
    },
  );

  test.each(['', '^A', '1A', 'A%', 'A B', 'é', 'A.', '.A', 'A\x01', 'A\n', 'X'.repeat(32)])(
    '"%s" does not: <SYNTAX>',
    (name) => {
      expect(codeOf(() => encodeKey(name, []))).toBe('SYNTAX');
    },
  );

  test('an encoder that failed on a name does not keep the one before', () => {
    const encoder = new KeyEncoder();
    encoder.encode('Long', [1]);
    expect(codeOf(() => encoder.encode('?', [1]))).toBe('SYNTAX');
    expect(globalOf(encoder.copy(encoder.encode('B', [1])))).toBe('B');
  });
});

describe('levels of a key', () => {
  const key = encodeKey('Acc', [17, 'a\0b', -1]);
  test('a path before the subscripts gives the same key', () => {
    const encoder = new KeyEncoder();
    expect(hex(encoder.copy(encoder.encode('Acc', ['a\0b', -1], [17])))).toBe(hex(key));
  });

  test('ancestors are prefixes', () => {
    expect(subscriptCount(key)).toBe(3);
    expect(hex(key.subarray(0, levelEnd(key, 2)))).toBe(hex(encodeKey('Acc', [17, 'a\0b'])));
    expect(parentLength(key)).toBe(levelEnd(key, 2));
    expect(parentLength(encodeKey('Acc', []))).toBe('Acc'.length + 1);
  });

  test('a seek position lies between the parent and its first child', () => {
    const seek = encodeSeek('Acc', [17, '']);
    expect(hex(seek)).toBe(`${hex(encodeKey('Acc', [17]))}00`);
    expect(parentLength(seek)).toBe(seek.length - 1);
    expect(codeOf(() => encodeSeek('Acc', ['', 17]))).toBe('SUBSCRIPT');
  });

  test('a subtree ends before the next sibling', () => {
    expect(hex(subtreeEnd(encodeKey('A', [])))).toBe('4102');
    expect(hex(subtreeEnd(encodeKey('A', ['x'])))).toBe('4101e07801');
  });

  test('MERGE moves a key below another node, within the limit', () => {
    const moved = rebaseKey(key, levelEnd(key, 1), encodeKey('B', ['t']));
    expect(decodeKey(moved)).toEqual({ global: 'B', subscripts: ['t', 'a\0b', -1] });
    const far = encodeKey('B', ['x'.repeat(KEY_BYTES_MAX - 4)]);
    expect(codeOf(() => rebaseKey(key, levelEnd(key, 1), far))).toBe('SUBSCRIPT');
  });
});

describe('keys from outside are not trusted', () => {
  const damaged: [string, string][] = [
    ['nothing', ''],
    ['no name', '01'],
    ['a name without end', '4142'],
    ['a name that is none', '3101'],
    ['a reserved lead', '410100'],
    ['a reserved lead above strings', '4101e1'],
    ['a string without terminator', '4101e041'],
    ['an empty string', '4101e000'],
    ['a bad escape', '4101e0010300'],
    ['an escape at the end', '4101e00100'],
    ['a number without digits', '4101ad'],
    ['a number without last digits', '4101ad25'],
    ['a negative number without last digits', '410153d8'],
    ['a number of 20 digits', '4101bd1b47739fb71b47739f1b47'],
    ['digits that start with 0', '4101ad04'],
    ['digits that end with a pair 00', '4101ad2502'],
    ['a pair above 99', '4101adf0'],
    ['a number as a string', '4101e0313700'],
    ['too many bytes', `4101e0${'41'.repeat(1016)}00`],
  ];
  test.each(damaged)('%s is damage', (_name, bytes) => {
    expect(codeOf(() => checkKey(unhex(bytes)))).toBe('DAMAGED');
  });

  test('every cut and every changed byte is refused or another key', () => {
    const key = encodeKey('Acc', [-12.5, 'é\0', 17]);
    for (let i = 0; i < key.length; i++) {
      for (const bytes of [
        key.subarray(0, i),
        key.with(i, (key[i]! + 1) & 0xff),
        key.with(i, 0xff),
      ]) {
        try {
          checkKey(bytes);
          const { global, subscripts } = decodeKey(bytes);
          expect(hex(encodeKey(global, subscripts))).toBe(hex(bytes));
        } catch (error) {
          if (!(error instanceof EcpError)) throw error;
          expect(error.code).toBe('DAMAGED');
        }
      }
    }
  });
});
