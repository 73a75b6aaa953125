/**
 * What a configuration says of storage: local databases, the journal, and the keys that encrypt both. The rules
 * across these fields are in configuration-rules.ts.
 *
 * Invariant: without any of these fields an instance stores what it stored before they were there.
 */
import { z } from 'zod';
import {
  ENCRYPTION_KEYS_MAX,
  JOURNAL_KEEP_SECONDS,
  JOURNAL_PINNED_WARNING_BYTES,
  JOURNAL_ROTATION_SECONDS,
  JOURNAL_SEGMENT_BYTES,
  UNJOURNALED_GLOBALS_MAX,
} from '../base/limits.ts';
import {
  access,
  blockSize,
  databaseName,
  databaseState,
  encryptionKeyName,
  globalPattern,
  journaling,
  path,
  resourceName,
  segmentSize,
  storage,
} from './configuration-values.ts';

export const database = z
  .strictObject({
    name: databaseName,
    blockSize: blockSize.default('8Ki'),
    journaling: journaling.default('Enabled'),
    /** Globals whose changes are not journaled outside transactions (A.1.9); names, or beginnings as in mappings. */
    unjournaledGlobals: z.array(globalPattern).max(UNJOURNALED_GLOBALS_MAX).default([]),
    access: access.default('ReadWrite'),
    resource: resourceName.optional(),
    /** Dismounted: kept on disk, but neither served nor reachable here. */
    state: databaseState.default('Mounted'),
    /** What it may take on disk; a change that needs more is answered with <FILEFULL>. */
    maxSize: storage.optional(),
    /** One of encryption.keys. Whether there is one is settled when the database is made; another one re-encrypts it. */
    encryptionKey: encryptionKeyName.optional(),
  })
  .transform((value) => ({ ...value, resource: value.resource ?? `%DB_${value.name}` }));

function secondsIn(range: {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}) {
  return z.int().min(range.min).max(range.max).default(range.default);
}

/** All of it changes while the instance runs. */
export const journal = z.strictObject({
  segmentSize: segmentSize.default(JOURNAL_SEGMENT_BYTES),
  /** A segment older than that is followed by a new one. */
  rotationSeconds: secondsIn(JOURNAL_ROTATION_SECONDS),
  /** How long segments that recovery and open transactions need no more are kept for a restore. */
  keepSeconds: secondsIn(JOURNAL_KEEP_SECONDS),
  /** What they may take together, whatever their age. */
  keepSize: storage.optional(),
  /** Whether an error of the journal stops all changes (A.2.5); if not, what is lost is logged and counted. */
  freezeOnError: z.boolean().default(true),
  /** Journal that open transactions keep from being purged: above this it is warned of. */
  pinnedWarningSize: storage.default(JOURNAL_PINNED_WARNING_BYTES),
  /** Above this the oldest open transaction is rolled back. */
  pinnedRollbackSize: storage.optional(),
});

export const encryption = z.strictObject({
  /** A file has 32 bytes, or 64 hexadecimal digits, or base64 of 32 bytes. It is read again with the configuration. */
  keys: z
    .array(z.strictObject({ name: encryptionKeyName, file: path }))
    .max(ENCRYPTION_KEYS_MAX)
    .default([]),
  /** The key of the journal and of SYS. Whether there is one is settled when the instance first starts. */
  instance: encryptionKeyName.optional(),
  /** The key of TEMP, by default the instance's. */
  temp: encryptionKeyName.optional(),
});
