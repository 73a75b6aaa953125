/** A pod that never served and holds up a roll-out is deleted, one at a time; it comes back as it is wanted now. */
import { stuckPod } from '../decisions/stuck-pod.ts';
import { again } from '../pass.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';
import { POD } from '../resource-types.ts';

/** Kubernetes' own controller has this long to do it. */
const PATIENCE_MS = 10_000;

export async function repairPods(pass: Pass, { cluster, clock }: Tools): Promise<void> {
  const { set, workload, pods, resource } = pass;
  if (set === undefined || workload === undefined) return;
  if (resource.spec.updateStrategy.type === 'OnDelete') return;
  const stuck = stuckPod(set, pods, workload.partition);
  if (stuck === undefined) return;
  const aliveMs = clock.wallMs() - Date.parse(stuck.createdAt ?? '');
  if (aliveMs < PATIENCE_MS) {
    again(pass, PATIENCE_MS - aliveMs);
    return;
  }
  await cluster.delete(POD, stuck.namespace, stuck.name, { uid: stuck.uid });
  const { name, revision = '', trouble } = stuck;
  pass.log.info('stuck pod deleted', { pod: name, revision, problem: trouble?.message });
}
