/**
 * The admin API's calls, as plain handlers on bytes: authentication, decoding, the call, encoding. Binding them
 * to gRPC is the adapters' work.
 */
import { EcpError } from '../../base/errors.ts';
import type { Instance } from '../../instance/instance.ts';
import { checkpointed } from '../../storage/checkpointed.ts';
import { ecp } from '../generated/admin.js';
import type { Backups } from './backups.ts';
import type { ConfigurationInForce } from './configuration-in-force.ts';
import { locksOf, lockWaitsOf, removeLocks } from './locks.ts';
import type { Maintenance } from './maintenance.ts';
import type { Send } from './progress.ts';
import { statusOf, type ServingState } from './status.ts';
import { rollBackTransaction, transactionsOf } from './transactions.ts';

const {
  StatusReply,
  ReloadReply,
  ConfigureRequest,
  ConfigureReply,
  ChangeConnectionRequest,
  ChangeConnectionReply,
  CheckpointReply,
  ListTransactionsReply,
  RollBackTransactionRequest,
  RollBackTransactionReply,
  ListLocksRequest,
  ListLocksReply,
  ListLockWaitsRequest,
  ListLockWaitsReply,
  RemoveLocksRequest,
  RemoveLocksReply,
} = ecp.admin.v1;
const { Change } = ChangeConnectionRequest;

export interface AdminHost {
  readonly instance: Instance;
  readonly configuration: ConfigurationInForce;
  readonly backups: Backups;
  readonly maintenance: Maintenance;
  readonly serving: () => ServingState;
}

export type AdminCall = (request: Uint8Array) => Promise<Uint8Array>;
/** Answers with `send`, which tells whether the caller keeps up; the signal is aborted when the caller has gone. */
export type AdminStream = (request: Uint8Array, send: Send, signal: AbortSignal) => Promise<void>;

/** The calls by their gRPC method names. */
export function adminCalls(host: AdminHost): Readonly<Record<string, AdminCall>> {
  return {
    Status: () => {
      const { instance, configuration, serving } = host;
      return answer(StatusReply.encode(statusOf(instance, configuration, serving())).finish());
    },
    Reload: () => answer(ReloadReply.encode({ refused: reload(host) }).finish()),
    Configure: (request) => {
      const { configuration: text } = ConfigureRequest.decode(request);
      const { needsRestart, ...outcome } = host.configuration.configure(text);
      return answer(
        ConfigureReply.encode({ ...outcome, needsRestart: [...needsRestart] }).finish(),
      );
    },
    ChangeConnection: async (request) => {
      await changeConnection(host.instance, ChangeConnectionRequest.decode(request));
      return ChangeConnectionReply.encode({}).finish();
    },
    Checkpoint: async () => {
      await checkpointed(host.instance.engine);
      return CheckpointReply.encode({}).finish();
    },
    ListBackups: () => host.backups.list(),
    ...lockCalls(host),
    ListTransactions: () =>
      answer(ListTransactionsReply.encode(transactionsOf(host.instance)).finish()),
    RollBackTransaction: (request) => {
      rollBackTransaction(host.instance, RollBackTransactionRequest.decode(request).number);
      return answer(RollBackTransactionReply.encode({}).finish());
    },
  };
}

function lockCalls({ instance }: AdminHost): Readonly<Record<string, AdminCall>> {
  return {
    ListLocks: (request) =>
      answer(ListLocksReply.encode(locksOf(instance, ListLocksRequest.decode(request))).finish()),
    ListLockWaits: (request) => {
      const waits = lockWaitsOf(instance, ListLockWaitsRequest.decode(request));
      return answer(ListLockWaitsReply.encode(waits).finish());
    },
    RemoveLocks: (request) => {
      const jobs = removeLocks(instance, RemoveLocksRequest.decode(request));
      return answer(RemoveLocksReply.encode({ jobs }).finish());
    },
  };
}

/** Those that answer with a stream. */
export function adminStreams({
  backups,
  maintenance,
}: AdminHost): Readonly<Record<string, AdminStream>> {
  return {
    MakeBackup: (request, send, signal) => backups.make(request, send, signal),
    CheckIntegrity: (request, send, signal) => maintenance.check(request, send, signal),
    Compact: (request, send, signal) => maintenance.compact(request, send, signal),
  };
}

const answer = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(bytes);

function reload({ configuration }: AdminHost): string {
  try {
    configuration.reload();
    return '';
  } catch (error) {
    if (error instanceof EcpError) return error.message;
    throw error;
  }
}

async function changeConnection(
  instance: Instance,
  request: ecp.admin.v1.ChangeConnectionRequest,
): Promise<void> {
  switch (request.change) {
    case Change.NORMAL:
      return instance.changeConnection(request.dataServer, 'normal');
    case Change.NOT_CONNECTED:
      return instance.changeConnection(request.dataServer, 'notConnected');
    case Change.DISABLED:
      return instance.changeConnection(request.dataServer, 'disabled');
    default:
      throw new EcpError('SYNTAX', 'change: must be NORMAL, NOT_CONNECTED or DISABLED');
  }
}
