/**
 * Master keys and their subkeys on node:crypto: HKDF-SHA256 and AES-256-GCM.
 *
 * A nonce is 4 zero bytes and the counter, big-endian. Master keys stay in key objects of the library: they are not
 * printed, not even by an inspector.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../base/assert.ts';
import { FINGERPRINT_BYTES, TAG_BYTES, type MasterKey, type Subkey } from '../ports/cipher.ts';

export const MASTER_KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const NONCE_COUNTER_AT = 4;
const SUBKEY_BYTES = 32;
const FINGERPRINT_LABEL = 'ecp key fingerprint 1';

export class NodeMasterKey implements MasterKey {
  readonly name: string;
  readonly fingerprint: string;
  readonly #key: KeyObject;

  /** `bytes` may be wiped afterwards. */
  constructor(name: string, bytes: Uint8Array) {
    assert(bytes.length === MASTER_KEY_BYTES, 'a master key has 256 bits');
    this.name = name;
    this.#key = createSecretKey(bytes);
    const digest = createHmac('sha256', this.#key).update(FINGERPRINT_LABEL).digest();
    this.fingerprint = digest.toString('hex', 0, FINGERPRINT_BYTES);
  }

  subkey(salt: Uint8Array, purpose: Uint8Array): Subkey {
    const bytes = Buffer.from(hkdfSync('sha256', this.#key, salt, purpose, SUBKEY_BYTES));
    const subkey = new NodeSubkey(createSecretKey(bytes));
    bytes.fill(0);
    return subkey;
  }
}

class NodeSubkey implements Subkey {
  readonly #key: KeyObject;
  readonly #nonce = Buffer.alloc(NONCE_BYTES);

  constructor(key: KeyObject) {
    this.#key = key;
  }

  seal(counter: number, aad: Uint8Array, plain: Uint8Array): Uint8Array {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#nonceOf(counter));
    cipher.setAAD(aad);
    const sealed = new Uint8Array(plain.length + TAG_BYTES);
    sealed.set(cipher.update(plain));
    const rest = cipher.final();
    assert(rest.length === 0, 'a counter mode gives all bytes at once');
    sealed.set(cipher.getAuthTag(), plain.length);
    return sealed;
  }

  open(counter: number, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
    const length = sealed.length - TAG_BYTES;
    if (length < 0) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#key, this.#nonceOf(counter), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.subarray(length));
    const plain = decipher.update(sealed.subarray(0, length));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
  }

  #nonceOf(counter: number): Buffer {
    this.#nonce.writeBigUInt64BE(BigInt(counter), NONCE_COUNTER_AT);
    return this.#nonce;
  }
}
