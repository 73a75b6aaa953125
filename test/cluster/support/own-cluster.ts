/**
 * What only the cluster that `npm run test:cluster` starts itself allows: its processes and its network are on
 * this machine (test/cluster/kube). On a cluster that somebody gave, tests that need this are not there.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const RUN = process.env['KUBE_RUN'];
const KUBE = join(import.meta.dirname, '../kube/kube.sh');

export const isOwnCluster = RUN !== undefined;

/** Whether this machine reaches pods at their own addresses: true too for a cluster that is given with --pod-network. */
export const isPodNetworkReachable =
  isOwnCluster || process.env['ECP_TEST_POD_NETWORK'] !== undefined;

type Component = 'apiserver' | 'controller' | 'kubelet1';

function folder(): string {
  if (RUN === undefined) throw new Error('this cluster was not started by the tests');
  return RUN;
}

/** Kills a component and starts it again as it was. */
export function restartComponent(component: Component): void {
  run(KUBE, ['restart', component]);
}

export function signalComponent(component: Component, signal: 'SIGSTOP' | 'SIGCONT'): void {
  process.kill(Number(readFileSync(join(folder(), 'pid', component), 'utf8')), signal);
}

/** Loses every packet from and to an address, until the function that it gives is called. */
export function cutAddress(address: string): () => void {
  const rules = ['-s', '-d'].map((side) => ['FORWARD', side, address, '-j', 'DROP']);
  for (const rule of rules) run('iptables', ['-w', '-I', ...rule]);
  return () => {
    for (const rule of rules) run('iptables', ['-w', '-D', ...rule]);
  };
}

/** File in which the node's address allocator keeps the last address that it gave to a pod. */
export const lastAddressFile = (): string =>
  join(folder(), 'node1/cni-data/pods/last_reserved_ip.0');

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
