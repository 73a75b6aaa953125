/** The client: the interface that applications see, over the network. See docs/client-api.md. */
export { connect, type ConnectOptions } from './connect.ts';
export type { RemoteDatabase } from './remote-database.ts';
export type { RemoteNode } from './remote-node.ts';
export type { Reconnected } from './remote-job.ts';
export { EcpError, isEcpError } from '../server/base/errors.ts';
export type { EcpErrorCode, Outcome, Retry } from '../server/base/errors.ts';
export type {
  Database,
  DataState,
  GlobalNode,
  Lock,
  LockKind,
  LockOptions,
  LockReference,
  OperationOptions,
  Range,
  ReadSubscript,
  Subscript,
  UnlockOptions,
  Value,
} from '../server/instance/database.ts';
