/** Once after all tests: a cluster that somebody gave is left without what the tests installed. */
import { kubectl } from './support/kubectl.ts';
import { OPERATOR_NAMESPACE, uninstallOperator } from './support/operator.ts';
import { isOwnCluster } from './support/own-cluster.ts';

export default async function teardown(): Promise<void> {
  if (isOwnCluster) return;
  await uninstallOperator();
  kubectl(['delete', 'namespace', OPERATOR_NAMESPACE, '--wait=false']);
  const kinds = ['ecpdataservers.ecp.dev', 'ecpappservers.ecp.dev'];
  kubectl(['delete', 'crd', ...kinds, '--ignore-not-found', '--wait=false']);
}
