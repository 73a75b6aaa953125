/** Who is no app server of ours is refused: by a used address, by forged labels, by the node's own address (K3). */
import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { apply, kubectl } from '../support/kubectl.ts';
import { namespaceObject } from '../support/namespace.ts';
import { isOwnCluster, lastAddressFile } from '../support/own-cluster.ts';
import {
  deletePod,
  podOf,
  shellAnswers,
  tryEvict,
  untilPodGone,
  untilPodReady,
} from '../support/pods.ts';
import { applyResources, bank, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { Knocker } from '../support/test-pods.ts';

const TRIES_MAX = 5;

test(
  "story 4 (F-K3): pods with an app server's labels and name, or with the node's network, are refused",
  story(['story-04'], async ({ namespaces, step, defer }) => {
    const namespace = namespaces['story-04'];
    const host = `bank.${namespace}.svc.cluster.local`;
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    const asName = `${namespace}/teller-0`;
    step('labels of an app server of this very namespace');
    const labels = podOf(namespace, 'teller-0')?.metadata.labels ?? {};
    expect(labels).toMatchObject({ 'ecp.dev/app-server': 'teller' });
    const forged = await Knocker.start({ namespace, name: 'impostor', host, asName, labels });
    step('the network of the node');
    const free = `${namespace}-host`;
    apply([namespaceObject(free, { 'pod-security.kubernetes.io/enforce': 'privileged' })]);
    defer(() => kubectl(['delete', 'namespace', free, '--wait=false']));
    const options = { namespace: free, name: 'host', host, asName, labels, hostNetwork: true };
    const onHost = await Knocker.start(options);
    for (const foreign of [forged, onHost]) {
      await foreign.untilMore('NOT_ALLOWED');
      expect(Object.keys(foreign.outcomes())).toEqual(['NOT_ALLOWED']);
    }
    await shellAnswers(namespace, 'teller-0', 'SET ^Account(17)="Ada" WRITE ^Account(17)', 'Ada');
  }),
);

// Which address a pod gets only the cluster's own allocator decides.
if (isOwnCluster) {
  test(
    'story 4 (F-K3): the address of an evicted app pod, given to a foreign one, is refused',
    story(['story-04', 'foreign'], async ({ namespaces, step }) => {
      const namespace = namespaces['story-04'];
      const [data, app] = [bank(namespace), teller(namespace)];
      applyResources(data, app);
      await untilReady(data, app);
      await shellAnswers(namespace, 'teller-1', 'SET ^Account(17)="Ada" WRITE ^Account(17)', 'Ada');
      const before = podOf(namespace, 'teller-1');
      const address = before?.status.podIP ?? '';
      step(`teller-1 is evicted from ${address}`);
      expect(tryEvict(namespace, 'teller-1')).toMatchObject({ ok: true });
      await untilPodReady(namespace, 'teller-1', before?.metadata.uid);
      const foreign = await startAt(address, {
        namespace: namespaces.foreign,
        name: 'foreign',
        host: `bank.${namespace}.svc.cluster.local`,
        asName: `${namespace}/teller-1`,
      });
      step(`a foreign pod has ${address}`);
      await foreign.untilMore('NOT_ALLOWED');
      expect(Object.keys(foreign.outcomes())).toEqual(['NOT_ALLOWED']);
      await shellAnswers(namespace, 'teller-1', 'WRITE ^Account(17)', 'Ada');
    }),
  );
}

type Options = Parameters<typeof Knocker.start>[0];

/** Somebody else's pod may take the address first: then once more. */
async function startAt(address: string, options: Options): Promise<Knocker> {
  for (let i = 0; i < TRIES_MAX; i++) {
    writeFileSync(lastAddressFile(), predecessor(address));
    const knocker = await Knocker.start(options);
    if (podOf(options.namespace, options.name)?.status.podIP === address) return knocker;
    deletePod(options.namespace, options.name);
    await untilPodGone(options.namespace, options.name);
  }
  throw new Error(`${address} was not given out; the last one was ${lastAddress()}`);
}

const lastAddress = (): string => readFileSync(lastAddressFile(), 'utf8');

function predecessor(address: string): string {
  const octets = address.split('.');
  return [...octets.slice(0, -1), Number(octets.at(-1)) - 1].join('.');
}
