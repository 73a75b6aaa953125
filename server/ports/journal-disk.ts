import type { KeyRing } from './cipher.ts';

/**
 * Append-only files for the journal. A segment is named by a number that only grows. What was appended
 * but not synced may be lost, torn or kept by a crash, in any part (the simulator does all three).
 */
export interface JournalDisk extends JournalSource {
  /** Starts a new, empty segment and makes it the one that `append` writes to; its name is durable with the next sync. */
  create(segment: number): void;
  /** Appends to the newest segment. Throws on a failed write (full disk …): the journal freezes then. */
  append(bytes: Uint8Array): void;
  /**
   * Makes all that was appended durable; `done` follows, perhaps before this returns, with an error if the
   * disk did not confirm. At most one is under way; a failed one is never tried again: the journal freezes, or goes
   * on in a new segment after `abandon`.
   */
  sync(done: (error: unknown) => void): void;
  /** Lets go of all that was appended and is not durable: no later sync speaks of it. None is under way. */
  abandon(): void;
  remove(segment: number): void;
  close(): void;
}

/** Segments to be read. */
export interface JournalSource {
  /** What opens segments that are encrypted. */
  readonly keys?: KeyRing | undefined;
  /** Numbers of the segments there are, ascending. */
  segments(): readonly number[];
  /** The whole content of a segment. */
  read(segment: number): Uint8Array;
  /** `length` bytes of a segment from an offset on; fewer where it ends before. */
  readRange(segment: number, from: number, length: number): Uint8Array;
}
