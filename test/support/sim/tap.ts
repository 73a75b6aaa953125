/**
 * Taps: what a data server really applied, and what became of each change at its app server, recorded where it
 * happens. They watch; nothing that they do changes a run.
 */
import { textOf } from '../../../server/base/bytes.ts';
import { isEcpError } from '../../../server/base/errors.ts';
import type { DataServerConnection } from '../../../server/ecp/app-server/data-server-connection.ts';
import type { Pending } from '../../../server/ecp/app-server/pending.ts';
import { PendingChange } from '../../../server/ecp/app-server/pending-requests.ts';
import type { Change } from '../../../server/storage/change.ts';
import type { Applied, Origin, StorageEngine } from '../../../server/storage/engine.ts';
import type { EventOf } from './history-schema.ts';
import type { History } from './history.ts';
import { nameOf, pathOf } from './key-space.ts';
import type { AppServerNode, DataServerNode, World } from './nodes.ts';

/** Records each change that the engine applies, in its order. */
export function tapEngine(engine: StorageEngine, node: DataServerNode, world: World): void {
  const apply = engine.apply.bind(engine);
  engine.apply = (change, origin, isInTransaction): Applied => {
    const applied = apply(change, origin, isInTransaction);
    node.lsn++;
    world.history.add({
      k: 'applied',
      ds: node.name,
      lsn: node.lsn,
      pos: applied.position,
      ...writerOf(origin, world),
      ...describeChange(change, applied),
    });
    return applied;
  };
}

/** Whose change it is: of a session's request, or of what a job here calls right now. */
export function writerOf(
  origin: Origin | undefined,
  world: World,
): Pick<EventOf<'applied'>, 'ep' | 'seq' | 'p' | 'n'> {
  if (origin !== undefined && origin.epoch !== 0) return { ep: origin.epoch, seq: origin.sequence };
  return { ep: 0, seq: 0, ...world.current.calling };
}

export function describeChange(
  change: Change,
  applied: Applied | undefined,
): Pick<EventOf<'applied'>, 'op' | 'key' | 'v'> {
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

/** Follows the changes that jobs submit on one connection, and what ends them all. */
export function tapConnection(
  connection: DataServerConnection,
  dataServer: string,
  node: AppServerNode,
  world: World,
): void {
  const { history, current, jobNames } = world;
  const app = node.process;
  const submit = connection.submit.bind(connection);
  connection.submit = (pending: Pending): Promise<void> | undefined => {
    const name = current.calling;
    if (name !== undefined && pending instanceof PendingChange)
      follow(pending, name, () => node.epochs.get(dataServer) ?? 0, history);
    return submit(pending);
  };
  const { transactions } = connection;
  const lost = transactions.sessionEnded.bind(transactions);
  // The first that a session's end does.
  transactions.sessionEnded = (error) => {
    history.add({ k: 'lost', app, ds: dataServer });
    lost(error);
  };
  const rolledBack = transactions.rolledBack.bind(transactions);
  transactions.rolledBack = (job, after) => {
    history.add({ k: 'failed', app, ds: dataServer, p: jobNames.get(job) ?? '' });
    rolledBack(job, after);
  };
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
