import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { compareBytes, utf8 } from '../base/bytes.ts';
import { VALUE_BYTES_MAX, ZWR_LINE_BYTES_MAX } from '../base/limits.ts';
import { formatKey } from './reference.ts';
import { type FileNode, formatHeader, GlobalFileReader, parseHeader } from './global-file.ts';
import { formatLine, parseLine, type ZwrStyle } from './zwr.ts';

const FIXTURES = new URL('../../test/fixtures/', import.meta.url);
const fixture = (name: string): Uint8Array => readFileSync(new URL(name, FIXTURES));
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function readAll(bytes: Uint8Array): { reader: GlobalFileReader; nodes: FileNode[] } {
  const reader = new GlobalFileReader();
  const nodes = [...reader.push(bytes), ...reader.end()];
  return { reader, nodes };
}

/** The lines of a file that do not come back byte for byte, and those that do not ascend. */
function differences(bytes: Uint8Array): { count: number; changed: number[]; unordered: number[] } {
  const lines = latin1(bytes).split('\n');
  const { reader, nodes } = readAll(bytes);
  const style: ZwrStyle = {
    charset: reader.header!.charset,
    quoteNumbers: !nodes.some((node) => node.isPlain),
  };
  const changed = nodes
    .filter((node) => latin1(formatLine(node.key, node.value, style)) !== lines[node.line - 1])
    .map((node) => node.line);
  const unordered = nodes
    .filter((node, i) => i > 0 && compareBytes(nodes[i - 1]!.key, node.key) >= 0)
    .map((node) => node.line);
  return { count: nodes.length, changed, unordered };
}

describe('real exports (F-D7)', () => {
  test('the sample comes back byte for byte, in ascending order', () => {
    const { count, changed, unordered } = differences(fixture('sample.zwr'));
    expect(count).toBeGreaterThan(250);
    expect({ changed, unordered }).toEqual({ changed: [], unordered: [] });
  });

  const folder = process.env['ECP_SAMPLE_DATA'];
  const files =
    folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.zwr.gz'));
  if (folder === undefined) {
    test.skip('every line of the whole exports comes back (ECP_SAMPLE_DATA is not set)', () =>
      undefined);
  } else {
    test('ECP_SAMPLE_DATA names a folder of .zwr.gz files', () => {
      expect(files.length).toBeGreaterThan(0);
    });
  }
  for (const file of files) {
    test(`every line of ${file} comes back byte for byte, in ascending order`, () => {
      const { count, changed, unordered } = differences(
        gunzipSync(readFileSync(`${folder!}/${file}`)),
      );
      expect(count).toBeGreaterThan(1000);
      expect({ changed, unordered }).toEqual({ changed: [], unordered: [] });
    });
  }
});

describe('control and high bytes (F-D7)', () => {
  const values = (name: string): Map<string, string> =>
    new Map(readAll(fixture(name)).nodes.map((node) => [formatKey(node.key), latin1(node.value)]));

  test('without UTF-8 in the header $C(200) is a byte', () => {
    const read = values('zwr-hostile-bytes.zwr');
    expect(Object.fromEntries(read)).toEqual({
      '^Z': 'the global itself',
      '^Z(-1.5)': '.5',
      '^Z(0)': '0',
      '^Z(.5)': '-.25',
      '^Z(17,"balance")': '250.00',
      '^Z("01")': 'leading zero',
      '^Z("$C(1)")': 'not a function: $C(13)',
      '^Z("a""b")': 'say "hi"',
      '^Z("a"_$C(13,10)_"b")': '\0',
      '^Z("c")': 'one\ttwo\r\n',
      '^Z("d")': '\x07x',
      '^Z("e")': '\xc8\xffx\0',
      '^Z("f")': '',
      '^Z("g")': '\x7f\x80\xc8',
      '^Z("h")': '\xc3\xa9',
      '^Z("i")': '"',
    });
  });

  test('with UTF-8 in the second header line $C(200) is a character, $ZCH(200) a byte', () => {
    const read = values('zwr-hostile-utf8.zwr');
    expect(read.get('^Z("g")')).toBe('\x7f\xc2\x80\xc3\x88');
    expect(read.get('^Z("e")')).toBe('\xc8\xffx\0');
    expect(read.get('^Z("h")')).toBe('\xc3\xa9');
    expect(Buffer.from(read.get('^Z("j")')!, 'latin1').toString()).toBe('€😀');
    expect(read.size).toBe(17);
  });

  const written: [string, number[], string, string][] = [
    ['nothing', [], '""', '""'],
    ['quotes', [0x22], '""""', '""""'],
    ['control characters', [0x61, 13, 10, 0x62], '"a"_$C(13,10)_"b"', '"a"_$C(13,10)_"b"'],
    ['U+00E9', [0xc3, 0xa9], '$C(195,169)', '"\xc3\xa9"'],
    ['U+0085', [0xc2, 0x85], '$C(194,133)', '$C(133)'],
    ['a byte', [0xc8], '$C(200)', '$ZCH(200)'],
    ['a byte and a control', [0xc8, 0x07], '$C(200,7)', '$ZCH(200)_$C(7)'],
  ];
  test.each(written)('%s is written for either charset', (_name, bytes, asBytes, asUtf8) => {
    const key = parseLine(utf8('^A=""'), 1, 'utf8').key;
    const value = new Uint8Array(bytes);
    expect(latin1(formatLine(key, value, { charset: 'bytes' }))).toBe(`^A=${asBytes}`);
    expect(latin1(formatLine(key, value, { charset: 'utf8' }))).toBe(`^A=${asUtf8}`);
  });

  test('numbers are written with quotes or without', () => {
    const { key, value } = parseLine(utf8('^A(1)=-2.5'), 1, 'utf8');
    expect(latin1(formatLine(key, value))).toBe('^A(1)="-2.5"');
    expect(latin1(formatLine(key, value, { quoteNumbers: false }))).toBe('^A(1)=-2.5');
    expect(latin1(formatLine(key, utf8('007'), { quoteNumbers: false }))).toBe('^A(1)="007"');
  });
});

describe('headers (F-D7)', () => {
  test.each([
    ['GT.M MUPIP EXTRACT', '25-NOV-2019  17:50:36 ZWR', 'bytes'],
    ['GT.M MUPIP EXTRACT UTF-8', '25-NOV-2019  17:50:36 ZWR', 'utf8'],
    ['any', '25-NOV-2019 17:50:36 ZWR UTF-8', 'utf8'],
    ['NOTUTF-8X', '25-NOV-2019 17:50:36 ZWR', 'bytes'],
  ])('%s / %s: %s', (first, second, charset) => {
    expect(parseHeader(utf8(first), utf8(second)).charset).toBe(charset);
  });

  test('what is written is read back, on two lines whatever the label', () => {
    for (const charset of ['bytes', 'utf8'] as const) {
      const header = formatHeader('a\nb', '1-JAN-2026 00:00:00', { charset });
      expect(latin1(header)).toMatch(/^a b( UTF-8)?\n1-JAN-2026 00:00:00 ZWR\n$/);
      expect(readAll(header).reader.header?.charset).toBe(charset);
    }
  });

  test.each([
    ['', 'line 1: the file has two header lines'],
    ['one', 'line 2: the file has two header lines'],
    ['one\ntwo\n', 'line 2: the second header line ends in ZWR or GLO'],
    ['^A(1)="x"\n^A(2)="y"\n', 'line 2: the second header line ends in ZWR or GLO'],
  ])('%p is <SYNTAX>', (file, message) => {
    expect(() => readAll(utf8(file))).toThrow(`<SYNTAX> ${message}`);
  });
});

describe('malformed lines are refused with line and rule (F-D7)', () => {
  const cases = latin1(fixture('zwr-malformed.txt'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t') as [string, string]);

  test.each(cases)('%s', (line, rule) => {
    const file = utf8(`test\n1-JAN-2026 ZWR\n^Z="good"\n${line}\n`);
    const message = Buffer.from(rule, 'latin1').toString();
    expect(() => readAll(file)).toThrow(`<SYNTAX> line 4, column ${message}`);
  });

  test.each([
    ['^Z("")="x"', 'a subscript is empty'],
    [`^${'Z'.repeat(32)}="x"`, "a global's name"],
    [`^Z("${'x'.repeat(1020)}")="x"`, 'longer than 1019 bytes'],
    ['^1="x"', "a global's name"],
  ])('a reference that cannot be: %#', (line, rule) => {
    const file = utf8(`test\n1-JAN-2026 ZWR\n${line}`);
    expect(() => readAll(file)).toThrow(/^<SYNTAX> line 3: /);
    expect(() => readAll(file)).toThrow(rule);
  });

  test.each(['1114112', '55296', '57343'])('$C(%s) is no character', (code) => {
    expect(() => parseLine(utf8(`^Z=$C(${code})`), 3, 'utf8')).toThrow(
      '<SYNTAX> line 3, column 7: a code of $C is a Unicode character',
    );
  });

  test('too many subscripts', () => {
    const line = `^Z(${Array.from({ length: 256 }, () => '0').join(',')})=1`;
    expect(() => parseLine(utf8(line), 3, 'utf8')).toThrow(
      /^<SYNTAX> line 3, column \d+: a reference has at most 255/,
    );
  });

  test('values and lines have limits (F-D2)', () => {
    const longest = `^Z="${'x'.repeat(VALUE_BYTES_MAX)}"`;
    expect(parseLine(utf8(longest), 3, 'utf8').value).toHaveLength(VALUE_BYTES_MAX);
    expect(() => parseLine(utf8(`${longest.slice(0, -1)}x"`), 3, 'utf8')).toThrow(
      `<SYNTAX> line 3, column 1: a value has at most ${VALUE_BYTES_MAX} bytes`,
    );
    const reader = new GlobalFileReader();
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    expect(() => {
      for (let sent = 0; sent <= ZWR_LINE_BYTES_MAX; sent += chunk.length)
        for (const _ of reader.push(chunk));
    }).toThrow(`<SYNTAX> line 1: a line has at most ${ZWR_LINE_BYTES_MAX} bytes`);
  });

  test('errors never carry data', () => {
    try {
      parseLine(utf8('^Patient("Smith")="secret'), 1, 'utf8');
    } catch (error) {
      expect(String(error)).not.toMatch(/Smith|secret|Patient/);
      return;
    }
    throw new Error('the line was accepted');
  });
});
