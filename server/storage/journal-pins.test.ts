import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../base/bytes.ts';
import type { StorageEngine } from './engine.ts';
import { JournalPins } from './journal-pins.ts';
import { Machine } from './testing/machine.ts';

describe('pins of the journal', () => {
  it('tell the lowest position that anybody needs at present', () => {
    const pins = new JournalPins();
    expect(pins.lowest).toBeUndefined();
    let oldest: number | undefined = 70;
    pins.add({ reason: 'open transactions', position: () => oldest });
    const release = pins.hold('backup of DATA', 50);
    expect(pins.held()).toEqual([
      { reason: 'backup of DATA', position: 50 },
      { reason: 'open transactions', position: 70 },
    ]);
    release();
    release();
    expect(pins.lowest).toBe(70);
    oldest = undefined;
    expect(pins.lowest).toBeUndefined();
  });

  it('F-D5: keep what they need over checkpoints, and no longer than they are held', () => {
    const machine = new Machine({ segmentBytes: 1000 });
    const engine = machine.start();
    const write = (from: StorageEngine): void => {
      for (let i = 0; i < 100; i++) {
        from.apply({ kind: 'set', database: 0, key: utf8(`k${i}`), value: utf8('some value') });
        from.flush();
      }
      from.checkpoint();
    };
    write(engine);
    expect(machine.journal.segments()).toHaveLength(1);
    const [pinned] = machine.journal.segments();
    const release = engine.pins.hold('backup of DATA', engine.position);
    write(engine);
    write(engine);
    expect(machine.journal.segments().length).toBeGreaterThan(5);
    expect(machine.journal.segments()[0]).toBe(pinned);
    release();
    engine.checkpoint();
    expect(machine.journal.segments()).toHaveLength(1);
  });
});
