/**
 * Seals byte strings under keys that nobody else ever uses, and opens what was sealed by any start of the process.
 *
 * An *era* is a salt drawn anew and the master key that it was used with: its subkey belongs to one sealer of one
 * start. Under it the n-th seal has counter n. So no nonce is used twice under a subkey, whatever a crash forgot, a
 * restored copy of the disk repeats or a failed write leaves undone: nobody who comes later seals in this era.
 *
 * What was sealed is named by era and counter, its *seal*: a name that stands for one content for all time.
 */
import { bytesOfHex, hexOf, type ByteReader, type ByteWriter } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { FINGERPRINT_BYTES, SALT_BYTES, type KeyRing, type MasterKey } from '../../ports/cipher.ts';
import type { Subkey } from '../../ports/cipher.ts';
import type { Random } from '../../ports/random.ts';

export interface Era {
  /** Of the master key, in hexadecimal digits. */
  readonly fingerprint: string;
  /** In hexadecimal digits. */
  readonly salt: string;
}

export interface Seal {
  readonly era: Era;
  readonly counter: number;
}

export const ERA_BYTES = FINGERPRINT_BYTES + SALT_BYTES;
/** An era ends after so many seals: a counter takes four bytes. */
const SEALS_MAX = 2 ** 32;
/** Subkeys kept ready; another one is derived in some microseconds. */
const SUBKEYS_KEPT = 64;

export function encodeEra(writer: ByteWriter, { fingerprint, salt }: Era): void {
  writer.raw(bytesOfHex(fingerprint)).raw(bytesOfHex(salt));
}

export function decodeEra(reader: ByteReader): Era {
  return { fingerprint: hexOf(reader.raw(FINGERPRINT_BYTES)), salt: hexOf(reader.raw(SALT_BYTES)) };
}

export class Sealer {
  readonly #ring: KeyRing;
  readonly #random: Random;
  readonly #purpose: Uint8Array;
  #key: MasterKey;
  #era: Era;
  #subkey: Subkey;
  #next = 0;
  /** By salt, the longest unused first. */
  readonly #subkeys = new Map<string, { readonly fingerprint: string; readonly subkey: Subkey }>();

  /** `purpose` separates what must not stand for one another: databases, segments. */
  constructor(ring: KeyRing, random: Random, purpose: Uint8Array, key: MasterKey) {
    this.#ring = ring;
    this.#random = random;
    this.#purpose = purpose;
    this.#key = key;
    this.#era = { fingerprint: key.fingerprint, salt: random.uuid() };
    this.#subkey = this.#derive(key, this.#era);
  }

  /** The one that seals now. */
  get key(): MasterKey {
    return this.#key;
  }

  /** What is sealed from here on is sealed with this key. */
  use(key: MasterKey): void {
    if (key.fingerprint === this.#key.fingerprint) return;
    this.#key = key;
    this.#begin();
  }

  /** The name that the next seal will have: for `aad` that includes it. */
  get next(): Seal {
    if (this.#next >= SEALS_MAX) this.#begin();
    return { era: this.#era, counter: this.#next };
  }

  seal(aad: Uint8Array, plain: Uint8Array): { readonly seal: Seal; readonly bytes: Uint8Array } {
    const seal = this.next;
    this.#next++;
    return { seal, bytes: this.#subkey.seal(seal.counter, aad, plain) };
  }

  /** EcpError DATABASE where the key is missing, DAMAGED where it is not what was sealed. `what` is for messages. */
  open(seal: Seal, aad: Uint8Array, sealed: Uint8Array, what: string): Uint8Array {
    const plain = this.#subkeyOf(seal.era).open(seal.counter, aad, sealed);
    if (plain === undefined) throw new EcpError('DAMAGED', `${what}: is not what was encrypted`);
    return plain;
  }

  #begin(): void {
    this.#era = { fingerprint: this.#key.fingerprint, salt: this.#random.uuid() };
    this.#subkey = this.#derive(this.#key, this.#era);
    this.#next = 0;
  }

  #subkeyOf(era: Era): Subkey {
    const known = this.#subkeys.get(era.salt);
    if (known?.fingerprint === era.fingerprint) {
      this.#subkeys.delete(era.salt);
      this.#subkeys.set(era.salt, known);
      return known.subkey;
    }
    return this.#derive(keyOf(this.#ring, era.fingerprint, 'it'), era);
  }

  #derive(key: MasterKey, era: Era): Subkey {
    const subkey = key.subkey(bytesOfHex(era.salt), this.#purpose);
    this.#subkeys.set(era.salt, { fingerprint: era.fingerprint, subkey });
    if (this.#subkeys.size > SUBKEYS_KEPT)
      for (const oldest of this.#subkeys.keys()) {
        this.#subkeys.delete(oldest);
        break;
      }
    return subkey;
  }
}

/** EcpError DATABASE says which key is wanted for what, and which are given. */
export function keyOf(ring: KeyRing | undefined, fingerprint: string, what: string): MasterKey {
  const key = ring?.byFingerprint(fingerprint);
  if (key !== undefined) return key;
  const given = (ring?.keys() ?? []).map((one) => `${one.fingerprint} (${one.name})`);
  const has = given.length === 0 ? 'none is given' : `given are ${given.join(', ')}`;
  throw new EcpError('DATABASE', `${what} is encrypted with key ${fingerprint}: ${has}`);
}
