/**
 * The bytes of the journal's segments (docs/formats/journal.md). A segment is a header and batches; a batch is
 * what was appended at once: records (journal-records.ts) under one checksum.
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

const SEGMENT_MAGIC = 0x4a50_4345;
/** 2 since there are marks, 3 since there are transactions and times; older segments are read on. */
const SEGMENT_VERSION = 3;
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

/** The length that a batch's header tells, in bytes: not checked yet. */
export function batchLength(header: Uint8Array): number {
  if (header.length < BATCH_HEADER_BYTES) return header.length;
  return BATCH_HEADER_BYTES + new ByteReader(header, 'journal batch', 4).u32();
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
