/**
 * What a data server does with the numbered requests of transactions. Each is one of the changes: applied once however
 * often it is sent, by a record of the journal that bears its number.
 */
import { checkKey } from '../../globals/key.ts';
import { isEcpError, messageOf } from '../../base/errors.ts';
import { checkChange } from '../../storage/change.ts';
import type { UndoableChange } from '../../storage/transaction-records.ts';
import type { Request } from '../wire/frame.ts';
import {
  answeredBefore,
  changing,
  type RequestContext,
  type UnfinishedRequest,
} from './request-context.ts';
import type { Session } from './session.ts';

type TransactionRequest = Extract<Request, { kind: 'begin' | 'level' | 'commit' | 'rollback' }>;

/** Pieces of a large KILL that are made in one turn. */
const PIECES_PER_TURN = 4;

export function handleTransaction(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: TransactionRequest,
): UnfinishedRequest | undefined {
  if (answeredBefore(session, sequence, { kind: 'applied', sequence })) return undefined;
  if (request.kind === 'rollback') return beginRollback(context, session, sequence, request);
  changing(context, session, sequence, () => {
    const { transactions, engine } = context;
    const origin = session.origin(sequence);
    const { job } = request;
    if (request.kind === 'begin') transactions.begin(session, job, request.level, origin);
    else if (request.kind === 'level') transactions.setLevel(session, job, request.level, origin);
    else transactions.commit(session, job, origin);
    session.markDurability(sequence, engine.position);
    session.queue({ kind: 'applied', sequence });
  });
  return undefined;
}

/** Answered when all is restored, and whoever holds some of it was told (rule R4). */
function beginRollback(
  context: RequestContext,
  session: Session,
  sequence: number,
  { job, level }: Extract<TransactionRequest, { kind: 'rollback' }>,
): UnfinishedRequest | undefined {
  const { engine, transactions } = context;
  const origin = session.origin(sequence);
  const rollback = transactions.rollback(session, job, level, origin);
  const advance = (): boolean => {
    let isDone = true;
    changing(context, session, sequence, () => {
      // It was rolled back before, by nobody's request: the number counts as taken all the same.
      if (rollback === undefined) engine.mark(origin);
      else isDone = rollback.advance();
      if (!isDone) return;
      session.markDurability(sequence, engine.position);
      session.queue({ kind: 'applied', sequence });
    });
    return isDone;
  };
  return advance() ? undefined : { advance };
}

/** A change in a transaction. One that is refused makes all of it rollback-only: it is rolled back here (§4.3.2). */
export function changeWithin(
  context: RequestContext,
  session: Session,
  sequence: number,
  job: number,
  change: UndoableChange,
): UnfinishedRequest | undefined {
  if (answeredBefore(session, sequence, { kind: 'applied', sequence })) return undefined;
  if (change.kind !== 'killRange') checkKey(change.key);
  let rest: UndoableChange | undefined = change;
  const advance = (): boolean => {
    let isDone = true;
    changing(context, session, sequence, () => {
      rest = makePieces(context, session, sequence, job, rest);
      isDone = rest === undefined;
      if (!isDone) return;
      session.markDurability(sequence, context.engine.position);
      context.counters.updates.inc();
      session.queue({ kind: 'applied', sequence });
    });
    return isDone;
  };
  return advance() ? undefined : { advance };
}

function makePieces(
  context: RequestContext,
  session: Session,
  sequence: number,
  job: number,
  change: UndoableChange | undefined,
): UndoableChange | undefined {
  let rest = change;
  try {
    if (rest !== undefined) {
      checkChange(rest);
      context.checkWritable(rest.database);
    }
    for (let i = 0; i < PIECES_PER_TURN && rest !== undefined; i++) {
      const piece = rest;
      rest = context.writing(session.identity.slot, () =>
        context.transactions.change(session, job, piece, session.origin(sequence)),
      );
    }
    return rest;
  } catch (error) {
    if (isEcpError(error) && context.engine.frozen === undefined)
      context.transactions.fail(session, job, messageOf(error));
    throw error;
  }
}
