/**
 * What a data server does with one numbered request of a session: it is applied or answered, and its answer queued,
 * before the session's next one is looked at (rule R3). All but MERGE is done in one step.
 */
import { concatBytes, EMPTY, successor } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { OUTGOING_QUEUE_BYTES_MAX, VALUE_CHUNK_BYTES } from '../../base/limits.ts';
import { checkKey } from '../../globals/key.ts';
import type { Block } from '../../storage/block.ts';
import type { Change } from '../../storage/change.ts';
import type { DatabaseStore } from '../../storage/database-store.ts';
import { DatabaseReader } from '../../storage/database-reader.ts';
import type { UndoableChange } from '../../storage/transaction-records.ts';
import type { Request, ScannedNode } from '../wire/frame.ts';
import { Merge } from './merge.ts';
import {
  answeredBefore,
  changing,
  failure,
  type RequestContext,
  type UnfinishedRequest,
} from './request-context.ts';
import type { Session } from './session.ts';
import { changeWithin, handleTransaction } from './transaction-requests.ts';

type Numbered<K extends Request['kind']> = Extract<Request, { kind: K }>;

/** Applies or answers request number `sequence`; what is left of it, if it takes more than one turn. */
export function handleRequest(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Request,
): UnfinishedRequest | undefined {
  const within = session.takeWithin();
  if (within !== undefined) {
    const change = changeOf(session, request);
    return changeWithin(context, session, sequence, within, change);
  }
  switch (request.kind) {
    case 'merge':
      return beginMerge(context, session, sequence, request);
    case 'begin':
    case 'level':
    case 'commit':
    case 'rollback':
      return handleTransaction(context, session, sequence, request);
    default:
      handleAtOnce(context, session, sequence, request);
      return undefined;
  }
}

/** What may be part of a transaction: $INCREMENT is never undone (rule R17), and MERGE comes as its SETs. */
function changeOf(session: Session, request: Request): UndoableChange {
  if (request.kind === 'setLong') return assembleLong(session, request);
  if (request.kind === 'change' && request.change.kind !== 'increment') return request.change;
  throw new EcpError('DAMAGED', `${request.kind} is no part of a transaction`);
}

function handleAtOnce(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Exclude<Request, { kind: 'merge' | 'begin' | 'level' | 'commit' | 'rollback' }>,
): void {
  switch (request.kind) {
    case 'change':
      return applyChange(context, session, sequence, request.change);
    case 'setLong':
      return applyChange(context, session, sequence, assembleLong(session, request));
    case 'fetch':
      return reading(session, sequence, () => fetch(context, session, sequence, request));
    case 'scan':
      return reading(session, sequence, () => scan(context, session, sequence, request));
    case 'long':
      return reading(session, sequence, () => sendLong(context, session, sequence, request));
    case 'sync':
      return session.queue({ kind: 'synced', sequence });
    case 'lock':
    case 'cancelLock':
    case 'unlock':
    case 'endJob':
      return context.locks.handle(session, sequence, request);
    case 'part':
    case 'hurry':
    case 'heartbeat':
    case 'claim':
    case 'claimed':
    case 'within':
    case 'claimTransaction':
    case 'transactionsClaimed':
      throw new EcpError('DAMAGED', `${request.kind} bears no number`);
  }
}

/** A change applied already (a replay) is answered again, never repeated (A.2.1). */
function applyChange(
  context: RequestContext,
  session: Session,
  sequence: number,
  change: Change,
): void {
  if (answeredBefore(session, sequence, { kind: 'applied', sequence })) return;
  // Bytes that are no reference would spoil the database for everybody: a peer that sends them is ended.
  if (change.kind !== 'killRange') checkKey(change.key);
  changing(context, session, sequence, () => {
    context.checkWritable(change.database);
    const { slot } = session.identity;
    const { position, result } = context.writing(slot, () =>
      context.engine.apply(change, session.origin(sequence)),
    );
    session.markDurability(sequence, position);
    context.counters.updates.inc();
    if (change.kind !== 'increment') {
      session.queue({ kind: 'applied', sequence });
    } else {
      session.queue({ kind: 'incremented', sequence, value: result ?? EMPTY });
      context.hurry();
    }
  });
}

function assembleLong(session: Session, request: Numbered<'setLong'>): UndoableChange {
  const { parts, partsBytes } = session;
  session.parts = [];
  session.partsBytes = 0;
  if (partsBytes !== request.length) {
    throw new EcpError(
      'DAMAGED',
      `a long value of ${request.length} bytes came with ${partsBytes}`,
    );
  }
  return {
    kind: 'set',
    database: request.database,
    key: request.key,
    value: concatBytes(...parts),
  };
}

/**
 * MERGE of two subtrees of this data server, a part of it a turn. What changed is known here only, so the originator is
 * told too (rule R4). Only the last node's record bears the request's number: a merge that was cut short is not taken
 * for applied, and the replay does all of it again.
 */
function beginMerge(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Numbered<'merge'>,
): UnfinishedRequest | undefined {
  if (answeredBefore(session, sequence, { kind: 'merged', sequence })) return undefined;
  checkKey(request.key);
  checkKey(request.fromKey);
  let merge: Merge | undefined;
  const advance = (): boolean => {
    let isDone = true;
    changing(context, session, sequence, () => {
      context.checkWritable(request.database);
      context.database(request.fromDatabase);
      merge ??= new Merge(context.engine, request);
      isDone = advanceMerge(context, session, sequence, merge, request);
    });
    return isDone;
  };
  return advance() ? undefined : { advance };
}

function advanceMerge(
  context: RequestContext,
  session: Session,
  sequence: number,
  merge: Merge,
  { database, key }: Numbered<'merge'>,
): boolean {
  const origin = session.origin(sequence);
  const { engine, counters } = context;
  const isDone = context.writing(-1, () =>
    merge.advance((change, isLast) => void engine.apply(change, isLast ? origin : undefined)),
  );
  if (!isDone) return false;
  // Nothing was left to copy: an empty range bears the request's number, so that it counts as applied (rule R15).
  if (!merge.hasLast) engine.apply({ kind: 'killRange', database, from: key, to: key }, origin);
  session.markDurability(sequence, engine.position);
  session.queue({ kind: 'merged', sequence });
  counters.updates.inc();
  return true;
}

/** Runs a read; what goes wrong in it (a damaged page, no such database) is its answer, and no offence of the peer. */
function reading(session: Session, sequence: number, read: () => void): void {
  try {
    read();
  } catch (error) {
    session.queue(failure(sequence, error));
  }
}

/** Sends the block asked for, then its neighbours; each is encoded, its bit set and queued in one step (rule R2). */
function fetch(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Numbered<'fetch'>,
): void {
  const database = context.database(request.database);
  let block = request.reverse ? database.blockBelow(request.key) : database.blockFor(request.key);
  if (context.sentThisFrame(block)) {
    session.queue({ kind: 'sent', sequence });
    return;
  }
  sendBlock(context, session, sequence, request.database, block);
  for (let i = 0; i < request.ahead; i++) {
    const next = request.reverse ? database.blockBefore(block) : database.blockAfter(block);
    if (next === undefined || session.outgoing.bytes > OUTGOING_QUEUE_BYTES_MAX / 2) return;
    block = next;
    sendBlock(context, session, 0, request.database, block);
  }
}

function sendBlock(
  context: RequestContext,
  session: Session,
  sequence: number,
  database: number,
  block: Block,
): void {
  const bytes = block.encode();
  context.directory(database).hold(block.low, session.identity.slot);
  session.queue({ kind: 'block', sequence, database, bytes });
  context.counters.blocksSent.inc();
}

/** The data server's own answer to a read that lost its race with invalidations (rule R7). */
function scan(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Numbered<'scan'>,
): void {
  const database = context.database(request.database);
  const { from, to, reverse, limit } = request;
  const reader = new DatabaseReader(database);
  const nodes: ScannedNode[] = [];
  let key = reverse ? reader.below(to ?? END_OF_KEYS, from) : reader.ceiling(from, to);
  while (key !== undefined && nodes.length < limit) {
    nodes.push(scannedNode(database, key));
    key = reverse ? reader.below(key, from) : reader.ceiling(successor(key), to);
  }
  session.queue({ kind: 'scanned', sequence, nodes });
}

/** Above every key: their last byte is below 0xff, and so is their first. */
const END_OF_KEYS = new Uint8Array([0xff]);

function scannedNode(database: DatabaseStore, key: Uint8Array): ScannedNode {
  const block = database.blockFor(key);
  const place = block.find(key);
  if (block.isLong(place)) return { key, value: EMPTY, long: block.longAt(place) };
  return { key, value: block.valueAt(place).slice(), long: undefined };
}

function sendLong(
  context: RequestContext,
  session: Session,
  sequence: number,
  request: Numbered<'long'>,
): void {
  const value = readLong(context, session, request);
  // A copy: the chunk may wait in the queue for long, the whole value need not.
  const bytes = value?.slice(request.offset, request.offset + VALUE_CHUNK_BYTES) ?? EMPTY;
  session.queue({ kind: 'longPart', sequence, total: value?.length ?? 0, bytes });
}

/** A long value, read once for all of its chunks: they are asked for one after the other, and it never changes. */
function readLong(
  context: RequestContext,
  session: Session,
  request: Numbered<'long'>,
): Uint8Array | undefined {
  const { database, id, offset } = request;
  const store = context.database(database);
  const last = session.lastLong;
  const value = last?.database === database && last.id === id ? last.value : store.readLong(id);
  const isLastChunk = value === undefined || offset + VALUE_CHUNK_BYTES >= value.length;
  session.lastLong = isLastChunk ? undefined : { database, id, value };
  return value;
}
