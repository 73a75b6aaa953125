/** LOCK on a stream of many jobs, good clients and hostile ones. F-M7, R5, R10, R17 */
import { afterAll, describe, expect, it } from '@jest/globals';
import { ClientPeer, node, type Operation, turns } from '../../../test/support/client-peer.ts';
import { openBank } from '../../../test/support/memory-instance.ts';
import { utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { CLIENT_JOBS_MAX, CLIENT_OPERATIONS_MAX } from '../../base/limits.ts';

const bank = openBank();
afterAll(() => bank.stop());

/** Jobs 1 to `jobs`, job 1 with a lock on ^name. */
async function holding(name: string, jobs: number): Promise<ClientPeer> {
  const peer = await ClientPeer.open(bank.app);
  for (let job = 2; job <= jobs; job++)
    peer.send({ id: job, job, openJob: { namespace: 'LOCAL' } });
  await peer.ask({ id: 5000, job: 1, lock: { names: [node(name)] } });
  return peer;
}

const reply = (peer: ClientPeer, id: number) => peer.replies.find((one) => one.id === id);
const lock = (name: string, id: number, job: number): Operation => ({
  id,
  job,
  lock: { names: [node(name)] },
});
const held = (): number => bank.app.dataServer.locks.table.entries;

describe('LOCKs that wait', () => {
  it('take no room from the others of the stream: the holder’s unlock comes through (R10)', async () => {
    const peer = await holding('A', CLIENT_JOBS_MAX);
    for (let job = 2; job <= CLIENT_JOBS_MAX; job++) peer.send(lock('A', 5000 + job, job));
    // As many operations as may be under way, behind the LOCK of another job: none of them waits.
    for (let i = 0; i < CLIENT_OPERATIONS_MAX; i++)
      peer.send({ id: 10_000 + i, job: 2, get: node('A') });
    await turns();
    expect(peer.paused).toBe(false);
    expect(reply(peer, 10_001)?.error?.code).toBe('SYNTAX');
    await peer.ask({ id: 20_000, job: 1, unlock: { names: [node('A')] } });
    expect(reply(peer, 5002)).toEqual({ id: 5002 });
    expect(reply(peer, 5003)).toBeUndefined();
    peer.session.closed();
    await turns();
    expect(held()).toBe(0);
  });

  it('nothing waits behind them, also of what came before they began', async () => {
    const peer = await holding('B', 2);
    peer.send(
      { id: 10, job: 2, set: { node: node('Source'), value: utf8('v') } },
      { id: 11, job: 2, merge: { to: node('Target'), from: node('Source') } },
      lock('B', 12, 2),
      { id: 13, job: 2, get: node('B') },
    );
    await turns();
    expect(reply(peer, 13)?.error?.code).toBe('SYNTAX');
    await peer.ask({ id: 14, job: 2, closeJob: {} });
    expect(reply(peer, 12)?.error?.code).toBe('CANCELLED');
    expect(reply(peer, 14)).toEqual({ id: 14 });
    peer.session.closed();
  });

  it('that are cancelled are not held, even where the reply is on its way (R17)', async () => {
    const peer = await holding('C', 2);
    peer.send(lock('C', 10, 2));
    await turns();
    // Both in one message: the lock is free before it is cancelled.
    peer.send(
      { id: 11, job: 1, unlock: { names: [node('C')] } },
      { job: 2, cancel: { operation: 10 } },
    );
    await turns();
    expect(held()).toBe(0);
    await peer.ask(lock('C', 12, 2));
    expect(reply(peer, 12)).toEqual({ id: 12 });
    peer.send({ job: 2, cancel: { operation: 12 } });
    await turns();
    expect(held()).toBe(0);
    // Who has gone on has read the reply: the number means something else.
    await peer.ask(lock('C', 13, 2));
    await peer.ask({ id: 14, job: 2, tlevel: {} });
    peer.send({ job: 2, cancel: { operation: 13 } });
    await turns();
    expect(held()).toBe(1);
    peer.session.closed();
  });

  it('end where the instance ends, and say why', async () => {
    const peer = await holding('D', 2);
    peer.send(lock('D', 10, 2));
    await turns();
    peer.session.drain(new EcpError('NETWORK', 'the instance ends'));
    await turns();
    expect(reply(peer, 10)?.error).toMatchObject({ code: 'CANCELLED' });
    expect(peer.closed).toBe(true);
  });
});

it('R5: what was sent before the client heard that locks are lost is refused', async () => {
  const peer = new ClientPeer(bank.app);
  await peer.ask({ id: 1, job: 1, openJob: { namespace: 'USER' } });
  await peer.ask(lock('E', 2, 1));
  expect(reply(peer, 2)).toEqual({ id: 2 });
  await bank.app.disconnect('BANK');
  peer.send({ id: 3, job: 1, set: { node: node('E'), value: utf8('unguarded') } });
  peer.send({ id: 4, job: 1, unlock: { names: [node('E')] } });
  await turns();
  expect(peer.events).toMatchObject([{ job: 1, error: { code: 'NETWORK', locksLost: true } }]);
  expect(reply(peer, 3)?.error).toMatchObject({ code: 'NETWORK', outcome: 0 });
  expect(reply(peer, 4)).toEqual({ id: 4 });
  const late: Operation = { id: 5, job: 1, lockLossesSeen: 1, data: node('E') };
  expect(await peer.ask(late)).toMatchObject({ id: 5, data: 0 });
  peer.session.closed();
});
