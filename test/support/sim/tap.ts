/**
 * Taps: what a data server really applied, and what became of each change at its app server, recorded where it
 * happens. They watch; nothing that they do changes a run.
 */
import { successor, textOf } from '../../../server/base/bytes.ts';
import { isEcpError } from '../../../server/base/errors.ts';
import type { DataServerConnection } from '../../../server/ecp/app-server/data-server-connection.ts';
import type { Pending } from '../../../server/ecp/app-server/pending.ts';
import { subtreeEnd } from '../../../server/globals/key.ts';
import type { Change } from '../../../server/storage/change.ts';
import { DatabaseReader } from '../../../server/storage/database-reader.ts';
import type { Applied, Origin, StorageEngine } from '../../../server/storage/engine.ts';
import type { UndoableChange } from '../../../server/storage/transaction-records.ts';
import type { EventOf, History } from './history.ts';
import { nameOf, pathOf } from './key-space.ts';
import type { AppServerNode, DataServerNode, World } from './nodes.ts';

/** Records each change that the engine applies, in its order. */
export function tapEngine(engine: StorageEngine, node: DataServerNode, world: World): void {
  const apply = engine.apply.bind(engine);
  engine.apply = (change: Change, origin?: Origin): Applied => {
    const applied = apply(change, origin);
    node.lsn++;
    world.history.add({
      k: 'applied',
      ds: node.name,
      lsn: node.lsn,
      pos: applied.position,
      ep: origin?.epoch ?? 0,
      seq: origin?.sequence ?? 0,
      ...describeChange(change, applied),
    });
    return applied;
  };
}

/** Records what transactions of the engine's own jobs do, node by node. */
export function tapTransactions(engine: StorageEngine, node: DataServerNode, world: World): void {
  const { transactions } = engine;
  const { history } = world;
  const ds = node.name;
  const note = (tx: number, step: EventOf<'transaction'>['step'], level: number): void =>
    history.add({ k: 'transaction', ds, tx, step, level, pos: engine.position });
  const begin = transactions.begin.bind(transactions);
  transactions.begin = (origin, job) => {
    const open = begin(origin, job);
    note(open.number, 'begin', 1);
    return open;
  };
  const setLevel = transactions.setLevel.bind(transactions);
  transactions.setLevel = (open, level, origin) => {
    const isStart = level > open.level;
    setLevel(open, level, origin);
    if (isStart) note(open.number, 'start', level);
  };
  const commit = transactions.commit.bind(transactions);
  transactions.commit = (open, origin) => {
    const position = commit(open, origin);
    note(open.number, 'commit', 0);
    return position;
  };
  const rolledBack = transactions.rolledBack.bind(transactions);
  transactions.rolledBack = (open, level, origin) => {
    const position = rolledBack(open, level, origin);
    note(open.number, 'rolledBack', level);
    return position;
  };
  tapNodes(engine, node, history);
}

/** The nodes that transactions change and restore. */
function tapNodes(engine: StorageEngine, node: DataServerNode, history: History): void {
  const { transactions } = engine;
  const applied = (change: UndoableChange, whose: { tx: number } | { undoes: number }): void => {
    node.lsn++;
    history.add({
      k: 'applied',
      ds: node.name,
      lsn: node.lsn,
      pos: engine.position,
      ep: 0,
      seq: 0,
      ...describeChange(change, undefined),
      ...whose,
    });
  };
  const apply = transactions.apply.bind(transactions);
  transactions.apply = (open, change, origin, local) => {
    const before = change.kind === 'set' ? [] : keysWithin(engine, change);
    const made = apply(open, change, origin, local);
    const whose = { tx: open.number };
    if (change.kind === 'set') applied(change, whose);
    // Not those that the next piece takes.
    const store = engine.database(change.database);
    for (const key of before)
      if (store.get(key) === undefined) applied({ kind: 'zkill', database: 0, key }, whose);
    return made;
  };
  const compensate = transactions.compensate.bind(transactions);
  transactions.compensate = (open, change, next) => {
    compensate(open, change, next);
    const { number: tx } = open;
    if (change !== undefined) applied(change, { undoes: tx });
    else history.add({ k: 'kept', ds: node.name, tx, pos: engine.position });
  };
}

/** Of the nodes that there are, those that a change removes. */
function keysWithin(
  engine: StorageEngine,
  change: Exclude<UndoableChange, { readonly kind: 'set' }>,
): Uint8Array[] {
  const from = change.kind === 'killRange' ? change.from : change.key;
  const ends = { kill: subtreeEnd, zkill: successor };
  const to = change.kind === 'killRange' ? change.to : ends[change.kind](from);
  const reader = new DatabaseReader(engine.database(change.database));
  const keys: Uint8Array[] = [];
  let key = reader.ceiling(from, to);
  while (key !== undefined) {
    const own = key.slice();
    keys.push(own);
    key = reader.ceiling(successor(own), to);
  }
  return keys;
}

function describeChange(
  change: Change,
  applied: Applied | undefined,
): { op: 'set' | 'kill' | 'zkill' | 'incr'; key: string; v?: string } {
  switch (change.kind) {
    case 'set':
      return { op: 'set', key: pathOf(change.key), v: nameOf(textOf(change.value)) };
    case 'kill':
    case 'zkill':
      return { op: change.kind, key: pathOf(change.key) };
    case 'increment':
      return {
        op: 'incr',
        key: pathOf(change.key),
        v: applied?.result === undefined ? '' : textOf(applied.result),
      };
    case 'killRange':
      throw new Error('jobs kill no ranges');
  }
}

export interface ChangeName {
  readonly p: string;
  readonly n: number;
}

/** Follows the changes that jobs submit on one connection. */
export class ConnectionTap {
  /** The change that is being called right now. */
  calling: ChangeName | undefined;

  constructor(
    connection: DataServerConnection,
    dataServer: string,
    node: AppServerNode,
    history: History,
  ) {
    const submit = connection.submit.bind(connection);
    connection.submit = (pending: Pending): Promise<void> | undefined => {
      const name = this.calling;
      if (name !== undefined && pending.isChange)
        follow(pending, name, () => node.epochs.get(dataServer) ?? 0, history);
      return submit(pending);
    };
  }
}

function follow(pending: Pending, name: ChangeName, epoch: () => number, history: History): void {
  let sequence = 0;
  Object.defineProperty(pending, 'sequence', {
    get: () => sequence,
    set: (value: number) => {
      sequence = value;
      history.add({ k: 'sent', ...name, ep: epoch(), seq: value });
    },
  });
  const answer = pending.answer.bind(pending);
  pending.answer = (reply) => {
    const code = reply.kind === 'failed' ? { code: reply.code } : {};
    history.add({ k: 'acked', ...name, ...code });
    answer(reply);
  };
  const { onSettled } = pending;
  pending.onSettled = (error) => {
    history.add({ k: 'settled', ...name, ...(error === undefined ? {} : { code: codeOf(error) }) });
    onSettled?.(error);
  };
  const fail = pending.fail.bind(pending);
  pending.fail = (error) => {
    history.add({ k: 'settled', ...name, code: codeOf(error) });
    fail(error);
  };
}

export function codeOf(error: unknown): string {
  return isEcpError(error) ? error.code : String(error);
}
