/** Batches, bounds, late errors and lost connections, over links in memory. */
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ecp } from '../server/api/generated/client.js';
import { EcpError } from '../server/base/errors.ts';
import { CLIENT_PENDING_MAX } from '../server/base/limits.ts';
import { failure } from '../test/support/failure.ts';
import { openClients } from '../test/support/memory-clients.ts';
import { openBank } from '../test/support/memory-instance.ts';
import { connectOver } from './connect.ts';
import type { Reconnected } from './remote-job.ts';
import type { RemoteDatabase } from './remote-database.ts';

const bank = openBank();
const opened: { readonly db: RemoteDatabase; readonly links: Clients['links'] }[] = [];
afterEach(async () => {
  for (const { db, links } of opened.splice(0)) {
    links.holdsReplies = false;
    await db.close();
  }
});
afterAll(() => bank.stop());

type Clients = ReturnType<typeof openClients>;

async function open(
  options: { readonly patienceMs?: number; readonly timeoutMs?: number } = {},
): Promise<Clients & { readonly db: RemoteDatabase }> {
  const clients = openClients(bank.app);
  const db = await connectOver(clients.links.dial, { namespace: 'LOCAL', ...options });
  opened.push({ db, links: clients.links });
  return { ...clients, db };
}

const turns = async (count = 5): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

const operationsOf = (message: Uint8Array): readonly ecp.client.v1.Operation.$Properties[] =>
  ecp.client.v1.ClientMessage.decode(message).operations;

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((done) => setTimeout(done, 5));
  expect(condition()).toBe(true);
}

describe('batches', () => {
  it('64 reads of one turn are one message each way', async () => {
    const { db, links } = await open();
    const node = db.global('Batch');
    links.toServer = [];
    links.toClient = [];
    await Promise.all(Array.from({ length: 64 }, (_, i) => node.get([i])));
    expect([links.toServer.length, links.toClient.length]).toEqual([1, 1]);
    expect(operationsOf(links.toServer[0]!)).toHaveLength(64);
  });

  it('large ones are several messages of about 64 KiB', async () => {
    const { db, links } = await open();
    links.toServer = [];
    for (let i = 0; i < 64; i++) void db.global('Batch').set([i], 'x'.repeat(10_000));
    await db.sync();
    expect(links.toServer.length).toBeGreaterThanOrEqual(10);
    for (const message of links.toServer) expect(message.length).toBeLessThan(80_000);
  });

  it('nothing is sent of an operation with a wrong argument', async () => {
    const { db, links } = await open();
    links.toServer = [];
    await failure(() => db.global('A').get([NaN]));
    await failure(() => db.global('A').set([1], undefined as unknown as string));
    await failure(() => db.global('^A').kill());
    await failure(() => db.global('A').keys([], { from: '' }).next());
    await turns();
    expect(links.toServer).toEqual([]);
  });

  it('more operations than a client may hold are refused', async () => {
    const { db, links } = await open();
    links.holdsReplies = true;
    const node = db.global('A');
    const reads = Array.from({ length: CLIENT_PENDING_MAX }, () => node.get([1]));
    void Promise.allSettled(reads);
    expect((await failure(() => node.get([1]))).code).toBe('RESOURCE');
  });
});

describe('late errors', () => {
  it('of a change that nobody awaits: event, and the next operation, once', async () => {
    const { db } = await open();
    const events: unknown[] = [];
    db.on('delayed-error', (error) => events.push(error));
    const fixed = await db.job({ namespace: 'FIXED' });
    fixed.on('delayed-error', (error) => events.push(error));
    void fixed.global('A').set([1], 'x');
    await turns();
    expect(events).toMatchObject([{ code: 'PROTECT' }]);
    expect((await failure(() => fixed.global('A').get([1]))).code).toBe('PROTECT');
    expect(await fixed.global('A').get([1])).toBeUndefined();
    expect(events).toHaveLength(1);
    await fixed.close();
  });

  it('of one that is awaited: only there', async () => {
    const { db } = await open();
    const fixed = await db.job({ namespace: 'FIXED' });
    const events: Error[] = [];
    fixed.on('delayed-error', (error) => events.push(error));
    const error = await failure(() => fixed.global('A').set([1], 'x'));
    expect(error.code).toBe('PROTECT');
    await turns();
    expect(events).toEqual([]);
    expect(await fixed.global('A').get([1])).toBeUndefined();
    await fixed.close();
  });

  it('that the instance finds out later: event and the next operation; what is under way is done', async () => {
    const jobs: ReturnType<typeof bank.app.openJob>[] = [];
    const clients = openClients({
      openJob: (namespace) => {
        const job = bank.app.openJob(namespace);
        jobs.push(job);
        return job;
      },
    });
    const db = await connectOver(clients.links.dial, { namespace: 'LOCAL' });
    opened.push({ db, links: clients.links });
    const events: Error[] = [];
    db.on('delayed-error', (error) => events.push(error));
    const node = db.global('Late');
    const underWay = node.set([1], 'done all the same');
    jobs[0]!.delayError(new EcpError('NETWORK DATA UPDATE FAILED', 'an earlier change'));
    await underWay;
    await turns();
    expect(events).toHaveLength(1);
    const error = await failure(() => node.get([1]));
    expect(error.code).toBe('NETWORK DATA UPDATE FAILED');
    expect(await node.get([1])).toBe('done all the same');
  });
});

describe('bounds', () => {
  it('an operation ends at its deadline, and the server is told', async () => {
    const { db, links } = await open();
    links.holdsReplies = true;
    const read = await failure(() => db.with({ timeoutMs: 20 }).global('A').get([1]));
    expect([read.code, read.outcome]).toEqual(['CANCELLED', 'none']);
    const change = await failure(() => db.with({ timeoutMs: 20 }).global('A').set([1], 1));
    expect([change.code, change.outcome]).toEqual(['CANCELLED', 'maybe']);
    const kinds = links.toServer.flatMap(operationsOf).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'cancel')).toHaveLength(2);
  });

  it('a handle of a handle keeps the shorter deadline', async () => {
    const { db, links } = await open();
    links.holdsReplies = true;
    const bounded = db.with({ timeoutMs: 20 }).with({ timeoutMs: 60_000 });
    expect((await failure(() => bounded.global('A').get())).message).toContain('20 ms');
  });

  it('what was not sent when its signal was aborted has certainly not happened', async () => {
    const { db, links } = await open();
    const aborter = new AbortController();
    links.toServer = [];
    const change = db.with({ signal: aborter.signal }).global('A').set(['never'], 1);
    aborter.abort();
    const error = await failure(() => change);
    expect([error.code, error.outcome]).toEqual(['CANCELLED', 'none']);
    expect(await db.global('A').get(['never'])).toBeUndefined();
    const kinds = links.toServer.flatMap(operationsOf).map(({ kind }) => kind);
    expect(kinds).toEqual(['get']);
  });

  it('the signal of the connection ends it, jobs included', async () => {
    const { listener, links } = openClients(bank.app);
    const aborter = new AbortController();
    const before = bank.app.jobCount;
    const db = await connectOver(links.dial, { namespace: 'LOCAL', signal: aborter.signal });
    expect(bank.app.jobCount).toBe(before + 1);
    aborter.abort();
    expect((await failure(() => db.global('A').get())).code).toBe('CANCELLED');
    await turns();
    expect([bank.app.jobCount, listener.size]).toEqual([before, 0]);
  });
});

describe('a lost connection', () => {
  it('comes back; reads are sent again, in their order, and it says so', async () => {
    const { db, links } = await open();
    const node = db.global('Lost');
    await node.set([1], 'one');
    await db.flush();
    const told: Reconnected[] = [];
    db.on('reconnected', (what) => told.push(what));
    links.holdsReplies = true;
    const reads = [node.get([1]), node.data([1]), node.order([''])];
    await turns();
    links.holdsReplies = false;
    links.cut();
    expect(await Promise.all(reads)).toEqual(['one', 1, 1]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ attempts: 1, retried: 3, failed: 0, unconfirmed: false });
    expect(links.dials).toBe(2);
  });

  it('changes without an answer fail with outcome maybe and are never sent again', async () => {
    const { db, links } = await open();
    const node = db.global('Once');
    const told: Reconnected[] = [];
    db.on('reconnected', (what) => told.push(what));
    links.holdsReplies = true;
    const changes = [node.increment([1]), node.set([2], 'x'), db.flush()];
    const failures = changes.map((change) => failure(() => change));
    await turns();
    links.holdsReplies = false;
    links.cut();
    for (const error of await Promise.all(failures)) {
      expect([error.code, error.retry, error.outcome]).toEqual(['NETWORK', 'reconnect', 'maybe']);
    }
    expect(await node.get([1])).toBe('1');
    expect(told[0]).toMatchObject({ retried: 0, failed: 3 });
    const sent = links.toServer.flatMap(operationsOf).map(({ kind }) => kind);
    expect(sent.filter((kind) => kind === 'increment' || kind === 'set')).toHaveLength(2);
  });

  it('what was called meanwhile waits for it, changes included', async () => {
    const { db, links } = await open();
    links.listens = false;
    links.cut();
    await turns();
    const node = db.global('Meanwhile');
    const waiting = [node.set([1], 'later'), node.get([1])];
    await turns();
    links.listens = true;
    expect(await Promise.all(waiting)).toEqual([undefined, 'later']);
  });

  it('patience has an end: NETWORK, certainly not done; the next call tries anew', async () => {
    const { db, links } = await open({ patienceMs: 150 });
    links.listens = false;
    links.cut();
    await turns();
    const error = await failure(() => db.global('Patience').set([1], 'x'));
    expect([error.code, error.retry, error.outcome]).toEqual(['NETWORK', 'reconnect', 'none']);
    const { dials } = links;
    await new Promise((done) => setTimeout(done, 200));
    expect(links.dials).toBe(dials);
    links.listens = true;
    expect(await db.global('Patience').get([1])).toBeUndefined();
  });

  it('with changes accepted but not flushed: the next flush says so, once', async () => {
    const { db, links } = await open();
    const told: Reconnected[] = [];
    db.on('reconnected', (what) => told.push(what));
    await db.global('Doubt').set([1], 'x');
    links.cut();
    await until(() => told.length === 1);
    expect(told[0]?.unconfirmed).toBe(true);
    const error = await failure(() => db.flush());
    expect([error.code, error.outcome]).toEqual(['NETWORK', 'maybe']);
    await db.flush();
    links.cut();
    await until(() => told.length === 2);
    expect(told[1]?.unconfirmed).toBe(false);
    await db.flush();
  });

  it('a scan goes on where it was', async () => {
    const { db, links } = await open();
    const node = db.global('Scan');
    for (let i = 0; i < 2500; i++) void node.set([i], i);
    await db.flush();
    const seen: unknown[] = [];
    for await (const key of node.keys()) {
      seen.push(key);
      if (key === 500) links.cut();
    }
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, i) => i));
  });

  it('all its jobs come back, each in its namespace', async () => {
    const { db, links } = await open();
    const user = await db.job({ namespace: 'USER' });
    await user.global('TmpJobs').set([1], 'temp');
    await db.global('Jobs').set([1], 'local');
    links.cut();
    await turns();
    expect(await user.global('TmpJobs').get([1])).toBe('temp');
    expect(await db.global('Jobs').get([1])).toBe('local');
    await user.close();
  });

  it('a refusal for good is not tried again', async () => {
    const { db, links } = await open();
    const pending = db.global('A').get([1]);
    links.cut(true);
    expect((await failure(() => pending)).code).toBe('PROTECT');
    expect(links.dials).toBe(1);
    expect((await failure(() => db.global('A').get())).code).toBe('CANCELLED');
  });

  it('nobody there at the start: NETWORK after the patience', async () => {
    const { links } = openClients(bank.app);
    links.listens = false;
    const error = await failure(() =>
      connectOver(links.dial, { namespace: 'LOCAL', patienceMs: 100 }),
    );
    expect([error.code, error.outcome]).toEqual(['NETWORK', 'none']);
  });
});

it('a job can be ended though the server does not answer', async () => {
  const { db, links } = await open();
  links.holdsReplies = true;
  await db.close();
  expect((await failure(() => db.global('A').get())).code).toBe('CANCELLED');
});

it('the last job that ends closes the connection', async () => {
  const { db, links, listener } = await open();
  const other = await db.job();
  await db.close();
  expect(listener.size).toBe(1);
  expect(await other.global('A').data()).toBeDefined();
  await other.close();
  await turns();
  expect(listener.size).toBe(0);
  expect(links.dials).toBe(1);
});
