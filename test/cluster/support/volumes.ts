/** `local` volumes, which nobody recycles: released ones are emptied and offered again. */
import { mkdirSync, rmSync } from 'node:fs';
import { getJson, kubectl } from './kubectl.ts';
import { isOwnCluster } from './own-cluster.ts';

export interface Volume {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly local?: { readonly path: string };
    readonly claimRef?: { readonly namespace: string; readonly name: string };
  };
  readonly status: { readonly phase: string };
}

export const volumes = (): Volume[] =>
  (getJson(['persistentvolumes']) as { items: Volume[] }).items;

/** The folder of a claim's volume on this machine. */
export function folderOf(namespace: string, claim: string): string {
  const volume = volumes().find(
    ({ spec: { claimRef } }) => claimRef?.namespace === namespace && claimRef.name === claim,
  );
  const path = volume?.spec.local?.path;
  if (path === undefined) throw new Error(`claim ${namespace}/${claim} has no local volume`);
  return path;
}

/** Does nothing on a cluster that somebody gave: its volumes are none of ours. */
export function recycleVolumes(): void {
  if (!isOwnCluster) return;
  for (const { metadata, spec, status } of volumes()) {
    if (status.phase !== 'Released' || spec.local === undefined) continue;
    rmSync(spec.local.path, { recursive: true });
    mkdirSync(spec.local.path);
    const patch = JSON.stringify([{ op: 'remove', path: '/spec/claimRef' }]);
    kubectl(['patch', 'pv', metadata.name, '--type=json', '-p', patch]);
  }
}
