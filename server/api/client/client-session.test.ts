/** What a session does with messages, good and hostile ones, without a client. */
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClientPeer, node, type Reply, turns } from '../../../test/support/client-peer.ts';
import { openBank } from '../../../test/support/memory-instance.ts';
import { textOf, utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import {
  CLIENT_JOBS_MAX,
  CLIENT_MESSAGE_BYTES_MAX,
  CLIENT_OPERATIONS_MAX,
  CLIENT_PAGE_ENTRIES_MAX,
} from '../../base/limits.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import type { Database } from '../../instance/database.ts';
import { silentLog } from '../../ports/log.ts';
import { ecp } from '../generated/client.js';
import { ClientListener } from './client-listener.ts';

const bank = openBank();
afterAll(() => bank.stop());

describe('operations', () => {
  it('may follow the opening of their job in one message, and are answered in one', async () => {
    const peer = new ClientPeer(bank.app);
    peer.send(
      { id: 1, job: 7, openJob: { namespace: 'LOCAL' } },
      { id: 2, job: 7, set: { node: node('S', '1'), value: utf8('one') } },
      { id: 3, job: 7, get: node('S', '1') },
      { id: 4, job: 7, order: node('S', '') },
      { id: 5, job: 7, query: { node: node('S') } },
      { id: 6, job: 7, data: node('S') },
    );
    await turns();
    expect(peer.messages).toBe(1);
    expect(peer.replies.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(textOf(peer.replies[2]!.value!)).toBe('one');
    expect(textOf(peer.replies[3]!.subscript!)).toBe('1');
    expect(peer.replies[4]!.path!.subscripts!.map((text) => textOf(text))).toEqual(['1']);
    expect(peer.replies[5]!.data).toBe(10);
    peer.session.closed();
  });

  it('of a transaction may come in one message, and $TLEVEL is told (F-D3)', async () => {
    const peer = await ClientPeer.open(bank.app);
    peer.send(
      { id: 2, job: 1, tstart: {} },
      { id: 3, job: 1, set: { node: node('T', '1'), value: utf8('one') } },
      { id: 4, job: 1, tstart: {} },
      { id: 5, job: 1, set: { node: node('T', '2'), value: utf8('two') } },
      { id: 6, job: 1, tlevel: {} },
      { id: 7, job: 1, trollback: { level: true } },
      { id: 8, job: 1, tlevel: {} },
      { id: 9, job: 1, tcommit: {} },
      { id: 10, job: 1, tlevel: {} },
      { id: 11, job: 1, data: node('T', '1') },
      { id: 12, job: 1, data: node('T', '2') },
    );
    await turns();
    expect(peer.replies.map(({ id, error }) => [id, error?.code])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, undefined]),
    );
    const result = (id: number): Reply => peer.replies[id - 1]!;
    expect([result(6).level, result(8).level, result(10).level]).toEqual([2, 1, 0]);
    expect([result(11).data, result(12).data]).toEqual([1, 0]);
    peer.session.closed();
  });

  it('of a transaction: TCOMMIT is refused until the client knows of every change that failed', async () => {
    const peer = await ClientPeer.open(bank.app);
    const long = 'x'.repeat(2000);
    peer.send(
      { id: 2, job: 1, set: { node: node('U', long), value: utf8('fails outside of it') } },
      { id: 3, job: 1, tstart: {} },
      { id: 4, job: 1, set: { node: node('U', '1'), value: utf8('one') } },
      { id: 5, job: 1, set: { node: node('U', long), value: utf8('fails') } },
      { id: 6, job: 1, tcommit: {} },
      { id: 7, job: 1, tcommit: { failuresSeen: 1 } },
      { id: 8, job: 1, tcommit: {} },
      { id: 9, job: 1, data: node('U', '1') },
    );
    await turns();
    const codes = new Map(peer.replies.map(({ id, error }) => [id, error?.code]));
    expect([2, 3, 4, 5, 6, 7, 8].map((id) => codes.get(id))).toEqual([
      'SUBSCRIPT',
      undefined,
      undefined,
      'SUBSCRIPT',
      'ROLLBACK ONLY',
      undefined,
      'SYNTAX',
    ]);
    expect(peer.replies.find(({ id }) => id === 9)!.data).toBe(1);
    peer.session.closed();
  });

  it('that begin or end a transaction are done although they are cancelled', async () => {
    const peer = await ClientPeer.open(bank.app);
    peer.send(
      { id: 2, job: 1, tstart: {} },
      { id: 3, job: 1, set: { node: node('V', '1'), value: utf8('one') } },
      { id: 4, job: 1, tcommit: {} },
      { id: 5, job: 1, cancel: { operation: 2 } },
      { id: 6, job: 1, cancel: { operation: 4 } },
      { id: 7, job: 1, tlevel: {} },
    );
    await turns();
    const errors = peer.replies
      .filter(({ error }) => error)
      .map(({ id, error }) => [id, error!.outcome]);
    const { MAYBE } = ecp.client.v1.Error.Outcome;
    expect(errors).toEqual([
      [2, MAYBE],
      [4, MAYBE],
    ]);
    expect(peer.replies.find(({ id }) => id === 7)!.level).toBe(0);
    const other = await ClientPeer.open(bank.app);
    expect((await other.ask({ id: 2, job: 1, data: node('V', '1') })).data).toBe(1);
    other.session.closed();
    peer.session.closed();
  });

  it('of a transaction are undone when the stream ends in the midst of it (HALT)', async () => {
    const peer = await ClientPeer.open(bank.app);
    peer.send(
      { id: 2, job: 1, tstart: {} },
      { id: 3, job: 1, set: { node: node('W', '1'), value: utf8('one') } },
    );
    await turns();
    peer.session.closed();
    await turns();
    const other = await ClientPeer.open(bank.app);
    expect((await other.ask({ id: 2, job: 1, data: node('W', '1') })).data).toBe(0);
    expect(bank.app.transactions.list()).toEqual([]);
    other.session.closed();
  });

  it('are refused one by one: unknown kind, no reference, unknown job, wrong subscripts', async () => {
    const peer = await ClientPeer.open(bank.app);
    peer.send(
      { id: 2, job: 1 },
      { id: 3, job: 1, set: {} },
      { id: 4, job: 9, get: node('A') },
      { id: 5, job: 1, get: node('A', '') },
      { id: 6, job: 1, get: node('') },
      { id: 7, job: 1, openJob: { namespace: 'LOCAL' } },
      { id: 8, job: 2, openJob: { namespace: 'NONE' } },
      { id: 9, job: 1, keys: { node: node('A'), from: new Uint8Array() } },
      { id: 10, job: 1, increment: { node: node('A'), by: utf8('1'.repeat(100)) } },
      {
        id: 11,
        job: 1,
        entries: { node: node('B', '1'), after: { subscripts: [new Uint8Array()] } },
      },
    );
    await turns();
    expect(
      Object.fromEntries(peer.replies.slice(1).map(({ id, error }) => [id, error?.code])),
    ).toEqual({
      2: 'SYNTAX',
      3: 'SYNTAX',
      4: 'CANCELLED',
      5: 'SUBSCRIPT',
      6: 'SYNTAX',
      7: 'SYNTAX',
      8: 'NAMESPACE',
      9: 'SUBSCRIPT',
      10: 'MAXNUMBER',
      11: 'SUBSCRIPT',
    });
    expect(peer.closed).toBe(false);
    peer.session.closed();
  });

  it('pages end at the limit and say where they ended', async () => {
    const peer = await ClientPeer.open(bank.app);
    for (let i = 0; i < 1500; i++) {
      peer.send({ id: 10 + i, job: 1, set: { node: node('P', String(i)), value: utf8('v') } });
    }
    const first = await peer.ask({ id: 5000, job: 1, keys: { node: node('P'), limit: 1_000_000 } });
    expect(first.page!.entries).toHaveLength(CLIENT_PAGE_ENTRIES_MAX);
    expect(first.page!.more).toBe(true);
    const after = { subscripts: first.page!.entries!.at(-1)!.subscripts! };
    const second = await peer.ask({ id: 5001, job: 1, keys: { node: node('P'), after } });
    expect(second.page!.entries).toHaveLength(500);
    expect(second.page!.more).toBe(false);
    peer.session.closed();
  });

  it('pages of large values end early', async () => {
    const peer = await ClientPeer.open(bank.app);
    const value = utf8('x'.repeat(100_000));
    for (let i = 0; i < 10; i++)
      peer.send({ id: 10 + i, job: 1, set: { node: node('L', String(i)), value } });
    const page = await peer.ask({ id: 100, job: 1, entries: { node: node('L') } });
    expect(page.page!.entries!.length).toBeLessThan(5);
    expect(page.page!.more).toBe(true);
    peer.session.closed();
  });

  it('of a job wait for its MERGE where that is a loop', async () => {
    let finish: () => void = () => undefined;
    const calls: string[] = [];
    const target = {
      merge: () => {
        calls.push('merge');
        return new Promise<void>((done) => (finish = done));
      },
      set: () => void calls.push('set'),
      getBytes: () => void calls.push('get'),
    };
    const database = { on: () => undefined, global: () => target, close: () => Promise.resolve() };
    const peer = await ClientPeer.open({ openJob: () => database as unknown as Database });
    await peer.ask({ id: 2, job: 2, openJob: { namespace: 'x' } });
    peer.send(
      { id: 3, job: 1, merge: { to: node('A'), from: node('B') } },
      { id: 4, job: 1, set: { node: node('A'), value: utf8('v') } },
      { id: 5, job: 2, get: node('A') },
    );
    await turns();
    expect(calls).toEqual(['merge', 'get']);
    finish();
    await turns();
    expect(calls).toEqual(['merge', 'get', 'set']);
    peer.session.closed();
  });

  it('are answered once when cancelled, and keep their place until they end', async () => {
    const waits: (() => void)[] = [];
    const target = {
      getBytes: () => new Promise<undefined>((done) => waits.push(() => done(undefined))),
    };
    const database = { on: () => undefined, global: () => target, close: () => Promise.resolve() };
    const peer = await ClientPeer.open({ openJob: () => database as unknown as Database });
    for (let i = 0; i < CLIENT_OPERATIONS_MAX + 10; i++) {
      const id = 10 + i;
      peer.send({ id, job: 1, get: node('A') }, { id: 1_000_000 + id, cancel: { operation: id } });
    }
    await turns();
    expect(waits).toHaveLength(CLIENT_OPERATIONS_MAX);
    expect(peer.paused).toBe(true);
    expect(peer.replies.filter(({ error }) => error?.code === 'CANCELLED')).toHaveLength(
      CLIENT_OPERATIONS_MAX - 1,
    );
    while (waits.length > 0) {
      for (const done of waits.splice(0)) done();
      await turns(2);
    }
    await turns();
    expect(peer.paused).toBe(false);
    expect(peer.replies).toHaveLength(1 + CLIENT_OPERATIONS_MAX + 10);
    peer.session.closed();
  });
});

describe('late errors', () => {
  it('are events; the operation that comes next is done', async () => {
    let job: ReturnType<typeof bank.app.openJob> | undefined;
    const peer = await ClientPeer.open({ openJob: (name) => (job = bank.app.openJob(name)) });
    job!.delayError(new EcpError('NETWORK DATA UPDATE FAILED', 'why', { reference: '^A(1)' }));
    const reply = await peer.ask({ id: 2, job: 1, set: { node: node('A'), value: utf8('v') } });
    expect(reply.error).toBeNull();
    expect(peer.events).toHaveLength(1);
    expect(peer.events[0]).toMatchObject({
      job: 1,
      error: { code: 'NETWORK DATA UPDATE FAILED', message: 'why', reference: '^A(1)' },
    });
    peer.session.closed();
  });
});

describe('hostile or lost clients', () => {
  it('the end of the stream ends all its jobs (HALT)', async () => {
    const before = bank.app.jobCount;
    const peer = await ClientPeer.open(bank.app);
    for (let i = 2; i <= 10; i++)
      await peer.ask({ id: i, job: i, openJob: { namespace: 'LOCAL' } });
    expect(bank.app.jobCount).toBe(before + 10);
    peer.session.closed();
    expect(bank.app.jobCount).toBe(before);
  });

  it.each<readonly [string, Uint8Array]>([
    ['bytes that are no message', Uint8Array.of(0x0a, 0xff)],
    ['a message that is too long', new Uint8Array(CLIENT_MESSAGE_BYTES_MAX + 1)],
    ['an operation without an id', Uint8Array.of(0x0a, 0x00)],
  ])('%s: the connection ends and says why', async (_what, bytes) => {
    const before = bank.app.jobCount;
    const peer = await ClientPeer.open(bank.app);
    peer.session.message(bytes);
    expect(peer.closed).toBe(true);
    expect(peer.events).toMatchObject([{ error: { code: 'DAMAGED' } }]);
    expect(bank.app.jobCount).toBe(before);
    peer.session.message(bytes);
    expect(peer.events).toHaveLength(1);
  });

  it('an id that is under way: the connection ends', async () => {
    const peer = await ClientPeer.open(bank.app);
    peer.send({ id: 2, job: 1, flush: {} }, { id: 2, job: 1, flush: {} });
    expect(peer.closed).toBe(true);
  });

  it('has no more jobs than allowed; others are not affected', async () => {
    const peer = await ClientPeer.open(bank.app);
    for (let i = 2; i <= CLIENT_JOBS_MAX; i++)
      peer.send({ id: i, job: i, openJob: { namespace: 'LOCAL' } });
    const more = { id: 5000, job: 5000, openJob: { namespace: 'LOCAL' } };
    expect((await peer.ask(more)).error!.code).toBe('RESOURCE');
    const other = await ClientPeer.open(bank.app);
    expect((await other.ask({ id: 2, job: 1, data: node('A') })).error).toBeNull();
    other.session.closed();
    peer.session.closed();
  });

  it('is held back while it does not take its replies', async () => {
    const peer = await ClientPeer.open(bank.app);
    const value = utf8('x'.repeat(3_000_000));
    await peer.ask({ id: 2, job: 1, set: { node: node('Big'), value } });
    peer.takes = false;
    for (let i = 0; i < 100; i++) peer.send({ id: 10 + i, job: 1, get: node('Big') });
    await turns();
    expect(peer.paused).toBe(true);
    expect(peer.replies.length).toBeLessThan(5);
    for (let i = 0; i < 200; i++) {
      peer.session.drained();
      await turns(1);
    }
    expect(peer.replies).toHaveLength(102);
    expect(peer.paused).toBe(false);
    peer.session.closed();
  });

  it('a batch of very many operations leaves turns to others', async () => {
    const peer = await ClientPeer.open(bank.app);
    const operations = Array.from({ length: 20_000 }, (_, i) => ({
      id: 10 + i,
      job: 1,
      get: node('A'),
    }));
    peer.send(...operations);
    expect(peer.paused).toBe(true);
    await new Promise(setImmediate);
    expect(peer.replies.length).toBeLessThan(20_000);
    await turns(1000);
    expect(peer.replies).toHaveLength(20_001);
    peer.session.closed();
  });

  it('any bytes at all hurt only their own connection', async () => {
    const valid = ecp.client.v1.ClientMessage.encode({
      operations: [
        { id: 2, job: 1, openJob: { namespace: 'LOCAL' } },
        { id: 3, job: 1, merge: { to: node('F', 'a'), from: node('G', 'b'), fromJob: 1 } },
        {
          id: 4,
          job: 1,
          entries: { node: node('F'), from: utf8('a'), after: { subscripts: [utf8('a')] } },
        },
        { id: 5, job: 1, increment: { node: node('F', '1'), by: utf8('2') } },
      ],
    }).finish();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), {
          maxLength: 6,
        }),
        async (changes) => {
          const bytes = valid.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const peer = new ClientPeer(bank.app);
          peer.session.message(bytes);
          await turns(3);
          peer.session.closed();
        },
      ),
      { numRuns: 300 },
    );
    expect(bank.app.jobCount).toBe(0);
  });

  it('the instance takes no more connections than allowed', () => {
    const listener = new ClientListener(bank.app, { clock: new SystemClock(), log: silentLog });
    let refused = 0;
    const connect = (): void => {
      listener.accept({
        peerAddress: 'test',
        send: () => true,
        close: () => {
          refused++;
        },
        pause: () => undefined,
        resume: () => undefined,
      });
    };
    for (let i = 0; i < 1005; i++) connect();
    expect([listener.size, refused]).toEqual([1000, 5]);
  });
});
