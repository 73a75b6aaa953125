/**
 * What the data server's requests are handled with, and what holds for every change among them: it is applied once,
 * and a refusal is remembered like a success.
 */
import { isEcpError, messageOf, type EcpErrorCode } from '../../base/errors.ts';
import type { Block } from '../../storage/block.ts';
import type { DatabaseStore } from '../../storage/database-store.ts';
import type { StorageEngine } from '../../storage/engine.ts';
import type { KeptResult } from '../../storage/session-table.ts';
import type { Reply } from '../wire/frame.ts';
import type { Directory } from './directory.ts';
import type { SessionLocks } from './session-locks.ts';
import type { SessionTransactions } from './session-transactions.ts';
import type { Session } from './session.ts';

/** What handling needs of the data server around it. */
export interface RequestContext {
  readonly engine: StorageEngine;
  readonly locks: SessionLocks;
  readonly transactions: SessionTransactions;
  /** The database of that number; throws <DATABASE> where app servers may not see it. */
  database(number: number): DatabaseStore;
  /** Throws <PROTECT> or <DATABASE> where app servers may not change the database. */
  checkWritable(database: number): void;
  directory(database: number): Directory;
  /** Names the connection whose change is being applied: it gets no invalidation (-1: everybody does). */
  writing<T>(slot: number, apply: () => T): T;
  /** Whether the frame being handled has asked for this block before; notes that it has now. */
  sentThisFrame(block: Block): boolean;
  /** Somebody waits for durability: the journal is synced when the frame is done. */
  hurry(): void;
  readonly counters: {
    readonly updates: { inc(by?: number): void };
    readonly blocksSent: { inc(by?: number): void };
  };
}

/** A request that takes several turns; nothing later of its session is looked at before it is answered. */
export interface UnfinishedRequest {
  /** Goes on with it. True when it is answered. */
  advance(): boolean;
}

/** Answers from what the session remembers, if the change was taken before. */
export function answeredBefore(session: Session, sequence: number, success: Reply): boolean {
  if (sequence > session.lastApplied) return false;
  const kept = session.keptResult(sequence);
  session.queue(kept === undefined ? success : replyOf(sequence, kept));
  return true;
}

function replyOf(sequence: number, kept: KeptResult): Reply {
  return kept.kind === 'value'
    ? { kind: 'incremented', sequence, value: kept.value }
    : {
        kind: 'failed',
        sequence,
        code: kept.code as EcpErrorCode,
        message: 'the change was refused before',
      };
}

/** Runs a change; a refusal is remembered durably, so that a replay gets the same answer. */
export function changing(
  context: RequestContext,
  session: Session,
  sequence: number,
  change: () => void,
): void {
  try {
    change();
  } catch (error) {
    const reply = failure(sequence, error);
    // A frozen server answers no change: whether it holds after the next start, nobody knows. The session is ended.
    if (context.engine.frozen !== undefined) return;
    session.markDurability(sequence, context.engine.refuse(session.origin(sequence), reply.code));
    session.queue(reply);
  }
}

export function failure(sequence: number, error: unknown): Extract<Reply, { kind: 'failed' }> {
  if (!isEcpError(error)) throw error;
  return { kind: 'failed', sequence, code: error.code, message: messageOf(error) };
}
