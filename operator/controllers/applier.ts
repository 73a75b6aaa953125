/**
 * Server-side applies that are made once. What was applied is remembered with the version of the object that came of
 * it: while both are as they were there is nothing to do, whatever defaults the API server has filled in. After a start
 * everything is applied once, which changes nothing where nothing differs.
 *
 * Invariant: nothing is applied over an object that is not ours (K16).
 */
import type { Cluster } from '../runtime/cluster.ts';
import { objectKey } from '../runtime/kubernetes-object.ts';
import type { KubernetesObject, ResourceType } from '../runtime/kubernetes-object.ts';
import type { ObjectCopies } from '../runtime/object-copies.ts';
import { canonicalJson } from '../resources/hash.ts';
import { ownershipOf } from './decisions/ownership.ts';
import type { Claimant } from './decisions/ownership.ts';

/** An object of a former resource of this name is about to be collected: wait for it. */
export class FormerObjectError extends Error {}
/** What stands there belongs to somebody else. */
export class StrangerError extends Error {}
/** Another operator looks after this resource. */
export class ManagedByOtherError extends Error {}

interface Applied {
  readonly text: string;
  /** The object's version before, as the copy had it, and after. */
  readonly versions: readonly (string | undefined)[];
}

export interface Target {
  readonly type: ResourceType;
  readonly copies: ObjectCopies;
}

export class Applier {
  readonly #cluster: Cluster;
  readonly #applied = new Map<string, Applied>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Makes the object as it is given, if it is not known to be so. */
  async apply(target: Target, object: KubernetesObject, claimant: Claimant): Promise<void> {
    const key = `${object.kind} ${objectKey(object)}`;
    const text = canonicalJson(object);
    const copy = target.copies.get(objectKey(object));
    const before = this.#applied.get(key);
    if (before?.text === text && copy !== undefined && before.versions.includes(versionOf(copy))) {
      return;
    }
    await this.claim(target, object, claimant);
    const after = await this.#cluster.apply(target.type, object);
    this.#applied.set(key, {
      text,
      versions: [copy === undefined ? undefined : versionOf(copy), versionOf(after)],
    });
  }

  /** Takes an object of ours away; another's stays. */
  async remove(target: Target, key: string, claimant: Claimant): Promise<void> {
    const copy = target.copies.get(key);
    if (copy === undefined || ownershipOf(copy, claimant) !== 'Ours') return;
    const { namespace, name, uid } = copy.metadata;
    await this.#cluster.delete(target.type, namespace, name, uid === undefined ? {} : { uid });
    this.#applied.delete(`${copy.kind} ${key}`);
  }

  /** Throws unless the place of the object is free or ours. What has no label of ours is not among the copies. */
  async claim(
    { type, copies }: Target,
    object: KubernetesObject,
    claimant: Claimant,
  ): Promise<KubernetesObject | undefined> {
    const { namespace, name } = object.metadata;
    const found = copies.get(objectKey(object)) ?? (await this.#cluster.get(type, namespace, name));
    const ownership = ownershipOf(
      found === undefined ? undefined : { ...found, kind: type.kind },
      claimant,
    );
    if (ownership === 'Free' || ownership === 'Ours') return found;
    if (ownership === 'Former') {
      throw new FormerObjectError(`${type.kind} ${name} of the former resource is being removed`);
    }
    if ('manager' in ownership) throw new ManagedByOtherError(ownership.manager);
    throw new StrangerError(ownership.stranger);
  }

  /** Of resources that are gone nothing is remembered. */
  forget(namespace: string, names: readonly string[]): void {
    for (const key of this.#applied.keys()) {
      const place = key.slice(key.indexOf(' ') + 1);
      if (names.some((name) => place === `${namespace}/${name}`)) this.#applied.delete(key);
    }
  }
}

/** Of what people can change: status alone leaves it as it is, where the server counts what the spec becomes. */
function versionOf({ metadata }: KubernetesObject): string | undefined {
  const { uid, generation, labels, annotations, ownerReferences, resourceVersion } = metadata;
  return generation === undefined
    ? resourceVersion
    : canonicalJson([uid, generation, labels, annotations, ownerReferences]);
}
