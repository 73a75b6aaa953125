/** The admin API over grpc-js: calls with one answer or a stream of them, each authenticated by a bearer token (rule K6). */
import * as grpc from '@grpc/grpc-js';
import { bindGrpc } from './grpc-listen.ts';
import { isEcpError, messageOf } from '../base/errors.ts';

export type AdminCall = (request: Uint8Array) => Promise<Uint8Array>;
/**
 * Answers by calling `send` until its promise is settled. `send` tells whether the caller keeps up: what it need not
 * know is better not sent to one who does not. The signal is aborted when the caller has gone.
 */
export type AdminStream = (
  request: Uint8Array,
  send: (message: Uint8Array) => boolean,
  signal: AbortSignal,
) => Promise<void>;

export interface AdminListener {
  readonly port: number;
  close(): void;
}

const SERVICE_NAME = 'ecp.admin.v1.Admin';

function methodOf(
  name: string,
  responseStream = false,
): grpc.MethodDefinition<Uint8Array, Uint8Array> {
  return {
    path: `/${SERVICE_NAME}/${name}`,
    requestStream: false,
    responseStream,
    requestSerialize: (bytes) => Buffer.from(bytes),
    requestDeserialize: (bytes) => bytes,
    responseSerialize: (bytes) => Buffer.from(bytes),
    responseDeserialize: (bytes) => bytes,
  };
}

function tokenOf(metadata: grpc.Metadata): string {
  const [value] = metadata.get('authorization');
  return typeof value === 'string' ? value.replace(/^Bearer /, '') : '';
}

const REFUSED = {
  code: grpc.status.UNAUTHENTICATED,
  details: 'the token is not the one of this instance',
};

/** An EcpError is for the caller; anything else is ours, and its text stays here. */
function failureOf(error: unknown): { readonly code: grpc.status; readonly details: string } {
  if (!isEcpError(error)) return { code: grpc.status.INTERNAL, details: 'internal error' };
  return { code: grpc.status.FAILED_PRECONDITION, details: messageOf(error) };
}

type Authenticates = (token: string) => boolean;

function unary(call: AdminCall, authenticates: Authenticates) {
  const handle: grpc.handleUnaryCall<Uint8Array, Uint8Array> = (request, callback) => {
    if (!authenticates(tokenOf(request.metadata))) {
      callback(REFUSED);
      return;
    }
    // What it throws is an answer, too.
    new Promise<Uint8Array>((resolve) => resolve(call(request.request))).then(
      (reply) => callback(null, reply),
      (error: unknown) => callback(failureOf(error)),
    );
  };
  return handle;
}

function streaming(stream: AdminStream, authenticates: Authenticates) {
  const handle: grpc.handleServerStreamingCall<Uint8Array, Uint8Array> = (call) => {
    if (!authenticates(tokenOf(call.metadata))) {
      call.emit('error', REFUSED);
      return;
    }
    const gone = new AbortController();
    call.on('cancelled', () => gone.abort());
    stream(call.request, (message) => call.write(message), gone.signal).then(
      () => call.end(),
      (error: unknown) => call.emit('error', failureOf(error)),
    );
  };
  return handle;
}

/** Serves the calls; nothing is decoded before the token is right. */
export async function listenAdmin(
  address: { readonly host: string; readonly port: number },
  calls: Readonly<Record<string, AdminCall>>,
  authenticates: Authenticates,
  streams: Readonly<Record<string, AdminStream>> = {},
): Promise<AdminListener> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 1024 * 1024 });
  const definition: Record<string, grpc.MethodDefinition<Uint8Array, Uint8Array>> = {};
  const implementation: grpc.UntypedServiceImplementation = {};
  for (const [name, call] of Object.entries(calls)) {
    definition[name] = methodOf(name);
    implementation[name] = unary(call, authenticates);
  }
  for (const [name, stream] of Object.entries(streams)) {
    definition[name] = methodOf(name, true);
    implementation[name] = streaming(stream, authenticates);
  }
  server.addService(definition, implementation);
  const port = await bindGrpc(server, address);
  return { port, close: () => server.forceShutdown() };
}

/** Calls an instance's admin API. */
export function callAdmin(
  address: { readonly host: string; readonly port: number },
  token: string,
  method: string,
  request: Uint8Array,
  timeoutMs = CALL_TIMEOUT_MS,
): Promise<Uint8Array> {
  const client = new grpc.Client(
    `${address.host}:${address.port}`,
    grpc.credentials.createInsecure(),
  );
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const { path, requestSerialize, responseDeserialize } = methodOf(method);
  return new Promise((resolve, reject) => {
    const options = { deadline: Date.now() + timeoutMs };
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      options,
      (error, reply) => {
        client.close();
        if (error !== null) reject(error);
        else resolve(reply ?? new Uint8Array(0));
      },
    );
  });
}

/** Likewise where answers stream in, as long as that takes, or until the signal is aborted. */
export function callAdminStream(
  address: { readonly host: string; readonly port: number },
  token: string,
  method: string,
  request: Uint8Array,
  onMessage: (message: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<void> {
  const client = new grpc.Client(
    `${address.host}:${address.port}`,
    grpc.credentials.createInsecure(),
  );
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const { path, requestSerialize, responseDeserialize } = methodOf(method, true);
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    metadata,
  );
  const cancel = (): void => call.cancel();
  signal?.addEventListener('abort', cancel);
  return new Promise<void>((resolve, reject) => {
    call.on('data', onMessage);
    call.on('end', resolve);
    call.on('error', reject);
  }).finally(() => {
    signal?.removeEventListener('abort', cancel);
    client.close();
  });
}

const CALL_TIMEOUT_MS = 15_000;
