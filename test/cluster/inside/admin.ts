/**
 * Runs inside an instance's pod: asks its admin API with its own token, and writes JSON.
 *
 *   status             what it is and how it fares
 *   configure TEXT     offers a configuration; writes why it was refused
 *   checkpoint         writes all changed blocks; writes nothing
 */
import process from 'node:process';
import { readFileSync } from 'node:fs';
import { callAdmin } from '../../../server/adapters/grpc-admin-service.ts';
import { ecp } from '../../../server/api/generated/admin.js';

const { StatusReply, ConfigureRequest, ConfigureReply } = ecp.admin.v1;
const TOKEN_FILE = '/var/lib/ecp/data/admin-token';
const ADDRESS = { host: '127.0.0.1', port: 1974 };

const call = (method: string, request: Uint8Array): Promise<Uint8Array> =>
  callAdmin(ADDRESS, readFileSync(TOKEN_FILE, 'utf8').trim(), method, request);

async function status(): Promise<string> {
  const reply = StatusReply.decode(await call('Status', new Uint8Array(0)));
  return JSON.stringify({
    version: reply.productVersion,
    revision: reply.configurationRevision,
    hash: reply.configurationHash,
    refusedConfiguration: reply.refusedConfiguration,
    needsRestart: reply.needsRestart,
    appServersMax: reply.appServersMax,
    journalPosition: reply.journalPosition,
    cache: { bytes: Number(reply.cache?.bytes), bytesMax: Number(reply.cache?.bytesMax) },
    databases: reply.databases.map((database) => ({
      name: database.name,
      blockSize: database.blockSize,
      readOnly: database.readOnly,
      journaled: database.journaled,
      dataServer: database.dataServer,
      blocksInMemory: Number(database.blocksInMemory),
      state: database.state,
      encryptionKey: database.encryption?.key ?? '',
    })),
    appServers: reply.appServers.map(({ name, state, address, entry }) => ({
      name,
      state,
      address,
      entry,
    })),
    dataServers: reply.dataServers.map(({ name, state, host, port, failure }) => ({
      name,
      state,
      host,
      port,
      failure,
    })),
  });
}

async function configure(configuration: string): Promise<string> {
  const request = ConfigureRequest.encode({ configuration }).finish();
  return ConfigureReply.decode(await call('Configure', request)).refused;
}

async function checkpoint(): Promise<string> {
  await call('Checkpoint', new Uint8Array(0));
  return '';
}

const CALLS: Readonly<Record<string, (text: string) => Promise<string>>> = {
  status,
  configure,
  checkpoint,
};

// With -e the arguments begin behind the program's name.
const [what = '', text = ''] = process.argv.slice(1);
process.stdout.write((await CALLS[what]?.(text)) ?? `there is no ${what}`);
