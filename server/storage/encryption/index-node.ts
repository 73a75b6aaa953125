/**
 * A node of the index of an encrypted database (docs/formats/page.md): lows in order, and under which seals their
 * pages are stored, or at a higher level the nodes that begin with them. A node never changes: an update makes others.
 *
 *   version u8 | level u8, 0: pages | count u16 | eras u16 | prefix length u16
 *   each era      fingerprint 8 | salt 16
 *   prefix        that all lows begin with
 *   each entry    suffix length u16 | era u16 | counter u32 | suffix
 *   each entry    offset of it in the node u16
 */
import { assert } from '../../base/assert.ts';
import { ByteReader, ByteWriter, commonPrefixLength, compareBytes } from '../../base/bytes.ts';
import { KEY_BYTES_MAX } from '../../base/limits.ts';
import { TAG_BYTES } from '../../ports/cipher.ts';
import { decodeEra, encodeEra, ERA_BYTES, type Era, type Seal } from './sealer.ts';

const NODE_VERSION = 1;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const SLOT_BYTES = 2;
/** With its tag and LMDB's header it fills one page of LMDB. */
export const NODE_BYTES_MAX = 4096 - 16 - TAG_BYTES;
const LEVEL_MAX = 15;

export interface IndexEntry {
  readonly low: Uint8Array;
  readonly seal: Seal;
}

/** Entries that are a node, or become several. */
export class NodeSize {
  #count = 0;
  #lowBytes = 0;
  #prefix = 0;
  #first: Uint8Array | undefined;
  readonly #salts = new Set<string>();

  /** Bytes of a node of all that were added, ascending. */
  get bytes(): number {
    const suffixes = this.#lowBytes - this.#count * this.#prefix;
    const entries = this.#count * (ENTRY_BYTES + SLOT_BYTES) + suffixes;
    return HEADER_BYTES + this.#salts.size * ERA_BYTES + this.#prefix + entries;
  }

  add({ low, seal }: IndexEntry): this {
    this.#first ??= low;
    this.#prefix =
      this.#count === 0 ? low.length : Math.min(this.#prefix, commonPrefixLength(this.#first, low));
    this.#count++;
    this.#lowBytes += low.length;
    this.#salts.add(seal.era.salt);
    return this;
  }

  static of(entries: readonly IndexEntry[]): number {
    const size = new NodeSize();
    const [first] = entries;
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return size.bytes;
    size.#count = entries.length;
    // In order, what the first and the last share all do.
    size.#prefix = first === last ? first.low.length : commonPrefixLength(first.low, last.low);
    let salt: string | undefined;
    for (const { low, seal } of entries) {
      size.#lowBytes += low.length;
      if (seal.era.salt !== salt) size.#salts.add((salt = seal.era.salt));
    }
    return size.bytes;
  }
}

export function encodeNode(level: number, entries: readonly IndexEntry[]): Uint8Array {
  const first = entries[0];
  const last = entries.at(-1);
  assert(first !== undefined && last !== undefined, 'a node has entries');
  const prefix = entries.length === 1 ? first.low.length : commonPrefixLength(first.low, last.low);
  const eras: Era[] = [];
  const places = new Map<string, number>();
  for (const { seal } of entries) {
    if (places.has(seal.era.salt)) continue;
    places.set(seal.era.salt, eras.length);
    eras.push(seal.era);
  }
  const writer = new ByteWriter(NODE_BYTES_MAX);
  writer.u8(NODE_VERSION).u8(level).u16(entries.length).u16(eras.length).u16(prefix);
  for (const era of eras) encodeEra(writer, era);
  writer.raw(first.low.subarray(0, prefix));
  const slots: number[] = [];
  for (const { low, seal } of entries) {
    slots.push(writer.length);
    writer.u16(low.length - prefix).u16(places.get(seal.era.salt) ?? 0);
    writer.u32(seal.counter).raw(low.subarray(prefix));
  }
  for (const slot of slots) writer.u16(slot);
  assert(writer.length <= NODE_BYTES_MAX, 'a node fits its page');
  return writer.copy();
}

export class IndexNode {
  readonly level: number;
  readonly count: number;
  readonly byteLength: number;
  readonly #bytes: Uint8Array;
  readonly #eras: readonly Era[];
  readonly #prefix: Uint8Array;
  readonly #slotsAt: number;

  private constructor(
    bytes: Uint8Array,
    fields: { level: number; count: number; eras: Era[]; prefix: Uint8Array; slotsAt: number },
  ) {
    this.#bytes = bytes;
    this.byteLength = bytes.length;
    this.level = fields.level;
    this.count = fields.count;
    this.#eras = fields.eras;
    this.#prefix = fields.prefix;
    this.#slotsAt = fields.slotsAt;
  }

  /**
   * EcpError DAMAGED, also where it is not the one way to encode what it says. What was encoded just now is known to be.
   */
  static decode(bytes: Uint8Array, isOwn = false): IndexNode {
    const reader = new ByteReader(bytes, 'index node');
    if (bytes.length > NODE_BYTES_MAX) throw reader.damaged(`${bytes.length} bytes are too many`);
    const version = reader.u8();
    if (version !== NODE_VERSION) throw reader.damaged(`version ${version} is not known`);
    const level = reader.u8();
    if (level > LEVEL_MAX) throw reader.damaged(`a level of ${level}`);
    const count = reader.u16();
    if (count === 0) throw reader.damaged('no entries');
    const eraCount = reader.u16();
    const prefixLength = reader.u16();
    const eras = Array.from({ length: eraCount }, () => decodeEra(reader));
    const prefix = reader.raw(prefixLength);
    const slots: number[] = [];
    for (let i = 0; i < count; i++) {
      slots.push(reader.position);
      const suffixLength = reader.u16();
      if (prefixLength + suffixLength > KEY_BYTES_MAX) throw reader.damaged('a low too long');
      if (reader.u16() >= eraCount) throw reader.damaged('an unknown era');
      reader.u32();
      reader.raw(suffixLength);
    }
    const slotsAt = reader.position;
    for (const slot of slots)
      if (reader.u16() !== slot) throw reader.damaged('an entry that is not where it should be');
    reader.expectEnd();
    const node = new IndexNode(bytes, { level, count, eras, prefix, slotsAt });
    if (!isOwn) node.#validate(reader);
    return node;
  }

  /** That lows ascend and the prefix is what they share; that eras are different, and in the order of their first use. */
  #validate(reader: ByteReader): void {
    const { count } = this;
    for (let i = 1; i < count; i++)
      if (this.#compare(i, this.lowAt(i - 1)) <= 0) throw reader.damaged('lows out of order');
    const first = this.#suffix(0);
    const last = this.#suffix(count - 1);
    const isLonger = first.to > first.from && this.#bytes[first.from] === this.#bytes[last.from];
    if (isLonger) throw reader.damaged('a prefix that is not all that lows share');
    if (new Set(this.#eras.map(({ salt }) => salt)).size < this.#eras.length)
      throw reader.damaged('an era that is named twice');
    let used = 0;
    for (let i = 0; i < count; i++) {
      const era = this.#u16(this.#slot(i) + 2);
      if (era > used) throw reader.damaged('eras out of order');
      if (era === used) used++;
    }
    if (used < this.#eras.length) throw reader.damaged('an era that nothing is sealed in');
  }

  lowAt(i: number): Uint8Array {
    const { from, to } = this.#suffix(i);
    const low = new Uint8Array(this.#prefix.length + to - from);
    low.set(this.#prefix);
    low.set(this.#bytes.subarray(from, to), this.#prefix.length);
    return low;
  }

  sealAt(i: number): Seal {
    const at = this.#slot(i);
    const era = this.#eras[this.#u16(at + 2)];
    assert(era !== undefined, 'a decoded entry has an era of the node');
    const counter = this.#u16(at + 4) + this.#u16(at + 6) * 0x1_0000;
    return { era, counter };
  }

  entryAt(i: number): IndexEntry {
    return { low: this.lowAt(i), seal: this.sealAt(i) };
  }

  entries(): IndexEntry[] {
    return Array.from({ length: this.count }, (_, i) => this.entryAt(i));
  }

  /** Whether everything that it names was sealed with this master key. */
  isUnder(fingerprint: string): boolean {
    return this.#eras.every((era) => era.fingerprint === fingerprint);
  }

  /** How many entries have a low < `key`, or ≤ it if `isInclusive`; all, if there is no key. */
  position(key: Uint8Array | undefined, isInclusive: boolean): number {
    if (key === undefined) return this.count;
    let first = 0;
    let last = this.count;
    while (first < last) {
      const middle = (first + last) >>> 1;
      const order = this.#compare(middle, key);
      if (order < 0 || (order === 0 && isInclusive)) first = middle + 1;
      else last = middle;
    }
    return first;
  }

  /** The low of an entry compared with a key. */
  #compare(i: number, key: Uint8Array): number {
    const prefix = this.#prefix;
    const { from, to } = this.#suffix(i);
    const shared = Math.min(prefix.length, key.length);
    for (let at = 0; at < shared; at++) {
      const order = (prefix[at] as number) - (key[at] as number);
      if (order !== 0) return order;
    }
    if (key.length < prefix.length) return 1;
    return compareBytes(this.#bytes.subarray(from, to), key.subarray(prefix.length));
  }

  #suffix(i: number): { readonly from: number; readonly to: number } {
    const at = this.#slot(i);
    const from = at + ENTRY_BYTES;
    return { from, to: from + this.#u16(at) };
  }

  #slot(i: number): number {
    return this.#u16(this.#slotsAt + SLOT_BYTES * i);
  }

  #u16(at: number): number {
    return (this.#bytes[at] as number) | ((this.#bytes[at + 1] as number) << 8);
  }
}
