/** The admin API's calls for backups: one is made at a time, into the configured folder, by name. */
import { EcpError, messageOf } from '../../base/errors.ts';
import { PRODUCT_VERSION } from '../../ecp/wire/versions.ts';
import type { Instance } from '../../instance/instance.ts';
import type { BackupShelf, FoundBackup } from '../../ports/backup-target.ts';
import type { Log } from '../../ports/log.ts';
import { type BackupProgress, backUp } from '../../storage/backup.ts';
import { type BackupManifest, decodeManifest } from '../../storage/backup-manifest.ts';
import { ecp } from '../generated/admin.js';
import { progressReporter, type Send } from './progress.ts';

const { ListBackupsReply, MakeBackupProgress, MakeBackupRequest } = ecp.admin.v1;
type Backup = ecp.admin.v1.Backup.$Properties;

export class Backups {
  readonly #instance: Instance;
  readonly #shelf: BackupShelf;
  readonly #log: Log;
  #isRunning = false;

  constructor(instance: Instance, shelf: BackupShelf, log: Log) {
    this.#instance = instance;
    this.#shelf = shelf;
    this.#log = log;
  }

  async list(): Promise<Uint8Array> {
    const backups = (await this.#shelf.list()).map(describeFound);
    return ListBackupsReply.encode({ folder: this.#shelf.place, backups }).finish();
  }

  /** EcpError RESOURCE while another one is made; those of backUp. */
  async make(request: Uint8Array, send: Send, signal: AbortSignal): Promise<void> {
    if (this.#isRunning)
      throw new EcpError('RESOURCE', 'another backup is being made', { retry: 'same' });
    this.#isRunning = true;
    try {
      const { name } = MakeBackupRequest.decode(request);
      const manifest = await this.#make(name === '' ? this.#nameOfNow() : name, send, signal);
      send(MakeBackupProgress.encode({ made: describe(manifest) }).finish());
    } finally {
      this.#isRunning = false;
    }
  }

  async #make(name: string, send: Send, signal: AbortSignal): Promise<BackupManifest> {
    const { engine, databases, configuration, clock } = this.#instance;
    const pages = engine.databases.reduce(
      (sum, { pages: store }) => sum + store.usage().usedBytes,
      0,
    );
    const target = await this.#shelf.begin(name, pages + engine.journal.retainedBytes);
    this.#log.info('backup begins', { backup: name });
    const tell = progressReporter(clock, send);
    const report = (progress: BackupProgress): void =>
      tell(() => MakeBackupProgress.encode(progress).finish());
    try {
      const manifest = await backUp(engine, target, {
        name,
        instance: configuration.name,
        instanceUuid: databases.systemUuid,
        productVersion: PRODUCT_VERSION,
        wallMs: () => clock.wallMs(),
        report,
        signal,
      });
      this.#log.info('backup complete', { backup: name, position: manifest.to });
      return manifest;
    } catch (error) {
      this.#log.error('backup failed', { backup: name, problem: messageOf(error) });
      throw error;
    }
  }

  /** 20261128T002149Z */
  #nameOfNow(): string {
    const text = new Date(this.#instance.clock.wallMs()).toISOString();
    return text.replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '');
  }
}

function describeFound({ name, manifest }: FoundBackup): Backup {
  try {
    return { ...describe(decodeManifest(manifest)), name };
  } catch (error) {
    return { name, problem: messageOf(error) };
  }
}

function describe(manifest: BackupManifest): Backup {
  const { databases, segments, name, begunMs, endedMs, from, to, instance } = manifest;
  return {
    name,
    begunMs,
    endedMs,
    from: Math.max(from, ...databases.map(({ position }) => position)),
    position: to,
    bytes: [...databases, ...segments].reduce((sum, { file }) => sum + file.bytes, 0),
    databases: databases.map((database) => database.name),
    instance,
    productVersion: manifest.productVersion,
  };
}
