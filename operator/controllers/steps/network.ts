/** Services and the NetworkPolicy of a resource. */
import { networkPolicyName } from '../../resources/names.ts';
import { networkPolicy } from '../../resources/network-policy.ts';
import { headlessService, service } from '../../resources/services.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';
import { NETWORK_POLICY, SERVICE } from '../resource-types.ts';
import { keyIn } from '../world.ts';

export async function applyServices(
  { workload, claimant }: Pass,
  { applier, copies }: Tools,
): Promise<void> {
  if (workload === undefined) return;
  const services = { type: SERVICE, copies: copies.services };
  await applier.apply(services, headlessService(workload), claimant);
  await applier.apply(services, service(workload), claimant);
}

export async function applyNetworkPolicy(pass: Pass, { applier, copies }: Tools): Promise<void> {
  const { workload, claimant, topology, resource } = pass;
  if (workload === undefined) return;
  const policies = { type: NETWORK_POLICY, copies: copies.networkPolicies };
  const { object, incomplete } = networkPolicy(workload, topology.peers);
  if (incomplete.length > 0) {
    const message = `spec.allowedIncoming: ${incomplete.join('; ')}`;
    pass.findings.push({ type: 'NetworkPolicyComplete', reason: 'NotExpressible', message });
  }
  if (object === undefined) {
    await applier.remove(policies, keyIn(resource, networkPolicyName(resource)), claimant);
  } else await applier.apply(policies, object, claimant);
}
