/** Taps of a data server's transactions: what they change and restore, node by node, and how they end. */
import { successor } from '../../../server/base/bytes.ts';
import { subtreeEnd } from '../../../server/globals/key.ts';
import { DatabaseReader } from '../../../server/storage/database-reader.ts';
import type { Origin, StorageEngine } from '../../../server/storage/engine.ts';
import type { UndoableChange } from '../../../server/storage/transaction-records.ts';
import type { OpenTransaction } from '../../../server/storage/transaction-table.ts';
import type { EventOf } from './history-schema.ts';
import type { DataServerNode, World } from './nodes.ts';
import { describeChange, writerOf } from './tap.ts';

/** Records beginnings, levels and ends. */
export function tapTransactions(engine: StorageEngine, node: DataServerNode, world: World): void {
  const { transactions } = engine;
  const note = (
    open: OpenTransaction,
    step: EventOf<'transaction'>['step'],
    level: number,
    asked?: boolean,
  ): void => {
    const p = world.jobNames.get(open.job);
    world.history.add({
      k: 'transaction',
      ds: node.name,
      tx: open.number,
      step,
      level,
      pos: engine.position,
      ...(p === undefined ? {} : { p }),
      ...(asked === undefined ? {} : { asked }),
    });
  };
  const begin = transactions.begin.bind(transactions);
  transactions.begin = (origin, job) => {
    const open = begin(origin, job);
    note(open, 'begin', 1);
    return open;
  };
  const setLevel = transactions.setLevel.bind(transactions);
  transactions.setLevel = (open, level, origin) => {
    const isStart = level > open.level;
    setLevel(open, level, origin);
    if (isStart) note(open, 'start', level);
  };
  const commit = transactions.commit.bind(transactions);
  transactions.commit = (open, origin) => {
    const position = commit(open, origin);
    note(open, 'commit', 0);
    return position;
  };
  const rolledBack = transactions.rolledBack.bind(transactions);
  transactions.rolledBack = (open, level, origin) => {
    const position = rolledBack(open, level, origin);
    const p = world.jobNames.get(open.job);
    const isOwn = p !== undefined && world.current.calling?.p === p;
    note(open, 'rolledBack', level, open.session === 0 ? isOwn : origin.session !== 0);
    return position;
  };
  tapNodes(engine, node, world);
}

/** The nodes that transactions change and restore. */
function tapNodes(engine: StorageEngine, node: DataServerNode, world: World): void {
  const { transactions } = engine;
  const applied = (
    change: UndoableChange,
    more: Omit<Partial<EventOf<'applied'>>, 'k' | 'op' | 'key' | 'v'>,
  ): void => {
    node.lsn++;
    world.history.add({
      k: 'applied',
      ds: node.name,
      lsn: node.lsn,
      pos: engine.position,
      ep: 0,
      seq: 0,
      ...describeChange(change, undefined),
      ...more,
    });
  };
  /** Of KILLs in several pieces: what was asked for. */
  const roots = new Map<number, UndoableChange>();
  const apply = transactions.apply.bind(transactions);
  transactions.apply = (open, change, origin: Origin, local) => {
    const before = change.kind === 'set' ? [] : keysWithin(engine, change);
    const made = apply(open, change, origin, local);
    const whose = { ...writerOf(origin, world), tx: open.number };
    // Not those that the next piece takes.
    const store = engine.database(change.database);
    for (const key of before)
      if (store.get(key) === undefined)
        applied({ kind: 'zkill', database: 0, key }, { ...whose, part: true });
    const root = roots.get(open.number) ?? change;
    if (made.rest !== undefined) roots.set(open.number, root);
    else {
      roots.delete(open.number);
      applied(root, whose);
    }
    return made;
  };
  const compensate = transactions.compensate.bind(transactions);
  transactions.compensate = (open, change, next) => {
    compensate(open, change, next);
    const { number: tx } = open;
    if (change !== undefined) applied(change, { undoes: tx });
    else world.history.add({ k: 'kept', ds: node.name, tx, pos: engine.position });
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
