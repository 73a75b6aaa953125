/** Once before all tests on a cluster: room for volumes, and the operator that most stories share. */
import process from 'node:process';
import { diagnose } from './support/diagnosis.ts';
import { tryKubectl } from './support/kubectl.ts';
import {
  installOperator,
  isOperatorInstalled,
  OPERATOR_NAMESPACE,
  uninstallOperator,
} from './support/operator.ts';
import { isOwnCluster } from './support/own-cluster.ts';
import { recycleVolumes } from './support/volumes.ts';

export default async function setup(): Promise<void> {
  refuseClusterInUse();
  recycleVolumes();
  try {
    // One of an earlier run has an earlier image.
    if (isOperatorInstalled()) await uninstallOperator();
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
