/** What a segment begins with is as the records before it left it, also where one of them filled the batch (R15). */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { encodeKey } from '../globals/key.ts';
import { Rollback } from './rollback.ts';
import { LOCAL, type Origin, type StorageEngine } from '../storage/engine.ts';
import { Machine } from '../storage/testing/machine.ts';
import type { UndoableChange } from '../storage/transaction-records.ts';

/** More than a batch may be: it is appended with the record that holds this. */
const FILLS_A_BATCH = 'x'.repeat(1_100_000);
const key = (...subscripts: (string | number)[]): Uint8Array => encodeKey('G', subscripts);
const set = (at: Uint8Array, value: string): UndoableChange => ({
  kind: 'set',
  database: 0,
  key: at,
  value: utf8(value),
});

/** After it the next flush, or a large record by itself, ends the segment. */
const machineOf = (): Machine => new Machine({ segmentBytes: 1_000_000 });

function restarted(machine: Machine, engine: StorageEngine): StorageEngine {
  engine.requestSync();
  machine.crash();
  return machine.start();
}

describe('a segment that follows a record which filled the batch', () => {
  it('knows that record as applied of its session: no replay repeats it', () => {
    const machine = machineOf();
    let engine = machine.start();
    const { number: session, epoch } = engine.openSession('app', 'i');
    const origin = (sequence: number): Origin => ({ session, epoch, sequence });
    engine.apply({ kind: 'increment', database: 0, key: key('n'), by: utf8('1') }, origin(1));
    engine.apply(set(key('long'), FILLS_A_BATCH), origin(2));
    engine = restarted(machine, engine);
    expect(engine.sessions.get(session)?.lastApplied).toBe(2);
    expect(engine.journal.segmentCount).toBe(3);
  });

  it('knows that record as the newest of its transaction: it is undone', () => {
    const machine = machineOf();
    let engine = machine.start();
    const open = engine.transactions.begin(LOCAL, 1);
    engine.transactions.apply(open, set(key('a'), FILLS_A_BATCH), LOCAL, LOCAL);
    engine = restarted(machine, engine);
    const [found] = engine.transactions.open.values();
    new Rollback(engine.transactions, found!, 0, LOCAL).step(Infinity);
    expect(engine.database(0).get(key('a'))).toBeUndefined();
  });

  it('knows the transaction that the record began, and the level that it made', () => {
    const machine = machineOf();
    let engine = machine.start();
    const fill = (bytes: number): void => {
      // Just below what a batch may be, so that the next record is one too much.
      engine.apply(set(key('fill'), 'x'.repeat(bytes)));
    };
    const MIB = 1024 * 1024;
    const left = (): number => MIB - (engine.position - engine.durablePosition);
    engine.requestSync();
    fill(left() - 60);
    const open = engine.transactions.begin(LOCAL, 9);
    engine.requestSync();
    fill(left() - 60);
    engine.transactions.setLevel(open, 2, LOCAL);
    engine = restarted(machine, engine);
    expect([...engine.transactions.open.values()]).toMatchObject([{ job: 9, level: 2 }]);
    engine.transactions.apply(open, set(key('b'), 'b'), LOCAL, LOCAL);
    expect(textOf(engine.database(0).get(key('b'))!)).toBe('b');
  });
});
