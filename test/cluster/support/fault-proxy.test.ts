/** The proxy between the operator's own client and an API server made of a map: what tests rely on. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiConnection } from '../../../operator/runtime/api-connection.ts';
import { ApiError } from '../../../operator/runtime/api-error.ts';
import { Cluster } from '../../../operator/runtime/cluster.ts';
import type { WatchEvent } from '../../../operator/runtime/cluster.ts';
import { PromMetrics } from '../../../server/adapters/prom-metrics.ts';
import { SystemClock } from '../../../server/adapters/system-clock.ts';
import { makeCertificate } from './certificate.ts';
import { FaultProxy } from './fault-proxy.ts';
import { eventually } from './kubectl.ts';

const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
} as const;
const PATH = /configmaps/;
const SHORT_MS = 100;
const LONG_MS = 10_000;

const object = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'here' },
});

/** Takes every change, and holds watches open. */
class SmallApiServer {
  readonly changes: string[] = [];
  readonly tokens = new Set<string | undefined>();
  readonly watches = new Set<ServerResponse>();
  readonly certificate = makeCertificate();
  readonly #server: Server = createServer(this.certificate, (asked, answer) => {
    this.tokens.add(asked.headers.authorization);
    let body = '';
    asked.on('data', (chunk) => (body += String(chunk)));
    asked.on('end', () => {
      if (asked.url?.includes('watch=true') === true) {
        answer.writeHead(200).flushHeaders();
        this.watches.add(answer);
        answer.on('close', () => this.watches.delete(answer));
        return;
      }
      if (asked.method !== 'GET') this.changes.push(`${asked.method ?? ''} ${body.length > 0}`);
      answer.end(JSON.stringify(object('answered')));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  say(name: string): void {
    const line = `${JSON.stringify({ type: 'ADDED', object: object(name) })}\n`;
    for (const watch of this.watches) watch.write(line);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let upstream: SmallApiServer;
let proxy: FaultProxy;
let connection: ApiConnection;
let cluster: Cluster;

beforeEach(async () => {
  upstream = new SmallApiServer();
  proxy = await FaultProxy.start({
    server: await upstream.start(),
    ca: upstream.certificate.cert,
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: 'c',
      server: proxy.url,
      caData: Buffer.from(proxy.ca).toString('base64'),
      skipTLSVerify: false,
    },
    { name: 'u', token: 'who-asks' },
  );
  connection = new ApiConnection({
    kubeConfig,
    userAgent: 'test',
    clock: new SystemClock(),
    metrics: new PromMetrics(),
  });
  cluster = new Cluster(connection, 'test');
});

afterEach(async () => {
  await connection.close();
  await proxy.close();
  await upstream.close();
});

const write = (): Promise<unknown> => cluster.create(CONFIG_MAP, object('new'));
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    (error: unknown) => error,
  );

/** Names in the events of a watch, as they come. */
function watch(): { readonly names: string[]; readonly ended: Promise<unknown> } {
  const names: string[] = [];
  const from = {
    resourceVersion: '1',
    timeoutSeconds: 60,
    signal: AbortSignal.timeout(LONG_MS),
  };
  const read = async (events: AsyncGenerator<WatchEvent>): Promise<void> => {
    for await (const { object: found } of events) names.push(found.metadata.name);
  };
  const ended = refusal(read(cluster.watch({ type: CONFIG_MAP, namespace: 'here' }, from)));
  return { names, ended };
}
const until = (holds: () => boolean): Promise<true> =>
  eventually(() => (holds() ? true : undefined), LONG_MS);

describe('the fault proxy', () => {
  test('passes on what is asked and who asks, and records it', async () => {
    expect(await write()).toMatchObject({ metadata: { name: 'answered' } });
    expect(upstream.changes).toEqual(['POST true']);
    expect([...upstream.tokens]).toEqual(['Bearer who-asks']);
    await cluster.get(CONFIG_MAP, 'here', 'one');
    expect(proxy.seen).toMatchObject([
      { method: 'POST', path: '/api/v1/namespaces/here/configmaps', status: 200 },
      { method: 'GET', path: '/api/v1/namespaces/here/configmaps/one', status: 200 },
    ]);
    expect(proxy.writes()).toHaveLength(1);
    expect(proxy.writes(/secrets/)).toEqual([]);
  });

  test.each([409, 410, 422, 429, 500])('answers %i in place of the API server', async (status) => {
    proxy.inject({ path: PATH, fault: { kind: 'answer', status, retryAfterSeconds: 3 } });
    const error = await refusal(write());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, retryAfterMs: 3000 });
    expect(upstream.changes).toEqual([]);
  });

  test('a rule is for the requests that it names: method, path, which ones', async () => {
    const rule = proxy.inject({
      methods: ['POST'],
      path: PATH,
      skip: 1,
      times: 1,
      fault: { kind: 'answer', status: 500 },
    });
    await cluster.get(CONFIG_MAP, 'here', 'one');
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await refusal(write())) === 'taken');
    expect(answers).toEqual([true, false, true]);
    expect(rule.hits).toBe(1);
  });

  test.each([
    { when: 'before', changes: [] },
    { when: 'after', changes: ['POST true'] },
  ] as const)('cuts the connection $when the change is made', async ({ when, changes }) => {
    proxy.inject({ path: PATH, times: 1, fault: { kind: 'cut', when } });
    expect(await refusal(write())).toMatchObject({ status: 0, reason: 'NoAnswer' });
    expect(upstream.changes).toEqual(changes);
    expect(await refusal(write())).toBe('taken');
  });

  test('a held change is made when it is released, though its client is gone', async () => {
    const held = proxy.inject({ path: PATH, times: 1, fault: { kind: 'hold' } });
    const answer = refusal(write());
    await until(() => held.hits === 1);
    await sleep(SHORT_MS);
    expect(upstream.changes).toEqual([]);
    await connection.close();
    await answer;
    held.release();
    await until(() => upstream.changes.length === 1);
  });

  test('delays', async () => {
    proxy.inject({ path: PATH, fault: { kind: 'delay', ms: SHORT_MS } });
    const started = performance.now();
    await write();
    expect(performance.now() - started).toBeGreaterThanOrEqual(SHORT_MS - 1);
  });

  test('frozen it takes everything and answers nothing; then all goes on', async () => {
    const { names } = watch();
    await until(() => upstream.watches.size === 1);
    proxy.freeze();
    let isAnswered = false;
    const answer = write().then(() => (isAnswered = true));
    upstream.say('late');
    await sleep(SHORT_MS);
    expect([isAnswered, names]).toEqual([false, []]);
    proxy.thaw();
    await answer;
    await until(() => names.length === 1);
  });

  test('streams watches, drops chosen events, and cuts them', async () => {
    proxy.inject({
      path: /watch=true/,
      fault: { kind: 'drop-events', drops: ({ object: one }) => one.metadata?.name === 'b' },
    });
    const { names, ended } = watch();
    await until(() => upstream.watches.size === 1);
    for (const name of ['a', 'b', 'c']) upstream.say(name);
    await until(() => names.length === 2);
    expect(names).toEqual(['a', 'c']);
    proxy.cutWatches();
    expect(await ended).not.toBe('taken');
    await until(() => upstream.watches.size === 0);
  });
});
