/**
 * Every job of an app server sees the changes that jobs of this app server made before, from the call on
 * (A.1.1; `%SYSTEM.ECP`): a read shows the last own change of the node, or a state that includes it.
 *
 * Counted: nodes read whose last own change was not acknowledged yet.
 */
import type { Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import type { Model } from './model.ts';

export class ReadYourWritesChecker extends Checker {
  override readonly name = 'read-your-writes';

  override take(event: Recorded, model: Model): void {
    if (event.k !== 'eval') return;
    const call = model.call(event);
    for (const [key, held] of event.seen) {
      const own = model.ownChanges(call.app, call.ds, key).filter((change) => !change.void);
      const last = own.findLast((change) => change.invokedAt < call.invokedAt);
      if (last === undefined) continue;
      if (!last.acked) this.occurrences++;
      if (model.places(call, key, held, 0).length > 0) continue;
      this.violated(
        event,
        `${call.name} on ${call.app} read ${key}=${String(held)} from ${call.ds} after ${last.name} ` +
          `(${last.op} ${last.v ?? ''}) on the same app server`,
      );
    }
  }
}
