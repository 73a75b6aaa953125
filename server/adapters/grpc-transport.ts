/**
 * The channel over grpc-js: one bidirectional stream per pair of servers (proto/channel.proto). Messages are
 * passed through as bytes; encoding is the protocol's own work (ecp/wire).
 */
import * as grpc from '@grpc/grpc-js';
import { bindGrpc, shutDownGrpc } from './grpc-listen.ts';
import type { Accept, Channel, ChannelEvents, Transport } from '../ports/transport.ts';
import { canonicalAddress } from './dns-resolver.ts';

const SERVICE: grpc.ServiceDefinition = {
  connect: {
    path: '/ecp.channel.v1.Channel/Connect',
    requestStream: true,
    responseStream: true,
    requestSerialize: asBuffer,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: asBuffer,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const MESSAGE_BYTES_MAX = 1024 * 1024;

/** Large enough that a bulk of blocks does not wait for window updates, small enough to bound memory. */
const FLOW_CONTROL_WINDOW_BYTES = 2 * 1024 * 1024;

const OPTIONS: grpc.ChannelOptions = {
  'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
  'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
  'grpc-node.flow_control_window': FLOW_CONTROL_WINDOW_BYTES,
  'grpc-node.max_session_memory': 100,
  'grpc.enable_retries': 0,
  // Reconnection is the protocol's business: grpc-js's own back-off stays out of its way.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.use_local_subchannel_pool': 1,
};

type Stream =
  grpc.ClientDuplexStream<Uint8Array, Buffer> | grpc.ServerDuplexStream<Buffer, Uint8Array>;

class GrpcChannel implements Channel {
  readonly #stream: Stream;
  readonly #address: () => string;
  readonly #end: () => void;

  constructor(stream: Stream, address: () => string, end: () => void) {
    this.#stream = stream;
    this.#address = address;
    this.#end = end;
  }

  get peerAddress(): string {
    return this.#address();
  }

  send(message: Uint8Array): boolean {
    return this.#stream.write(message);
  }

  close(): void {
    this.#end();
  }
}

/** `peer` as grpc-js gives it: 10.1.2.3:4567, ipv6:[::1]:4567 … */
export function addressOf(peer: string): string {
  const bracketed = /\[([^\]]+)\]/.exec(peer);
  const bare = bracketed?.[1] ?? peer.replace(/^ipv[46]:/, '').replace(/:\d+$/, '');
  return canonicalAddress(bare);
}

export function receive(
  stream: Stream,
  events: ChannelEvents,
  closed: (reason: string) => void,
): void {
  // Plain byte arrays for the cores: a Buffer would make their hot loops polymorphic.
  stream.on('data', (bytes: Buffer) =>
    events.message(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)),
  );
  stream.on('drain', () => events.drained());
  stream.on('error', (error: Error) => closed(error.message));
  stream.on('end', () => closed('ended by the peer'));
}

/** Tells `closed` once. */
export function once(events: () => ChannelEvents): (reason: string) => void {
  let over = false;
  return (reason) => {
    if (over) return;
    over = true;
    events().closed(reason);
  };
}

export class GrpcTransport implements Transport {
  dial(address: { readonly host: string; readonly port: number }, events: ChannelEvents): Channel {
    const host = address.host.includes(':') ? `[${address.host}]` : address.host;
    const client = new grpc.Client(
      `${host}:${address.port}`,
      grpc.credentials.createInsecure(),
      OPTIONS,
    );
    const closed = once(() => events);
    const stream = client.makeBidiStreamRequest<Uint8Array, Buffer>(
      SERVICE['connect']?.path ?? '',
      asBuffer,
      (bytes) => bytes,
    );
    receive(stream, events, (reason) => {
      closed(reason);
      client.close();
    });
    return new GrpcChannel(
      stream,
      () => addressOf(stream.getPeer()),
      () => {
        stream.end();
        // Whoever does not end its side in turn is cut off.
        setTimeout(() => {
          stream.cancel();
          client.close();
        }, CLOSE_GRACE_MS).unref();
        closed('closed here');
      },
    );
  }
}

const CLOSE_GRACE_MS = 500;

export interface GrpcListener {
  /** The port it got, where 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for app servers. */
export async function listenGrpc(
  address: { readonly host: string; readonly port: number },
  accept: Accept,
): Promise<GrpcListener> {
  const server = new grpc.Server(OPTIONS);
  server.addService(SERVICE, {
    connect: (stream: grpc.ServerDuplexStream<Buffer, Uint8Array>) => {
      const peer = addressOf(stream.getPeer());
      const channel = new GrpcChannel(
        stream,
        () => peer,
        () => stream.end(),
      );
      const events = accept(channel);
      const closed = once(() => events);
      receive(stream, events, closed);
      stream.on('cancelled', () => closed('cancelled'));
      stream.on('close', () => closed('closed'));
    },
  });
  const port = await bindGrpc(server, address);
  return {
    port,
    close: () => shutDownGrpc(server),
  };
}
