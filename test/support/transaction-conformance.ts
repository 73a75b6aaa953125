/** What the interface of server/instance/database.ts promises of transactions, for every implementation. A.1.4, A.1.5 */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TRANSACTION_LEVELS_MAX } from '../../server/base/limits.ts';
import type { Database, GlobalNode } from '../../server/instance/database.ts';
import { failure } from './failure.ts';

/** `open` opens a job in a namespace of openBank. */
export function describeTransactions(
  what: string,
  open: (namespace: string) => Promise<Database>,
): void {
  let count = 0;

  // Of this instance, and of a data server.
  describe.each(['LOCAL', 'USER'])(`${what}: transactions in %s (F-D3, F-E6)`, (namespace) => {
    const local = async (): Promise<{ db: Database; node: GlobalNode; other: GlobalNode }> => {
      const db = await open(namespace);
      const name = `Tx${what.replace(/\W/g, '')}${count++}`;
      const elsewhere = await db.job();
      closed.push(elsewhere);
      return { db, node: db.global(name), other: elsewhere.global(name) };
    };
    const closed: Database[] = [];
    afterEach(async () => {
      for (const db of closed.splice(0)) await db.close();
    });

    it('TCOMMIT keeps, TROLLBACK undoes, newest change first (A.1.4)', async () => {
      const { db, node, other } = await local();
      await node.set([1], 'old');
      await db.tstart();
      expect(await db.tlevel()).toBe(1);
      await node.set([1], 'new');
      await node.kill([1]);
      await node.set([1, 2], 'below');
      await node.merge(['copy'], node, [1]);
      await db.trollback();
      expect([await db.tlevel(), await node.get([1]), await node.data([1, 2])]).toEqual([
        0,
        'old',
        0,
      ]);
      expect(await node.data(['copy'])).toBe(0);
      await db.tstart();
      await node.set([1], 'new');
      await db.tcommit({ commit: 'synchronous' });
      await db.trollback();
      expect(await other.get([1])).toBe('new');
      await db.close();
    });

    it('an inner level is undone alone, or kept with those around it', async () => {
      const { db, node } = await local();
      await db.tstart();
      await node.set([1], 'outer');
      await db.tstart();
      await node.set([2], 'inner');
      expect(await db.tlevel()).toBe(2);
      await db.trollback('level');
      expect([await db.tlevel(), await node.get([1]), await node.get([2])]).toEqual([
        1,
        'outer',
        undefined,
      ]);
      await db.tstart();
      await node.set([3], 'inner');
      await db.tcommit();
      await db.trollback();
      expect([await db.tlevel(), await node.data()]).toEqual([0, 0]);
      await db.close();
    });

    it('nothing of it is awaited but its commit: the order is kept', async () => {
      const { db, node, other } = await local();
      void node.set(['gone'], 'before');
      void db.tstart();
      void node.set([1], 'a');
      void node.kill(['gone']);
      void node.merge([2], node, [1]);
      void node.set([2], 'over');
      void db.tcommit();
      void db.tstart();
      void node.set([3], 'undone');
      void db.trollback();
      void node.set([4], 'outside');
      await db.tstart();
      await db.tcommit();
      const values = [1, 2, 3, 4].map(async (key) => other.get([key]));
      expect(await Promise.all(values)).toEqual(['a', 'over', undefined, 'outside']);
      expect(await other.data(['gone'])).toBe(0);
      await db.close();
    });

    it('as a function gives its result; what it throws undoes its own level and comes out', async () => {
      const { db, node } = await local();
      const result = await db.transaction(async (tx) => {
        await tx.global(node.name).set([1], 'kept');
        const inner = tx.transaction(async (deep) => {
          await deep.global(node.name).set([2], 'undone');
          throw new Error('no');
        });
        await expect(inner).rejects.toThrow('no');
        return tx.tlevel();
      });
      expect([result, await db.tlevel()]).toEqual([1, 0]);
      expect([await node.get([1]), await node.get([2])]).toEqual(['kept', undefined]);
      await db.close();
    });

    it('a change in it that fails while nobody waits is not committed around', async () => {
      const { db, node, other } = await local();
      db.on('delayed-error', () => undefined);
      const failed = db.transaction((tx) => {
        void tx.global(node.name).set([1], 'v');
        void tx.global(node.name).set([1, NaN], 'v');
      });
      expect(['SUBSCRIPT', 'ROLLBACK ONLY']).toContain((await failure(() => failed)).code);
      expect([await db.tlevel(), await other.data()]).toEqual([0, 0]);
      await db.close();
    });

    it('a change in it that fails, and whose error is heard, does not keep the rest from being kept', async () => {
      const { db, node } = await local();
      await db.transaction(async (tx) => {
        await tx.global(node.name).set([1], 'v');
        expect((await failure(() => tx.global('^A').set([1], 'v'))).code).toBe('SYNTAX');
      });
      expect(await node.get([1])).toBe('v');
      await db.close();
    });

    it('ends with its job (HALT)', async () => {
      const { db, node, other } = await local();
      await db.tstart();
      await node.set([1], 'v');
      await db.close();
      expect(await other.get([1])).toBeUndefined();
    });

    it('TCOMMIT without TSTART is refused, TROLLBACK does nothing', async () => {
      const { db } = await local();
      expect((await failure(() => db.tcommit())).code).toBe('SYNTAX');
      await db.trollback();
      await db.trollback('level');
      expect(await db.tlevel()).toBe(0);
      await db.close();
      for (const operation of [
        () => db.tstart(),
        () => db.tcommit(),
        () => db.trollback(),
        () => db.tlevel(),
        () => db.transaction(() => 1),
      ])
        expect((await failure(operation)).code).toBe('CANCELLED');
    });

    it('more levels than there may be are refused (hostile)', async () => {
      const { db } = await local();
      for (let level = 0; level < TRANSACTION_LEVELS_MAX; level++) void db.tstart();
      expect((await failure(() => db.tstart())).code).toBe('RESOURCE');
      expect(await db.tlevel()).toBe(TRANSACTION_LEVELS_MAX);
      await db.close();
    });

    it('an aborted signal ends what it does, and does not keep it from being rolled back (F-A1)', async () => {
      const { db, node } = await local();
      const aborter = new AbortController();
      const failed = db
        .with({ signal: aborter.signal, timeoutMs: 60_000 })
        .transaction(async (tx) => {
          await tx.global(node.name).set([1], 'v');
          aborter.abort(new Error('enough'));
          await tx.global(node.name).set([2], 'v');
        });
      expect((await failure(() => failed)).code).toBe('CANCELLED');
      expect([await db.tlevel(), await node.data()]).toEqual([0, 0]);
      await db.close();
    });
  });
}
