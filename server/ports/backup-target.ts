/**
 * Where one backup is written. It has its name only when it is complete and durable: what a crash or a failure leaves
 * behind is never taken for a backup.
 */
import type { PageStore } from './page-store.ts';

/** A file of a backup, as it was written. */
export interface BackupFile {
  /** In the backup's folder, with /. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of each piece of BACKUP_PIECE_BYTES, the last one shorter: hexadecimal digits. */
  readonly sha256: readonly string[];
}

export interface BackupTarget {
  /** Copies the last commit of a database's page store; `onBytes` hears now and then how many are there. */
  copyStore(
    database: string,
    store: PageStore,
    onBytes: (bytes: number) => void,
  ): Promise<BackupFile>;
  /** Copies the first bytes of a segment of the journal. */
  copySegment(segment: number, bytes: number): Promise<BackupFile>;
  /** Writes the manifest, makes everything durable, and gives the backup its name. */
  complete(manifest: string): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** A complete backup, by name. */
export interface FoundBackup {
  readonly name: string;
  readonly manifest: string;
}

/** Where the backups of an instance lie. */
export interface BackupShelf {
  /** For people: where that is. */
  readonly place: string;
  /** Begins a backup that will take about so many bytes. EcpError CONFIGURATION: the name; RESOURCE: no room. */
  begin(name: string, bytes: number): Promise<BackupTarget>;
  /** The complete ones, by name. */
  list(): Promise<readonly FoundBackup[]>;
}
