/**
 * How long to wait before a data server is dialled again: the interval between reconnections. A refusal that
 * may be over in a moment is asked again sooner while requests wait, because a new pod's first dial can precede
 * the word of its address (rule K4): after 250 ms, then twice that, up to the interval.
 */
import type { Refusal } from '../wire/handshake.ts';

export const FIRST_PAUSE_MS = 250;

export class DialPause {
  #nextMs = FIRST_PAUSE_MS;

  /** The next refusal is a first one. */
  reset(): void {
    this.#nextMs = FIRST_PAUSE_MS;
  }

  /** Milliseconds until the next dial after a refusal. */
  afterRefusal(refusal: Refusal, isAwaited: boolean, intervalMs: number): number {
    if (!isAwaited || !isMomentary(refusal)) return intervalMs;
    const pauseMs = Math.min(this.#nextMs, intervalMs);
    this.#nextMs = pauseMs * 2;
    return pauseMs;
  }
}

/** Whether asking again at once can help: allow-lists, limits and switches change; a broken protocol stays so. */
export function isMomentary({ reason, retryable }: Refusal): boolean {
  return retryable && reason !== 'PROTOCOL';
}
