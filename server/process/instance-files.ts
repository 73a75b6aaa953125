/**
 * What an instance reads before it opens its databases: the configuration file, the data folder's lock, and the
 * configuration that was accepted before, in this order, so that two processes never read one folder (rules K5, K8).
 */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { hashOfText, readAccepted, writeAccepted } from '../adapters/accepted-configuration.ts';
import { lockFolder, type FolderLock } from '../adapters/folder-lock.ts';
import { ConfigurationInForce, type Offer } from '../api/admin/configuration-in-force.ts';
import { parseConfiguration } from '../instance/configuration.ts';
import type { Log } from '../ports/log.ts';

/** What a container tells its instance. */
export interface Environment {
  /** ECP_INSTANCE_NAME: replaces the configuration's name, which replicas share. */
  readonly instanceName: string | undefined;
  /** ECP_POD_UID: the audience of tokens for this pod. */
  readonly podUid: string;
}

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const instanceName = env['ECP_INSTANCE_NAME'];
  if (instanceName !== undefined) {
    // A name is checked as the configuration's is.
    parseConfiguration({ name: instanceName, dataDirectory: '.' }, 'ECP_INSTANCE_NAME');
  }
  return { instanceName, podUid: env['ECP_POD_UID'] ?? '' };
}

export interface InstanceFiles {
  readonly inForce: ConfigurationInForce;
  readonly unlock: () => void;
}

/** Texts as this instance understands them: relative paths start at the file's folder. */
export class ConfigurationFile {
  readonly folder: string;
  readonly #file: string;
  readonly #name: string | undefined;

  constructor(file: string, { instanceName }: Environment) {
    this.#file = file;
    this.#name = instanceName;
    this.folder = dirname(file);
  }

  text(): string {
    return readFileSync(this.#file, 'utf8');
  }

  /** EcpError CONFIGURATION lists what is wrong. */
  read(text: string, source = this.#file): Offer {
    const parsed = parseConfiguration(text, source);
    const configuration = {
      ...parsed,
      name: this.#name ?? parsed.name,
      dataDirectory: this.#from(parsed.dataDirectory),
      journalDirectory: this.#from(parsed.journalDirectory),
      backupDirectory: this.#from(parsed.backupDirectory),
      admin: { ...parsed.admin, tokenFile: this.#from(parsed.admin.tokenFile) },
      encryption: {
        ...parsed.encryption,
        keys: parsed.encryption.keys.map(({ name, file }) => ({ name, file: this.#from(file) })),
      },
    };
    return { text, hash: hashOfText(text), revision: parsed.revision, configuration };
  }

  #from(path: string): string {
    return isAbsolute(path) ? path : join(this.folder, path);
  }

  /** Locks the data folder of `mounted`, the file's present text, and finds what is in force. */
  open(mounted: Offer, log: Log): InstanceFiles {
    const { dataDirectory } = mounted.configuration;
    const locks: FolderLock[] = [lockFolder(dataDirectory)];
    const accepted = readAccepted(dataDirectory, (problem) =>
      log.error('the accepted configuration is damaged, the file is used', { problem }),
    );
    const inForce = new ConfigurationInForce(mounted, accepted, {
      read: (text, source) => this.read(text, source),
      file: () => this.text(),
      keep: (offer) => writeAccepted(dataDirectory, offer),
      log,
    });
    // What was accepted may name another folder than the file does.
    const used = inForce.running.dataDirectory;
    if (used !== dataDirectory) locks.push(lockFolder(used));
    return { inForce, unlock: () => locks.forEach((lock) => lock.release()) };
  }
}
