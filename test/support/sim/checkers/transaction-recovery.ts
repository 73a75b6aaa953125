/**
 * Transaction recovery (A.1.8): a transaction that is open when its data server crashes goes on after the start, unless its
 * session or its job is gone; and what is given up is rolled back before its locks go. That its changes are applied exactly
 * once is another checker's business, and what its commit means A.1.5's.
 *
 * Counted: transactions of app servers' jobs that were open at a start of their data server, and how many went on
 * (the guide expects most, and guarantees none).
 */
import type { EventOf, Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import type { Model } from './model.ts';

export class TransactionRecoveryChecker extends Checker {
  override readonly name = 'A.1.8 transaction recovery';
  /** Sessions that were given up, by data server: when. */
  readonly #gaveUp = new Map<string, number[]>();
  /** Jobs by data server of which a change was refused, which an administrator ended. */
  readonly #refused = new Set<string>();
  /** Rolled back by nobody's request: why is to be found. */
  readonly #unasked: {
    readonly event: EventOf<'transaction'> & Recorded;
    readonly client: string;
    readonly p: string;
  }[] = [];

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'gaveUp':
        this.#gaveUp.set(`${event.ds} ${event.client}`, [
          ...(this.#gaveUp.get(`${event.ds} ${event.client}`) ?? []),
          event.i,
        ]);
        for (const { p, tx } of model.transactions.openAt(event.ds))
          if (p !== undefined && model.appOf(p).split('#')[0] === event.client)
            this.violated(
              event,
              `${event.ds} lets go of the locks of ${event.client}, whose transaction ${tx} is open`,
            );
        return;
      case 'acked': {
        const call = model.call(event);
        if (event.code !== undefined && call.txn !== undefined)
          this.#refused.add(`${call.ds} ${call.p}`);
        return;
      }
      case 'nemesis':
        // An administrator's hand.
        if (event.what === 'roll back') this.#refused.add(event.node);
        return;
      case 'transaction':
        return this.#ended(event, model);
      case 'end':
        for (const { event: rolledBack, client, p } of this.#unasked) {
          const { ds, tx } = rolledBack;
          const given = this.#gaveUp.get(`${ds} ${client}`) ?? [];
          if (given.some((at) => at > rolledBack.i) || this.#refused.has(`${ds} ${p}`)) continue;
          this.violated(rolledBack, `${ds} rolled back transaction ${tx} of ${p}, for no reason`);
        }
        return;
      default:
    }
  }

  #ended(event: EventOf<'transaction'> & Recorded, model: Model): void {
    const { ds, p, step } = event;
    if (p === undefined || (step !== 'commit' && step !== 'rolledBack') || event.level > 0) return;
    const part = model.transactions.part(ds, event.tx);
    const app = model.appOf(p);
    if (part?.outlived !== true || app.startsWith(`${ds}#`)) return;
    this.occurrences++;
    if (step === 'commit' || event.asked === true || model.dead.has(app)) return;
    // The session is ended with what it has open: the words come right after.
    this.#unasked.push({ event, client: app.split('#')[0] ?? '', p });
  }
}
