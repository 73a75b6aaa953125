/**
 * The segments of the journal that there are, and which of them may go: those that nobody needs any more and that
 * are not kept for a restore.
 *
 * A segment's age is that of its last record: how long ago the next one was made. Ages are known after a restart by
 * the time in segments' headers; while this runs, a clock that is set changes none.
 *
 * Invariants: the oldest goes first, so that what is left has no hole; the newest stays.
 */
import { JOURNAL_PURGE_BYTES_MAX } from '../base/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { SegmentPlace } from './journal-segment.ts';

export interface ShelfSettings {
  /** How long a segment that is not needed is kept … */
  readonly keepMs: number;
  /** … unless all together take more. */
  readonly keepBytes: number | undefined;
}

interface Shelved extends SegmentPlace {
  /** When it was made, on the clock that never jumps. */
  readonly madeMs: number;
}

export class JournalShelf {
  readonly #disk: JournalDisk;
  readonly #clock: Clock;
  readonly #segments: Shelved[];
  readonly #stale: number[];
  #floor: number;
  settings: ShelfSettings = { keepMs: 0, keepBytes: undefined };

  /** `stale`: numbers of segments that do not count: torn, or superseded. */
  constructor(
    disk: JournalDisk,
    clock: Clock,
    old: readonly SegmentPlace[],
    stale: readonly number[],
    floor: number,
  ) {
    this.#disk = disk;
    this.#clock = clock;
    const nowMs = clock.nowMs();
    const wallMs = clock.wallMs();
    this.#segments = old.map((place) => ({
      ...place,
      madeMs: nowMs - Math.max(0, wallMs - place.createdMs),
    }));
    this.#stale = [...stale];
    this.#floor = floor;
  }

  /** Ascending. */
  get segments(): readonly SegmentPlace[] {
    return this.#segments;
  }

  /** What lies before it no recovery needs. */
  get floor(): number {
    return this.#floor;
  }

  add(place: SegmentPlace): void {
    this.#segments.push({ ...place, madeMs: this.#clock.nowMs() });
  }

  /** What starts at a position or behind it counts no more: a gap begins there. */
  cut(position: number): void {
    while ((this.#segments.at(-1)?.start ?? -1) >= position) {
      const last = this.#segments.pop();
      if (last !== undefined) this.#stale.push(last.segment);
    }
    this.#stale.sort((a, b) => a - b);
  }

  /** Whether what was at a position is lost in a gap. */
  isLost(position: number): boolean {
    return this.#segments.some(({ follows, start }) => follows <= position && position < start);
  }

  /** Bytes of all, where the newest ends at `position`; what a gap left out is none. */
  bytes(position: number): number {
    let bytes = 0;
    for (const [index, { start }] of this.#segments.entries()) {
      bytes += Math.max(0, (this.#segments[index + 1]?.follows ?? position) - start);
    }
    return bytes;
  }

  /** Of the oldest: how long ago it was made. */
  get oldestAgeMs(): number {
    const oldest = this.#segments[0];
    return oldest === undefined ? 0 : Math.max(0, this.#clock.nowMs() - oldest.madeMs);
  }

  /**
   * Removes what nobody needs, from whose lowest position `needed` on everything stays; the newest segment ends at
   * `position`. Not more than a part at once, for removing takes time. Throws what the disk does; to be tried again.
   */
  purge(needed: number, position: number): void {
    this.#floor = Math.max(this.#floor, needed);
    this.removeStale();
    let bytes = this.bytes(position);
    let removed = 0;
    while (removed <= JOURNAL_PURGE_BYTES_MAX) {
      const [first, next] = this.#segments;
      // The segment that holds a position is known by its start lying strictly before (see readJournal).
      if (first === undefined || next === undefined || next.start >= needed) return;
      if (!this.#isOutdated(next, bytes)) return;
      this.#disk.remove(first.segment);
      this.#segments.shift();
      bytes -= next.follows - first.start;
      removed += next.follows - first.start;
    }
  }

  /** Removes what counts no more, the oldest first. */
  removeStale(): void {
    for (let next = this.#stale[0]; next !== undefined; next = this.#stale[0]) {
      this.#disk.remove(next);
      this.#stale.shift();
    }
  }

  /** Whether the segment before `next` is not to be kept any longer. */
  #isOutdated(next: Shelved, bytes: number): boolean {
    const { keepMs, keepBytes } = this.settings;
    if (keepBytes !== undefined && bytes > keepBytes) return true;
    return this.#clock.nowMs() - next.madeMs >= keepMs;
  }
}
