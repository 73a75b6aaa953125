/** Peers made by hand, for what well-behaved ones never say, and for orders of messages that are hard to provoke. */
import { ByteWriter, utf8 } from '../../server/base/bytes.ts';
import { parseKey } from '../../server/globals/reference.ts';
import { Block } from '../../server/storage/block.ts';
import type { Channel, ChannelEvents } from '../../server/ports/transport.ts';
import {
  beginReplyFrame,
  beginRequestFrame,
  decodeRequestFrame,
  UNNUMBERED,
  writeReply,
  writeRequest,
  type Reply,
  type Request,
} from '../../server/ecp/wire/frame.ts';
import {
  decodeChannelMessage,
  encodeChannelMessage,
  type CatalogueEntry,
  type ChannelMessage,
  type Hello,
  type Welcome,
} from '../../server/ecp/wire/handshake.ts';
import { messageLines } from './transcript.ts';
import type { World } from './world.ts';

/** ^x(1) as a key. */
export const key = parseKey;

export function set(reference: string, value: string, database = 2): Request {
  return {
    kind: 'change',
    change: { kind: 'set', database, key: key(reference), value: utf8(value) },
  };
}

export function fetch(reference: string, database = 2): Request {
  return { kind: 'fetch', database, key: key(reference), ahead: 0, reverse: false };
}

export function requestFrame(
  firstSequence: number,
  requests: readonly Request[],
  head: { readonly replay?: boolean; readonly confirmed?: number } = {},
): Uint8Array {
  const writer = new ByteWriter();
  beginRequestFrame(writer, { replay: false, confirmed: 0, ...head, firstSequence });
  for (const request of requests) writeRequest(writer, request);
  return encodeChannelMessage({ kind: 'frame', frame: writer.copy() });
}

export function replyFrame(replies: readonly Reply[]): Uint8Array {
  const writer = new ByteWriter();
  beginReplyFrame(writer);
  for (const reply of replies) writeReply(writer, reply);
  return encodeChannelMessage({ kind: 'frame', frame: writer.copy() });
}

const HELLO: Hello = {
  versionLowest: 1,
  versionHighest: 1,
  features: [],
  name: 'hostile',
  incarnation: '1'.repeat(32),
  session: 0,
  epoch: 0,
  serverUuid: '',
  durable: 0,
  caches: [],
  productVersion: 'test',
};

/** An app server by hand, connected to a real data server. */
export class RawAppServer {
  readonly #world: World;
  readonly #channel: Channel;
  /** What the data server said, a line for each part. */
  readonly heard: string[] = [];
  readonly messages: ChannelMessage[] = [];
  isClosed = false;

  constructor(world: World, from = '10.9.9.9', to = 'S') {
    this.#world = world;
    this.#channel = world.net.transport(from).dial(
      { host: to, port: 1972 },
      {
        message: (bytes) => {
          this.messages.push(decodeChannelMessage(bytes));
          this.heard.push(...messageLines('toApp', bytes));
        },
        drained: () => undefined,
        closed: () => (this.isClosed = true),
      },
    );
  }

  static async welcomed(
    world: World,
    hello: Partial<Hello> = {},
    from?: string,
  ): Promise<RawAppServer> {
    const peer = new RawAppServer(world, from);
    await peer.hello(hello);
    return peer;
  }

  get welcome(): Welcome {
    const found = this.messages.find((message) => message.kind === 'welcome');
    if (found?.kind !== 'welcome') throw new Error(`not welcomed: ${this.heard.join('; ')}`);
    return found.welcome;
  }

  async hello(hello: Partial<Hello> = {}): Promise<string[]> {
    return this.raw(encodeChannelMessage({ kind: 'hello', hello: { ...HELLO, ...hello } }));
  }

  /** Hands requests over, no time passing. */
  send(firstSequence: number, requests: readonly Request[]): void {
    this.#channel.send(requestFrame(firstSequence, requests));
  }

  /** Sends bytes; returns what was heard since, journal syncs included. */
  async raw(bytes: Uint8Array): Promise<string[]> {
    const from = this.heard.length;
    this.#channel.send(bytes);
    await this.#world.time.pass(20);
    return this.heard.slice(from);
  }

  async requests(
    firstSequence: number,
    requests: readonly Request[],
    head?: { readonly replay?: boolean; readonly confirmed?: number },
  ): Promise<string[]> {
    return this.raw(requestFrame(firstSequence, requests, head));
  }

  close(): void {
    this.#channel.close();
  }
}

export const ENTRY: CatalogueEntry = {
  number: 2,
  name: 'ACCOUNTS',
  uuid: 'a'.repeat(32),
  blockSize: 8192,
  readOnly: false,
  resource: '%DB_ACCOUNTS',
};

/** A data server by hand, to which a real app server connects. It answers when it is told. */
export class RawDataServer {
  readonly #world: World;
  /** Numbered requests, as they came. */
  readonly requests: {
    readonly sequence: number;
    readonly request: Request;
    readonly replay: boolean;
  }[] = [];
  readonly hellos: Hello[] = [];
  welcome: Partial<Welcome> = {};
  /** Whether a hello is answered at once. */
  welcomes = true;
  connections = 0;
  #channel: Channel | undefined;

  constructor(world: World, name = 'S') {
    this.#world = world;
    world.net.listen(`${name}:1972`, (channel) => this.#accept(channel));
  }

  #accept(channel: Channel): ChannelEvents {
    this.#channel = channel;
    this.connections++;
    return {
      message: (bytes) => {
        const message = decodeChannelMessage(bytes);
        if (message.kind === 'hello') {
          this.hellos.push(message.hello);
          if (this.welcomes) this.#welcome(channel, message.hello);
        } else if (message.kind === 'frame') {
          const { firstSequence, requests, replay } = decodeRequestFrame(message.frame.slice());
          let sequence = firstSequence;
          for (const request of requests) {
            if (!UNNUMBERED.has(request.kind))
              this.requests.push({ sequence: sequence++, request, replay });
          }
        }
      },
      drained: () => undefined,
      closed: () => undefined,
    };
  }

  #welcome(channel: Channel, hello: Hello): void {
    const welcome: Welcome = {
      version: 1,
      features: [],
      serverName: 'S',
      serverUuid: 'b'.repeat(32),
      session: 1,
      epoch: 1,
      resumed: hello.session !== 0,
      lastApplied: 0,
      catalogue: [ENTRY],
      productVersion: 'test',
      ...this.welcome,
    };
    channel.send(encodeChannelMessage({ kind: 'welcome', welcome }));
  }

  /** Says something, in one frame. */
  async say(...replies: readonly Reply[]): Promise<void> {
    await this.raw(replyFrame(replies));
  }

  async raw(bytes: Uint8Array): Promise<void> {
    this.#channel?.send(bytes);
    await this.#world.time.settle();
  }

  /** Ends the stream. */
  async drop(): Promise<void> {
    this.#channel?.close();
    await this.#world.time.settle();
  }

  /** The number of the last request of this kind. */
  last(kind: Request['kind']): number {
    const found = this.requests.findLast(({ request }) => request.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} came`);
    return found.sequence;
  }

  count(kind: Request['kind']): number {
    return this.requests.filter(({ request }) => request.kind === kind).length;
  }
}

/** A block reply; `low` and `high` are references, empty for the ends of the key space. */
export function block(
  sequence: number,
  range: { readonly low?: string; readonly high?: string },
  nodes: Readonly<Record<string, string>>,
): Reply {
  return { kind: 'block', sequence, database: 2, bytes: blockBytes(range, nodes) };
}

export function blockBytes(
  range: { readonly low?: string; readonly high?: string },
  nodes: Readonly<Record<string, string>>,
): Uint8Array {
  const made = Block.empty(1, fence(range.low) ?? new Uint8Array(0), fence(range.high), 8160);
  for (const [reference, value] of Object.entries(nodes)) {
    const at = key(reference);
    if (!made.set(at, at.length, utf8(value))) throw new Error('the block is full');
  }
  return made.encode();
}

export function invalidate(low?: string, high?: string): Reply {
  return {
    kind: 'invalidate',
    database: 2,
    low: fence(low) ?? new Uint8Array(0),
    high: fence(high),
  };
}

function fence(reference: string | undefined): Uint8Array | undefined {
  return reference === undefined ? undefined : key(reference);
}
