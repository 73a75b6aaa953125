/**
 * The keys of encryption at rest, from files: Secrets that are mounted, or what an administrator put there. A file has
 * 32 bytes; or, as text with or without a final newline, 64 hexadecimal digits, or base64 of 32 bytes.
 *
 * What is wrong with one key keeps the others in use: who needs it hears why. A name stands for the same bytes as long
 * as the process runs: a new key gets a new name, or what is encrypted with the old one could not be read any more.
 * Keys are never logged; their fingerprints are.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { bareMessage, EcpError, messageOf } from '../base/errors.ts';
import type { KeyRing, MasterKey } from '../ports/cipher.ts';
import type { Log } from '../ports/log.ts';
import { MASTER_KEY_BYTES, NodeMasterKey } from './node-cipher.ts';

export interface KeyFile {
  readonly name: string;
  readonly file: string;
}

/** More than any form of a key takes. */
const FILE_BYTES_MAX = 256;
const WRITABLE_BY_OTHERS = 0o002;
const READABLE_BY_OTHERS = 0o004;
const HEXADECIMAL = /^[0-9a-fA-F]{64}$/;
const SHORT_HEXADECIMAL = /^[0-9a-fA-F]{32}$/;
const BASE64 = /^[A-Za-z0-9+/]{43}=?$/;

export class KeyFiles implements KeyRing {
  readonly #log: Log;
  #byName = new Map<string, MasterKey>();
  /** Why a key that is configured cannot be used, by name. */
  #problems = new Map<string, string>();
  /** All that were read: those that the configuration does not name any more may still be in use. */
  readonly #byFingerprint = new Map<string, MasterKey>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Reads the files that are configured now. What is wrong is logged, and kept for who asks. */
  load(files: readonly KeyFile[]): void {
    const before = this.#byName;
    this.#byName = new Map();
    this.#problems = new Map();
    for (const [i, { name, file }] of files.entries()) {
      const field = `encryption.keys[${i}].file`;
      const known = before.get(name);
      if (known !== undefined) this.#use(known);
      try {
        const key = this.#read(name, file, field);
        if (known === undefined) this.#use(key);
        else if (known.fingerprint !== key.fingerprint)
          throw refused(
            field,
            `${file} changed: a new key needs a new name, the old one is used on`,
          );
      } catch (error) {
        const problem = bareMessage(messageOf(error));
        if (known === undefined) this.#problems.set(name, problem);
        this.#log.error('a key file is not used', { key: name, problem });
      }
    }
  }

  #use(key: MasterKey): void {
    this.#byName.set(key.name, key);
    this.#byFingerprint.set(key.fingerprint, key);
  }

  byName(name: string): MasterKey {
    const key = this.#byName.get(name);
    if (key !== undefined) return key;
    throw new EcpError(
      'CONFIGURATION',
      `encryption key ${name}: ${this.#problems.get(name) ?? 'is not in encryption.keys'}`,
    );
  }

  byFingerprint(fingerprint: string): MasterKey | undefined {
    return this.#byFingerprint.get(fingerprint);
  }

  keys(): readonly MasterKey[] {
    return [...this.#byName.values()];
  }

  #read(name: string, file: string, field: string): MasterKey {
    const { bytes, mode } = contentOf(file, field);
    try {
      // In a Secret's mount everything may be readable: who may write could choose the key.
      if ((mode & WRITABLE_BY_OTHERS) !== 0)
        throw refused(field, `${file} is writable by everyone`);
      const key = new NodeMasterKey(name, keyOf(bytes, file, field));
      if ((mode & READABLE_BY_OTHERS) !== 0)
        this.#log.warn('a key file is readable by everyone', { key: name, field });
      return key;
    } finally {
      bytes.fill(0);
    }
  }
}

function contentOf(file: string, field: string): { readonly bytes: Buffer; readonly mode: number } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw refused(field, `${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw refused(field, `${file} is no file`);
    const bytes = Buffer.alloc(FILE_BYTES_MAX);
    const length = readSync(descriptor, bytes, 0, FILE_BYTES_MAX, 0);
    return { bytes: bytes.subarray(0, length), mode: stat.mode };
  } finally {
    closeSync(descriptor);
  }
}

function keyOf(bytes: Buffer, file: string, field: string): Uint8Array {
  const text = bytes.toString('latin1').replace(/\r?\n$/, '');
  // As text it looks like half a key; as bytes nobody would have drawn it.
  if (SHORT_HEXADECIMAL.test(text))
    throw refused(field, `${file} has 32 hexadecimal digits: a key has 64`);
  const key = decoded(bytes, text);
  if (key?.length !== MASTER_KEY_BYTES) {
    const forms = '32 bytes, 64 hexadecimal digits, or base64 of 32 bytes';
    throw refused(field, `${file} has none of ${forms}`);
  }
  if (key.every((byte) => byte === key[0]))
    throw refused(field, `${file} has the same byte 32 times`);
  return key;
}

function decoded(bytes: Buffer, text: string): Buffer | undefined {
  if (bytes.length === MASTER_KEY_BYTES) return bytes;
  if (HEXADECIMAL.test(text)) return Buffer.from(text, 'hex');
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function refused(field: string, problem: string): EcpError {
  return new EcpError('CONFIGURATION', `${field}: ${problem}`);
}
