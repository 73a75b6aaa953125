/** How the admin API's long calls tell of their progress. */
import type { Clock } from '../../ports/clock.ts';

/** Sends a message to the caller; tells whether the caller keeps up. */
export type Send = (message: Uint8Array) => boolean;

/** Progress is told at most so often. */
const REPORT_MS_MIN = 200;

/** Tells of progress, each time or not: a message that is not sent is not made either. */
export function progressReporter(clock: Clock, send: Send): (message: () => Uint8Array) => void {
  let toldMs = -Infinity;
  let isBehind = false;
  return (message) => {
    // Who does not read is told of the end only.
    if (isBehind || clock.nowMs() - toldMs < REPORT_MS_MIN) return;
    toldMs = clock.nowMs();
    isBehind = !send(message());
  };
}
