/** The admin API over grpc-js: unary calls, each authenticated by a bearer token (rule K6). */
import * as grpc from '@grpc/grpc-js';
import { bindGrpc } from './grpc-listen.ts';
import { isEcpError, messageOf } from '../base/errors.ts';

export type AdminCall = (request: Uint8Array) => Promise<Uint8Array>;

export interface AdminListener {
  readonly port: number;
  close(): void;
}

const SERVICE_NAME = 'ecp.admin.v1.Admin';

function methodOf(name: string): grpc.MethodDefinition<Uint8Array, Uint8Array> {
  return {
    path: `/${SERVICE_NAME}/${name}`,
    requestStream: false,
    responseStream: false,
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

/** Serves the calls; nothing is decoded before the token is right. */
export async function listenAdmin(
  address: { readonly host: string; readonly port: number },
  calls: Readonly<Record<string, AdminCall>>,
  authenticates: (token: string) => boolean,
): Promise<AdminListener> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 1024 * 1024 });
  const definition: Record<string, grpc.MethodDefinition<Uint8Array, Uint8Array>> = {};
  const implementation: Record<string, grpc.handleUnaryCall<Uint8Array, Uint8Array>> = {};
  for (const [name, call] of Object.entries(calls)) {
    definition[name] = methodOf(name);
    implementation[name] = (request, callback) => {
      if (!authenticates(tokenOf(request.metadata))) {
        callback({
          code: grpc.status.UNAUTHENTICATED,
          details: 'the token is not the one of this instance',
        });
        return;
      }
      call(request.request).then(
        (reply) => callback(null, reply),
        (error: unknown) => {
          // An EcpError is for the caller; anything else is ours, and its text stays here.
          const details = isEcpError(error) ? messageOf(error) : 'internal error';
          callback({
            code: isEcpError(error) ? grpc.status.FAILED_PRECONDITION : grpc.status.INTERNAL,
            details,
          });
        },
      );
    };
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

const CALL_TIMEOUT_MS = 15_000;
