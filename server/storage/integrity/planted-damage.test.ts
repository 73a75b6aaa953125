/**
 * F-D5: every field of every stored format, as the offset tables of docs/formats name them, is damaged in every way
 * that planted-damage.ts knows, and the integrity check must say so.
 *
 * With the checksum left as it was nothing may go unnoticed: the list of what did is a committed file, and empty. With
 * the checksum made right again, as a faulty program would write, only what contradicts something else can be found.
 * Where a field allows another value that contradicts nothing, the table says which damages that are, and why; one that
 * is excused and never needed fails as well.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { crc32c } from '../../base/crc32c.ts';
import { even, HEADER_BYTES, NO_HIGH, readU16, readU32 } from '../block-format.ts';
import { decodeDatabaseHeader, pageSeed } from '../page.ts';
import { type Field, type PlantKind, plantsOf } from '../testing/planted-damage.ts';
import { checkStored, type Stored, storedSample } from '../testing/stored-sample.ts';
import { batchLength } from '../journal-segment.ts';

const DOCS = new URL('../../../docs/formats/', import.meta.url);
const UNDETECTED = new URL('../../../test/fixtures/undetected-damage.json', import.meta.url);

/** What the tests of one table damage: a whole of bytes, and how to put a damaged one in its place. */
interface Target {
  bytes(stored: Stored): Uint8Array;
  place(stored: Stored, bytes: Uint8Array): Stored;
  /** Makes checksums right again; undefined where a field has none of its own above it. */
  reseal?(bytes: Uint8Array, stored: Stored): Uint8Array;
  /** Another of its kind: its fields are put in place of this one's. */
  other(stored: Stored): Uint8Array;
}

interface Excuse {
  readonly kinds: readonly PlantKind[];
  readonly because: string;
}

interface FieldRule {
  /** Where the field lies; in the other one too. */
  at(bytes: Uint8Array): Field;
  /** Of damages under a right checksum. */
  readonly excuse?: Excuse;
  /** It is no content under the checksum, but the checksum itself, or part of what it is found by. */
  readonly isSealed?: false;
}

interface Table {
  readonly target: Target;
  readonly fields: Readonly<Record<string, FieldRule>>;
}

const fixed = (from: number, length: number) => (): Field => ({ from, to: from + length });
const fixedField = (from: number, length: number, excuse?: Excuse): FieldRule => ({
  at: fixed(from, length),
  ...(excuse && { excuse }),
});

function withU32(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  if (at >= 0 && at + 4 <= copy.length) new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

const hasStub = (bytes: Uint8Array): boolean => findStub(bytes) !== undefined;

const page: Target = {
  bytes: ({ pages }) => pages.find(({ bytes }) => hasStub(bytes))!.bytes,
  place: (stored, bytes) => {
    const target = stored.pages.findIndex((one) => hasStub(one.bytes));
    return {
      ...stored,
      pages: stored.pages.map((old, index) => (index === target ? { ...old, bytes } : old)),
    };
  },
  reseal: (bytes, stored) => {
    const seed = pageSeed(decodeDatabaseHeader(stored.header).uuid);
    return withU32(bytes, bytes.length - 4, crc32c(bytes, seed, 0, Math.max(0, bytes.length - 4)));
  },
  other: ({ pages }) => pages.findLast(({ bytes }) => hasStub(bytes))!.bytes,
};

const longValue: Target = {
  bytes: (stored) => stored.longValues[0]!.bytes,
  place: (stored, bytes) => ({
    ...stored,
    longValues: stored.longValues.map((old, index) => (index === 0 ? { ...old, bytes } : old)),
  }),
  other: (stored) => stored.longValues[1]!.bytes,
};

const header: Target = {
  bytes: ({ header: bytes }) => bytes,
  place: (stored, bytes) => ({ ...stored, header: bytes }),
  reseal: (bytes) => withU32(bytes, bytes.length - 4, crc32c(bytes.subarray(0, -4))),
  other: ({ header: bytes }) =>
    bytes.map((byte, at) => (at >= 24 && at < 56 ? 0x30 + (at % 10) : byte)),
};

/** Of the second segment: there is one before it and one behind. */
const SEGMENT = 1;

function placeSegment(stored: Stored, bytes: Uint8Array): Stored {
  return {
    ...stored,
    segments: stored.segments.map((old, index) => (index === SEGMENT ? { ...old, bytes } : old)),
  };
}

const SEGMENT_HEADER_BYTES = 60;
/** The checksum of the header is the seed of the batches: they are sealed anew with it. */
const segmentHeader: Target = {
  bytes: (stored) => stored.segments[SEGMENT]!.bytes,
  place: placeSegment,
  reseal: (bytes) => {
    if (bytes.length < SEGMENT_HEADER_BYTES) return bytes;
    const seed = crc32c(bytes, 0, 0, SEGMENT_HEADER_BYTES - 4);
    let sealed = withU32(bytes, SEGMENT_HEADER_BYTES - 4, seed);
    const magic = (Math.imul(seed, 0x9e37_79b1) ^ 0x4543_5042) >>> 0;
    for (let at = SEGMENT_HEADER_BYTES; at < sealed.length; at += batchLength(sealed.subarray(at)))
      sealed = sealBatchAt(withU32(sealed, at, magic), at, seed);
    return sealed;
  },
  other: (stored) => stored.segments[0]!.bytes,
};

function sealBatchAt(bytes: Uint8Array, at: number, seed: number): Uint8Array {
  const to = Math.min(bytes.length, at + batchLength(bytes.subarray(at)));
  const checksum = crc32c(bytes, crc32c(bytes, seed, at, at + 8), at + 12, to);
  return withU32(bytes, at + 8, checksum);
}

/** The second batch of the segment. */
const batchAt = (bytes: Uint8Array): number =>
  SEGMENT_HEADER_BYTES + batchLength(bytes.subarray(SEGMENT_HEADER_BYTES));

const batch: Target = {
  bytes: (stored) => stored.segments[SEGMENT]!.bytes,
  place: placeSegment,
  reseal: (bytes, stored) => {
    const original = stored.segments[SEGMENT]!.bytes;
    const seed = crc32c(original, 0, 0, SEGMENT_HEADER_BYTES - 4);
    const at = batchAt(original);
    return bytes.length < at + 20 ? bytes : sealBatchAt(bytes, at, seed);
  },
  other: (stored) => stored.segments[0]!.bytes,
};

const batchField = (from: number, length: number, excuse?: Excuse): FieldRule => ({
  at: (bytes) => ({ from: batchAt(bytes) + from, to: batchAt(bytes) + from + length }),
  ...(excuse && { excuse }),
});

// ── Places in a block ──────────────────────────────────────────────────────────────────────────────────

const lowLength = (bytes: Uint8Array): number => readU16(bytes, 4);
const highLength = (bytes: Uint8Array): number =>
  readU16(bytes, 6) === NO_HIGH ? 0 : readU16(bytes, 6);
const heapEnd = (bytes: Uint8Array): number => readU32(bytes, 8);
const firstEntry = (bytes: Uint8Array): number =>
  even(HEADER_BYTES + lowLength(bytes) + highLength(bytes));
const entryAt = (bytes: Uint8Array, index: number): number =>
  readU16(bytes, bytes.length - 4 - (index + 1) * 2) << 1;
/** Where the first stub lies. */
function findStub(bytes: Uint8Array): number | undefined {
  for (let index = 0; index < readU16(bytes, 2); index++) {
    const at = entryAt(bytes, index);
    if ((readU16(bytes, at) & 0x8000) !== 0) return at + 4 + (readU16(bytes, at) & 0x7ff);
  }
  return undefined;
}
const stubAt = (bytes: Uint8Array): number => findStub(bytes)!;

const CONTENT = 'one value is as good as another';

const TABLES: Readonly<Record<string, Table>> = {
  'block.md 1': {
    target: page,
    fields: {
      '0': fixedField(0, 1),
      '1': fixedField(1, 1),
      '2': fixedField(2, 2),
      '4': fixedField(4, 2),
      '6': fixedField(6, 2),
      '8': fixedField(8, 4),
      '12': fixedField(12, 8, {
        kinds: ['flip', 'zero'],
        because: 'an identifier that no other has is as good as another',
      }),
      '20': { at: (bytes) => ({ from: 20, to: 20 + lowLength(bytes) }) },
      '20 + L': {
        at: (bytes) => ({
          from: 20 + lowLength(bytes),
          to: 20 + lowLength(bytes) + highLength(bytes),
        }),
      },
      'heap end': { at: (bytes) => ({ from: heapEnd(bytes), to: bytes.length - 4 }) },
    },
  },
  'block.md 2': {
    target: page,
    fields: {
      '0': {
        at: (bytes) => ({ from: firstEntry(bytes), to: firstEntry(bytes) + 2 }),
      },
      '2': {
        at: (bytes) => ({ from: firstEntry(bytes) + 2, to: firstEntry(bytes) + 4 }),
        excuse: { kinds: ['flip', 'plus'], because: 'a value may have a zero more at its end' },
      },
      '4': {
        at: (bytes) => ({ from: firstEntry(bytes) + 4, to: entryAt(bytes, 1) }),
        excuse: { kinds: ['flip'], because: CONTENT },
      },
    },
  },
  'block.md 3': {
    target: page,
    fields: {
      '0': { at: (bytes) => ({ from: stubAt(bytes), to: stubAt(bytes) + 8 }) },
      '8': { at: (bytes) => ({ from: stubAt(bytes) + 8, to: stubAt(bytes) + 12 }) },
    },
  },
  'page.md 1': {
    target: page,
    fields: {
      '0': { at: (bytes) => ({ from: 0, to: bytes.length - 4 }), isSealed: false },
      n: { at: (bytes) => ({ from: bytes.length - 4, to: bytes.length }), isSealed: false },
    },
  },
  'page.md 2': {
    target: longValue,
    fields: {
      '0': { at: (bytes) => ({ from: 0, to: bytes.length - 4 }), isSealed: false },
      n: { at: (bytes) => ({ from: bytes.length - 4, to: bytes.length }), isSealed: false },
    },
  },
  'page.md 3': {
    target: header,
    fields: {
      '0': fixedField(0, 1),
      '1': fixedField(1, 3),
      '4': fixedField(4, 4),
      '8': fixedField(8, 8, {
        kinds: ['flip', 'plus', 'minus'],
        because: 'any place of the journal is a position',
      }),
      '16': fixedField(16, 8, {
        kinds: ['flip', 'plus'],
        because: 'a later generation is one that is to come',
      }),
      '24': fixedField(24, 32),
      '56': fixedField(56, 8, {
        kinds: ['flip', 'plus'],
        because: 'there are no long values of the generations in between',
      }),
      '64': { at: fixed(64, 4), isSealed: false },
    },
  },
  'journal.md 1': {
    target: segmentHeader,
    fields: {
      '0': fixedField(0, 4),
      '4': fixedField(4, 2),
      '6': fixedField(6, 2),
      '8': fixedField(8, 8),
      '16': fixedField(16, 8),
      '24': fixedField(24, 8, {
        kinds: ['flip', 'zero', 'plus', 'minus', 'swap'],
        because: 'less or more may have been known to be durable',
      }),
      '32': fixedField(32, 8),
      '40': fixedField(40, 8, {
        kinds: ['flip', 'zero', 'plus', 'minus'],
        because: 'more or less may have been needed',
      }),
      '48': fixedField(48, 8, {
        kinds: ['flip', 'plus'],
        because: 'one time is as good as another',
      }),
      '56': { at: fixed(56, 4), isSealed: false },
    },
  },
  'journal.md 2': {
    target: batch,
    fields: {
      '0': batchField(0, 4),
      '4': batchField(4, 4),
      '8': { ...batchField(8, 4), isSealed: false },
      '12': batchField(12, 8, {
        kinds: ['flip', 'zero', 'plus', 'minus'],
        because: 'less or more may have been known to be durable',
      }),
      // Under a right checksum they have no place of their own: what they say about one another is what can be checked.
      '20': {
        at: (bytes) => ({
          from: batchAt(bytes) + 20,
          to: batchAt(bytes) + batchLength(bytes.subarray(batchAt(bytes))),
        }),
        isSealed: false,
      },
    },
  },
};

/** Every bit of these is authenticated, whatever its field: encrypted-damage.test.ts and segment-cipher.test.ts flip them. */
const ENCRYPTED = ['page.md 4', 'page.md 5', 'journal.md 3'];

/** The offset columns of a document's tables of offsets, by table. */
function offsetTables(file: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  let rows: string[] | undefined;
  for (const line of readFileSync(new URL(file, DOCS), 'utf8').split('\n')) {
    const [, offset] = line.split('|').map((cell) => cell.trim());
    if (offset === 'offset') tables.set(`${file} ${tables.size + 1}`, (rows = []));
    else if (offset === undefined) rows = undefined;
    else if (!offset.startsWith('--')) rows?.push(offset);
  }
  return tables;
}

let stored: Stored;
let durable = 0;

beforeAll(async () => {
  stored = await storedSample();
  durable = decodeDatabaseHeader(stored.header).position;
});

const isFound = (target: Target, bytes: Uint8Array): boolean => {
  const isWhole = target !== page && target !== longValue;
  const { errors, warnings } = checkStored(target.place(stored, bytes), durable, isWhole);
  return errors + warnings > 0;
};

describe('F-D5: planted damage', () => {
  it('is planted in what is sound', () => {
    expect(checkStored(stored, durable).list).toEqual([]);
    const stubs = stored.pages.map(({ bytes }) => hasStub(bytes));
    expect([stubs[0], stubs.at(-1), stubs.filter(Boolean).length]).toEqual([false, false, 2]);
    expect(stored.segments.length).toBeGreaterThan(SEGMENT + 1);
  });

  it('is planted in every field of every table of offsets', () => {
    const documented = ['block.md', 'page.md', 'journal.md']
      .flatMap((file) => [...offsetTables(file)])
      .filter(([name]) => !ENCRYPTED.includes(name));
    const planted = Object.entries(TABLES).map(([name, { fields }]) => [
      name,
      Object.keys(fields).sort(),
    ]);
    expect(planted).toEqual(documented.map(([name, offsets]) => [name, [...offsets].sort()]));
  });

  it('is found wherever the checksum is left as it was', () => {
    const undetected: string[] = [];
    let planted = 0;
    for (const [name, { target, fields }] of Object.entries(TABLES)) {
      for (const [offset, rule] of Object.entries(fields)) {
        const bytes = target.bytes(stored);
        const other = target.other(stored);
        const { from, to } = rule.at(other);
        for (const plant of plantsOf(bytes, rule.at(bytes), other.slice(from, to))) {
          planted++;
          if (!isFound(target, plant.bytes)) undetected.push(`${name}: ${offset} ${plant.kind}`);
        }
      }
    }
    expect(planted).toBeGreaterThan(500);
    expect(undetected).toEqual(JSON.parse(readFileSync(UNDETECTED, 'utf8')));
  });

  const sealed = Object.entries(TABLES).flatMap(([name, { target, fields }]) =>
    Object.entries(fields)
      .filter(([, { isSealed }]) => isSealed !== false)
      .map(([offset, rule]) => ({ name, offset, target, rule })),
  );
  it.each(sealed)('is found under a right checksum: $name, $offset', ({ target, rule }) => {
    const bytes = target.bytes(stored);
    const other = target.other(stored);
    const { from, to } = rule.at(other);
    const missed = new Set<PlantKind>();
    for (const plant of plantsOf(bytes, rule.at(bytes), other.slice(from, to))) {
      const sealedBytes = target.reseal!(plant.bytes, stored);
      if (!isFound(target, sealedBytes)) missed.add(plant.kind);
    }
    expect([...missed].sort()).toEqual([...(rule.excuse?.kinds ?? [])].sort());
  });

  it.each(['page', 'long value', 'header', 'segment'])(
    'is found in any single byte of a %s',
    (what) => {
      const target = { page, 'long value': longValue, header, segment: batch }[what]!;
      const bytes = target.bytes(stored);
      const missed: number[] = [];
      for (let at = 0; at < bytes.length; at += Math.max(1, bytes.length >> 6)) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1 << (at & 7);
        if (!isFound(target, damaged)) missed.push(at);
      }
      expect(missed).toEqual([]);
    },
  );
});
