/**
 * The bytes of the journal's segments (docs/formats/journal.md). A segment is a header and batches; a batch is
 * what was appended at once: records (journal-records.ts) under one checksum.
 *
 *   segment header   magic "ECPJ" | version u16 | flags u16 | segment u64 | start u64 | durable u64
 *                    | follows u64 | floor u64 | created u64 | era 24, if it is encrypted | crc u32
 *   batch            magic u32 | length of what follows u32 | crc u32 | durable u64 | records, encrypted: with a trailer
 *
 * A batch's magic and the seed of its checksum come from its segment's header, so that bytes of another
 * segment never pass for its own (rule R9). `durable` is the position known to be durable when it was written.
 *
 * A position counts the bytes since the journal began, over all segments: the byte at offset n of a segment
 * has position start + n. A record's position is that of the first byte after it.
 */
import { ByteReader, ByteWriter } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import { decodeEra, encodeEra, ERA_BYTES, type Era } from './encryption/sealer.ts';
import { BATCH_TRAILER_BYTES, type SegmentCipher } from './encryption/segment-cipher.ts';

const SEGMENT_MAGIC = 0x4a50_4345;
/**
 * 2 since there are marks; 3 since there are transactions and times, and headers tell of gaps, of what recovery needs
 * and of their age; and segments may be encrypted. Older segments are read on.
 */
const SEGMENT_VERSION = 3;
const ENCRYPTED = 1;
const PLAIN_HEADER_BYTES = 60;
/** The longest. */
export const SEGMENT_HEADER_BYTES = PLAIN_HEADER_BYTES + ERA_BYTES;
const SHORT_HEADER_BYTES = 36;
const LAST_SHORT_VERSION = 2;
export const BATCH_HEADER_BYTES = 20;

export interface SegmentPlace {
  readonly segment: number;
  /** Position of the segment's first byte. */
  readonly start: number;
  /** Where what came before it ends: its start, or less where a gap lies in between (A.2.5). */
  readonly follows: number;
  /** Wall time at which it was made, milliseconds since 1970; 0 where nobody noted it. */
  readonly createdMs: number;
  /** What its batches are encrypted with. */
  readonly era?: Era | undefined;
}

/** What a segment begins with. */
export interface SegmentBeginning extends SegmentPlace {
  readonly durable: number;
  /** What lies before this position no recovery needs: it is kept for restores alone. */
  readonly floor: number;
}

export interface SegmentHeader extends SegmentBeginning {
  /** Its length: where the first batch lies. */
  readonly bytes: number;
  /** Of the checksums of its batches. */
  readonly seed: number;
}

export function encodeSegmentHeader(beginning: SegmentBeginning): Uint8Array {
  const { segment, start, durable, follows, floor, createdMs, era } = beginning;
  const flags = era === undefined ? 0 : ENCRYPTED;
  const writer = new ByteWriter(SEGMENT_HEADER_BYTES);
  writer.u32(SEGMENT_MAGIC).u16(SEGMENT_VERSION).u16(flags).u64(segment).u64(start).u64(durable);
  writer.u64(follows).u64(floor).u64(createdMs);
  if (era !== undefined) encodeEra(writer, era);
  writer.u32(crc32c(writer.view()));
  return writer.copy();
}

/**
 * A segment's header; undefined where it is torn: short, or its checksum wrong. EcpError DAMAGED where it
 * is whole, but not of this version or place.
 */
export function decodeSegmentHeader(bytes: Uint8Array, segment: number): SegmentHeader | undefined {
  if (bytes.length < SHORT_HEADER_BYTES) return undefined;
  const reader = new ByteReader(bytes, `journal segment ${segment}`);
  const magic = reader.u32();
  const version = reader.u16();
  const flags = reader.u16();
  const isEncrypted = flags === ENCRYPTED;
  // A later version may check itself differently: say so before "torn".
  if (magic === SEGMENT_MAGIC && version > SEGMENT_VERSION) {
    throw reader.damaged(`version ${version} is not known`);
  }
  const isShort = version <= LAST_SHORT_VERSION;
  const whole = isEncrypted ? SEGMENT_HEADER_BYTES : PLAIN_HEADER_BYTES;
  const length = isShort ? SHORT_HEADER_BYTES : whole;
  if (bytes.length < length) return undefined;
  const seed = crc32c(bytes, 0, 0, length - 4);
  if (new ByteReader(bytes, 'crc', length - 4).u32() !== seed || magic !== SEGMENT_MAGIC) {
    return undefined;
  }
  if (version === 0) throw reader.damaged('version 0 is not known');
  if (flags > (isShort ? 0 : ENCRYPTED)) throw reader.damaged('unknown flags');
  const number = reader.u64();
  if (number !== segment) throw reader.damaged(`it calls itself ${number}`);
  const start = reader.u64();
  const durable = reader.u64();
  const rest = isShort
    ? { follows: start, floor: 0, createdMs: 0 }
    : { follows: reader.u64(), floor: reader.u64(), createdMs: reader.u64() };
  if (rest.follows > start) throw reader.damaged(`a gap that ends where it begins`);
  const era = isEncrypted && !isShort ? decodeEra(reader) : undefined;
  return { segment, start, durable, ...rest, era, bytes: length, seed };
}

/** The magic of a segment's batches. */
export function batchMagic(seed: number): number {
  return (Math.imul(seed, 0x9e37_79b1) ^ 0x4543_5042) >>> 0;
}

export interface Batch {
  readonly durable: number;
  /** Offsets in the segment: of the first record, of the first byte after the last, and after the batch. */
  readonly from: number;
  readonly end: number;
  readonly to: number;
}

/** Completes a batch: `writer` holds BATCH_HEADER_BYTES of room, then the records. Encrypts it if there is a cipher. */
export function sealBatch(
  writer: ByteWriter,
  seed: number,
  durable: number,
  cipher?: SegmentCipher,
): Uint8Array {
  const trailerBytes = cipher === undefined ? 0 : BATCH_TRAILER_BYTES;
  writer.patchU32(0, batchMagic(seed));
  writer.patchU32(4, writer.length - BATCH_HEADER_BYTES + trailerBytes);
  writer.patchU32(12, durable % 0x1_0000_0000);
  writer.patchU32(16, Math.floor(durable / 0x1_0000_0000));
  if (cipher !== undefined) {
    const plain = writer.view();
    const header = plain.slice(0, BATCH_HEADER_BYTES);
    const sealed = cipher.seal(plain.subarray(BATCH_HEADER_BYTES), batchAad(plain, 0));
    writer.clear();
    writer.raw(header).raw(sealed);
  }
  writer.patchU32(8, batchChecksum(writer.view(), seed, 0, writer.length));
  return writer.view();
}

/** What is authenticated with an encrypted batch: its header but for the checksum, which is of what was encrypted. */
function batchAad(bytes: Uint8Array, at: number): Uint8Array {
  const aad = bytes.slice(at + 4, at + BATCH_HEADER_BYTES);
  aad.set(bytes.subarray(at, at + 4), 4);
  return aad;
}

/**
 * Decrypts a batch where it lies: offsets of records stay. Its checksum is wrong from then on. EcpError DAMAGED where
 * it is not what was encrypted.
 */
export function openBatch(
  bytes: Uint8Array,
  batch: Batch,
  cipher: SegmentCipher | undefined,
): void {
  if (cipher === undefined) return;
  const aad = batchAad(bytes, batch.from - BATCH_HEADER_BYTES);
  bytes.set(cipher.open(bytes.subarray(batch.from, batch.to), aad), batch.from);
}

/** Over the batch but for the checksum itself. */
function batchChecksum(bytes: Uint8Array, seed: number, from: number, to: number): number {
  return crc32c(bytes, crc32c(bytes, seed, from, from + 8), from + 12, to);
}

/** The length that a batch's header tells, in bytes: not checked yet. */
export function batchLength(header: Uint8Array): number {
  if (header.length < BATCH_HEADER_BYTES) return header.length;
  return BATCH_HEADER_BYTES + new ByteReader(header, 'journal batch', 4).u32();
}

/** The batch at an offset of a segment, or undefined if there is no whole one. */
export function readBatch(
  bytes: Uint8Array,
  at: number,
  { seed, era }: Pick<SegmentHeader, 'seed' | 'era'>,
): Batch | undefined {
  if (at + BATCH_HEADER_BYTES > bytes.length) return undefined;
  const reader = new ByteReader(bytes, 'journal batch', at);
  if (reader.u32() !== batchMagic(seed)) return undefined;
  const to = at + BATCH_HEADER_BYTES + reader.u32();
  if (to > bytes.length) return undefined;
  if (reader.u32() !== batchChecksum(bytes, seed, at, to)) return undefined;
  const from = at + BATCH_HEADER_BYTES;
  const end = era === undefined ? to : to - BATCH_TRAILER_BYTES;
  if (end < from) return undefined;
  return { durable: reader.u64(), from, end, to };
}
