/** The client over real gRPC: the whole interface on loopback, tokens, and a server that is killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type EcpError, type RemoteDatabase } from '../../client/index.ts';
import type { Reconnected } from '../../client/index.ts';
import { dialGrpc } from '../../client/grpc-link.ts';
import {
  type GrpcClientListener,
  listenClients,
} from '../../server/adapters/grpc-client-service.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { ClientListener } from '../../server/api/client/client-listener.ts';
import { silentLog } from '../../server/ports/log.ts';
import { describeDatabase } from '../support/database-conformance.ts';
import { failure } from '../support/failure.ts';
import { openBank } from '../support/memory-instance.ts';

const CHILD = join(import.meta.dirname, 'client-server-child.ts');
const TOKEN = 'let me in';

const bank = openBank();
const listener = new ClientListener(bank.app, { clock: new SystemClock(), log: silentLog });
let server: GrpcClientListener;
let target: string;

beforeAll(async () => {
  server = await listenClients({ host: '127.0.0.1', port: 0 }, listener.accept);
  target = `127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await bank.stop();
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !condition(); i++) await new Promise((done) => setTimeout(done, 5));
  expect(condition()).toBe(true);
}

describeDatabase('over gRPC', (namespace) => connect(target, { namespace }));

describe('a client over gRPC', () => {
  it('that vanishes ends its jobs', async () => {
    const before = bank.app.jobCount;
    let said = 0;
    const link = dialGrpc(
      target,
      undefined,
    )({ message: () => said++, drained: () => undefined, closed: () => undefined });
    // id 1, job 1, open_job LOCAL.
    link.send(Buffer.from('0a0d080110011a070a054c4f43414c', 'hex'));
    await until(() => said === 1);
    expect(bank.app.jobCount).toBe(before + 1);
    link.close();
    await until(() => bank.app.jobCount === before);
  });

  it('is not hurt by one that sends garbage', async () => {
    const db = await connect(target, { namespace: 'LOCAL' });
    let reason: string | undefined;
    const link = dialGrpc(
      target,
      undefined,
    )({ message: () => undefined, drained: () => undefined, closed: (why) => (reason = why) });
    link.send(Buffer.from('0aff', 'hex'));
    await until(() => reason !== undefined);
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end('GET / HTTP/1.1\r\n\r\n');
    expect(await db.global('A').data()).toBe(0);
    await db.close();
  });

  it('takes a batch of many long values, held back by its own window', async () => {
    const db = await connect(target, { namespace: 'LOCAL' });
    const node = db.global('Long');
    const value = 'x'.repeat(1_000_000);
    for (let i = 0; i < 40; i++) void node.set([i], value);
    await db.flush();
    const values = await Promise.all(Array.from({ length: 40 }, (_, i) => node.get([i])));
    expect(values.every((text) => text === value)).toBe(true);
    await node.kill();
    await db.close();
  });
});

describe('a server in another process', () => {
  let child: ChildProcess | undefined;
  const opened: RemoteDatabase[] = [];
  afterAll(async () => {
    child?.kill('SIGKILL');
    for (const db of opened) await db.close();
  });

  async function start(port: number): Promise<number> {
    const started = spawn(process.execPath, ['--no-warnings', CHILD, String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    return new Promise((resolve, reject) => {
      started.once('exit', () => reject(new Error('the server ended')));
      started.stdout.once('data', (text: Buffer) =>
        resolve(Number(/port (\d+)/.exec(String(text))?.[1])),
      );
    });
  }

  async function kill(): Promise<void> {
    const dying = child;
    const ended = new Promise((done) => dying?.once('exit', done));
    dying?.kill('SIGKILL');
    await ended;
  }

  it('a wrong token is refused at once, the right one is let in', async () => {
    const port = await start(0);
    const wrong = () => connect(`127.0.0.1:${port}`, { namespace: 'LOCAL', token: 'wrong' });
    expect((await failure(wrong)).code).toBe('PROTECT');
    expect((await failure(() => connect(`127.0.0.1:${port}`, { namespace: 'LOCAL' }))).code).toBe(
      'PROTECT',
    );
    const db = await connect(`127.0.0.1:${port}`, { namespace: 'LOCAL', token: TOKEN });
    expect(await db.global('A').data()).toBe(0);
    await db.close();
    await kill();
  });

  it('is killed and started again: the client comes back and says what it knows', async () => {
    const port = await start(0);
    const db = await connect(`127.0.0.1:${port}`, { namespace: 'LOCAL', token: TOKEN });
    opened.push(db);
    const told: Reconnected[] = [];
    db.on('reconnected', (what) => told.push(what));
    const node = db.global('A');
    await node.set([1], 'accepted, not flushed');
    await kill();
    const read = node.get([1]);
    expect(await start(port)).toBe(port);
    // Memory disks: it begins empty.
    expect(await read).toBeUndefined();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ unconfirmed: true });
    const error = await failure(() => db.flush());
    expect([error.code, error.outcome]).toEqual(['NETWORK', 'maybe']);
    expect(await node.increment([2])).toBe('1');
    await kill();
  });

  it('is killed under load: every change is answered or fails with its outcome', async () => {
    const port = await start(0);
    const db = await connect(`127.0.0.1:${port}`, {
      namespace: 'LOCAL',
      token: TOKEN,
      patienceMs: 300,
    });
    opened.push(db);
    const outcomes = new Map<string, number>();
    const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
    const changes: Promise<void>[] = [];
    for (let i = 0; i < 20_000; i++) {
      changes.push(
        db
          .global('Load')
          .set([i], i)
          .then(
            () => count('accepted'),
            (error: unknown) => count((error as EcpError).outcome),
          ),
      );
    }
    await until(() => (outcomes.get('accepted') ?? 0) > 1000);
    await kill();
    await Promise.all(changes);
    const total = [...outcomes.values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBe(20_000);
    expect((await failure(() => db.global('Load').get([1]))).code).toBe('NETWORK');
  });
});
