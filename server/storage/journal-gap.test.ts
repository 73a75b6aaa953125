/** A.2.5 without freezing: gaps of the journal, how they are closed, and crashes at each step of that. */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { silentLog } from '../ports/log.ts';
import { LOCAL, StorageEngine } from './engine.ts';
import { ManualClock, seededRandom } from './testing/manual-clock.ts';
import { type Defer, MemoryJournalDisk, MemoryPageStore } from './testing/memory-disk.ts';

const atOnce: Defer = (complete) => complete();
const NAMES = ['ONE', 'TWO'] as const;

type Fault = (operation: string) => void;

class Disks {
  readonly journal = new MemoryJournalDisk();
  readonly clock = new ManualClock();
  readonly stores = NAMES.map(() => new MemoryPageStore());
  readonly #random = seededRandom(1);
  readonly #bufferPoolBytes: number;
  fault: Fault = () => undefined;
  defer: Defer = atOnce;

  constructor(bufferPoolBytes = 1_000_000) {
    this.#bufferPoolBytes = bufferPoolBytes;
    this.journal.fault = (operation) => this.fault(operation);
    this.journal.defer = (complete) => this.defer(complete);
    for (const store of this.stores) {
      store.fault = (operation) => this.fault(operation);
      store.defer = (complete) => this.defer(complete);
    }
  }

  start(freezeOnError = false, names: readonly string[] = NAMES): StorageEngine {
    return StorageEngine.open(
      { journal: this.journal, clock: this.clock, random: this.#random, log: silentLog },
      {
        bufferPoolBytes: this.#bufferPoolBytes,
        segmentBytes: 1500,
        freezeOnError,
        databases: NAMES.flatMap((name, number) =>
          names.includes(name)
            ? [{ number, name, blockSize: 512, isJournaled: true, store: this.stores[number]! }]
            : [],
        ),
      },
    );
  }

  crash(random?: () => number): void {
    this.fault = () => undefined;
    this.defer = atOnce;
    this.clock.crash();
    this.journal.crash(random);
    for (const store of this.stores) store.crash(random);
  }
}

function contents(engine: StorageEngine): Record<string, string> {
  const nodes: Record<string, string> = {};
  for (const database of engine.databases) {
    for (const block of database.blocks()) {
      for (let i = 0; i < block.count; i++) {
        const key = block.keyAt(i);
        nodes[`${database.name} ${textOf(key)}`] = textOf(database.get(key)!);
      }
    }
  }
  return nodes;
}

function set(engine: StorageEngine, node: string, value = node, database = 0): number {
  return engine.apply({ kind: 'set', database, key: utf8(node), value: utf8(value) }).position;
}

const fail: Fault = (operation) => {
  if (operation !== 'commit') throw new Error('ENOSPC');
};

/** Some changes, all durable. */
function started(disks: Disks): StorageEngine {
  const engine = disks.start();
  for (let i = 0; i < 20; i++) set(engine, `n${i}`, 'before', i % 2);
  engine.requestSync();
  return engine;
}

describe('A.2.5 without freezing: a journal that cannot write has a gap', () => {
  it.each(['append', 'sync', 'create'])(
    'after a failed %s changes go on, none is durable, and all are when it is closed',
    (failing) => {
      const disks = new Disks();
      const engine = started(disks);
      const durable = engine.durablePosition;
      const told: boolean[] = [];
      engine.journal.onGap((_gap, isClosed) => told.push(isClosed));
      disks.fault = (operation) => {
        if (operation === failing) throw new Error('EIO');
      };
      let last = 0;
      for (let i = 0; i < 100; i++) {
        last = set(engine, `gap${i}`, i % 10 === 0 ? 'x'.repeat(400) : 'in the gap', i % 2);
        if (i % 10 === 9) engine.requestSync();
      }
      expect(engine.frozen).toBeUndefined();
      expect(engine.journal.gap).toMatchObject({ cause: new Error('EIO') });
      expect(told).toEqual([false]);
      disks.clock.advance(60_000);
      expect(engine.durablePosition).toBeLessThan(last);
      if (failing !== 'create') expect(engine.durablePosition).toBe(durable);
      expect(engine.isOverloaded).toBe(false);
      const before = contents(engine);
      disks.fault = () => undefined;
      disks.clock.advance(10_000);
      expect(engine.journal.gap).toBeUndefined();
      expect(told).toEqual([false, true]);
      expect(engine.journal.gaps).toBe(1);
      expect(engine.durablePosition).toBeGreaterThanOrEqual(last);
      disks.crash(() => 0);
      expect(contents(disks.start())).toEqual(before);
    },
  );

  it('is known by its images alone, before any checkpoint, for all databases at once', () => {
    const disks = new Disks();
    const engine = started(disks);
    engine.checkpoint();
    disks.fault = fail;
    for (let i = 0; i < 30; i++) set(engine, `gap${i}`, 'in the gap', i % 2);
    engine.apply({ kind: 'killRange', database: 1, from: utf8('n'), to: undefined });
    engine.requestSync();
    const before = contents(engine);
    // The page stores take nothing any more: what is there after the crash comes from the journal.
    disks.fault = (operation) => {
      if (operation === 'commit') throw new Error('EIO');
    };
    disks.clock.advance(1000);
    expect(engine.journal.gap).toBeUndefined();
    disks.crash(() => 0.9);
    const again = disks.start();
    expect(contents(again)).toEqual(before);
    expect(again.recovery.redone).toBe(0);
    set(again, 'later');
    again.requestSync();
    disks.crash(() => 0.9);
    expect(contents(disks.start())).toEqual({ ...before, 'ONE later': 'later' });
  });

  it('that is open when the process dies leaves what was durable, and nothing else', () => {
    const disks = new Disks();
    const engine = started(disks);
    const before = contents(engine);
    disks.fault = fail;
    for (let i = 0; i < 30; i++) set(engine, `gap${i}`);
    engine.requestSync();
    disks.clock.advance(5000);
    disks.crash(() => 0);
    expect(contents(disks.start())).toEqual(before);
  });

  it('takes changes until half of the buffer pool is dirty: then writers wait, and no memory grows', async () => {
    const disks = new Disks(100_000);
    const engine = started(disks);
    disks.fault = fail;
    let count = 0;
    for (; !engine.isOverloaded; count++) {
      set(engine, `gap${count}`, 'x'.repeat(90));
      engine.requestSync();
    }
    expect(count).toBeGreaterThan(100);
    expect(engine.pool.blockCount * 512).toBeLessThan(100_000);
    const relieved = engine.whenRelieved();
    disks.fault = () => undefined;
    disks.clock.advance(10_000);
    await relieved;
    expect(engine.isOverloaded).toBe(false);
    expect(engine.durablePosition).toBe(engine.position);
  });

  it('is tried again ever more rarely, and leaves no files behind', () => {
    const disks = new Disks();
    const engine = started(disks);
    let tries = 0;
    disks.fault = (operation) => {
      if (operation === 'sync') throw new Error('EIO');
      if (operation === 'create') tries++;
    };
    set(engine, 'gap');
    engine.requestSync();
    disks.clock.advance(600_000);
    expect(tries).toBeGreaterThan(50);
    expect(tries).toBeLessThan(70);
    expect(disks.journal.segments().length).toBeLessThan(5);
    disks.fault = (operation) => {
      if (operation === 'sync' || operation === 'remove') throw new Error('EIO');
    };
    disks.clock.advance(600_000);
    expect(disks.journal.segments().length).toBeLessThan(5);
    disks.fault = () => undefined;
    disks.clock.advance(10_000);
    expect(engine.journal.gap).toBeUndefined();
  });

  it('lets no database come, go or change its journaling meanwhile, and says so', async () => {
    const disks = new Disks();
    const engine = disks.start(false, ['ONE']);
    set(engine, 'a');
    engine.requestSync();
    const two = engine.prepare({
      number: 1,
      name: 'TWO',
      blockSize: 512,
      isJournaled: true,
      store: disks.stores[1]!,
    });
    disks.fault = fail;
    set(engine, 'gap');
    engine.requestSync();
    expect(() => engine.mount(two)).toThrow('the journal has a gap');
    expect(() => engine.setJournaled(engine.database(0), false)).toThrow('the journal has a gap');
    const gone = new Promise((resolve) => engine.dismount(engine.database(0), resolve));
    disks.fault = () => undefined;
    disks.clock.advance(1000);
    expect(await gone).toBeUndefined();
    engine.mount(two);
    expect(engine.databases).toEqual([two]);
  });

  it('freezes when it is told to freeze on errors meanwhile, unless it can be closed at once', () => {
    for (const isBack of [false, true]) {
      const disks = new Disks();
      const engine = started(disks);
      disks.fault = fail;
      set(engine, 'gap');
      engine.requestSync();
      if (isBack) disks.fault = () => undefined;
      engine.journal.configure({ freezeOnError: true });
      expect(engine.frozen === undefined).toBe(isBack);
      expect(engine.journal.gap).toBeUndefined();
      if (!isBack) expect(() => set(engine, 'more')).toThrow('<FROZEN>');
    }
  });

  it('is closed by an orderly stop, or what was durable is left', async () => {
    for (const isBack of [true, false]) {
      const disks = new Disks();
      const engine = started(disks);
      const durable = contents(engine);
      disks.fault = fail;
      set(engine, 'gap');
      engine.requestSync();
      const all = contents(engine);
      if (isBack) disks.fault = () => undefined;
      await engine.close();
      disks.crash(() => 0);
      expect(contents(disks.start())).toEqual(isBack ? all : durable);
    }
  });

  it('is none where it would begin before the first sync (R13): such an engine does not open', () => {
    const disks = new Disks();
    disks.fault = fail;
    expect(() => disks.start()).toThrow();
  });

  it('brings a database that was away when others were started again to its state behind the gap', () => {
    const disks = new Disks();
    const engine = started(disks);
    disks.fault = fail;
    for (let i = 0; i < 30; i++) set(engine, `gap${i}`, 'in the gap', i % 2);
    engine.requestSync();
    disks.fault = (operation) => {
      if (operation === 'commit') throw new Error('EIO');
    };
    disks.clock.advance(1000);
    const before = contents(engine);
    disks.crash(() => 0.9);
    const one = disks.start(false, ['ONE']);
    expect(one.lacksChanges('TWO')).toBe(true);
    one.checkpoint();
    disks.crash();
    const both = disks.start(false, ['ONE']);
    both.mount(
      both.prepare({
        number: 1,
        name: 'TWO',
        blockSize: 512,
        isJournaled: true,
        store: disks.stores[1]!,
      }),
    );
    expect(contents(both)).toEqual(before);
  });

  it('has in its images what is no more: pages that were merged or killed unread', () => {
    const disks = new Disks();
    const engine = disks.start();
    for (let i = 100; i < 400; i++) set(engine, `n${i}`, 'x'.repeat(i % 50 === 0 ? 300 : 60));
    engine.checkpoint();
    expect(disks.stores[0]!.pageCount).toBeGreaterThan(30);
    disks.fault = fail;
    engine.apply({ kind: 'killRange', database: 0, from: utf8('n120'), to: utf8('n380') });
    for (let i = 200; i < 210; i++) set(engine, `n${i}`, 'again');
    engine.requestSync();
    const before = contents(engine);
    disks.fault = (operation) => {
      if (operation === 'commit') throw new Error('EIO');
    };
    disks.clock.advance(1000);
    disks.crash(() => 0.9);
    const again = disks.start();
    expect(contents(again)).toEqual(before);
    again.checkpoint();
    expect(disks.stores[0]!.pageCount).toBeLessThan(12);
    expect(disks.stores[0]!.longValueCount).toBe(1);
  });

  it('takes back a checkpoint that waited for the journal, which follows when it is closed', () => {
    const disks = new Disks();
    const engine = started(disks);
    const pending: (() => void)[] = [];
    disks.defer = (complete) => void pending.push(complete);
    set(engine, 'waits', 'x'.repeat(400));
    let stored: unknown = 'not yet';
    engine.checkpoint((error) => (stored = error));
    engine.apply({ kind: 'kill', database: 0, key: utf8('waits') });
    set(engine, 'later', 'y'.repeat(400));
    disks.fault = fail;
    while (pending.length > 0) pending.shift()!();
    expect(engine.journal.gap).toBeDefined();
    disks.defer = atOnce;
    disks.fault = () => undefined;
    disks.clock.advance(1000);
    expect(engine.journal.gap).toBeUndefined();
    expect(stored).toBeUndefined();
    const before = contents(engine);
    expect(before['ONE later']).toBeDefined();
    expect(before['ONE waits']).toBeUndefined();
    disks.crash(() => 0);
    expect(contents(disks.start())).toEqual(before);
    expect(disks.stores[0]!.longValueCount).toBe(1);
  });

  it('counts for nothing as long as its images are not whole: sessions are as they were before it, too', () => {
    const disks = new Disks();
    const engine = started(disks);
    const { number, epoch } = engine.openSession('app', 'i');
    const change = (sequence: number): void => {
      const origin = { session: number, epoch, sequence };
      const key = utf8(`s${sequence}`);
      engine.apply({ kind: 'set', database: 0, key, value: key }, origin);
    };
    change(1);
    engine.requestSync();
    const before = contents(engine);
    disks.fault = fail;
    change(2);
    engine.requestSync();
    disks.fault = () => undefined;
    // The sync that would close it never comes back.
    disks.defer = () => undefined;
    disks.clock.advance(1000);
    const { segment } = engine.journal.segments.at(-1)!;
    disks.crash(() => 0.9);
    const original = disks.journal.read.bind(disks.journal);
    const { length } = original(segment);
    disks.journal.read = (other) =>
      other === segment ? original(other).slice(0, length - 5) : original(other);
    const again = disks.start();
    expect(contents(again)).toEqual(before);
    expect(again.sessions.get(number)?.lastApplied).toBe(1);
  });

  it('ends rollbacks: what a transaction did before and in it stays; one that began behind it is undone', () => {
    const disks = new Disks();
    let engine = started(disks);
    const write = (job: number, node: string) => {
      const transaction = [...engine.transactions.open.values()].find((one) => one.job === job)!;
      const change = { kind: 'set', database: 0, key: utf8(node), value: utf8(node) } as const;
      engine.transactions.apply(transaction, change, LOCAL, LOCAL);
    };
    const newest = (job: number) => {
      const transaction = [...engine.transactions.open.values()].find((one) => one.job === job)!;
      return engine.transactions.newest(transaction)?.record.kind;
    };
    for (const job of [1, 2, 3]) engine.transactions.begin(LOCAL, job);
    for (const job of [1, 2, 3]) write(job, `before${job}`);
    engine.requestSync();
    disks.fault = fail;
    write(2, 'in the gap');
    engine.requestSync();
    const check = (): void => {
      expect(newest(1)).toBe('transactionChange');
      expect(newest(2)).toBeUndefined();
      expect(newest(3)).toBe('transactionChange');
    };
    check();
    disks.fault = () => undefined;
    disks.clock.advance(1000);
    write(3, 'behind');
    check();
    engine.requestSync();
    disks.crash(() => 0.9);
    engine = disks.start();
    check();
  });

  it('is the only hole that is accepted: without its images what was durable behind it is damage (R9)', () => {
    const disks = new Disks();
    const engine = started(disks);
    disks.fault = fail;
    set(engine, 'gap');
    engine.requestSync();
    disks.fault = (operation) => {
      if (operation === 'commit') throw new Error('EIO');
    };
    let imagesEnd = 0;
    engine.onDurable((position) => {
      if (imagesEnd === 0) imagesEnd = position;
    });
    disks.clock.advance(1000);
    // Frozen by the checkpoint that follows: what is durable behind the gap is in the journal alone.
    expect(engine.frozen).toBeDefined();
    disks.crash(() => 0.9);
    const behind = engine.journal.segments.find(({ follows, start }) => follows < start)!;
    expect(imagesEnd - behind.start).toBeGreaterThan(500);
    const original = disks.journal.read.bind(disks.journal);
    for (let at = 60; at < imagesEnd - behind.start; at += 7) {
      disks.journal.read = (segment) => {
        const bytes = original(segment).slice();
        if (segment === behind.segment) bytes[at]! ^= 1;
        return bytes;
      };
      expect(() => disks.start()).toThrow('<DAMAGED>');
    }
    disks.journal.read = original;
    expect(Object.keys(contents(disks.start()))).toContain('ONE gap');
  });
});

class Crash extends Error {}

interface Life {
  /** The state after each change. */
  readonly states: Record<string, string>[];
  /** How many of them were acknowledged durable. */
  durable: number;
  gaps: number;
  crashed: boolean;
}

/** Runs random changes on a disk that fails for a while, until its n-th operation crashes the process. */
function live(disks: Disks, crashAt: number, start: Record<string, string>, seed: number): Life {
  const random = seededRandom(seed);
  const pending: (() => void)[] = [];
  // Odd seeds: syncs and commits complete later, in between other changes.
  disks.defer = seed % 2 === 1 ? (complete) => void pending.push(complete) : atOnce;
  let operations = 0;
  const failing = 6 + Math.floor(random.next() * 25);
  const healthy = failing + 1 + Math.floor(random.next() * 8);
  const life: Life = { states: [{ ...start }], durable: 0, gaps: 0, crashed: false };
  disks.fault = (operation) => {
    operations++;
    if (operations >= crashAt) life.crashed = true;
    // Once crashed, nothing that the dead process still tries takes effect.
    if (life.crashed) throw new Crash();
    if (operation !== 'commit' && operations >= failing && operations < healthy)
      throw new Error('EIO');
  };
  const positions = [0];
  try {
    const engine = disks.start();
    const acknowledge = (position: number): void => {
      while (life.durable + 1 < positions.length && positions[life.durable + 1]! <= position)
        life.durable++;
    };
    engine.onDurable(acknowledge);
    engine.journal.onGap((_gap, isClosed) => (life.gaps += isClosed ? 1 : 0));
    for (let n = 1; n <= 60; n++) {
      const next = { ...life.states.at(-1) };
      const database = random.next() < 0.5 ? 0 : 1;
      const at = Math.floor(random.next() * 20);
      const node = `k${String(at).padStart(2, '0')}`;
      const name = (key: string): string => `${NAMES[database]} ${key}`;
      const dice = random.next();
      positions.push(Infinity);
      life.states.push(next);
      if (dice < 0.75) {
        next[name(node)] =
          `${n} ${'x'.repeat(Math.floor(random.next() * (dice < 0.1 ? 400 : 90)))}`;
        positions[n] = set(engine, node, next[name(node)], database);
      } else {
        const to = `k${String(at + 1 + Math.floor(random.next() * 8)).padStart(2, '0')}`;
        for (const key of Object.keys(next))
          if (key >= name(node) && key < name(to)) Reflect.deleteProperty(next, key);
        const change = { kind: 'killRange', database, from: utf8(node), to: utf8(to) } as const;
        positions[n] = engine.apply(change).position;
      }
      if (random.next() < 0.3) engine.flush();
      if (random.next() < 0.3) engine.requestSync();
      if (random.next() < 0.1) engine.checkpoint();
      if (random.next() < 0.5) pending.shift()?.();
      if (random.next() < 0.3) disks.clock.advance(1000);
    }
  } catch (error) {
    if (!(error instanceof Crash) && !isEcpError(error, 'FROZEN')) throw error;
  }
  return life;
}

describe('a crash at any disk operation, before, in and behind a gap', () => {
  it.each([0, 1, 3, 5])(
    'leaves a state after some change, of both databases, and nothing that was durable is lost (seed %i)',
    (seed) => {
      let crashes = 0;
      let gaps = 0;
      for (let n = 1; ; n++) {
        const disks = new Disks(8192);
        const fates = seededRandom(seed * 1000 + n);
        let known: Record<string, string> = {};
        let crashed = false;
        for (let life = 0; life < 3; life++) {
          const result = live(disks, n + life, known, seed + life * 8);
          crashed ||= result.crashed;
          gaps += result.gaps;
          disks.crash(() => fates.next());
          // Recovery that is interrupted by another crash changes nothing.
          let left = Math.floor(fates.next() * 6);
          disks.fault = () => {
            if (left-- <= 0) throw new Crash();
          };
          try {
            disks.start();
          } catch (error) {
            if (!(error instanceof Crash) && !isEcpError(error, 'FROZEN')) throw error;
          }
          disks.crash(() => fates.next());
          const engine = disks.start();
          const found = JSON.stringify(sorted(contents(engine)));
          const prefix = result.states.findIndex(
            (state, index) => index >= result.durable && JSON.stringify(sorted(state)) === found,
          );
          expect({ n, life, isPrefix: prefix >= result.durable }).toEqual({
            n,
            life,
            isPrefix: true,
          });
          known = contents(engine);
          engine.requestSync();
          disks.crash(() => fates.next());
        }
        if (!crashed) break;
        crashes++;
      }
      expect(crashes).toBeGreaterThan(25);
      expect(gaps).toBeGreaterThan(10);
    },
  );
});

function sorted(state: Record<string, string>): [string, string][] {
  return Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));
}
