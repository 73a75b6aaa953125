/** What the wiring tests share: names inside the cluster, and the proof that nobody was restarted. */
import { instancePods } from '../support/pods.ts';

/** Under policy Listed, and yet nobody is kept out. */
export const EVERYBODY = [{ name: 'everybody', cidr: '0.0.0.0/0' }] as const;

/** What the operator promises for lists and limits, and what looking through the API server adds on a busy machine. */
export const FOLLOWS_MS = 2000;
export const LOOK_MS = 1500;

/** A resource's Service, as everybody in the cluster knows it. */
export const serviceOf = (namespace: string, name: string): string =>
  `${name}.${namespace}.svc.cluster.local`;

/** Pods with their UIDs and restarts: the same again means that nothing was replaced, and nothing started anew. */
export const lives = (namespace: string): string[] =>
  instancePods(namespace).map(({ metadata: { name, uid }, status }) => {
    const restarts = status.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
    return `${name} ${uid} ${restarts.join(',')}`;
  });

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
