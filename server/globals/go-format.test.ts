import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter, textOf, utf8 } from '../base/bytes.ts';
import { type FileNode, formatHeader, GlobalFileReader } from './global-file.ts';
import { writePair } from './go-format.ts';
import { encodeKey } from './key.ts';
import { formatKey, parseKey } from './reference.ts';

const HEADER = 'from elsewhere\n1-JAN-2026 00:00:00 GLO\n';

function readAll(file: Uint8Array, sizes: readonly number[] = [file.length]): FileNode[] {
  const reader = new GlobalFileReader();
  const nodes: FileNode[] = [];
  // Values are valid until the next chunk.
  const take = (found: Iterable<FileNode>): void => {
    for (const node of found) nodes.push({ ...node, value: node.value.slice() });
  };
  for (let at = 0, i = 0; at < file.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    take(reader.push(file.subarray(at, at + size)));
    at += size;
  }
  take(reader.end());
  return nodes;
}

const lines = (text: string): [string, string, number][] =>
  readAll(utf8(text)).map(({ key, value, line }) => [formatKey(key), textOf(value), line]);

describe('F-D7: the GO format', () => {
  test('is two lines a node, told by the header', () => {
    const text = `${HEADER}^Account(17,"balance")\n250.00\n^Note("he said ""yes""")\n"quoted"\n`;
    expect(lines(text)).toEqual([
      ['^Account(17,"balance")', '250.00', 3],
      ['^Note("he said ""yes""")', '"quoted"', 5],
    ]);
  });

  test('may hold empty values, and ends as exporters end it', () => {
    expect(lines(`${HEADER}^A\n\n^A(1)\n*\n\n*\n*\n`)).toEqual([
      ['^A', '', 3],
      ['^A(1)', '*', 5],
    ]);
  });

  test('with lines that end in CR LF loses them, and no CR of a value elsewhere', () => {
    expect(lines(`${HEADER}^A\nvalue\n`.replaceAll('\n', '\r\n'))).toEqual([['^A', 'value', 3]]);
    expect(lines(`${HEADER}^A\nvalue\r\n`)).toEqual([['^A', 'value\r', 3]]);
  });

  test.each([
    ['^A(1)\n', 'line 3: the value of this node is missing'],
    ['A(1)\nx\n', 'line 3, column 1: a reference starts with ^'],
    ['^A(1)="x"\n\n', 'line 3, column 6: nothing follows the reference'],
    ['^A\nx\n^A(1\nx\n', 'line 5, column 5: '],
  ])('%p is refused with line and rule', (text, problem) => {
    expect(() => lines(HEADER + text)).toThrow(`<SYNTAX> ${problem}`);
  });

  test('cannot hold a value with a line break', () => {
    const out = new ByteWriter();
    expect(() => writePair(out, parseKey('^A(1)'), utf8('a\nb'))).toThrow(
      '<SYNTAX> ^A(1): a value with a line break cannot be written in GO format, but in ZWR',
    );
    expect(out.length).toBe(0);
  });

  test('gives back every other node, in chunks of any size', () => {
    const subscript = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.integer(),
    );
    const value = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((b) => b !== 0x0a));
    const nodes = fc.array(fc.tuple(fc.array(subscript, { maxLength: 3 }), value), {
      maxLength: 8,
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(nodes, sizes, fc.constantFrom('bytes', 'utf8'), (written, chunks, charset) => {
        const out = new ByteWriter();
        out.raw(formatHeader('test', '1-JAN-2026 00:00:00', { charset, format: 'go' }));
        const expected = written.map(([path, bytes]) => ({ key: encodeKey('A', path), bytes }));
        for (const { key, bytes } of expected) writePair(out, key, bytes, charset);
        const read = readAll(out.copy(), chunks);
        expect(read.map(({ key, value: bytes }) => ({ key, bytes }))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
