/** Hot backup and restoring, on memory disks: F-D3, F-D5. */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { LOCAL, StorageEngine } from '../storage/engine.ts';
import { silentLog } from '../ports/log.ts';
import type { RestorePoint } from '../storage/restore-point.ts';
import type { RestoreRequest } from '../storage/restore.ts';
import { Machine } from '../storage/testing/machine.ts';
import { ManualClock, seededRandom } from '../storage/testing/manual-clock.ts';
import { MemoryBackup, restored, type RestoredDisks } from '../storage/testing/memory-backup.ts';
import { MemoryJournalDisk, MemoryPageStore } from '../storage/testing/memory-disk.ts';
import { Rollback } from './rollback.ts';

const rollback: RestoreRequest['rollback'] = (log, transaction) => {
  const work = new Rollback(log, transaction, 0, LOCAL, { passesAbsent: true });
  return (nodes) => work.step(nodes);
};

type Nodes = Readonly<Record<string, string>>;

const set = (key: string, value: string, database = 0) =>
  ({ kind: 'set', database, key: utf8(key), value: utf8(value) }) as const;

function nodesOf(engine: StorageEngine, name = 'DATA'): Nodes {
  const database = engine.databases.find((one) => one.name === name)!;
  const nodes: Record<string, string> = {};
  for (const block of database.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const key = block.keyAt(i);
      nodes[textOf(key)] = textOf(database.get(key)!);
    }
  }
  return nodes;
}

/** Starts an instance on what was restored, as any start would. */
function start({ journal, stores }: RestoredDisks): StorageEngine {
  const databases = [...stores].map(([name, store], number) => ({
    number,
    name,
    blockSize: 8192,
    isJournaled: true,
    store,
  }));
  return StorageEngine.open(
    { journal, clock: new ManualClock(), random: seededRandom(3), log: silentLog },
    { databases },
  );
}

/** Writes numbered nodes; the model of each position. */
class Writer {
  readonly states: { readonly position: number; readonly nodes: Nodes }[] = [];
  nodes: Nodes = {};
  readonly engine: StorageEngine;
  #next = 0;

  constructor(engine: StorageEngine) {
    this.engine = engine;
  }

  write(count: number): void {
    for (let i = 0; i < count; i++) {
      const n = this.#next++;
      const key = `k${n % 17}`;
      const { position } =
        n % 5 === 4
          ? this.engine.apply({ kind: 'zkill', database: 0, key: utf8(key) })
          : this.engine.apply({
              kind: 'set',
              database: 0,
              key: utf8(key),
              value: utf8(String(n).repeat(n % 9 === 0 ? 3000 : 3)),
            });
      const { [key]: _, ...rest } = this.nodes;
      this.nodes =
        n % 5 === 4 ? rest : { ...rest, [key]: String(n).repeat(n % 9 === 0 ? 3000 : 3) };
      this.states.push({ position, nodes: this.nodes });
      if (n % 3 === 0) this.engine.flush();
      if (n % 10 === 0) this.engine.requestSync();
    }
  }

  at(position: number): Nodes {
    return this.states.findLast((state) => state.position <= position)?.nodes ?? {};
  }
}

async function backedUp(
  machine: Machine,
  engine: StorageEngine,
  between: () => void = () => undefined,
): Promise<MemoryBackup> {
  const backup = await new MemoryBackup(machine.journal, between).of(engine);
  backup.took('DATA', machine.stores[0]!);
  return backup;
}

const at = (backup: MemoryBackup, point: RestorePoint, source?: MemoryJournalDisk) =>
  restored(backup, { rollback, point, ...(source === undefined ? {} : { source }) });

describe('F-D3: a hot backup', () => {
  it('that is made while writing goes on is restored to a state which includes all that was durable before its end', async () => {
    const machine = new Machine({ segmentBytes: 3000 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(40);
    let durable = 0;
    const backup = await backedUp(machine, engine, () => {
      writer.write(25);
      if (durable === 0) engine.checkpoint();
      engine.requestSync();
      durable = engine.durablePosition;
      writer.write(3);
    });
    const { manifest } = backup;
    expect(manifest.databases.map(({ name }) => name)).toEqual(['DATA', 'TEMP']);
    expect(manifest.segments.length).toBeGreaterThan(2);
    // The journal that the last segments' copies added is not part of it: its end was settled before.
    expect(manifest.to).toBeLessThanOrEqual(durable);
    const disks = await at(backup, undefined);
    expect(disks.position).toBe(manifest.to);
    // Here TEMP is no temporary database; its copy was not taken.
    expect(disks).toMatchObject({
      databases: ['DATA'],
      made: [],
      leftOut: ['TEMP'],
      rolledBack: 0,
    });
    const again = start(disks);
    expect(nodesOf(again)).toEqual(writer.at(manifest.to));
    expect(manifest.to).toBeGreaterThanOrEqual(writer.states[64]!.position);
  });

  it('keeps the journal while it is made, and no longer', async () => {
    const machine = new Machine({ segmentBytes: 1000 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(20);
    const held: number[] = [];
    await backedUp(machine, engine, () => {
      writer.write(30);
      engine.checkpoint();
      held.push(machine.journal.segments().length);
    });
    expect(held.at(-1)).toBeGreaterThan(5);
    engine.checkpoint();
    expect(machine.journal.segments()).toHaveLength(1);
  });

  it('that fails is discarded, and lets go of the journal', async () => {
    const machine = new Machine({ segmentBytes: 1000 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(20);
    const backup = new MemoryBackup(machine.journal, () => {
      throw new Error('no room');
    });
    await expect(backup.of(engine)).rejects.toThrow('no room');
    expect(backup.isDiscarded).toBe(true);
    expect(engine.pins.held()).toEqual([]);
  });

  it('of a frozen engine is refused', async () => {
    const machine = new Machine();
    const engine = machine.start();
    machine.journal.fault = () => {
      throw new Error('failing disk');
    };
    engine.checkpoint();
    const backup = new MemoryBackup(machine.journal);
    await expect(backup.of(engine)).rejects.toThrow('<FROZEN>');
    expect(backup.isDiscarded).toBe(true);
  });

  it('is refused while the journal has a gap, instead of waiting for its end (A.2.5)', async () => {
    const machine = new Machine({ freezeOnError: false });
    const engine = machine.start();
    machine.journal.fault = () => {
      throw new Error('failing disk');
    };
    engine.requestSync();
    engine.checkpoint();
    const backup = new MemoryBackup(machine.journal);
    await expect(backup.of(engine)).rejects.toThrow('<FROZEN> the journal has a gap');
    expect(backup.isDiscarded).toBe(true);
  });
});

describe('F-D5: restoring', () => {
  it('to each position of a journal gives the state of that position', async () => {
    const machine = new Machine({ segmentBytes: 2500, keepMs: 1e9 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(30);
    const backup = await backedUp(machine, engine);
    writer.write(60);
    engine.checkpoint();
    writer.write(20);
    engine.requestSync();
    const { from } = backup.manifest;
    const positions = writer.states.map(({ position }) => position).filter((p) => p >= from);
    expect(positions.length).toBeGreaterThan(75);
    for (const position of positions) {
      const disks = await at(backup, { position }, machine.journal);
      expect(disks.position).toBe(position);
      expect(nodesOf(start(disks))).toEqual(writer.at(position));
      // In between two records it is that of the one before.
      if (position === engine.position) continue;
      const between = await at(backup, { position: position + 1 }, machine.journal);
      expect(between.position).toBe(position);
    }
  });

  it('goes on from there: what is written later is durable, and recovered', async () => {
    const machine = new Machine({ segmentBytes: 2500 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(30);
    const backup = await backedUp(machine, engine, () => writer.write(5));
    const disks = await at(backup, undefined);
    const newest = Math.max(...machine.journal.segments());
    expect(Math.min(...disks.journal.segments())).toBeGreaterThan(newest);
    const first = start(disks);
    first.apply({ kind: 'set', database: 0, key: utf8('new'), value: utf8('value') });
    first.requestSync();
    disks.journal.crash(() => 0);
    for (const store of disks.stores.values()) store.crash(() => 0);
    expect(nodesOf(start(disks))).toEqual({ ...writer.at(backup.manifest.to), new: 'value' });
  });

  it('to a time gives the state of the last record before it', async () => {
    const machine = new Machine();
    const engine = machine.start();
    const set = (value: string): void => {
      engine.apply({ kind: 'set', database: 0, key: utf8('k'), value: utf8(value) });
      engine.requestSync();
    };
    machine.clock.advance(10_000);
    set('before');
    const backup = await backedUp(machine, engine);
    for (let second = 11; second <= 20; second++) {
      machine.clock.advance(1000);
      set(`of ${second}`);
    }
    const valueAt = async (timeMs: number): Promise<unknown> => {
      const disks = await at(backup, { timeMs }, machine.journal);
      expect(disks.wallMs).toBeLessThanOrEqual(timeMs);
      return nodesOf(start(disks))['k'];
    };
    expect(await valueAt(10_500)).toBe('before');
    expect(await valueAt(14_999)).toBe('of 14');
    expect(await valueAt(15_000)).toBe('of 15');
    expect(await valueAt(99_000)).toBe('of 20');
    await expect(valueAt(9000)).rejects.toThrow(/the point lies at position \d+, the copy of DATA/);
  });

  it('rolls back what was open at the point, and keeps what was committed before it', async () => {
    const machine = new Machine({ segmentBytes: 600, keepMs: 1e9 });
    const engine = machine.start();
    const log = engine.transactions;
    engine.apply(set('a', 'old'));
    engine.apply(set('gone', 'is back'));
    const open = log.begin(LOCAL, 1);
    log.apply(open, set('a', 'uncommitted'), LOCAL, LOCAL);
    const backup = await backedUp(machine, engine, () => {
      log.apply(open, { kind: 'kill', database: 0, key: utf8('gone') }, LOCAL, LOCAL);
      for (let i = 0; i < 20; i++) {
        engine.apply(set(`filler${i}`, 'x'.repeat(50)));
        engine.flush();
      }
      engine.requestSync();
    });
    log.apply(open, set('b', 'new'), LOCAL, LOCAL);
    engine.flush();
    const before = engine.position;
    const after = log.commit(open, LOCAL);
    engine.requestSync();
    expect(backup.manifest.from).toBeLessThan(backup.manifest.databases[0]!.position);

    const atBackup = await at(backup, undefined);
    expect(atBackup.rolledBack).toBe(1);
    expect(nodesOf(start(atBackup))).toMatchObject({ a: 'old', gone: 'is back' });
    const uncommitted = await at(backup, { position: before }, machine.journal);
    expect(uncommitted.rolledBack).toBe(1);
    const first = start(uncommitted);
    expect(nodesOf(first)).toMatchObject({ a: 'old', gone: 'is back', filler3: 'x'.repeat(50) });
    expect(nodesOf(first)['b']).toBeUndefined();
    expect(first.transactions.open.size).toBe(0);
    const committed = await at(backup, { position: after }, machine.journal);
    expect(committed.rolledBack).toBe(0);
    expect(nodesOf(start(committed))).toMatchObject({ a: 'uncommitted', b: 'new' });
  });

  it('rolls back what began in segments that no copy needs any more', async () => {
    const machine = new Machine({ segmentBytes: 600 });
    const engine = machine.start();
    engine.apply(set('a', 'old'));
    const open = engine.transactions.begin(LOCAL, 1);
    engine.transactions.apply(open, set('a', 'uncommitted'), LOCAL, LOCAL);
    for (let i = 0; i < 40; i++) {
      engine.apply(set('other', `${i}`.repeat(20)));
      engine.flush();
    }
    const backup = await backedUp(machine, engine);
    const { from, databases, segments } = backup.manifest;
    expect(
      segments.filter(({ start }) => start > from && start < databases[0]!.position),
    ).not.toEqual([]);
    const disks = await at(backup, undefined);
    expect(disks.rolledBack).toBe(1);
    expect(nodesOf(start(disks))).toEqual({ a: 'old', other: '39'.repeat(20) });
  });

  it('rolls back as far as a gap of the journal lets it (A.2.5)', async () => {
    const machine = new Machine({ freezeOnError: false });
    const engine = machine.start();
    const log = engine.transactions;
    engine.apply(set('a', 'old'));
    const open = log.begin(LOCAL, 1);
    log.apply(open, set('a', 'before it'), LOCAL, LOCAL);
    engine.requestSync();
    machine.journal.fault = () => {
      throw new Error('failing disk');
    };
    log.apply(open, set('b', 'in it'), LOCAL, LOCAL);
    engine.requestSync();
    machine.journal.fault = () => undefined;
    machine.clock.advance(20_000);
    expect([engine.journal.gaps, engine.journal.gap]).toEqual([1, undefined]);
    log.apply(open, set('c', 'behind it'), LOCAL, LOCAL);
    const disks = await at(await backedUp(machine, engine), undefined);
    expect(disks.rolledBack).toBe(1);
    expect(nodesOf(start(disks))).toEqual({ a: 'before it', b: 'in it' });
  });

  it('rolls back what waits for a database of which there is no copy, but for that', async () => {
    const journal = new MemoryJournalDisk();
    const files = [new MemoryPageStore(), new MemoryPageStore()];
    const databases = ['DATA', 'AWAY'].map((name, number) => ({
      ...{ number, name, blockSize: 8192, isJournaled: true, store: files[number]! },
    }));
    const ports = { journal, clock: new ManualClock(), random: seededRandom(3), log: silentLog };
    const engine = StorageEngine.open(ports, { databases });
    const open = engine.transactions.begin(LOCAL, 1);
    for (const database of [0, 1, 0])
      engine.transactions.apply(open, set('a', 'uncommitted', database), LOCAL, LOCAL);
    engine.requestSync();
    journal.crash();
    for (const store of files) store.crash();
    const again = StorageEngine.open(ports, { databases: databases.slice(0, 1) });
    expect(again.transactions.open.size).toBe(1);
    const backup = await new MemoryBackup(journal).of(again);
    backup.took('DATA', files[0]!);
    const disks = await at(backup, undefined);
    expect(disks).toMatchObject({ databases: ['DATA'], rolledBack: 1 });
    expect(nodesOf(start(disks))).toEqual({});
  });

  it('brings databases that came into being after the backup, and names those of which it has no copy', async () => {
    const machine = new Machine({ keepMs: 1e9 });
    const engine = machine.start();
    engine.apply({ kind: 'set', database: 0, key: utf8('k'), value: utf8('1') });
    const backup = await backedUp(machine, engine);
    const mount = (number: number, name: string, store: MemoryPageStore) => {
      engine.mount(engine.prepare({ number, name, blockSize: 8192, isJournaled: true, store }));
      engine.apply({ kind: 'set', database: number, key: utf8('k'), value: utf8(name) });
    };
    mount(5, 'LATER', new MemoryPageStore());
    const files = new MemoryPageStore();
    const config = { number: 0, name: 'AWAY', blockSize: 8192, isJournaled: true, store: files };
    const ports = { clock: new ManualClock(), random: seededRandom(77), log: silentLog };
    const other = StorageEngine.open(
      { journal: new MemoryJournalDisk(), ...ports },
      { databases: [config] },
    );
    await other.close();
    const away = engine.prepare({
      number: 6,
      name: 'AWAY',
      blockSize: 8192,
      isJournaled: true,
      store: files,
    });
    engine.mount(away);
    engine.apply({ kind: 'set', database: 6, key: utf8('k'), value: utf8('x') });
    engine.requestSync();
    const disks = await at(backup, { position: engine.position }, machine.journal);
    expect(disks.made).toContain('LATER');
    expect(disks.leftOut).toEqual(['AWAY']);
    expect(nodesOf(start(disks), 'LATER')).toEqual({ k: 'LATER' });
  });

  it('brings the last of two that came into being under one name', async () => {
    const machine = new Machine({ keepMs: 1e9 });
    const engine = machine.start();
    const backup = await backedUp(machine, engine);
    for (const [number, value] of [
      [5, 'first'],
      [6, 'second'],
    ] as const) {
      const store = new MemoryPageStore();
      const config = { number, name: 'LATER', blockSize: 8192, isJournaled: true, store };
      engine.mount(engine.prepare(config));
      engine.apply(set(value, value, number));
      if (value === 'first') engine.dismount(engine.database(number), () => undefined);
    }
    engine.requestSync();
    const disks = await at(backup, undefined, machine.journal);
    expect([disks.made, disks.leftOut]).toEqual([['TEMP', 'LATER'], ['LATER']]);
    expect(nodesOf(start(disks), 'LATER')).toEqual({ second: 'second' });
  });

  it('is refused beyond the journal’s end, before a copy, and across damage, which it names; up to there it works', async () => {
    const machine = new Machine({ segmentBytes: 2500, keepMs: 1e9 });
    const engine = machine.start();
    const writer = new Writer(engine);
    writer.write(30);
    const backup = await backedUp(machine, engine);
    writer.write(100);
    engine.requestSync();
    const end = engine.position;
    const { position } = backup.manifest.databases[0]!;
    const { journal } = machine;
    await expect(at(backup, { position: end + 1 }, journal)).rejects.toThrow(
      `<CONFIGURATION> the journal ends at position ${end}`,
    );
    await expect(at(backup, { position: position - 1 }, journal)).rejects.toThrow(
      `the copy of DATA is of ${position}: an earlier backup`,
    );
    const damagedAt = journal.segments().at(-3)!;
    const read = journal.read.bind(journal);
    const { start: segmentStart } = engine.journal.segments.find(
      ({ segment }) => segment === damagedAt,
    )!;
    journal.read = (segment) => {
      const bytes = read(segment).slice();
      if (segment === damagedAt) bytes[1200]! ^= 1;
      return bytes;
    };
    const refusal = await at(backup, { position: end }, journal).then(() => 'restored', String);
    const place = Number(/--to-position (\d+)/.exec(refusal)?.[1]);
    expect(refusal).toContain('<DAMAGED> journal at position');
    expect(place).toBeGreaterThan(segmentStart);
    expect(place).toBeLessThanOrEqual(segmentStart + 1200);
    const disks = await at(backup, { position: place }, journal);
    expect(nodesOf(start(disks))).toEqual(writer.at(place));
    journal.read = read;
    journal.remove(damagedAt);
    await expect(at(backup, { position: end }, journal)).rejects.toThrow(
      `<DAMAGED> journal at position ${segmentStart}: the next segment begins later`,
    );
    for (const segment of journal.segments()) if (segment < damagedAt) journal.remove(segment);
    await expect(at(backup, { position: end }, journal)).rejects.toThrow(
      `nothing is before it, the copy of DATA is of ${position}`,
    );
  });

  it('stores in between what the pool would not hold', async () => {
    const machine = new Machine({ blockSize: 512, keepMs: 1e9 });
    const engine = machine.start();
    engine.apply({ kind: 'set', database: 0, key: utf8('k'), value: utf8('1') });
    const backup = await backedUp(machine, engine);
    for (let i = 0; i < 2000; i++)
      engine.apply({
        kind: 'set',
        database: 0,
        key: utf8(`k${(i * 7919) % 2000}`),
        value: utf8('v'.repeat(100)),
      });
    engine.requestSync();
    const reports: number[] = [];
    const disks = await restored(backup, {
      rollback,
      source: machine.journal,
      poolBytes: 20_000,
      report: (position) => reports.push(position),
    });
    expect(reports.length).toBeGreaterThan(10);
    expect(Object.keys(nodesOf(start(disks)))).toHaveLength(2001);
  });
});

describe('R15: after a restore', () => {
  it('sessions are forgotten, and epochs go on above any that was given', async () => {
    const machine = new Machine();
    const engine = machine.start();
    const old = engine.openSession('app', 'i');
    const backup = await backedUp(machine, engine);
    const lost = engine.openSession('other', 'i');
    const disks = await at(backup, undefined);
    for (let restart = 0; restart < 2; restart++) {
      const again = start(disks);
      expect(again.sessions.size).toBe(restart);
      expect(again.lostBelow).toBeGreaterThan(Math.max(old.epoch, lost.epoch));
      expect(again.openSession(`new${restart}`, 'i').epoch).toBeGreaterThanOrEqual(again.lostBelow);
      // It is not forgotten when the journal that says so is purged.
      again.checkpoint();
    }
  });
});
