/**
 * Frames of app servers that wait until the disk has caught up (rule R10), in the order in which they came.
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

export class Inbox {
  #waiting: WaitingFrame[] = [];
  readonly #bytes = new Map<Channel, number>();
  readonly #bytesMax: number;

  constructor(bytesMax = WINDOW_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Keeps a frame; false, and the frame is not kept, where its channel has a window waiting already. */
  put(entry: WaitingFrame): boolean {
    const bytes = this.#bytes.get(entry.channel) ?? 0;
    if (bytes >= this.#bytesMax) return false;
    this.#bytes.set(entry.channel, bytes + entry.frame.length);
    this.#waiting.push(entry);
    return true;
  }

  /** The frame that has waited longest. */
  take(): WaitingFrame | undefined {
    const entry = this.#waiting.shift();
    if (entry === undefined) return undefined;
    this.#bytes.set(entry.channel, (this.#bytes.get(entry.channel) ?? 0) - entry.frame.length);
    return entry;
  }

  /** The channel is gone: what it left behind is handled by nobody. */
  forget(channel: Channel): void {
    if (!this.#bytes.delete(channel)) return;
    this.#waiting = this.#waiting.filter((entry) => entry.channel !== channel);
  }

  clear(): void {
    this.#waiting = [];
    this.#bytes.clear();
  }
}
