/**
 * Sync (A.1.11): what a job changed before its Sync, which has returned, everybody sees who calls Sync after that. Jobs
 * of the data server itself need none: what they change counts at once.
 *
 * Counted: reads after a Sync of a node that somebody else changed before his.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { describeContradiction, Knowledge, raise } from './knowledge.ts';
import { isChange, isLocal, type Model, writerOf } from './model.ts';

interface Synced {
  readonly at: number;
  readonly writer: string;
  readonly index: number;
}

export class SyncChecker extends Checker {
  override readonly name = 'A.1.11 Sync';
  readonly #knowledge = new Knowledge();
  readonly #synced = new Map<string, Synced[]>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'ok':
        return this.#returned(event, model);
      case 'recovered':
        this.#knowledge.forget(event.ds);
        this.#synced.delete(event.ds);
        return;
      case 'eval': {
        const found = this.#knowledge.contradiction(event, model, () => this.occurrences++);
        if (found !== undefined) {
          const why = 'both have called Sync in between';
          this.violated(event, describeContradiction(model.call(event), found, why));
        }
        return;
      }
      default:
    }
  }

  #returned(event: EventOf<'ok'> & Recorded, model: Model): void {
    const call = model.call(event);
    const synced = this.#synced.get(call.ds) ?? [];
    this.#synced.set(call.ds, synced);
    const own = { at: event.i, writer: writerOf(call), index: call.invokedAt };
    if (isLocal(call) && isChange(call.op)) synced.push(own);
    if (call.op !== 'sync' || isLocal(call)) return;
    const clock = this.#knowledge.of(call.ds, call.p);
    for (const { at, writer, index } of synced)
      if (at < call.invokedAt && writer !== own.writer) raise(clock, writer, index);
    synced.push(own);
  }
}
