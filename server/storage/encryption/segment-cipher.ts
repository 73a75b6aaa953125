/**
 * Encrypts the batches of one segment of the journal, and opens those of one that is there (docs/formats/journal.md,
 * "Encrypted segments"). Every segment has an era of its own; the subkey depends on the segment's header, a batch is
 * authenticated with its own: nothing of a segment passes for a part of another, or stands at another place.
 *
 * A batch that could not be appended may be tried again: it gets another counter, which is stored with it.
 */
import { ByteWriter, bytesOfHex, utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { type KeyRing, type MasterKey, type Subkey, TAG_BYTES } from '../../ports/cipher.ts';
import type { SegmentBeginning, SegmentHeader } from '../journal-segment.ts';
import { type Era, keyOf } from './sealer.ts';

const PURPOSE = utf8('ecp journal 1');
const COUNTER_BYTES = 4;
/** What is behind the records of an encrypted batch: tag and counter. */
export const BATCH_TRAILER_BYTES = TAG_BYTES + COUNTER_BYTES;
const COUNTER_MAX = 2 ** 32 - 1;

export class SegmentCipher {
  readonly #subkey: Subkey;
  readonly #segment: number;
  #next = 0;

  constructor(key: MasterKey, era: Era, beginning: SegmentBeginning) {
    const { segment, start, durable, follows, floor, createdMs } = beginning;
    const purpose = new ByteWriter(64).raw(PURPOSE);
    for (const part of [segment, start, durable, follows, floor, createdMs]) purpose.u64(part);
    this.#subkey = key.subkey(bytesOfHex(era.salt), purpose.view());
    this.#segment = segment;
  }

  /** What takes the place of a batch's records: BATCH_TRAILER_BYTES longer. `aad` tells its place. */
  seal(records: Uint8Array, aad: Uint8Array): Uint8Array {
    if (this.#next > COUNTER_MAX) throw new EcpError('RESOURCE', 'a segment has too many batches');
    const counter = this.#next++;
    const sealed = this.#subkey.seal(counter, aad, records);
    const bytes = new Uint8Array(sealed.length + COUNTER_BYTES);
    bytes.set(sealed);
    new DataView(bytes.buffer).setUint32(sealed.length, counter, true);
    return bytes;
  }

  /** The records of a batch. EcpError DAMAGED. */
  open(bytes: Uint8Array, aad: Uint8Array): Uint8Array {
    const end = bytes.length - COUNTER_BYTES;
    if (end >= TAG_BYTES) {
      const counter = new DataView(bytes.buffer, bytes.byteOffset + end).getUint32(0, true);
      const records = this.#subkey.open(counter, aad, bytes.subarray(0, end));
      if (records !== undefined) return records;
    }
    const problem = 'a batch is not what was encrypted';
    throw new EcpError('DAMAGED', `journal segment ${this.#segment}: ${problem}`);
  }
}

/** What opens the batches of a segment; undefined where it is not encrypted. EcpError DATABASE: its key is missing. */
export function cipherOf(
  header: SegmentHeader,
  keys: KeyRing | undefined,
): SegmentCipher | undefined {
  const { era } = header;
  if (era === undefined) return undefined;
  const key = keyOf(keys, era.fingerprint, `journal segment ${header.segment}`);
  return new SegmentCipher(key, era, header);
}
