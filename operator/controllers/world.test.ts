import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { NAMESPACE, POD, RESOURCES, STATEFUL_SET } from './resource-types.ts';
import { openClient } from './testing/memory-client.ts';
import { SERVICE_ACCOUNT } from './testing/operator-bench.ts';
import { World } from './world.ts';

const OURS = { 'app.kubernetes.io/managed-by': 'ecp-operator' };
const BANK = 'EcpDataServer data/bank';
const TELLER = 'EcpAppServer data/teller';

/** Tellers are admitted at the bank by their name. */
const BANK_SPEC = {
  maxAppServers: 8,
  allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }],
};
const TELLER_SPEC = {
  replicas: 2,
  dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }],
};

interface Given {
  readonly name: string;
  readonly namespace?: string;
}

async function openWorld(namespaces: readonly string[] = []) {
  const time = new VirtualTime();
  const { server, copies } = openClient(time.clock(), namespaces);
  await time.settle();
  const serviceAccount = () => SERVICE_ACCOUNT;
  const world = new World({ copies, clusterDomain: 'cluster.local', serviceAccount });
  /** After what was changed has reached the copies. */
  const look = async () => {
    await time.settle();
    world.invalidate();
    return world.look();
  };
  const create = (kind: keyof typeof RESOURCES, spec: object, place: Given): string => {
    const metadata = { namespace: 'data', ...place };
    const { apiVersion } = RESOURCES[kind];
    const made = server.create(RESOURCES[kind], { apiVersion, kind, metadata, spec });
    return made.metadata.uid ?? '';
  };
  const edit = (kind: keyof typeof RESOURCES, name: string, spec: object): void =>
    server.update(RESOURCES[kind], 'data', name, (object) => ({ ...object, spec }));
  /** A StatefulSet with a resource for its owner, as anybody can make one. */
  const set = (owner: string, { name, namespace = 'data' }: Given): string => {
    const made = server.create(STATEFUL_SET, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: {
        name,
        namespace,
        labels: OURS,
        ownerReferences: [controller('EcpAppServer', owner)],
      },
      spec: { replicas: 2 },
    });
    return made.metadata.uid ?? '';
  };
  const pod = (
    owner: string,
    ip: string,
    given: Given,
    more: Partial<KubernetesObject> = {},
  ): void => {
    const { name, namespace = 'data' } = given;
    const ownerReferences = [controller('StatefulSet', owner)];
    server.create(POD, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: OURS, ownerReferences },
      spec: {},
      status: { phase: 'Running', podIPs: [{ ip }] },
      ...more,
    });
  };
  return { server, time, world, look, create, edit, set, pod };
}

const controller = (kind: string, uid: string) => ({
  apiVersion: 'v1',
  kind,
  name: 'whatever',
  uid,
  controller: true,
});

type Picture = Awaited<ReturnType<Awaited<ReturnType<typeof openWorld>>['look']>>;
/** Addresses that the bank admits. */
const admitted = ({ topologies }: Picture): (string | undefined)[] =>
  (topologies.get(BANK)?.configuration?.ecp.allowedIncoming ?? []).flatMap(({ address }) =>
    address === undefined ? [] : [address],
  );
const podNames = ({ pods }: Picture, key: string): (string | undefined)[] =>
  (pods.get(key) ?? []).map(({ name }) => name).toSorted();

/** The bank, and two tellers in pods of their own. */
async function bankAndTellers() {
  const opened = await openWorld();
  const { create, set, pod } = opened;
  create('EcpDataServer', BANK_SPEC, { name: 'bank' });
  const teller = create('EcpAppServer', TELLER_SPEC, { name: 'teller' });
  const tellers = set(teller, { name: 'teller' });
  pod(tellers, '10.1.0.1', { name: 'teller-0' });
  pod(tellers, '10.1.0.2', { name: 'teller-1' });
  return { ...opened, teller, tellers };
}

describe('K3: pods are those of our StatefulSets', () => {
  test('found by UID, admitted by their addresses', async () => {
    const { look } = await bankAndTellers();
    const picture = await look();
    expect(podNames(picture, TELLER)).toEqual(['teller-0', 'teller-1']);
    expect(admitted(picture)).toEqual(['10.1.0.1', '10.1.0.2']);
    expect([...picture.podUids.keys()]).toEqual(['data/teller-0', 'data/teller-1']);
  });

  test('not those that wear our labels, or name another StatefulSet or none', async () => {
    const { look, pod, server } = await bankAndTellers();
    const labels = { ...OURS, 'ecp.dev/app-server': 'teller' };
    const metadata = { name: 'teller-5', namespace: 'data', labels };
    server.create(POD, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      status: { podIPs: [{ ip: '10.6.6.6' }] },
    });
    pod('no-such-set', '10.6.6.7', { name: 'teller-6' });
    expect(admitted(await look())).toEqual(['10.1.0.1', '10.1.0.2']);
  });

  test('not those that name ours for their owner and are none of its', async () => {
    const { look, pod, tellers } = await bankAndTellers();
    pod(tellers, '10.6.6.6', { name: 'mine-5' });
    pod(tellers, '10.6.6.7', { name: 'mine' });
    pod(tellers, '10.6.6.8', { name: 'teller-7', namespace: 'evil' });
    expect(admitted(await look())).toEqual(['10.1.0.1', '10.1.0.2']);
  });

  test('not those of a StatefulSet that names a resource for its owner and is none of its', async () => {
    const { look, set, pod, teller } = await bankAndTellers();
    pod(set(teller, { name: 'mine' }), '10.6.6.6', { name: 'mine-5' });
    pod(set(teller, { name: 'teller', namespace: 'evil' }), '10.6.6.7', {
      name: 'teller-6',
      namespace: 'evil',
    });
    expect(admitted(await look())).toEqual(['10.1.0.1', '10.1.0.2']);
  });

  test('with addresses of their own: neither of a node nor of what is over', async () => {
    const { look, pod, tellers, edit } = await bankAndTellers();
    edit('EcpAppServer', 'teller', { ...TELLER_SPEC, replicas: 4 });
    pod(tellers, '10.0.0.9', { name: 'teller-2' }, { spec: { hostNetwork: true } });
    const over = { phase: 'Failed', podIPs: [{ ip: '10.1.0.9' }] };
    pod(tellers, '10.1.0.9', { name: 'teller-3' }, { status: over });
    const picture = await look();
    expect(podNames(picture, TELLER)).toHaveLength(4);
    expect(admitted(picture)).toEqual(['10.1.0.1', '10.1.0.2']);
  });
});

describe('who still runs is admitted to the end', () => {
  test('when there are fewer replicas', async () => {
    const { look, edit, server } = await bankAndTellers();
    await look();
    edit('EcpAppServer', 'teller', { ...TELLER_SPEC, replicas: 1 });
    expect(admitted(await look())).toEqual(['10.1.0.1', '10.1.0.2']);
    server.remove(POD, 'data', 'teller-1');
    expect(admitted(await look())).toEqual(['10.1.0.1']);
  });

  test('when their resource is gone, and their StatefulSet too', async () => {
    const { look, server } = await bankAndTellers();
    await look();
    server.remove(RESOURCES.EcpAppServer, 'data', 'teller');
    const picture = await look();
    expect(picture.topologies.has(TELLER)).toBe(false);
    expect(picture.watched.has(TELLER)).toBe(false);
    expect(admitted(picture)).toEqual(['10.1.0.1', '10.1.0.2']);
    expect(picture.podUids.has('data/teller-1')).toBe(true);
    server.remove(STATEFUL_SET, 'data', 'teller');
    expect(admitted(await look())).toEqual(['10.1.0.1', '10.1.0.2']);
    server.remove(POD, 'data', 'teller-0');
    expect(admitted(await look())).toEqual(['10.1.0.2']);
    server.remove(POD, 'data', 'teller-1');
    expect(admitted(await look())).toEqual([]);
  });

  test('when another resource of their name is there already, whose pods they are not', async () => {
    const { look, server, create, set, pod } = await bankAndTellers();
    await look();
    server.remove(RESOURCES.EcpAppServer, 'data', 'teller');
    const again = create('EcpAppServer', { ...TELLER_SPEC, replicas: 1 }, { name: 'teller' });
    const picture = await look();
    expect(podNames(picture, TELLER)).toEqual([]);
    expect(admitted(picture).toSorted()).toEqual(['10.1.0.1', '10.1.0.2']);
    // The former StatefulSet and one of its pods are gone; the new one has a pod of that name.
    server.remove(STATEFUL_SET, 'data', 'teller');
    server.remove(POD, 'data', 'teller-0');
    pod(set(again, { name: 'teller' }), '10.1.0.3', { name: 'teller-0' });
    const later = await look();
    expect(podNames(later, TELLER)).toEqual(['teller-0']);
    expect(admitted(later).toSorted()).toEqual(['10.1.0.2', '10.1.0.3']);
  });

  test('K1: and nobody once all are gone', async () => {
    const { look, server, edit } = await bankAndTellers();
    await look();
    edit('EcpAppServer', 'teller', { ...TELLER_SPEC, replicas: 0 });
    server.remove(POD, 'data', 'teller-0');
    server.remove(POD, 'data', 'teller-1');
    const { topologies } = await look();
    expect(topologies.get(BANK)?.configuration?.ecp).toMatchObject({
      incomingPolicy: 'Listed',
      allowedIncoming: [],
    });
  });
});

describe('an edit that breaks a rule which only code can check', () => {
  const BROKEN = { ...TELLER_SPEC, namespaces: [{ name: 'USER', defaultDatabase: 'NOWHERE' }] };

  test('leaves the last valid state in force, and says what is wrong', async () => {
    const { look, edit } = await bankAndTellers();
    await look();
    edit('EcpAppServer', 'teller', { ...BROKEN, replicas: 7 });
    const picture = await look();
    expect(picture.topologies.get(TELLER)?.admittedReplicas).toBe(2);
    expect(admitted(picture)).toEqual(['10.1.0.1', '10.1.0.2']);
    const watched = picture.watched.get(TELLER);
    expect(watched?.problems).not.toEqual([]);
    expect(watched?.isPartial).toBe(false);
    expect(watched?.object.metadata.generation).toBe(2);
    edit('EcpAppServer', 'teller', { ...TELLER_SPEC, replicas: 3 });
    const mended = await look();
    expect(mended.watched.get(TELLER)?.problems).toEqual([]);
    expect(mended.topologies.get(TELLER)?.admittedReplicas).toBe(3);
  });

  test('that nobody here has seen otherwise keeps its pods admitted by what can be read of it', async () => {
    const { look, create, set, pod } = await openWorld();
    create('EcpDataServer', BANK_SPEC, { name: 'bank' });
    const teller = create('EcpAppServer', BROKEN, { name: 'teller' });
    pod(set(teller, { name: 'teller' }), '10.1.0.1', { name: 'teller-0' });
    const picture = await look();
    expect(picture.watched.get(TELLER)?.isPartial).toBe(true);
    expect(admitted(picture)).toEqual(['10.1.0.1']);
  });

  test('of another resource of the same name is not covered by the former one', async () => {
    const { look, server, create } = await bankAndTellers();
    await look();
    server.remove(RESOURCES.EcpAppServer, 'data', 'teller');
    create('EcpAppServer', BROKEN, { name: 'teller' });
    expect((await look()).watched.get(TELLER)?.isPartial).toBe(true);
  });

  test('is said by its field', async () => {
    const { look, create } = await openWorld();
    create('EcpAppServer', { ...TELLER_SPEC, replicas: 'many' }, { name: 'teller' });
    const picture = await look();
    expect(picture.watched.get(TELLER)?.problems.map(({ path }) => path.join('.'))).toEqual([
      'spec.replicas',
    ]);
  });
});

describe('K14: labels of namespaces', () => {
  const BY_TEAM = {
    maxAppServers: 8,
    allowedIncoming: [
      {
        name: 'teams',
        appServers: {
          name: 'teller',
          namespaces: { from: 'Selector', selector: { matchLabels: { team: 'branch' } } },
        },
      },
    ],
  };
  async function branch(namespaces?: readonly string[]) {
    const opened = await openWorld(namespaces);
    const { server, create, set, pod, look } = opened;
    const metadata = { name: 'data', labels: { team: 'branch' } };
    server.create(NAMESPACE, { apiVersion: 'v1', kind: 'Namespace', metadata });
    create('EcpDataServer', BY_TEAM, { name: 'bank' });
    const teller = create('EcpAppServer', TELLER_SPEC, { name: 'teller' });
    pod(set(teller, { name: 'teller' }), '10.1.0.1', { name: 'teller-0' });
    return { ...opened, picture: await look() };
  }

  test('select app servers, and follow when they change', async () => {
    const { picture, server, look } = await branch();
    expect(admitted(picture)).toEqual(['10.1.0.1']);
    server.update(NAMESPACE, undefined, 'data', (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: {} },
    }));
    expect(admitted(await look())).toEqual([]);
  });

  test('are unknown to who looks after some namespaces alone: the entry admits nobody, and says so', async () => {
    const { picture } = await branch(['data']);
    expect(admitted(picture)).toEqual([]);
    const found = picture.topologies.get(BANK)?.findings.map(({ reason }) => reason);
    expect(found).toContain('NamespacesUnreadable');
  });
});

describe('the picture', () => {
  test('is computed once until something changes', async () => {
    const { world, look } = await bankAndTellers();
    const picture = await look();
    expect(world.look()).toBe(picture);
    world.invalidate();
    expect(world.look()).not.toBe(picture);
    expect(world.look().topologies.get(BANK)?.configuration).toEqual(
      picture.topologies.get(BANK)?.configuration,
    );
  });

  test('has every resource of both kinds, of all namespaces', async () => {
    const { look, create } = await bankAndTellers();
    create('EcpAppServer', {}, { name: 'teller', namespace: 'branch' });
    expect([...(await look()).watched.keys()].toSorted()).toEqual([
      'EcpAppServer branch/teller',
      TELLER,
      BANK,
    ]);
  });

  test('K6: has the keys of the cluster in every configuration', async () => {
    const { look } = await bankAndTellers();
    const { topologies } = await look();
    expect(topologies.get(TELLER)?.configuration?.admin.serviceAccount).toEqual(SERVICE_ACCOUNT);
  });
});
