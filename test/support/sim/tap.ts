/**
 * Taps: what a data server really applied, and what became of each change at its app server, recorded where it
 * happens. They watch; nothing that they do changes a run.
 */
import { textOf } from '../../../server/base/bytes.ts';
import { isEcpError } from '../../../server/base/errors.ts';
import type { DataServerConnection } from '../../../server/ecp/app-server/data-server-connection.ts';
import type { Pending } from '../../../server/ecp/app-server/pending.ts';
import type { Change } from '../../../server/storage/change.ts';
import type { Applied, Origin, StorageEngine } from '../../../server/storage/engine.ts';
import type { History } from './history.ts';
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

function describeChange(
  change: Change,
  applied: Applied,
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
        v: applied.result === undefined ? '' : textOf(applied.result),
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
