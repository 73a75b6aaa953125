/**
 * The requests of one connection in order: waiting to be sent, then sent and kept until they are answered
 * and, for changes, durable. What is sent is bounded in bytes and number (rule R10); what waits is bounded
 * in number.
 *
 * Invariants: sequence numbers of sent requests ascend without gap; answers come in that order; whatever is
 * kept before the head has been answered and is durable.
 */
import { assert } from '../../base/assert.ts';
import { EcpError } from '../../base/errors.ts';
import { WINDOW_BYTES_MAX, WINDOW_REQUESTS_MAX } from '../../base/limits.ts';
import type { JobSink } from '../job-sink.ts';
import type { Pending } from './pending.ts';

/** A queue whose front is taken by moving an index: no shifting. */
class Line {
  items: Pending[] = [];
  head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  get first(): Pending | undefined {
    return this.items[this.head];
  }

  push(pending: Pending): void {
    this.items.push(pending);
  }

  shift(): void {
    this.head++;
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items.splice(0, this.head);
      this.head = 0;
    }
  }

  takeAll(): Pending[] {
    const all = this.items.slice(this.head);
    this.items = [];
    this.head = 0;
    return all;
  }
}

export class RequestWindow {
  readonly #waiting = new Line();
  readonly #sent = new Line();
  #sentBytes = 0;
  #nextSequence = 1;
  #durable = 0;
  /** Every sent request up to this number has been visited for its answer. */
  #answeredThrough = 0;

  get waitingCount(): number {
    return this.#waiting.length;
  }

  get sentCount(): number {
    return this.#sent.length;
  }

  /** Nothing waits and nothing is kept. */
  get isEmpty(): boolean {
    return this.#waiting.length + this.#sent.length === 0;
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** All requests up to this number are answered and durable. */
  get confirmed(): number {
    const first = this.#sent.first;
    return (first?.sequence ?? this.#nextSequence) - 1;
  }

  get answeredThrough(): number {
    return this.#answeredThrough;
  }

  get durable(): number {
    return this.#durable;
  }

  get nextSequence(): number {
    return this.#nextSequence;
  }

  /** Throws <RESOURCE> when too many wait already; what ends locks and transactions has as much room again (rule R10). */
  assertTakes(isRelease = false): void {
    if (this.#waiting.length >= (isRelease ? 2 : 1) * WINDOW_REQUESTS_MAX) {
      throw new EcpError(
        'RESOURCE',
        `more than ${WINDOW_REQUESTS_MAX} requests wait for the connection: await them`,
        {
          retry: 'same',
        },
      );
    }
  }

  /** Queues a request; throws as assertTakes. */
  push(pending: Pending, nowMs: number): void {
    this.assertTakes(pending.isRelease);
    pending.queuedAtMs = nowMs;
    this.#waiting.push(pending);
  }

  get firstWaiting(): Pending | undefined {
    return this.#waiting.first;
  }

  get hasRoom(): boolean {
    const next = this.#waiting.first;
    if (next === undefined) return false;
    if (this.#sent.length === 0) return true;
    return (
      this.#sentBytes + next.cost <= WINDOW_BYTES_MAX && this.#sent.length < WINDOW_REQUESTS_MAX
    );
  }

  /** Moves the first waiting request to the sent ones and gives it its number. */
  send(): Pending {
    const pending = this.#waiting.first;
    assert(pending !== undefined, 'a request waits');
    this.#waiting.shift();
    pending.sequence = this.#nextSequence++;
    this.#sent.push(pending);
    this.#sentBytes += pending.cost;
    return pending;
  }

  /** Drops the first waiting request: it could not be built. */
  skip(): void {
    this.#waiting.shift();
  }

  /** The sent request of that number, if it is still kept. */
  find(sequence: number): Pending | undefined {
    const first = this.#sent.first;
    return first === undefined
      ? undefined
      : this.#sent.items[this.#sent.head + sequence - first.sequence];
  }

  /** Visits the requests up to `sequence` that have no answer yet, in order, marking each answered. */
  answerThrough(sequence: number, visit: (pending: Pending) => void): void {
    this.#checkSent(sequence);
    while (this.#answeredThrough < sequence) {
      const pending = this.find(++this.#answeredThrough);
      if (pending === undefined || pending.answered) continue;
      // An answer that makes no sense leaves it unanswered: it is asked again on the next stream.
      visit(pending);
      pending.answered = true;
    }
    this.#trim();
  }

  /** Changes up to `sequence` are durable. */
  becomeDurable(sequence: number): void {
    this.#checkSent(sequence);
    if (sequence > this.#durable) this.#durable = sequence;
    this.#trim();
  }

  /** A data server can only answer what it was asked. */
  #checkSent(sequence: number): void {
    if (sequence < this.#nextSequence) return;
    throw new EcpError(
      'DAMAGED',
      `an answer to request ${sequence}; the last one sent is ${this.#nextSequence - 1}`,
    );
  }

  #trim(): void {
    for (let first = this.#sent.first; first !== undefined; first = this.#sent.first) {
      const isKept = first.isChange && !first.ended && first.sequence > this.#durable;
      if (!first.answered || isKept) return;
      this.#sentBytes -= first.cost;
      this.#sent.shift();
      first.onSettled?.(undefined);
    }
  }

  /** All requests that are kept, in order: sent, then waiting. */
  *kept(): IterableIterator<Pending> {
    for (const line of [this.#sent, this.#waiting]) yield* line.items.slice(line.head);
  }

  /** The last change that is not durable yet, if there is one. */
  lastChange(): Pending | undefined {
    for (const line of [this.#waiting, this.#sent]) {
      for (let i = line.items.length - 1; i >= line.head; i--) {
        const pending = line.items[i];
        if (pending?.isChange === true && !pending.ended) return pending;
      }
    }
    return undefined;
  }

  /**
   * What a resumed session is sent again, in order: what has no answer, and changes that the data server lost.
   * The answer that a lost change had is void: an $INCREMENT may come to another value this time.
   */
  replay(lastApplied: number): Pending[] {
    this.#answeredThrough = this.confirmed;
    const kept = this.#sent.items.slice(this.#sent.head);
    for (const pending of kept)
      if (pending.isChange && !pending.ended && pending.sequence > lastApplied)
        pending.answered = false;
    return kept.filter((pending) => !pending.answered);
  }

  /** Takes out the waiting requests that have waited since before `sinceMs`, and all later ones of their jobs. */
  takeExpired(sinceMs: number): Pending[] {
    const jobs = new Set<JobSink>();
    const expired: Pending[] = [];
    const kept: Pending[] = [];
    for (const pending of this.#waiting.takeAll()) {
      if (pending.queuedAtMs <= sinceMs || jobs.has(pending.job)) {
        jobs.add(pending.job);
        expired.push(pending);
      } else {
        kept.push(pending);
      }
    }
    for (const pending of kept) this.#waiting.push(pending);
    return expired;
  }

  /** Takes everything out: the session is over. Numbers begin anew with the next session. */
  takeAll(): { readonly sent: Pending[]; readonly waiting: Pending[] } {
    this.#sentBytes = 0;
    this.#nextSequence = 1;
    this.#durable = 0;
    this.#answeredThrough = 0;
    return { sent: this.#sent.takeAll(), waiting: this.#waiting.takeAll() };
  }
}
