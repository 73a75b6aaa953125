/**
 * Pods that are replaced beside the one that the StatefulSet replaces by itself: it goes one by one where the API server
 * does not know its maxUnavailable, and by default none knows it. They are the same pods that it would come to next, so
 * that both together never take more than are allowed.
 */
import type { OwnedPod } from './owned-pod.ts';
import type { OwnedStatefulSet } from './owned-stateful-set.ts';

export interface TogetherFacts {
  readonly set: OwnedStatefulSet;
  readonly pods: readonly OwnedPod[];
  /** Of the template that is wanted. */
  readonly templateHash: string | undefined;
  /** Pods below it keep their template. */
  readonly partition: number;
  /** Most pods that may be away at a time. */
  readonly maxUnavailable: number;
}

export function replacedTogether(facts: TogetherFacts): readonly OwnedPod[] {
  const { set, pods, templateHash, partition, maxUnavailable } = facts;
  // A copy that lags behind would take new pods for old ones.
  const isCurrent =
    set.isSeen && set.templateHash === templateHash && set.updateRevision !== undefined;
  if (!isCurrent || maxUnavailable <= 1) return [];
  const serving = pods.filter(({ isReady, isLeaving }) => isReady && !isLeaving);
  const room = maxUnavailable - (set.replicas - serving.length);
  return serving
    .filter(({ ordinal = -1, revision }) => ordinal >= partition && revision !== set.updateRevision)
    .toSorted((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0))
    .slice(0, Math.max(0, room));
}
