/** Time, as the cores see it. Virtual in the simulator; tests shrink the guide's timers through it. */

export interface Timer {
  /** Never fires after this returns; cancelling twice is harmless. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since an arbitrary start; never jumps, means nothing across restarts. */
  nowMs(): number;
  /** Milliseconds since 1970; may jump. For what people read, never for decisions. */
  wallMs(): number;
  /** Calls once after `delayMs`, never before the current turn ends. */
  after(delayMs: number, callback: () => void): Timer;
  /** Calls at the end of the current turn, before any other event is taken: how frames gather. */
  soon(callback: () => void): void;
}

/** Resolves in a later turn of the event loop: what arrived meanwhile has been taken. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(0, resolve));
}
