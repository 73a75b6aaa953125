import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { executeLines, horologOf, runShell } from './repl.ts';
import { MemoryDatabase } from './testing/memory-database.ts';

let folder: string;
let database: MemoryDatabase;
let input: PassThrough & { isTTY?: boolean };
let output: PassThrough & { isTTY?: boolean };
let errorOutput: PassThrough;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecp-shell-'));
  database = new MemoryDatabase({ namespaces: ['OTHER'] });
  input = new PassThrough();
  output = new PassThrough();
  errorOutput = new PassThrough();
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const text = (stream: PassThrough): string => String(stream.read() ?? '');

describe('lines given as arguments (-e)', () => {
  test('are run in one shell, and what they write ends its line', async () => {
    expect(await executeLines(database, ['SET x=1', 'WRITE x+1'], { output, errorOutput })).toBe(0);
    expect(text(output)).toBe('2\n');
  });

  test('the first that fails ends it with exit code 1, line and caret', async () => {
    const lines = ['WRITE 1/0', 'SET ^x=1'];
    expect(await executeLines(database, lines, { output, errorOutput })).toBe(1);
    expect(text(errorOutput)).toBe('WRITE 1/0\n       ^\n<MAXNUMBER> division by zero\n');
    expect(await database.global('x').data()).toBe(0);
  });

  test('HALT leaves the others out', async () => {
    expect(await executeLines(database, ['HALT', 'SET ^x=1'], { output, errorOutput })).toBe(0);
    expect(await database.global('x').data()).toBe(0);
  });

  test('bytes that are not UTF-8 are written as they are', async () => {
    await executeLines(database, ['WRITE $ZCH(255),!'], { output, errorOutput });
    expect(output.read()).toEqual(Buffer.from([255, 10]));
  });
});

describe('lines from a pipe', () => {
  test('are run without prompt', async () => {
    input.end('SET x=2\nWRITE x,!\n');
    expect(await runShell(database, { input, output, errorOutput })).toBe(0);
    expect(text(output)).toBe('2\n');
  });

  test('the first that fails ends it with its number', async () => {
    input.end('SET x=2\nFOO\nSET ^x=1\n');
    expect(await runShell(database, { input, output, errorOutput })).toBe(1);
    expect(text(errorOutput)).toBe('line 2:\nFOO\n^\n<SYNTAX> column 1: FOO is not a command\n');
    expect(await database.global('x').data()).toBe(0);
  });

  test.each(['TSTART\nSET ^x=1\n', 'TSTART\nSET ^x=1\nFOO\n', 'TSTART\nSET ^x=1\nHALT\n'])(
    'what %j leaves open is rolled back',
    async (lines) => {
      input.end(lines);
      await runShell(database, { input, output, errorOutput });
      expect([await database.tlevel(), await database.global('x').data()]).toEqual([0, 0]);
    },
  );
});

describe('a terminal', () => {
  /** All that was shown. */
  let screen: string;
  let session: Promise<number>;
  const historyFile = (): string => join(folder, 'deep', 'history');

  beforeEach(() => {
    input.isTTY = true;
    output.isTTY = true;
    screen = '';
    output.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
    });
    session = runShell(database, { input, output, errorOutput, historyFile: historyFile() });
  });

  async function shown(what: string | RegExp): Promise<void> {
    while (!(typeof what === 'string' ? screen.includes(what) : what.test(screen))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  test('shows prompt, output and errors with the caret below, and goes on', async () => {
    await shown('USER>');
    input.write('WRITE 1/0\n');
    // Five characters of prompt.
    await shown(`${' '.repeat(5 + 7)}^\n<MAXNUMBER> division by zero\n`);
    input.write('ZN "OTHER"\n');
    await shown('OTHER>');
    input.write('QUIT\n');
    expect(await session).toBe(0);
    expect(database.counters.openJobs).toBe(0);
  });

  test('the prompt tells the level of a transaction; Ctrl-D rolls it back', async () => {
    await shown('USER>');
    input.write('TSTART  SET ^x=1\n');
    await shown('TL1:USER>');
    input.write('TSTART\n');
    await shown('TL2:USER>');
    input.write('WRITE 1/0\n');
    await shown(`${' '.repeat(9 + 7)}^\n<MAXNUMBER>`);
    input.write('\u0004');
    expect(await session).toBe(0);
    expect([await database.tlevel(), await database.global('x').data()]).toEqual([0, 0]);
  });

  test('Ctrl-C ends the running line, not the shell', async () => {
    await shown('USER>');
    input.write('SET x=1 WRITE "running" FOR  SET x=x+1\n');
    await shown(/running(?!")/);
    input.write('\u0003');
    await shown('<CANCELLED> interrupted');
    screen = '';
    input.write('WRITE x>1,"!"\n');
    await shown('1!\n');
    input.write('\u0004');
    expect(await session).toBe(0);
  });

  test('keeps history for its owner alone, the newest 1000 lines', async () => {
    await shown('USER>');
    input.write('SET x=1\n');
    await shown(/USER>[^>]*USER>/s);
    input.write('HALT\n');
    await session;
    expect(await readFile(historyFile(), 'utf8')).toBe('SET x=1\nHALT\n');
    expect((await stat(historyFile())).mode & 0o777).toBe(0o600);
    await writeFile(historyFile(), 'WRITE "old"\n'.repeat(2000) + 'WRITE "newest"\n');
    screen = '';
    session = runShell(database, { input, output, errorOutput, historyFile: historyFile() });
    await shown('USER>');
    // Arrow up, then return.
    input.write('\u001b[A\r');
    await shown(/newest\n/);
    input.write('HALT\n');
    await session;
    expect((await readFile(historyFile(), 'utf8')).split('\n')).toHaveLength(1001);
  });
});

test('$HOROLOG counts days from 31 December 1840', () => {
  expect(horologOf(new Date(1841, 0, 1, 0, 0, 1))).toBe('1,1');
  expect(horologOf(new Date(2026, 10, 21, 23, 59, 59))).toBe('67895,86399');
});
