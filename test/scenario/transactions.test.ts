/** Transactions of app servers' jobs at data servers. A.1.4–A.1.8, A.2.4, A.2.11, R4–R6, §4.2, §4.3.1, §4.3.2, §4.4.2 */
import { describe, expect, it } from '@jest/globals';
import type { Request } from '../../server/ecp/wire/frame.ts';
import type { CommitOptions } from '../../server/instance/database.ts';
import { failure } from '../support/failure.ts';
import { RawAppServer, set } from '../support/raw-peers.ts';
import { isLine, POWER_CUT, World, type Host } from '../support/world.ts';

const X1 = [['x', 1]] as const;
/** More than one record of a transaction holds, and than one turn makes. */
const MANY = 12_000;

/** A data server and two app servers, each with a job; ^x(1)="old" and ^x(2)="two". */
async function two() {
  const world = new World();
  const s = world.dataServer();
  const [A, B] = [world.appServer('A'), world.appServer('B')];
  const [a, b] = [A.job(), B.job()];
  void a.global('x').set([1], 'old');
  void a.global('x').set([2], 'two');
  await world.run(a.flush());
  await world.run(b.global('x').get([1]));
  return { world, s, A, B, a, b, x: a.global('x'), seen: b.global('x') };
}

const open = (host: Host): number => host.instance.engine.transactions.open.size;
const at = (host: Host): unknown => host.job().global('x').get([1]);

describe('a transaction over ECP', () => {
  it('TCOMMIT keeps it; it begins at the data server with its first change (A.1.5)', async () => {
    const { world, s, a, x, seen } = await two();
    world.takeTranscript();
    await world.run(a.tstart());
    await world.run(a.tstart());
    await world.run(x.get([2]));
    expect(open(s)).toBe(0);
    void x.set([1], 'new');
    void x.set([3], 'three');
    await world.run(a.tcommit());
    await world.run(a.tcommit());
    await world.run(a.sync());
    const said = world.takeTranscript().filter(isLine('A → S')).join('\n');
    expect(said).toMatch(/begin 1 level 2[^]*within 1[^]*set[^]*level 1 level 1[^]*commit 1/);
    expect([open(s), await world.run(seen.get([1])), await world.run(seen.get([3]))]).toEqual([
      0,
      'new',
      'three',
    ]);
  });

  it('R4: TROLLBACK undoes it, newest change first, and nobody’s cache keeps it: not its own either (A.1.4)', async () => {
    const { world, s, A, a, x, seen } = await two();
    void a.tstart();
    void x.set([1], 'new');
    void x.kill();
    void x.set([1, 'below'], 'new');
    await world.run(a.sync());
    expect(await world.run(A.job().global('x').get([1, 'below']))).toBe('new');
    expect(await world.run(seen.get([2]))).toBeUndefined();
    await world.run(a.trollback());
    for (const node of [x, A.job().global('x')])
      expect([node.get([1]), node.get([1, 'below'])].length).toBe(2);
    const values = async (node: typeof x): Promise<unknown[]> => [
      await world.run(node.get([1])),
      await world.run(node.get([2])),
      await world.run(node.data([1, 'below'])),
    ];
    expect(await values(x)).toEqual(['old', 'two', 0]);
    expect(await values(A.job().global('x'))).toEqual(['old', 'two', 0]);
    expect(await values(seen)).toEqual(['old', 'two', 0]);
    expect(open(s)).toBe(0);
  });

  it('a node that somebody else has changed meanwhile is left as it is (A.2.4)', async () => {
    const { world, a, b, x, seen } = await two();
    void a.tstart();
    void x.set([1], 'mine');
    void x.set([2], 'mine');
    await world.run(a.sync());
    await world.run(seen.set([1], 'theirs'));
    await world.run(b.sync());
    await world.run(a.trollback());
    expect(await world.run(x.get([1]))).toBe('theirs');
    expect(await world.run(x.get([2]))).toBe('two');
  });

  it('levels: an inner one is undone alone', async () => {
    const { world, s, a, x } = await two();
    void a.tstart();
    void x.set([1], 'outer');
    void a.tstart();
    void x.set([2], 'inner');
    await world.run(a.trollback('level'));
    expect([a.tlevel(), await world.run(x.get([2]))]).toEqual([1, 'two']);
    void a.tstart();
    void x.set([3], 'inner');
    void a.tcommit();
    await world.run(a.trollback());
    expect([await world.run(x.get([1])), await world.run(x.get([3]))]).toEqual(['old', undefined]);
    expect(open(s)).toBe(0);
  });

  it('long values, MERGE, a KILL of very many nodes and their undoing, in turns', async () => {
    const { world, s, a, x } = await two();
    const long = 'l'.repeat(300_000);
    for (let i = 0; i < MANY; i++) await x.set(['many', i], `${i}`);
    await world.run(a.flush());
    void a.tstart();
    await world.run(x.set(['long'], long));
    await world.run(x.kill(['many']));
    await world.run(x.merge(['copy'], x, [1]));
    await world.run(a.sync());
    expect(s.job().global('x').data(['many'])).toBe(0);
    expect(await world.run(x.get(['long']))).toBe(long);
    expect(await world.run(x.get(['copy']))).toBe('old');
    await world.run(a.trollback());
    const local = s.job().global('x');
    expect([local.data(['long']), local.data(['copy']), local.get(['many', MANY - 1])]).toEqual([
      0,
      0,
      `${MANY - 1}`,
    ]);
    let nodes = 0;
    for await (const _ of local.keys(['many'])) nodes++;
    expect(nodes).toBe(MANY);
  });

  it('$INCREMENT in it is not undone (R17)', async () => {
    const { world, a, x } = await two();
    void a.tstart();
    expect(await world.run(x.increment(['n']))).toBe('1');
    void x.set([1], 'new');
    await world.run(a.trollback());
    expect(await world.run(x.increment(['n']))).toBe('2');
  });

  it('SynchCommit: it is durable when TCOMMIT returns, the power may go (A.1.5)', async () => {
    const { world, s, a, x } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.tcommit({ commit: 'synchronous' }));
    s.crash(POWER_CUT);
    s.start();
    expect(at(s)).toBe('new');
  });

  it('F-E8: SynchCommit may be the instance’s default, changed while it runs, and TCOMMIT may say otherwise', async () => {
    const { world, s, A, a, x } = await two();
    let syncs: (() => void)[] = [];
    s.journal.defer = (complete) => void syncs.push(complete);
    /** Whether TCOMMIT returns before the disk has synced. */
    const returnsEarly = async (options?: CommitOptions): Promise<boolean> => {
      let isDone = false;
      void a.tstart();
      void x.set([1], 'new');
      const done = Promise.resolve(a.tcommit(options)).then(() => (isDone = true));
      await world.time.settle();
      const wasEarly = isDone;
      const waiting = syncs;
      syncs = [];
      s.journal.defer = (complete) => complete();
      for (const complete of waiting) complete();
      await world.run(done);
      await world.run(a.flush());
      s.journal.defer = (complete) => void syncs.push(complete);
      return wasEarly;
    };
    expect(await returnsEarly()).toBe(true);
    expect(await returnsEarly({ commit: 'synchronous' })).toBe(false);
    A.reconfigure({ synchCommit: true });
    expect(await returnsEarly()).toBe(false);
    expect(await returnsEarly({ commit: 'asynchronous' })).toBe(true);
  });

  it('A.1.6: an unlock in it takes place behind its end, and who gets the lock sees what became of it', async () => {
    const { world, a, b, x, seen } = await two();
    await world.run(a.lock(X1));
    void a.tstart();
    void x.set([1], 'new');
    void a.unlock(X1);
    const refused = await world.run(failure(() => b.lock(X1, { timeoutMs: 0 })));
    expect(refused.code).toBe('CANCELLED');
    void a.tcommit();
    await world.run(b.lock(X1));
    expect(await world.run(seen.get([1]))).toBe('new');
    void b.unlock(X1);
    await world.run(a.lock(X1));
    void a.tstart();
    void x.set([1], 'undone');
    void a.unlock(X1);
    const theirs = b.lock(X1);
    void a.trollback();
    await world.run(theirs);
    expect(await world.run(seen.get([1]))).toBe('new');
  });
});

describe('a transaction that is cut off', () => {
  it('goes on after the stream was cut, and after a restart of the data server: each change once (A.1.8, R6)', async () => {
    const { world, s, A, a, b, x, seen } = await two();
    await world.run(a.lock(X1));
    void a.tstart();
    void a.tstart();
    void x.set([1], 'first');
    await world.run(a.sync());
    world.link(A).holdToServer(true);
    void x.set([1], 'second');
    void a.tcommit();
    void x.set([3], 'third');
    await world.time.settle();
    world.link(A).cut();
    await world.time.pass(100);
    expect(open(s)).toBe(1);
    s.crash(POWER_CUT);
    await world.time.pass(100);
    s.start();
    void x.set([4], 'fourth');
    // Nobody gets the lock before the transaction's end.
    const theirs = b.lock(X1);
    await world.run(a.tcommit({ commit: 'synchronous' }));
    void a.unlock(X1);
    await world.run(theirs);
    const values = [1, 2, 3, 4].map((i) => world.run(seen.get([i])));
    expect(await Promise.all(values)).toEqual(['second', 'two', 'third', 'fourth']);
    expect(open(s)).toBe(0);
  });

  it('TROLLBACK, applied, whose answer is lost, is not repeated', async () => {
    const { world, s, A, a, x, seen } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.sync());
    world.link(A).holdToApp(true);
    const done = Promise.resolve(a.trollback());
    await world.time.settle();
    expect(at(s)).toBe('old');
    // What is the same value by chance is not taken for its own.
    void s.job().global('x').set([1], 'new');
    world.link(A).cut();
    await world.run(done);
    expect(await world.run(seen.get([1]))).toBe('new');
  });

  it('is rolled back when its app server is given up, and only then are its locks let go of (A.1.4, A.1.8)', async () => {
    const { world, s, A, a, b, x, seen } = await two();
    await world.run(a.lock(X1));
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.sync());
    A.crash();
    const theirs = b.lock(X1);
    await world.time.pass(59_000);
    expect(open(s)).toBe(1);
    await world.time.pass(2_000);
    await world.run(theirs);
    expect(await world.run(seen.get([1]))).toBe('old');
    expect(open(s)).toBe(0);
    // No restart brings it back.
    await world.run(b.flush());
    s.crash(POWER_CUT);
    s.start();
    expect([at(s), open(s)]).toEqual(['old', 0]);
  });

  it('is rolled back at once by HALT, by a leave in order, and by a new process of its name', async () => {
    const { world, s, A, a, x } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.close());
    expect([at(s), open(s)]).toEqual(['old', 0]);
    const again = A.job();
    void again.tstart();
    await world.run(again.global('x').set([1], 'new'));
    await world.run(A.instance.disconnect('BANK'));
    expect([at(s), open(s)]).toEqual(['old', 0]);
    const third = A.job();
    void third.tstart();
    await world.run(third.global('x').set([1], 'new'));
    await world.run(third.sync());
    expect(open(s)).toBe(1);
    A.crash();
    A.start();
    await world.run(A.job().global('x').get([2]));
    expect([at(s), open(s)]).toEqual(['old', 0]);
  });

  it('is rolled back after the window where its app server does not come back after a restart (A.1.8)', async () => {
    const { world, s, A, a, x } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.flush());
    A.crash();
    s.crash(POWER_CUT);
    s.start();
    expect([at(s), open(s)]).toEqual(['new', 1]);
    await world.time.pass(35_000);
    expect([at(s), open(s)]).toEqual(['old', 0]);
  });
});

describe('R6: what a session claims to have open and what is open must agree, else it ends, loudly', () => {
  const resumed = async (claims: readonly Request[]): Promise<{ s: Host; heard: string }> => {
    const world = new World();
    const s = world.dataServer();
    const peer = await RawAppServer.welcomed(world, { features: ['transactions'] });
    await peer.requests(1, [
      { kind: 'begin', job: 7, level: 2 },
      { kind: 'within', job: 7 },
      set('^x(1)', 'new'),
    ]);
    peer.close();
    await world.time.pass(20);
    const { session, epoch } = peer.welcome;
    const again = new RawAppServer(world);
    await again.hello({ session, epoch });
    const heard = await again.requests(1, claims, { replay: true });
    await again.requests(3, [{ kind: 'heartbeat' }]);
    return { s, heard: heard.join('; ') };
  };

  it('with what is open', async () => {
    const { s, heard } = await resumed([
      { kind: 'claimTransaction', job: 7, level: 2 },
      { kind: 'claimTransaction', job: 8, level: 1 },
      { kind: 'transactionsClaimed', count: 2 },
    ]);
    expect(heard).toMatch(/rolledBack 8 after #2/);
    expect(heard).not.toMatch(/refused/);
    expect([open(s), at(s)]).toEqual([1, 'new']);
  });

  it.each<[string, readonly Request[]]>([
    ['without it', [{ kind: 'transactionsClaimed', count: 0 }]],
    [
      'at another level',
      [
        { kind: 'claimTransaction', job: 7, level: 1 },
        { kind: 'transactionsClaimed', count: 1 },
      ],
    ],
    [
      'fewer than it counts',
      [
        { kind: 'claimTransaction', job: 7, level: 2 },
        { kind: 'transactionsClaimed', count: 2 },
      ],
    ],
    [
      'one job twice',
      [
        { kind: 'claimTransaction', job: 7, level: 2 },
        { kind: 'claimTransaction', job: 7, level: 2 },
      ],
    ],
  ])('%s', async (_, claims) => {
    const { s, heard } = await resumed(claims);
    expect(heard).toMatch(/refused PROTOCOL/);
    expect(s.log.lines.join()).toMatch(/a session does not agree/);
    expect([open(s), at(s)]).toEqual([0, undefined]);
  });
});

describe('rollback-only (A.1.7, §4.4.2)', () => {
  /** A's session is given up in the midst of a's transaction, and A connected again. */
  const givenUp = async () => {
    const all = await two();
    const { world, s, A, a, x } = all;
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.flush());
    world.link(A).cut();
    world.net.unlisten('S:1972');
    await world.time.pass(61_000);
    world.net.listen('S:1972', (channel) => s.instance.dataServer.accept(channel));
    await world.time.pass(10_000);
    return all;
  };

  it('every request to that server hears <NETWORK>, TCOMMIT <ROLLBACK ONLY>, until the job rolls back; others go on', async () => {
    const { world, s, A, a, x } = await givenUp();
    expect([at(s), open(s)]).toEqual(['old', 0]);
    const codes: string[] = [];
    for (const request of [
      () => x.set([1], 'again'),
      () => x.set([1], 'again'),
      () => x.get(['far']),
      () => x.increment(['n']),
      () => a.sync(),
      () => a.lock(X1, { timeoutMs: 0 }),
    ])
      codes.push((await world.run(failure(request))).code);
    expect(codes).toEqual(Array<string>(6).fill('NETWORK'));
    expect(await world.run(A.job().global('x').get([1]))).toBe('old');
    expect((await world.run(failure(() => a.tcommit()))).code).toBe('ROLLBACK ONLY');
    expect(a.tlevel()).toBe(1);
    await world.run(a.trollback());
    await world.run(x.set([1], 'after'));
    await world.run(a.sync());
    expect(at(s)).toBe('after');
  });

  it('a job that touched nothing since finds out at TCOMMIT, and nothing of it is kept', async () => {
    const { world, s, a } = await givenUp();
    const error = await world.run(failure(() => a.tcommit()));
    expect(['NETWORK', 'ROLLBACK ONLY']).toContain(error.code);
    await world.run(a.trollback());
    expect([at(s), open(s), a.tlevel()]).toEqual(['old', 0, 0]);
  });

  it('an administrator rolls one back: the job hears it with its next request, and may begin anew', async () => {
    const { world, s, a, x } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.sync());
    const [one] = s.instance.transactions.list();
    expect(s.instance.transactions.fail(one?.number ?? 0, 'no more')).toBe(true);
    expect([at(s), open(s)]).toEqual(['old', 0]);
    await world.time.pass(20);
    expect((await world.run(failure(() => x.set([1], 'more')))).code).toBe('NETWORK');
    expect((await world.run(failure(() => a.tcommit()))).code).toBe('ROLLBACK ONLY');
    await world.run(a.trollback());
    await world.run(a.transaction((tx) => tx.global('x').set([1], 'anew')));
    await world.run(a.sync());
    expect(at(s)).toBe('anew');
  });

  it('a transaction that began after the one that was rolled back is not taken for it', async () => {
    const { world, s, A, a, x } = await two();
    void a.tstart();
    void x.set([1], 'new');
    await world.run(a.sync());
    world.link(A).holdToApp(true);
    const [one] = s.instance.transactions.list();
    s.instance.transactions.fail(one?.number ?? 0, 'no more');
    const rolledBack = a.trollback();
    void a.tstart();
    void x.set([1], 'second');
    await world.time.settle();
    world.link(A).holdToApp(false);
    await world.run(rolledBack);
    await world.run(a.tcommit({ commit: 'synchronous' }));
    expect(at(s)).toBe('second');
  });
});

describe('an error of a change in it', () => {
  const FULL = { databases: [{ name: 'ACCOUNTS', maxSize: '2Mi' }] };

  it('that is not waited for turns TCOMMIT into a rollback, and is heard (A.2.11, §4.3.2)', async () => {
    const world = new World();
    const s = world.dataServer('S', FULL);
    const a = world.appServer('A').job();
    const heard: string[] = [];
    a.on('delayed-error', (error) => heard.push(error.message));
    void a.global('x').set([1], 'old');
    await world.run(a.flush());
    void a.tstart();
    void a.global('x').set([1], 'new');
    for (let i = 0; i < 4; i++) void a.global('x').set(['big', i], 'b'.repeat(1_000_000));
    void a.global('x').set([2], 'behind it');
    void a.tcommit();
    await world.time.pass(1000);
    expect(heard[0]).toMatch(/FILEFULL/);
    const local = s.job().global('x');
    expect([local.get([1]), local.get([2]), local.data(['big']), open(s)]).toEqual([
      'old',
      undefined,
      0,
      0,
    ]);
    expect((await world.run(failure(() => a.sync()))).code).toBe('NETWORK DATA UPDATE FAILED');
    await world.run(a.transaction((tx) => tx.global('x').set([1], 'small')));
    await world.run(a.sync());
    expect(at(s)).toBe('small');
  });

  it('that the app server gives at once makes it rollback-only, too (§4.3.2)', async () => {
    const world = new World();
    const s = world.dataServer('S', { databases: [{ name: 'ACCOUNTS' }, { name: 'MORE' }] });
    const A = world.appServer('A', {
      remoteDatabases: [
        { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
        { name: 'SHOWN', dataServer: 'BANK', database: 'MORE', access: 'ReadOnly' },
      ],
      namespaces: [
        {
          name: 'USER',
          defaultDatabase: 'ACCOUNTS',
          mappings: [{ global: 'r', database: 'SHOWN' }],
        },
      ],
    });
    const a = A.job();
    void a.tstart();
    await world.run(a.global('x').set([1], 'new'));
    expect((await world.run(failure(() => a.global('r').set([1], 'v')))).code).toBe('PROTECT');
    expect((await world.run(failure(() => a.tcommit()))).code).toBe('ROLLBACK ONLY');
    await world.run(a.trollback());
    expect([at(s), open(s), a.tlevel()]).toEqual([undefined, 0, 0]);
  });
});

describe('over several servers (§4.3.1)', () => {
  const three = () => {
    const world = new World();
    const s = world.dataServer('S');
    const t = world.dataServer('T');
    const A = world.appServer('A', {
      databases: [{ name: 'HERE' }],
      dataServers: [
        { name: 'BANK', host: 'S' },
        { name: 'SHOP', host: 'T' },
      ],
      remoteDatabases: [
        { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
        { name: 'ORDERS', dataServer: 'SHOP', database: 'ACCOUNTS' },
      ],
      namespaces: [
        {
          name: 'USER',
          defaultDatabase: 'ACCOUNTS',
          mappings: [
            { global: 'o', database: 'ORDERS' },
            { global: 'h', database: 'HERE' },
          ],
        },
      ],
    });
    const a = A.job();
    const write = async (value: string): Promise<void> => {
      for (const name of ['x', 'o', 'h']) await world.run(a.global(name).set([1], value));
    };
    const kept = (): unknown[] => [
      s.job().global('x').get([1]),
      t.job().global('o').get([1]),
      A.job().global('h').get([1]),
    ];
    return { world, s, t, A, a, write, kept };
  };

  it('commits at all, waiting for every answer, and rolls back at all (R17)', async () => {
    const { world, a, write, kept } = three();
    void a.tstart();
    await write('new');
    await world.run(a.tcommit());
    expect(kept()).toEqual(['new', 'new', 'new']);
    void a.tstart();
    await write('undone');
    await world.run(a.trollback());
    expect(kept()).toEqual(['new', 'new', 'new']);
  });

  it('one that was rolled back at one server is kept at none (A.1.7)', async () => {
    const { world, s, a, write, kept } = three();
    void a.tstart();
    await write('new');
    await world.run(a.sync());
    const [one] = s.instance.transactions.list();
    s.instance.transactions.fail(one?.number ?? 0, 'no more');
    expect((await world.run(failure(() => a.tcommit()))).code).toBe('ROLLBACK ONLY');
    await world.run(a.trollback());
    expect(kept()).toEqual([undefined, undefined, undefined]);
  });

  it('what the job asks for behind TCOMMIT is no part of it', async () => {
    const { world, a, write, kept, s } = three();
    void a.tstart();
    await write('new');
    const done = Promise.resolve(a.tcommit());
    void a.global('x').set([1], 'behind');
    await world.run(done);
    await world.run(a.sync());
    expect(kept()[0]).toBe('behind');
    expect(open(s)).toBe(0);
  });
});
