/**
 * Every request ends: answered or with an error, once the faults have ended; and nothing in the program threw or
 * logged an error.
 *
 * Counted: operations of jobs whose app server lived.
 */
import type { Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import type { Model } from './model.ts';

export class LivenessChecker extends Checker {
  override readonly name = 'liveness';

  override take(event: Recorded, model: Model): void {
    if (event.k === 'fault') this.violated(event, `${event.node}: ${event.what}`);
    if (event.k !== 'end') return;
    for (const what of event.stuck) this.violated(event, what);
    for (const call of model.calls.values()) {
      if (call.ended !== undefined) this.occurrences++;
      else if (!model.dead.has(call.app))
        this.violated(event, `${call.name} (${call.op} ${call.key}) on ${call.app} never ended`);
    }
  }
}
