/** How long the journal's segments live: rotation, purging, what is kept for restores (F-D5). */
import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../base/bytes.ts';
import type { StorageEngine } from './engine.ts';
import { Machine } from './testing/machine.ts';

const HOUR = 3_600_000;

function write(engine: StorageEngine, count = 1): void {
  for (let i = 0; i < count; i++) {
    engine.apply({ kind: 'set', database: 0, key: utf8(`k${i}`), value: utf8('some value') });
    engine.flush();
  }
  engine.requestSync();
}

describe('F-D5: a segment is followed by a new one', () => {
  it('when it has reached its size, which changes while running', () => {
    const engine = new Machine({ segmentBytes: 100_000 }).start();
    write(engine, 100);
    expect(engine.journal.segmentCount).toBe(1);
    engine.journal.configure({ segmentBytes: 1000 });
    write(engine, 100);
    expect(engine.journal.segmentCount).toBeGreaterThan(3);
  });

  it('when it has reached its age and there is something in it, made durable like any record', () => {
    const machine = new Machine({ rotationMs: HOUR, checkpointIntervalMs: 100 * HOUR });
    const engine = machine.start();
    write(engine);
    machine.clock.advance(HOUR - 1);
    expect(engine.journal.segmentCount).toBe(1);
    machine.clock.advance(1);
    expect(engine.journal.segmentCount).toBe(2);
    expect(engine.journal.unsyncedBytes).toBe(0);
    // Nothing in it: it stays, however old, until there is.
    machine.clock.advance(5 * HOUR);
    expect(engine.journal.segmentCount).toBe(2);
    write(engine);
    expect(engine.journal.segmentCount).toBe(3);
    write(engine);
    expect(engine.journal.segmentCount).toBe(3);
  });

  it('at another age from now on, counted from when it was made', () => {
    const machine = new Machine({ rotationMs: 10 * HOUR, checkpointIntervalMs: 100 * HOUR });
    const engine = machine.start();
    write(engine);
    machine.clock.advance(2 * HOUR);
    engine.journal.configure({ rotationMs: 3 * HOUR });
    machine.clock.advance(HOUR - 1);
    expect(engine.journal.segmentCount).toBe(1);
    machine.clock.advance(1);
    expect(engine.journal.segmentCount).toBe(2);
    write(engine);
    engine.journal.configure({ rotationMs: 60_000 });
    machine.clock.advance(60_000);
    expect(engine.journal.segmentCount).toBe(3);
  });
});

describe('F-D5: segments that nobody needs', () => {
  const KEPT = { segmentBytes: 1000, checkpointIntervalMs: 1000 * HOUR, rotationMs: 1000 * HOUR };

  it('go with the next checkpoint, unless they are kept: so long, and no more than so many bytes', () => {
    const machine = new Machine({ ...KEPT, keepMs: 2 * HOUR });
    const engine = machine.start();
    write(engine, 100);
    engine.checkpoint();
    const { segmentCount } = engine.journal;
    expect(segmentCount).toBeGreaterThan(4);
    machine.clock.advance(HOUR);
    write(engine, 100);
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBeGreaterThan(segmentCount + 4);
    expect(engine.journal.oldestAgeMs).toBeGreaterThanOrEqual(HOUR);
    machine.clock.advance(HOUR);
    engine.checkpoint();
    // One has records of both hours.
    expect(engine.journal.segmentCount).toBeLessThanOrEqual(segmentCount + 1);
    engine.journal.configure({ keepBytes: 3000 });
    engine.checkpoint();
    expect(engine.journal.retainedBytes).toBeLessThanOrEqual(3000);
    expect(engine.journal.retainedBytes).toBeGreaterThan(1500);
    engine.journal.configure({ keepMs: 0, keepBytes: undefined });
    engine.checkpoint();
    expect(machine.journal.segments()).toHaveLength(1);
  });

  it('but never what the last checkpoint needs, whatever the size is', () => {
    const machine = new Machine({ ...KEPT, keepMs: HOUR, keepBytes: 1 });
    const engine = machine.start();
    write(engine, 100);
    machine.stores[0]!.defer = () => undefined;
    engine.checkpoint();
    expect(engine.journal.retainedBytes).toBeGreaterThan(4000);
    machine.crash(() => 0.9);
    expect(machine.start().recovery.redone).toBe(100);
  });

  it('are known with their ages after a restart, which a clock that was set back or forth does not change', () => {
    const machine = new Machine({ ...KEPT, keepMs: 10 * HOUR });
    const wallMs = 2000 * HOUR;
    machine.clock.wallOffsetMs = wallMs;
    let engine = machine.start();
    write(engine, 100);
    engine.checkpoint();
    const { segmentCount, retainedBytes } = engine.journal;
    machine.clock.advance(6 * HOUR);
    machine.crash();
    engine = machine.start();
    expect(engine.journal.segmentCount).toBe(segmentCount + 1);
    expect(engine.journal.retainedBytes).toBeGreaterThan(retainedBytes);
    expect(engine.journal.oldestAgeMs).toBe(6 * HOUR);
    machine.clock.wallOffsetMs = wallMs + 1000 * HOUR;
    machine.clock.advance(3 * HOUR);
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBe(segmentCount + 1);
    machine.clock.wallOffsetMs = wallMs - 1000 * HOUR;
    machine.clock.advance(HOUR);
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBeLessThan(3);
  });

  it('cost recovery nothing: it reads from the last checkpoint on, however much is kept', () => {
    const machine = new Machine({ ...KEPT, keepMs: HOUR });
    let engine = machine.start();
    write(engine, 1000);
    engine.checkpoint();
    write(engine, 5);
    const whole = machine.journal.segments().length;
    machine.crash();
    let read = 0;
    const original = machine.journal.read.bind(machine.journal);
    machine.journal.read = (segment) => {
      read++;
      return original(segment);
    };
    machine.journal.readRange = (segment, from, length) =>
      original(segment).slice(from, from + length);
    engine = machine.start();
    expect(engine.recovery.redone).toBe(5);
    expect(whole).toBeGreaterThan(40);
    // The last segment, once for its records and once for what lies behind them.
    expect(read).toBeLessThanOrEqual(4);
    expect(engine.journal.segmentCount).toBe(whole + 1);
    expect(engine.recovery.stale).toEqual([]);
  });

  it('that no longer count are removed, though what lies before them is kept', () => {
    const machine = new Machine({ ...KEPT, keepMs: HOUR });
    let engine = machine.start();
    write(engine, 50);
    engine.checkpoint();
    machine.crash();
    // A start that died while it made its segment.
    machine.journal.create(99);
    machine.journal.append(utf8('EC'));
    engine = machine.start();
    const kept = engine.journal.segmentCount;
    expect(engine.recovery.stale).toEqual([99]);
    engine.checkpoint();
    expect(machine.journal.segments()).toHaveLength(kept);
  });

  it('go in parts, so that no checkpoint takes long', () => {
    const machine = new Machine({ ...KEPT, segmentBytes: 40 * 1024 * 1024, keepMs: HOUR });
    const engine = machine.start();
    const value = new Uint8Array(2 * 1024 * 1024);
    for (let i = 0; i < 200; i++) {
      engine.apply({ kind: 'set', database: 0, key: utf8('k'), value });
      engine.flush();
    }
    engine.checkpoint();
    engine.journal.configure({ keepMs: 0 });
    const before = engine.journal.retainedBytes;
    engine.checkpoint();
    expect(engine.journal.retainedBytes).toBeLessThan(before);
    expect(engine.journal.segmentCount).toBeGreaterThan(1);
    engine.checkpoint();
    expect(engine.journal.segmentCount).toBe(1);
  });
});
