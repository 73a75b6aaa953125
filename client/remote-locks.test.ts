/** Locks of a job over links that are lost, and over servers that lose them. F-M7, R5, R17 */
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { failure } from '../test/support/failure.ts';
import { openClients } from '../test/support/memory-clients.ts';
import { openBank } from '../test/support/memory-instance.ts';
import { connectOver } from './connect.ts';
import type { RemoteDatabase } from './remote-database.ts';

const bank = openBank();
const opened: RemoteDatabase[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
});
afterAll(() => bank.stop());

async function open(namespace = 'LOCAL') {
  const { links } = openClients(bank.app);
  const db = await connectOver(links.dial, { namespace });
  opened.push(db);
  return { db, links, node: db.global('Locked') };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
};
const held = (): number => bank.app.dataServer.locks.table.entries;

describe('a connection that is lost', () => {
  it('takes the locks along: who held one hears it, once, before anything of it is done (R5)', async () => {
    const { db, links, node } = await open();
    const lock = await db.lock([['Locked', 1]]);
    links.holdsReplies = true;
    const read = failure(() => node.get([1]));
    await turns();
    links.listens = false;
    links.cut();
    void node.set([1], 'unguarded');
    links.listens = true;
    links.holdsReplies = false;
    expect(await read).toMatchObject({ code: 'NETWORK', locksLost: true });
    const told = await failure(() => node.set([1], 'unguarded'));
    expect(told).toMatchObject({ code: 'NETWORK', outcome: 'none', locksLost: true });
    expect(await node.get([1])).toBeUndefined();
    await lock.unlock();
    expect(held()).toBe(0);
  });

  it('is nothing to a job that holds nothing any more', async () => {
    const { db, links, node } = await open();
    const other = await db.job();
    opened.push(other);
    const lock = await db.lock([['Locked', 1]]);
    await lock.unlock();
    await other.lock([['Locked', 2]]);
    await other.unlockAll();
    links.cut();
    await turns();
    await node.set([2], 'v');
    expect(await other.global('Locked').get([2])).toBe('v');
  });

  it('ends a LOCK that waits, with nothing held; an unlock is done by it', async () => {
    const { db, links } = await open();
    const { db: other } = await open();
    await other.lock([['Locked', 1]]);
    const waiting = failure(() => db.lock([['Locked', 1]]));
    await turns();
    links.cut();
    expect(await waiting).toMatchObject({ code: 'NETWORK', outcome: 'none', retry: 'reconnect' });
    const mine = await db.lock([['Locked', 2]]);
    links.holdsReplies = true;
    const unlocked = mine.unlock();
    await turns();
    links.cut();
    links.holdsReplies = false;
    await unlocked;
    expect(await db.global('Locked').get([7])).toBeUndefined();
    await other.lock([['Locked']], { timeoutMs: 1000 });
  });
});

it('a LOCK that is given up while its grant is on the way is not held (R17)', async () => {
  const { db, links } = await open();
  links.holdsReplies = true;
  const aborter = new AbortController();
  const given = failure(() => db.lock([['Locked', 1]], { signal: aborter.signal }));
  await turns();
  expect(held()).toBe(1);
  aborter.abort();
  expect((await given).code).toBe('CANCELLED');
  await turns();
  expect(held()).toBe(0);
  links.holdsReplies = false;
});

it('locks that the server has lost are told to the job, and it goes on when it has heard (R5)', async () => {
  const { db } = await open('USER');
  const node = db.global('LockedThere');
  await db.lock([['LockedThere', 1]]);
  await bank.app.disconnect('BANK');
  // On its way before the news.
  expect((await failure(() => node.set([1], 'unguarded'))).code).toBe('NETWORK');
  expect(await failure(() => node.get([1]))).toMatchObject({ locksLost: true });
  expect(await node.get([1])).toBeUndefined();
  await db.lock([['LockedThere', 1]]);
  await node.set([1], 'guarded');
  expect(await node.get([1])).toBe('guarded');
});
