import { describe, expect, test } from '@jest/globals';
import { workloadsOf } from '../../test/support/pod-objects.ts';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { configurationTextOf } from '../resources/config-map.ts';
import type { Workload } from '../resources/workload.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { Applier, FormerObjectError, ManagedByOtherError, StrangerError } from './applier.ts';
import { ConfigurationStore } from './configuration-store.ts';
import { CONFIG_MAP } from './resource-types.ts';
import { openClient } from './testing/memory-client.ts';

const UID = 'uid-of-EcpDataServer-bank';
const CLAIMANT = { uid: UID, kind: 'EcpDataServer', name: 'bank', manager: 'ecp-system/test' };
const NOTHING_KNOWN: Parameters<ConfigurationStore['store']>[2] = { revisionMin: 0, inForce: [] };

/** A data server whose orderly stop takes so long: something to change. */
function bank(drainSeconds: number): Workload {
  const [workload] = workloadsOf([
    JSON.stringify({
      apiVersion: 'ecp.dev/v1alpha1',
      kind: 'EcpDataServer',
      metadata: { name: 'bank', namespace: 'data' },
      spec: { drainSeconds },
    }),
  ]);
  if (workload === undefined) throw new Error('one was expected');
  return workload;
}
const [ONE, TWO, THREE] = [bank(1), bank(2), bank(3)];

async function setUp() {
  const time = new VirtualTime();
  const { server, connection, cluster, copies } = openClient(time.clock());
  await time.settle();
  const applier = new Applier(cluster);
  const target = { type: CONFIG_MAP, copies: copies.configMaps };
  const open = () => new ConfigurationStore(cluster, applier, target);
  const store = open();
  const put = async (workload: Workload, known = NOTHING_KNOWN, into = store) => {
    const stored = await into.store(workload, CLAIMANT, known);
    await time.settle();
    return stored;
  };
  const find = () => server.find(CONFIG_MAP, 'data', 'bank-config');
  const textThere = () => configurationTextOf(find() as KubernetesObject);
  return { time, server, connection, store, open, put, find, textThere };
}
const CREATED = 'create ConfigMap data/bank-config';
const REPLACED = 'replace ConfigMap data/bank-config';

describe('K5: a configuration', () => {
  test('is stored with a revision, and is what was stored: text and digest', async () => {
    const { put, store, textThere, connection } = await setUp();
    expect(store.stored(ONE)).toBeUndefined();
    const stored = await put(ONE);
    expect(connection.writes).toEqual([CREATED]);
    expect(stored.revision).toBe(1);
    expect(stored.text).toBe(textThere());
    expect(stored.hash).toBe(`sha256:${ONE.settings.sha256(stored.text)}`);
    expect(store.stored(ONE)).toEqual(stored);
  });

  test('is written once while nothing changes', async () => {
    const { put, connection, find } = await setUp();
    const first = await put(ONE);
    expect(await put(ONE)).toEqual(first);
    expect(connection.writes).toEqual([CREATED]);
    expect((await put(TWO)).revision).toBe(2);
    expect(connection.writes).toEqual([CREATED, REPLACED]);
    expect(find()?.metadata.labels).toMatchObject({ 'ecp.dev/data-server': 'bank' });
  });

  test('is not written again by an operator that starts', async () => {
    const { put, open, connection } = await setUp();
    await put(ONE);
    expect((await put(ONE, NOTHING_KNOWN, open())).revision).toBe(1);
    expect(connection.writes).toEqual([CREATED]);
  });

  test('counts on from what was known, after the ConfigMap was lost', async () => {
    const { put, server, time } = await setUp();
    await put(ONE);
    server.remove(CONFIG_MAP, 'data', 'bank-config');
    await time.settle();
    const inForce = [{ revision: 12, hash: 'sha256:x' }];
    expect((await put(ONE, { revisionMin: 9, inForce })).revision).toBe(13);
  });

  test('that a hand has changed is put right, with a revision of its own', async () => {
    const { put, server, time, textThere } = await setUp();
    const { text } = await put(ONE);
    const edited = text.replace('"drainSeconds": 1', '"drainSeconds": 99');
    server.update(CONFIG_MAP, 'data', 'bank-config', (object) => ({
      ...object,
      data: { 'configuration.json': edited },
    }));
    await time.settle();
    const stored = await put(ONE);
    expect(stored.revision).toBe(2);
    expect(textThere()).toBe(stored.text);
    expect(stored.text).toMatch(/"drainSeconds": 1\b/);
  });
});

describe('K5: compare and swap', () => {
  test('an operator that has seen less puts back nothing', async () => {
    const { put, open, server, textThere, time } = await setUp();
    await put(ONE);
    // The other has the first in its copy, and does not learn of the second.
    const late = open();
    server.holdWatches();
    const second = await put(TWO);
    const again = late.store(THREE, CLAIMANT, { revisionMin: 5, inForce: [] });
    await expect(again).rejects.toMatchObject({ isConflict: true });
    expect(textThere()).toBe(second.text);
    server.releaseWatches();
    await time.settle();
    expect((await put(THREE, NOTHING_KNOWN, late)).revision).toBe(3);
  });

  test('two that begin at once: one of them creates it', async () => {
    const { open, server, textThere } = await setUp();
    server.holdWatches();
    const [one, other] = [open(), open()];
    const results = await Promise.allSettled([
      one.store(ONE, CLAIMANT, NOTHING_KNOWN),
      other.store(TWO, CLAIMANT, NOTHING_KNOWN),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [won] = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    expect(textThere()).toBe(won?.text);
  });

  test('a write that failed is no memory', async () => {
    const { put, connection, store } = await setUp();
    const first = await put(ONE);
    connection.before = () => {
      throw new ApiError(503, '', 'not now');
    };
    await expect(put(TWO)).rejects.toThrow('not now');
    expect(store.stored(TWO)).toEqual(first);
    connection.before = undefined;
    expect((await put(TWO)).revision).toBe(2);
  });
});

describe('while the copy is behind its own write', () => {
  test('the write counts: neither made again nor forgotten', async () => {
    const { put, store, server, connection, time } = await setUp();
    server.holdWatches();
    const first = await put(ONE);
    expect(store.stored(ONE)).toEqual(first);
    expect(await put(ONE)).toEqual(first);
    expect(connection.writes).toEqual([CREATED]);
    const second = await put(TWO);
    expect(second.revision).toBe(2);
    expect(store.stored(TWO)).toEqual(second);
    server.releaseWatches();
    await time.settle();
    expect(await put(TWO)).toEqual(second);
    expect(connection.writes).toEqual([CREATED, REPLACED]);
  });

  test('what others wrote afterwards counts more, once the copy has it', async () => {
    const { put, open, server, time } = await setUp();
    await put(ONE);
    server.holdWatches();
    await put(TWO);
    server.releaseWatches();
    await time.settle();
    const third = await put(THREE, NOTHING_KNOWN, open());
    expect((await put(THREE)).text).toBe(third.text);
  });

  test('what is forgotten is read from the copy alone', async () => {
    const { put, store, server } = await setUp();
    const first = await put(ONE);
    server.holdWatches();
    await put(TWO);
    store.forget('data/bank-config');
    expect(store.stored(TWO)).toEqual(first);
  });

  test('a ConfigMap that was removed meanwhile is made anew', async () => {
    const { put, server, time, textThere } = await setUp();
    server.holdWatches();
    await put(ONE);
    server.remove(CONFIG_MAP, 'data', 'bank-config');
    server.releaseWatches();
    await time.settle();
    const stored = await put(ONE, { revisionMin: 1, inForce: [] });
    expect(stored.revision).toBe(2);
    expect(textThere()).toBe(stored.text);
  });
});

describe('K16: what is not ours is left alone', () => {
  const OWNER = { apiVersion: 'ecp.dev/v1alpha1', kind: 'EcpDataServer', name: 'bank' };
  const OURS = { 'app.kubernetes.io/managed-by': 'ecp-operator' };
  const theirs = (metadata: object): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'bank-config', namespace: 'data', labels: OURS, ...metadata },
    data: { 'configuration.json': '{"revision": 3}' },
  });
  const owned = (uid: string, manager: string) =>
    theirs({
      ownerReferences: [{ ...OWNER, uid, controller: true }],
      annotations: { 'ecp.dev/manager': manager },
    });

  test.each<[string, KubernetesObject, new (message: string) => Error]>([
    ['a stranger’s, without our label', theirs({ labels: {} }), StrangerError],
    ['a stranger’s that wears our label', theirs({}), StrangerError],
    ['another operator’s', owned(UID, 'ecp/two'), ManagedByOtherError],
    ['a former resource’s', owned('gone', 'ecp-system/test'), FormerObjectError],
  ])('%s', async (_whose, object, error) => {
    const { put, server, time, find, connection } = await setUp();
    server.create(CONFIG_MAP, object);
    await time.settle();
    await expect(put(ONE)).rejects.toThrow(error);
    expect(find()?.['data']).toEqual(object['data']);
    expect(connection.writes).toEqual([]);
  });
});
