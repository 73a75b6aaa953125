/** What the admin API and `ecp status` say of an instance: both connection lists of §3.1, databases, cache. */
import { PRODUCT_VERSION } from '../../ecp/wire/versions.ts';
import type { Instance } from '../../instance/instance.ts';
import type { ecp } from '../generated/admin.js';

type StatusReply = ecp.admin.v1.StatusReply.$Properties;

export function statusOf(instance: Instance): StatusReply {
  const { dataServer, appServer, engine, configuration } = instance;
  const now = instance.clock.nowMs();
  const { settings } = dataServer;
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
    namespaces: configuration.namespaces.map(({ name }) => name),
  };
}

function localDatabases({ engine, configuration }: Instance): ecp.admin.v1.Database.$Properties[] {
  return engine.databases.map((store) => ({
    name: store.name,
    uuid: store.uuid,
    blockSize: store.blockSize,
    readOnly:
      configuration.databases.find(({ name }) => name === store.name)?.access === 'ReadOnly',
    journaled: store.isJournaled,
    dataServer: '',
    blocksInMemory: store.pooledBlocks,
    sizeBytes: store.sizeBytes(),
  }));
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
