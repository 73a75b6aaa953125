/** App servers beyond the first that may be replaced at a time, where the spec allows several. */
import { replacedTogether } from '../decisions/replaced-together.ts';
import type { Pass } from '../pass.ts';
import { POD } from '../resource-types.ts';
import type { Tools } from '../tools.ts';

export async function replacePods(pass: Pass, { cluster }: Tools): Promise<void> {
  const { set, workload, templateHash, pods, resource } = pass;
  if (set === undefined || workload === undefined || resource.kind !== 'EcpAppServer') return;
  const { type, maxUnavailable } = resource.spec.updateStrategy;
  if (type === 'OnDelete' || maxUnavailable === 1) return;
  const chosen = replacedTogether({
    set,
    pods,
    templateHash,
    partition: workload.partition,
    maxUnavailable,
  });
  for (const { namespace, name, uid } of chosen) {
    await cluster.delete(POD, namespace, name, { uid });
    pass.log.info('pod replaced together with others', { pod: name });
  }
}
