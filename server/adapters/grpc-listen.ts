/** Binding a grpc-js server to an address, IPv6 literals included, and its end. */
import * as grpc from '@grpc/grpc-js';
import { listenHost } from './listen-host.ts';

/** The port it got, where 0 was asked for. Rejects when the address is taken. */
export async function bindGrpc(
  server: grpc.Server,
  { host: wanted, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  const host = await listenHost(wanted);
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}

const SHUTDOWN_GRACE_MS = 500;

/** Ends a server: streams that are held open are told to go, and then cut off. */
export function shutDownGrpc(server: grpc.Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), SHUTDOWN_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
