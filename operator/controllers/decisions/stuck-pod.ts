/**
 * The pod that keeps a roll-out from going on: it never served, is of a template that nobody wants any more, and
 * the StatefulSet waits for it (kubernetes/kubernetes#67250). One at a time is deleted; it comes back as it is wanted now.
 */
import type { OwnedPod } from './owned-pod.ts';
import type { OwnedStatefulSet } from './owned-stateful-set.ts';

/** `partition`: pods below it keep their template. Undefined where none is stuck. */
export function stuckPod(
  set: OwnedStatefulSet,
  pods: readonly OwnedPod[],
  partition: number,
): OwnedPod | undefined {
  if (set.updateRevision === undefined) return undefined;
  return pods
    .filter(
      ({ ordinal, revision, isReady, isLeaving, trouble }) =>
        ordinal !== undefined &&
        ordinal >= partition &&
        revision !== set.updateRevision &&
        !isReady &&
        !isLeaving &&
        trouble !== undefined,
    )
    .toSorted((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0))[0];
}
