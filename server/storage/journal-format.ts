/**
 * The bytes of the journal (docs/formats/journal.md). A segment is a header and batches; a batch is what was
 * appended at once: records under one checksum.
 *
 *   segment header   magic "ECPJ" | version u16 | 0 u16 | segment u64 | start u64 | durable u64 | crc u32
 *   batch            magic u32 | length of records u32 | crc u32 | durable u64 | records
 *
 * A batch's magic and the seed of its checksum come from its segment's header, so that bytes of another
 * segment never pass for its own (rule R9). `durable` is the position known to be durable when it was written.
 *
 * A position counts the bytes since the journal began, over all segments: the byte at offset n of a segment
 * has position start + n. A record's position is that of the first byte after it.
 */
import { ByteReader, ByteWriter } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import { EcpError } from '../base/errors.ts';
import { DATABASES_MAX, NAME_LENGTH_MAX } from '../base/limits.ts';
import { type Change, decodeChange } from './change.ts';
import { decodeResult, encodeResult, type KeptResult, type SessionTable } from './session-table.ts';

const SEGMENT_MAGIC = 0x4a50_4345;
/** 2 since there are marks; segments of version 1 are read on. */
const SEGMENT_VERSION = 2;
export const SEGMENT_HEADER_BYTES = 36;
export const BATCH_HEADER_BYTES = 20;

export interface SegmentHeader {
  readonly segment: number;
  /** Position of the segment's first byte. */
  readonly start: number;
  readonly durable: number;
  /** Of the checksums of its batches. */
  readonly seed: number;
}

export function encodeSegmentHeader(segment: number, start: number, durable: number): Uint8Array {
  const writer = new ByteWriter(SEGMENT_HEADER_BYTES);
  writer.u32(SEGMENT_MAGIC).u16(SEGMENT_VERSION).u16(0).u64(segment).u64(start).u64(durable);
  writer.u32(crc32c(writer.view()));
  return writer.copy();
}

/**
 * A segment's header; undefined where it is torn: short, or its checksum wrong. EcpError DAMAGED where it
 * is whole, but not of this version or place.
 */
export function decodeSegmentHeader(bytes: Uint8Array, segment: number): SegmentHeader | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES) return undefined;
  const reader = new ByteReader(bytes, `journal segment ${segment}`, 0, SEGMENT_HEADER_BYTES);
  const magic = reader.u32();
  const version = reader.u16();
  reader.u16();
  // A later version may check itself differently: say so before "torn".
  if (magic === SEGMENT_MAGIC && version > SEGMENT_VERSION) {
    throw reader.damaged(`version ${version} is not known`);
  }
  const crcAt = SEGMENT_HEADER_BYTES - 4;
  const seed = crc32c(bytes, 0, 0, crcAt);
  if (new ByteReader(bytes, 'crc', crcAt).u32() !== seed || magic !== SEGMENT_MAGIC) {
    return undefined;
  }
  const header = { segment: reader.u64(), start: reader.u64(), durable: reader.u64(), seed };
  if (header.segment !== segment) {
    throw reader.damaged(`it calls itself ${header.segment}`);
  }
  return header;
}

/** The magic of a segment's batches. */
export function batchMagic(seed: number): number {
  return (Math.imul(seed, 0x9e37_79b1) ^ 0x4543_5042) >>> 0;
}

export interface Batch {
  readonly durable: number;
  /** Offsets in the segment: of the first record, and of the first byte after the batch. */
  readonly from: number;
  readonly to: number;
}

/** Completes a batch: `writer` holds BATCH_HEADER_BYTES of room, then the records. */
export function sealBatch(writer: ByteWriter, seed: number, durable: number): Uint8Array {
  writer.patchU32(0, batchMagic(seed));
  writer.patchU32(4, writer.length - BATCH_HEADER_BYTES);
  writer.patchU32(12, durable % 0x1_0000_0000);
  writer.patchU32(16, Math.floor(durable / 0x1_0000_0000));
  writer.patchU32(8, batchChecksum(writer.view(), seed, 0, writer.length));
  return writer.view();
}

/** Over the batch but for the checksum itself. */
function batchChecksum(bytes: Uint8Array, seed: number, from: number, to: number): number {
  return crc32c(bytes, crc32c(bytes, seed, from, from + 8), from + 12, to);
}

/** The batch at an offset of a segment, or undefined if there is no whole one. */
export function readBatch(bytes: Uint8Array, at: number, seed: number): Batch | undefined {
  if (at + BATCH_HEADER_BYTES > bytes.length) return undefined;
  const reader = new ByteReader(bytes, 'journal batch', at);
  if (reader.u32() !== batchMagic(seed)) return undefined;
  const to = at + BATCH_HEADER_BYTES + reader.u32();
  if (to > bytes.length) return undefined;
  if (reader.u32() !== batchChecksum(bytes, seed, at, to)) return undefined;
  return { durable: reader.u64(), from: at + BATCH_HEADER_BYTES, to };
}

/** A database as a segment's first record knows it. */
export interface CatalogueEntry {
  /** Names it in change records, until the next catalogue. */
  readonly number: number;
  /** Names it for ever. */
  readonly uuid: string;
  readonly name: string;
  /** Whether its page store had a state: then the journal alone cannot make it again. */
  readonly isStored: boolean;
}

const CHANGE = 1;
const FAILURE = 2;
const SESSION = 3;
const SESSION_END = 4;
const TABLE = 5;
const CATALOGUE = 6;
const CHECKPOINT = 7;
const MARK = 8;

export type JournalRecord =
  | {
      readonly kind: 'change';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly change: Change;
      /** Of an increment: the value it made, which is what redo sets. */
      readonly result: Uint8Array | undefined;
    }
  | {
      readonly kind: 'failure';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly result: KeptResult;
    }
  /** A change of an unjournaled database was applied: its session goes on behind it, though it may be gone. */
  | {
      readonly kind: 'mark';
      readonly session: number;
      readonly epoch: number;
      readonly sequence: number;
      readonly result: KeptResult | undefined;
    }
  | {
      readonly kind: 'session';
      readonly session: number;
      readonly name: string;
      readonly incarnation: string;
      readonly epoch: number;
    }
  | { readonly kind: 'sessionEnd'; readonly session: number }
  /** The table was read into the one given to `decodeRecord`. */
  | { readonly kind: 'table' }
  | { readonly kind: 'catalogue'; readonly databases: readonly CatalogueEntry[] }
  | { readonly kind: 'checkpoint'; readonly database: number; readonly position: number };

/** Starts a change record; the caller encodes the change, and an increment's result as a blob, behind it. */
export function beginChangeRecord(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
): void {
  writer.u8(CHANGE).varint(session).varint(epoch).varint(sequence);
}

export function encodeFailure(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
  code: string,
): void {
  writer.u8(FAILURE).varint(session).varint(epoch).varint(sequence);
  writer.u8(2).text(code);
}

export function encodeMark(
  writer: ByteWriter,
  session: number,
  epoch: number,
  sequence: number,
  result: KeptResult | undefined,
): void {
  writer.u8(MARK).varint(session).varint(epoch).varint(sequence);
  writer.u8(result === undefined ? 0 : 1);
  if (result !== undefined) encodeResult(writer, result);
}

export function encodeSession(
  writer: ByteWriter,
  session: number,
  name: string,
  incarnation: string,
  epoch: number,
): void {
  writer.u8(SESSION).varint(session).text(name).text(incarnation).varint(epoch);
}

export function encodeSessionEnd(writer: ByteWriter, session: number): void {
  writer.u8(SESSION_END).varint(session);
}

export function encodeTable(writer: ByteWriter, table: SessionTable): void {
  table.encode(writer.u8(TABLE));
}

export function encodeCatalogue(writer: ByteWriter, databases: readonly CatalogueEntry[]): void {
  writer.u8(CATALOGUE).varint(databases.length);
  for (const { number, uuid, name, isStored } of databases) {
    writer.varint(number).text(uuid).text(name);
    writer.u8(isStored ? 1 : 0);
  }
}

export function encodeCheckpoint(writer: ByteWriter, database: number, position: number): void {
  writer.u8(CHECKPOINT).varint(database).varint(position);
}

/** The next record of a batch; a session table goes into `table`. EcpError DAMAGED. */
export function decodeRecord(reader: ByteReader, table: SessionTable): JournalRecord {
  const kind = reader.u8();
  switch (kind) {
    case CHANGE: {
      const session = reader.varint();
      const epoch = reader.varint();
      const sequence = reader.varint();
      const change = decodeChange(reader);
      const result = change.kind === 'increment' ? reader.blob(64) : undefined;
      return { kind: 'change', session, epoch, sequence, change, result };
    }
    case FAILURE:
      return {
        kind: 'failure',
        session: reader.varint(),
        epoch: reader.varint(),
        sequence: reader.varint(),
        result: decodeResult(reader),
      };
    case MARK:
      return {
        kind: 'mark',
        session: reader.varint(),
        epoch: reader.varint(),
        sequence: reader.varint(),
        result: reader.u8() === 0 ? undefined : decodeResult(reader),
      };
    case SESSION:
      return {
        kind: 'session',
        session: reader.varint(),
        name: reader.text(NAME_LENGTH_MAX * 4),
        incarnation: reader.text(NAME_LENGTH_MAX * 4),
        epoch: reader.varint(),
      };
    case SESSION_END:
      return { kind: 'sessionEnd', session: reader.varint() };
    case TABLE:
      table.decode(reader);
      return { kind: 'table' };
    case CATALOGUE: {
      const count = reader.varint();
      if (count > DATABASES_MAX) throw reader.damaged(`a catalogue of ${count} databases`);
      const databases = Array.from({ length: count }, () => ({
        number: reader.varint(),
        uuid: reader.text(NAME_LENGTH_MAX),
        name: reader.text(NAME_LENGTH_MAX * 4),
        isStored: reader.u8() === 1,
      }));
      return { kind: 'catalogue', databases };
    }
    case CHECKPOINT:
      return { kind: 'checkpoint', database: reader.varint(), position: reader.varint() };
    default:
      throw new EcpError('DAMAGED', `journal: record kind ${kind} is not known`);
  }
}
