/** Which transactions are open at the data servers, as far as their journals have it, and how each job's ended. */
import type { EventOf, Recorded } from '../history-schema.ts';
import type { Model } from './model.ts';

/** The part that one data server has in a job's transaction. */
export interface Part {
  readonly ds: string;
  readonly tx: number;
  readonly p: string | undefined;
  readonly begunAt: number;
  readonly begunPos: number;
  /** Whether it was there when its data server started. */
  outlived: boolean;
  end: { readonly step: 'commit' | 'rolledBack'; readonly pos: number; asked: boolean } | undefined;
}

/** A job's transaction, counted from 1. */
export interface Txn {
  readonly p: string;
  readonly number: number;
  readonly parts: Part[];
  /** TCOMMIT of the outermost level: how it ended, and whether it waited for the disk. */
  commit:
    | { readonly at: number; readonly isSynchronous: boolean; outcome: 'ok' | 'failed' | undefined }
    | undefined;
  isOver: boolean;
}

export class TransactionModel {
  /** By data server and number. */
  readonly parts = new Map<string, Part>();
  readonly #open = new Map<string, Part>();
  readonly #present = new Map<string, Txn>();
  /** By job and number. */
  readonly all = new Map<string, Txn>();

  /** The open part of a job at a data server. */
  openOf(ds: string, p: string): Part | undefined {
    return this.#open.get(`${ds} ${p}`);
  }

  openAt(ds: string): readonly Part[] {
    return [...this.#open.values()].filter((part) => part.ds === ds);
  }

  part(ds: string, tx: number): Part | undefined {
    return this.parts.get(`${ds} ${tx}`);
  }

  /** The transaction that a job is in, or was in last. */
  of(p: string): Txn | undefined {
    return this.#present.get(p);
  }

  take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'inv':
        return this.#invoked(event);
      case 'ok':
      case 'err':
      case 'info':
        return this.#ended(event, model);
      case 'applied':
        return this.#applied(event, model);
      case 'transaction':
        return this.#step(event);
      case 'recovered':
        return this.#recovered(event);
      default:
    }
  }

  #invoked(event: EventOf<'inv'> & Recorded): void {
    const { p, op, txn: number, v } = event;
    if (op === 'tcommit' && v !== 'inner') {
      const txn = this.#present.get(p);
      if (txn !== undefined && txn.number === number)
        txn.commit = { at: event.i, isSynchronous: v === 'synchronous', outcome: undefined };
      return;
    }
    if (number === undefined || this.#present.get(p)?.number === number) return;
    this.#begin(p, number);
  }

  #begin(p: string, number: number): void {
    const txn: Txn = { p, number, parts: [], commit: undefined, isOver: false };
    this.#present.set(p, txn);
    this.all.set(`${p} ${number}`, txn);
  }

  #ended(event: EventOf<'ok' | 'err' | 'info'> & Recorded, model: Model): void {
    const call = model.call(event);
    const txn = this.#present.get(call.p);
    if (call.op === 'tstart' && call.v !== 'inner' && event.k === 'ok') {
      this.#begin(call.p, (txn?.number ?? 0) + 1);
      return;
    }
    if (txn === undefined) return;
    if (call.op === 'tcommit' && txn.commit?.at === call.invokedAt) {
      txn.commit.outcome = event.k === 'ok' ? 'ok' : 'failed';
      if (event.k === 'ok') txn.isOver = true;
    } else if ((call.op === 'trollback' && call.v === 'all') || call.op === 'halt') {
      txn.isOver = true;
    }
  }

  /** The first change says which transaction of its job a part is of. */
  #applied(event: EventOf<'applied'>, model: Model): void {
    if (event.tx === undefined) return;
    const part = this.part(event.ds, event.tx);
    const call = model.callOf(event);
    if (part === undefined || call?.txn === undefined) return;
    const txn = this.all.get(`${call.p} ${call.txn}`);
    if (txn !== undefined && !txn.parts.includes(part)) txn.parts.push(part);
  }

  #step(event: EventOf<'transaction'> & Recorded): void {
    const { ds, tx, step, level, pos, p } = event;
    if (step === 'begin') {
      const part: Part = {
        ds,
        tx,
        p,
        begunAt: event.i,
        begunPos: pos,
        outlived: false,
        end: undefined,
      };
      this.parts.set(`${ds} ${tx}`, part);
      this.#open.set(`${ds} ${p ?? tx}`, part);
      return;
    }
    const part = this.part(ds, tx);
    if (part === undefined || step === 'start' || level > 0) return;
    part.end = { step, pos, asked: event.asked ?? false };
    this.#open.delete(`${ds} ${p ?? tx}`);
  }

  /** What lay behind the recovered position is gone: ends, and beginnings. */
  #recovered({ ds, pos }: EventOf<'recovered'>): void {
    for (const [id, part] of this.parts) {
      if (part.ds !== ds) continue;
      const key = `${ds} ${part.p ?? part.tx}`;
      if (part.begunPos > pos) {
        this.parts.delete(id);
        if (this.#open.get(key) === part) this.#open.delete(key);
        for (const txn of this.all.values())
          if (txn.parts.includes(part)) txn.parts.splice(txn.parts.indexOf(part), 1);
      } else if (part.end === undefined || part.end.pos > pos) {
        part.end = undefined;
        part.outlived = true;
        this.#open.set(key, part);
      }
    }
  }
}
