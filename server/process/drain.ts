/**
 * An orderly stop with an end (rule K11): steps one after another, each with a time of its own counted from the
 * beginning of the drain. A step that is not done by then is left behind, which the log says, and the next begins.
 */
import { messageOf } from '../base/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

export interface DrainStep {
  /** What is cut short, as the log says it. */
  readonly name: string;
  /** Its end as a part of the whole time, 0 to 1, ascending from step to step. */
  readonly until: number;
  readonly run: () => Promise<unknown>;
}

/** Runs the steps; false if one was cut short or failed. Never rejects. */
export async function drain(
  steps: readonly DrainStep[],
  limitMs: number,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<boolean> {
  const startMs = clock.nowMs();
  let isWhole = true;
  for (const { name, until, run } of steps) {
    const leftMs = Math.max(0, startMs + until * limitMs - clock.nowMs());
    const outcome = await within(run, leftMs, clock);
    if (outcome === 'done') continue;
    isWhole = false;
    const afterMs = Math.round(clock.nowMs() - startMs);
    log.warn('drain cut short', { step: name, afterMs, problem: outcome.problem });
  }
  return isWhole;
}

type Outcome = 'done' | { readonly problem: string };

function within(run: () => Promise<unknown>, limitMs: number, clock: Clock): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = clock.after(limitMs, () => resolve({ problem: 'took too long' }));
    const end = (outcome: Outcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    run().then(
      () => end('done'),
      (error: unknown) => end({ problem: messageOf(error) }),
    );
  });
}
