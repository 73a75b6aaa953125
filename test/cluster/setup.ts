/** Once before all tests on a cluster: room for volumes, and the operator that most stories share. */
import process from 'node:process';
import { diagnose } from './support/diagnosis.ts';
import { tryKubectl } from './support/kubectl.ts';
import { installOperator, OPERATOR_NAMESPACE } from './support/operator.ts';
import { isOwnCluster } from './support/own-cluster.ts';
import { recycleVolumes } from './support/volumes.ts';

export default function setup(): void {
  refuseClusterInUse();
  recycleVolumes();
  try {
    installOperator();
  } catch (error) {
    process.stderr.write(diagnose([OPERATOR_NAMESPACE]));
    throw error;
  }
}

/** The tests uninstall the operator, restart it and delete what is in its way. */
function refuseClusterInUse(): void {
  if (isOwnCluster) return;
  const { ok, stdout } = tryKubectl(['get', 'ecp', '-A', '-o', 'name']);
  if (ok && stdout.trim() !== '') {
    throw new Error(`this cluster is in use, the tests are not for it: ${stdout.trim()}`);
  }
}
