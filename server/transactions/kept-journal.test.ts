/** The journal of a transaction is kept until its end is durable: a crash may take the end back. A.1.4, F-D5 */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { encodeKey } from '../globals/key.ts';
import { LOCAL, type StorageEngine } from '../storage/engine.ts';
import { Machine } from '../storage/testing/machine.ts';
import { Rollback } from './rollback.ts';

const key = encodeKey('G', [1]);
const set = (value: string) => ({ kind: 'set', database: 0, key, value: utf8(value) }) as const;

describe('a transaction that ends while a checkpoint is under way', () => {
  it.each(['commits', 'is rolled back'])(
    'and %s, without a sync: after a power cut it is open, and can be undone',
    (how) => {
      const machine = new Machine({ segmentBytes: 300 });
      let engine = machine.start();
      engine.apply(set('old'));
      const open = engine.transactions.begin(LOCAL, 1);
      engine.transactions.apply(open, set('new'), LOCAL, LOCAL);
      // Another segment, so that the transaction's could go.
      engine.flush();
      const commits: (() => void)[] = [];
      for (const store of machine.stores) store!.defer = (complete) => void commits.push(complete);
      engine.checkpoint();
      if (how === 'commits') engine.transactions.commit(open, LOCAL);
      else new Rollback(engine.transactions, open, 0, LOCAL).step(Infinity);
      while (commits.length > 0) commits.shift()?.();
      expect(engine.checkpoints.completed).toBe(1);
      machine.crash(() => 0);
      for (const store of machine.stores) store!.defer = (complete) => complete();
      engine = machine.start();
      undoAll(engine);
      expect(textOf(engine.database(0).get(key)!)).toBe('old');
      // Nothing keeps it any more.
      engine.requestSync();
      engine.checkpoint();
      engine.checkpoint();
      expect(engine.journal.segmentCount).toBeLessThan(3);
    },
  );
});

function undoAll(engine: StorageEngine): void {
  const found = [...engine.transactions.open.values()];
  expect(found).toHaveLength(1);
  for (const open of found) new Rollback(engine.transactions, open, 0, LOCAL).step(Infinity);
}
