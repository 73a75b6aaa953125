/**
 * The instances in the pods of a cluster in memory, as their admin API shows them: each begins with what its ConfigMap
 * holds when it starts, takes later revisions alone, and is connected to the data servers of its configuration that admit
 * its address.
 */
import { createHash } from 'node:crypto';
import { ecp } from '../../../server/api/generated/admin.js';
import {
  fieldsNeedingRestart,
  parseConfiguration,
} from '../../../server/instance/configuration.ts';
import type { Configuration } from '../../../server/instance/configuration.ts';
import type { Clock } from '../../../server/ports/clock.ts';
import { CONFIGURATION_KEY } from '../../resources/pod-layout.ts';
import { ownedPod } from '../decisions/owned-pod.ts';
import type { OwnedPod } from '../decisions/owned-pod.ts';
import { tagVersion } from '../decisions/versions.ts';
import type { InstanceAdmin } from '../instance-admin.ts';
import { CONFIG_MAP, POD } from '../resource-types.ts';
import type { MemoryApiServer } from './memory-api-server.ts';

const { ConfigureReply, StatusReply } = ecp.admin.v1;
const VERSION = '0.1.0';

interface Instance {
  readonly pod: OwnedPod;
  readonly name: string;
  text: string;
  configuration: Configuration;
  needsRestart: readonly string[];
  refused: string;
}

type Reply = NonNullable<ConstructorParameters<typeof StatusReply>[0]>;

export class MemoryInstances implements InstanceAdmin {
  readonly #server: MemoryApiServer;
  readonly #clock: Clock;
  readonly #instances = new Map<string, Instance>();
  /** Since when two are connected, or not. */
  readonly #since = new Map<string, { readonly isConnected: boolean; readonly atMs: number }>();
  /** Names of pods whose instances do not answer. */
  readonly silent = new Set<string>();
  /** Why a configuration is refused; undefined when it is not. */
  refuse: ((pod: string, text: string) => string | undefined) | undefined;
  /** Said by every instance besides what it knows. */
  said: (pod: string) => Reply = () => ({});
  /** Pods that were asked for their status, and pods that were offered a configuration, in order. */
  readonly asked: string[] = [];
  readonly offered: string[] = [];

  constructor(server: MemoryApiServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    server.onChange(() => this.#follow());
  }

  /** What the instance in a pod has in force; undefined where none runs. */
  configurationOf(pod: string): Configuration | undefined {
    return [...this.#instances.values()].find((one) => one.pod.name === pod)?.configuration;
  }

  async status(pod: OwnedPod): Promise<Uint8Array> {
    this.asked.push(pod.name);
    const instance = await this.#reach(pod);
    const { configuration, text, needsRestart, refused } = instance;
    const reply: Reply = {
      name: instance.name,
      productVersion: tagVersion(instance.pod.image ?? '') ?? VERSION,
      ready: true,
      configurationRevision: configuration.revision,
      configurationHash: hashOf(text),
      needsRestart: [...needsRestart],
      refusedConfiguration: refused,
      databases: configuration.databases.map(({ name, state }) => ({ name, uuid: name, state })),
      appServers: this.#appServersOf(instance),
      dataServers: this.#dataServersOf(instance),
    };
    return StatusReply.encode({ ...reply, ...this.said(pod.name) }).finish();
  }

  async configure(pod: OwnedPod, text: string): Promise<Uint8Array> {
    this.offered.push(pod.name);
    const instance = await this.#reach(pod);
    const offered = parseConfiguration(text, pod.name);
    const { configuration } = instance;
    const isOlder = offered.revision <= configuration.revision && text !== instance.text;
    const refused = isOlder ? 'is not newer' : (this.refuse?.(pod.name, text) ?? '');
    instance.refused = refused;
    if (refused === '') {
      instance.needsRestart = fieldsNeedingRestart(configuration, offered);
      instance.configuration = offered;
      instance.text = text;
    }
    const { revision } = instance.configuration;
    const hash = hashOf(instance.text);
    const needsRestart = [...instance.needsRestart];
    return ConfigureReply.encode({ refused, revision, hash, needsRestart }).finish();
  }

  async #reach({ uid, name }: OwnedPod): Promise<Instance> {
    await Promise.resolve();
    const instance = this.#instances.get(uid);
    if (instance === undefined || this.silent.has(name)) throw new Error(`${name} does not answer`);
    return instance;
  }

  #follow(): void {
    const pods = this.#server.list({ type: POD }).map((pod) => ownedPod(pod));
    const running = new Set(pods.filter(({ isRunning }) => isRunning).map(({ uid }) => uid));
    for (const uid of this.#instances.keys()) if (!running.has(uid)) this.#instances.delete(uid);
    for (const pod of pods) {
      if (pod.isRunning && !this.#instances.has(pod.uid)) this.#start(pod);
    }
  }

  #start(pod: OwnedPod): void {
    const config = `${pod.name.replace(/-\d+$/, '')}-config`;
    const data = this.#server.find(CONFIG_MAP, pod.namespace, config)?.['data'];
    const text = (data as Record<string, string> | undefined)?.[CONFIGURATION_KEY];
    if (text === undefined) return; // its volume cannot be mounted
    const name = pod.namespace === 'default' ? pod.name : `${pod.namespace}/${pod.name}`;
    const configuration = parseConfiguration(text, name);
    const instance = { pod, name, text, configuration, needsRestart: [], refused: '' };
    this.#instances.set(pod.uid, instance);
  }

  #dataServersOf(instance: Instance): NonNullable<Reply['dataServers']> {
    return instance.configuration.dataServers.flatMap(({ name, ...at }) => {
      const host = 'host' in at ? at.host : undefined;
      const server = [...this.#instances.values()].find((one) => serviceOf(one) === host);
      const isAdmitted = server !== undefined && entryFor(server, instance) !== undefined;
      const inStateMs = this.#inStateMs(instance, server, isAdmitted);
      if (isAdmitted) return { name, state: 'Normal', inStateMs };
      const failure = server === undefined ? '' : 'the address is not listed';
      return { name, state: 'Not connected', failure, inStateMs };
    });
  }

  #appServersOf(instance: Instance): NonNullable<Reply['appServers']> {
    return [...this.#instances.values()].flatMap((other) => {
      const hosts = other.configuration.dataServers.map((at) => ('host' in at ? at.host : ''));
      const entry = hosts.includes(serviceOf(instance)) ? entryFor(instance, other) : undefined;
      if (entry === undefined) return [];
      const inStateMs = this.#inStateMs(other, instance, true);
      const [address = ''] = other.pod.addresses;
      return { name: other.name, state: 'Normal', address, entry, inStateMs };
    });
  }

  #inStateMs(one: Instance, other: Instance | undefined, isConnected: boolean): number {
    const key = `${one.pod.uid} ${other?.pod.uid ?? ''}`;
    const nowMs = this.#clock.nowMs();
    const before = this.#since.get(key);
    if (before?.isConnected === isConnected) return nowMs - before.atMs;
    this.#since.set(key, { isConnected, atMs: nowMs });
    return 0;
  }
}

const serviceOf = ({ pod }: Instance): string =>
  `${pod.name.replace(/-\d+$/, '')}.${pod.namespace}.svc`;

/** The entry of a data server's list that admits an app server. */
function entryFor(
  { configuration: { ecp: service } }: Instance,
  other: Instance,
): string | undefined {
  if (!service.enabled) return undefined;
  if (service.incomingPolicy === 'Any') return 'Any';
  const { addresses } = other.pod;
  return service.allowedIncoming.find(
    (entry) => 'address' in entry && addresses.includes(entry.address ?? ''),
  )?.name;
}

const hashOf = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;
