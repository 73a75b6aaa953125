/** Opening a connection. */
import { EcpError, messageOf } from '../server/base/errors.ts';
import type { OperationOptions } from '../server/instance/database.ts';
import { Connection } from './connection.ts';
import { dialGrpc } from './grpc-link.ts';
import type { Dial } from './link.ts';
import { RemoteDatabase } from './remote-database.ts';

export interface ConnectOptions extends OperationOptions {
  /** The namespace of the first job. */
  readonly namespace: string;
  /** What the server's operator configured, if anything: sent as a bearer token. */
  readonly token?: string;
  /** How long operations wait for a lost connection to come back before they fail with <NETWORK>. */
  readonly patienceMs?: number;
}

const PATIENCE_MS_DEFAULT = 30_000;

/**
 * Connects to an instance's client port (`host:port`) and opens a job in a namespace. `signal` ends the whole
 * connection when it is aborted; `timeoutMs` bounds each of its operations, this first one included. EcpError
 * NAMESPACE where there is none of that name, NETWORK when nobody answers, PROTECT for a wrong token.
 */
export function connect(target: string, options: ConnectOptions): Promise<RemoteDatabase> {
  return connectOver(dialGrpc(target, options.token), options);
}

/** The same over any stream. */
export async function connectOver(dial: Dial, options: ConnectOptions): Promise<RemoteDatabase> {
  const { namespace, signal, timeoutMs } = options;
  const bounds = { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
  const connection = new Connection({
    dial,
    patienceMs: options.patienceMs ?? PATIENCE_MS_DEFAULT,
  });
  const abort = (): void => {
    const message = `aborted: ${messageOf(signal?.reason)}`;
    connection.close(new EcpError('CANCELLED', message, { retry: 'same', cause: signal?.reason }));
  };
  const job = await connection.openJob(namespace, bounds);
  signal?.addEventListener('abort', abort, { once: true });
  return new RemoteDatabase({ connection, job, bounds });
}
