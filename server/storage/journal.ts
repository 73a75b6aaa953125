/**
 * The journal's writing end: one for all databases of an instance.
 *
 * Records gather in a buffer, which `flush` appends to the disk as one batch; `requestSync` flushes and makes
 * all that durable. A position (bytes since the journal began) is durable once `durablePosition` has reached it.
 *
 * States: open → frozen, at the first failed append or sync, for ever: after a failed sync nobody knows what
 * the disk holds, and trying again could report as durable what is lost (A.2.5). A frozen journal takes no
 * record; its durable position stands still.
 *
 * Invariants: durablePosition ≤ appended position ≤ position; at most one sync is under way; a segment's first
 * batch is the catalogue and the session table (rule R15).
 */
import { assert } from '../base/assert.ts';
import { ByteWriter } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import {
  JOURNAL_KEEP_SECONDS,
  JOURNAL_ROTATION_SECONDS,
  JOURNAL_SEGMENT_BYTES,
  JOURNAL_SYNC_DELAY_MS_MAX,
  JOURNAL_TIME_INTERVAL_MS,
} from '../base/limits.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { MasterKey } from '../ports/cipher.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { Random } from '../ports/random.ts';
import type { Era } from './encryption/sealer.ts';
import { SegmentCipher } from './encryption/segment-cipher.ts';
import {
  BATCH_HEADER_BYTES,
  decodeSegmentHeader,
  encodeSegmentHeader,
  sealBatch,
  type SegmentHeader,
  type SegmentPlace,
} from './journal-segment.ts';
import { JournalShelf } from './journal-shelf.ts';
import { encodeTime } from './journal-records.ts';
import type { RecordPlace } from './record-place.ts';

/** Records gather up to this size before they are appended without being asked. */
const BATCH_BYTES_MAX = 1024 * 1024;
/** A buffer that a long value made larger than this is given back. */
const BUFFER_BYTES_KEPT = 2 * BATCH_BYTES_MAX;

/** What may change while it runs. */
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
}

export interface JournalEncryption {
  readonly key: MasterKey;
  /** For salts. */
  readonly random: Random;
}

const SETTINGS_DEFAULT: JournalSettings = {
  segmentBytes: JOURNAL_SEGMENT_BYTES,
  rotationMs: JOURNAL_ROTATION_SECONDS.default * 1000,
  keepMs: JOURNAL_KEEP_SECONDS.default * 1000,
  keepBytes: undefined,
  encryption: undefined,
};

/** What is there and undefined takes a limit, or the encryption, away. */
function settingsOf(before: JournalSettings, changed: Partial<JournalSettings>): JournalSettings {
  return {
    segmentBytes: changed.segmentBytes ?? before.segmentBytes,
    rotationMs: changed.rotationMs ?? before.rotationMs,
    keepMs: changed.keepMs ?? before.keepMs,
    keepBytes: 'keepBytes' in changed ? changed.keepBytes : before.keepBytes,
    encryption: 'encryption' in changed ? changed.encryption : before.encryption,
  };
}

export interface JournalOptions {
  /** Where recovery ended: the position that the first segment starts at. */
  readonly start: number;
  /** The first segment's number: above any there is. */
  readonly segment: number;
  /** What recovery left, ascending. */
  readonly old: readonly SegmentPlace[];
  /** Numbers of segments that do not count, ascending: torn, or superseded. */
  readonly stale?: readonly number[];
  /** What lies before this position no recovery needs. */
  readonly floor?: number;
  /** Writes what each segment begins with. */
  readonly preamble: (writer: ByteWriter) => void;
  readonly settings?: Partial<JournalSettings>;
}

export class Journal {
  readonly #disk: JournalDisk;
  readonly #clock: Clock;
  readonly #preamble: (writer: ByteWriter) => void;
  readonly #shelf: JournalShelf;
  #settings: JournalSettings;
  #header: SegmentHeader;
  /** Of the newest segment. */
  #cipher: SegmentCipher | undefined;
  /** Where the newest segment's preamble ends. */
  #preambleEnd = 0;
  /** When the newest segment was made. */
  #startedMs = 0;
  /** The newest segment has reached the age for a new one. */
  #isOld = false;
  #rotationTimer: Timer | undefined;
  #batch = new ByteWriter(64 * 1024);
  /** Position of the batch's first byte. */
  #appended: number;
  /** Wall time of the last time record. */
  #timeMs = 0;
  #durable: number;
  /** What the sync under way will make durable; undefined when none is. */
  #syncing: number | undefined;
  #syncWanted = false;
  #syncTimer: Timer | undefined;
  #frozen: EcpError | undefined;
  #syncs = 0;
  readonly #listeners: ((position: number) => void)[] = [];
  readonly #freezeListeners: ((error: EcpError) => void)[] = [];

  constructor(disk: JournalDisk, clock: Clock, options: JournalOptions) {
    this.#disk = disk;
    this.#clock = clock;
    this.#preamble = options.preamble;
    this.#settings = settingsOf(SETTINGS_DEFAULT, options.settings ?? {});
    const { old, stale = [], floor = 0 } = options;
    this.#shelf = new JournalShelf(disk, clock, old, stale, floor);
    this.#shelf.settings = this.#settings;
    // What recovery read is durable: the disk makes sure of that when it opens.
    this.#durable = options.start;
    this.#appended = options.start;
    this.#header = this.#startSegment(options.segment);
  }

  /** The position after the last record. */
  get position(): number {
    const pending = this.#batch.length;
    return pending > BATCH_HEADER_BYTES ? this.#appended + pending : this.#appended;
  }

  /** Everything before it survives a crash. */
  get durablePosition(): number {
    return this.#durable;
  }

  get unsyncedBytes(): number {
    return this.position - this.#durable;
  }

  /** Bytes of the segments there are. */
  get retainedBytes(): number {
    return this.#shelf.bytes(this.position);
  }

  /** The segments there are, ascending: those that recovery needs, and those that are kept. */
  get segments(): readonly SegmentPlace[] {
    return this.#shelf.segments;
  }

  get segmentCount(): number {
    return this.#shelf.segments.length;
  }

  /** How long ago the oldest segment was made. */
  get oldestAgeMs(): number {
    return this.#shelf.oldestAgeMs;
  }

  /** What lies before it no recovery needs. */
  get floor(): number {
    return this.#shelf.floor;
  }

  /** Other settings, from now on. */
  configure(settings: Partial<JournalSettings>): void {
    const { rotationMs, encryption } = this.#settings;
    this.#settings = settingsOf(this.#settings, settings);
    this.#shelf.settings = this.#settings;
    if (this.#settings.rotationMs !== rotationMs && this.#frozen === undefined) this.#rotateLater();
    const { key } = this.#settings.encryption ?? {};
    if (key?.fingerprint !== encryption?.key.fingerprint) this.rotate();
  }

  /** Fingerprints of the keys that are needed to read it. */
  get keysInUse(): readonly string[] {
    return [...new Set(this.segments.flatMap(({ era }) => era?.fingerprint ?? []))];
  }

  /** Completed syncs: how many records one makes durable is what group commit is about. */
  get syncs(): number {
    return this.#syncs;
  }

  get frozen(): EcpError | undefined {
    return this.#frozen;
  }

  /** Called after each sync with the durable position. */
  onDurable(listener: (position: number) => void): void {
    this.#listeners.push(listener);
  }

  onFrozen(listener: (error: EcpError) => void): void {
    this.#freezeListeners.push(listener);
  }

  /** Throws FROZEN if the journal takes no more records. To be asked before anything is changed. */
  assertOpen(): void {
    if (this.#frozen !== undefined) throw this.#frozen;
  }

  /** The writer that the next record is to be encoded into, whole, before `end` is called. */
  begin(): ByteWriter {
    this.assertOpen();
    if (this.#batch.length === BATCH_HEADER_BYTES) this.#noteTime();
    return this.#batch;
  }

  /** Where the record that `begin` was called for lies. */
  get place(): RecordPlace {
    return { batch: this.#appended, offset: this.#batch.length };
  }

  /** What a batch begins with, if that is news. */
  #noteTime(): void {
    const wallMs = this.#wallMs();
    if (Math.abs(wallMs - this.#timeMs) < JOURNAL_TIME_INTERVAL_MS) return;
    this.#timeMs = wallMs;
    encodeTime(this.#batch, wallMs);
  }

  #wallMs(): number {
    return Math.max(0, Math.floor(this.#clock.wallMs()));
  }

  /** Closes the record that was encoded; returns its position. It is durable within 10 ms if the disk is. */
  end(): number {
    const { position } = this;
    // No new segment within an operation: the tables that it begins with do not know of this record yet (rule R15).
    if (this.#batch.length >= BATCH_BYTES_MAX) this.#appendBatch();
    if (this.#syncTimer === undefined && this.#syncing === undefined) this.#syncSoon();
    return position;
  }

  #syncSoon(): void {
    this.#syncTimer = this.#clock.after(JOURNAL_SYNC_DELAY_MS_MAX, () => {
      this.#syncTimer = undefined;
      this.requestSync();
    });
  }

  /** Hands the gathered records to the disk. A failure freezes; it is reported to who asks next. */
  flush(): void {
    if (this.#frozen !== undefined) return;
    if (this.#batch.length > BATCH_HEADER_BYTES) this.#appendBatch();
    // Between batches, so that a segment always starts with its preamble.
    if (this.#isComplete)
      this.#guard(() => {
        this.#header = this.#startSegment(this.nextSegment());
      });
  }

  /** Whether the newest segment, which is not empty, has the size or the age for a new one. */
  get #isComplete(): boolean {
    if (this.#frozen !== undefined || this.#appended === this.#preambleEnd) return false;
    return this.#isOld || this.#appended - this.#header.start >= this.#settings.segmentBytes;
  }

  #rotateLater(): void {
    this.#rotationTimer?.cancel();
    const passedMs = this.#clock.nowMs() - this.#startedMs;
    const leftMs = Math.max(0, this.#settings.rotationMs - passedMs);
    this.#rotationTimer = this.#clock.after(leftMs, () => {
      this.flush();
      if (this.#frozen !== undefined) return;
      if (this.#appended > this.#preambleEnd) this.rotate();
      else this.#isOld = true;
      this.requestSync();
    });
  }

  /** Makes everything so far durable, as soon as the disk can: at once, or after the sync under way. */
  requestSync(): void {
    this.#syncTimer?.cancel();
    this.#syncTimer = undefined;
    this.flush();
    if (this.#frozen !== undefined) return;
    if (this.#syncing !== undefined) {
      this.#syncWanted = true;
      return;
    }
    if (this.#durable === this.#appended) return;
    this.#syncing = this.#appended;
    this.#guard(() => this.#disk.sync((error) => this.#synced(error)));
  }

  /** The number of the next segment, if it is to lie above `above` as well. */
  nextSegment(above = 0): number {
    return Math.max(this.#header.segment, above) + 1;
  }

  /**
   * Starts a segment before the present one is full: what its preamble says holds from here on. A failure freezes.
   * Without a number it is the next one; with one, what was gathered must have been flushed.
   */
  rotate(segment?: number): void {
    this.flush();
    if (this.#frozen !== undefined) return;
    this.#guard(() => {
      this.#header = this.#startSegment(segment ?? this.nextSegment());
    });
  }

  /** Removes segments that nobody needs, unless they are kept. Throws what the disk does; to be tried again. */
  trim(needed: number): void {
    this.#shelf.purge(needed, this.position);
  }

  /** Stops the timers. What is not durable yet stays so: sync first. */
  close(): void {
    this.#syncTimer?.cancel();
    this.#syncTimer = undefined;
    this.#rotationTimer?.cancel();
    this.#disk.close();
  }

  #startSegment(segment: number): SegmentHeader {
    const start = this.#appended;
    this.#timeMs = this.#wallMs();
    const { encryption } = this.#settings;
    const bytes = encodeSegmentHeader({
      segment,
      start,
      durable: this.#durable,
      follows: start,
      floor: this.#shelf.floor,
      createdMs: this.#timeMs,
      era: encryption && newEra(encryption),
    });
    const header = decodeSegmentHeader(bytes, segment);
    assert(header !== undefined, 'a segment header can be read back');
    this.#disk.create(segment);
    this.#disk.append(bytes);
    this.#shelf.add(header);
    this.#header = header;
    this.#cipher =
      encryption && header.era && new SegmentCipher(encryption.key, header.era, header);
    this.#appended += bytes.length;
    this.#startBatch();
    encodeTime(this.#batch, this.#timeMs);
    this.#preamble(this.#batch);
    this.#appendBatch();
    this.#preambleEnd = this.#appended;
    this.#isOld = false;
    this.#startedMs = this.#clock.nowMs();
    this.#rotateLater();
    return header;
  }

  #startBatch(): void {
    if (this.#batch.length > BUFFER_BYTES_KEPT) this.#batch = new ByteWriter(64 * 1024);
    this.#batch.clear();
    this.#batch.u64(0).u64(0).u32(0);
  }

  #appendBatch(): void {
    const bytes = sealBatch(this.#batch, this.#header.seed, this.#durable, this.#cipher);
    this.#guard(() => this.#disk.append(bytes));
    if (this.#frozen !== undefined) return;
    this.#appended += bytes.length;
    this.#startBatch();
  }

  #synced(error: unknown): void {
    const target = this.#syncing;
    this.#syncing = undefined;
    if (this.#frozen !== undefined || target === undefined) return;
    if (error !== undefined && error !== null) {
      this.freeze(error);
      return;
    }
    this.#durable = target;
    this.#syncs++;
    for (const listener of this.#listeners) listener(target);
    if (this.#syncWanted) {
      this.#syncWanted = false;
      this.requestSync();
    } else if (this.position > this.#durable && this.#syncTimer === undefined) {
      this.#syncSoon();
    }
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.freeze(error);
    }
  }

  /** Takes no more records, for ever. Also for who finds that the databases cannot follow. */
  freeze(cause: unknown): void {
    if (this.#frozen !== undefined) return;
    this.#frozen = new EcpError('FROZEN', 'no change is accepted: a write or sync failed', {
      cause,
    });
    this.#syncTimer?.cancel();
    this.#syncTimer = undefined;
    this.#rotationTimer?.cancel();
    for (const listener of this.#freezeListeners) listener(this.#frozen);
  }
}

/** Of one segment alone. */
function newEra({ key, random }: JournalEncryption): Era {
  return { fingerprint: key.fingerprint, salt: random.uuid() };
}
