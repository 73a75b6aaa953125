/** One reconcile of one resource: what it knows at the beginning, and what its steps find out. */
import type { Finding } from '../api/conditions.ts';
import type { EcpResource } from '../api/manifests.ts';
import { ANNOTATIONS } from '../resources/names.ts';
import type { Workload } from '../resources/workload.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import type { ResourceTopology } from '../topology/topology.ts';
import type { Log } from '../../server/ports/log.ts';
import type { StoredConfiguration } from './configuration-store.ts';
import type { ClaimPlan, OwnedClaim } from './decisions/claim-plan.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';
import type { OwnedStatefulSet } from './decisions/owned-stateful-set.ts';
import type { Claimant } from './decisions/ownership.ts';

export interface Pass {
  readonly key: string;
  readonly resource: EcpResource;
  /** The resource as the API server has it. */
  readonly object: KubernetesObject;
  readonly topology: ResourceTopology;
  readonly claimant: Claimant;
  readonly pods: readonly OwnedPod[];
  readonly setObject: KubernetesObject | undefined;
  readonly set: OwnedStatefulSet | undefined;
  readonly claims: readonly OwnedClaim[];
  readonly claimPlan: ClaimPlan;
  /** Undefined when a condition says why nothing of it can run. */
  readonly workload: Workload | undefined;
  readonly image: string;
  /** Of the template that is wanted; undefined where nothing can run. */
  readonly templateHash: string | undefined;
  readonly log: Log;
  /** Grows from step to step. */
  readonly findings: Finding[];
  configuration: StoredConfiguration | undefined;
  /** Ask again after this time, in milliseconds; undefined: when something changes. */
  againAfterMs: number | undefined;
}

export function isPaused(resource: EcpResource): boolean {
  return resource.metadata.annotations[ANNOTATIONS.paused] === 'true';
}

export function again(pass: Pass, afterMs: number): void {
  pass.againAfterMs = Math.min(pass.againAfterMs ?? Infinity, afterMs);
}
