/**
 * Frames of app servers that wait: until the disk has caught up (rule R10), or until a request of theirs is done that
 * takes several turns. Those of one channel keep their order; channels take turns.
 *
 * Bounded: a well-behaved app server has no more than its window under way, so a channel may have
 * WINDOW_BYTES_MAX waiting, and the frame that reaches that. What a channel that is gone left behind is not kept.
 */
import { WINDOW_BYTES_MAX } from '../../base/limits.ts';
import type { Channel } from '../../ports/transport.ts';
import type { Session } from './session.ts';

export interface WaitingFrame {
  readonly session: Session;
  readonly channel: Channel;
  readonly frame: Uint8Array;
}

interface Queue {
  readonly session: Session;
  readonly frames: Uint8Array[];
  bytes: number;
}

export class Inbox {
  /** None is empty; whose turn it is comes first. */
  readonly #queues = new Map<Channel, Queue>();
  readonly #bytesMax: number;

  constructor(bytesMax = WINDOW_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** Whether frames of this channel wait: later ones must not overtake them. */
  has(channel: Channel): boolean {
    return this.#queues.has(channel);
  }

  /** Keeps a frame; false, and the frame is not kept, where its channel has a window waiting already. */
  put({ session, channel, frame }: WaitingFrame): boolean {
    let queue = this.#queues.get(channel);
    if (queue === undefined) {
      queue = { session, frames: [], bytes: 0 };
      this.#queues.set(channel, queue);
    }
    if (queue.bytes >= this.#bytesMax) return false;
    queue.bytes += frame.length;
    queue.frames.push(frame);
    return true;
  }

  /** The frame that is next of the channels whose sessions are ready. */
  take(isReady: (session: Session) => boolean): WaitingFrame | undefined {
    for (const [channel, queue] of this.#queues) {
      if (!isReady(queue.session)) continue;
      const frame = queue.frames.shift();
      this.#queues.delete(channel);
      if (frame === undefined) continue;
      queue.bytes -= frame.length;
      if (queue.frames.length > 0) this.#queues.set(channel, queue);
      return { session: queue.session, channel, frame };
    }
    return undefined;
  }

  /** The channel is gone: what it left behind is handled by nobody. */
  forget(channel: Channel): void {
    this.#queues.delete(channel);
  }
}
