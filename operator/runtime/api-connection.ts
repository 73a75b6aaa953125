/**
 * Requests to the API server: credentials of a kubeconfig or a service account (client-node), connections
 * kept and shared (undici). Every request has a deadline; a watch ends by its signal.
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
const REQUEST_DEADLINE_MS = 30_000;
const CONNECTIONS_MAX = 16;

interface Access {
  readonly atMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  /** What the dispatcher was made with. */
  readonly material: string;
}

export class ApiConnection {
  readonly #options: ApiConnectionOptions;
  readonly #server: string;
  #access: Access | undefined;

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
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  async text(asked: ApiRequest): Promise<string> {
    const deadline = AbortSignal.timeout(REQUEST_DEADLINE_MS);
    const signal =
      asked.signal === undefined ? deadline : AbortSignal.any([deadline, asked.signal]);
    const { statusCode, headers, body } = await this.#send(asked, signal);
    const text = await body.text().catch((error: unknown) => {
      throw new ApiError(0, 'NoAnswer', `${asked.method} ${asked.path}: ${String(error)}`);
    });
    if (statusCode >= 400) throw apiErrorOf(statusCode, text, headerOf(headers['retry-after']));
    return text;
  }

  /** The answer's lines as they come, until the server or the signal ends it. Throws ApiError. */
  async *lines(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const { statusCode, headers, body } = await this.#send({ method: 'GET', path }, signal);
    if (statusCode >= 400) {
      throw apiErrorOf(statusCode, await body.text(), headerOf(headers['retry-after']));
    }
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      yield* parts.filter((line) => line !== '');
    }
  }

  async close(): Promise<void> {
    await this.#access?.dispatcher.destroy();
    this.#access = undefined;
  }

  async #send(
    { method, path, body, contentType = 'application/json' }: ApiRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const count = (code: string): void =>
      this.#options.metrics
        .counter('rest_client_requests_total', 'Requests to the API server.', { code, method })
        .inc();
    try {
      const { headers, dispatcher } = await this.#credentials();
      const answer = await request(`${this.#server}${path}`, {
        method,
        dispatcher,
        signal,
        headers: {
          ...headers,
          // Keys of the cluster have a type of their own.
          accept: 'application/json, */*;q=0.1',
          'user-agent': this.#options.userAgent,
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        // A watch may be silent for as long as its caller bears it.
        bodyTimeout: 0,
        headersTimeout: REQUEST_DEADLINE_MS,
      });
      count(String(answer.statusCode));
      return answer;
    } catch (error) {
      count('<error>');
      throw new ApiError(0, 'NoAnswer', `${method} ${path}: ${String(error)}`);
    }
  }

  async #credentials(): Promise<Access> {
    const nowMs = this.#options.clock.nowMs();
    if (this.#access !== undefined && nowMs - this.#access.atMs < CREDENTIALS_AGE_MS_MAX) {
      return this.#access;
    }
    const options: RequestOptions = {};
    await this.#options.kubeConfig.applyToHTTPSOptions(options);
    const { ca, cert, key, servername, rejectUnauthorized, auth } = options;
    const tls = { ca, cert, key, servername, rejectUnauthorized };
    const material = JSON.stringify(tls, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    const before = this.#access;
    const given = Object.fromEntries(
      Object.entries(tls).filter(([, value]) => value !== undefined),
    );
    this.#access = {
      atMs: nowMs,
      material,
      headers: {
        ...textHeaders(options.headers),
        ...(typeof auth === 'string'
          ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }
          : {}),
      },
      dispatcher:
        before?.material === material
          ? before.dispatcher
          : new Agent({ connections: CONNECTIONS_MAX, connect: given }),
    };
    // Requests under way on the old one end there.
    if (before !== undefined && before.material !== material) void before.dispatcher.close();
    return this.#access;
  }
}

function textHeaders(headers: RequestOptions['headers']): Record<string, string> {
  if (headers === undefined || Array.isArray(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

const headerOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];
