/** Transactions of a data server's own jobs, as they and its app servers see them. A.1.4, A.1.5, A.1.9, A.2.4, §4.3.1 */
import { describe, expect, it } from '@jest/globals';
import { failure } from '../support/failure.ts';
import { isLine, POWER_CUT, World } from '../support/world.ts';

/** More than one record of a transaction holds, and than one turn makes. */
const MANY = 12_000;

const INPUT = {
  databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }],
  namespaces: [
    {
      name: 'USER',
      defaultDatabase: 'ACCOUNTS',
      mappings: [
        { global: 'M*', database: 'MORE' },
        { global: 'TMP*', database: 'TEMP' },
      ],
    },
  ],
};

describe('a transaction', () => {
  it('is kept by TCOMMIT and undone by TROLLBACK, over the databases of an instance (A.1.4, A.1.5)', () => {
    const job = new World().dataServer('S', INPUT).job();
    const [x, m] = [job.global('x'), job.global('Mx')];
    void x.set([1], 'old');
    void job.tstart();
    void x.set([1], 'new');
    void m.set([1], 'new');
    expect(job.tlevel()).toBe(1);
    void job.trollback();
    expect([job.tlevel(), x.get([1]), m.get([1])]).toEqual([0, 'old', undefined]);
    void job.tstart();
    void x.set([1], 'new');
    void m.set([1], 'new');
    void job.tcommit();
    void job.trollback();
    expect([job.tlevel(), x.get([1]), m.get([1])]).toEqual([0, 'new', 'new']);
  });

  it('has levels: an inner one is undone alone, or committed into the one around it', () => {
    const job = new World().dataServer().job();
    const x = job.global('x');
    // The first change comes late: levels that were there before count.
    void job.tstart();
    void job.tstart();
    void x.set([2], 'inner');
    void job.trollback('level');
    expect([job.tlevel(), x.get([2])]).toEqual([1, undefined]);
    void x.set([1], 'outer');
    void job.tstart();
    void x.set([3], 'inner');
    void job.tcommit();
    expect([job.tlevel(), x.get([3])]).toEqual([1, 'inner']);
    void job.trollback();
    expect([job.tlevel(), x.data()]).toEqual([0, 0]);
  });

  it('as a function: what it throws rolls back its level and comes out again', async () => {
    const world = new World();
    const job = world.dataServer().job();
    const x = job.global('x');
    const done = job.transaction(async (tx) => {
      await tx.global('x').set([1], 'outer');
      await job
        .transaction(async (inner) => {
          await inner.global('x').set([2], 'inner');
          throw new Error('no');
        })
        .catch(() => undefined);
      return 'result';
    });
    expect(await world.run(done)).toBe('result');
    expect([x.get([1]), x.get([2]), job.tlevel()]).toEqual(['outer', undefined, 0]);
  });

  it('that ends without having begun is refused, and too many levels are (hostile)', async () => {
    const job = new World().dataServer().job();
    expect((await failure(() => job.tcommit())).message).toBe('<SYNTAX> TCOMMIT without TSTART');
    await job.trollback();
    for (let level = 0; level < 255; level++) void job.tstart();
    expect((await failure(() => job.tstart())).code).toBe('RESOURCE');
    expect(job.tlevel()).toBe(255);
  });

  it('does not undo $INCREMENT, and TEMP has no part in it (R17, §4.3.1)', async () => {
    const world = new World();
    const job = world.dataServer('S', INPUT).job();
    void job.tstart();
    await world.run(job.global('x').increment([1]));
    void job.global('TMPx').set([1], 'stays');
    void job.global('x').set([2], 'goes');
    void job.trollback();
    expect(job.global('x').get([1])).toBe('1');
    expect(job.global('TMPx').get([1])).toBe('stays');
    expect(job.global('x').get([2])).toBeUndefined();
  });

  it('undoes a MERGE node by node', async () => {
    const world = new World();
    const job = world.dataServer().job();
    for (let i = 0; i < 50; i++) void job.global('from').set([i], `v${i}`);
    void job.global('to').set([3], 'old');
    void job.tstart();
    await world.run(job.global('to').merge([], job.global('from')));
    expect(job.global('to').get([3])).toBe('v3');
    await world.run(job.trollback());
    expect(job.global('to').get([3])).toBe('old');
    expect(job.global('to').get([4])).toBeUndefined();
  });

  it('commits synchronously when it is durable, and not before (SynchCommit)', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    const syncs: (() => void)[] = [];
    s.journal.defer = (complete) => void syncs.push(complete);
    void job.tstart();
    void job.global('x').set([1], 'v');
    let isDone = false;
    const done = Promise.resolve(job.tcommit({ commit: 'synchronous' })).then(
      () => (isDone = true),
    );
    await world.time.settle();
    expect(isDone).toBe(false);
    s.journal.defer = (complete) => complete();
    for (const complete of syncs.splice(0)) complete();
    await world.run(done);
    s.crash(POWER_CUT);
    s.start();
    expect(s.job().global('x').get([1])).toBe('v');
  });

  it('is rolled back when its job ends (HALT)', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    void job.tstart();
    void job.global('x').set([1], 'v');
    await world.run(job.close());
    expect(s.job().global('x').get([1])).toBeUndefined();
    expect(s.instance.transactions.list()).toEqual([]);
  });
});

describe('a large KILL in a transaction', () => {
  it('takes several turns; what its job asks next sees all of it done (R14)', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    const x = job.global('x');
    for (let i = 0; i < MANY; i++) void x.set([i], `v${i}`);
    void job.tstart();
    void x.kill();
    expect(job.isBusy).toBe(true);
    // Behind the KILL, not in the midst of it.
    const set = x.set([5], 'after');
    const data = x.data();
    const next = x.order(['']);
    expect(
      s
        .job()
        .global('x')
        .get([MANY - 1]),
    ).toBe(`v${MANY - 1}`);
    await world.run(set);
    expect([await data, await next]).toEqual([10, 5]);
    expect(job.isBusy).toBe(false);
    await world.run(job.trollback());
    expect(x.get([5])).toBe('v5');
    expect(x.get([MANY - 1])).toBe(`v${MANY - 1}`);
  });

  it('several, a scan and TCOMMIT behind each other: each waits for all before it', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    const [x, y] = [job.global('x'), job.global('y')];
    for (let i = 0; i < MANY; i++) {
      void x.set([i], 'v');
      void y.set([i], 'v');
    }
    void job.tstart();
    void x.kill();
    void y.kill();
    const first = x.keys().next();
    void y.set([1], 'behind both');
    const level = job.tlevel();
    const committed = job.tcommit();
    const after = job.tlevel();
    await world.run(committed);
    expect([await level, await after, (await first).done]).toEqual([1, 0, true]);
    expect([x.data(), y.get([1]), y.order([1])]).toEqual([0, 'behind both', undefined]);
    expect(s.instance.transactions.list()).toEqual([]);
  });

  it('what waits behind one that fails, and that nobody awaits, ends no process', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    const x = job.global('x');
    for (let i = 0; i < MANY; i++) void x.set([i], 'v');
    void job.tstart();
    void x.kill();
    void x.set([1], 'behind it');
    s.instance.transactions.fail(s.instance.transactions.list()[0]!.number, 'it had to go');
    await world.time.settle();
    await world.time.pass(10);
    expect((await failure(() => x.get([1]))).code).toBe('ROLLBACK ONLY');
    expect(x.get([1])).toBe('v');
  });

  it('that nobody awaits and that fails is heard of by the next operation', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    const x = job.global('x');
    for (let i = 0; i < MANY; i++) void x.set([i], `v${i}`);
    void job.tstart();
    void x.kill();
    s.instance.transactions.fail(
      [...s.instance.transactions.list()][0]!.number,
      'somebody said so',
    );
    await world.time.settle();
    await world.time.pass(10);
    const error = await failure(() => x.get([1]));
    expect(error.message).toBe('<ROLLBACK ONLY> the transaction was rolled back: somebody said so');
    expect(x.get([1])).toBe('v1');
  });
});

describe('what ends a transaction from outside', () => {
  it('a crash: the next start rolls it back before anybody reads (A.1.4)', async () => {
    const world = new World();
    const s = world.dataServer('S', INPUT);
    const job = s.job();
    void job.global('x').set([1], 'old');
    void job.tstart();
    void job.global('x').set([1], 'new');
    void job.global('Mx').kill();
    void job.global('Mx').set([2], 'new');
    await world.run(s.job().flush());
    s.crash(POWER_CUT);
    s.start();
    expect(s.job().global('x').get([1])).toBe('old');
    expect(s.job().global('Mx').data()).toBe(0);
    expect(s.instance.transactions.list()).toEqual([]);
  });

  it('its database is dismounted: the change is undone first, and its job can only roll back', async () => {
    const world = new World();
    const s = world.dataServer('S', INPUT);
    const job = s.job();
    void job.tstart();
    void job.global('x').set([1], 'new');
    void job.global('Mx').set([1], 'new');
    const dismounted = [{ name: 'ACCOUNTS' }, { name: 'MORE', state: 'Dismounted' as const }];
    s.reconfigure({ databases: dismounted });
    expect(job.global('x').get([1])).toBeUndefined();
    expect((await failure(() => job.global('x').set([2], 'v'))).code).toBe('ROLLBACK ONLY');
    expect((await failure(() => job.tcommit())).code).toBe('ROLLBACK ONLY');
    void job.trollback();
    void job.global('x').set([2], 'v');
    await world.run(job.flush());
    s.reconfigure({ databases: INPUT.databases });
    expect(job.global('Mx').get([1])).toBeUndefined();
  });

  it('it keeps too much of the journal: it is warned of, and rolled back above pinnedRollbackSize', async () => {
    const world = new World();
    const journal = { pinnedWarningSize: '1Mi', pinnedRollbackSize: '2Mi' };
    const s = world.dataServer('S', { journal });
    const [idle, busy] = [s.job(), s.job()];
    void idle.tstart();
    void idle.global('x').set([1], 'v');
    for (let i = 0; i < 1200; i++) void busy.global('y').set([i], 'x'.repeat(1000));
    await world.run(busy.flush());
    await world.time.pass(20);
    expect(s.log.lines.filter(isLine('the journal is kept'))).toHaveLength(1);
    expect(idle.global('x').get([1])).toBe('v');
    for (let i = 0; i < 1500; i++) void busy.global('y').set([i], 'y'.repeat(1000));
    await world.run(busy.flush());
    await world.time.pass(20);
    expect(idle.global('x').get([1])).toBeUndefined();
    expect((await failure(() => idle.tcommit())).message).toMatch('pinnedRollbackSize');
  });

  it('a failed disk: nothing can be undone, and the next start does it (A.2.5)', async () => {
    const world = new World();
    const s = world.dataServer();
    const job = s.job();
    void job.global('x').set([1], 'old');
    await world.run(job.flush());
    void job.tstart();
    void job.global('x').set([1], 'new');
    s.journal.fault = (operation) => {
      if (operation === 'sync') throw new Error('EIO');
    };
    await failure(() => world.run(job.flush()));
    expect((await failure(() => job.trollback())).code).toBe('FROZEN');
    await world.run(job.close());
    s.crash();
    s.journal.fault = () => undefined;
    s.start();
    expect(s.job().global('x').get([1])).toBe('old');
  });
});

describe('app servers', () => {
  it('hear of what is rolled back, block by block (R4)', async () => {
    const world = new World();
    const s = world.dataServer();
    void s.job().global('x').set([1], 'old');
    const A = world.appServer('A').job().global('x');
    const job = s.job();
    void job.tstart();
    void job.global('x').set([1], 'new');
    // Without a lock it sees what is not committed (A.2.10).
    expect(await world.run(A.get([1]))).toBe('new');
    void job.trollback();
    await world.time.settle();
    expect(await world.run(A.get([1]))).toBe('old');
  });
});

describe('globals that are not journaled', () => {
  it('are lost in a crash since the last checkpoint, but for what transactions did (A.1.9)', async () => {
    const world = new World();
    const databases = [{ name: 'ACCOUNTS', unjournaledGlobals: ['Scratch*'] }];
    const s = world.dataServer('S', { databases });
    const job = s.job();
    void job.global('ScratchPad').set([1], 'before');
    await new Promise<void>((resolve) => s.instance.engine.checkpoint(() => resolve()));
    void job.global('ScratchPad').set([1], 'after');
    void job.global('x').set([1], 'journaled');
    void job.tstart();
    void job.global('ScratchPad').set([2], 'in a transaction');
    void job.tcommit();
    await world.run(job.flush());
    s.crash(POWER_CUT);
    s.start();
    const now = s.job();
    expect(now.global('ScratchPad').get([1])).toBe('before');
    expect(now.global('ScratchPad').get([2])).toBe('in a transaction');
    expect(now.global('x').get([1])).toBe('journaled');
    // Journaled from here on, with all that was changed before.
    void now.global('ScratchPad').set([3], 'before the switch');
    s.reconfigure({ databases: [{ name: 'ACCOUNTS' }] });
    void now.global('ScratchPad').set([4], 'after the switch');
    await world.run(now.flush());
    s.crash(POWER_CUT);
    s.start();
    const last = s.job().global('ScratchPad');
    expect([last.get([3]), last.get([4])]).toEqual(['before the switch', 'after the switch']);
  });
});
