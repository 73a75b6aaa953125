import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import type { Change } from './change.ts';
import type { StorageEngine } from './engine.ts';
import { Machine } from './testing/machine.ts';

const set = (key: string, value: string, database = 0): Change => ({
  kind: 'set',
  database,
  key: utf8(key),
  value: utf8(value),
});
const kill = (key: string): Change => ({ kind: 'kill', database: 0, key: utf8(key) });
const increment = (key: string, by: string): Change => ({
  kind: 'increment',
  database: 0,
  key: utf8(key),
  by: utf8(by),
});

function get(engine: StorageEngine, key: string, database = 0): string | undefined {
  const value = engine.database(database).get(utf8(key));
  return value === undefined ? undefined : textOf(value);
}

function dump(engine: StorageEngine): Record<string, string> {
  const nodes: Record<string, string> = {};
  const database = engine.database(0);
  for (const block of database.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const key = block.keyAt(i);
      nodes[textOf(key)] = textOf(database.get(key)!);
    }
  }
  return nodes;
}

describe('the storage engine', () => {
  it('applies changes at once and makes them durable within 10 ms (R10)', () => {
    const machine = new Machine();
    const engine = machine.start();
    const durable: number[] = [];
    engine.onDurable((position) => durable.push(position));
    const { position } = engine.apply(set('a', '1'));
    expect(get(engine, 'a')).toBe('1');
    expect(engine.durablePosition).toBeLessThan(position);
    machine.clock.advance(10);
    expect(engine.durablePosition).toBeGreaterThanOrEqual(position);
    expect(durable).toEqual([engine.durablePosition]);
  });

  it('redoes what was synced after a crash, from the journal alone or from a checkpoint on', () => {
    const machine = new Machine();
    let engine = machine.start();
    for (let i = 0; i < 2000; i++) engine.apply(set(`k${i}`, `v${i}`));
    engine.apply(kill('k7'));
    engine.requestSync();
    const before = dump(engine);
    machine.crash(() => 0);
    engine = machine.start();
    expect(dump(engine)).toEqual(before);
    expect(engine.recovery.redone).toBe(2001);
    engine.checkpoint();
    engine.apply(set('late', 'x'));
    engine.requestSync();
    machine.crash(() => 0);
    engine = machine.start();
    expect(engine.recovery.redone).toBe(1);
    expect(dump(engine)).toEqual({ ...before, late: 'x' });
  });

  it('adopts the UUID of a database that was never stored, and refuses one whose store was lost', () => {
    const machine = new Machine();
    let engine = machine.start();
    const { uuid } = engine.database(0);
    engine.apply(set('a', '1'));
    engine.requestSync();
    machine.crash(() => 0);
    engine = machine.start();
    expect(engine.database(0).uuid).toBe(uuid);
    expect(get(engine, 'a')).toBe('1');
    engine.checkpoint();
    machine.crash();
    // The next start writes a catalogue that knows the database as stored.
    machine.start().requestSync();
    machine.crash();
    machine.stores.length = 0;
    expect(() => machine.start()).toThrow('<DAMAGED>');
  });

  it('keeps sessions, what they applied and results to ask for again, over checkpoints and purged segments (R9, R15)', () => {
    const machine = new Machine({ segmentBytes: 2000 });
    let engine = machine.start();
    const session = engine.openSession('app-0', 'incarnation-1');
    const idle = engine.openSession('app-1', 'incarnation-2');
    const origin = (sequence: number) => ({
      session: session.number,
      epoch: session.epoch,
      sequence,
    });
    engine.apply(increment('n', '5'), origin(1));
    engine.refuse(origin(2), 'PROTECT');
    engine.apply(increment('n', '2'), origin(3));
    engine.confirm(session.number, 1);
    for (let i = 4; i < 300; i++) engine.apply(set(`k${i}`, 'some value'), origin(i));
    engine.checkpoint();
    expect(machine.journal.segments().length).toBe(1);
    machine.crash(() => 0);
    engine = machine.start();
    const recovered = engine.sessions.get(session.number)!;
    expect(recovered).toMatchObject({ name: 'app-0', epoch: session.epoch, lastApplied: 299 });
    expect([...recovered.results]).toEqual([
      [2, { kind: 'failure', code: 'PROTECT' }],
      [3, { kind: 'value', value: utf8('7') }],
    ]);
    expect(engine.sessions.get(idle.number)?.name).toBe('app-1');
    engine.closeSession(idle.number);
    const renewed = engine.renewSession(session.number);
    expect(renewed.epoch).toBeGreaterThan(idle.epoch);
    engine.requestSync();
    machine.crash(() => 0);
    engine = machine.start();
    expect([...engine.sessions.keys()]).toEqual([session.number]);
    expect(engine.openSession('app-2', 'i').number).toBeGreaterThan(idle.number);
  });

  it('redoes an increment by its result, never by adding again (R9)', () => {
    const machine = new Machine();
    let engine = machine.start();
    engine.apply(set('n', '3 apples'));
    expect(textOf(engine.apply(increment('n', '4')).result!)).toBe('7');
    for (let i = 0; i < 3; i++) {
      engine.requestSync();
      machine.crash(() => 0);
      engine = machine.start();
      expect(get(engine, 'n')).toBe('7');
    }
  });

  it('does not journal TEMP', () => {
    const machine = new Machine();
    const engine = machine.start();
    const before = engine.position;
    expect(engine.apply(set('t', '1', 1)).position).toBe(0);
    expect(engine.position).toBe(before);
    expect(get(engine, 't', 1)).toBe('1');
  });

  it.each(['append', 'sync', 'commit'] as const)(
    'freezes at a failed %s: reads, and refuses every change (A.2.5)',
    (operation) => {
      const machine = new Machine();
      const engine = machine.start();
      engine.apply(set('a', '1'));
      engine.requestSync();
      const { durablePosition } = engine;
      const fault = (at: string): void => {
        if (at === operation) throw new Error('disk full');
      };
      machine.journal.fault = fault;
      machine.stores[0]!.fault = fault;
      engine.apply(set('b', '2'));
      let failure: unknown;
      engine.onFrozen((error) => (failure = error));
      engine.checkpoint();
      expect(isEcpError(failure, 'FROZEN')).toBe(true);
      expect(() => engine.apply(set('c', '3'))).toThrow('<FROZEN>');
      expect([get(engine, 'b'), get(engine, 'c')]).toEqual(['2', undefined]);
      if (operation !== 'commit') expect(engine.durablePosition).toBe(durablePosition);
      machine.journal.fault = () => undefined;
      machine.stores[0]!.fault = () => undefined;
      engine.requestSync();
      engine.checkpoint();
      expect(() => engine.apply(set('c', '3'))).toThrow('<FROZEN>');
      machine.crash(() => 0);
      expect(get(machine.start(), 'a')).toBe('1');
    },
  );

  it('never syncs a page store ahead of the journal (R9)', () => {
    const machine = new Machine();
    const engine = machine.start();
    const pending: (() => void)[] = [];
    machine.journal.defer = (complete) => pending.push(complete);
    engine.apply(set('a', '1'));
    engine.checkpoint();
    expect(machine.stores[0]!.commits).toBe(0);
    for (const complete of pending.splice(0)) complete();
    for (const complete of pending.splice(0)) complete();
    expect(machine.stores[0]!.commits).toBe(1);
  });

  it('reads what is dirty while a commit is under way, and what changed meanwhile after it', () => {
    const machine = new Machine({ bufferPoolBytes: 1, blockSize: 512 });
    const engine = machine.start();
    const pending: (() => void)[] = [];
    for (let i = 0; i < 200; i++) engine.apply(set(`k${i}`, `older ${i}`));
    engine.checkpoint();
    machine.stores[0]!.defer = (complete) => pending.push(complete);
    engine.apply(set('k51', 'old 51'));
    engine.checkpoint();
    // Reading the other blocks would push that of the commit out, if it were not pinned.
    for (let i = 0; i < 400; i++) {
      const n = i % 200;
      expect(get(engine, `k${n}`)).toBe(`${n === 51 ? 'old' : 'older'} ${n}`);
    }
    for (let i = 0; i < 200; i += 2) engine.apply(set(`k${i}`, `new ${i}`));
    engine.apply(kill('k19'));
    const expected = dump(engine);
    expect(expected['k4']).toBe('new 4');
    expect(expected['k51']).toBe('old 51');
    while (pending.length > 0) pending.shift()!();
    expect(dump(engine)).toEqual(expected);
    machine.stores[0]!.defer = (complete) => complete();
    engine.checkpoint();
    expect(engine.pool.dirtyBytes).toBe(0);
    expect(engine.pool.blockCount).toBeLessThan(5);
    expect(dump(engine)).toEqual(expected);
  });

  it('never gives an identifier out twice, not even one that a crash forgot (R13)', () => {
    const machine = new Machine({ blockSize: 512 });
    const seen = new Set<number>();
    for (let start = 0; start < 3; start++) {
      const engine = machine.start();
      const fresh: number[] = [];
      engine.database(0).observe({
        changed: () => undefined,
        split: (_database, _left, right) => fresh.push(right.id),
        merged: () => undefined,
      });
      for (let i = 0; i < 100; i++) engine.apply(set(`k${start}-${i}`, 'x'.repeat(20)));
      expect(fresh.length).toBeGreaterThan(3);
      for (const id of fresh) expect(seen.has(id)).toBe(false);
      for (const id of fresh) seen.add(id);
      machine.crash(() => 0);
    }
  });

  it('refuses what a record could not hold, before anything is changed', () => {
    const machine = new Machine();
    const engine = machine.start();
    const { position } = engine;
    const key = utf8('a');
    const refused: [Change, string][] = [
      [set('', 'x'), '<SUBSCRIPT>'],
      [set('k'.repeat(1020), 'x'), '<SUBSCRIPT>'],
      [{ kind: 'set', database: 0, key, value: new Uint8Array(3_641_145) }, '<MAXSTRING>'],
      [increment('a', '1'.repeat(65)), '<MAXNUMBER>'],
      [{ kind: 'kill', database: 9, key }, '<DATABASE>'],
    ];
    for (const [change, error] of refused) expect(() => engine.apply(change)).toThrow(error);
    expect(engine.position).toBe(position);
    expect(get(engine, 'a')).toBeUndefined();
    engine.apply({ kind: 'set', database: 0, key, value: new Uint8Array(3_641_144).fill(65) });
    engine.apply(set('k'.repeat(1019), 'x'));
    engine.requestSync();
    machine.crash(() => 0);
    expect(get(machine.start(), 'a')?.length).toBe(3_641_144);
  });

  it('asks writers to wait while too much is dirty, and tells them when they may go on (R10)', () => {
    const machine = new Machine({ bufferPoolBytes: 20 * 1024, blockSize: 512 });
    const engine = machine.start();
    const pending: (() => void)[] = [];
    machine.stores[0]!.defer = (complete) => pending.push(complete);
    let relieved = 0;
    engine.onRelief(() => relieved++);
    let changes = 0;
    while (!engine.isOverloaded) engine.apply(set(`k${changes++}`, 'x'.repeat(100)));
    expect(changes).toBeLessThan(1000);
    expect(relieved).toBe(0);
    while (pending.length > 0) pending.shift()!();
    expect([relieved, engine.isOverloaded]).toEqual([1, false]);
  });

  it('goes on when an old segment cannot be removed, and removes it with the next checkpoint', () => {
    const machine = new Machine({ segmentBytes: 500 });
    const engine = machine.start();
    for (let i = 0; i < 100; i++) {
      engine.apply(set(`k${i}`, 'some value'));
      engine.flush();
    }
    machine.journal.fault = (operation) => {
      if (operation === 'remove') throw new Error('permission denied');
    };
    engine.checkpoint();
    expect(machine.journal.segments().length).toBeGreaterThan(2);
    machine.journal.fault = () => undefined;
    engine.apply(set('a', '1'));
    engine.checkpoint();
    expect(machine.journal.segments().length).toBeLessThanOrEqual(2);
  });

  it('closes with everything in the page stores', async () => {
    const machine = new Machine();
    let engine = machine.start();
    engine.apply(set('a', '1'));
    engine.apply(set('t', '1', 1));
    await engine.close();
    engine = machine.start();
    expect(engine.recovery.redone).toBe(0);
    expect([get(engine, 'a'), get(engine, 't', 1)]).toEqual(['1', '1']);
  });
});
