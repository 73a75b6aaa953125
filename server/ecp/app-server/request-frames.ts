/**
 * The frames that one connection sends: requests gather during a turn and leave together at its end, or as soon
 * as a frame is full (architecture §4).
 */
import { ByteWriter } from '../../base/bytes.ts';
import { FRAME_BYTES_MAX, FRAME_BYTES_TARGET } from '../../base/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import { beginRequestFrame, writeRequest, type Request } from '../wire/frame.ts';
import { encodeChannelMessage } from '../wire/handshake.ts';

/** What a frame's head says besides. */
export interface FrameHead {
  /** All requests up to this number are answered and durable. */
  confirmed(): number;
}

export class RequestFrames {
  readonly #writer = new ByteWriter(FRAME_BYTES_MAX);
  readonly #clock: Clock;
  readonly #head: FrameHead;
  readonly #send: (message: Uint8Array) => void;
  #scheduled = false;

  constructor(clock: Clock, head: FrameHead, send: (message: Uint8Array) => void) {
    this.#clock = clock;
    this.#head = head;
    this.#send = send;
  }

  /** Adds a request; `sequence` is its number, or that of the next one for those without. */
  add(request: Request, sequence: number, replay = false): void {
    const writer = this.#writer;
    if (writer.length === 0) {
      beginRequestFrame(writer, {
        replay,
        firstSequence: sequence,
        confirmed: this.#head.confirmed(),
      });
    }
    writeRequest(writer, request);
    if (writer.length >= FRAME_BYTES_TARGET) this.flush();
  }

  /** Calls at the end of this turn, once however often it was asked for. */
  atTurnEnd(callback: () => void): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.soon(() => {
      this.#scheduled = false;
      callback();
    });
  }

  /** Sends what has gathered. */
  flush(): void {
    if (this.#writer.length === 0) return;
    const message = encodeChannelMessage({ kind: 'frame', frame: this.#writer.view() });
    this.#writer.clear();
    this.#send(message);
  }

  /** Forgets what has gathered: its channel is gone. */
  clear(): void {
    this.#writer.clear();
  }
}
