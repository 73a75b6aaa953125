import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { bytesOfHex, hexOf, utf8 } from '../base/bytes.ts';
import { TAG_BYTES } from '../ports/cipher.ts';
import { NodeMasterKey } from './node-cipher.ts';

const master = (fill = 7): NodeMasterKey => new NodeMasterKey('a', new Uint8Array(32).fill(fill));
const salt = bytesOfHex('000102030405060708090a0b0c0d0e0f');
const aad = utf8('what it is');

describe('F-D6: the cipher', () => {
  it('has stable bytes (golden)', () => {
    const key = master();
    expect(key.fingerprint).toBe('91d645a51dae3f74');
    const sealed = key.subkey(salt, utf8('purpose')).seal(5, aad, utf8('plain'));
    expect(hexOf(sealed)).toBe('eeb3d5a9a23f153c7b10ad6caf9ab0d4ed80b5b571');
  });

  it('opens what it sealed, and nothing else', () => {
    const subkey = master().subkey(salt, utf8('purpose'));
    const sealed = subkey.seal(5, aad, utf8('plain'));
    expect(sealed.length).toBe(5 + TAG_BYTES);
    expect(subkey.open(5, aad, sealed)).toEqual(utf8('plain'));
    expect(subkey.open(6, aad, sealed)).toBeUndefined();
    expect(subkey.open(5, utf8('what it was'), sealed)).toBeUndefined();
    expect(subkey.open(5, aad, sealed.subarray(0, TAG_BYTES - 1))).toBeUndefined();
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.slice();
      changed[i] = changed[i]! ^ 1;
      expect(subkey.open(5, aad, changed)).toBeUndefined();
    }
  });

  it.each([
    ['master key', master(8).subkey(salt, utf8('purpose'))],
    ['salt', master().subkey(salt.toReversed(), utf8('purpose'))],
    ['purpose', master().subkey(salt, utf8('another'))],
  ])('seals otherwise under another %s', (_what, other) => {
    const sealed = master().subkey(salt, utf8('purpose')).seal(5, aad, utf8('plain'));
    expect(other.open(5, aad, sealed)).toBeUndefined();
    expect(other.seal(5, aad, utf8('plain'))).not.toEqual(sealed);
  });

  it('shows no key to who prints it', () => {
    const key = new NodeMasterKey('a', utf8('THIS KEY HAS THIRTY-TWO BYTES !!'));
    const shown = inspect([key, key.subkey(salt, aad)], { depth: 9, showHidden: true });
    expect(shown).not.toMatch(/THIS KEY|54 48 49 53|84, 72/);
  });
});
