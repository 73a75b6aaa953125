/**
 * Where things are inside a pod. The instance's configuration is made with these, and the pod is made
 * around it. Changing any of them restarts every pod.
 */
import type { KeyReference } from '../api/storage-fields.ts';

export const POD_LAYOUT = {
  /** The ConfigMap is mounted here as a folder: a single file (subPath) would never be updated (K5). */
  configurationFolder: '/etc/ecp',
  configurationFile: '/etc/ecp/configuration.json',
  dataVolume: '/var/lib/ecp',
  /** A folder in the volume: file systems keep a lost+found of their own at the top. */
  dataDirectory: '/var/lib/ecp/data',
  journalVolume: '/var/lib/ecp-journal',
  journalDirectory: '/var/lib/ecp-journal/journal',
  /** Encryption keys that the spec names, in folders of their Secrets' names; mounted only where there are some. */
  keysFolder: '/etc/ecp/keys',
  temporaryFolder: '/tmp',
  /** Where the image has its programs; modules with a relative path are looked for here. */
  programFolder: '/app',
  program: '/app/server/main.ts',
  /** Every address of the pod, of both families. */
  listenHost: '::',
  clientPort: 1973,
  adminPort: 1974,
  metricsPort: 1975,
  user: 65_532,
  group: 65_532,
} as const;

/** Key of the ConfigMap. */
export const CONFIGURATION_KEY = 'configuration.json';
export const INSTANCE_CONTAINER = 'instance';
export const KEYS_VOLUME = 'keys';

/** Path of a key below that folder. */
export const keyPath = ({ name, key }: KeyReference): string => `${name}/${key}`;
export const keyFile = (reference: KeyReference): string =>
  `${POD_LAYOUT.keysFolder}/${keyPath(reference)}`;
