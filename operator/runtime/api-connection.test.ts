import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificate } from '../../test/cluster/support/certificate.ts';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiConnection, CONNECTIONS_MAX, REQUEST_DEADLINE_MS } from './api-connection.ts';
import { ApiError } from './api-error.ts';
import { RecordedMetrics } from './testing/recorded-ports.ts';

type Answer = (asked: IncomingMessage, answer: ServerResponse) => void;

const CREDENTIALS_AGE_MS_MAX = 30_000;
const certificate = makeCertificate();

const base64 = (text: string): string => Buffer.from(text).toString('base64');

let server: Server;
let answer: Answer;
/** Connections ever made. */
let connections: number;
let seen: IncomingMessage[];
let time: VirtualTime;
let metrics: RecordedMetrics;
let user: { name: string; token?: string; username?: string; password?: string };
let kubeConfig: KubeConfig;
let connection: ApiConnection;

function open(ca = certificate.cert): ApiConnection {
  kubeConfig = new KubeConfig();
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}/`;
  kubeConfig.loadFromClusterAndUser(
    { name: 'c', server: url, caData: base64(ca), skipTLSVerify: false },
    user,
  );
  return new ApiConnection({
    kubeConfig,
    userAgent: 'ecp-operator/9',
    clock: time.clock(),
    metrics,
  });
}

beforeEach(async () => {
  time = new VirtualTime();
  metrics = new RecordedMetrics();
  seen = [];
  connections = 0;
  user = { name: 'u', token: 'first' };
  answer = (_asked, out) => out.end('{"is":"well"}');
  server = createServer(certificate, (asked, out) => {
    seen.push(asked);
    answer(asked, out);
  });
  server.on('secureConnection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connection = open();
});

afterEach(async () => {
  await connection.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path = '/api'): Promise<unknown> => connection.json({ method: 'GET', path });

async function failure(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ApiError) return error;
  throw new Error(`not an ApiError: ${String(error)}`);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

/** Lines of a watch, as they come, and how it ended. */
function watch(signal = new AbortController().signal) {
  const lines: string[] = [];
  const read = async (): Promise<void> => {
    for await (const line of connection.lines('/watch', signal)) lines.push(line);
  };
  return { lines, ended: read() };
}

describe('a request', () => {
  test('says who asks, by which program, and what is sent', async () => {
    const sent: string[] = [];
    answer = (asked, out) => {
      asked.setEncoding('utf8').on('data', (part: string) => sent.push(part));
      asked.on('end', () => out.end('{"kind":"Lease"}'));
    };
    const contentType = 'application/merge-patch+json';
    const body = { metadata: { labels: { a: 'é' } } };
    expect(await connection.json({ method: 'PATCH', path: '/x?a=b', body, contentType })).toEqual({
      kind: 'Lease',
    });
    expect(sent).toEqual(['{"metadata":{"labels":{"a":"é"}}}']);
    const [asked] = seen;
    expect([asked?.method, asked?.url]).toEqual(['PATCH', '/x?a=b']);
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer first',
      accept: 'application/json, */*;q=0.1',
      'user-agent': 'ecp-operator/9',
      'content-type': contentType,
    });
  });

  test('is counted by method and by what came of it', async () => {
    await get();
    answer = (_asked, out) => out.writeHead(404).end('{}');
    await failure(get());
    answer = (_asked, out) => out.destroy();
    await failure(get());
    const count = (code: string) =>
      metrics.value(`rest_client_requests_total{code="${code}",method="GET"}`);
    expect(['200', '404', '<error>'].map(count)).toEqual([1, 1, 1]);
  });

  test('has an answer that may be empty', async () => {
    answer = (_asked, out) => out.end();
    expect(await get()).toBeUndefined();
  });

  test('by name and password says both', async () => {
    await connection.close();
    user = { name: 'u', username: 'me', password: 'secret' };
    connection = open();
    await get();
    expect(seen[0]?.headers.authorization).toBe(`Basic ${base64('me:secret')}`);
  });
});

describe('connections', () => {
  test('are few, however many requests there are at once, and kept', async () => {
    answer = (_asked, out) => void setTimeout(() => out.end('{}'), 2);
    await Promise.all(Array.from({ length: 200 }, () => get()));
    expect(seen).toHaveLength(200);
    expect(connections).toBeLessThanOrEqual(CONNECTIONS_MAX);
    const before = connections;
    for (let i = 0; i < 20; i++) await get();
    expect(connections).toBe(before);
  });

  test('of watches leave those of requests free', async () => {
    answer = (asked, out) => {
      if (asked.url === '/watch') out.write('{}\n');
      else out.end('{}');
    };
    const stop = new AbortController();
    const watches = Array.from({ length: 2 * CONNECTIONS_MAX }, () => watch(stop.signal));
    await until(() => watches.every(({ lines }) => lines.length === 1));
    expect(await get()).toEqual({});
    stop.abort();
    await Promise.all(watches.map(({ ended }) => failure(ended)));
  });

  test('are not made to a server that the authority does not know', async () => {
    await connection.close();
    connection = open(makeCertificate().cert);
    expect(await failure(get())).toMatchObject({ status: 0, reason: 'NoAnswer' });
    expect(seen).toEqual([]);
  });

  test('follow a changed authority; what is under way ends on the old one', async () => {
    answer = (asked, out) => {
      if (asked.url === '/watch') out.write('{}\n');
      else out.end('{}');
    };
    const old = watch();
    await get();
    await until(() => old.lines.length === 1);
    const other = makeCertificate();
    server.setSecureContext(other);
    kubeConfig.clusters = kubeConfig.clusters.map((cluster) => ({
      ...cluster,
      caData: base64(other.cert),
    }));
    await time.pass(CREDENTIALS_AGE_MS_MAX);
    const before = connections;
    await get();
    expect(connections).toBe(before + 1);
    expect(old.lines).toEqual(['{}']);
    server.closeAllConnections();
    expect(await failure(old.ended)).toMatchObject({ status: 0 });
  });
});

describe('credentials', () => {
  test('are asked for once by many requests, and again when they are old', async () => {
    const asked: number[] = [];
    const apply = kubeConfig.applyToHTTPSOptions.bind(kubeConfig);
    kubeConfig.applyToHTTPSOptions = async (options) => {
      asked.push(time.nowMs);
      await sleep(5);
      await apply(options);
    };
    const many = () => Promise.all(Array.from({ length: 20 }, () => get()));
    await many();
    await time.pass(CREDENTIALS_AGE_MS_MAX - 1);
    await many();
    expect(asked).toEqual([0]);
    await time.pass(1);
    await many();
    expect(asked).toEqual([0, CREDENTIALS_AGE_MS_MAX]);
    // With the same certificates the connections stay.
    expect(connections).toBeLessThanOrEqual(CONNECTIONS_MAX);
  });

  test('that were rotated are used when the old ones are old', async () => {
    await get();
    user.token = 'second';
    await get();
    await time.pass(CREDENTIALS_AGE_MS_MAX);
    await get();
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer second',
    ]);
  });

  test('that the server no longer takes are asked for anew at the next request', async () => {
    await get();
    user.token = 'second';
    answer = (_asked, out) => out.writeHead(401).end('{}');
    expect((await failure(get())).status).toBe(401);
    await failure(get());
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer second');
  });

  test('that cannot be had fail the request, and are asked for anew', async () => {
    const apply = kubeConfig.applyToHTTPSOptions.bind(kubeConfig);
    kubeConfig.applyToHTTPSOptions = () => Promise.reject(new Error('the plugin is missing'));
    const { status, message } = await failure(get());
    expect([status, message]).toEqual([0, 'GET /api: Error: the plugin is missing']);
    kubeConfig.applyToHTTPSOptions = apply;
    expect(await get()).toEqual({ is: 'well' });
  });

  test('without a cluster to use them at are refused at once', () => {
    const options = { userAgent: 'x', clock: time.clock(), metrics };
    expect(() => new ApiConnection({ ...options, kubeConfig: new KubeConfig() })).toThrow(
      'names no current cluster',
    );
  });
});

describe('what goes wrong is an ApiError', () => {
  test('with the reason and the words of the server', async () => {
    const status = { kind: 'Status', reason: 'Conflict', message: 'modified' };
    answer = (_asked, out) => out.writeHead(409).end(JSON.stringify(status));
    const error = await failure(get());
    expect([error.status, error.reason, error.message]).toEqual([409, 'Conflict', 'modified']);
    expect(error.isConflict).toBe(true);
  });

  test.each([
    ['of a request', () => get()],
    ['of a watch', () => watch().ended],
  ])('with the pause that is asked for: 429 %s', async (_what, ask) => {
    answer = (_asked, out) => out.writeHead(429, { 'retry-after': '7' }).end('slow down');
    expect(await failure(ask())).toMatchObject({ status: 429, retryAfterMs: 7000 });
  });

  test('when the server sends elsewhere: nobody follows it there', async () => {
    answer = (_asked, out) => out.writeHead(302, { location: '/elsewhere' }).end();
    expect((await failure(get())).status).toBe(302);
    expect(seen).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['breaks off before its head', (_asked, out) => out.destroy()],
    [
      'breaks off in its body',
      (_asked, out) => {
        out.writeHead(200, { 'content-length': 100 }).write('{"half":');
        setTimeout(() => out.destroy(), 20);
      },
    ],
    [
      'breaks off in a body of no given length',
      (_asked, out) => {
        out.write('{"half":');
        setTimeout(() => out.destroy(), 20);
      },
    ],
    ['is not JSON', (_asked, out) => out.end('<html>')],
  ])('when an answer %s', async (_what, how) => {
    answer = how;
    expect(await failure(get())).toMatchObject({ status: 0, reason: 'NoAnswer' });
    answer = (_asked, out) => out.end('{"is":"well"}');
    expect(await get()).toEqual({ is: 'well' });
  });

  test.each<[string, Answer]>([
    ['does not begin', () => undefined],
    ['does not end', (_asked, out) => void out.write('{"half":')],
  ])('at the deadline, when an answer %s', async (_what, how) => {
    answer = how;
    let isOver = false;
    const failed = failure(get()).finally(() => (isOver = true));
    await until(() => seen.length === 1);
    await time.pass(REQUEST_DEADLINE_MS - 1);
    await sleep(50);
    expect(isOver).toBe(false);
    await time.pass(1);
    const { status, message } = await failed;
    expect(status).toBe(0);
    expect(message).toContain('no answer within 30000 ms');
  });

  test('when the caller gives up', async () => {
    answer = () => undefined;
    const caller = new AbortController();
    const { signal } = caller;
    const failed = failure(connection.json({ method: 'GET', path: '/api', signal }));
    await until(() => seen.length === 1);
    caller.abort(new Error('not needed any more'));
    expect((await failed).message).toContain('not needed any more');
  });
});

describe('a watch', () => {
  test('gives lines as they come, whatever the pieces in which they come', async () => {
    const text = Buffer.from('{"a":"é😀"}\n{"b":2}\n\n{"c":3}\n');
    answer = (_asked, out) => {
      void (async () => {
        for (const byte of text) {
          out.write(Buffer.from([byte]));
          await sleep(1);
        }
        out.end('{"half":');
      })();
    };
    const { lines, ended } = watch();
    await until(() => lines.length === 1);
    await ended;
    // What has no end of line was cut off.
    expect(lines).toEqual(['{"a":"é😀"}', '{"b":2}', '{"c":3}']);
  });

  test('has no deadline, and ends by its signal', async () => {
    answer = (_asked, out) => void out.write('{}\n');
    const stop = new AbortController();
    const { lines, ended } = watch(stop.signal);
    await until(() => lines.length === 1);
    await time.pass(10 * REQUEST_DEADLINE_MS);
    let isOver = false;
    const failed = failure(ended).finally(() => (isOver = true));
    await sleep(50);
    expect(isOver).toBe(false);
    stop.abort();
    expect((await failed).status).toBe(0);
  });

  test('that is cut off is an ApiError, after the lines that came', async () => {
    answer = (_asked, out) => {
      out.write('{"a":1}\n{"half":');
      setTimeout(() => out.destroy(), 50);
    };
    const { lines, ended } = watch();
    expect(await failure(ended)).toMatchObject({ status: 0, reason: 'NoAnswer' });
    expect(lines).toEqual(['{"a":1}']);
  });

  test('of a line without an end is given up', async () => {
    const part = 'x'.repeat(1024 * 1024);
    answer = (_asked, out) => {
      const more = (): void => {
        while (!out.destroyed && out.write(part));
      };
      out.on('drain', more);
      more();
    };
    expect((await failure(watch().ended)).message).toContain('a line without an end');
  });

  test('that its reader leaves lets the connection go', async () => {
    const closed = Promise.withResolvers<undefined>();
    answer = (asked, out) => {
      asked.on('close', () => closed.resolve(undefined));
      out.write('{}\n{}\n');
    };
    for await (const line of connection.lines('/watch', new AbortController().signal)) {
      expect(line).toBe('{}');
      break;
    }
    await closed.promise;
  });
});

test('closed: what is under way fails', async () => {
  answer = () => undefined;
  const failed = failure(get());
  await until(() => seen.length === 1);
  await connection.close();
  expect((await failed).status).toBe(0);
});
