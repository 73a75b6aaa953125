import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader, ByteWriter, utf8 } from '../base/bytes.ts';
import { type Change, decodeChange, encodeChange } from './change.ts';
import { Journal } from './journal.ts';
import {
  beginChangeRecord,
  encodeCatalogue,
  encodeCheckpoint,
  encodeFailure,
  encodeMark,
  encodeSession,
  encodeSessionEnd,
  encodeTable,
  type JournalRecord,
} from './journal-records.ts';
import { type JournalContent, readJournal } from './journal-reader.ts';
import { emptyTables } from './recovery.ts';
import { SessionTable } from './session-table.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { MemoryJournalDisk } from './testing/memory-disk.ts';
import {
  encodeCompensation,
  encodeTransactionChange,
  encodeTransactionEnd,
  encodeTransactionLevel,
  encodeTransactionTable,
} from './transaction-records.ts';
import { type OpenTransaction, TransactionTable } from './transaction-table.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const CHANGES: readonly Change[] = [
  { kind: 'set', database: 0, key: utf8('A\u0001'), value: utf8('one') },
  { kind: 'kill', database: 300, key: utf8('A\u0001') },
  { kind: 'zkill', database: 1, key: utf8('B\u0001') },
  { kind: 'increment', database: 1, key: utf8('C\u0001'), by: utf8('-1.5') },
  { kind: 'killRange', database: 2, from: utf8('D\u0001'), to: utf8('E\u0001') },
  { kind: 'killRange', database: 2, from: utf8('D\u0001'), to: undefined },
];

function writeChange(journal: Journal, change: Change, sequence: number): number {
  const writer = journal.begin();
  beginChangeRecord(writer, 1, 2, sequence);
  encodeChange(writer, change);
  if (change.kind === 'increment') writer.blob(utf8('7'));
  return journal.end();
}

interface Read extends JournalContent {
  readonly records_: { readonly record: JournalRecord; readonly position: number }[];
}

function read(disk: MemoryJournalDisk, from?: number, durable = 0): Read {
  const records: { record: JournalRecord; position: number }[] = [];
  const content = readJournal(disk, from, durable, emptyTables(), (record, { position }) =>
    records.push({ record, position }),
  );
  return { ...content, records_: records };
}

const sequences = (content: Read): number[] =>
  content.records_.flatMap(({ record }) => (record.kind === 'change' ? [record.sequence] : []));

function start(disk: MemoryJournalDisk, segmentBytes = 1e6): Journal {
  const content = read(disk);
  return new Journal(disk, new ManualClock(), {
    start: content.end,
    segment: Math.max(0, ...disk.segments()) + 1,
    old: content.segments,
    preamble: (writer) => {
      const uuid = 'ab'.repeat(16);
      encodeCatalogue(writer, [
        { number: 0, uuid, name: 'DATA', isStored: true, isJournaled: true },
      ]);
      encodeTable(writer, new SessionTable());
      encodeTransactionTable(writer, new TransactionTable());
    },
    settings: { segmentBytes },
  });
}

/** Changes the bytes of a segment, synced or not. */
function damage(
  disk: MemoryJournalDisk,
  segment: number,
  edit: (bytes: Uint8Array) => Uint8Array,
): void {
  const original = disk.read.bind(disk);
  const bytes = edit(original(segment));
  disk.read = (other) => (other === segment ? bytes : original(other));
}

const TRANSACTION: OpenTransaction = {
  number: 7,
  session: 1,
  epoch: 2,
  job: 5,
  level: 2,
  sinceMs: 1000,
  first: 300,
  top: { batch: 300, offset: 20 },
  left: undefined,
  databases: new Set(['ab'.repeat(16)]),
};

/** One record of each kind that transactions have. */
function writeTransaction(journal: Journal): void {
  const origin = (sequence: number) => ({ session: 1, epoch: 2, sequence });
  const { number, top } = TRANSACTION;
  encodeTransactionLevel(journal.begin(), origin(7), TRANSACTION, true);
  encodeTransactionChange(
    journal.begin(),
    origin(8),
    TRANSACTION,
    { kind: 'set', database: 0, key: utf8('A\u0001'), value: utf8('one') },
    [{ key: utf8('A\u0001'), value: utf8('nil') }],
  );
  encodeCompensation(journal.begin(), number, { place: top, left: 3 }, CHANGES[0]);
  encodeTransactionEnd(journal.begin(), origin(9), {
    number,
    isCommit: false,
    level: 1,
    next: top,
  });
  const table = new TransactionTable();
  table.put(TRANSACTION);
  encodeTransactionTable(journal.begin(), table);
}

describe('a change', () => {
  it('has stable bytes (golden)', () => {
    const bytes = CHANGES.map((change) => {
      const writer = new ByteWriter();
      encodeChange(writer, change);
      return hex(writer.view());
    });
    expect(bytes).toEqual([
      '0100024101036f6e65',
      '02ac02024101',
      '0301024201',
      '0401024301042d312e35',
      '050202440101024501',
      '050202440100',
    ]);
    for (const [i, text] of bytes.entries()) {
      const reader = new ByteReader(new Uint8Array(Buffer.from(text, 'hex')), 'change');
      expect(decodeChange(reader)).toEqual(CHANGES[i]);
      reader.expectEnd();
    }
  });

  it('is refused as <DAMAGED> when cut or unknown, never read beyond its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          decodeChange(new ByteReader(bytes, 'change'));
        } catch (error) {
          expect((error as { code?: unknown }).code).toBe('DAMAGED');
        }
      }),
    );
  });
});

describe('the journal', () => {
  it('has stable bytes (golden)', () => {
    const disk = new MemoryJournalDisk();
    const journal = start(disk);
    const writer = journal.begin();
    beginChangeRecord(writer, 1, 2, 3);
    encodeChange(writer, CHANGES[3]!);
    writer.blob(utf8('7'));
    journal.end();
    encodeSession(journal.begin(), 1, 'app-0', 'i1', 2);
    encodeSessionEnd(journal.begin(), 1);
    encodeFailure(journal.begin(), 1, 2, 4, 'PROTECT');
    encodeCheckpoint(journal.begin(), 0, 100);
    encodeMark(journal.begin(), 1, 2, 5, undefined);
    encodeMark(journal.begin(), 1, 2, 6, { kind: 'value', value: utf8('8') });
    writeTransaction(journal);
    const position = journal.end();
    journal.flush();
    const bytes = disk.read(1);
    expect(bytes.length).toBe(position);
    expect(hex(bytes)).toBe(GOLDEN_SEGMENT);
    const { records_ } = read(disk);
    expect(records_.map(({ record }) => record.kind)).toEqual([
      'time',
      'catalogue',
      'table',
      'transactionTable',
      'change',
      'session',
      'sessionEnd',
      'failure',
      'checkpoint',
      'mark',
      'mark',
      'transactionLevel',
      'transactionChange',
      'compensation',
      'transactionEnd',
      'transactionTable',
    ]);
    expect(records_.map(({ record }) => record)).toContainEqual({
      kind: 'transactionChange',
      session: 1,
      epoch: 2,
      sequence: 8,
      transaction: 7,
      before: { batch: 300, offset: 20 },
      change: CHANGES[0],
      old: [{ key: utf8('A\u0001'), value: utf8('nil') }],
    });
  });

  it('reads segments of version 2 on (golden)', () => {
    const disk = new MemoryJournalDisk();
    disk.create(1);
    disk.append(new Uint8Array(Buffer.from(GOLDEN_SEGMENT_2, 'hex')));
    expect(read(disk).records_.map(({ record }) => record.kind)).toEqual([
      'catalogue',
      'table',
      'change',
      'session',
      'sessionEnd',
      'failure',
      'checkpoint',
      'mark',
      'mark',
    ]);
  });

  it('reads segments of version 1 on (golden)', () => {
    const disk = new MemoryJournalDisk();
    disk.create(1);
    disk.append(new Uint8Array(Buffer.from(GOLDEN_SEGMENT_1, 'hex')));
    expect(read(disk).records_.map(({ record }) => record.kind)).toEqual([
      'catalogue',
      'table',
      'change',
      'session',
      'sessionEnd',
      'failure',
      'checkpoint',
    ]);
  });

  it('gives back every record at the position that it returned, over segments', () => {
    const disk = new MemoryJournalDisk();
    const journal = start(disk, 300);
    const positions: number[] = [];
    for (let i = 0; i < 100; i++) {
      positions.push(writeChange(journal, CHANGES[i % CHANGES.length]!, i));
      if (i % 3 === 0) journal.flush();
    }
    journal.requestSync();
    expect(disk.segments().length).toBeGreaterThan(3);
    const content = read(disk);
    const changes = content.records_.filter(({ record }) => record.kind === 'change');
    expect(changes.map(({ position }) => position)).toEqual(positions);
    expect(content.end).toBe(journal.position);
    // From a later position on only the segments that matter are read.
    const late = read(disk, positions[90]);
    expect(late.segments.length).toBeLessThan(content.segments.length);
    expect(sequences(late)).toContain(91);
  });

  it('syncs once for all that gathered meanwhile', () => {
    const disk = new MemoryJournalDisk();
    const pending: (() => void)[] = [];
    const journal = start(disk);
    disk.defer = (complete) => pending.push(complete);
    writeChange(journal, CHANGES[0]!, 1);
    journal.requestSync();
    let last = 0;
    for (let i = 2; i < 50; i++) {
      last = writeChange(journal, CHANGES[0]!, i);
      journal.requestSync();
    }
    expect(pending.length).toBe(1);
    pending.shift()!();
    expect(journal.durablePosition).toBeLessThan(last);
    pending.shift()!();
    expect(journal.durablePosition).toBe(last);
    expect(disk.syncs).toBe(2);
  });
});

describe('reading after a crash (R9)', () => {
  /** Three synced changes, then two batches that are not. */
  function crashed(): { disk: MemoryJournalDisk; durable: number } {
    const disk = new MemoryJournalDisk();
    const journal = start(disk);
    for (let i = 1; i <= 3; i++) writeChange(journal, CHANGES[0]!, i);
    journal.requestSync();
    const durable = journal.durablePosition;
    for (let i = 4; i <= 5; i++) {
      writeChange(journal, CHANGES[0]!, i);
      journal.flush();
    }
    return { disk, durable };
  }

  it('takes unreadable bytes above what was known durable for a torn tail, even before readable batches', () => {
    const { disk, durable } = crashed();
    damage(disk, 1, (bytes) => bytes.fill(0, durable + 5, durable + 25));
    const content = read(disk);
    expect(sequences(content)).toEqual([1, 2, 3]);
    expect(content.end).toBe(durable);
    expect(content.tornBytes).toBeGreaterThan(0);
  });

  it('refuses damage below what a later batch says was durable', () => {
    const { disk, durable } = crashed();
    damage(disk, 1, (bytes) => bytes.fill(0, durable - 10, durable));
    expect(() => read(disk)).toThrow('<DAMAGED>');
  });

  it('refuses damage below a checkpoint, and a journal that is missing', () => {
    const { disk, durable } = crashed();
    damage(disk, 1, (bytes) => bytes.slice(0, durable - 10));
    expect(sequences(read(disk))).toEqual([]);
    expect(() => read(disk, undefined, durable)).toThrow('<DAMAGED>');
    expect(() => read(new MemoryJournalDisk(), undefined, 1)).toThrow('<DAMAGED>');
  });

  it('reads every cut of the unsynced part, and refuses every cut of the synced', () => {
    const { durable } = crashed();
    const { length } = crashed().disk.read(1);
    for (let cut = durable; cut <= length; cut++) {
      const { disk } = crashed();
      damage(disk, 1, (bytes) => bytes.slice(0, cut));
      expect(sequences(read(disk, undefined, durable)).slice(0, 3)).toEqual([1, 2, 3]);
    }
    for (let cut = 0; cut < durable; cut += 7) {
      const { disk } = crashed();
      damage(disk, 1, (bytes) => bytes.slice(0, cut));
      expect(() => read(disk, undefined, durable)).toThrow('<DAMAGED>');
    }
  });

  it('stops at the zeros of a preallocated segment', () => {
    const { disk } = crashed();
    damage(disk, 1, (bytes) => new Uint8Array([...bytes, ...new Uint8Array(4096)]));
    expect(sequences(read(disk))).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on behind a torn tail in a new segment, whose start hides it for ever', () => {
    const { disk, durable } = crashed();
    damage(disk, 1, (bytes) => bytes.fill(0, durable, durable + 20));
    const journal = start(disk);
    for (let i = 10; i <= 12; i++) writeChange(journal, CHANGES[0]!, i);
    journal.requestSync();
    expect(sequences(read(disk))).toEqual([1, 2, 3, 10, 11, 12]);
    expect(read(disk).end).toBe(journal.position);
  });

  it('does not take the batches of another segment for its own', () => {
    const { disk, durable } = crashed();
    const other = disk.read(1);
    damage(disk, 1, (bytes) => bytes.slice(0, durable));
    const journal = start(disk);
    journal.requestSync();
    const end = journal.position;
    // What lies behind the second segment's end are old bytes, whole batches of the first.
    damage(disk, 2, (bytes) => new Uint8Array([...bytes, ...other.subarray(durable)]));
    expect(read(disk).end).toBe(end);
    expect(sequences(read(disk))).toEqual([1, 2, 3]);
  });

  it('refuses a missing segment in between, and a version that it does not know', () => {
    const disk = new MemoryJournalDisk();
    const journal = start(disk, 200);
    for (let i = 0; i < 40; i++) {
      writeChange(journal, CHANGES[0]!, i);
      journal.requestSync();
    }
    expect(disk.segments().length).toBeGreaterThan(3);
    disk.remove(2);
    expect(() => read(disk, 500)).not.toThrow();
    expect(() => read(disk, 150)).toThrow('<DAMAGED>');
    damage(disk, 1, (bytes) => Uint8Array.from(bytes, (byte, i) => (i === 4 ? 99 : byte)));
    expect(() => read(disk)).toThrow('version 99');
    expect(() => read(disk, 500)).toThrow('version 99');
  });
});

/** What version 2 wrote, without times and transactions. */
const GOLDEN_SEGMENT_2 =
  // segment header
  '4543504a0200000001000000000000000000000000000000000000000000000031bcda6f' +
  // batch header
  'a316f5202e0000006c86dcbe0000000000000000' +
  // catalogue, table
  '06010020616261626162616261626162616261626162616261626162616261626162616204444154410105010100' +
  // batch header
  'a316f5203b0000006cef041c0000000000000000' +
  // records
  '010102030401024301042d312e3501370301056170702d3002693102040102010204020750524f54454354070064' +
  // marks
  '08010205000801020601010138';

/** What version 1 wrote, without marks. */
const GOLDEN_SEGMENT_1 =
  // segment header
  '4543504a010000000100000000000000000000000000000000000000000000009c57088c' +
  // batch header
  '9e1ef2982e00000014696a2f0000000000000000' +
  // catalogue, table
  '06010020616261626162616261626162616261626162616261626162616261626162616204444154410105010100' +
  // batch header
  '9e1ef2982e00000075b0bc390000000000000000' +
  // records
  '010102030401024301042d312e3501370301056170702d3002693102040102010204020750524f54454354070064';

const GOLDEN_SEGMENT =
  // segment header
  '4543504a03000000010000000000000000000000000000000000000000000000' +
  '000000000000000000000000000000000000000000000000280f7e65' +
  // batch header
  'ea32a9f733000000d3b830550000000000000000' +
  // time, catalogue, tables
  '0e000601002061626162616261626162616261626162616261626162616261626162616261620444415441010501' +
  '01000d0100' +
  // batch header
  'ea32a9f7ad000000784543a00000000000000000' +
  // records as in version 2
  '010102030401024301042d312e3501370301056170702d3002693102040102010204020750524f54454354070064' +
  '08010205000801020601010138' +
  // records of a transaction
  '0a01020707ac0214020105e8070901020807ac02140100024101036f6e6501024101036e696c0c07ac0214040101' +
  '00024101036f6e650b010209070001ac02140d08010701020502e807ac02ac021400012061626162616261626162' +
  '61626162616261626162616261626162616261626162';
