/**
 * What a page store holds (docs/formats/page.md): a block with a checksum behind it, under its low key; and a
 * database's header.
 *
 *   page     block (docs/formats/block.md) | crc u32 of the block, seeded by the database's UUID
 *   header   version u8 | 0 u8 | 0 u16 | block size u32 | position u64 | generation u64 | uuid 32 bytes of text | crc u32
 */
import { ByteReader, ByteWriter, compareBytes, textOf, utf8 } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import { EcpError } from '../base/errors.ts';
import { BLOCK_OVERHEAD_BYTES } from '../base/limits.ts';
import type { StoredPage } from '../ports/page-store.ts';
import { Block } from './block.ts';

const CHECKSUM_BYTES = 4;
const HEADER_VERSION = 1;
const UUID_LENGTH = 32;

/** The packed size a block may have in a database of this block size, if its page store adds nothing. */
export function blockCapacity(blockSize: number): number {
  return blockSize - BLOCK_OVERHEAD_BYTES - CHECKSUM_BYTES;
}

/** The seed of a database's page checksums: a page that strayed from another database is damage. */
export function pageSeed(uuid: string): number {
  return crc32c(utf8(uuid));
}

export function encodePage(block: Block, seed: number): StoredPage {
  const bytes = block.encode();
  const page = new Uint8Array(bytes.length + CHECKSUM_BYTES);
  page.set(bytes);
  new DataView(page.buffer).setUint32(bytes.length, crc32c(bytes, seed), true);
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

export interface DatabaseHeader {
  readonly uuid: string;
  readonly blockSize: number;
  /** The pages include every change up to this position of the journal, and none after it. */
  readonly position: number;
  /** The highest generation of identifiers in the pages (database-store.ts). */
  readonly generation: number;
}

export function encodeDatabaseHeader(header: DatabaseHeader): Uint8Array {
  const writer = new ByteWriter(64);
  writer.u8(HEADER_VERSION).u8(0).u16(0).u32(header.blockSize);
  writer.u64(header.position).u64(header.generation).raw(utf8(header.uuid));
  writer.u32(crc32c(writer.view()));
  return writer.copy();
}

/** EcpError DAMAGED. */
export function decodeDatabaseHeader(bytes: Uint8Array): DatabaseHeader {
  const reader = new ByteReader(bytes, 'database header');
  const version = reader.u8();
  if (version !== HEADER_VERSION) throw reader.damaged(`version ${version} is not known`);
  reader.u8();
  reader.u16();
  const blockSize = reader.u32();
  const position = reader.u64();
  const generation = reader.u64();
  const uuid = textOf(reader.raw(UUID_LENGTH));
  const checksum = crc32c(bytes, 0, 0, reader.position);
  if (reader.u32() !== checksum) throw reader.damaged('a wrong checksum');
  reader.expectEnd();
  return { uuid, blockSize, position, generation };
}
