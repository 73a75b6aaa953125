import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import type { Subscript } from '../globals/types.ts';
import { type GlobalFileFormat, GlobalFileReader } from '../globals/global-file.ts';
import { exportFile, exportStream } from './export.ts';
import { checkStream, ImportError, importFiles, importStream } from './import.ts';
import { progressLine } from './progress.ts';
import { MemoryDatabase } from './shell/testing/memory-database.ts';

let folder: string;
let database: MemoryDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecp-import-'));
  database = new MemoryDatabase();
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const HEADER = 'test export UTF-8\n01-JAN-2026 00:00:00 ZWR\n';
const DATE = new Date(2026, 10, 21, 9, 5, 7);

/** In pieces, so that lines, characters and the gzip header fall apart. */
async function* pieces(bytes: Uint8Array | string, length = 7): AsyncGenerator<Uint8Array> {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
  for (let at = 0; at < all.length; at += length) {
    yield await Promise.resolve(all.subarray(at, at + length));
  }
}

async function exported(
  from: MemoryDatabase,
  globals: string[] = [],
  format: GlobalFileFormat = 'zwr',
): Promise<string> {
  const parts: Uint8Array[] = [];
  const output = new Writable({
    highWaterMark: 16,
    write: (chunk: Uint8Array, _encoding, done) => {
      parts.push(chunk);
      setImmediate(done);
    },
  });
  await exportStream(from, globals, output, { date: DATE, format });
  return Buffer.concat(parts).toString('utf8');
}

async function failureOf(work: Promise<unknown>): Promise<ImportError> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ImportError);
  return error as ImportError;
}

async function isEmpty(): Promise<boolean> {
  for await (const _ of database.globals()) return false;
  return true;
}

describe('export (F-D7)', () => {
  test('writes header and nodes in canonical order', async () => {
    const x = database.global('x');
    await x.set(['b'], 'quote " here');
    await x.set([10], '10');
    await x.set([9, 'sub'], 'line\r\nbreak');
    await x.set([], 'é');
    await database.global('A').set([1], '');
    expect(await exported(database)).toBe(
      'ECP export UTF-8\n21-NOV-2026 09:05:07 ZWR\n' +
        '^A(1)=""\n^x="é"\n^x(9,"sub")="line"_$C(13,10)_"break"\n^x(10)="10"\n^x("b")="quote "" here"\n',
    );
  });

  test('takes subtrees, each node once', async () => {
    const x = database.global('x');
    for (const i of [1, 2, 3]) await x.set([i, 'a'], i);
    const lines = async (globals: string[]): Promise<string> =>
      (await exported(database, globals)).split('\n').slice(2).join('\n');
    expect(await lines(['^x(3)', 'x(1)'])).toBe('^x(1,"a")="1"\n^x(3,"a")="3"\n');
    expect(await lines(['x(1)', 'x', '^x'])).toBe('^x(1,"a")="1"\n^x(2,"a")="2"\n^x(3,"a")="3"\n');
  });

  test('a malformed name is refused before anything is written', async () => {
    const output = new PassThrough();
    await expect(exportStream(database, ['x', 'x('], output)).rejects.toThrow(/<SYNTAX>/);
    expect(output.read()).toBeNull();
  });

  test('a file ending in .gz is compressed, and appears only when it is complete', async () => {
    await database.global('x').set([1], 'one');
    const path = join(folder, 'x.zwr.gz');
    expect(await exportFile(database, ['x'], path)).toMatchObject({ nodes: 1 });
    expect(gunzipSync(await readFile(path)).toString()).toMatch(/ ZWR\n\^x\(1\)="one"\n$/);
    await expect(exportFile(database, ['1'], join(folder, 'y.zwr'))).rejects.toThrow(/SYNTAX/);
    const controller = new AbortController();
    controller.abort();
    const { signal } = controller;
    await expect(exportFile(database, ['x'], join(folder, 'z.gz'), { signal })).rejects.toThrow(
      /CANCELLED/,
    );
    expect(await readdir(folder)).toEqual(['x.zwr.gz']);
  });

  test('a file that cannot be written is an error', async () => {
    await database.global('x').set([1], 'one');
    for (const name of ['x.zwr', 'x.zwr.gz']) {
      await expect(exportFile(database, ['x'], join(folder, 'none', name))).rejects.toThrow(
        /ENOENT/,
      );
    }
  });

  test('an output that is closed ends it', async () => {
    for (let i = 0; i < 100; i++) await database.global('x').set([i], 'x'.repeat(10_000));
    const output = new Writable({
      highWaterMark: 1,
      write: () => setImmediate(() => output.destroy()),
    });
    await expect(exportStream(database, ['x'], output)).rejects.toThrow(/the output was closed/);
  });
});

describe('import (F-D7)', () => {
  test('what was exported comes back byte for byte, compressed or not', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '""', '_', '$C(1)', '\r\n', '\u0000', '\uFEFF', '\uFFFD', '-0', '1E3'),
    );
    const bytes = fc.uint8Array({ maxLength: 20 });
    // Below 1E-43 M has no numbers.
    const number = fc
      .double({ min: -1e9, max: 1e9, noNaN: true })
      .map((value) => (Math.abs(value) < 1e-30 ? 0 : Math.fround(value)));
    const subscript = fc.oneof(text, number, bytes);
    const isUsable = (one: Subscript): boolean =>
      typeof one === 'number' || (one as string | Uint8Array).length > 0;
    const node = fc.tuple(
      fc.constantFrom('x', 'y', '%z'),
      fc.array(subscript.filter(isUsable), { maxLength: 3 }),
      fc.oneof(text, bytes),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 10 }), async (nodes) => {
        const source = new MemoryDatabase();
        for (const [name, subscripts, value] of nodes) {
          await source.global(name).set(subscripts, value);
        }
        const first = await exported(source);
        const files = [utf8(first), gzipSync(first)];
        // The GO format has no line breaks, and other bytes as they are: no string holds those.
        if (!/\$C\((?:\d+,)*10[,)]|\$ZCH/.test(first))
          files.push(utf8(await exported(source, [], 'go')));
        for (const file of files) {
          const target = new MemoryDatabase();
          await importStream(target, pieces(file, 5));
          expect(await exported(target)).toBe(first);
          for (const [name, subscripts] of nodes) {
            expect(await target.global(name).getBytes(subscripts)).toEqual(
              await source.global(name).getBytes(subscripts),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is durable when it says so', async () => {
    const imported = await importStream(database, pieces(`${HEADER}^x(1)="a"\n^x(2)="b"\n`));
    expect(imported.nodes).toBe(2);
    expect(database.counters.flushes).toBe(1);
  });

  // Control and high bytes and $C among good lines: every bad line is found, by line and rule.
  test.each([
    ['^x(1)="a', 4, /a string ends with a quote/],
    ['^x(1)', 4, /an = follows/],
    ['x(1)="a"', 4, /starts with \^/],
    ['^x("")="a"', 4, /subscript is empty/],
    ['^x(01)="a"', 4, /canonical number/],
    ['^x(1)="a"_$C(1114112)', 4, /Unicode character/],
    ['^x(1)="a"_$D(1)', 4, /only functions/],
    ['^x(1)="a" ', 4, /nothing follows/],
    ['^1x="a"', 4, /name is a letter/],
    [`^x("${'k'.repeat(2000)}")=1`, 4, /1019 bytes/],
  ])('nothing of a file with the line %s is written', async (bad, line, rule) => {
    const good = '^x(0)="\u0001\u00e9"_$C(13,10)_$ZCH(255)\n';
    for (const [name, bytes] of [
      ['bad.zwr', utf8(`${HEADER}${good}${bad}\n^x(9)=9\n`)],
      ['bad.zwr.gz', gzipSync(`${HEADER}${good}${bad}\n^x(9)=9\n`)],
    ] as const) {
      await writeFile(join(folder, 'good.zwr'), `${HEADER}${good}`);
      const path = join(folder, name);
      await writeFile(path, bytes);
      const error = await failureOf(importFiles(database, [join(folder, 'good.zwr'), path]));
      expect(error.message).toContain(`<SYNTAX> ${path}: line ${line}`);
      expect(error.message).toMatch(rule);
      expect(error.message).toMatch(/; nothing was written$/);
      expect(await isEmpty()).toBe(true);
    }
  });

  test.each([
    ['', /two header lines/],
    ['only one line\n', /two header lines/],
    ['some\nfile\n', /line 2: the second header line ends in ZWR/],
    ['^x(1)=1\n^x(2)=2\n', /line 2/],
  ])('a file without header is refused: %j', async (text, rule) => {
    expect((await failureOf(importStream(database, pieces(text)))).message).toMatch(rule);
  });

  test('of standard input the error says line and how many nodes were written', async () => {
    const input = pieces(`${HEADER}^x(1)=1\n^x(2)=2\n^x(3)=\n^x(4)=4\n`);
    const error = await failureOf(importFiles(database, ['-'], { standardInput: input }));
    expect(error.message).toMatch(
      /^<SYNTAX> standard input: line 5, column 7: .*; 2 nodes were written before$/,
    );
    expect([error.nodes, error.outcome]).toEqual([2, 'maybe']);
    expect(await database.global('x').data([2])).toBe(1);
    expect(await database.global('x').data([4])).toBe(0);
  });

  test('a compressed file that was cut off is refused, and nothing is written', async () => {
    const whole = gzipSync(HEADER + '^x(1)=1\n'.repeat(1000));
    const path = join(folder, 'cut.gz');
    await writeFile(path, whole.subarray(0, whole.length - 9));
    const error = await failureOf(importFiles(database, [path]));
    expect(error.message).toMatch(/<DAMAGED> .*cut\.gz: .*gzip data is broken or cut off/);
    expect(await isEmpty()).toBe(true);
  });

  test('a missing file and a folder are refused before anything is written', async () => {
    const good = join(folder, 'good.zwr');
    await writeFile(good, `${HEADER}^x(1)=1\n`);
    await expect(importFiles(database, [good, join(folder, 'none')])).rejects.toThrow(/ENOENT/);
    await expect(importFiles(database, [good, folder])).rejects.toThrow(/is a folder/);
    expect(await isEmpty()).toBe(true);
  });

  test('a set that fails stops it, with its line', async () => {
    const failing = new MemoryDatabase({
      beforeSet: async (reference) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (reference === 'x(3)') await failing.global('').set([], '');
      },
    });
    const text = [1, 2, 3, 4].map((i) => `^x(${i})=${i}\n`).join('');
    const error = await failureOf(importStream(failing, pieces(HEADER + text)));
    expect(isEcpError(error, 'SYNTAX')).toBe(true);
    expect(error.message).toMatch(/standard input: line 5: /);
  });

  test('sets outstanding are bounded in bytes', async () => {
    let outstanding = 0;
    let most = 0;
    const slow = new MemoryDatabase({
      beforeSet: async () => {
        most = Math.max(most, ++outstanding);
        await new Promise((resolve) => setImmediate(resolve));
        outstanding--;
      },
    });
    const value = 'v'.repeat(1024 * 1024);
    const lines = Array.from({ length: 40 }, (_, i) => `^x(${i})="${value}"\n`).join('');
    // In one chunk: nothing but the window holds the sets back.
    await importStream(slow, pieces(HEADER + lines, Infinity));
    expect(most).toBe(8);
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8(HEADER);
      for (let i = 0; ; i++) {
        if (i === 2000) controller.abort();
        yield await Promise.resolve(utf8(`^x(${i})=${i}\n`));
      }
    }
    const error = await failureOf(importStream(database, endless(), { signal: controller.signal }));
    expect(error.code).toBe('CANCELLED');
  });

  test('progress names phases, and counts the bytes of the file as stored', async () => {
    const path = join(folder, 'x.gz');
    const bytes = gzipSync(`${HEADER}${'^x(1)=1\n'.repeat(2500)}`);
    await writeFile(path, bytes);
    const seen: string[] = [];
    await importFiles(database, [path], {
      onProgress: ({ phase, nodes, bytes: read, totalBytes }) => {
        expect(totalBytes).toBe(bytes.length);
        seen.push(`${phase} ${nodes} ${read === totalBytes}`);
      },
    });
    expect(seen.filter((one) => one.includes('2500'))).toEqual([
      'check 2500 true',
      'write 2500 true',
    ]);
  });

  test('a check writes nothing', async () => {
    expect(await checkStream(pieces(`${HEADER}^x(1)=1\n`))).toMatchObject({ nodes: 1 });
    expect(await isEmpty()).toBe(true);
  });
});

// All of a folder of real exports: set ECP_SAMPLE_DATA to run it.
const samples = process.env['ECP_SAMPLE_DATA'];
(samples === undefined ? test.skip : test)(
  'every node of the sample data comes back (ECP_SAMPLE_DATA)',
  async () => {
    const names = await readdir(samples!);
    for (const name of names.filter((one) => /\.zwr(\.gz)?$/.test(one))) {
      const path = join(samples!, name);
      const target = new MemoryDatabase();
      const { nodes } = await importFiles(target, [path]);
      const written = nodesOf(utf8(await exported(target)));
      const stored = await readFile(path);
      const expected = nodesOf(name.endsWith('.gz') ? gunzipSync(stored) : stored);
      expect(expected.size).toBe(nodes);
      expect([...written.keys()]).toEqual([...expected.keys()].sort());
      expect([...expected].filter(([key, value]) => written.get(key) !== value)).toEqual([]);
    }
  },
  120_000,
);

/** Keys and values in hexadecimal, which sorts as the bytes do; in the order of the file. */
function nodesOf(file: Uint8Array): Map<string, string> {
  const reader = new GlobalFileReader();
  const hexadecimal = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return new Map(
    [...reader.push(file)].map(({ key, value }) => [hexadecimal(key), hexadecimal(value)]),
  );
}

describe('progress line', () => {
  const terminal = (
    isTTY: boolean,
  ): { isTTY: boolean; columns: number; write: (text: string) => void; text: string } => ({
    isTTY,
    columns: 40,
    text: '',
    write(text: string) {
      this.text += text;
    },
  });

  test('says nothing where there is no terminal', () => {
    const pipe = terminal(false);
    const line = progressLine(pipe);
    line.show('x', 0.5);
    line.clear();
    expect(pipe.text).toBe('');
  });

  test('fits the terminal, is not drawn too often and goes away', () => {
    const screen = terminal(true);
    let nowMs = 0;
    const line = progressLine(screen, () => nowMs);
    line.show('1 node', 0.5);
    line.show('not shown', 0.6);
    nowMs = 100;
    line.show('a text much longer than the line', 1);
    line.clear();
    expect(screen.text).toBe(
      `\r\x1b[K[${'#'.repeat(12)}${' '.repeat(12)}]  50 %  1 nod` +
        `\r\x1b[K[${'#'.repeat(24)}] 100 %  a tex\r\x1b[K`,
    );
  });
});
