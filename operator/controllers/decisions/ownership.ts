/**
 * Whose an object is that stands where one of ours is to be. The operator changes nothing that it did not make:
 * an object of somebody else under the same name is reported, and so is another operator (K16).
 */
import { ANNOTATIONS } from '../../resources/names.ts';
import { controllerOf } from '../../runtime/kubernetes-object.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';

export interface Claimant {
  /** UID of the custom resource. */
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
  /** Of the operator. */
  readonly manager: string;
}

export type Ownership =
  | 'Free'
  | 'Ours'
  /** Of a resource of this name that is gone: about to be collected. */
  | 'Former'
  | { readonly manager: string }
  | { readonly stranger: string };

export function ownershipOf(found: KubernetesObject | undefined, claimant: Claimant): Ownership {
  if (found === undefined) return 'Free';
  const owner = controllerOf(found);
  if (owner?.uid === claimant.uid) {
    const manager = found.metadata.annotations?.[ANNOTATIONS.manager];
    return manager === undefined || manager === claimant.manager ? 'Ours' : { manager };
  }
  if (owner?.kind === claimant.kind && owner.name === claimant.name) return 'Former';
  const { kind, metadata } = found;
  const whose = owner === undefined ? 'nobody of ours' : `${owner.kind} ${owner.name}`;
  return { stranger: `${kind} ${metadata.name} is there already and belongs to ${whose}` };
}
