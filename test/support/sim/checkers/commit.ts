/**
 * Commit (A.1.5): at each data server all of a transaction stays, or none. A TCOMMIT that waited for the disk and returned
 * without an error has committed all of it at all of them, and no crash undoes that. One that did not wait may become a
 * rollback: its job is told (A.2.11). One that failed may have committed at some of several servers.
 *
 * Counted: parts of transactions that were committed.
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import { type Call, isChange, isLocal, type Model } from './model.ts';
import type { Part, Txn } from './transaction-model.ts';

export class CommitChecker extends Checker {
  override readonly name = 'A.1.5 commit';
  /** What transactions changed, by job and number. */
  readonly #changes = new Map<string, Call[]>();
  /** Parts whose commit a job knows to be durable. */
  readonly #durable = new Set<{ readonly part: Part; readonly name: string }>();
  /** When jobs were told last. */
  readonly #told = new Map<string, number>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'inv': {
        const call = model.call(event);
        if (call.txn === undefined || !isChange(call.op) || call.op === 'incr') return;
        const changes = this.#changes.get(`${call.p} ${call.txn}`);
        if (changes === undefined) this.#changes.set(`${call.p} ${call.txn}`, [call]);
        else changes.push(call);
        return;
      }
      case 'applied':
        return this.#applied(event, model);
      case 'transaction':
        if (event.step === 'commit') this.#committed(event, model);
        return;
      case 'told':
        this.#told.set(event.p, event.i);
        return;
      case 'ok':
      case 'err':
      case 'info': {
        const call = model.call(event);
        if (event.k !== 'ok') this.#told.set(call.p, event.i);
        else if (call.op === 'tcommit' && call.v === 'synchronous')
          this.#returned(event, call, model);
        return;
      }
      case 'recovered':
        return this.#recovered(event);
      case 'end':
        for (const txn of model.transactions.all.values()) this.#quiescent(event, txn, model);
        return;
      default:
    }
  }

  #applied(event: EventOf<'applied'> & Recorded, model: Model): void {
    const call = event.undoes === undefined ? model.callOf(event) : undefined;
    if (call?.txn === undefined || call.op === 'incr' || event.tx !== undefined) return;
    this.violated(event, `${call.name} is part of a transaction, and was applied outside of it`);
  }

  #txnOf(part: Part | undefined, model: Model): Txn | undefined {
    if (part === undefined) return undefined;
    return [...model.transactions.all.values()].findLast(({ parts }) => parts.includes(part));
  }

  /** All of it was made in this part. */
  #committed(event: EventOf<'transaction'> & Recorded, model: Model): void {
    const { ds, tx } = event;
    const txn = this.#txnOf(model.transactions.part(ds, tx), model);
    if (txn === undefined) return;
    this.occurrences++;
    for (const call of this.#changes.get(`${txn.p} ${txn.number}`) ?? []) {
      if (call.ds !== ds || call.void || call.applied?.tx === tx) continue;
      this.violated(event, `${ds} committed transaction ${tx} without ${call.name}`);
    }
  }

  #returned(event: EventOf<'ok'> & Recorded, { p, txn: number, name }: Call, model: Model): void {
    const txn = model.transactions.all.get(`${p} ${number ?? 0}`);
    if (txn === undefined) return;
    for (const call of this.#changes.get(`${p} ${txn.number}`) ?? []) {
      const part = txn.parts.find(({ ds }) => ds === call.ds);
      if (call.void || part?.end?.step === 'commit') continue;
      this.violated(event, `${name} returned, and ${call.name} is not committed at ${call.ds}`);
    }
    for (const part of txn.parts) this.#durable.add({ part, name });
  }

  #recovered(event: EventOf<'recovered'> & Recorded): void {
    for (const known of this.#durable) {
      const { part, name } = known;
      if (part.ds !== event.ds) continue;
      // The model has taken back what lies behind the recovered position.
      if (part.end?.step !== 'commit')
        this.violated(event, `${event.ds} lost the commit that ${name} was told to be durable`);
      this.#durable.delete(known);
    }
  }

  /** When all is over: what the job was told is so. */
  #quiescent(event: Recorded, txn: Txn, model: Model): void {
    const { commit, p, parts } = txn;
    if (commit === undefined) return;
    const committed = parts.filter(({ end }) => end?.step === 'commit');
    const changes = (this.#changes.get(`${p} ${txn.number}`) ?? []).filter((call) => !call.void);
    const missing = changes.find(
      (call) => committed.every(({ ds }) => ds !== call.ds) || call.applied === undefined,
    );
    if (missing === undefined) return;
    if (committed.length > 0 && commit.outcome !== 'ok') {
      this.allow('§4.3.1 a failed TCOMMIT has committed at some of several servers');
      return;
    }
    if (commit.outcome !== 'ok' || model.dead.has(model.appOf(p))) return;
    if ((this.#told.get(p) ?? -1) > commit.at && !commit.isSynchronous)
      this.allow('A.2.11 a commit that was not waited for became a rollback');
    else if (!isLocal(missing))
      this.violated(
        event,
        `TCOMMIT of ${p} returned, ${missing.name} is not there, and nobody was told`,
      );
  }
}
