/** The decoders of what is stored, imported and restored, each with what holds of a value that it took. */
import { NodeMasterKey } from '../../../server/adapters/node-cipher.ts';
import { ByteReader, ByteWriter, equalBytes } from '../../../server/base/bytes.ts';
import { crc32c } from '../../../server/base/crc32c.ts';
import { EcpError, type EcpErrorCode } from '../../../server/base/errors.ts';
import { GoPairs, writePair } from '../../../server/globals/go-format.ts';
import type { Charset } from '../../../server/globals/expression.ts';
import type { FileNode } from '../../../server/globals/global-file.ts';
import { formatLine, parseLine } from '../../../server/globals/zwr.ts';
import { Block } from '../../../server/storage/block.ts';
import {
  decodeEncryptedHeader,
  decodeEnvelope,
  encodeEncryptedHeader,
  encodeEnvelope,
} from '../../../server/storage/encryption/encrypted-header.ts';
import { encodeNode, IndexNode } from '../../../server/storage/encryption/index-node.ts';
import type { Era } from '../../../server/storage/encryption/sealer.ts';
import { SegmentCipher } from '../../../server/storage/encryption/segment-cipher.ts';
import {
  BATCH_HEADER_BYTES,
  batchMagic,
  decodeSegmentHeader,
  encodeSegmentHeader,
  openBatch,
  readBatch,
  sealBatch,
} from '../../../server/storage/journal-segment.ts';
import {
  decodeDatabaseHeader,
  decodeLongValue,
  decodePage,
  encodeDatabaseHeader,
  encodeLongValue,
  encodePage,
} from '../../../server/storage/page.ts';
import { checkRecords } from './records.ts';

export interface Decoder {
  /** The error that refuses. */
  readonly code: EcpErrorCode;
  /** What to try of given bytes: also with checksums made right, or nothing would get past them. */
  variants?(bytes: Uint8Array): readonly Uint8Array[];
  /** What is wrong with what it made of the bytes. Throws what the decoder throws. */
  check(bytes: Uint8Array): string | undefined;
}

const SEED = 0x1234_5678;
const LONG_ID = 2 ** 32 + 1;
const CRC_BYTES = 4;
const COUNTER_BYTES = 4;
const LOW_AT = 20;
/** Of headers of segments: plain ones of old versions and of this, and encrypted ones. */
const SEGMENT_HEADERS = [36, 60, 84];
const CHARSETS: readonly Charset[] = ['bytes', 'utf8'];

const sameBytes = (before: Uint8Array, after: Uint8Array): string | undefined =>
  equalBytes(before, after) ? undefined : 'it becomes other bytes when it is encoded';

/** As they are, and with a checksum in the last bytes of the first `length`. */
function withChecksum(bytes: Uint8Array, seed = 0, length = bytes.length): Uint8Array[] {
  if (length < CRC_BYTES || bytes.length < length) return [bytes];
  const sealed = bytes.slice();
  const at = length - CRC_BYTES;
  new DataView(sealed.buffer).setUint32(at, crc32c(sealed, seed, 0, at), true);
  return [bytes, sealed];
}

/** With the magic, the length and the checksum that a batch of these bytes has. */
function sealedBatch(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length < BATCH_HEADER_BYTES) return [bytes];
  const sealed = bytes.slice();
  const view = new DataView(sealed.buffer);
  view.setUint32(0, batchMagic(SEED), true);
  view.setUint32(4, sealed.length - BATCH_HEADER_BYTES, true);
  const head = crc32c(sealed, SEED, 0, 8);
  view.setUint32(8, crc32c(sealed, head, 12, sealed.length), true);
  return [bytes, sealed];
}

function checkSegmentHeader(bytes: Uint8Array): string | undefined {
  const segment = bytes.length < 16 ? 1 : new ByteReader(bytes, 'number', 8).u64();
  const header = decodeSegmentHeader(bytes, segment);
  if (header === undefined) throw new EcpError('DAMAGED', 'a torn header');
  // Older versions are not written any more.
  if (bytes[4] !== 3) return undefined;
  return sameBytes(bytes.subarray(0, header.bytes), encodeSegmentHeader(header));
}

function checkBatch(bytes: Uint8Array): string | undefined {
  const batch = readBatch(bytes, 0, { seed: SEED, era: undefined });
  if (batch === undefined) throw new EcpError('DAMAGED', 'a torn batch');
  const writer = new ByteWriter(bytes.length);
  writer.raw(new Uint8Array(BATCH_HEADER_BYTES)).raw(bytes.subarray(batch.from, batch.end));
  return sameBytes(bytes.subarray(0, batch.to), sealBatch(writer, SEED, batch.durable));
}

function checkEnvelope(bytes: Uint8Array): string | undefined {
  const { envelope, plain } = decodeEnvelope(bytes);
  return sameBytes(plain, encodeEnvelope(envelope));
}

function checkNode(bytes: Uint8Array): string | undefined {
  const node = IndexNode.decode(bytes);
  return sameBytes(bytes, encodeNode(node.level, node.entries()));
}

// ── Encrypted batches ──────────────────────────────────────────────────────────────────────────────────

const KEY = new NodeMasterKey('key', new Uint8Array(32).fill(7));
const ERA: Era = { fingerprint: KEY.fingerprint, salt: '0f'.repeat(16) };
const BEGINNING = {
  segment: 1,
  start: 0,
  durable: 0,
  follows: 0,
  floor: 0,
  createdMs: 0,
  era: ERA,
};
const ENCRYPTED = { seed: SEED, era: ERA };

/** The n-th batch, 0 the first, of these records. */
function encryptedBatch(records: Uint8Array, durable: number, n = 0): Uint8Array {
  const cipher = new SegmentCipher(KEY, ERA, BEGINNING);
  for (let i = 0; i < n; i++) cipher.seal(new Uint8Array(0), new Uint8Array(0));
  const writer = new ByteWriter(records.length + BATCH_HEADER_BYTES);
  writer.raw(new Uint8Array(BATCH_HEADER_BYTES)).raw(records);
  return sealBatch(writer, SEED, durable, cipher).slice();
}

/** Of the first batches of a segment: what encrypts the n-th one again has encrypted those before. */
const BATCHES_MAX = 8;

function checkEncryptedBatch(bytes: Uint8Array): string | undefined {
  const opened = bytes.slice();
  const batch = readBatch(opened, 0, ENCRYPTED);
  if (batch === undefined) throw new EcpError('DAMAGED', 'a torn batch');
  openBatch(opened, batch, new SegmentCipher(KEY, ERA, BEGINNING));
  const n = new ByteReader(opened, 'counter', batch.to - COUNTER_BYTES).u32();
  if (n >= BATCHES_MAX) return `it is batch ${n}, which nobody has encrypted`;
  const records = opened.subarray(batch.from, batch.end);
  return sameBytes(bytes.subarray(0, batch.to), encryptedBatch(records, batch.durable, n));
}

const sameNode = (before: FileNode, after: FileNode | undefined): string | undefined =>
  after !== undefined && equalBytes(before.key, after.key) && equalBytes(before.value, after.value)
    ? undefined
    : 'it becomes another node when it is written and read';

function checkZwr(bytes: Uint8Array): string | undefined {
  for (const charset of CHARSETS) {
    const node = parseLine(bytes, 1, charset);
    for (const quoteNumbers of [true, false]) {
      const line = formatLine(node.key, node.value, { charset, quoteNumbers });
      const problem = sameNode(node, parseLine(line, 1, charset));
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

const LF = 0x0a;

function goNodes(bytes: Uint8Array, charset: Charset): FileNode[] {
  const pairs = new GoPairs(charset);
  const nodes: FileNode[] = [];
  let from = 0;
  for (let line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end;
    const node = pairs.take(bytes.subarray(from, to), line);
    if (node !== undefined) nodes.push(node);
    from = to + 1;
  }
  pairs.end();
  return nodes;
}

function checkGo(bytes: Uint8Array): string | undefined {
  for (const charset of CHARSETS) {
    for (const node of goNodes(bytes, charset)) {
      const out = new ByteWriter();
      writePair(out, node.key, node.value, charset);
      const [after] = goNodes(out.copy(), charset);
      // An empty value is an empty line behind the last one that ends.
      const problem = sameNode(node, after);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

export const DECODERS: Readonly<Record<string, Decoder>> = {
  block: {
    code: 'DAMAGED',
    check: (bytes) => sameBytes(bytes, Block.decode(bytes.slice()).encode()),
  },
  page: {
    code: 'DAMAGED',
    variants: (bytes) => withChecksum(bytes, SEED),
    check: (bytes) => {
      const length = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
      const key = bytes.slice(LOW_AT, LOW_AT + length);
      const block = decodePage({ key, bytes: bytes.slice() }, SEED, Infinity);
      return sameBytes(bytes, encodePage(block, SEED).bytes);
    },
  },
  'database-header': {
    code: 'DAMAGED',
    variants: (bytes) => withChecksum(bytes),
    check: (bytes) => sameBytes(bytes, encodeDatabaseHeader(decodeDatabaseHeader(bytes))),
  },
  'long-value': {
    code: 'DAMAGED',
    variants: (bytes) => withChecksum(bytes, crc32c(new ByteWriter(8).u64(LONG_ID).view(), SEED)),
    check: (bytes) =>
      sameBytes(bytes, encodeLongValue(LONG_ID, decodeLongValue(LONG_ID, bytes, SEED), SEED)),
  },
  'segment-header': {
    code: 'DAMAGED',
    variants: (bytes) => SEGMENT_HEADERS.flatMap((length) => withChecksum(bytes, 0, length)),
    check: checkSegmentHeader,
  },
  batch: { code: 'DAMAGED', variants: sealedBatch, check: checkBatch },
  // Under a right checksum too: it is the tag that must refuse.
  'encrypted-batch': { code: 'DAMAGED', variants: sealedBatch, check: checkEncryptedBatch },
  records: { code: 'DAMAGED', check: checkRecords },
  envelope: { code: 'DAMAGED', check: checkEnvelope },
  'encrypted-header': {
    code: 'DAMAGED',
    check: (bytes) => sameBytes(bytes, encodeEncryptedHeader(decodeEncryptedHeader(bytes))),
  },
  'index-node': { code: 'DAMAGED', check: checkNode },
  zwr: { code: 'SYNTAX', check: checkZwr },
  go: { code: 'SYNTAX', check: checkGo },
};
