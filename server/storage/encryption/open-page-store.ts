/** Opens what a database's files are, encrypted or not, as it is configured; and says where they are something else. */
import { EcpError } from '../../base/errors.ts';
import type { KeyRing, MasterKey } from '../../ports/cipher.ts';
import type { PageStore } from '../../ports/page-store.ts';
import { decodeEnvelope, isEncrypted } from './encrypted-header.ts';
import { EncryptedPageStore, type EncryptionPorts } from './encrypted-page-store.ts';
import { keyOf } from './sealer.ts';

/** EcpError DATABASE where a store without a key is encrypted. */
export function openPlain(raw: PageStore, { ring }: Pick<EncryptionPorts, 'ring'>): PageStore {
  const header = raw.header();
  if (header === undefined || !isEncrypted(header)) return raw;
  const { fingerprint } = decodeEnvelope(header).envelope.seal.era;
  // What is missing first is told first.
  keyOf(ring, fingerprint, 'it');
  throw new EcpError(
    'DATABASE',
    `it is encrypted with key ${fingerprint}: no key is configured for it`,
  );
}

/** EcpError DATABASE where a store with a key is not encrypted, or with a key that is not given. */
export function openEncrypted(
  raw: PageStore,
  key: MasterKey,
  ports: EncryptionPorts,
): EncryptedPageStore {
  const header = raw.header();
  if (header !== undefined && !isEncrypted(header)) {
    const way = 'copy what it holds into a database that was made with a key';
    throw new EcpError(
      'DATABASE',
      `it is not encrypted, but key ${key.name} is configured: ${way}`,
    );
  }
  return new EncryptedPageStore(raw, key, ports);
}

/** Opens what it is, with the keys that there are: for who has no configuration. EcpError DATABASE: a key is missing. */
export function openWithRing(raw: PageStore, ports: EncryptionPorts): PageStore {
  const key = keyInUse(raw, ports.ring);
  return key === undefined ? raw : new EncryptedPageStore(raw, key, ports);
}

/** What a store is encrypted with; undefined where it is not. EcpError DATABASE: the key is missing. */
export function keyInUse(raw: PageStore, ring: KeyRing): MasterKey | undefined {
  const header = raw.header();
  if (header === undefined || !isEncrypted(header)) return undefined;
  return keyOf(ring, decodeEnvelope(header).envelope.seal.era.fingerprint, 'it');
}
