/**
 * `topology.json` in the data folder: what `ecp up` runs, for `ecp status` and for `--at NAME`. Written whole and
 * renamed into place, so that a reader never sees half of it; written at every change of state.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EcpError } from '../../server/base/errors.ts';
import type { ResourceStatus } from '../topology/topology.ts';

export type InstanceState = 'starting' | 'ready' | 'restarting' | 'stopping' | 'stopped';

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface LocalInstance {
  readonly name: string;
  readonly kind: 'EcpDataServer' | 'EcpAppServer';
  readonly namespace: string;
  readonly resource: string;
  readonly replica: number;
  readonly state: InstanceState;
  /** Of its process, while there is one. */
  readonly pid: number | null;
  /** How often it died and was started again. */
  readonly restarts: number;
  readonly folder: string;
  readonly configurationFile: string;
  readonly logFile: string;
  readonly ecp: Endpoint;
  readonly client: Endpoint;
  readonly admin: Endpoint & { readonly tokenFile: string };
  readonly metrics: Endpoint;
}

export interface LocalState {
  readonly version: 1;
  /** Of `ecp up`; null when it ended in order. */
  readonly pid: number | null;
  readonly manifests: readonly string[];
  readonly instances: readonly LocalInstance[];
  readonly resources: readonly ResourceStatus[];
}

export const STATE_FILE = 'topology.json';

/** Where `ecp up` keeps everything unless told otherwise, below the current folder. */
export const DATA_FOLDER_DEFAULT = '.ecp';

/** What the folder says, or undefined when nothing was ever started there. */
export function readState(folder: string): LocalState | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, STATE_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const file = join(folder, STATE_FILE);
  const unreadable = (cause?: unknown): EcpError =>
    new EcpError('CONFIGURATION', `${file}: not written by this version of ecp up`, { cause });
  try {
    const state = JSON.parse(text) as Partial<LocalState> | null;
    if (state?.version !== 1 || !Array.isArray(state.instances)) throw unreadable();
    return state as LocalState;
  } catch (error) {
    throw error instanceof EcpError ? error : unreadable(error);
  }
}

export function writeState(folder: string, state: LocalState): void {
  writeWhole(join(folder, STATE_FILE), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** Replaces a file in one step: readers see the old text or the new one. */
export function writeWhole(file: string, text: string): void {
  const scratch = `${file}.new`;
  writeFileSync(scratch, text, { mode: 0o600 });
  renameSync(scratch, file);
}

/**
 * The instance that a person means: by its name, without the Kubernetes namespace where that is
 * clear, or by its resource where that has one instance. Throws CONFIGURATION that lists the names.
 */
export function findInstance(state: LocalState, name: string): LocalInstance {
  const { instances } = state;
  const exact = instances.find((instance) => instance.name === name);
  if (exact !== undefined) return exact;
  const meant = instances.filter(
    (instance) => instance.name.endsWith(`/${name}`) || instance.resource === name,
  );
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  const names = (meant.length > 0 ? meant : instances).map((instance) => instance.name).join(', ');
  const what = meant.length > 0 ? `${name} may be any of` : `there is no instance ${name}, only`;
  throw new EcpError('CONFIGURATION', `${what} ${names === '' ? 'none' : names}`);
}
