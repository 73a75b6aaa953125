/** The stream over grpc-js. Messages are bytes here; encoding is wire.ts's work. */
import * as grpc from '@grpc/grpc-js';
import { CLIENT_MESSAGE_BYTES_MAX } from '../server/base/limits.ts';
import type { Dial, Link, LinkEvents } from './link.ts';

const PATH = '/ecp.client.v1.Session/Open';
const CLOSE_GRACE_MS = 500;

const OPTIONS: grpc.ChannelOptions = {
  'grpc.max_receive_message_length': CLIENT_MESSAGE_BYTES_MAX,
  'grpc.max_send_message_length': CLIENT_MESSAGE_BYTES_MAX,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // Back-off is the connection's: it says what it retries.
  'grpc.enable_retries': 0,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.use_local_subchannel_pool': 1,
};

const FINAL: ReadonlySet<grpc.status> = new Set([
  grpc.status.UNAUTHENTICATED,
  grpc.status.PERMISSION_DENIED,
  grpc.status.UNIMPLEMENTED,
  grpc.status.INVALID_ARGUMENT,
]);

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Dials `target`, such as bank-app.branch.svc:1973, with a bearer token if one is given. */
export function dialGrpc(target: string, token: string | undefined): Dial {
  return (events: LinkEvents): Link => {
    const client = new grpc.Client(target, grpc.credentials.createInsecure(), OPTIONS);
    const metadata = new grpc.Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    const stream = client.makeBidiStreamRequest<Uint8Array, Uint8Array>(
      PATH,
      asBuffer,
      (bytes) => bytes,
      metadata,
    );
    let over = false;
    const closed = (reason: string, final: boolean): void => {
      if (over) return;
      over = true;
      client.close();
      events.closed(reason, { final });
    };
    stream.on('data', (bytes: Uint8Array) => {
      if (!over) events.message(bytes);
    });
    stream.on('drain', () => {
      if (!over) events.drained();
    });
    stream.on('error', (error: grpc.ServiceError) =>
      closed(error.details || error.message, FINAL.has(error.code)),
    );
    stream.on('end', () => closed('ended by the server', false));
    return {
      send: (message) => stream.write(message),
      close: () => {
        stream.end();
        // A server that does not end its side in turn is left.
        const force = setTimeout(() => stream.cancel(), CLOSE_GRACE_MS);
        stream.on('status', () => clearTimeout(force));
      },
    };
  };
}
