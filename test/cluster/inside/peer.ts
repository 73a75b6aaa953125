/**
 * Runs as a pod: the far end of ECP connections, which does what a test tells it and no more, and notes what it
 * hears and when. With it waits are measured on the wire, by somebody who keeps to none of them himself.
 *
 * As a data server it listens on PEER_PORTS (2001,2002), as an app server it dials when it is told to:
 *
 *   GET /as?port=P&manner=M              how app servers are treated on this port from now on; who is there is cut off
 *                                          close    at once (the beginning)
 *                                          refuse   as a data server that is full
 *                                          welcome  admitted, and nothing more is said
 *   GET /dial?host=H&port=P&name=N       says hello under this name, and nothing more once it is welcome; asks again
 *                                        every AGAIN_MS while it is refused
 *   GET /ask?target=H:P&global=G&line=L  reads a global through an instance's client port
 *   GET /heard                           all of it, in order
 */
import process from 'node:process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from '../../../client/index.ts';
import { GrpcTransport, listenGrpc } from '../../../server/adapters/grpc-transport.ts';
import {
  decodeChannelMessage,
  encodeChannelMessage,
  type ChannelMessage,
} from '../../../server/ecp/wire/handshake.ts';
import type { Channel } from '../../../server/ports/transport.ts';

const HTTP_PORT = 8080;
const AGAIN_MS = 250;
/** An answer that takes longer never comes: whoever was dialled is gone. */
const ANSWER_MS = 3000;
const PATIENCE_MS = 120_000;
const HEARD_MAX = 20_000;

/** What was heard: where, what, and what there is to say of it. */
interface Heard {
  readonly atMs: number;
  readonly line: string;
  readonly what: string;
  readonly detail: unknown;
}
const heard: Heard[] = [];

function note(line: string, what: string, detail: unknown = ''): void {
  if (heard.length < HEARD_MAX) heard.push({ atMs: Date.now(), line, what, detail });
}

function detailOf(message: ChannelMessage): unknown {
  if (message.kind === 'hello') return message.hello.name;
  if (message.kind === 'welcome') return message.welcome.catalogue;
  if (message.kind === 'refused') return message.refused.reason;
  return message.kind === 'goodbye' ? message.goodbye.reason : '';
}

// ── As a data server ────────────────────────────────────────────────────────────────────────────────────

type Manner = 'close' | 'refuse' | 'welcome';

class Port {
  readonly line: string;
  #manner: Manner = 'close';
  readonly #channels = new Set<Channel>();
  readonly #uuid = randomBytes(16).toString('hex');

  constructor(port: number) {
    this.line = String(port);
  }

  become(manner: Manner): void {
    this.#manner = manner;
    note(this.line, 'manner', manner);
    for (const channel of this.#channels) channel.close();
  }

  accept(channel: Channel): {
    message: (bytes: Uint8Array) => void;
    drained: () => void;
    closed: () => void;
  } {
    this.#channels.add(channel);
    return {
      message: (bytes) => {
        const message = decodeChannelMessage(bytes);
        note(this.line, message.kind, detailOf(message));
        if (message.kind === 'hello') this.#answer(channel, message.hello.session !== 0);
      },
      drained: () => undefined,
      closed: () => {
        this.#channels.delete(channel);
        note(this.line, 'closed');
      },
    };
  }

  #answer(channel: Channel, resumed: boolean): void {
    if (this.#manner === 'close') return channel.close();
    if (this.#manner === 'refuse') {
      const refused = { reason: 'CAPACITY', message: 'full', retryable: true } as const;
      channel.send(encodeChannelMessage({ kind: 'refused', refused }));
      return channel.close();
    }
    const database = { number: 3, name: 'ACCOUNTS', blockSize: 8192, resource: '%DB_ACCOUNTS' };
    const welcome = {
      version: 1,
      features: [],
      serverName: 'peer',
      serverUuid: this.#uuid,
      session: 1,
      epoch: 1,
      resumed,
      lastApplied: 0,
      catalogue: [{ ...database, uuid: this.#uuid, readOnly: false }],
      productVersion: 'test',
    };
    channel.send(encodeChannelMessage({ kind: 'welcome', welcome }));
  }
}

// ── As an app server ────────────────────────────────────────────────────────────────────────────────────

function dial(address: { host: string; port: number }, name: string): void {
  let isWelcome = false;
  const timer = setTimeout(() => channel.close(), ANSWER_MS);
  const channel = new GrpcTransport().dial(address, {
    message: (bytes) => {
      const message = decodeChannelMessage(bytes);
      clearTimeout(timer);
      note(name, message.kind, detailOf(message));
      if (message.kind === 'welcome') isWelcome = true;
    },
    drained: () => undefined,
    closed: () => {
      clearTimeout(timer);
      note(name, 'closed');
      if (!isWelcome) setTimeout(() => dial(address, name), AGAIN_MS);
    },
  });
  const hello = {
    versionLowest: 1,
    versionHighest: 1,
    features: [],
    name,
    incarnation: randomBytes(16).toString('hex'),
    session: 0,
    epoch: 0,
    serverUuid: '',
    durable: 0,
    caches: [],
    productVersion: 'test',
  };
  channel.send(encodeChannelMessage({ kind: 'hello', hello }));
}

// ── As an application ───────────────────────────────────────────────────────────────────────────────────

async function ask(target: string, global: string, line: string): Promise<void> {
  const options = { namespace: 'USER', patienceMs: PATIENCE_MS, timeoutMs: PATIENCE_MS };
  try {
    await using database = await connect(target, options);
    note(line, 'asked');
    note(line, 'answered', await database.global(global).get([]));
  } catch (error) {
    note(line, 'failed', (error as { code?: string }).code ?? String(error));
  }
}

const numbers = (process.env['PEER_PORTS'] ?? '').split(',').filter((port) => port !== '');
const ports = new Map(numbers.map((port) => [port, new Port(Number(port))]));
for (const [port, listening] of ports) {
  await listenGrpc({ host: '::', port: Number(port) }, (channel) => listening.accept(channel));
}

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://peer');
  const given = (name: string): string => searchParams.get(name) ?? '';
  if (pathname === '/as') ports.get(given('port'))?.become(given('manner') as Manner);
  if (pathname === '/dial')
    dial({ host: given('host'), port: Number(given('port')) }, given('name'));
  if (pathname === '/ask') void ask(given('target'), given('global'), given('line'));
  response.end(JSON.stringify(heard));
}).listen(HTTP_PORT);
process.on('SIGTERM', () => process.exit(0));
