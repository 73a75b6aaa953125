/** Databases that come and go, and whose journaling is switched, while the engine runs; crashes at every disk operation. */
import { describe, expect, it, test } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { silentLog } from '../ports/log.ts';
import type { StoredPage } from '../ports/page-store.ts';
import type { DatabaseStore } from './database-store.ts';
import { StorageEngine } from './engine.ts';
import { ManualClock, seededRandom } from './testing/manual-clock.ts';
import { type Defer, MemoryJournalDisk, MemoryPageStore } from './testing/memory-disk.ts';

const atOnce: Defer = (complete) => complete();

/** Disks that outlive engines, a page store for each name, and the numbers that names have in the running engine. */
class Disks {
  readonly journal = new MemoryJournalDisk();
  readonly clock = new ManualClock();
  readonly stores = new Map<string, MemoryPageStore>();
  readonly #random = seededRandom(1);
  #next = 0;
  /** Called before every disk operation. */
  fault: () => void = () => undefined;
  defer: Defer = atOnce;

  readonly #bufferPoolBytes: number;

  constructor(bufferPoolBytes = 1_000_000) {
    this.#bufferPoolBytes = bufferPoolBytes;
    this.journal.fault = () => this.fault();
    this.journal.defer = (complete) => this.defer(complete);
  }

  store(name: string): MemoryPageStore {
    let store = this.stores.get(name);
    if (store === undefined) {
      store = new MemoryPageStore((complete) => this.defer(complete));
      store.fault = () => this.fault();
      this.stores.set(name, store);
    }
    return store;
  }

  config(name: string, isJournaled = true) {
    return { number: this.#next++, name, blockSize: 512, isJournaled, store: this.store(name) };
  }

  /** A minus behind a name: it is not journaled. */
  start(...names: readonly string[]): StorageEngine {
    this.#next = 0;
    return StorageEngine.open(
      { journal: this.journal, clock: this.clock, random: this.#random, log: silentLog },
      {
        bufferPoolBytes: this.#bufferPoolBytes,
        segmentBytes: 700,
        databases: names.map((name) => this.config(name.replace('-', ''), !name.endsWith('-'))),
      },
    );
  }

  mount(engine: StorageEngine, name: string, isJournaled = true): DatabaseStore {
    const database = engine.prepare(this.config(name, isJournaled));
    engine.mount(database);
    return database;
  }

  crash(random?: () => number): void {
    this.clock.crash();
    this.journal.crash(random);
    for (const store of this.stores.values()) store.crash(random);
  }
}

function databaseOf(engine: StorageEngine, name: string): DatabaseStore {
  const found = engine.databases.find((database) => database.name === name);
  if (found === undefined) throw new Error(`${name} is not open`);
  return found;
}

function set(engine: StorageEngine, name: string, node: string, value = node): number {
  const { number } = databaseOf(engine, name);
  const change = { kind: 'set', database: number, key: utf8(node), value: utf8(value) } as const;
  return engine.apply(change).position;
}

function contents(engine: StorageEngine, name: string): Map<string, string> {
  const database = databaseOf(engine, name);
  const nodes = new Map<string, string>();
  for (const block of database.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const key = block.keyAt(i);
      nodes.set(textOf(key), textOf(database.get(key)!));
    }
  }
  return nodes;
}

function copyOf(store: MemoryPageStore): MemoryPageStore {
  const pages: StoredPage[] = [];
  for (let page = store.before(undefined); page !== undefined; page = store.before(page.key))
    pages.push(page);
  const copy = new MemoryPageStore();
  const header = store.header() ?? new Uint8Array();
  copy.commit({ removeRanges: [], pages, longValues: [], header }, () => undefined);
  return copy;
}

function dismount(engine: StorageEngine, name: string): Promise<unknown> {
  return new Promise((resolve) => engine.dismount(databaseOf(engine, name), resolve));
}

const checkpoint = (engine: StorageEngine): Promise<unknown> =>
  new Promise((resolve) => engine.checkpoint(resolve));

describe('a database that comes and goes', () => {
  test('is new and usable at once, and is there after a crash', () => {
    const disks = new Disks();
    const engine = disks.start('KEPT');
    disks.mount(engine, 'MORE');
    set(engine, 'MORE', 'a');
    engine.requestSync();
    disks.crash();
    expect([...contents(disks.start('MORE', 'KEPT'), 'MORE').keys()]).toEqual(['a']);
  });

  test('is whole in its files when it has gone, and the same when it comes again', async () => {
    const disks = new Disks();
    const engine = disks.start('KEPT', 'MORE');
    const { uuid, number } = databaseOf(engine, 'MORE');
    const long = 'x'.repeat(400);
    for (let i = 0; i < 100; i++) set(engine, 'MORE', `n${i}`, i % 10 === 0 ? long : 'v');
    const before = contents(engine, 'MORE');
    const blocks = engine.pool.blockCount;
    expect(await dismount(engine, 'MORE')).toBeUndefined();
    expect(engine.pool.blockCount).toBeLessThan(blocks);
    expect(() => engine.database(number)).toThrow('<DATABASE>');
    // Long after, its time is gone from the journal.
    for (let i = 0; i < 100; i++) set(engine, 'KEPT', `n${i}`);
    await checkpoint(engine);
    expect(engine.journal.segmentCount).toBeLessThan(4);
    const again = disks.mount(engine, 'MORE');
    expect([again.uuid, again.number]).not.toContain(number);
    expect(again.uuid).toBe(uuid);
    expect(contents(engine, 'MORE')).toEqual(before);
  });

  test('takes no change from the moment it is told to go, and who still reads it then hears <DATABASE>', async () => {
    const disks = new Disks();
    const engine = disks.start('KEPT', 'MORE');
    set(engine, 'MORE', 'a');
    const database = databaseOf(engine, 'MORE');
    // A disk that takes its time.
    let written: () => void = () => undefined;
    disks.defer = (complete) => (written = complete);
    const gone = dismount(engine, 'MORE');
    expect(() => set(engine, 'MORE', 'b')).toThrow('<DATABASE> no database has number 1');
    expect(textOf(database.get(utf8('a'))!)).toBe('a');
    disks.defer = atOnce;
    written();
    await gone;
    expect(() => database.get(utf8('a'))).toThrow('<DATABASE> MORE is closed here');
  });

  test('R13: identifiers of a database that comes again are none it had before, a crash in between included', async () => {
    const disks = new Disks();
    let engine = disks.start('KEPT', 'MORE');
    const ids = new Set<number>();
    const collect = (): void => {
      for (const block of databaseOf(engine, 'MORE').blocks())
        for (let i = 0; i < block.count; i++) ids.add(block.longAt(i).id);
    };
    let values = 0;
    const write = (count: number): void => {
      for (let i = 0; i < count; i++) set(engine, 'MORE', `n${values++}`, 'x'.repeat(400));
      collect();
    };
    write(5);
    for (let i = 0; i < 3; i++) {
      await dismount(engine, 'MORE');
      disks.mount(engine, 'MORE');
      write(5);
      disks.crash();
      engine = disks.start('KEPT', 'MORE');
      write(5);
    }
    expect(ids.size).toBe(values);
  });

  test('its number is never another one’s: neither in the running engine nor in what is redone', async () => {
    const disks = new Disks();
    let engine = disks.start('KEPT', 'ONE');
    set(engine, 'ONE', 'of one');
    await dismount(engine, 'ONE');
    const two = disks.mount(engine, 'TWO');
    expect(two.number).toBe(2);
    set(engine, 'TWO', 'of two');
    engine.requestSync();
    disks.crash();
    // Number 1 is TWO's at this start.
    engine = disks.start('KEPT', 'TWO', 'ONE');
    expect([...contents(engine, 'ONE').keys()]).toEqual(['of one']);
    expect([...contents(engine, 'TWO').keys()]).toEqual(['of two']);
  });

  test('what the journal was kept for is redone when it is mounted, and the journal is let go', async () => {
    const disks = new Disks();
    let engine = disks.start('KEPT', 'MORE');
    set(engine, 'MORE', 'a');
    await checkpoint(engine);
    for (let i = 0; i < 50; i++) set(engine, 'KEPT', `n${i}`);
    set(engine, 'MORE', 'b');
    engine.requestSync();
    disks.crash();
    engine = disks.start('KEPT');
    expect(engine.lacksChanges('MORE')).toBe(true);
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 50; k++) set(engine, 'KEPT', `n${k}`);
      await checkpoint(engine);
    }
    const kept = engine.journal.segmentCount;
    disks.mount(engine, 'MORE');
    expect([...contents(engine, 'MORE').keys()]).toEqual(['a', 'b']);
    await checkpoint(engine);
    expect(engine.lacksChanges('MORE')).toBe(false);
    expect(engine.journal.segmentCount).toBeLessThan(kept);
  });

  test('the journal is kept for one that comes while a checkpoint is under way', async () => {
    const disks = new Disks();
    let engine = disks.start('KEPT', 'MORE');
    set(engine, 'MORE', 'a');
    engine.requestSync();
    disks.crash();
    engine = disks.start('KEPT');
    set(engine, 'KEPT', 'n');
    let commit: () => void = () => undefined;
    disks.store('KEPT').defer = (complete) => (commit = complete);
    const first = checkpoint(engine);
    disks.mount(engine, 'MORE');
    disks.store('MORE').defer = () => undefined;
    commit();
    await first;
    disks.crash();
    disks.defer = atOnce;
    expect([...contents(disks.start('KEPT', 'MORE'), 'MORE').keys()]).toEqual(['a']);
  });

  test('a new one is not taken for another that had its name, and none of the old one’s data comes back', async () => {
    const disks = new Disks();
    const engine = disks.start('KEPT', 'MORE');
    const { uuid } = databaseOf(engine, 'MORE');
    set(engine, 'MORE', 'old');
    await dismount(engine, 'MORE');
    disks.stores.delete('MORE');
    disks.store('MORE').defer = () => undefined;
    disks.mount(engine, 'MORE');
    set(engine, 'MORE', 'new');
    engine.requestSync();
    disks.crash();
    disks.store('MORE').defer = atOnce;
    const again = disks.start('KEPT', 'MORE');
    expect([...contents(again, 'MORE').keys()]).toEqual(['new']);
    expect(databaseOf(again, 'MORE').uuid).not.toBe(uuid);
    await checkpoint(again);
    disks.crash();
    await dismount(disks.start('KEPT', 'MORE'), 'MORE');
    disks.stores.delete('MORE');
    disks.crash();
    expect(contents(disks.start('KEPT', 'MORE'), 'MORE').size).toBe(0);
  });

  test('a frozen engine lets none in; one that should go stays as it is', async () => {
    const disks = new Disks();
    const engine = disks.start('KEPT', 'MORE');
    set(engine, 'MORE', 'a');
    disks.fault = () => {
      throw new Error('EIO');
    };
    expect(await dismount(engine, 'MORE')).toMatchObject({ code: 'FROZEN' });
    expect([...contents(engine, 'MORE').keys()]).toEqual(['a']);
    expect(() => disks.mount(engine, 'OTHER')).toThrow('<FROZEN>');
    expect(engine.databases.map(({ name }) => name)).toEqual(['KEPT', 'MORE']);
  });
});

describe('files that are not what they should be are refused, and nothing changes', () => {
  const started = async () => {
    const disks = new Disks();
    const engine = disks.start('KEPT', 'MORE');
    set(engine, 'MORE', 'a');
    await checkpoint(engine);
    return { disks, engine };
  };
  /** The same files under another name, too. */
  const copy = (disks: Disks, from: string, to: string): void =>
    void disks.stores.set(to, disks.store(from));

  test('those of a database that is open', async () => {
    const { disks, engine } = await started();
    copy(disks, 'MORE', 'TWIN');
    expect(() => disks.mount(engine, 'TWIN')).toThrow('the files of TWIN are those of MORE');
    expect(() => disks.start('KEPT', 'MORE', 'TWIN')).toThrow(
      'the files of TWIN are those of MORE',
    );
    expect(engine.databases.map(({ name }) => name)).toEqual(['KEPT', 'MORE']);
    set(engine, 'MORE', 'b');
  });

  test('those of another instance, which the journal cannot have brought so far', async () => {
    const { engine } = await started();
    const other = new Disks();
    const foreign = other.start('ELSE');
    for (let i = 0; i < 100; i++) set(foreign, 'ELSE', `n${i}`);
    await checkpoint(foreign);
    const config = { ...other.config('ELSE'), number: 7 };
    expect(() => engine.mount(engine.prepare(config))).toThrow(
      'the files of ELSE are of another instance',
    );
  });

  test.each([false, true])(
    'an older copy, for which changes are missing (away later: %s)',
    async (isAway) => {
      const { disks, engine: before } = await started();
      const older = copyOf(disks.store('MORE'));
      for (let i = 0; i < 50; i++) set(before, 'MORE', `n${i}`);
      await checkpoint(before);
      before.setJournaled(databaseOf(before, 'KEPT'), false);
      if (isAway) set(before, 'MORE', 'last');
      before.requestSync();
      disks.crash();
      if (isAway) disks.start('KEPT');
      disks.crash();
      disks.stores.set('MORE', older);
      expect(() => disks.start('KEPT', 'MORE')).toThrow(/MORE: its changes from .* are missing/);
    },
  );

  test('others, or none, where the journal is kept for what it has of a database', async () => {
    const { disks, engine: before } = await started();
    disks.mount(before, 'LAST');
    set(before, 'MORE', 'b');
    before.requestSync();
    disks.crash();
    const engine = disks.start('KEPT');
    const own = disks.store('MORE');
    disks.stores.delete('MORE');
    expect(() => disks.mount(engine, 'MORE')).toThrow(
      'the journal knows database MORE, its page store is empty',
    );
    disks.mount(engine, 'NEW');
    await checkpoint(engine);
    await dismount(engine, 'NEW');
    copy(disks, 'NEW', 'MORE');
    expect(() => disks.mount(engine, 'MORE')).toThrow(
      'the files of MORE are of another database than the one the journal is kept for',
    );
    disks.stores.set('MORE', own);
    disks.mount(engine, 'MORE');
    expect([...contents(engine, 'MORE').keys()]).toEqual(['a', 'b']);
  });
});

describe('R9: journaling that is switched while running', () => {
  test('off: what was journaled before survives a crash, whatever the next start is told', () => {
    for (const start of ['MORE', 'MORE-', 'live', 'live-']) {
      const disks = new Disks();
      let engine = disks.start('KEPT');
      disks.mount(engine, 'MORE');
      set(engine, 'MORE', 'journaled');
      engine.requestSync();
      disks.store('MORE').defer = () => undefined;
      engine.setJournaled(databaseOf(engine, 'MORE'), false);
      set(engine, 'MORE', 'unjournaled');
      engine.requestSync();
      disks.crash();
      engine = disks.start('KEPT', ...(start.startsWith('MORE') ? [start] : []));
      if (start.startsWith('live')) disks.mount(engine, 'MORE', start === 'live');
      expect([...contents(engine, 'MORE').keys()]).toEqual(['journaled']);
    }
  });

  test('on: later changes survive, and so do those from before, once the checkpoint that it begins is done', () => {
    const disks = new Disks();
    const engine = disks.start('KEPT');
    disks.mount(engine, 'MORE', false);
    set(engine, 'MORE', 'unjournaled');
    engine.setJournaled(databaseOf(engine, 'MORE'), true);
    set(engine, 'MORE', 'journaled');
    engine.requestSync();
    disks.crash(() => 0);
    expect([...contents(disks.start('KEPT', 'MORE'), 'MORE').keys()]).toEqual([
      'journaled',
      'unjournaled',
    ]);
  });
});

class Crash extends Error {}

/** What must be in a database after a crash: nodes are written once. */
class Written {
  readonly durable = new Set<string>();
  #waiting: { readonly node: string; readonly position: number }[] = [];
  readonly all = new Set<string>();
  readonly #present = new Set<string>();

  wrote(node: string, position: number): void {
    this.all.add(node);
    this.#present.add(node);
    this.#waiting.push({ node, position });
  }

  /** Position 0: of an unjournaled change, which only a checkpoint stores. */
  durableTo(position: number): void {
    for (const one of this.#waiting)
      if (one.position > 0 && one.position <= position) this.durable.add(one.node);
  }

  /** What was on its way is not any more. */
  crashed(): void {
    this.#waiting = [];
    this.#present.clear();
  }

  /** All that this life wrote is stored, when the returned function is called. */
  checkpoint(): () => void {
    const nodes = [...this.#present];
    return () => nodes.forEach((node) => this.durable.add(node));
  }
}

const NAMES = ['KEPT', 'ONE', 'TWO'] as const;

/** One life: random changes, comings, goings and switches, until the n-th disk operation. */
async function live(
  disks: Disks,
  written: ReadonlyMap<string, Written>,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  const pending: (() => void)[] = [];
  // Odd seeds: syncs and commits complete later, in between other changes.
  disks.defer = seed % 2 === 1 ? (complete) => void pending.push(complete) : atOnce;
  const of = (name: string): Written => written.get(name)!;
  try {
    const names = ['ONE', 'TWO'].filter(() => random.next() < 0.5);
    const engine = disks.start(
      ...['KEPT', ...names].map((name) => (random.next() < 0.7 ? name : `${name}-`)),
    );
    const leaving = new Set<string>();
    engine.onDurable((position) => written.forEach((one) => one.durableTo(position)));
    const stored = (names: readonly string[]): ((error: unknown) => void) => {
      const done = names.map((name) => of(name).checkpoint());
      return (error) => error ?? done.forEach((each) => each());
    };
    const open = (): string[] =>
      engine.databases.map(({ name }) => name).filter((name) => !leaving.has(name));
    for (let n = 0; n < 50; n++) {
      const action = random.next();
      const name = pick(NAMES);
      const isOpen = engine.databases.some((database) => database.name === name);
      if (action < 0.6 || leaving.has(name)) {
        const node = `${seed}-${n}`;
        const target = pick(open());
        of(target).wrote(node, set(engine, target, node, node.padEnd(n % 9 === 0 ? 300 : 9)));
      } else if (action < 0.7) engine.checkpoint(stored(open()));
      else if (!isOpen) disks.mount(engine, name, random.next() < 0.7);
      else if (action < 0.85) {
        engine.setJournaled(databaseOf(engine, name), random.next() < 0.5);
      } else if (name !== 'KEPT') {
        const done = stored([name]);
        leaving.add(name);
        engine.dismount(databaseOf(engine, name), (error) => {
          done(error);
          leaving.delete(name);
        });
      }
      if (random.next() < 0.3) engine.requestSync();
      if (random.next() < 0.5) pending.shift()?.();
      for (let turns = 0; turns < 3; turns++) await Promise.resolve();
    }
  } catch (error) {
    if (!(error instanceof Crash) && !isEcpError(error, 'FROZEN')) throw error;
  }
}

describe('a crash at any disk operation while databases come and go', () => {
  it.each([0, 1, 2, 3, 4, 5])(
    'loses nothing that was durable, whichever of them the next start opens (seed %i)',
    async (seed) => {
      let crashes = 0;
      for (let n = 1; ; n++) {
        const disks = new Disks(4096);
        const fates = seededRandom(seed * 1000 + n);
        const written = new Map(NAMES.map((name) => [name as string, new Written()]));
        let left = 0;
        for (let life = 0; life < 3; life++) {
          left = n + life;
          disks.fault = () => {
            // Once crashed, nothing that the dead process still tries takes effect.
            if (--left <= 0) throw new Crash();
          };
          await live(disks, written, seed + life * 2);
          disks.crash(() => fates.next());
          disks.fault = () => undefined;
          disks.defer = atOnce;
          for (const one of written.values()) one.crashed();
          if (life < 2 && fates.next() < 0.5) continue;
          const first = NAMES.filter((name) => name === 'KEPT' || fates.next() < 0.5);
          const engine = disks.start(...first);
          for (const name of NAMES) if (!first.includes(name)) disks.mount(engine, name);
          for (const [name, { durable, all }] of written) {
            const found = contents(engine, name);
            const lost = [...durable].filter((node) => found.get(node)?.trim() !== node);
            const strange = [...found.keys()].filter((node) => !all.has(node));
            const wrong = { lost, strange };
            expect({ n, life, name, ...wrong }).toEqual({ n, life, name, lost: [], strange: [] });
          }
          disks.crash(() => fates.next());
        }
        if (left > 0) break;
        crashes++;
      }
      expect(crashes).toBeGreaterThan(30);
    },
  );
});
