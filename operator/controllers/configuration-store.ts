/**
 * Configurations in ConfigMaps, each swapped for exactly the one that was read (K5): a second operator that does not know
 * yet that it is no leader any more cannot put back an older one. What is stored is what is pushed.
 */
import { configMapName } from '../resources/names.ts';
import { configMap, configurationTextOf } from '../resources/config-map.ts';
import type { Workload } from '../resources/workload.ts';
import type { Cluster } from '../runtime/cluster.ts';
import { objectKey } from '../runtime/kubernetes-object.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import type { Applier, Target } from './applier.ts';
import type { Claimant } from './decisions/ownership.ts';
import { nextConfiguration, revisionOf } from './decisions/next-configuration.ts';
import type { InForce, StoredText } from './decisions/next-configuration.ts';
import { keyIn } from './world.ts';

export interface StoredConfiguration extends StoredText {
  readonly revision: number;
}

interface Written {
  /** Version of the copy when it was written: while the copy has it, the copy is behind. */
  readonly over: string | undefined;
  readonly object: KubernetesObject;
}

export class ConfigurationStore {
  readonly #cluster: Cluster;
  readonly #applier: Applier;
  readonly #target: Target;
  readonly #written = new Map<string, Written>();

  constructor(cluster: Cluster, applier: Applier, target: Target) {
    this.#cluster = cluster;
    this.#applier = applier;
    this.#target = target;
  }

  /** What is stored; undefined while nothing is. */
  stored(workload: Workload): StoredConfiguration | undefined {
    const text = this.#storedText(workload);
    const revision = text === undefined ? undefined : revisionOf(text.text);
    return text === undefined || revision === undefined ? undefined : { ...text, revision };
  }

  /** Stores the workload's configuration if it differs. A conflict when somebody else wrote meanwhile. */
  async store(
    workload: Workload,
    claimant: Claimant,
    known: { readonly revisionMin: number; readonly inForce: readonly InForce[] },
  ): Promise<StoredConfiguration> {
    await this.#confirm(workload);
    const stored = this.#storedText(workload);
    const { text, revision, isNew } = nextConfiguration(workload.configuration, stored, known);
    if (isNew) await this.#write(configMap(workload, revision), claimant);
    return { text, revision, hash: hashOf(workload, text) };
  }

  /** Of a resource that is gone nothing is remembered. */
  forget(key: string): void {
    this.#written.delete(key);
  }

  #storedText(workload: Workload): StoredText | undefined {
    const object = this.#newest(keyIn(workload.resource, configMapName(workload.resource)));
    const text = object === undefined ? undefined : configurationTextOf(object);
    return text === undefined ? undefined : { text, hash: hashOf(workload, text) };
  }

  /** What was written and is in no copy may be too new for it, or gone by now: only the server knows. */
  async #confirm({ resource }: Workload): Promise<void> {
    const key = keyIn(resource, configMapName(resource));
    const { type, copies } = this.#target;
    if (!this.#written.has(key) || copies.get(key) !== undefined) return;
    const { namespace } = resource.metadata;
    const found = await this.#cluster.get(type, namespace, configMapName(resource));
    if (found === undefined) this.#written.delete(key);
  }

  async #write(wanted: KubernetesObject, claimant: Claimant): Promise<void> {
    const { type, copies } = this.#target;
    const key = objectKey(wanted);
    const over = copies.get(key)?.metadata.resourceVersion;
    const claimed = await this.#applier.claim(this.#target, wanted, claimant);
    const found = this.#newest(key) ?? claimed;
    const resourceVersion = found?.metadata.resourceVersion;
    const object =
      resourceVersion === undefined
        ? await this.#cluster.create(type, wanted)
        : await this.#cluster.replace(type, {
            ...wanted,
            metadata: { ...wanted.metadata, resourceVersion },
          });
    this.#written.set(key, { over, object });
  }

  #newest(key: string): KubernetesObject | undefined {
    const copy = this.#target.copies.get(key);
    const written = this.#written.get(key);
    if (written === undefined) return copy;
    if (copy?.metadata.resourceVersion === written.over) return written.object;
    this.#written.delete(key);
    return copy;
  }
}

const hashOf = ({ settings }: Workload, text: string): string => `sha256:${settings.sha256(text)}`;
