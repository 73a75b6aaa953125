/**
 * $SEQUENCE: numbers that are given once, and each job sees ascending. This instance takes a range of them at once, by
 * one $INCREMENT of the node, and gives them out to its jobs without asking again (guide §4.3.8).
 *
 * Invariant: a value is given out only after the $INCREMENT that took it is durable, and by the one instance whose
 * $INCREMENT it was. So none is given twice, whoever crashes: what a crash leaves in a range is skipped. A node whose
 * value is seen to be below the range was set back: what is left of the range is not given out.
 */
import { successor, textOf, utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { KeyMap } from '../base/key-map.ts';
import { SEQUENCE_RANGE_MAX, SEQUENCE_RANGE_TARGET_MS, SEQUENCES_MAX } from '../base/limits.ts';
import type { MaybePromise } from '../base/maybe-promise.ts';
import { MISS } from '../globals/navigation.ts';
import { formatKey } from '../globals/reference.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counter, Metrics } from '../ports/metrics.ts';
import type { Read, ReadSpan } from './database-access.ts';
import type { JobSink } from './job-sink.ts';

/** What it asks of the database that the nodes are in. */
export interface SequenceSource {
  /** The node's value where it is known here, changes under way included. */
  known(key: Uint8Array): Uint8Array | undefined | typeof MISS;
  read<T>(job: JobSink, read: Read<T>, span: () => ReadSpan): MaybePromise<T>;
  increment(job: JobSink, key: Uint8Array, by: Uint8Array): MaybePromise<Uint8Array>;
}

export interface SequenceCounters {
  readonly ranges: Counter;
  readonly values: Counter;
}

export function sequenceCounters(metrics: Metrics): SequenceCounters {
  return {
    ranges: metrics.counter(
      'ecp_sequence_ranges_total',
      'Ranges of values that this instance took for $SEQUENCE, each by one durable $INCREMENT',
    ),
    values: metrics.counter(
      'ecp_sequence_values_total',
      'Values of $SEQUENCE that this instance gave out',
    ),
  };
}

interface Waiter {
  readonly resolve: (value: number) => void;
  readonly reject: (error: unknown) => void;
}

/** One node's range: `next` to `last` are left of it, none where `next` is above `last`. */
interface Sequence {
  readonly key: Uint8Array;
  next: number;
  last: number;
  /** How many values were taken last, and when; 0 before the first time. */
  size: number;
  takenMs: number;
  /** In the order of their calls, while a range is being taken for them. */
  waiting: Waiter[];
}

/** Ranges are taken for all jobs: no transaction of one keeps it from the others. */
const FOR_ALL: JobSink = { delayError: () => undefined };

/** A longer text is no integer that counts: a minus and 16 digits. */
const INTEGER_LENGTH_MAX = 17;

export class SequenceRanges {
  readonly #source: SequenceSource;
  readonly #clock: Clock;
  readonly #counters: SequenceCounters;
  readonly #sequences = new KeyMap<Sequence>();

  constructor(source: SequenceSource, clock: Clock, counters: SequenceCounters) {
    this.#source = source;
    this.#clock = clock;
    this.#counters = counters;
  }

  /** The next value of the range at hand; undefined where there is none. */
  atHand(key: Uint8Array): number | undefined {
    const sequence = this.#sequences.get(key);
    if (sequence === undefined || sequence.next > sequence.last) return undefined;
    const value = this.#source.known(key);
    if (value !== MISS && !(integerIn(value) >= sequence.last)) {
      sequence.next = sequence.last + 1;
      return undefined;
    }
    this.#counters.values.inc();
    return sequence.next++;
  }

  /**
   * The next value of a range that is taken for it, and for all who ask meanwhile. EcpError SYNTAX where the node's value
   * is no integer, MAXNUMBER where no safe integer is left above it, RESOURCE where too many sequences are in use;
   * else as $INCREMENT.
   */
  taken(key: Uint8Array): Promise<number> {
    const sequence = this.#sequenceOf(key);
    return new Promise<number>((resolve, reject) => {
      sequence.waiting.push({ resolve, reject });
      if (sequence.waiting.length === 1) void this.#serve(sequence);
    });
  }

  /** What is left of all ranges is not given out. */
  forget(): void {
    const idle: Uint8Array[] = [];
    for (const [key, { waiting }] of this.#sequences.entries())
      if (waiting.length === 0) idle.push(key);
    for (const key of idle) this.#sequences.delete(key);
  }

  #sequenceOf(key: Uint8Array): Sequence {
    const known = this.#sequences.get(key);
    if (known !== undefined) return known;
    if (this.#sequences.size >= SEQUENCES_MAX) this.forget();
    if (this.#sequences.size >= SEQUENCES_MAX) {
      throw new EcpError('RESOURCE', `ranges of more than ${SEQUENCES_MAX} sequences under way`, {
        retry: 'same',
      });
    }
    const sequence: Sequence = { key, next: 1, last: 0, size: 0, takenMs: 0, waiting: [] };
    this.#sequences.set(key, sequence);
    return sequence;
  }

  /** Takes ranges until nobody waits. */
  async #serve(sequence: Sequence): Promise<void> {
    try {
      while (sequence.waiting.length > 0) {
        await this.#take(sequence);
        const count = sequence.last - sequence.next + 1;
        for (const { resolve } of sequence.waiting.splice(0, count)) {
          this.#counters.values.inc();
          resolve(sequence.next++);
        }
      }
    } catch (error) {
      for (const { reject } of sequence.waiting.splice(0)) reject(error);
    }
  }

  async #take(sequence: Sequence): Promise<void> {
    const { key } = sequence;
    // Looked at before: an $INCREMENT would make a number of whatever is there.
    const before = await this.#source.read(
      FOR_ALL,
      (reader) => {
        const value = reader.get(key);
        return value === MISS ? MISS : { value: value?.slice() };
      },
      () => ({ from: key, to: successor(key), reverse: false, limit: 1 }),
    );
    const size = Math.min(
      this.#sizeOf(sequence),
      Number.MAX_SAFE_INTEGER - integerAt(key, before.value),
    );
    if (size <= 0) throw tooLarge(key);
    const last = integerAt(key, await this.#source.increment(FOR_ALL, key, utf8(String(size))));
    this.#counters.ranges.inc();
    sequence.size = size;
    sequence.takenMs = this.#clock.nowMs();
    sequence.last = last;
    sequence.next = last - size + 1;
  }

  /** What lasts for about a second as values go, but at most twice as much as last time: a rare number leaves no gap. */
  #sizeOf({ size, takenMs, waiting }: Sequence): number {
    const elapsedMs = Math.max(1, this.#clock.nowMs() - takenMs);
    const lasting = Math.ceil((size * SEQUENCE_RANGE_TARGET_MS) / elapsedMs);
    const wanted = Math.max(1, waiting.length, Math.min(2 * size, lasting));
    return Math.min(SEQUENCE_RANGE_MAX, wanted);
  }
}

/** 0 for an undefined value; NaN for one that is no safe integer as M writes it. */
function integerIn(value: Uint8Array | undefined): number {
  if (value === undefined) return 0;
  if (value.length > INTEGER_LENGTH_MAX) return NaN;
  const text = textOf(value);
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : NaN;
}

function integerAt(key: Uint8Array, value: Uint8Array | undefined): number {
  const number = integerIn(value);
  if (!Number.isNaN(number)) return number;
  if (value !== undefined && isIntegerText(value)) throw tooLarge(key);
  const reference = formatKey(key);
  throw new EcpError('SYNTAX', `$SEQUENCE: the value of ${reference} is no integer`, { reference });
}

/** Digits, perhaps behind a minus, and too many of them. */
function isIntegerText(value: Uint8Array): boolean {
  return value.length <= VALUE_LENGTH_LOOKED_AT && /^-?[1-9][0-9]+$/.test(textOf(value));
}

/** The largest number that M writes in digits has 47. */
const VALUE_LENGTH_LOOKED_AT = 48;

function tooLarge(key: Uint8Array): EcpError {
  const reference = formatKey(key);
  const message = `$SEQUENCE: ${reference} has reached what it counts to, ${Number.MAX_SAFE_INTEGER}`;
  return new EcpError('MAXNUMBER', message, { reference });
}
