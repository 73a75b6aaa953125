/** Binding a grpc-js server to an address, IPv6 literals included. */
import * as grpc from '@grpc/grpc-js';

/** The port it got, where 0 was asked for. Rejects when the address is taken. */
export function bindGrpc(
  server: grpc.Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}
