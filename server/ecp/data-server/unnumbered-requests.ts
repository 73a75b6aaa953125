/**
 * What bears no number: pieces of what follows, hints, and what a recovering session says that its jobs hold. Each says
 * what cannot be true of it, which ends the session, loudly (rule R6).
 */
import { VALUE_BYTES_MAX, VALUE_CHUNK_BYTES } from '../../base/limits.ts';
import type { Log } from '../../ports/log.ts';
import type { Request } from '../wire/frame.ts';
import type { SessionLocks } from './session-locks.ts';
import type { SessionTransactions } from './session-transactions.ts';
import type { Session } from './session.ts';

/** Most pieces of one long value. */
const VALUE_CHUNKS_MAX = Math.ceil(VALUE_BYTES_MAX / VALUE_CHUNK_BYTES);

export interface UnnumberedContext {
  readonly locks: SessionLocks;
  readonly transactions: SessionTransactions;
  readonly log: Log;
  /** Whether the session is of before this start, and has not recovered. */
  isRemembered(session: Session): boolean;
  /** Somebody waits for durability: the journal is synced when the frame is done. */
  hurry(): void;
}

type Claim = Extract<
  Request,
  { kind: 'claim' | 'claimed' | 'claimTransaction' | 'transactionsClaimed' }
>;

export function handleUnnumbered(
  context: UnnumberedContext,
  session: Session,
  request: Request,
): string | undefined {
  switch (request.kind) {
    case 'part':
      return session.addPart(request.bytes, VALUE_CHUNKS_MAX);
    case 'within':
      session.setWithin(request.job);
      return undefined;
    case 'hurry':
      context.hurry();
      return undefined;
    case 'claim':
    case 'claimed':
    case 'claimTransaction':
    case 'transactionsClaimed':
      return handleClaim(context, session, request);
    default:
      return undefined;
  }
}

function handleClaim(
  context: UnnumberedContext,
  session: Session,
  request: Claim,
): string | undefined {
  if (session.state !== 'recovering') return `a ${request.kind} outside of a recovery`;
  const problem = problemOf(context, session, request);
  if (problem !== undefined)
    context.log.error('a session does not agree', { appServer: session.name, problem });
  return problem;
}

function problemOf(
  context: UnnumberedContext,
  session: Session,
  request: Claim,
): string | undefined {
  const { locks, transactions } = context;
  switch (request.kind) {
    case 'claim':
      locks.claim(session, request);
      return undefined;
    case 'claimed':
      return locks.claimed(session, request, context.isRemembered(session));
    case 'claimTransaction':
      return transactions.claim(session, request);
    case 'transactionsClaimed':
      return transactions.claimed(session, request);
  }
}
