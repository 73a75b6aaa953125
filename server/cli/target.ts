/** What `--at` means: an instance of the running topology by name, or host:port of its client API. */
import { readFileSync } from 'node:fs';
import { EcpError } from '../base/errors.ts';
import { instanceHere } from './instance-here.ts';
import { isAlive } from '../../operator/local/folder-lock.ts';
import { DATA_FOLDER_DEFAULT, findInstance, readState } from '../../operator/local/state-file.ts';
import type { LocalInstance, LocalState } from '../../operator/local/state-file.ts';

const PORT_MAX = 65_535;

export interface TargetOptions {
  readonly at?: string;
  readonly data?: string;
}

/**
 * The topology that `ecp up` runs in the data folder; inside a container the one instance that is there. EcpError
 * CONFIGURATION when there is none.
 */
export function runningTopology(folder = DATA_FOLDER_DEFAULT): LocalState {
  const state = readState(folder);
  if (state !== undefined && state.pid !== null && isAlive(state.pid)) return state;
  const here = instanceHere();
  if (here !== undefined)
    return { version: 1, pid: null, manifests: [], instances: [here], resources: [] };
  throw new EcpError(
    'CONFIGURATION',
    `no topology runs in ${folder}: start one with ecp up, or give --at host:port`,
  );
}

/** The instance meant; without a name the first app server, else the first instance. */
export function targetInstance({ at, data }: TargetOptions): LocalInstance {
  const state = runningTopology(data);
  if (at !== undefined) return findInstance(state, at);
  const first = state.instances.find(({ kind }) => kind === 'EcpAppServer') ?? state.instances[0];
  if (first === undefined) throw new EcpError('CONFIGURATION', 'the topology has no instance');
  return first;
}

/** host:port of the client API. */
export function clientAddress(options: TargetOptions): string {
  const port = /:(\d+)$/.exec(options.at ?? '')?.[1];
  if (options.at !== undefined && port !== undefined) {
    if (Number(port) < 1 || Number(port) > PORT_MAX) {
      throw new EcpError(
        'CONFIGURATION',
        `--at ${options.at}: a port is between 1 and ${PORT_MAX}`,
      );
    }
    return options.at;
  }
  const { client } = targetInstance(options);
  return `${client.host}:${client.port}`;
}

/** Address and token of the admin API. */
export function adminTarget(instance: LocalInstance): {
  readonly host: string;
  readonly port: number;
  readonly token: string;
} {
  const { host, port, tokenFile } = instance.admin;
  return { host, port, token: readFileSync(tokenFile, 'utf8').trim() };
}
