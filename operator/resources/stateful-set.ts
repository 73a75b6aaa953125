/** The StatefulSet of a resource: its pods with stable names and, with storage, volumes that stay theirs. */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import type { Workload } from './workload.ts';

/**
 * Two things that follow live configuration must not roll the pods by themselves: the image comes pinned
 * (`workload.image`), and the memory of the sizing rule, which grows with every app server that connects,
 * is taken up when something else changes the template. `current` is the StatefulSet there is.
 */
export function statefulSet(_workload: Workload, _current?: KubernetesObject): KubernetesObject {
  throw new Error('not there yet');
}
