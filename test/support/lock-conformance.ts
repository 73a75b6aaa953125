/** What the interface of server/instance/database.ts promises of locks, for every implementation. A.1.2, A.1.6, R10, R17 */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Database, LockReference } from '../../server/instance/database.ts';
import { failure } from './failure.ts';

const NOW = { timeoutMs: 0 };

/** `open` opens a job in a namespace of openBank. */
export function describeLocks(what: string, open: (namespace: string) => Promise<Database>): void {
  let count = 0;

  // Of this instance, and of a data server.
  describe.each(['LOCAL', 'USER'])(`${what}: locks in %s (F-M7)`, (namespace) => {
    const opened: Database[] = [];
    afterEach(async () => {
      for (const db of opened.splice(0)) await db.close();
    });

    /** Two jobs, the second of the same connection as the first, and names that no other test has. */
    const two = async (): Promise<{
      mine: Database;
      theirs: Database;
      name: (...subscripts: (string | number)[]) => LockReference;
    }> => {
      const mine = await open(namespace);
      const theirs = await mine.job();
      opened.push(theirs, mine);
      const global = `Lk${what.replace(/\W/g, '')}${count++}`;
      return { mine, theirs, name: (...subscripts) => [global, ...subscripts] };
    };
    const refused = async (db: Database, ...names: LockReference[]): Promise<void> => {
      expect((await failure(() => db.lock(names, NOW))).code).toBe('CANCELLED');
    };

    it('excludes others from a name, above and below it, until it is unlocked (A.1.2)', async () => {
      const { mine, theirs, name } = await two();
      const lock = await mine.lock([name(1, 2)]);
      for (const taken of [name(), name(1), name(1, 2), name(1, 2, 3)])
        await refused(theirs, taken);
      await theirs.lock([name(1, 3)], NOW);
      const waiting = theirs.lock([name(1, 2)], { timeoutMs: 60_000 });
      await lock.unlock();
      await lock.unlock();
      await waiting;
      await refused(mine, name(1));
    });

    it('is counted, and shared where it is asked for so', async () => {
      const { mine, theirs, name } = await two();
      await mine.lock([name()]);
      const again = await mine.lock([name()]);
      await again.unlock();
      await refused(theirs, name());
      await mine.unlock([name()]);
      await theirs.lock([name()], { shared: true, ...NOW });
      await mine.lock([name()], { shared: true, ...NOW });
      await mine.unlock([name()]);
      await refused(mine, name());
      await theirs.unlock([name()], { shared: true });
      await mine.lock([name()], NOW);
    });

    it('of several names is granted for all or for none', async () => {
      const { mine, theirs, name } = await two();
      const lock = await mine.lock([name(1), name(2)]);
      await refused(theirs, name(3), name(2));
      await mine.lock([name(3)], NOW);
      await lock.unlock();
      await theirs.lock([name(1), name(2)], NOW);
    });

    it('is let go of by await using', async () => {
      const { mine, theirs, name } = await two();
      {
        await using _lock = await mine.lock([name(1)], { escalating: true });
        await refused(theirs, name(1));
      }
      await theirs.lock([name(1)], { timeoutMs: 1000 });
    });

    it('that waits holds up its own job, and no other (R10)', async () => {
      const { mine, theirs, name } = await two();
      const lock = await theirs.lock([name()]);
      const order: string[] = [];
      const waiting = mine.lock([name(1)]).then(() => order.push('lock'));
      const node = mine.global(name()[0]);
      const after = Promise.resolve(node.set([1], 'under the lock')).then(() => order.push('set'));
      expect(await theirs.global(name()[0]).get([1])).toBeUndefined();
      order.push('unlock');
      void lock.unlock();
      await Promise.all([waiting, after]);
      expect(order).toEqual(['unlock', 'lock', 'set']);
      expect(await theirs.global(name()[0]).get([1])).toBe('under the lock');
    });

    it('that is given up is not held: by its time, by a signal, by a deadline (R17, F-A1)', async () => {
      const { mine, theirs, name } = await two();
      const lock = await theirs.lock([name(1)]);
      expect((await failure(() => mine.lock([name(1)], { timeoutMs: 20 }))).code).toBe('CANCELLED');
      const aborter = new AbortController();
      const { signal } = aborter;
      const given = [
        failure(() => mine.lock([name(1)], { signal })),
        failure(() => mine.with({ signal }).lock([name(1)])),
      ];
      setTimeout(() => aborter.abort(new Error('enough')), 10);
      for (const error of await Promise.all(given))
        expect(error).toMatchObject({ code: 'CANCELLED', outcome: 'none' });
      expect((await failure(() => mine.lock([name(2)], { signal }))).code).toBe('CANCELLED');
      const late = await failure(() => mine.with({ timeoutMs: 20 }).lock([name(1)]));
      expect(late).toMatchObject({ code: 'CANCELLED', outcome: 'none' });
      await lock.unlock();
      await theirs.lock([name()], { timeoutMs: 1000 });
      // Nothing of it is left: the job goes on.
      expect(await mine.global(name()[0]).get()).toBeUndefined();
    });

    it('is let go of at the end of its job, which waits for none (HALT)', async () => {
      const { mine, theirs, name } = await two();
      await theirs.lock([name(1)]);
      await mine.lock([name(2)]);
      const waiting = failure(() => mine.lock([name(1)]));
      const behind = failure(() => mine.lock([name(3)]));
      await mine.close();
      expect(['CANCELLED', 'NETWORK']).toContain((await waiting).code);
      expect(['CANCELLED', 'NETWORK']).toContain((await behind).code);
      await theirs.lock([name()], { timeoutMs: 1000 });
    });

    it('in a transaction is let go of when that ends, or immediately (A.1.6)', async () => {
      const { mine, theirs, name } = await two();
      for (const end of ['tcommit', 'trollback'] as const) {
        await mine.lock([name(1), name(2), name(3)]);
        void mine.tstart();
        await using _inner = await mine.lock([name(4)]);
        void mine.unlock([name(1)]);
        void mine.unlock([name(2)], { immediate: true });
        void mine.unlock([name(3)]);
        await mine.lock([name(3)]);
        await theirs.lock([name(2)], { timeoutMs: 1000 });
        await refused(theirs, name(1));
        await mine[end]();
        await theirs.lock([name(1)], { timeoutMs: 1000 });
        await refused(theirs, name(3));
        await theirs.unlockAll();
        await mine.unlockAll();
      }
      await theirs.lock([name()], { timeoutMs: 1000 });
    });

    it('is let go of with all the others by unlockAll, in a transaction when that ends', async () => {
      const { mine, theirs, name } = await two();
      await mine.lock([name(1)]);
      await mine.lock([name(1)]);
      void mine.tstart();
      await mine.lock([name(2)], { shared: true });
      void mine.unlockAll();
      await mine.lock([name(2)], { shared: true });
      await refused(theirs, name(1));
      await mine.tcommit();
      await theirs.lock([name(1)], { timeoutMs: 1000 });
      await refused(theirs, name(2));
      void mine.tstart();
      void mine.unlockAll({ immediate: true });
      await theirs.lock([name()], { timeoutMs: 1000 });
      await mine.trollback();
    });

    it('is refused where its names or its time are none, and nothing is locked (hostile)', async () => {
      const { mine, theirs, name } = await two();
      const many = Array.from({ length: 256 }, (_, i) => name(i));
      for (const names of [[], many])
        expect((await failure(() => mine.lock(names))).code).toBe('SYNTAX');
      for (const timeoutMs of [-1, Number.NaN, 2 ** 31])
        expect((await failure(() => mine.lock([name()], { timeoutMs }))).code).toBe('SYNTAX');
      expect((await failure(() => mine.lock([name(1), name('')]))).code).toBe('SUBSCRIPT');
      expect((await failure(() => mine.lock([['^x']]))).code).toBe('SYNTAX');
      await mine.unlock([name(77)]);
      await mine.unlockAll();
      await theirs.lock([name()], NOW);
      await mine.close();
      expect((await failure(() => mine.lock([name()]))).code).toBe('CANCELLED');
      expect((await failure(() => mine.unlock([name()]))).code).toBe('CANCELLED');
    });
  });
}
