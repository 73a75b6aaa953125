/** Transactions over links that are lost, and commits that are sent before what fails is known. F-D3, F-E7 */
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ecp } from '../server/api/generated/client.js';
import { failure } from '../test/support/failure.ts';
import { openClients } from '../test/support/memory-clients.ts';
import { openBank } from '../test/support/memory-instance.ts';
import { Call, type Role } from './call.ts';
import { connectOver } from './connect.ts';
import type { RemoteDatabase } from './remote-database.ts';
import { RemoteJob } from './remote-job.ts';
import type { RemoteNode } from './remote-node.ts';
import type { Operation } from './wire.ts';

const bank = openBank();
const opened: RemoteDatabase[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
});
afterAll(() => bank.stop());

interface Opened {
  readonly db: RemoteDatabase;
  readonly links: ReturnType<typeof openClients>['links'];
  readonly node: RemoteNode;
}

let count = 0;

async function open(): Promise<Opened> {
  const { links } = openClients(bank.app);
  const db = await connectOver(links.dial, { namespace: 'LOCAL' });
  opened.push(db);
  return { db, links, node: db.global(`Lost${count++}`) };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
};

describe('a transaction in one message', () => {
  it('is sent and answered as one', async () => {
    const { db, links, node } = await open();
    links.toServer = [];
    void db.tstart();
    void node.set([1], 'a');
    void node.set([2], 'b');
    await db.tcommit({ commit: 'synchronous' });
    expect(links.toServer).toHaveLength(1);
    expect([await node.get([1]), await node.get([2])]).toEqual(['a', 'b']);
  });

  it('is not committed without what was refused in it', async () => {
    const { db, node } = await open();
    const heard: Error[] = [];
    db.on('delayed-error', (error) => heard.push(error));
    void db.tstart();
    void node.set([1], 'a');
    void node.merge([1, 2], node, [1]);
    const error = await failure(() => db.tcommit());
    expect(error.message).toMatch(/^<ROLLBACK ONLY> a change in the transaction failed: <SYNTAX>/);
    expect(heard.map(({ message }) => message)).toEqual([expect.stringMatching(/^<SYNTAX> MERGE/)]);
    expect(await db.tlevel()).toBe(1);
    await db.trollback();
    await failure(() => node.get([1]));
    expect(await node.data()).toBe(0);
  });

  it('is committed when all that was refused in it has been heard', async () => {
    const { db, node } = await open();
    await db.tstart();
    await node.set([1], 'a');
    await failure(() => node.merge([1, 2], node, [1]));
    void node.merge([1, 2], node, [1]);
    await turns();
    // The late error comes out, and with it what was asked is heard of.
    await failure(() => node.get([1]));
    await db.tcommit();
    expect(await node.get([1])).toBe('a');
  });

  it('a failure of the one before does not count', async () => {
    const { db, node } = await open();
    await node.set([1], 'a');
    await db.tstart();
    void node.merge([1, 2], node, [1]);
    await turns();
    await db.trollback();
    await failure(() => node.get([1]));
    await db.transaction((tx) => tx.global(node.name).set([2], 'b'));
    expect(await node.get([2])).toBe('b');
  });
});

describe('a connection lost inside of a transaction', () => {
  it('ends it: nothing of it is made on the next one until TROLLBACK', async () => {
    const { db, links, node } = await open();
    await node.set([0], 'before');
    await db.tstart();
    await node.set([0], 'in it');
    links.cut();
    await turns();
    for (const operation of [
      () => node.set([1], 'x'),
      () => node.increment([2]),
      () => node.kill(),
      () => db.tstart(),
      () => db.tcommit(),
    ]) {
      const error = await failure(operation);
      expect([error.code, error.outcome]).toEqual(['ROLLBACK ONLY', 'none']);
    }
    expect([await db.tlevel(), await node.get([0])]).toEqual([1, 'before']);
    await db.trollback();
    expect(await db.tlevel()).toBe(0);
    await node.set([1], 'outside');
    expect(await node.get([1])).toBe('outside');
  });

  it('level by level, as far as it was opened', async () => {
    const { db, links, node } = await open();
    await db.tstart();
    await db.tstart();
    links.cut();
    await turns();
    await db.trollback('level');
    expect([await db.tlevel(), (await failure(() => node.set([1], 'x'))).code]).toEqual([
      1,
      'ROLLBACK ONLY',
    ]);
    await db.trollback('level');
    await node.set([1], 'x');
    expect(await db.tlevel()).toBe(0);
  });

  it('a function in it throws, and its job goes on outside', async () => {
    const { db, links, node } = await open();
    const lost = db.transaction(async (tx) => {
      await tx.global(node.name).set([1], 'half');
      links.cut();
      await turns();
      await tx.global(node.name).set([2], 'other half');
    });
    expect((await failure(() => lost)).code).toBe('ROLLBACK ONLY');
    expect([await db.tlevel(), await node.data()]).toEqual([0, 0]);
    await node.set([3], 'outside');
    expect(await node.get([3])).toBe('outside');
  });

  it.each([
    ['TSTART', true],
    ['TCOMMIT', false],
  ])('%s without an answer is in doubt', async (what, isOpen) => {
    const { db, links, node } = await open();
    if (what === 'TCOMMIT') {
      await db.tstart();
      await node.set([1], 'v');
    }
    links.holdsReplies = true;
    const asked = failure(() => (what === 'TSTART' ? db.tstart() : db.tcommit()));
    await turns();
    links.holdsReplies = false;
    links.cut();
    const error = await asked;
    expect([error.code, error.outcome]).toEqual(['NETWORK', 'maybe']);
    // A level that may have begun is to be rolled back; a commit is over, in whichever way.
    expect(await db.tlevel()).toBe(isOpen ? 1 : 0);
    await db.trollback();
    await node.set([2], 'outside');
    expect(await node.get([1])).toBe(isOpen ? undefined : 'v');
  });

  it('as a function whose TSTART is in doubt leaves nothing open', async () => {
    const { db, links, node } = await open();
    links.holdsReplies = true;
    const asked = failure(() => db.transaction(() => undefined));
    await turns();
    links.holdsReplies = false;
    links.cut();
    expect((await asked).code).toBe('NETWORK');
    await node.set([1], 'outside');
    expect(await db.tlevel()).toBe(0);
  });

  it('TROLLBACK without an answer has done what it was asked for', async () => {
    const { db, links, node } = await open();
    await db.tstart();
    await node.set([1], 'v');
    links.holdsReplies = true;
    const done = db.trollback();
    await turns();
    links.holdsReplies = false;
    links.cut();
    await done;
    expect([await db.tlevel(), await node.data()]).toEqual([0, 0]);
  });
});

describe('calls that wait to be sent when the connection is lost', () => {
  const job = new RemoteJob(1, 'USER');
  const { transaction } = job;
  let nextId = 1;
  const call = (role: Role, operation: Operation, levels = 0): Call => {
    const made = new Call(nextId++, job, role, operation, levels);
    made.promise.catch(() => undefined);
    transaction.called(made);
    return made;
  };
  const start = (): Call => call('control', { tstart: {} }, 1);
  const commit = (): Call => call('control', { tcommit: {} }, -1);
  const set = (): Call => call('change', { set: {} });
  const get = (): Call => call('read', { get: {} });
  const rollBack = (): Call => call('control', { trollback: {} }, -transaction.level);

  function lose(unsent: readonly Call[]): readonly (number | undefined)[] {
    const ended: Call[] = [];
    transaction.lost(unsent, 'cut', (one, error) => {
      expect(error === undefined).toBe(Boolean(one.operation.trollback));
      ended.push(one);
    });
    return ended.map((one) => unsent.indexOf(one));
  }

  it('go on where none of their transaction was sent', () => {
    const unsent = [set(), start(), set(), commit(), start(), set()];
    expect(lose(unsent)).toEqual([]);
    expect([transaction.level, transaction.isLost]).toEqual([1, false]);
    for (const one of unsent) transaction.ended(one, true);
    const last = rollBack();
    transaction.ended(last, true);
    expect([transaction.level, transaction.isExact]).toEqual([0, true]);
  });

  it('are refused where they are the rest of one, reads apart', () => {
    transaction.ended(start(), true);
    const unsent = [get(), set(), commit(), start(), set(), get()];
    expect(lose(unsent)).toEqual([1, 2, 3, 4]);
    expect([transaction.level, transaction.isLost, transaction.isExact]).toEqual([1, true, true]);
    transaction.rollBack('all');
    expect([transaction.level, transaction.isLost]).toEqual([0, false]);
  });

  it('go on behind a TROLLBACK among them', () => {
    transaction.ended(start(), true);
    const unsent = [set(), rollBack(), set(), start(), set()];
    expect(lose(unsent)).toEqual([0, 1]);
    expect([transaction.level, transaction.isLost]).toEqual([1, false]);
    expect(transaction.isExact).toBe(false);
    transaction.ended(unsent[3]!, false);
    expect([transaction.level, transaction.isExact]).toEqual([0, true]);
  });
});

it('a TSTART that nobody waits for any more is sent and counts', async () => {
  const { db, links, node } = await open();
  links.toServer = [];
  const aborter = new AbortController();
  const started = db.with({ signal: aborter.signal }).tstart();
  aborter.abort();
  const error = await failure(() => started);
  expect([error.code, error.outcome]).toEqual(['CANCELLED', 'maybe']);
  await node.set([1], 'in it');
  expect(await db.tlevel()).toBe(1);
  await db.trollback();
  expect(await node.data()).toBe(0);
  const kinds = links.toServer.flatMap((message) =>
    ecp.client.v1.ClientMessage.decode(message).operations.map(({ kind }) => kind),
  );
  expect(kinds).not.toContain('cancel');
});
