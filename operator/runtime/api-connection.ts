/**
 * Requests to the API server: credentials of a kubeconfig or a service account (client-node), connections
 * kept and shared (undici). Every request has a deadline; a watch ends by its signal.
 *
 * Requests share a few connections. A watch holds one for minutes, so watches have connections of their own: among the few
 * they would leave none for requests. HTTP/1.1, so that one connection that dies takes one request with it, not all.
 *
 * Everything that goes wrong is an ApiError: with the server's status, or 0 when there was no answer, or not all of one.
 */
import { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../server/ports/clock.ts';
import type { Metrics } from '../../server/ports/metrics.ts';
import { ApiError, apiErrorOf } from './api-error.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ApiRequest {
  readonly method: Method;
  /** From the root, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

export interface ApiConnectionOptions {
  readonly kubeConfig: KubeConfig;
  /** `ecp-operator/0.1.0`. */
  readonly userAgent: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** Rotated tokens are taken up that fast; client-node itself reads a token file once a minute. */
const CREDENTIALS_AGE_MS_MAX = 30_000;
export const REQUEST_DEADLINE_MS = 30_000;
export const CONNECTIONS_MAX = 16;
/** A line of a watch holds one object; etcd takes no larger ones than 1.5 MiB. */
const LINE_CHARACTERS_MAX = 16 * 1024 * 1024;
const UNAUTHORIZED = 401;

/** Connections that were made with the same TLS material. */
interface Pools {
  readonly requests: Dispatcher;
  readonly watches: Dispatcher;
  readonly material: string;
}

interface Access {
  readonly atMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pools: Pools;
}

export class ApiConnection {
  readonly #options: ApiConnectionOptions;
  readonly #server: string;
  /** Asked for once, however many requests wait for it. */
  #access: Promise<Access> | undefined;
  #pools: Pools | undefined;

  constructor(options: ApiConnectionOptions) {
    this.#options = options;
    const cluster = options.kubeConfig.getCurrentCluster();
    if (cluster === null) throw new Error('the kubeconfig names no current cluster');
    this.#server = cluster.server.replace(/\/$/, '');
  }

  /** The service account of this pod, or by KUBECONFIG and ~/.kube/config. */
  static defaultKubeConfig(): KubeConfig {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromDefault();
    return kubeConfig;
  }

  /** The answer's JSON. Throws ApiError. */
  async json(asked: ApiRequest): Promise<unknown> {
    const text = await this.text(asked);
    if (text === '') return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw noAnswer(asked, error);
    }
  }

  async text(asked: ApiRequest): Promise<string> {
    const { clock } = this.#options;
    const deadline = new AbortController();
    const timer = clock.after(REQUEST_DEADLINE_MS, () =>
      deadline.abort(new Error(`no answer within ${REQUEST_DEADLINE_MS} ms`)),
    );
    const signals = asked.signal === undefined ? [] : [asked.signal];
    try {
      const signal = AbortSignal.any([deadline.signal, ...signals]);
      return await this.#send(asked, signal, 'requests', (body) => body.text());
    } finally {
      timer.cancel();
    }
  }

  /** The answer's lines as they come, until the server or the signal ends it. Throws ApiError. */
  async *lines(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const asked: ApiRequest = { method: 'GET', path };
    const chunks = await this.#send(asked, signal, 'watches', (body) =>
      Promise.resolve(body as AsyncIterable<Uint8Array>),
    );
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of chunks) {
        for (const [i, part] of decoder.decode(chunk, { stream: true }).split('\n').entries()) {
          if (i > 0) {
            if (rest !== '') yield rest;
            rest = '';
          }
          rest += part;
        }
        if (rest.length > LINE_CHARACTERS_MAX) throw new Error('a line without an end');
      }
    } catch (error) {
      throw noAnswer(asked, error);
    }
  }

  async close(): Promise<void> {
    const pools = this.#pools;
    this.#access = undefined;
    this.#pools = undefined;
    await Promise.all([pools?.requests.destroy(), pools?.watches.destroy()]);
  }

  /** What `take` makes of the body of a good answer. */
  async #send<T>(
    asked: ApiRequest,
    signal: AbortSignal,
    pool: 'requests' | 'watches',
    take: (body: Dispatcher.ResponseData['body']) => Promise<T>,
  ): Promise<T> {
    const { statusCode, headers, body } = await this.#dispatch(asked, signal, pool);
    try {
      if (statusCode < 300) return await take(body);
      // Tokens may have been changed before their time.
      if (statusCode === UNAUTHORIZED) this.#access = undefined;
      throw apiErrorOf(statusCode, await body.text(), headerOf(headers['retry-after']));
    } catch (error) {
      throw error instanceof ApiError ? error : noAnswer(asked, error);
    }
  }

  async #dispatch(
    asked: ApiRequest,
    signal: AbortSignal,
    pool: 'requests' | 'watches',
  ): Promise<Dispatcher.ResponseData> {
    const { method, path, body, contentType = 'application/json' } = asked;
    try {
      const { headers, pools } = await this.#credentials();
      const answer = await request(`${this.#server}${path}`, {
        method,
        dispatcher: pools[pool],
        signal,
        headers: {
          ...headers,
          // The cluster's keys have a type of their own: application/jwk-set+json.
          accept: 'application/json, */*;q=0.1',
          'user-agent': this.#options.userAgent,
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        // A watch may be silent for as long as its caller bears it.
        bodyTimeout: 0,
        headersTimeout: REQUEST_DEADLINE_MS,
      });
      this.#count(method, String(answer.statusCode));
      return answer;
    } catch (error) {
      this.#count(method, '<error>');
      throw noAnswer(asked, error);
    }
  }

  #count(method: Method, code: string): void {
    this.#options.metrics
      .counter('rest_client_requests_total', 'Requests to the API server.', { code, method })
      .inc();
  }

  async #credentials(): Promise<Access> {
    const asked = this.#access;
    const isFresh = (access: Access): boolean =>
      this.#options.clock.nowMs() - access.atMs < CREDENTIALS_AGE_MS_MAX;
    if (asked !== undefined) {
      const access = await asked;
      if (isFresh(access)) return access;
    }
    // Nobody else asked while this one looked.
    if (this.#access === asked || this.#access === undefined) {
      const access = this.#askCredentials();
      this.#access = access;
      access.catch(() => {
        if (this.#access === access) this.#access = undefined;
      });
    }
    return this.#access;
  }

  async #askCredentials(): Promise<Access> {
    const options: RequestOptions = {};
    await this.#options.kubeConfig.applyToHTTPSOptions(options);
    const { auth } = options;
    return {
      atMs: this.#options.clock.nowMs(),
      headers: {
        ...textHeaders(options.headers),
        ...(typeof auth === 'string'
          ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }
          : {}),
      },
      pools: this.#poolsFor(options),
    };
  }

  /** Those there are, unless the certificates have changed. */
  #poolsFor({ ca, cert, key, servername, rejectUnauthorized }: RequestOptions): Pools {
    const tls = { ca, cert, key, servername, rejectUnauthorized };
    const material = JSON.stringify(tls, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    const before = this.#pools;
    if (before?.material === material) return before;
    const connect = Object.fromEntries(
      Object.entries(tls).filter(([, value]) => value !== undefined),
    );
    this.#pools = {
      requests: new Agent({ connections: CONNECTIONS_MAX, connect, allowH2: false }),
      watches: new Agent({ connect, allowH2: false }),
      material,
    };
    // Requests under way on the old ones end there.
    void before?.requests.close();
    void before?.watches.close();
    return this.#pools;
  }
}

const noAnswer = ({ method, path }: ApiRequest, error: unknown): ApiError =>
  new ApiError(0, 'NoAnswer', `${method} ${path}: ${String(error)}`);

function textHeaders(headers: RequestOptions['headers']): Record<string, string> {
  if (headers === undefined || Array.isArray(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

const headerOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];
