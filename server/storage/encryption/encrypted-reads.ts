/**
 * One state of an encrypted page store, to be read: what its header names, in what the store below has at a moment.
 * It also gives the names under which things rest in the store below, and what is authenticated with them.
 */
import {
  ByteReader,
  ByteWriter,
  bytesOfHex,
  concatBytes,
  equalBytes,
  freeBytes,
} from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { SALT_BYTES } from '../../ports/cipher.ts';
import type { PageReader, StoredPage } from '../../ports/page-store.ts';
import type { EncryptedHeader } from './encrypted-header.ts';
import { type IndexEntry, IndexNode } from './index-node.ts';
import type { NodeCache } from './node-cache.ts';
import { findEntry, type IndexRoot } from './page-index.ts';
import { decodeEra, encodeEra, ERA_BYTES, type Sealer, type Seal } from './sealer.ts';

/** First byte of names in the store below, and of what is authenticated with the content. */
const NODE = 1;
const PAGE = 2;
const LONG = 3;

export const PAGE_AAD = Uint8Array.of(PAGE);
export const NODE_AAD = Uint8Array.of(NODE);

/** A long value says itself what it is sealed with. */
const LONG_ENVELOPE_BYTES = ERA_BYTES + 4;

export class EncryptedReads implements PageReader {
  readonly #raw: PageReader;
  readonly #sealer: Sealer;
  readonly #cache: NodeCache;
  readonly #state: EncryptedHeader | undefined;

  constructor(
    raw: PageReader,
    sealer: Sealer,
    cache: NodeCache,
    state: EncryptedHeader | undefined,
  ) {
    this.#raw = raw;
    this.#sealer = sealer;
    this.#cache = cache;
    this.#state = state;
  }

  get root(): IndexRoot | undefined {
    return this.#state?.root;
  }

  get pages(): number {
    return this.#state?.pages ?? 0;
  }

  get nodes(): number {
    return this.#state?.nodes ?? 0;
  }

  /** Fingerprints of the master keys that anything may be sealed with. */
  get keys(): readonly string[] {
    return this.#state?.keys ?? [];
  }

  floor(key: Uint8Array): StoredPage | undefined {
    return this.#find(key, true);
  }

  before(key: Uint8Array | undefined): StoredPage | undefined {
    return this.#find(key, false);
  }

  longValue(id: number): Uint8Array | undefined {
    const bytes = this.#raw.longValue(id);
    if (bytes === undefined) return undefined;
    const sealed = bytes.subarray(LONG_ENVELOPE_BYTES);
    return this.#sealer.open(sealOfLong(bytes), longAad(id), sealed, 'a long value');
  }

  longValuesAfter(id: number, limit: number): readonly number[] {
    return this.#raw.longValuesAfter(id, limit);
  }

  header(): Uint8Array | undefined {
    return this.#state?.content.slice();
  }

  /** What the long value of this id is sealed with; undefined if there is none. */
  sealOfLong(id: number): Seal | undefined {
    const bytes = this.#raw.longValue(id);
    return bytes === undefined ? undefined : sealOfLong(bytes);
  }

  /** A page, decrypted. EcpError DAMAGED. */
  page(seal: Seal): Uint8Array {
    const sealed = this.#sealed(pageName(seal), 'a page');
    const plain = this.#sealer.open(seal, PAGE_AAD, sealed, 'a page');
    freeBytes(sealed);
    return plain;
  }

  /** A node of the index, decrypted. EcpError DAMAGED. */
  node(seal: Seal): IndexNode {
    const cached = this.#cache.get(seal);
    if (cached !== undefined) return cached;
    const what = 'a node of the index';
    const sealed = this.#sealed(nodeName(seal), what);
    const node = IndexNode.decode(this.#sealer.open(seal, NODE_AAD, sealed, what));
    this.#cache.put(seal, node);
    return node;
  }

  /** The key of `before`, from the index alone. */
  keyBefore(key: Uint8Array | undefined): Uint8Array | undefined {
    return this.#entry(key, false)?.low;
  }

  #entry(key: Uint8Array | undefined, isInclusive: boolean): IndexEntry | undefined {
    return findEntry((seal) => this.node(seal), this.root, key, isInclusive);
  }

  #find(key: Uint8Array | undefined, isInclusive: boolean): StoredPage | undefined {
    const entry = this.#entry(key, isInclusive);
    return entry === undefined ? undefined : { key: entry.low, bytes: this.page(entry.seal) };
  }

  #sealed(name: Uint8Array, what: string): Uint8Array {
    const stored = this.#raw.floor(name);
    if (stored === undefined || !equalBytes(stored.key, name))
      throw new EcpError('DAMAGED', `${what} is missing`);
    return stored.bytes;
  }
}

export function pageName(seal: Seal): Uint8Array {
  return nameOf(PAGE, seal);
}

export function nodeName(seal: Seal): Uint8Array {
  return nameOf(NODE, seal);
}

/** In the order in which a start seals, so that what is new goes to one place of the store below. */
function nameOf(kind: number, { era, counter }: Seal): Uint8Array {
  const name = new Uint8Array(1 + SALT_BYTES + 4);
  name[0] = kind;
  name.set(bytesOfHex(era.salt), 1);
  new DataView(name.buffer).setUint32(1 + SALT_BYTES, counter);
  return name;
}

/** What a long value is authenticated with: it never stands for another. */
function longAad(id: number): Uint8Array {
  return new ByteWriter(16).u8(LONG).u64(id).copy();
}

export function sealLong(sealer: Sealer, id: number, bytes: Uint8Array): Uint8Array {
  const { seal, bytes: sealed } = sealer.seal(longAad(id), bytes);
  const envelope = new ByteWriter(LONG_ENVELOPE_BYTES);
  encodeEra(envelope, seal.era);
  return concatBytes(envelope.u32(seal.counter).view(), sealed);
}

function sealOfLong(bytes: Uint8Array): Seal {
  const reader = new ByteReader(bytes, 'long value');
  return { era: decodeEra(reader), counter: reader.u32() };
}
