/** The cluster's own parts fail under a topology: its API server, its network, a node. */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, kubectl, tryKubectl } from '../support/kubectl.ts';
import {
  cutAddress,
  isOwnCluster,
  restartComponent,
  signalComponent,
} from '../support/own-cluster.ts';
import { identities, podOf, shellAnswers } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { Load } from '../support/test-pods.ts';

const MORE = 100;
const MORE_MS = 90_000;
const API_MS = 60_000;
/** Longer than a heartbeat is waited for, shorter than a session is kept. */
const CUT_MS = 15_000;

// All of it is done to processes and the network of this machine.
if (isOwnCluster) {
  test(
    'the API server restarted (F-K4): sessions and writes go on, and the operator follows again',
    story(['api-server'], async ({ namespaces: { 'api-server': namespace }, step }) => {
      const [data, app] = [bank(namespace), teller(namespace)];
      applyResources(data, app);
      await untilReady(data, app);
      const load = await startLoad(namespace);
      const before = identities(namespace);
      restartComponent('apiserver');
      const isUp = (): true | undefined =>
        tryKubectl(['get', '--raw', '/readyz']).ok ? true : undefined;
      await eventually(isUp, API_MS, 'the API server not up');
      step('the API server is back');
      await load.untilMore(MORE, MORE_MS);
      expect(load.report().errors).toEqual({});
      patchSpec(app, { replicas: 3 });
      await untilReady(data, app);
      await shellAnswers(namespace, 'teller-2', 'SET ^Account(17)="Ada" WRITE ^Account(17)', 'Ada');
      expect(identities(namespace)).toEqual(expect.arrayContaining(before));
      expect(load.verify().missing).toEqual([]);
    }),
  );

  test(
    'the pod network lost (F-K9): what the data server had acknowledged is there, and writing goes on when it is back',
    story(['pod-network'], async ({ namespaces: { 'pod-network': namespace }, step, defer }) => {
      const [data, app] = [bank(namespace), teller(namespace)];
      applyResources(data, app);
      await untilReady(data, app);
      const load = await startLoad(namespace);
      const before = identities(namespace);
      const heal = cutAddress(podOf(namespace, 'bank-0')?.status.podIP ?? '');
      let isCut = true;
      const restore = (): void => {
        if (isCut) heal();
        isCut = false;
      };
      defer(restore);
      await sleep(CUT_MS);
      restore();
      step('the network is back');
      await load.untilMore(MORE, MORE_MS);
      await untilReady(data, app);
      const { missing, ...report } = load.verify();
      step(JSON.stringify(report));
      expect(missing).toEqual([]);
      expect(identities(namespace)).toEqual(before);
    }),
  );

  test(
    'K8 (F-K9): a data server on a node that does not answer is said to be lost, and nobody forces its pod',
    story(['node-lost'], async ({ namespaces: { 'node-lost': namespace }, step, defer }) => {
      const data = bank(namespace);
      applyResources(data);
      await untilReady(data);
      const uid = podOf(namespace, 'bank-0')?.metadata.uid;
      defer(() => signalComponent('kubelet1', 'SIGCONT'));
      signalComponent('kubelet1', 'SIGSTOP');
      kubectl(['delete', 'pod', 'bank-0', '-n', namespace, '--grace-period=1', '--wait=false']);
      const message = await untilCondition(data, 'Degraded', {
        status: 'True',
        reason: 'NodeLost',
      });
      expect(message).toContain('node.kubernetes.io/out-of-service');
      await untilCondition(data, 'Ready', { status: 'False' });
      expect(podOf(namespace, 'bank-0')?.metadata.uid).toBe(uid);
      step('the node answers again');
      signalComponent('kubelet1', 'SIGCONT');
      await untilReady(data);
    }),
  );
}

function startLoad(namespace: string): Promise<Load> {
  const target = `teller.${namespace}.svc.cluster.local:1973`;
  return Load.start(namespace, { targets: [target, target] });
}
