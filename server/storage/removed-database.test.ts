/** A database that is taken out of the configuration and put back: it is whole, and nothing else suffers. F-D3 */
import { expect, test } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { encodeKey } from '../globals/key.ts';
import { silentLog } from '../ports/log.ts';
import { StorageEngine } from './engine.ts';
import { ManualClock, seededRandom } from './testing/manual-clock.ts';
import { MemoryJournalDisk, MemoryPageStore } from './testing/memory-disk.ts';

class Disks {
  readonly journal = new MemoryJournalDisk();
  readonly clock = new ManualClock();
  readonly #stores = new Map<string, MemoryPageStore>();
  readonly #random = seededRandom(1);

  start(...names: readonly string[]): StorageEngine {
    return StorageEngine.open(
      { journal: this.journal, clock: this.clock, random: this.#random, log: silentLog },
      {
        segmentBytes: 500,
        databases: names.map((name, number) => {
          const store = this.#stores.get(name) ?? new MemoryPageStore();
          this.#stores.set(name, store);
          return { number, name, blockSize: 8192, isJournaled: true, store };
        }),
      },
    );
  }

  crash(): void {
    this.clock.crash();
    this.journal.crash();
    for (const store of this.#stores.values()) store.crash();
  }
}

const key = (subscript: number): Uint8Array => encodeKey('A', [subscript]);

function set(engine: StorageEngine, database: number, subscript: number): void {
  engine.apply({ kind: 'set', database, key: key(subscript), value: utf8(`value ${subscript}`) });
}

function valueOf(engine: StorageEngine, database: number, subscript: number): string | undefined {
  const value = engine.database(database).get(key(subscript));
  return value === undefined ? undefined : textOf(value);
}

async function checkpoint(engine: StorageEngine): Promise<void> {
  await new Promise<void>((done) => engine.checkpoint(() => done()));
}

test('stopped in order, removed, added again: it is there, though the journal of its time is gone', async () => {
  const disks = new Disks();
  let engine = disks.start('KEPT', 'MORE');
  set(engine, 1, 7);
  await engine.close();
  for (let run = 0; run < 3; run++) {
    engine = disks.start('KEPT');
    for (let i = 0; i < 50; i++) set(engine, 0, i);
    await checkpoint(engine);
    await engine.close();
  }
  engine = disks.start('KEPT', 'MORE');
  expect(valueOf(engine, 1, 7)).toBe('value 7');
  expect(valueOf(engine, 0, 49)).toBe('value 49');
  set(engine, 1, 8);
  disks.crash();
  engine = disks.start('MORE', 'KEPT');
  expect(valueOf(engine, 0, 7)).toBe('value 7');
});

test('killed, removed, added again: the journal was kept for what its page store lacked', async () => {
  const disks = new Disks();
  let engine = disks.start('KEPT', 'MORE');
  set(engine, 1, 7);
  engine.requestSync();
  disks.crash();
  for (let run = 0; run < 3; run++) {
    engine = disks.start('KEPT');
    for (let i = 0; i < 50; i++) set(engine, 0, i);
    await checkpoint(engine);
    await engine.close();
  }
  engine = disks.start('KEPT', 'MORE');
  expect(valueOf(engine, 1, 7)).toBe('value 7');
});

test('killed long after its last checkpoint, removed, added again: it misses nothing', async () => {
  const disks = new Disks();
  let engine = disks.start('KEPT', 'MORE');
  set(engine, 1, 1);
  await checkpoint(engine);
  // Several segments later the other one changes again.
  for (let i = 0; i < 50; i++) {
    set(engine, 0, i);
    engine.flush();
  }
  set(engine, 1, 2);
  engine.requestSync();
  disks.crash();
  for (let run = 0; run < 3; run++) {
    engine = disks.start('KEPT');
    for (let i = 0; i < 50; i++) set(engine, 0, i);
    await checkpoint(engine);
    await engine.close();
  }
  engine = disks.start('KEPT', 'MORE');
  expect([1, 2].map((subscript) => valueOf(engine, 1, subscript))).toEqual(['value 1', 'value 2']);
});
