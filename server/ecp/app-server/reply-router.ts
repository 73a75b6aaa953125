/** Where what a data server says goes: to the request that it answers, or to whoever keeps what it is about. */
import type { Reply } from '../wire/frame.ts';
import type { CatalogueEntry } from '../wire/handshake.ts';
import type { CoherenceListener } from './connection-context.ts';
import type { RemoteLocks } from './remote-locks.ts';
import type { RemoteTransactions } from './remote-transactions.ts';
import type { RequestWindow } from './request-window.ts';

export interface ReplyReceivers {
  readonly window: RequestWindow;
  readonly listener: CoherenceListener;
  readonly locks: RemoteLocks;
  readonly transactions: RemoteTransactions;
  catalogue(entries: readonly CatalogueEntry[]): void;
}

/** Hands one message over: it is dealt with to its end before the next is taken (rule R7). EcpError DAMAGED. */
export function routeReply(receivers: ReplyReceivers, reply: Reply): void {
  const { window, listener, locks, transactions } = receivers;
  switch (reply.kind) {
    case 'applied':
      window.answerThrough(reply.sequence, (pending) => pending.answer(reply));
      return;
    case 'durable':
      window.becomeDurable(reply.sequence);
      return;
    case 'block':
      listener.block(reply.database, reply.bytes);
      if (reply.sequence !== 0) answer(window, reply.sequence, reply);
      return;
    case 'invalidate':
      listener.invalidate(reply.database, reply.low, reply.high);
      return;
    case 'flush':
      listener.flush();
      return;
    case 'catalogue':
      receivers.catalogue(reply.entries);
      return;
    case 'locked':
      locks.outcome(reply.lock, reply.outcome);
      return;
    case 'rolledBack':
      transactions.rolledBack(reply.job, reply.after);
      return;
    case 'heartbeat':
      return;
    case 'incremented':
    case 'failed':
    case 'sent':
    case 'synced':
    case 'scanned':
    case 'longPart':
    case 'merged':
    case 'locking':
      answer(window, reply.sequence, reply);
  }
}

/** Answers come in order: one for `sequence` says that plain success was the answer of all before it. */
function answer(window: RequestWindow, sequence: number, reply: Reply): void {
  window.answerThrough(sequence, (pending) =>
    pending.answer(
      pending.sequence === sequence ? reply : { kind: 'applied', sequence: pending.sequence },
    ),
  );
}
