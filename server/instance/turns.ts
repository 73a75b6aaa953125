/** Work that takes several turns of the event loop, so that nobody else waits for the whole of it. */
import type { Clock } from '../ports/clock.ts';

/** Resolves in a later turn: what arrived meanwhile has been taken. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(0, resolve));
}
