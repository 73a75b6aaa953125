/**
 * One app server's session at the data server: its state (session-state.ts), its place in the order of
 * requests, its outgoing queue, and what must survive for exactly-once replay.
 *
 * Invariants: `lastApplied` ≤ `lastReceived`; requests are taken in ascending order of their numbers; nothing
 * is sent that is not in the outgoing queue; a slot belongs to one session.
 */
import { ByteWriter } from '../../base/bytes.ts';
import { FRAME_BYTES_MAX, VALUE_BYTES_MAX } from '../../base/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Channel } from '../../ports/transport.ts';
import { encodeChannelMessage, type Goodbye, type Refusal } from '../wire/handshake.ts';
import type { Origin } from '../../storage/engine.ts';
import type { KeptResult, Session as Remembered } from '../../storage/session-table.ts';
import type { Reply } from '../wire/frame.ts';
import { OutgoingQueue } from './outgoing-queue.ts';
import { Deadline } from '../deadline.ts';
import { StateMachine } from '../state-machine.ts';
import { DATA_SIDE, type DataSideEvent, type DataSideState } from './session-state.ts';

/** A place in the journal that, once durable, makes all changes up to `sequence` durable. */
interface DurabilityMark {
  sequence: number;
  readonly position: number;
}

export interface SessionIdentity {
  readonly slot: number;
  /** What the journal remembers of it; its object is the engine's and stays current. */
  readonly record: Readonly<Remembered>;
}

export interface SessionObserver {
  /** Its state has changed. */
  transition(session: Session): void;
  /** How long it may stay as it is, before it is given up. */
  patienceMs(session: Session): number;
  /** It stayed too long. */
  expired(session: Session): void;
}

export class Session {
  readonly identity: SessionIdentity;
  readonly outgoing = new OutgoingQueue();
  lastReceived = 0;
  /** Pieces of a long value that is being received, and their sum. */
  parts: Uint8Array[] = [];
  partsBytes = 0;
  #within: number | undefined;
  /** The long value whose chunks are being asked for. */
  lastLong:
    { readonly database: number; readonly id: number; readonly value: Uint8Array } | undefined;
  /** A request of its channel takes several turns: what came after it waits. */
  isBusy = false;
  /** The list entry that admitted it, and from where it connected. */
  entry = '';
  address = '';
  sinceMs: number;
  lastHeardMs: number;
  /** Gives the session up when it passes: runs in Trouble, Recovering and Restart. */
  readonly giveUp: Deadline;

  readonly #clock: Clock;
  readonly #log: Log;
  readonly #observer: SessionObserver;
  readonly #marks: DurabilityMark[] = [];
  readonly #writer = new ByteWriter(FRAME_BYTES_MAX);
  readonly #machine: StateMachine<DataSideState, DataSideEvent>;
  #channel: Channel | undefined;
  #welcomed = false;
  #writable = true;
  #pumping = false;

  constructor(
    identity: SessionIdentity,
    initial: DataSideState,
    ports: { readonly clock: Clock; readonly log: Log },
    observer: SessionObserver,
  ) {
    this.identity = identity;
    this.#machine = new StateMachine(DATA_SIDE, initial);
    this.#clock = ports.clock;
    this.#log = ports.log.child({
      appServer: identity.record.name,
      session: identity.record.number,
    });
    this.#observer = observer;
    this.giveUp = new Deadline(
      ports.clock,
      () => observer.patienceMs(this),
      () => observer.expired(this),
    );
    this.sinceMs = ports.clock.nowMs();
    this.lastHeardMs = this.sinceMs;
  }

  get name(): string {
    return this.identity.record.name;
  }

  /** The number of the last change that was taken. */
  get lastApplied(): number {
    return this.identity.record.lastApplied;
  }

  /** The answer of a change that was not plain success, kept until the app server confirms it (rule R6). */
  keptResult(sequence: number): KeptResult | undefined {
    return this.identity.record.results.get(sequence);
  }

  /** What the journal writes beside a change of this session (rule R9). */
  origin(sequence: number): Origin {
    const { number, epoch } = this.identity.record;
    return { session: number, epoch, sequence };
  }

  get state(): DataSideState {
    return this.#machine.state;
  }

  get channel(): Channel | undefined {
    return this.#channel;
  }

  /** Whether the event changed the state. */
  transition(event: DataSideEvent): boolean {
    const from = this.state;
    if (!this.#machine.take(event)) return false;
    this.sinceMs = this.#clock.nowMs();
    this.#log.info('session state', { from, to: this.state, event });
    this.#observer.transition(this);
    return true;
  }

  attach(channel: Channel): void {
    this.#channel = channel;
    this.isBusy = false;
    this.#welcomed = false;
    this.#writable = true;
    this.lastHeardMs = this.#clock.nowMs();
    this.outgoing.clear();
    this.parts = [];
    this.partsBytes = 0;
    this.#within = undefined;
    this.lastLong = undefined;
  }

  /** A piece of a long value. Says what is wrong with it. */
  addPart(bytes: Uint8Array, countMax: number): string | undefined {
    this.partsBytes += bytes.length;
    if (this.partsBytes > VALUE_BYTES_MAX || this.parts.length === countMax)
      return `a long value above ${VALUE_BYTES_MAX} bytes`;
    this.parts.push(bytes);
    return undefined;
  }

  /** The next numbered request is part of the transaction of this job. */
  setWithin(job: number): void {
    this.#within = job;
  }

  takeWithin(): number | undefined {
    const job = this.#within;
    this.#within = undefined;
    return job;
  }

  /** The channel is gone, or no longer this session's. */
  detach(): void {
    this.#channel = undefined;
    this.outgoing.clear();
    this.lastLong = undefined;
  }

  /** Sends the welcome: nothing goes out before it, not even a heartbeat. */
  welcome(message: Uint8Array): void {
    this.#channel?.send(message);
    this.#welcomed = true;
  }

  queue(reply: Reply): void {
    if (this.#channel === undefined || !this.#welcomed) return;
    this.outgoing.push(reply);
    this.#pumpSoon();
  }

  drained(): void {
    this.#writable = true;
    this.#pump();
  }

  #pumpSoon(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#clock.soon(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#writable && this.#channel !== undefined) {
      this.#writer.clear();
      if (!this.outgoing.writeFrame(this.#writer)) return;
      this.#writable = this.#channel.send(
        encodeChannelMessage({ kind: 'frame', frame: this.#writer.view() }),
      );
    }
  }

  /** Says a last word, after all that is queued, and ends the channel. */
  dismiss(word: { readonly refused: Refusal } | { readonly goodbye: Goodbye }): void {
    const channel = this.#channel;
    if (channel === undefined) return;
    this.#writable = true;
    this.#pump();
    channel.send(
      encodeChannelMessage(
        'refused' in word ? { kind: 'refused', ...word } : { kind: 'goodbye', ...word },
      ),
    );
    this.detach();
    channel.close();
  }

  /** Notes that changes up to `sequence` are durable once the journal is up to `position`. */
  markDurability(sequence: number, position: number): void {
    const last = this.#marks[this.#marks.length - 1];
    if (last !== undefined && position <= last.position) last.sequence = sequence;
    else this.#marks.push({ sequence, position });
  }

  /** The journal is durable up to `position`: tells the app server how far its changes are. */
  becomeDurable(position: number): void {
    let sequence = 0;
    let count = 0;
    for (const mark of this.#marks) {
      if (mark.position > position) break;
      sequence = mark.sequence;
      count++;
    }
    if (count === 0) return;
    this.#marks.splice(0, count);
    this.queue({ kind: 'durable', sequence });
  }
}
