import { describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../../adapters/node-cipher.ts';
import { concatBytes, hexOf, utf8 } from '../../base/bytes.ts';
import type { KeyRing, MasterKey } from '../../ports/cipher.ts';
import type { Random } from '../../ports/random.ts';
import { encodeChange } from '../change.ts';
import { Journal, type JournalEncryption } from '../journal.ts';
import { beginChangeRecord } from '../journal-records.ts';
import { readJournal } from '../journal-reader.ts';
import { emptyTables } from '../recovery.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryJournalDisk } from '../testing/memory-disk.ts';

const keyA = new NodeMasterKey('a', new Uint8Array(32).fill(0xa1));
const keyB = new NodeMasterKey('b', new Uint8Array(32).fill(0xb2));

const ringOf = (...keys: MasterKey[]): KeyRing => ({
  byName: (name) => keys.find((key) => key.name === name)!,
  byFingerprint: (fingerprint) => keys.find((key) => key.fingerprint === fingerprint),
  keys: () => keys,
});

function sealing(key: MasterKey): JournalEncryption {
  let drawn = 0;
  const random: Random = {
    next: () => 0.5,
    uuid: () => (++drawn).toString(16).padStart(32, '0'),
  };
  return { key, random };
}

/** The end of a segment's header. */
const HEADER_BYTES = 84;
const PREAMBLE = 'a record of a preamble';

function start(disk: MemoryJournalDisk, encryption: JournalEncryption | undefined): Journal {
  const content = readJournal(disk, 0, 0, emptyTables(), () => undefined);
  return new Journal(disk, new ManualClock(), {
    start: content.end,
    segment: Math.max(0, ...disk.segments()) + 1,
    old: content.segments,
    preamble: (writer) => change(writer, 0, PREAMBLE),
    settings: { encryption },
  });
}

function change(writer: ReturnType<Journal['begin']>, sequence: number, text: string): void {
  beginChangeRecord(writer, 1, 1, sequence);
  encodeChange(writer, { kind: 'set', database: 0, key: utf8('SUBSCRIPT'), value: utf8(text) });
}

function write(journal: Journal, sequence: number): number {
  change(journal.begin(), sequence, `VALUE ${sequence}`);
  return journal.end();
}

/** Values of all changes but the preambles', and their positions. */
function read(disk: MemoryJournalDisk, durable = 0) {
  const changes: { text: string; position: number }[] = [];
  const content = readJournal(disk, 0, durable, emptyTables(), (record, { position }) => {
    if (record.kind !== 'change' || record.change.kind !== 'set') return;
    const text = Buffer.from(record.change.value).toString();
    if (text !== PREAMBLE) changes.push({ text, position });
  });
  return { ...content, changes };
}

/** A disk with one segment. */
function diskOf(segment: number, bytes: Uint8Array): MemoryJournalDisk {
  const disk = new MemoryJournalDisk();
  disk.keys = ringOf(keyA, keyB);
  disk.create(segment);
  disk.append(bytes);
  return disk;
}

function sample(): { disk: MemoryJournalDisk; journal: Journal; positions: number[] } {
  const disk = new MemoryJournalDisk();
  disk.keys = ringOf(keyA, keyB);
  const journal = start(disk, sealing(keyA));
  const positions = [write(journal, 1), write(journal, 2)];
  journal.requestSync();
  positions.push(write(journal, 3));
  journal.flush();
  return { disk, journal, positions };
}

describe('F-D6: an encrypted segment of the journal', () => {
  it('has stable bytes (golden)', () => {
    const { disk } = sample();
    expect(hexOf(disk.read(1))).toBe(
      '4543504a03000100010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
        'b2c3b8b6f6bbb7da00000000000000000000000000000001d5277e67' +
        '076793763d000000e5c4c17f0000000000000000a168d179ff6b320c71da73a5b8f0c774' +
        '71e87a313d26186c76a31dd0f8ebb532684a5ab2f5a05554e811bb93bec2f29f3ae0c31f' +
        '16cba546c80000000007679376440000006f1799fe000000000000000034d5a64497f98f' +
        'e83d3d255b27bf6c8094d12cefa6dfa86a15b6e40306f81e642e913e4b145fd77d58d415' +
        'e1155194ca88e4c5c7b602327330af04f31b82d10e01000000076793762c0000006b3990' +
        '02fd00000000000000bd112f37d4766ed5f0efbc87481ca7bf0292b97955fdf85ccd6a45' +
        '2757b8849d5aded7758fa27e3402000000',
    );
  });

  it('reads as a plain one does, with the same positions, and shows nothing of it', () => {
    const { disk, positions, journal } = sample();
    const content = read(disk);
    expect(content.changes).toEqual(
      positions.map((position, i) => ({ text: `VALUE ${i + 1}`, position })),
    );
    expect(content.end).toBe(journal.position);
    expect(Buffer.from(disk.read(1)).toString('latin1')).not.toMatch(/VALUE|SUBSCRIPT|preamble/);
    expect(journal.durablePosition).toBeGreaterThanOrEqual(positions[1]!);
    expect(journal.durablePosition).toBeLessThan(positions[2]!);
  });

  it('ends where it is torn, wherever that is (R9)', () => {
    const { disk, positions } = sample();
    const whole = disk.read(1);
    const changes = read(disk).changes;
    for (let length = 0; length < whole.length; length++) {
      const torn = read(diskOf(1, whole.slice(0, length)));
      const expected = length <= positions[1]! ? [] : changes.slice(0, 2);
      expect(torn.changes.length).toBeLessThanOrEqual(2);
      if (torn.changes.length > 0) expect(torn.changes).toEqual(expected);
    }
  });

  it('takes no bit that changed for a record', () => {
    const { disk } = sample();
    const whole = disk.read(1);
    const { changes } = read(disk);
    for (let i = 0; i < whole.length; i++) {
      const changed = whole.slice();
      changed[i] = changed[i]! ^ (1 << (i % 8));
      let found: typeof changes = [];
      try {
        found = read(diskOf(1, changed)).changes;
      } catch (error) {
        expect(String(error)).toMatch(/<(DAMAGED|DATABASE)>/);
      }
      expect(changes.slice(0, found.length)).toEqual(found);
      expect(found.length).toBeLessThan(changes.length);
    }
  });

  it('refuses what somebody changed who knows checksums but not the key', () => {
    const { disk, journal } = sample();
    const { start: segmentStart } = journal.segments[0]!;
    expect(segmentStart).toBe(0);
    // A segment that another key's owner made: its batches are whole, and are none of this one.
    const foreign = new MemoryJournalDisk();
    foreign.keys = ringOf(keyB);
    const other = start(foreign, sealing(keyB));
    write(other, 9);
    other.requestSync();
    const bytes = foreign.read(1);
    // With the fingerprint of the key that is expected, and a checksum that is right for that, the batches are torn …
    const forged = concatBytes(disk.read(1).slice(0, HEADER_BYTES), bytes.slice(HEADER_BYTES));
    expect(read(diskOf(1, forged)).changes).toEqual([]);
    // … and under the key that they claim they are not authentic.
    const pretender: MasterKey = {
      name: 'b',
      fingerprint: keyB.fingerprint,
      subkey: (salt, purpose) => keyA.subkey(salt, purpose),
    };
    const claimed = diskOf(1, bytes);
    claimed.keys = ringOf(pretender);
    expect(() => read(claimed)).toThrow(
      '<DAMAGED> journal segment 1: a batch is not what was encrypted',
    );
  });

  it('names the key that it needs where that is missing', () => {
    const { disk } = sample();
    disk.keys = ringOf(keyB);
    expect(() => read(disk)).toThrow(
      `<DATABASE> journal segment 1 is encrypted with key ${keyA.fingerprint}: given are ${keyB.fingerprint} (b)`,
    );
    disk.keys = undefined;
    expect(() => read(disk)).toThrow('none is given');
  });

  it('is followed by one with another key, or none, when the setting changes; all are read on', () => {
    const disk = new MemoryJournalDisk();
    disk.keys = ringOf(keyA, keyB);
    const journal = start(disk, undefined);
    write(journal, 1);
    journal.configure({ encryption: sealing(keyA) });
    write(journal, 2);
    expect(journal.keysInUse).toEqual([keyA.fingerprint]);
    journal.configure({ encryption: sealing(keyA) });
    expect(disk.segments()).toEqual([1, 2]);
    journal.configure({ encryption: sealing(keyB) });
    write(journal, 3);
    journal.configure({ segmentBytes: 1e6 });
    write(journal, 4);
    journal.requestSync();
    expect(disk.segments()).toEqual([1, 2, 3]);
    expect(journal.keysInUse).toEqual([keyA.fingerprint, keyB.fingerprint]);
    expect(read(disk).changes.map(({ text }) => text)).toEqual(
      [1, 2, 3, 4].map((n) => `VALUE ${n}`),
    );
    journal.trim(journal.position);
    expect(journal.keysInUse).toEqual([keyB.fingerprint]);
    disk.keys = ringOf(keyB);
    expect(read(disk).changes.map(({ text }) => text)).toEqual(['VALUE 3', 'VALUE 4']);
  });

  it('has another salt after each start, and encrypts the same otherwise', () => {
    const disk = new MemoryJournalDisk();
    disk.keys = ringOf(keyA);
    const encryption = sealing(keyA);
    for (let n = 0; n < 3; n++) {
      const journal = start(disk, encryption);
      write(journal, 1);
      journal.requestSync();
      disk.crash();
    }
    const salts = disk.segments().map((segment) => hexOf(disk.read(segment).slice(64, 80)));
    expect(new Set(salts).size).toBe(3);
    expect(read(disk).changes.length).toBe(3);
  });
});
