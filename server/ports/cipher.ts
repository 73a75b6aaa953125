/**
 * Encryption with keys that the administrator gives, as the cores see it: authenticated (AES-256-GCM), synchronous.
 *
 * A master key never encrypts. Subkeys do, each derived from a master key, a salt and a purpose; under a subkey every
 * counter is used once. The caller sees to that (storage/encryption/sealer.ts): each salt is drawn anew.
 */

/** Bytes by which what is sealed is longer than what was given: the tag that shows every change. */
export const TAG_BYTES = 16;
/** Of a salt, and of a master key's fingerprint. */
export const SALT_BYTES = 16;
export const FINGERPRINT_BYTES = 8;

export interface Subkey {
  /** What was encrypted, and its tag, in memory of its own; `aad` is authenticated, not stored. */
  seal(counter: number, aad: Uint8Array, plain: Uint8Array): Uint8Array;
  /** What was given to `seal` with the same counter and `aad`, in memory of its own; undefined if it is not that. */
  open(counter: number, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}

export interface MasterKey {
  readonly name: string;
  /** Names the key's bytes without telling them: 16 hexadecimal digits. */
  readonly fingerprint: string;
  subkey(salt: Uint8Array, purpose: Uint8Array): Subkey;
}

/** The keys that the configuration gives. It may change while they are in use. */
export interface KeyRing {
  /** EcpError CONFIGURATION says why there is none of this name. */
  byName(name: string): MasterKey;
  byFingerprint(fingerprint: string): MasterKey | undefined;
  /** All that can be used, for messages. */
  keys(): readonly MasterKey[];
}
