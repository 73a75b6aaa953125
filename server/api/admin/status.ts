/** What the admin API and `ecp status` say of an instance: both connection lists of §3.1, databases, cache. */
import { messageOf } from '../../base/errors.ts';
import { PRODUCT_VERSION } from '../../ecp/wire/versions.ts';
import type { EncryptionStatus, InstanceEncryption } from '../../instance/encryption.ts';
import type { Instance } from '../../instance/instance.ts';
import type { ecp } from '../generated/admin.js';
import type { ConfigurationInForce } from './configuration-in-force.ts';

type StatusReply = ecp.admin.v1.StatusReply.$Properties;

/** How far the process is in its life. */
export interface ServingState {
  readonly clientSessions: number;
  /** Recovered, listening and not draining. */
  readonly ready: boolean;
  readonly draining: boolean;
}

export function statusOf(
  instance: Instance,
  inForce: ConfigurationInForce,
  serving: ServingState,
): StatusReply {
  const { dataServer, appServer, engine, configuration } = instance;
  const now = instance.clock.nowMs();
  const { settings } = dataServer;
  const { encryption } = instance.databases;
  return {
    name: configuration.name,
    productVersion: PRODUCT_VERSION,
    serverUuid: settings.serverUuid,
    ecpServiceEnabled: settings.enabled,
    appServersMax: settings.maxAppServers,
    appServers: dataServer.connections().map((connection) => ({
      name: connection.name,
      state: connection.stateName,
      stateCode: connection.stateCode,
      address: connection.address,
      entry: connection.entry,
      inStateMs: Math.floor(now - connection.sinceMs),
      queuedBytes: connection.queuedBytes,
    })),
    dataServers: appServer.status().map((connection) => ({
      name: connection.name,
      state: connection.stateName,
      stateCode: connection.stateCode,
      host: connection.host,
      port: connection.port,
      address: connection.address,
      inStateMs: Math.floor(now - connection.sinceMs),
      failure: connection.failure ?? '',
      sentBytes: connection.sentBytes,
    })),
    databases: [...localDatabases(instance), ...remoteDatabases(instance)],
    cache: {
      bytes: appServer.cache.bytes,
      bytesMax: appServer.cache.bytesMax,
      blocks: appServer.cache.count,
    },
    frozen: engine.frozen?.message ?? '',
    jobs: instance.jobCount,
    journalPosition: engine.position,
    journalDurablePosition: engine.durablePosition,
    journal: {
      retainedBytes: engine.journal.retainedBytes,
      segments: engine.journal.segmentCount,
      oldestAgeMs: Math.floor(engine.journal.oldestAgeMs),
      pinnedBytes: engine.transactions.pinnedBytes,
      openTransactions: engine.transactions.open.size,
      gaps: engine.journal.gaps,
      gap: engine.journal.gap === undefined ? '' : messageOf(engine.journal.gap.cause),
      ...encryptionOf(encryption, encryption.journalStatus(engine.journal)),
    },
    namespaces: configuration.namespaces.map(({ name }) => name),
    configurationRevision: inForce.revision,
    configurationHash: inForce.hash,
    needsRestart: [...inForce.needsRestart],
    refusedConfiguration: inForce.refused,
    ...serving,
  };
}

function localDatabases({ databases }: Instance): ecp.admin.v1.Database.$Properties[] {
  return databases.status().map(({ name, configuration, store, state }) => ({
    name,
    readOnly: configuration?.access === 'ReadOnly',
    journaled: store?.isJournaled ?? configuration?.journaling === 'Enabled',
    dataServer: '',
    state,
    ...(store === undefined
      ? {}
      : {
          uuid: store.uuid,
          blockSize: store.blockSize,
          blocksInMemory: store.pooledBlocks,
          sizeBytes: store.sizeBytes(),
          usedBytes: store.room.usage.usedBytes,
          maxBytes: store.room.maxBytes ?? 0,
          ...encryptionOf(databases.encryption, databases.encryption.status(name)),
        }),
  }));
}

function encryptionOf(
  encryption: InstanceEncryption,
  status: EncryptionStatus | undefined,
): Pick<ecp.admin.v1.Database.$Properties, 'encryption'> {
  if (status === undefined) return {};
  const { key: fingerprint, keysInUse, progress, problem } = status;
  const named = encryption.keys.find((key) => key.fingerprint === fingerprint);
  const key = named?.name ?? '';
  return { encryption: { key, fingerprint, keysInUse: [...keysInUse], progress, problem } };
}

function remoteDatabases({
  appServer,
  configuration,
}: Instance): ecp.admin.v1.Database.$Properties[] {
  return configuration.remoteDatabases.map(({ name, dataServer, access }) => {
    const database = appServer.database(name);
    return {
      name,
      uuid: database?.entry?.uuid ?? '',
      blockSize: database?.entry?.blockSize ?? 0,
      readOnly: access === 'ReadOnly',
      journaled: true,
      dataServer,
      blocksInMemory: database?.cachedBlocks ?? 0,
      sizeBytes: 0,
    };
  });
}
