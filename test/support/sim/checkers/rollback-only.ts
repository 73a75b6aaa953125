/**
 * Rollback only (A.1.7): when a data server has rolled back an app server's transaction by nobody's request, no later
 * change of it is applied there; from when its app server hears that, the job's requests to that data server that need the
 * network fail until it rolls back; and TCOMMIT fails, and nothing of the transaction stays at any data server.
 *
 * Counted: calls of such jobs after their app server has heard.
 */
import type { EventOf, Operation, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import type { Call, Model } from './model.ts';
import type { Part, Txn } from './transaction-model.ts';

interface Failure {
  readonly txn: Txn;
  readonly ds: string;
  readonly app: string;
  /** When its app server heard of it. */
  heardAt: number | undefined;
}

/** What needs no network, or what the guide excepts. */
const FREE = new Set<Operation>([
  'unlock',
  'get',
  'scan',
  'trollback',
  'halt',
  'tstart',
  'tcommit',
]);

export class RollbackOnlyChecker extends Checker {
  override readonly name = 'A.1.7 rollback only';
  readonly #failures: Failure[] = [];
  /** Reads that had to fetch a block. */
  readonly #waited = new Set<Call>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'transaction':
        if (event.step === 'rolledBack' && event.level === 0 && event.asked === false)
          this.#failed(model.transactions.part(event.ds, event.tx), model);
        else if (event.step === 'commit') this.#committed(event, model);
        return;
      case 'failed':
        for (const failure of this.#failures)
          if (failure.txn.p === event.p && failure.ds === event.ds) failure.heardAt ??= event.i;
        return;
      case 'lost':
        for (const failure of this.#failures)
          if (failure.app === event.app && failure.ds === event.ds) failure.heardAt ??= event.i;
        return;
      case 'applied':
        return this.#applied(event, model);
      case 'eval':
        if (event.waited) this.#waited.add(model.call(event));
        return;
      case 'ok':
      case 'err':
      case 'info':
        return this.#returned(event, model);
      default:
    }
  }

  #failed(part: Part | undefined, model: Model): void {
    if (part?.p === undefined) return;
    const app = model.appOf(part.p);
    if (app.startsWith(`${part.ds}#`) || model.dead.has(app)) return;
    for (const txn of model.transactions.all.values())
      if (txn.parts.includes(part))
        this.#failures.push({ txn, ds: part.ds, app, heardAt: undefined });
  }

  #of({ p, txn }: Call): readonly Failure[] {
    return this.#failures.filter((failure) => failure.txn.p === p && failure.txn.number === txn);
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    const call = event.undoes === undefined ? model.callOf(event) : undefined;
    if (call?.txn === undefined || call.op === 'incr') return;
    if (this.#of(call).some(({ ds }) => ds === event.ds))
      this.violated(
        event,
        `${event.ds} applied ${call.name} after it had rolled back its transaction`,
      );
  }

  #returned(event: EventOf<'ok' | 'err' | 'info'> & Recorded, model: Model): void {
    const call = model.call(event);
    for (const failure of this.#of(call)) {
      const { heardAt, ds } = failure;
      if (heardAt === undefined || call.invokedAt < heardAt) continue;
      if (call.op === 'tcommit' || call.ds === ds) this.occurrences++;
      if (event.k !== 'ok' || call.v === 'inner') continue;
      if (call.op === 'tcommit')
        this.violated(
          event,
          `${call.name} (TCOMMIT) succeeded, and ${ds} had rolled back its transaction`,
        );
      else if (call.ds === ds && (!FREE.has(call.op) || this.#waited.has(call)))
        this.violated(
          event,
          `${call.name} (${call.op}) at ${ds} succeeded, which had rolled back its job's transaction`,
        );
    }
  }

  /** Elsewhere. */
  #committed(event: EventOf<'transaction'> & Recorded, model: Model): void {
    const part = model.transactions.part(event.ds, event.tx);
    for (const { txn, ds, heardAt } of this.#failures) {
      if (part === undefined || !txn.parts.includes(part) || txn.commit === undefined) continue;
      if (heardAt !== undefined && heardAt < txn.commit.at)
        this.violated(event, `${event.ds} committed what ${ds} had rolled back, known to its job`);
    }
  }
}
