/**
 * What the interface of server/instance/database.ts promises, as tests that run against every implementation:
 * in process and over the network. Hostile arguments included (client API).
 */
import { describe, expect, it } from '@jest/globals';
import { SUBSCRIPTS_MAX, VALUE_BYTES_MAX } from '../../server/base/limits.ts';
import { failure } from './failure.ts';
import { describeLocks } from './lock-conformance.ts';
import { describeTransactions } from './transaction-conformance.ts';
import type { Database, GlobalNode, Subscript, Value } from '../../server/instance/database.ts';

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const wrong = (value: unknown): readonly Subscript[] => value as readonly Subscript[];

/** Each test gets a database of its own global: `fresh`. `open` opens a job in a namespace of openBank. */
export function describeDatabase(
  what: string,
  open: (namespace: string) => Promise<Database>,
): void {
  let count = 0;
  const fresh = async (): Promise<{ db: Database; node: GlobalNode }> => {
    const db = await open('USER');
    return { db, node: db.global(`Conf${what.replace(/\W/g, '')}${count++}`) };
  };

  describe(`${what}: nodes`, () => {
    it('gives what was set, and undefined where nothing is (F-A1)', async () => {
      const { db, node } = await fresh();
      expect(await node.get()).toBeUndefined();
      await node.set([17, 'balance'], '250.00');
      await node.set([], 'root');
      expect(await node.get([17, 'balance'])).toBe('250.00');
      expect(await node.get([17])).toBeUndefined();
      expect(await node.get()).toBe('root');
      await node.set([17, 'empty'], '');
      expect(await node.get([17, 'empty'])).toBe('');
      await db.close();
    });

    it('takes numbers, bigints and bytes as values, and gives bytes back untouched', async () => {
      const { db, node } = await fresh();
      const values: readonly (readonly [Value, string])[] = [
        [0.5, '.5'],
        [-0, '0'],
        [12345678901234567890n, '12345678901234567890'],
        ['žluť \u0000 😀', 'žluť \u0000 😀'],
      ];
      for (const [i, [value, text]] of values.entries()) {
        await node.set([i], value);
        expect(await node.get([i])).toBe(text);
      }
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      await node.set(['bytes'], bytes);
      expect(await node.getBytes(['bytes'])).toEqual(bytes);
      expect(await node.getBytes(['none'])).toBeUndefined();
      await db.close();
    });

    it('knows $DATA, KILL and ZKILL', async () => {
      const { db, node } = await fresh();
      await node.set([1], 'a');
      await node.set([1, 2], 'b');
      await node.set([3, 4], 'c');
      expect([await node.data([1]), await node.data([1, 2])]).toEqual([11, 1]);
      expect([await node.data([3]), await node.data([9])]).toEqual([10, 0]);
      await node.zkill([1]);
      expect(await node.data([1])).toBe(10);
      await node.kill([1]);
      expect([await node.data([1]), await node.data([3])]).toEqual([0, 10]);
      await node.kill();
      expect(await node.data()).toBe(0);
      await db.close();
    });

    it('walks with $ORDER and $QUERY in both directions, from both ends', async () => {
      const { db, node } = await fresh();
      for (const key of [-2, 0.5, 10, 'a', 'B']) await node.set([1, key], String(key));
      await node.set([2], 'two');
      const level: unknown[] = [];
      for (let at = await node.order([1, '']); at !== undefined; at = await node.order([1, at]))
        level.push(at);
      expect(level).toEqual([-2, 0.5, 10, 'B', 'a']);
      expect(await node.previous([1, ''])).toBe('a');
      expect(await node.previous([1, 10])).toBe(0.5);
      expect(await node.previous([1, -2])).toBeUndefined();
      expect(await node.query()).toEqual([1, -2]);
      expect(await node.query([1, 'a'])).toEqual([2]);
      expect(await node.query([2])).toBeUndefined();
      expect(await node.query([2], { reverse: true })).toEqual([1, 'a']);
      expect(await node.query([''], { reverse: true })).toEqual([2]);
      await db.close();
    });

    it('keeps to its subtree with at()', async () => {
      const { db, node } = await fresh();
      await node.set([1, 'z'], 'before');
      await node.set([17, 'a'], 'in');
      await node.set([18], 'after');
      const part = node.at(17);
      expect(part.path).toEqual([17]);
      expect(await part.get(['a'])).toBe('in');
      expect(await part.order([''])).toBe('a');
      expect(await part.query()).toEqual(['a']);
      expect(await part.query(['a'])).toBeUndefined();
      expect(await part.query(['a'], { reverse: true })).toBeUndefined();
      expect(await gather(part.keys())).toEqual(['a']);
      expect(await gather(part.entries())).toEqual([[['a'], 'in']]);
      expect(await gather(part.at('a').entries())).toEqual([[[], 'in']]);
      await db.close();
    });

    it('increments in exact decimal', async () => {
      const { db, node } = await fresh();
      expect(await node.increment(['n'])).toBe('1');
      expect(await node.increment(['n'], '.1')).toBe('1.1');
      expect(await node.increment(['n'], '.2')).toBe('1.3');
      expect(await node.increment(['n'], -1)).toBe('.3');
      const results = [1, 2, 3].map(async () => node.increment(['m']));
      expect(await Promise.all(results)).toEqual(['1', '2', '3']);
      await db.close();
    });

    it('gives each caller of $SEQUENCE a number of its own, ascending for each job (F-D1, F-E8)', async () => {
      const { db, node } = await fresh();
      expect([await node.sequence(['n']), await node.sequence(['n'])]).toEqual([1, 2]);
      const other = await db.job();
      const theirs = other.global(node.name).at('n');
      const asked = Array.from({ length: 50 }, async (_, i) =>
        i % 2 === 0 ? node.sequence(['n']) : theirs.sequence(),
      );
      const numbers = await Promise.all(asked);
      expect(new Set(numbers).size).toBe(50);
      for (const odd of [0, 1]) {
        const ofOne = numbers.filter((_, i) => i % 2 === odd);
        expect(ofOne).toEqual(ofOne.toSorted((a, b) => a - b));
      }
      expect(Number(await node.get(['n']))).toBeGreaterThanOrEqual(Math.max(...numbers));
      await node.set(['text'], 'a');
      expect((await failure(() => node.sequence(['text']))).code).toBe('SYNTAX');
      await node.set(['far'], Number.MAX_SAFE_INTEGER);
      expect((await failure(() => node.sequence(['far']))).code).toBe('MAXNUMBER');
      await other.close();
      await db.close();
    });

    it('merges a subtree, over another of the same or another job, and not into itself', async () => {
      const { db, node } = await fresh();
      await node.set(['from'], 'v');
      await node.set(['from', 1, 2], 'w');
      await node.set(['to', 'kept'], 'k');
      await node.merge(['to'], node, ['from']);
      expect(await gather(node.at('to').entries())).toEqual([
        [[], 'v'],
        [[1, 2], 'w'],
        [['kept'], 'k'],
      ]);
      const other = await db.job({ namespace: 'LOCAL' });
      await other.global('Elsewhere').merge([], node, ['from']);
      expect(await other.global('Elsewhere').get([1, 2])).toBe('w');
      expect((await failure(() => node.merge(['from', 1], node, ['from']))).code).toBe('SYNTAX');
      await other.close();
      await db.close();
    });

    it('keeps the order of what is called without waiting', async () => {
      const { db, node } = await fresh();
      for (let i = 0; i < 100; i++) void node.set(['x'], i);
      void node.kill(['gone']);
      void node.set(['gone', 1], 'back');
      void node.merge(['copy'], node, ['gone']);
      void node.set(['copy', 1], 'over');
      expect(await node.get(['x'])).toBe('99');
      expect(await node.get(['gone', 1])).toBe('back');
      await db.sync();
      expect(await node.get(['copy', 1])).toBe('over');
      await db.flush();
      await db.close();
    });
  });

  describe(`${what}: iterators`, () => {
    it('give keys by range, direction and limit', async () => {
      const { db, node } = await fresh();
      for (const key of [1, 2, 10, 'a', 'b']) await node.set(['level', key, 'below'], key);
      const keys = (range?: object): Promise<unknown[]> => gather(node.keys(['level'], range));
      expect(await keys()).toEqual([1, 2, 10, 'a', 'b']);
      expect(await keys({ reverse: true })).toEqual(['b', 'a', 10, 2, 1]);
      expect(await keys({ from: 2, to: 'b' })).toEqual([2, 10, 'a']);
      expect(await keys({ from: 2, to: 'b', reverse: true, limit: 2 })).toEqual(['a', 10]);
      expect(await keys({ from: 3 })).toEqual([10, 'a', 'b']);
      expect(await keys({ limit: 0 })).toEqual([]);
      expect(await keys({ from: 'b', to: 'a' })).toEqual([]);
      await db.close();
    });

    it('give entries by range, direction and limit, the node itself only without `from`', async () => {
      const { db, node } = await fresh();
      await node.set(['t'], 'root');
      await node.set(['t', 1], 'one');
      await node.set(['t', 1, 'x'], 'one x');
      await node.set(['t', 2], 'two');
      await node.set(['u'], 'outside');
      const values = async (range?: object): Promise<string[]> =>
        (await gather(node.entries(['t'], range))).map(([, value]) => value);
      expect(await values()).toEqual(['root', 'one', 'one x', 'two']);
      expect(await values({ reverse: true })).toEqual(['two', 'one x', 'one', 'root']);
      expect(await values({ from: 1 })).toEqual(['one', 'one x', 'two']);
      expect(await values({ to: 2 })).toEqual(['root', 'one', 'one x']);
      expect(await values({ from: 1, to: 2, reverse: true })).toEqual(['one x', 'one']);
      expect(await values({ limit: 2 })).toEqual(['root', 'one']);
      expect(await gather(node.entries(['t'], { from: 1, limit: 2 }))).toEqual([
        [[1], 'one'],
        [[1, 'x'], 'one x'],
      ]);
      await db.close();
    });

    it('go through more than two pages, changes meanwhile included', async () => {
      const { db, node } = await fresh();
      for (let i = 0; i < 2500; i++) void node.set([i], i);
      await db.sync();
      expect(await gather(node.keys())).toEqual(Array.from({ length: 2500 }, (_, i) => i));
      const back = await gather(node.entries([], { reverse: true }));
      expect(back.map(([[key]]) => key)).toEqual(Array.from({ length: 2500 }, (_, i) => 2499 - i));
      let seen = 0;
      for await (const key of node.keys()) {
        seen++;
        // The next page starts where this one ended, node or no node.
        if (key === 999) await node.kill([999]);
      }
      expect(seen).toBe(2500);
      await db.close();
    });

    it('name the globals that have data', async () => {
      const { db, node } = await fresh();
      await node.set([1], 1);
      const names = await gather(db.globals());
      expect(names).toContain(node.name);
      expect(names).toEqual([...names].sort());
      await node.kill();
      expect(await gather(db.globals())).not.toContain(node.name);
      await db.close();
    });
  });

  describe(`${what}: hostile arguments are refused before anything happens`, () => {
    const refused: readonly (readonly [string, readonly Subscript[], string])[] = [
      ['an empty subscript', ['a', ''], 'SUBSCRIPT'],
      ['an empty subscript before others', ['', 'a'], 'SUBSCRIPT'],
      ['empty bytes', [new Uint8Array()], 'SUBSCRIPT'],
      ['NaN', [NaN], 'SUBSCRIPT'],
      ['Infinity', [Infinity], 'SUBSCRIPT'],
      ['-Infinity', [-Infinity], 'SUBSCRIPT'],
      ['a number beyond all decimals', [1e300], 'MAXNUMBER'],
      ['a lone surrogate', ['\ud800'], 'SUBSCRIPT'],
      ['a subscript that is too long', ['x'.repeat(2000)], 'SUBSCRIPT'],
      ['too many subscripts', Array.from({ length: SUBSCRIPTS_MAX + 1 }, () => 1), 'SUBSCRIPT'],
      ['undefined', wrong([undefined]), 'SUBSCRIPT'],
      ['null', wrong([null]), 'SUBSCRIPT'],
      ['an object', wrong([{ toString: () => 'x' }]), 'SUBSCRIPT'],
      ['an array in the array', wrong([['a']]), 'SUBSCRIPT'],
      ['a string instead of the array', wrong('ab'), 'SUBSCRIPT'],
      ['an object that looks like an array', wrong({ length: 1, 0: 'a' }), 'SUBSCRIPT'],
    ];
    it.each(refused)('%s', async (_what, subscripts, code) => {
      const { db, node } = await fresh();
      for (const operation of [
        () => node.set(subscripts, 'v'),
        () => node.get(subscripts),
        () => node.data(subscripts),
        () => node.kill(subscripts),
        () => node.zkill(subscripts),
        () => node.increment(subscripts),
        () => node.sequence(subscripts),
      ]) {
        const error = await failure(operation);
        expect([error.code, error.retry, error.outcome]).toEqual([code, 'never', 'none']);
      }
      expect(await node.data()).toBe(0);
      await db.close();
    });

    it('names of globals', async () => {
      const { db } = await fresh();
      for (const name of ['', '^A', '1A', 'A B', 'A(1)', 'Ž', 'x'.repeat(32), '__proto__']) {
        expect((await failure(() => db.global(name).get())).code).toBe('SYNTAX');
      }
      await db.close();
    });

    it('values: not a value, not a number, one byte too long', async () => {
      const { db, node } = await fresh();
      const bad: readonly (readonly [unknown, string])[] = [
        [undefined, 'SYNTAX'],
        [null, 'SYNTAX'],
        [{}, 'SYNTAX'],
        [true, 'SYNTAX'],
        [NaN, 'MAXNUMBER'],
        [Infinity, 'MAXNUMBER'],
        ['\ud800', 'SYNTAX'],
        ['x'.repeat(VALUE_BYTES_MAX + 1), 'MAXSTRING'],
        [new Uint8Array(VALUE_BYTES_MAX + 1), 'MAXSTRING'],
      ];
      for (const [value, code] of bad) {
        expect((await failure(() => node.set(['v'], value as Value))).code).toBe(code);
      }
      expect(await node.data()).toBe(0);
      await db.close();
    });

    it('the longest value is taken', async () => {
      const { db, node } = await fresh();
      const longest = 'x'.repeat(VALUE_BYTES_MAX);
      await node.set(['v'], longest);
      expect((await node.get(['v'])) === longest).toBe(true);
      expect((await node.getBytes(['v']))?.length).toBe(VALUE_BYTES_MAX);
      await db.close();
    });

    it('names that mean something to JavaScript are names like others', async () => {
      const { db, node } = await fresh();
      for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        await node.set([name, 'x'], name);
        expect(await node.get([name, 'x'])).toBe(name);
      }
      expect(await gather(node.keys())).toEqual([
        '__proto__',
        'constructor',
        'hasOwnProperty',
        'toString',
      ]);
      await db.close();
    });

    it('numbers are numbers whatever type they come in; "01" is none', async () => {
      const { db, node } = await fresh();
      await node.set([1], 'one');
      expect(await node.get(['1'])).toBe('one');
      expect(await node.get([1n])).toBe('one');
      expect(await node.get([Uint8Array.of(0x31)])).toBe('one');
      expect(await node.get(['01'])).toBeUndefined();
      await node.set([-0], 'zero');
      expect(await node.get([0])).toBe('zero');
      await node.set(['\u0000', '\udcff'], 'odd');
      expect(await gather(node.keys(['\u0000']))).toEqual(['\udcff']);
      expect(await node.get([Uint8Array.of(0), Uint8Array.of(0xff)])).toBe('odd');
      await db.close();
    });

    it('getters and Proxies are read once', async () => {
      const { db, node } = await fresh();
      let reads = 0;
      const shifty = new Proxy(['a'], {
        get: (target, property) =>
          property === '0' ? `read ${++reads}` : (Reflect.get(target, property) as unknown),
      });
      await node.set(shifty, 'v');
      expect(await gather(node.keys())).toEqual(['read 1']);
      await db.close();
    });

    it('$ORDER without a subscript', async () => {
      const { db, node } = await fresh();
      expect((await failure(() => node.order([]))).code).toBe('SUBSCRIPT');
      expect((await failure(() => node.previous([]))).code).toBe('SUBSCRIPT');
      await db.close();
    });
  });

  describeTransactions(what, open);
  describeLocks(what, open);

  describe(`${what}: jobs`, () => {
    it('a job in an unknown namespace is refused', async () => {
      const { db } = await fresh();
      expect((await failure(() => db.job({ namespace: 'NONE' }))).code).toBe('NAMESPACE');
      await db.close();
    });

    it('jobs are of their own: one ends, the other goes on', async () => {
      const { db, node } = await fresh();
      const other = await db.job();
      expect(other.namespace).toBe('USER');
      await node.set([1], 'one');
      await db.close();
      expect(await other.global(node.name).get([1])).toBe('one');
      await other.close();
    });

    it('an ended job refuses everything, and may be ended again', async () => {
      const { db, node } = await fresh();
      await node.set([1], 'one');
      await db.close();
      for (const operation of [
        () => node.get([1]),
        () => node.set([1], 'x'),
        () => node.increment([1]),
        () => node.sequence([1]),
        () => gather(node.keys()),
        () => db.flush(),
        () => gather(db.globals()),
      ])
        expect((await failure(operation)).code).toBe('CANCELLED');
      await db.close();
    });

    it('ends with its block (await using)', async () => {
      let kept: Database | undefined;
      {
        await using db = await open('USER');
        kept = db;
      }
      expect((await failure(() => kept.global('A').get())).code).toBe('CANCELLED');
    });

    it('a read-only database refuses changes and is as it was', async () => {
      await using db = await open('FIXED');
      expect((await failure(() => db.global('A').set([1], 'x'))).code).toBe('PROTECT');
      expect((await failure(() => db.global('A').sequence())).code).toBe('PROTECT');
      expect(await db.global('A').data()).toBe(0);
    });

    it('an aborted signal ends operations, of that handle alone (F-A1)', async () => {
      const { db, node } = await fresh();
      const aborter = new AbortController();
      const bounded = db.with({ signal: aborter.signal, timeoutMs: 60_000 });
      await bounded.global(node.name).set([1], 'one');
      aborter.abort(new Error('enough'));
      const error = await failure(() => bounded.global(node.name).get([1]));
      expect([error.code, error.retry]).toEqual(['CANCELLED', 'same']);
      expect(await node.get([1])).toBe('one');
      await db.close();
    });

    it('disconnect names a data server that is there', async () => {
      const { db, node } = await fresh();
      await node.set([1], 'one');
      await db.flush();
      await db.disconnect('BANK');
      expect(await node.get([1])).toBe('one');
      expect((await failure(() => db.disconnect('NOBODY'))).code).toBe('NETWORK');
      await db.close();
    });
  });
}
