/** What an app server sends on a stream that resumes its session: claims first, then what was kept (guide §4.1, rule R6). */
import { type EcpError, isEcpError } from '../../base/errors.ts';
import type { Request } from '../wire/frame.ts';
import type { Pending } from './pending.ts';
import type { RemoteLocks } from './remote-locks.ts';
import type { RemoteTransactions } from './remote-transactions.ts';
import type { RequestFrames } from './request-frames.ts';
import type { RequestWindow } from './request-window.ts';

export interface Kept {
  readonly frames: RequestFrames;
  readonly window: RequestWindow;
  readonly locks: RemoteLocks;
  readonly transactions: RemoteTransactions;
  /** Adds to the frame under way, under the request's old number. */
  write(pending: Pending, requests: readonly Request[]): void;
  /** Of an answer that nobody can give any more. */
  lostAnswer(): EcpError;
}

/**
 * Sends again what has no answer and what the data server lost, in order and under the old numbers. Returns the last
 * of these numbers, 0 if there is none.
 */
export function sendAgain(kept: Kept, lastApplied: number): number {
  const { frames, window, locks, transactions } = kept;
  for (const claim of locks.claims(lastApplied)) frames.add(claim, 1, true);
  frames.flush();
  let through = 0;
  let previous = 0;
  for (const pending of window.replay(lastApplied)) {
    if (pending.sequence !== previous + 1) frames.flush();
    previous = pending.sequence;
    const wasApplied = pending.sequence <= lastApplied;
    if (wasApplied) pending.included();
    const requests = pending.build();
    through = pending.sequence;
    if (isEcpError(requests)) {
      pending.end(wasApplied ? kept.lostAnswer() : requests);
      // Its number is taken all the same: those behind it keep theirs.
      kept.write(pending, [{ kind: 'sync' }]);
    } else {
      kept.write(pending, requests);
    }
  }
  frames.flush();
  for (const claim of transactions.claims()) frames.add(claim, 1, true);
  return through;
}
