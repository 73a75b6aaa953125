/** Volume claims: adopted when a person confirms it (K7), grown when the spec asks for more, never shrunk or deleted. */
import { ANNOTATIONS } from '../../resources/names.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';
import { CLAIM } from '../resource-types.ts';

export async function growClaims(pass: Pass, { cluster }: Tools): Promise<void> {
  const { claimPlan, resource, claimant } = pass;
  const { namespace } = resource.metadata;
  for (const name of claimPlan.adopt) {
    const annotations = { [ANNOTATIONS.ownerUid]: claimant.uid };
    await cluster.mergePatch(CLAIM, namespace, name, { metadata: { annotations } });
    pass.log.info('volume adopted', { claim: name });
  }
  for (const { name, size } of claimPlan.grow) {
    const spec = { resources: { requests: { storage: size } } };
    await cluster.mergePatch(CLAIM, namespace, name, { spec });
    pass.log.info('volume grows', { claim: name, size });
  }
}
