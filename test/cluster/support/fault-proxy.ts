/**
 * A proxy in front of a real API server, with faults that a test injects. It terminates TLS and passes the
 * client's bearer token on, so that the API server sees who asks. Every request is recorded.
 *
 * Invariants: the first rule that takes a request decides; a request's body is read whole before anything
 * happens to it; what is forwarded is what was sent.
 */
import { Agent, createServer, request } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificate } from './certificate.ts';
import { InjectedFault, statusObject } from './fault-rules.ts';
import type { Fault, FaultRule, WatchedEvent } from './fault-rules.ts';

export interface Upstream {
  /** https://host:port */
  readonly server: string;
  /** PEM of its authority. */
  readonly ca: string;
}

export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  readonly atMs: number;
  /** Undefined while there is none: held, cut, or under way. */
  status?: number;
  readonly fault?: Fault['kind'];
}

/** Headers that are between two neighbours only. */
const HOP_BY_HOP = ['connection', 'host', 'keep-alive', 'transfer-encoding', 'content-length'];

export class FaultProxy {
  readonly #upstream: Upstream;
  readonly #agent: Agent;
  readonly #server: Server;
  /** PEM for who dials the proxy. */
  readonly ca: string;
  /** In the order in which they came. */
  readonly seen: SeenRequest[] = [];
  #rules: InjectedFault[] = [];
  readonly #watches = new Set<ServerResponse>();
  #frozen: PromiseWithResolvers<undefined> | undefined;

  private constructor(upstream: Upstream) {
    this.#upstream = upstream;
    const { cert, key } = makeCertificate();
    this.ca = cert;
    this.#agent = new Agent({ keepAlive: true, ca: upstream.ca });
    this.#server = createServer({ cert, key }, (asked, answer) => {
      this.#handle(asked, answer).catch(() => answer.destroy());
    });
  }

  static async start(upstream: Upstream): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstream);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  inject(rule: FaultRule): InjectedFault {
    const injected = new InjectedFault(rule);
    this.#rules.push(injected);
    return injected;
  }

  /** Requests meet no fault any more; held ones go on. */
  heal(): void {
    for (const rule of this.#rules) rule.release();
    this.#rules = [];
    this.thaw();
  }

  /** From now on everything is accepted and nothing answered, watches included. */
  freeze(): void {
    this.#frozen ??= Promise.withResolvers<undefined>();
  }

  thaw(): void {
    this.#frozen?.resolve(undefined);
    this.#frozen = undefined;
  }

  /** Ends the connections of all watches. */
  cutWatches(): void {
    for (const watch of this.#watches) watch.destroy();
  }

  /** Requests that change objects; `path` of them only. */
  writes(path = /^/): SeenRequest[] {
    return this.seen.filter(
      ({ method, path: asked, query }) =>
        method !== 'GET' && path.test(asked) && !query.includes('dryRun='),
    );
  }

  async close(): Promise<void> {
    this.heal();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = asked;
    // A client that is gone by then is no fault of ours.
    answer.on('error', () => undefined);
    const body = await buffer(asked);
    const injected = this.#rules.find((rule) => rule.takes(method, url));
    const fault = injected?.rule.fault;
    const [path = '', query = ''] = url.split('?');
    const seen: SeenRequest = {
      ...{ method, path, query, atMs: Date.now() },
      ...(fault === undefined ? {} : { fault: fault.kind }),
    };
    this.seen.push(seen);
    await this.#frozen?.promise;
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'hold') await injected?.released;
    if (fault?.kind === 'answer') {
      refuse(answer, seen, fault);
      return;
    }
    if (fault?.kind === 'cut' && fault.when === 'before') {
      answer.destroy();
      return;
    }
    const reply = await this.#forward(asked, body);
    seen.status = reply.statusCode ?? 0;
    if (fault?.kind === 'cut') {
      await buffer(reply);
      answer.destroy();
      return;
    }
    answer.writeHead(seen.status, withoutHops(reply.headers));
    if (/[?&]watch=(true|1)/.test(url) && seen.status === 200) {
      await this.#relayWatch(reply, answer, fault);
    } else {
      await pipeline(reply, answer);
    }
  }

  #forward(asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { method, url } = asked;
    const headers: OutgoingHttpHeaders = { ...withoutHops(asked.headers) };
    // Events are read a line each on their way.
    delete headers['accept-encoding'];
    if (body.length > 0) headers['content-length'] = body.length;
    return new Promise((resolve, reject) => {
      const forwarded = request(
        `${this.#upstream.server}${url ?? ''}`,
        { method, headers, agent: this.#agent },
        resolve,
      );
      forwarded.on('error', reject);
      forwarded.end(body);
    });
  }

  async #relayWatch(
    reply: IncomingMessage,
    answer: ServerResponse,
    fault: Fault | undefined,
  ): Promise<void> {
    this.#watches.add(answer);
    answer.on('close', () => {
      this.#watches.delete(answer);
      reply.destroy();
    });
    answer.flushHeaders();
    try {
      for await (const line of createInterface({ input: reply })) {
        await this.#frozen?.promise;
        const isDropped =
          fault?.kind === 'drop-events' && fault.drops(JSON.parse(line) as WatchedEvent);
        if (!isDropped) answer.write(`${line}\n`);
      }
      answer.end();
    } finally {
      this.#watches.delete(answer);
    }
  }
}

function refuse(
  answer: ServerResponse,
  seen: SeenRequest,
  { status, retryAfterSeconds }: Extract<Fault, { kind: 'answer' }>,
): void {
  seen.status = status;
  answer.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  answer.end(JSON.stringify(statusObject(status)));
}

function withoutHops(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase())),
  );
}
