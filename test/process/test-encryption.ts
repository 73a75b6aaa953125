/** Encryption with a fixed key, for processes of tests that share their files. */
import { NodeMasterKey } from '../../server/adapters/node-cipher.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import type { KeyRing } from '../../server/ports/cipher.ts';
import type { PageStore } from '../../server/ports/page-store.ts';
import { NodeCache } from '../../server/storage/encryption/node-cache.ts';
import { openEncrypted } from '../../server/storage/encryption/open-page-store.ts';
import type { JournalEncryption } from '../../server/storage/journal.ts';

export const KEY_BYTES = Uint8Array.from({ length: 32 }, (_, at) => at);
const key = new NodeMasterKey('key', KEY_BYTES);
const random = new SystemRandom();
const cache = new NodeCache(100_000);

const ring: KeyRing = {
  byName: () => key,
  byFingerprint: (fingerprint) => (fingerprint === key.fingerprint ? key : undefined),
  keys: () => [key],
};

export interface TestEncryption {
  readonly keys: KeyRing | undefined;
  readonly journal: JournalEncryption | undefined;
  readonly open: (store: PageStore) => PageStore;
}

export function encryptionOf(isEncrypted: boolean): TestEncryption {
  if (!isEncrypted) return { keys: undefined, journal: undefined, open: (store) => store };
  return {
    keys: ring,
    journal: { key, random },
    open: (store) => openEncrypted(store, key, { ring, random, cache }),
  };
}
