/** What of the journal may change while it runs. */
import {
  JOURNAL_KEEP_SECONDS,
  JOURNAL_ROTATION_SECONDS,
  JOURNAL_SEGMENT_BYTES,
} from '../base/limits.ts';
import type { MasterKey } from '../ports/cipher.ts';
import type { Random } from '../ports/random.ts';

export interface JournalSettings {
  /** A segment that reached this size is followed by a new one … */
  readonly segmentBytes: number;
  /** … and so is one of this age, as soon as there is something in it. */
  readonly rotationMs: number;
  /** How long segments are kept that nobody needs, for a restore … */
  readonly keepMs: number;
  /** … unless there are more than this. */
  readonly keepBytes: number | undefined;
  /** What encrypts from the next segment on; undefined: nothing. */
  readonly encryption: JournalEncryption | undefined;
  /** Whether a failed append or sync stops all changes (A.2.5). */
  readonly freezeOnError: boolean;
}

export interface JournalEncryption {
  readonly key: MasterKey;
  /** For salts. */
  readonly random: Random;
}

export const JOURNAL_SETTINGS_DEFAULT: JournalSettings = {
  segmentBytes: JOURNAL_SEGMENT_BYTES,
  rotationMs: JOURNAL_ROTATION_SECONDS.default * 1000,
  keepMs: JOURNAL_KEEP_SECONDS.default * 1000,
  keepBytes: undefined,
  encryption: undefined,
  freezeOnError: true,
};

/** Settings of which some are changed. What is there and undefined takes a limit, or the encryption, away. */
export function changedSettings(
  before: JournalSettings,
  changed: Partial<JournalSettings>,
): JournalSettings {
  return {
    segmentBytes: changed.segmentBytes ?? before.segmentBytes,
    rotationMs: changed.rotationMs ?? before.rotationMs,
    keepMs: changed.keepMs ?? before.keepMs,
    keepBytes: 'keepBytes' in changed ? changed.keepBytes : before.keepBytes,
    encryption: 'encryption' in changed ? changed.encryption : before.encryption,
    freezeOnError: changed.freezeOnError ?? before.freezeOnError,
  };
}
