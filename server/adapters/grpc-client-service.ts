/**
 * The client API over grpc-js: one bidirectional stream per client (proto/client.proto). Messages are passed
 * through as bytes; what they mean is server/api/client's business.
 */
import * as grpc from '@grpc/grpc-js';
import { bindGrpc, shutDownGrpc } from './grpc-listen.ts';
import { CLIENT_MESSAGE_BYTES_MAX } from '../base/limits.ts';
import type { ChannelEvents, PausableChannel } from '../ports/transport.ts';
import { addressOf, asBuffer, once, receive } from './grpc-transport.ts';

const SERVICE: grpc.ServiceDefinition = {
  open: {
    path: '/ecp.client.v1.Session/Open',
    requestStream: true,
    responseStream: true,
    requestSerialize: asBuffer,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: asBuffer,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

const KEEPALIVE_MS = 20_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;

const OPTIONS: grpc.ServerOptions = {
  'grpc.max_receive_message_length': CLIENT_MESSAGE_BYTES_MAX,
  'grpc.max_send_message_length': CLIENT_MESSAGE_BYTES_MAX,
  'grpc-node.max_session_memory': 100,
  // A client whose machine is gone without a word ends its jobs all the same.
  'grpc.keepalive_time_ms': KEEPALIVE_MS,
  'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
};

export interface ClientServiceOptions {
  /** Whether this bearer token may come in; without it everyone may. */
  readonly authenticates?: (token: string) => boolean;
}

export interface GrpcClientListener {
  /** The port it got, where 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

type Stream = grpc.ServerDuplexStream<Buffer, Uint8Array>;

function channelOf(stream: Stream): PausableChannel {
  const peerAddress = addressOf(stream.getPeer());
  return {
    peerAddress,
    send: (message) => stream.write(message),
    close: () => stream.end(),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
  };
}

function tokenOf(metadata: grpc.Metadata): string {
  const [value] = metadata.get('authorization');
  return typeof value === 'string' ? value.replace(/^Bearer /, '') : '';
}

/** Listens for clients; `accept` is called for each one that may come in. */
export async function listenClients(
  address: { readonly host: string; readonly port: number },
  accept: (channel: PausableChannel) => ChannelEvents,
  options: ClientServiceOptions = {},
): Promise<GrpcClientListener> {
  const server = new grpc.Server(OPTIONS);
  server.addService(SERVICE, {
    open: (stream: Stream) => {
      if (options.authenticates?.(tokenOf(stream.metadata)) === false) {
        stream.emit('error', {
          code: grpc.status.UNAUTHENTICATED,
          details: 'the token is not the one of this instance',
        });
        return;
      }
      const events = accept(channelOf(stream));
      const closed = once(() => events);
      receive(stream, events, (reason) => {
        closed(reason);
        stream.end();
      });
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
