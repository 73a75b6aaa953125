/**
 * `ecp up`: the topology of manifests as processes on this machine.
 *
 * Everything lies in one folder: `topology.json` (what runs), `lock`, and for each instance a folder with
 * `configuration.json`, `admin-token`, `log` and `data/`. Manifests are checked whole before anything is
 * written. While it runs, a changed manifest is applied: instances start and stop, a changed configuration
 * is written and its instance told to read it (SIGHUP), or started anew for what it cannot change alive.
 *
 * Invariants: data servers start before app servers and stop after them; changes are applied one
 * after another; data folders are never removed.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../server/base/errors.ts';
import { fieldsNeedingRestart, formatPath, refusal } from '../../server/instance/configuration.ts';
import type { Configuration } from '../../server/instance/configuration.ts';
import { removedDatabases } from '../api/manifests.ts';
import type { EcpResource, Manifests } from '../api/manifests.ts';
import { encryptionChangeProblems } from '../api/storage-fields.ts';
import { instanceOf, instancesOf } from '../topology/instances.ts';
import { computeTopology } from '../topology/topology.ts';
import type { ResourceStatus, TopologyInstance } from '../topology/topology.ts';
import { lockFolder } from './folder-lock.ts';
import { InstanceProcess, TIMING } from './instance-process.ts';
import type { ProcessTiming } from './instance-process.ts';
import { folderOf, Places } from './local-environment.ts';
import { readManifests, watchManifests } from './manifest-files.ts';
import { endOrphans } from './orphans.ts';
import { DATA_FOLDER_DEFAULT, readState, writeState, writeWhole } from './state-file.ts';
import type { InstanceState, LocalInstance, LocalState } from './state-file.ts';

/** What happens, for people; the command line prints it. */
export type LocalEvent =
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'instance';
      readonly name: string;
      readonly state: InstanceState;
      readonly detail: string;
    }
  | { readonly kind: 'condition'; readonly resource: string; readonly text: string }
  /** A changed manifest that is not applied; what runs goes on as it was. */
  | { readonly kind: 'refused'; readonly text: string };

export interface LocalOptions {
  /** Files and folders with manifests. */
  readonly manifests: readonly string[];
  /** By default `.ecp` in the current folder. */
  readonly dataFolder?: string;
  /** Program and arguments to which `--configuration FILE` is added. */
  readonly command?: readonly [string, ...string[]];
  readonly tell?: (event: LocalEvent) => void;
  /** Aborted, it stops everything, also while it still starts. */
  readonly signal?: AbortSignal;
  /** How often manifests are looked at, in milliseconds; 0 never. */
  readonly watchIntervalMs?: number;
  /** How long app servers wait for their data servers at the start, in milliseconds; then they start all the same. */
  readonly startMsMax?: number;
  readonly timing?: Partial<ProcessTiming>;
}

const WATCH_INTERVAL_MS = 500;
const START_MS_MAX = 60_000;
const WAIT_POLL_MS = 20;
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
/** As the image starts it (Dockerfile). */
const COMMAND = [
  process.execPath,
  '--max-semi-space-size=2',
  '--disable-warning=ExperimentalWarning',
  MAIN,
] as const;

interface Running {
  readonly instance: TopologyInstance;
  readonly process: InstanceProcess;
}

/**
 * Starts everything; returns when all was started, ready or not. Throws CONFIGURATION, with nothing
 * written, when the manifests have problems or the folder is in use.
 */
export async function startLocal(options: LocalOptions): Promise<LocalTopology> {
  const dataFolder = resolve(options.dataFolder ?? DATA_FOLDER_DEFAULT);
  const manifests = readManifests(options.manifests);
  const before = readState(dataFolder);
  refuseImmutable(manifests.resources, dataFolder);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dataFolder);
  try {
    await endOrphans(before?.instances ?? [], options.timing?.stopMsMax ?? TIMING.stopMsMax);
    const places = new Places(dataFolder, before?.instances ?? []);
    const topology = new LocalTopology(options, dataFolder, places, unlock);
    await topology.begin(manifests);
    return topology;
  } catch (error) {
    unlock();
    throw error;
  }
}

export class LocalTopology {
  readonly #options: LocalOptions;
  readonly #dataFolder: string;
  readonly #places: Places;
  readonly #unlock: () => void;
  readonly #running = new Map<string, Running>();
  #resources: readonly ResourceStatus[] = [];
  /** Changes of manifests, one after another. */
  #applying: Promise<unknown> = Promise.resolve();
  #endWatch: () => void = () => undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: LocalOptions, dataFolder: string, places: Places, unlock: () => void) {
    this.#options = options;
    this.#dataFolder = dataFolder;
    this.#places = places;
    this.#unlock = unlock;
  }

  /** Starts what the manifests ask for and watches them; `startLocal` calls it, once. */
  async begin(manifests: Manifests): Promise<void> {
    const { watchIntervalMs = WATCH_INTERVAL_MS } = this.#options;
    if (watchIntervalMs > 0) {
      const reload = (): void => void this.reload();
      this.#endWatch = watchManifests(this.#options.manifests, watchIntervalMs, reload);
    }
    this.#options.signal?.addEventListener('abort', () => void this.stop(), { once: true });
    this.#applying = this.#apply(manifests);
    try {
      await this.#applying;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** What runs now, as `topology.json` has it. */
  get state(): LocalState {
    const instances = [...this.#running.values()].map((running) => this.#describe(running));
    const { manifests } = this.#options;
    const pid = this.#stopped === undefined ? process.pid : null;
    const paths = manifests.map((path) => resolve(path));
    return { version: 1, pid, manifests: paths, instances, resources: this.#resources };
  }

  /** Whether every instance is ready, at the latest after so many milliseconds. */
  async ready(timeoutMs: number): Promise<boolean> {
    return this.#waitForReady([...this.#running.keys()], timeoutMs);
  }

  /** Reads the manifests again and applies them. False, with an event, when they are refused. */
  async reload(): Promise<boolean> {
    const applied = this.#applying.then(async () => {
      if (this.#stopped !== undefined) return false;
      try {
        const manifests = readManifests(this.#options.manifests);
        refuseImmutable(manifests.resources, this.#dataFolder);
        await this.#apply(manifests);
        return true;
      } catch (error) {
        this.#tell({ kind: 'refused', text: messageOf(error) });
        return false;
      }
    });
    this.#applying = applied;
    return applied;
  }

  /** Stops everything, app servers first; returns when all is gone. Harmless when called twice. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#endWatch();
    await this.#applying.catch(() => undefined);
    await this.#stopInOrder([...this.#running.values()]);
    this.#save();
    this.#unlock();
  }

  async #apply(manifests: Manifests): Promise<void> {
    for (const text of [...manifests.notes, ...manifests.resources.flatMap(leftOut)]) {
      this.#tell({ kind: 'note', text });
    }
    await this.#places.settle(
      manifests.resources.flatMap((resource) =>
        [instanceOf(resource, 0), ...instancesOf(resource).slice(1)].map((identity) => ({
          identity,
          port: resource.kind === 'EcpDataServer' ? resource.spec.port : undefined,
        })),
      ),
    );
    const topology = computeTopology(manifests.resources, this.#places.environment(manifests));
    this.#showConditions(topology.resources);
    const wanted = new Set(topology.instances.map(({ name }) => name));
    const gone = [...this.#running.values()].filter(({ instance }) => !wanted.has(instance.name));
    await this.#stopInOrder(gone);
    for (const { instance } of gone) this.#running.delete(instance.name);
    for (const kind of ['EcpDataServer', 'EcpAppServer'] as const) {
      const instances = topology.instances.filter((instance) => instance.kind === kind);
      const started: string[] = [];
      for (const instance of instances) {
        if (this.#stopped !== undefined) return;
        if (await this.#bringUp(instance)) started.push(instance.name);
      }
      this.#save();
      if (kind === 'EcpDataServer') {
        await this.#waitForReady(started, this.#options.startMsMax ?? START_MS_MAX);
      }
    }
  }

  /** Starts an instance, or makes a running one follow its configuration; true if it was started. */
  async #bringUp(instance: TopologyInstance): Promise<boolean> {
    const { name, configuration } = instance;
    const before = this.#running.get(name);
    const changed = this.#writeFiles(instance);
    if (before === undefined) {
      const running = { instance, process: this.#process(instance) };
      this.#running.set(name, running);
      running.process.start();
      return true;
    }
    this.#running.set(name, { instance, process: before.process });
    if (!changed) return false;
    const fixed = fieldsNeedingRestart(before.instance.configuration, configuration);
    if (fixed.length === 0) {
      this.#tell({ kind: 'note', text: `${name}: its configuration changed` });
      before.process.reconfigure();
      return false;
    }
    this.#tell({ kind: 'note', text: `${name}: restarts for ${fixed.join(', ')}` });
    await before.process.restart();
    return true;
  }

  /** Configuration, token and folder; true if the configuration differs from what was there. */
  #writeFiles({ name, configuration }: TopologyInstance): boolean {
    const folder = folderOf(this.#dataFolder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { tokenFile } = configuration.admin;
    if (!existsSync(tokenFile)) {
      writeFileSync(tokenFile, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    }
    const file = configurationFileOf(this.#dataFolder, name);
    const text = `${JSON.stringify(configuration, undefined, 2)}\n`;
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
    writeWhole(file, text);
    return true;
  }

  #process({ name, configuration }: TopologyInstance): InstanceProcess {
    const [program, ...args] = this.#options.command ?? COMMAND;
    const instanceProcess: InstanceProcess = new InstanceProcess(
      {
        name,
        command: [program, ...args, '--configuration', configurationFileOf(this.#dataFolder, name)],
        logFile: join(folderOf(this.#dataFolder, name), 'log'),
        metrics: configuration.metrics,
      },
      { ...TIMING, ...this.#options.timing },
      (detail) => {
        this.#tell({ kind: 'instance', name, state: instanceProcess.state, detail });
        this.#save();
      },
    );
    return instanceProcess;
  }

  #describe({ instance, process: running }: Running): LocalInstance {
    const { name, kind, namespace, resource, replica, configuration } = instance;
    const { ecp, client, admin, metrics } = configuration;
    const folder = folderOf(this.#dataFolder, name);
    const endpoint = ({ host, port }: { host: string; port: number }) => ({ host, port });
    return {
      name,
      kind,
      namespace,
      resource,
      replica,
      state: running.state,
      pid: running.pid,
      restarts: running.restarts,
      folder,
      configurationFile: configurationFileOf(this.#dataFolder, name),
      logFile: join(folder, 'log'),
      ecp: endpoint(ecp),
      client: endpoint(client),
      admin: { ...endpoint(admin), tokenFile: admin.tokenFile },
      metrics: endpoint(metrics),
    };
  }

  #showConditions(resources: readonly ResourceStatus[]): void {
    const wrong = (status: ResourceStatus): string[] =>
      status.conditions
        .filter((condition) => (condition.type === 'Degraded') === (condition.status === 'True'))
        .map(({ type, reason, message }) => `${type}: ${reason}: ${message}`);
    for (const status of resources) {
      const { kind, namespace, name } = status;
      const old = this.#resources.find(
        (other) => other.kind === kind && other.namespace === namespace && other.name === name,
      );
      const known = new Set(old === undefined ? [] : wrong(old));
      for (const text of wrong(status)) {
        if (known.has(text)) continue;
        this.#tell({ kind: 'condition', resource: `${kind} ${namespace}/${name}`, text });
      }
    }
    this.#resources = resources.map(({ kind, namespace, name, conditions, connections }) => ({
      kind,
      namespace,
      name,
      conditions,
      connections,
    }));
  }

  async #stopInOrder(all: readonly Running[]): Promise<void> {
    // A data server that works on others' data stops before those that only serve.
    const rank = ({ instance }: Running): number =>
      instance.kind === 'EcpAppServer' ? 0 : instance.configuration.dataServers.length > 0 ? 1 : 2;
    for (const turn of [0, 1, 2]) {
      const group = all.filter((running) => rank(running) === turn);
      await Promise.all(group.map((running) => running.process.stop()));
    }
  }

  async #waitForReady(names: readonly string[], timeoutMs: number): Promise<boolean> {
    const deadlineMs = performance.now() + timeoutMs;
    const allReady = (): boolean =>
      names.every((name) => this.#running.get(name)?.process.state === 'ready');
    while (!allReady()) {
      if (performance.now() >= deadlineMs || this.#stopped !== undefined) return false;
      await sleep(WAIT_POLL_MS);
    }
    return true;
  }

  #save(): void {
    writeState(this.#dataFolder, this.state);
  }

  #tell(event: LocalEvent): void {
    this.#options.tell?.(event);
  }
}

function configurationFileOf(dataFolder: string, instanceName: string): string {
  return join(folderOf(dataFolder, instanceName), 'configuration.json');
}

/** What of an application is a cluster's business: said, since the application may miss it. */
function leftOut({ kind, metadata: { name }, spec: { application } }: EcpResource): string[] {
  if (application === undefined) return [];
  const { env, envFrom, containers } = application;
  const missing = [
    ...env
      .filter(({ valueFrom }) => valueFrom !== undefined)
      .map((variable) => `the variable ${variable.name} (its value is in a cluster)`),
    ...(envFrom.length > 0 ? ['envFrom (its variables are in a cluster)'] : []),
    ...containers.map((container) => `the container ${container.name}`),
  ];
  return missing.map((what) => `${kind} ${name}: spec.application: left out here: ${what}`);
}

/**
 * What lies in the folder decides, so it holds over restarts: databases keep their block size, whether they are
 * encrypted, and their entry (K7).
 */
function refuseImmutable(resources: readonly EcpResource[], dataFolder: string): void {
  const problems = resources.flatMap((resource) =>
    instancesOf(resource).flatMap(({ name }) => {
      const file = configurationFileOf(dataFolder, name);
      if (!existsSync(file)) return [];
      const before = JSON.parse(readFileSync(file, 'utf8')) as Configuration;
      const { databases } = before;
      const whose = `${resource.kind} ${resource.metadata.name}: spec`;
      const spec = `${whose}.databases`;
      const resized = resource.spec.databases.flatMap((database, i) => {
        const old = databases.find((other) => other.name === database.name);
        if (old === undefined || old.blockSize === database.blockSize) return [];
        return [
          `${spec}[${i}].blockSize: cannot be changed; ${database.name} of ${name} has ${old.blockSize}`,
        ];
      });
      const removed = removedDatabases(databases, resource.spec.databases);
      const encrypted = encryptionChangeProblems(specOfKeys(before), resource.spec);
      return [
        ...resized,
        ...removed.map((message) => `${spec}: ${message}`),
        ...encrypted.map(({ path, message }) => `${whose}.${formatPath(path)}: ${message}`),
      ];
    }),
  );
  if (problems.length > 0) throw refusal('manifests', problems);
}

/** What of keys a configuration came from, as far as it matters whether there are any. */
function specOfKeys({ databases, encryption }: Configuration): object {
  const keySecretRef = {};
  return {
    // A text of an earlier version has none.
    ...((encryption as Partial<Configuration['encryption']> | undefined)?.instance === undefined
      ? {}
      : { encryption: { keySecretRef } }),
    databases: databases.map(({ name, encryptionKey }) =>
      encryptionKey === undefined ? { name } : { name, encryption: { keySecretRef } },
    ),
  };
}
