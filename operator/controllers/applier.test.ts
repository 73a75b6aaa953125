import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { Applier, FormerObjectError, ManagedByOtherError, StrangerError } from './applier.ts';
import type { Target } from './applier.ts';
import { SERVICE, STATEFUL_SET } from './resource-types.ts';
import { openClient } from './testing/memory-client.ts';

const CLAIMANT = { uid: 'u1', kind: 'EcpDataServer', name: 'bank', manager: 'ecp/one' };
const OURS = { 'app.kubernetes.io/managed-by': 'ecp-operator' };

interface Wishes {
  readonly uid?: string;
  readonly manager?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** As the operator makes them. */
function made(
  kind: string,
  spec: object,
  { uid = 'u1', manager = 'ecp/one', labels = OURS }: Wishes = {},
): KubernetesObject {
  const owner = { apiVersion: 'ecp.dev/v1alpha1', kind: 'EcpDataServer', name: 'bank' };
  return {
    apiVersion: kind === 'Service' ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      name: 'bank',
      namespace: 'data',
      labels,
      annotations: { 'ecp.dev/manager': manager },
      ownerReferences: [{ ...owner, uid, controller: true }],
    },
    spec,
  };
}
const service = (spec: object = { a: 1 }, wishes?: Wishes) => made('Service', spec, wishes);
const set = (spec: object = { a: 1 }) => made('StatefulSet', spec);

async function setUp() {
  const time = new VirtualTime();
  const { server, connection, cluster, copies } = openClient(time.clock());
  await time.settle();
  const applier = new Applier(cluster);
  const services: Target = { type: SERVICE, copies: copies.services };
  const sets: Target = { type: STATEFUL_SET, copies: copies.statefulSets };
  /** Applies, lets the copies follow, and says what was written. */
  const apply = async (object: KubernetesObject): Promise<readonly string[]> => {
    const before = connection.writes.length;
    const target = object.kind === 'Service' ? services : sets;
    await applier.apply(target, object, CLAIMANT);
    await time.settle();
    return connection.writes.slice(before);
  };
  const edit = async (
    type: typeof SERVICE,
    change: (object: KubernetesObject) => KubernetesObject,
  ): Promise<void> => {
    server.update(type, 'data', 'bank', change);
    await time.settle();
  };
  return { time, server, connection, cluster, applier, services, sets, apply, edit };
}
const APPLIED = ['apply Service data/bank'];
const SET_APPLIED = ['apply StatefulSet data/bank'];
const withMetadata =
  (more: object) =>
  (object: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...object.metadata, ...more },
  });

describe('nothing is applied twice', () => {
  test('while the object is as it was left', async () => {
    const { apply } = await setUp();
    expect(await apply(service())).toEqual(APPLIED);
    expect(await apply(service())).toEqual([]);
    expect(await apply(service({ a: 1 }))).toEqual([]);
  });

  test('whatever the API server has filled in', async () => {
    const { apply, server } = await setUp();
    server.defaults = (object) => ({
      ...object,
      spec: { clusterIP: 'x', ...(object['spec'] as object) },
    });
    await apply(service());
    expect(server.find(SERVICE, 'data', 'bank')?.['spec']).toEqual({ a: 1, clusterIP: 'x' });
    expect(await apply(service())).toEqual([]);
  });

  test('while the copy has yet to follow', async () => {
    const { apply, server } = await setUp();
    await apply(service());
    server.holdWatches();
    expect(await apply(service({ a: 2 }))).toEqual(APPLIED);
    expect(await apply(service({ a: 2 }))).toEqual([]);
    server.releaseWatches();
    expect(await apply(service({ a: 2 }))).toEqual([]);
  });

  test('because a status changes, which is others’ business', async () => {
    const { apply, edit } = await setUp();
    await apply(set());
    await edit(STATEFUL_SET, (object) => ({ ...object, status: { replicas: 1 } }));
    expect(await apply(set())).toEqual([]);
  });

  test('but once after a start, which changes nothing where nothing differs', async () => {
    const { server, apply, services, cluster, connection } = await setUp();
    await apply(service());
    const { version } = server;
    await new Applier(cluster).apply(services, service(), CLAIMANT);
    expect(connection.writes).toEqual([...APPLIED, ...APPLIED]);
    expect(server.version).toBe(version);
  });
});

describe('an object is applied again', () => {
  test('when something else is wanted, and what is wanted no more goes', async () => {
    const { apply, server } = await setUp();
    await apply(service({ a: 1, b: 1 }));
    expect(await apply(service({ a: 2 }))).toEqual(APPLIED);
    expect(server.find(SERVICE, 'data', 'bank')?.['spec']).toEqual({ a: 2 });
  });

  test.each<[string, (object: KubernetesObject) => KubernetesObject]>([
    ['spec', (object) => ({ ...object, spec: { a: 'mine' } })],
    ['labels', withMetadata({ labels: { ...OURS, 'ecp.dev/data-server': 'mine' } })],
    ['annotations', withMetadata({ annotations: {} })],
  ])('after somebody has changed its %s', async (_what, change) => {
    for (const [type, object, applied] of [
      [SERVICE, service(), APPLIED],
      [STATEFUL_SET, set(), SET_APPLIED],
    ] as const) {
      const { apply, server, edit } = await setUp();
      await apply(object);
      await edit(type, change);
      expect(await apply(object)).toEqual(applied);
      expect(server.find(type, 'data', 'bank')).toMatchObject({
        spec: object['spec'],
        metadata: { annotations: object.metadata.annotations },
      });
      expect(await apply(object)).toEqual([]);
    }
  });

  test('never after somebody has taken its owner away: it is a stranger’s then', async () => {
    const { apply, edit } = await setUp();
    await apply(set());
    await edit(STATEFUL_SET, withMetadata({ ownerReferences: [] }));
    await expect(apply(set())).rejects.toThrow(StrangerError);
  });

  test('after somebody has removed it', async () => {
    const { apply, server, time } = await setUp();
    await apply(service());
    server.remove(SERVICE, 'data', 'bank');
    await time.settle();
    expect(await apply(service())).toEqual(APPLIED);
  });

  test('after somebody has made it anew in another way', async () => {
    const { apply, server, time } = await setUp();
    await apply(set());
    server.remove(STATEFUL_SET, 'data', 'bank');
    server.create(STATEFUL_SET, set({ a: 'mine' }));
    await time.settle();
    expect(await apply(set())).toEqual(SET_APPLIED);
    expect(server.find(STATEFUL_SET, 'data', 'bank')?.['spec']).toEqual({ a: 1 });
  });

  test('after it failed', async () => {
    const { apply, connection } = await setUp();
    await apply(service());
    connection.before = () => {
      throw new ApiError(503, '', 'not now');
    };
    await expect(apply(service({ a: 2 }))).rejects.toThrow('not now');
    connection.before = undefined;
    expect(await apply(service({ a: 2 }))).toEqual(APPLIED);
  });

  test('of what is forgotten', async () => {
    const { apply, applier } = await setUp();
    await apply(service());
    applier.forget('data', ['other']);
    applier.forget('elsewhere', ['bank']);
    expect(await apply(service())).toEqual([]);
    applier.forget('data', ['bank']);
    expect(await apply(service())).toEqual(APPLIED);
  });
});

describe('K16: nothing is applied over what is not ours', () => {
  test('a stranger’s object, whether it wears our label or not', async () => {
    for (const labels of [OURS, {}]) {
      const { apply, server, time } = await setUp();
      const theirs = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'bank', namespace: 'data', labels },
      };
      server.create(SERVICE, theirs);
      await time.settle();
      await expect(apply(service())).rejects.toThrow(StrangerError);
      await expect(apply(service())).rejects.toThrow(
        'Service bank is there already and belongs to nobody of ours',
      );
      expect(server.find(SERVICE, 'data', 'bank')).not.toHaveProperty('spec');
    }
  });

  test('another operator’s', async () => {
    const { apply, server, time } = await setUp();
    server.create(SERVICE, service({ a: 'theirs' }, { manager: 'ecp/two' }));
    await time.settle();
    await expect(apply(service())).rejects.toThrow(ManagedByOtherError);
    await expect(apply(service())).rejects.toThrow('ecp/two');
    expect(server.find(SERVICE, 'data', 'bank')?.['spec']).toEqual({ a: 'theirs' });
  });

  test('a former resource’s, until it is collected', async () => {
    const { apply, server, time } = await setUp();
    server.create(SERVICE, service({ a: 'former' }, { uid: 'u0' }));
    await time.settle();
    await expect(apply(service())).rejects.toThrow(FormerObjectError);
    server.remove(SERVICE, 'data', 'bank');
    await time.settle();
    expect(await apply(service())).toEqual(APPLIED);
  });
});

describe('an object is removed', () => {
  test('when it is ours: this incarnation alone', async () => {
    const { apply, applier, server, services, connection, time } = await setUp();
    await apply(service());
    await applier.remove(services, 'data/bank', CLAIMANT);
    expect(server.find(SERVICE, 'data', 'bank')).toBeUndefined();
    await time.settle();
    await applier.remove(services, 'data/bank', CLAIMANT);
    expect(connection.writes).toEqual([...APPLIED, 'delete Service data/bank']);
    expect(await apply(service())).toEqual(APPLIED);
  });

  test('never when it has another UID than the copy says', async () => {
    const { apply, applier, server, services } = await setUp();
    await apply(service());
    server.holdWatches();
    server.remove(SERVICE, 'data', 'bank');
    server.create(SERVICE, service({ a: 'another' }, { uid: 'u2' }));
    await expect(applier.remove(services, 'data/bank', CLAIMANT)).rejects.toMatchObject({
      status: 409,
    });
    expect(server.find(SERVICE, 'data', 'bank')).toBeDefined();
  });

  test.each<[string, KubernetesObject]>([
    ['another operator’s', service({}, { manager: 'ecp/two' })],
    ['a former resource’s', service({}, { uid: 'u0' })],
  ])('never when it is %s', async (_whose, object) => {
    const { applier, server, services, connection, time } = await setUp();
    server.create(SERVICE, object);
    await time.settle();
    await applier.remove(services, 'data/bank', CLAIMANT);
    expect(connection.writes).toEqual([]);
  });
});
