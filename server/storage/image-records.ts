/**
 * The journal's records of images (docs/formats/journal.md): by what a database differs from its page store. They
 * come behind a gap (A.2.5), in the segment that closes it, and stand for the records that are lost: with all of
 * them, up to the end record, the state behind the gap is known again; without that one none of them counts.
 */
import type { ByteReader, ByteWriter } from '../base/bytes.ts';
import { BLOCK_SIZES, DATABASES_OPEN_MAX, KEY_BYTES_MAX, VALUE_BYTES_MAX } from '../base/limits.ts';
import type { KeyRange } from './capture.ts';
import { readFlag } from './transaction-records.ts';
import type { UnstoredState } from './unstored.ts';

export const IMAGE_BLOCK = 16;
export const IMAGE_REMOVED = 17;
export const IMAGE_DETACHED = 18;
export const IMAGE_LONG_VALUE = 19;
export const IMAGE_END = 20;

const BLOCK_BYTES_MAX = Math.max(...BLOCK_SIZES);
/** A fence may be one byte longer than the key it follows. */
const FENCE_BYTES_MAX = KEY_BYTES_MAX + 1;

export type ImageRecord =
  /** A block as it is: it replaces the page of its low key. */
  | { readonly kind: 'imageBlock'; readonly database: number; readonly block: Uint8Array }
  /** Pages that are no more. */
  | { readonly kind: 'imageRemoved'; readonly database: number; readonly range: KeyRange }
  /** Their nodes were killed without being read: long values of theirs are no more. */
  | { readonly kind: 'imageDetached'; readonly database: number; readonly range: KeyRange }
  /** A long value, or that there is none of this id any more. */
  | {
      readonly kind: 'imageLongValue';
      readonly database: number;
      readonly id: number;
      readonly value: Uint8Array | undefined;
    }
  /** The images of these databases are whole. */
  | { readonly kind: 'imageEnd'; readonly databases: readonly ImagedDatabase[] };

export interface ImagedDatabase {
  readonly number: number;
  /** The position of the page store that it differs from: it is an image of no other state. */
  readonly base: number;
}

/** Encodes a database's image, each record by a writer of its own from `begin`, which `end` closes. */
export function encodeImage(
  number: number,
  state: UnstoredState,
  begin: () => ByteWriter,
  end: () => unknown,
): void {
  const encode = (record: PartOfImage): void => {
    encodeImageRecord(begin(), record);
    end();
  };
  const database = number;
  for (const range of state.removed) encode({ kind: 'imageRemoved', database, range });
  for (const range of state.detached) encode({ kind: 'imageDetached', database, range });
  for (const block of state.blocks) encode({ kind: 'imageBlock', database, block: block.encode() });
  for (const [id, value] of state.longValues)
    encode({ kind: 'imageLongValue', database, id, value });
  for (const id of state.longFreed)
    encode({ kind: 'imageLongValue', database, id, value: undefined });
}

/** All but the end. */
export type PartOfImage = Exclude<ImageRecord, { readonly kind: 'imageEnd' }>;

export function encodeImageRecord(writer: ByteWriter, record: PartOfImage): void {
  switch (record.kind) {
    case 'imageBlock':
      writer.u8(IMAGE_BLOCK).varint(record.database).blob(record.block);
      return;
    case 'imageRemoved':
      encodeRange(writer.u8(IMAGE_REMOVED).varint(record.database), record.range);
      return;
    case 'imageDetached':
      encodeRange(writer.u8(IMAGE_DETACHED).varint(record.database), record.range);
      return;
    case 'imageLongValue':
      writer.u8(IMAGE_LONG_VALUE).varint(record.database).varint(record.id);
      writer.u8(record.value === undefined ? 0 : 1);
      if (record.value !== undefined) writer.blob(record.value);
      return;
  }
}

function encodeRange(writer: ByteWriter, { from, to }: KeyRange): void {
  writer.blob(from).u8(to === undefined ? 0 : 1);
  if (to !== undefined) writer.blob(to);
}

function decodeRange(reader: ByteReader): KeyRange {
  const from = reader.blob(FENCE_BYTES_MAX);
  return { from, to: readFlag(reader) ? reader.blob(FENCE_BYTES_MAX) : undefined };
}

export function encodeImageEnd(writer: ByteWriter, databases: readonly ImagedDatabase[]): void {
  writer.u8(IMAGE_END).varint(databases.length);
  for (const { number, base } of databases) writer.varint(number).varint(base);
}

/** The rest of a record whose kind was read; undefined where the kind is none of an image. EcpError DAMAGED. */
export function decodeImageRecord(kind: number, reader: ByteReader): ImageRecord | undefined {
  switch (kind) {
    case IMAGE_BLOCK:
      return {
        kind: 'imageBlock',
        database: reader.varint(),
        block: reader.blob(BLOCK_BYTES_MAX),
      };
    case IMAGE_REMOVED:
      return { kind: 'imageRemoved', database: reader.varint(), range: decodeRange(reader) };
    case IMAGE_DETACHED:
      return { kind: 'imageDetached', database: reader.varint(), range: decodeRange(reader) };
    case IMAGE_LONG_VALUE: {
      const database = reader.varint();
      const id = reader.varint();
      const value = !readFlag(reader) ? undefined : reader.blob(VALUE_BYTES_MAX);
      return { kind: 'imageLongValue', database, id, value };
    }
    case IMAGE_END: {
      const count = reader.varint();
      if (count > DATABASES_OPEN_MAX) throw reader.damaged(`images of ${count} databases`);
      const databases = Array.from({ length: count }, () => ({
        number: reader.varint(),
        base: reader.varint(),
      }));
      return { kind: 'imageEnd', databases };
    }
    default:
      return undefined;
  }
}
