/** One pod at a time may be evicted; with one replica there is none, since it would only block drains (K17). */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { podDisruptionBudgetName, podSelector } from './names.ts';
import { objectOf } from './workload.ts';
import type { Workload } from './workload.ts';

export function podDisruptionBudget(workload: Workload): KubernetesObject | undefined {
  const { resource, replicas } = workload;
  if (replicas <= 1) return undefined;
  const name = podDisruptionBudgetName(resource);
  return objectOf(
    workload,
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name },
    {
      maxUnavailable: 1,
      selector: { matchLabels: podSelector(resource) },
      // A pod that is broken already must not keep its node from being drained.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  );
}
