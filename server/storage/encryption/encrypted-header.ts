/**
 * The header of an encrypted page store (docs/formats/page.md): what tells its key without it, in plain; and with it,
 * the root of the index and the database's own header.
 *
 *   plain    magic "ECPE" | version u8 | 0 u8 | 0 u16 | store id 16 | era 24 | counter u32
 *   sealed   pages u64 | nodes u64 | keys u8 | each: fingerprint 8 | level u8, 255: no root | 0 u8 | 0 u8 | root: era 24 | counter u32
 *            | the database's header
 */
import { bytesOfHex, ByteReader, ByteWriter, hexOf } from '../../base/bytes.ts';
import { FINGERPRINT_BYTES } from '../../ports/cipher.ts';
import type { IndexRoot } from './page-index.ts';
import { decodeEra, encodeEra, ERA_BYTES, type Seal } from './sealer.ts';

const MAGIC = 0x4550_4345;
const VERSION = 1;
const STORE_ID_BYTES = 16;
const ENVELOPE_BYTES = 8 + STORE_ID_BYTES + ERA_BYTES + 4;
const NO_ROOT = 255;

/** What can be read without a key. */
export interface Envelope {
  /** Drawn when the store is made: 32 hexadecimal digits. Subkeys depend on it. */
  readonly storeId: string;
  readonly seal: Seal;
}

export interface EncryptedHeader {
  /** How many there are. */
  readonly pages: number;
  readonly nodes: number;
  /** Fingerprints of the master keys that anything in the store may be sealed with. */
  readonly keys: readonly string[];
  readonly root: IndexRoot | undefined;
  /** The database's own header. */
  readonly content: Uint8Array;
}

/** Whether a header is that of an encrypted page store. */
export function isEncrypted(header: Uint8Array): boolean {
  return header.length >= 4 && new ByteReader(header, 'header').u32() === MAGIC;
}

export function encodeEnvelope({ storeId, seal }: Envelope): Uint8Array {
  const writer = new ByteWriter(ENVELOPE_BYTES);
  writer.u32(MAGIC).u8(VERSION).u8(0).u16(0).raw(bytesOfHex(storeId));
  encodeEra(writer, seal.era);
  return writer.u32(seal.counter).copy();
}

/** Both parts of a stored header. EcpError DAMAGED. */
export function decodeEnvelope(bytes: Uint8Array): {
  readonly envelope: Envelope;
  readonly plain: Uint8Array;
  readonly sealed: Uint8Array;
} {
  const reader = new ByteReader(bytes, 'encrypted header');
  if (reader.u32() !== MAGIC) throw reader.damaged('it is none');
  const version = reader.u8();
  if (version !== VERSION) throw reader.damaged(`version ${version} is not known`);
  if (reader.u8() !== 0 || reader.u16() !== 0) throw reader.damaged('what is 0 is not');
  const storeId = hexOf(reader.raw(STORE_ID_BYTES));
  const era = decodeEra(reader);
  const seal = { era, counter: reader.u32() };
  return {
    envelope: { storeId, seal },
    plain: bytes.subarray(0, ENVELOPE_BYTES),
    sealed: reader.raw(reader.remaining),
  };
}

export function encodeEncryptedHeader(header: EncryptedHeader): Uint8Array {
  const writer = new ByteWriter(256);
  writer.u64(header.pages).u64(header.nodes).u8(header.keys.length);
  for (const fingerprint of header.keys) writer.raw(bytesOfHex(fingerprint));
  const { root } = header;
  writer.u8(root?.level ?? NO_ROOT).u16(0);
  if (root !== undefined) {
    encodeEra(writer, root.seal.era);
    writer.u32(root.seal.counter);
  }
  return writer.raw(header.content).copy();
}

/** EcpError DAMAGED. */
export function decodeEncryptedHeader(bytes: Uint8Array): EncryptedHeader {
  const reader = new ByteReader(bytes, 'encrypted header');
  const pages = reader.u64();
  const nodes = reader.u64();
  const keyCount = reader.u8();
  const keys = Array.from({ length: keyCount }, () => hexOf(reader.raw(FINGERPRINT_BYTES)));
  const level = reader.u8();
  if (reader.u16() !== 0) throw reader.damaged('what is 0 is not');
  const root =
    level === NO_ROOT
      ? undefined
      : { level, seal: { era: decodeEra(reader), counter: reader.u32() } };
  return { pages, nodes, keys, root, content: reader.raw(reader.remaining) };
}
