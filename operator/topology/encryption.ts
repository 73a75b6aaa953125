/** Encryption keys of an instance, by the names that its configuration has for them; and where encryption ends (§2.5). */
import type { ConfigurationInput } from '../../server/instance/configuration.ts';
import type { Finding } from '../api/conditions.ts';
import { resourceKey } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { keyName, keysOf } from '../api/storage-fields.ts';
import type { Environment } from './instances.ts';
import type { References } from './references.ts';

export function encryptionOf(
  resource: EcpResource,
  environment: Environment,
): ConfigurationInput['encryption'] {
  const { encryption } = resource.spec;
  if (encryption === undefined) return undefined;
  const { keySecretRef, tempKeySecretRef } = encryption;
  return {
    keys: keysOf(resource.spec).map((key) => ({
      name: keyName(key),
      file: environment.locateKey(resource, key),
    })),
    ...(keySecretRef === undefined ? {} : { instance: keyName(keySecretRef) }),
    ...(tempKeySecretRef === undefined ? {} : { temp: keyName(tempKeySecretRef) }),
  };
}

/** Jobs copy into TEMP what they read from data servers: it should be no easier to get at there. */
export function encryptionFindings(resource: EcpResource, { resolved }: References): Finding[] {
  if (resource.spec.encryption !== undefined) return []; // either key encrypts TEMP
  return resolved.flatMap(({ dataServer }): Finding[] => {
    if (dataServer?.spec.encryption?.keySecretRef === undefined) return [];
    const message = `${resourceKey(dataServer)} encrypts what it keeps, and TEMP here is not encrypted: set encryption.tempKeySecretRef`;
    return [{ type: 'EncryptionComplete', reason: 'TempNotEncrypted', message }];
  });
}
