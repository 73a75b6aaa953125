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
 * Where it is told not to freeze it has a gap instead (docs/adr/0013):
 *
 *   open ── a failed append or sync ──► losing ── a new segment, with images ──► closing ── synced ──► open
 *                                          ▲                                         │
 *                                          └────── a failed append or sync ──────────┘
 *
 *   losing   records are dropped, positions go on; the durable position stands still; tried again by a timer
 *   closing  records go into the new segment; they, and all before, are durable when it is synced with its images
 *
 * Invariants: durablePosition ≤ appended position ≤ position; at most one sync is under way; a segment's first
 * batch is the catalogue and the session table (rule R15); nothing behind a gap is durable before its images are.
 */
import { assert } from '../base/assert.ts';
import { ByteWriter } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import {
  JOURNAL_GAP_RETRY_MS,
  JOURNAL_SYNC_DELAY_MS_MAX,
  JOURNAL_TIME_INTERVAL_MS,
} from '../base/limits.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
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
import {
  changedSettings,
  JOURNAL_SETTINGS_DEFAULT,
  type JournalEncryption,
  type JournalSettings,
} from './journal-settings.ts';
import { JournalShelf } from './journal-shelf.ts';
import { encodeTime } from './journal-records.ts';
import type { RecordPlace } from './record-place.ts';

export type { JournalEncryption, JournalSettings } from './journal-settings.ts';

/** Records gather up to this size before they are appended without being asked. */
const BATCH_BYTES_MAX = 1024 * 1024;
/** A buffer that a long value made larger than this is given back. */
const BUFFER_BYTES_KEPT = 2 * BATCH_BYTES_MAX;

export interface GapHost {
  /** Journals the images of all databases, to the end record. */
  images(journal: Journal): void;
  /** Whether page stores are being written to: an image is made when they stand still. */
  readonly isStoring: boolean;
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
  /** What a gap is closed with; without it every error freezes. */
  readonly gapHost?: GapHost;
  readonly settings?: Partial<JournalSettings>;
}

/** Records are lost: why, and since when on the clock that never jumps. */
export interface JournalGap {
  readonly cause: unknown;
  readonly sinceMs: number;
}

interface OpenGap extends JournalGap {
  isClosing: boolean;
  /** It is to be closed as soon as the sync under way has ended. */
  isDue: boolean;
  attempts: number;
  timer: Timer | undefined;
}

export class Journal {
  readonly #disk: JournalDisk;
  readonly #clock: Clock;
  readonly #preamble: (writer: ByteWriter) => void;
  readonly #gapHost: GapHost | undefined;
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
  #frozenMs = 0;
  #gap: OpenGap | undefined;
  #gaps = 0;
  /** The highest number that a segment was given, whether it came to be or not. */
  #lastSegment: number;
  #syncs = 0;
  readonly #listeners: ((position: number) => void)[] = [];
  readonly #freezeListeners: ((error: EcpError) => void)[] = [];
  readonly #gapListeners: ((gap: JournalGap, isClosed: boolean) => void)[] = [];

  constructor(disk: JournalDisk, clock: Clock, options: JournalOptions) {
    this.#disk = disk;
    this.#clock = clock;
    this.#preamble = options.preamble;
    this.#gapHost = options.gapHost;
    this.#lastSegment = options.segment;
    this.#settings = changedSettings(JOURNAL_SETTINGS_DEFAULT, options.settings ?? {});
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

  /** What the disk has to catch up with: nothing of what is lost. */
  get unsyncedBytes(): number {
    if (this.#gap === undefined) return this.position - this.#durable;
    return this.#gap.isClosing ? this.position - this.#header.start : 0;
  }

  /** Bytes of the segments there are. */
  get retainedBytes(): number {
    return this.#shelf.bytes(this.#isLosing ? this.#durable : this.position);
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
    this.#settings = changedSettings(this.#settings, settings);
    this.#shelf.settings = this.#settings;
    if (this.#frozen !== undefined) return;
    if (this.#settings.rotationMs !== rotationMs) this.#rotateLater();
    if (this.#settings.freezeOnError) this.#closeGap();
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

  /** How long it has been frozen; undefined where it is not. */
  get frozenForMs(): number | undefined {
    return this.#frozen === undefined ? undefined : this.#clock.nowMs() - this.#frozenMs;
  }

  /** The gap that is open. */
  get gap(): JournalGap | undefined {
    return this.#gap;
  }

  /** Gaps that began since this was opened. */
  get gaps(): number {
    return this.#gaps;
  }

  get #isLosing(): boolean {
    return this.#gap !== undefined && !this.#gap.isClosing;
  }

  /** Whether the record at a position is lost in a gap, or will be: it can never be read again. */
  isLost(position: number): boolean {
    return (this.#isLosing && position >= this.#durable) || this.#shelf.isLost(position);
  }

  /** Called when a gap begins, and again when it is closed: all that happened meanwhile is durable then. */
  onGap(listener: (gap: JournalGap, isClosed: boolean) => void): void {
    this.#gapListeners.push(listener);
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

  /** The same, and where what is asked for needs a journal that takes it now: not in a gap. */
  assertWhole(): void {
    this.assertOpen();
    if (this.#gap === undefined) return;
    const { cause } = this.#gap;
    throw new EcpError('FROZEN', 'the journal has a gap: it does not take this now', {
      retry: 'same',
      cause,
    });
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
    // A gap is closed by one segment.
    if (this.#gap !== undefined) return false;
    return this.#isOld || this.#appended - this.#header.start >= this.#settings.segmentBytes;
  }

  #rotateLater(): void {
    this.#rotationTimer?.cancel();
    const passedMs = this.#clock.nowMs() - this.#startedMs;
    const leftMs = Math.max(0, this.#settings.rotationMs - passedMs);
    this.#rotationTimer = this.#clock.after(leftMs, () => {
      this.flush();
      if (this.#frozen !== undefined || this.#gap !== undefined) return;
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
    if (this.#frozen !== undefined || this.#isLosing) return;
    if (this.#syncing !== undefined) {
      this.#syncWanted = true;
      return;
    }
    if (this.#durable === this.#appended) return;
    this.#syncing = this.#appended;
    try {
      this.#disk.sync((error) => this.#synced(error));
    } catch (error) {
      this.#synced(error);
    }
  }

  /** The number of the next segment, if it is to lie above `above` as well. */
  nextSegment(above = 0): number {
    return Math.max(this.#lastSegment, above) + 1;
  }

  /**
   * Starts a segment before the present one is full: what its preamble says holds from here on. A failure freezes.
   * Without a number it is the next one; with one, what was gathered must have been flushed. In a gap nothing is done:
   * the segment that closes it says the same.
   */
  rotate(segment?: number): void {
    this.flush();
    if (this.#frozen !== undefined || this.#gap !== undefined) return;
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
    this.#gap?.timer?.cancel();
    this.#disk.close();
  }

  #startSegment(segment: number, follows = this.#appended): SegmentHeader {
    const start = this.#appended;
    this.#lastSegment = segment;
    this.#timeMs = this.#wallMs();
    const { encryption } = this.#settings;
    const bytes = encodeSegmentHeader({
      segment,
      start,
      durable: this.#durable,
      follows,
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
    if (this.#isLosing) {
      this.#passBatch();
      return;
    }
    const bytes = sealBatch(this.#batch, this.#header.seed, this.#durable, this.#cipher);
    this.#guard(() => this.#disk.append(bytes));
    if (this.#frozen !== undefined) return;
    // Lost or not: positions go on.
    this.#passBatch();
  }

  #passBatch(): void {
    this.#appended += this.#batch.length;
    this.#startBatch();
  }

  #synced(error: unknown): void {
    const target = this.#syncing;
    this.#syncing = undefined;
    if (this.#frozen !== undefined || target === undefined) return;
    if (error !== undefined && error !== null) {
      this.#failed(error);
      if (this.#gap?.isDue === true) this.#closeGap();
      return;
    }
    this.#durable = target;
    this.#syncs++;
    const gap = this.#gap;
    if (gap?.isClosing === true) this.#gap = undefined;
    for (const listener of this.#listeners) listener(target);
    if (gap?.isClosing === true) for (const listener of this.#gapListeners) listener(gap, true);
    else if (gap?.isDue === true) this.#closeGap();
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
      this.#failed(error);
    }
  }

  /** An append or a sync failed. Before the first sync the segment's number is not durable (rule R13): then it freezes. */
  #failed(cause: unknown): void {
    if (this.#frozen !== undefined) return;
    if (this.#settings.freezeOnError || this.#syncs === 0 || this.#gapHost === undefined) {
      this.freeze(cause);
      return;
    }
    this.#syncWanted = false;
    const gap = this.#gap;
    if (gap !== undefined) {
      gap.isClosing = false;
      this.#closeLater(gap);
      return;
    }
    const opened: OpenGap = {
      cause,
      sinceMs: this.#clock.nowMs(),
      isClosing: false,
      isDue: false,
      attempts: 0,
      timer: undefined,
    };
    this.#gap = opened;
    this.#gaps++;
    this.#closeLater(opened);
    for (const listener of this.#gapListeners) listener(opened, false);
  }

  #closeLater(gap: OpenGap): void {
    const { min, max } = JOURNAL_GAP_RETRY_MS;
    gap.timer?.cancel();
    gap.timer = this.#clock.after(Math.min(max, min * 2 ** gap.attempts), () => this.#closeGap());
    gap.attempts++;
  }

  /** Tries to go on behind the gap, in a new segment. A failed try leaves at most one file, which the next removes. */
  #closeGap(): void {
    const gap = this.#gap;
    if (gap === undefined || gap.isClosing || this.#frozen !== undefined) return;
    // What the sync under way says still counts.
    gap.isDue = this.#syncing !== undefined;
    if (gap.isDue) return;
    if (this.#gapHost?.isStoring === true) {
      this.#closeLater(gap);
      return;
    }
    this.flush();
    const follows = this.#durable;
    this.#guard(() => {
      this.#disk.abandon();
      this.#shelf.cut(follows);
      this.#shelf.removeStale();
      gap.isClosing = true;
      this.#startSegment(this.nextSegment(), follows);
    });
    if (this.#isLosing) return;
    try {
      this.#gapHost?.images(this);
    } catch (error) {
      // A damaged page: no disk that comes back mends it.
      this.freeze(error);
      return;
    }
    this.flush();
    this.requestSync();
  }

  /** Takes no more records, for ever. Also for who finds that the databases cannot follow. */
  freeze(cause: unknown): void {
    if (this.#frozen !== undefined) return;
    this.#gap?.timer?.cancel();
    this.#gap = undefined;
    this.#frozenMs = this.#clock.nowMs();
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
