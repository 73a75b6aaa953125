/**
 * What a page store holds (docs/formats/page.md): a block with a checksum behind it, under its low key; a long value
 * with a checksum behind it, under its id; and a database's header.
 *
 *   page        block (docs/formats/block.md) | crc u32 of the block, seeded by the database's UUID
 *   long value  its bytes | crc u32 of them, seeded by the database's UUID and the id
 *   header      version u8 | 0 u8 | 0 u16 | block size u32 | position u64 | generation u64 | uuid 32 bytes of text |
 *               checked from u64 | crc u32
 *
 * Version 1 knew no checksums of long values, nor `checked from`. What it stored is read on: those of a generation
 * below `checked from` have none.
 */
import { ByteReader, ByteWriter, compareBytes, textOf, utf8 } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import { EcpError } from '../base/errors.ts';
import { BLOCK_OVERHEAD_BYTES } from '../base/limits.ts';
import type { StoredPage } from '../ports/page-store.ts';
import { Block } from './block.ts';
import { writeU32 } from './block-format.ts';

const CHECKSUM_BYTES = 4;
export const LONG_CHECKSUM_BYTES = CHECKSUM_BYTES;
const HEADER_VERSION = 2;
/** Without `checked from`. */
const HEADER_VERSION_UNCHECKED = 1;
const UUID_LENGTH = 32;
const UUID = /^[0-9a-f]{32}$/;
/** An identifier of a block or long value: its generation times this, plus a counter. */
export const GENERATION_FACTOR = 2 ** 32;

/** The packed size a block may have in a database of this block size, if its page store adds nothing. */
export function blockCapacity(blockSize: number): number {
  return blockSize - BLOCK_OVERHEAD_BYTES - CHECKSUM_BYTES;
}

/** The seed of a database's page checksums: a page that strayed from another database is damage. */
export function pageSeed(uuid: string): number {
  return crc32c(utf8(uuid));
}

export function encodePage(block: Block, seed: number): StoredPage {
  // One allocation a page: thousands of them at a checkpoint are what the collector stops for.
  const page = block.encode(CHECKSUM_BYTES);
  const length = page.length - CHECKSUM_BYTES;
  writeU32(page, length, crc32c(page, seed, 0, length));
  return { key: block.low, bytes: page };
}

/** EcpError DAMAGED unless the page is what was written there. */
export function decodePage(page: StoredPage, seed: number, capacity: number): Block {
  const { bytes } = page;
  const length = bytes.length - CHECKSUM_BYTES;
  if (
    length < 0 ||
    crc32c(bytes, seed, 0, length) !== new ByteReader(bytes, 'page', length).u32()
  ) {
    throw new EcpError('DAMAGED', 'page: its checksum is wrong');
  }
  const block = Block.decode(bytes.subarray(0, length), capacity);
  if (compareBytes(block.low, page.key) !== 0) {
    throw new EcpError('DAMAGED', 'page: it lies under the key of another');
  }
  return block;
}

/** A long value as it is stored: a copy, with its checksum. */
export function encodeLongValue(id: number, value: Uint8Array, seed: number): Uint8Array {
  const stored = new Uint8Array(value.length + CHECKSUM_BYTES);
  stored.set(value);
  new DataView(stored.buffer).setUint32(value.length, crc32c(value, longSeed(id, seed)), true);
  return stored;
}

/** EcpError DAMAGED unless the value is what was stored under this id. */
export function decodeLongValue(id: number, stored: Uint8Array, seed: number): Uint8Array {
  const length = stored.length - CHECKSUM_BYTES;
  if (
    length < 0 ||
    crc32c(stored, longSeed(id, seed), 0, length) !==
      new ByteReader(stored, 'long value', length).u32()
  ) {
    throw new EcpError('DAMAGED', 'long value: its checksum is wrong');
  }
  return stored.subarray(0, length);
}

/** A long value that lies under the id of another is damage too. */
function longSeed(id: number, seed: number): number {
  return crc32c(new ByteWriter(8).u64(id).view(), seed);
}

export interface DatabaseHeader {
  readonly uuid: string;
  readonly blockSize: number;
  /** The pages include every change up to this position of the journal, and none after it. */
  readonly position: number;
  /** The highest generation of identifiers in the pages (database-store.ts). */
  readonly generation: number;
  /** Long values of this generation of identifiers and later ones have checksums; undefined in version 1: none has. */
  readonly checkedFrom: number | undefined;
}

export function encodeDatabaseHeader(header: DatabaseHeader): Uint8Array {
  const { checkedFrom } = header;
  const version = checkedFrom === undefined ? HEADER_VERSION_UNCHECKED : HEADER_VERSION;
  const writer = new ByteWriter(128);
  writer.u8(version).u8(0).u16(0).u32(header.blockSize);
  writer.u64(header.position).u64(header.generation).raw(utf8(header.uuid));
  if (checkedFrom !== undefined) writer.u64(checkedFrom);
  writer.u32(crc32c(writer.view()));
  return writer.copy();
}

/** EcpError DAMAGED. */
export function decodeDatabaseHeader(bytes: Uint8Array): DatabaseHeader {
  const reader = new ByteReader(bytes, 'database header');
  const version = reader.u8();
  if (version !== HEADER_VERSION && version !== HEADER_VERSION_UNCHECKED)
    throw reader.damaged(`version ${version} is not known`);
  if (reader.u8() !== 0 || reader.u16() !== 0) throw reader.damaged('unknown flags');
  const blockSize = reader.u32();
  const position = reader.u64();
  const generation = reader.u64();
  const uuid = textOf(reader.raw(UUID_LENGTH));
  const checkedFrom = version === HEADER_VERSION_UNCHECKED ? undefined : reader.u64();
  const checksum = crc32c(bytes, 0, 0, reader.position);
  if (reader.u32() !== checksum) throw reader.damaged('a wrong checksum');
  reader.expectEnd();
  if (!UUID.test(uuid)) throw reader.damaged('a UUID that is none');
  if (checkedFrom !== undefined && checkedFrom > generation)
    throw reader.damaged('checksums from a generation on that is yet to come');
  return { uuid, blockSize, position, generation, checkedFrom };
}
