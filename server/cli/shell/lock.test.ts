/** LOCK of the shell, on jobs of a real instance. F-M4, A.1.6 */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBank } from '../../../test/support/memory-instance.ts';
import type { ShellEnvironment } from './evaluate.ts';
import { Shell, ShellError } from './shell.ts';

const bank = openBank();
afterAll(() => bank.stop());

/** A shell with a job of its own. */
class Terminal {
  readonly #job = bank.app.openJob('USER');
  readonly #shell: Shell;
  #written = '';

  constructor() {
    const environment: ShellEnvironment = {
      horolog: () => '67890,12345',
      job: '42',
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      write: (text) => {
        this.#written += text;
      },
    };
    this.#shell = new Shell(this.#job, environment);
  }

  /** What a line writes. */
  async run(line: string, signal?: AbortSignal): Promise<string> {
    this.#written = '';
    await this.#shell.run(line, signal === undefined ? {} : { signal });
    return this.#written;
  }

  async failure(line: string): Promise<ShellError> {
    const error: unknown = await this.run(line).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ShellError);
    return error as ShellError;
  }

  /** Whether it could have these locks now: "1", or "0". */
  tries(locks: string): Promise<string> {
    return this.run(`LOCK +${locks}:0 WRITE $TEST LOCK:$TEST -${locks}#"I"`);
  }

  async close(): Promise<void> {
    await this.#shell.close();
    await this.#job.close();
  }
}

let mine: Terminal;
let theirs: Terminal;
beforeEach(() => {
  mine = new Terminal();
  theirs = new Terminal();
});
afterEach(async () => {
  await mine.close();
  await theirs.close();
});

const free = async (locks: string): Promise<boolean> => (await theirs.tries(locks)) === '1';

describe('LOCK', () => {
  test('without a sign lets go of all before; with + it does not', async () => {
    await mine.run('LOCK ^a(1)');
    expect([await free('^a(1)'), await free('^a'), await free('^a(2)')]).toEqual([
      false,
      false,
      true,
    ]);
    await mine.run('LOCK +^b L +^c');
    expect([await free('^a(1)'), await free('^b'), await free('^c')]).toEqual([
      false,
      false,
      false,
    ]);
    await mine.run('LOCK ^d');
    expect([await free('^a(1)'), await free('^b'), await free('^d')]).toEqual([true, true, false]);
    // One after the other: the second lets go of the first.
    await mine.run('LOCK ^a,^b');
    expect([await free('^a'), await free('^b')]).toEqual([true, false]);
  });

  test('is counted: - lets go of one, LOCK alone of everything', async () => {
    await mine.run('LOCK +^a,+^a,+^a,-^a');
    expect(await free('^a')).toBe(false);
    await mine.run('LOCK -^a');
    expect(await free('^a')).toBe(false);
    await mine.run('LOCK');
    expect(await free('^a')).toBe(true);
    await mine.run('LOCK -^a,-^nothing');
  });

  test('of a list is for all or for none', async () => {
    await mine.run('LOCK +(^a,^b(1))');
    expect(await theirs.run('LOCK +(^c,^b):0 WRITE $TEST')).toBe('0');
    expect(await mine.run('LOCK +^c:0 WRITE $T')).toBe('1');
    await mine.run('LOCK -(^a,^b(1))');
    expect(await theirs.run('LOCK +(^a,^b):0 WRITE $TEST')).toBe('1');
  });

  test('with a time sets $TEST, without one leaves it; what follows is done', async () => {
    await mine.run('LOCK ^a');
    expect(await theirs.run('IF 1 LOCK +^a:.01 WRITE $TEST,"-" LOCK +^b WRITE $TEST')).toBe('0-0');
    expect(await theirs.run('IF 0 ')).toBe('');
    expect(await theirs.run('LOCK +^b:-1 WRITE $TEST')).toBe('1');
    const waiting = theirs.run('LOCK +^a:60 WRITE $TEST');
    await mine.run('LOCK -^a');
    expect(await waiting).toBe('1');
  });

  test('#"S" is shared, #"E" and #"SE" escalate, in any case; an unlock is of the same type', async () => {
    await mine.run('LOCK +^a#"s",+^b#"E",+^c#"SE"');
    expect(await theirs.run('LOCK +(^a#"S",^c#"S"):0 WRITE $T LOCK')).toBe('1');
    expect([await free('^a'), await free('^b')]).toEqual([false, false]);
    await mine.run('LOCK -^a,-^b');
    expect([await free('^a'), await free('^b')]).toEqual([false, true]);
    await mine.run('SET type="S" LOCK -^a#type');
    expect(await free('^a')).toBe(true);
  });

  test('in a transaction is let go of when that ends, with #"I" now (A.1.6)', async () => {
    await mine.run('LOCK +^a,+^b,+^c TSTART  LOCK -^a,-^b#"I",-^c#"D"');
    expect([await free('^a'), await free('^b'), await free('^c')]).toEqual([false, true, false]);
    await mine.run('LOCK ^d');
    expect([await free('^a'), await free('^d')]).toEqual([false, false]);
    await mine.run('TCOMMIT');
    expect([await free('^a'), await free('^c'), await free('^d')]).toEqual([true, true, false]);
  });

  test('takes names from variables and indirection', async () => {
    await mine.run('SET i=7,name="^a(3)" LOCK +^a(i),+@name,+@name@(4)');
    expect([await free('^a(7)'), await free('^a(3)'), await free('^a(8)')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('that waits is interrupted, and is not held', async () => {
    await mine.run('LOCK ^a');
    const aborter = new AbortController();
    const waiting = theirs
      .run('LOCK +^a:60 WRITE "on"', aborter.signal)
      .catch((error: unknown) => error);
    setTimeout(() => aborter.abort(), 10);
    expect(await waiting).toMatchObject({ message: '<CANCELLED> interrupted' });
    await mine.run('LOCK');
    expect(await mine.run('LOCK ^a:0 WRITE $T')).toBe('1');
  });

  test('is of its job: no other namespace while it may be held; HALT lets go of it', async () => {
    await mine.run('LOCK ^a');
    expect((await mine.failure('ZN "LOCAL"')).message).toMatch(/locks are held/);
    await mine.run('LOCK  ZN "LOCAL" LOCK ^h');
    expect(await theirs.run('ZN "LOCAL" LOCK ^h:0 WRITE $T')).toBe('0');
    await mine.run('HALT');
    await mine.close();
    expect(await theirs.run('LOCK ^h:1 WRITE $T')).toBe('1');
  });

  test('after a condition may begin with a sign', async () => {
    await mine.run('LOCK:1=1 +^a LOCK:(1 + 1 = 3) +^b');
    expect([await free('^a'), await free('^b')]).toEqual([false, true]);
  });

  test.each([
    ['LOCK x', 'names of globals'],
    ['LOCK +(^a,x)', 'names of globals'],
    ['LOCK +(^a', 'a ) is missing'],
    ['LOCK -^a:5', 'an unlock waits for nothing'],
    ['LOCK +', 'a variable is expected'],
    ['LOCK +^a#"X"', 'a lock type is made of S and E'],
    ['LOCK +^a#"I"', 'a lock type is made of S and E'],
    ['LOCK -^a#"IX"', 'made of S, E, I and D'],
    ['LOCK +(^a#"S",^b)', 'of one type'],
    ['LOCK +^a("")', 'SUBSCRIPT'],
    ['SET v="x(1)" LOCK +@v', 'names of globals: x(1)'],
  ])('%s is refused: %s', async (line, rule) => {
    const error = await mine.failure(line);
    expect(error.message).toContain(rule);
    expect(await free('^a')).toBe(true);
  });
});
