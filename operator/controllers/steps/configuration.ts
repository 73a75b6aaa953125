/** The configuration of a resource's instances, stored before anything is pushed (K5). */
import type { EcpDataServerStatus } from '../../api/status.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';

export async function storeConfiguration(
  pass: Pass,
  { configurations, instances }: Tools,
): Promise<void> {
  const { workload, claimant, pods, object } = pass;
  if (workload === undefined) return;
  // What is there, should the swap fail: it is what instances can be held to meanwhile.
  pass.configuration = configurations.stored(workload);
  const status = object['status'] as EcpDataServerStatus | undefined;
  pass.configuration = await configurations.store(workload, claimant, {
    revisionMin: status?.configuration?.desiredRevision ?? 0,
    inForce: pods.flatMap(({ uid }) => instances.observationOf(uid) ?? []),
  });
}
