/** The stand-in behaves as the API server does, in what tests of the operator rest on. */
import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../../test/support/virtual-time.ts';
import { Cluster } from '../../runtime/cluster.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';
import { CONFIG_MAP, NAMESPACE, POD, RESOURCES, SERVICE } from '../resource-types.ts';
import { MemoryApiServer } from './memory-api-server.ts';
import { MemoryConnection } from './memory-connection.ts';

const PLACE = { namespace: 'data', name: 'bank' };
const BANK = RESOURCES.EcpDataServer;

function object(more: object = {}, metadata: object = {}, kind = 'Service'): KubernetesObject {
  const apiVersion = kind === 'EcpDataServer' ? 'ecp.dev/v1alpha1' : 'v1';
  return { apiVersion, kind, metadata: { ...PLACE, ...metadata }, ...more };
}
const condition = (type: string, status = 'True') => ({ type, status });

function setUp() {
  const clock = new VirtualTime().clock();
  const server = new MemoryApiServer(clock);
  const connection = new MemoryConnection(server, clock);
  const one = new Cluster(connection, 'one');
  const two = new Cluster(connection, 'two');
  const find = () => server.find(SERVICE, 'data', 'bank');
  return { clock, server, connection, one, two, find };
}

describe('create and replace', () => {
  test('give a UID and a version; a name is taken once', async () => {
    const { one } = setUp();
    const made = await one.create(SERVICE, object());
    expect(made.metadata).toMatchObject({ uid: 'uid-1', resourceVersion: '1' });
    const again = one.create(SERVICE, object());
    await expect(again).rejects.toMatchObject({ status: 409, reason: 'AlreadyExists' });
  });

  test('compare and swap', async () => {
    const { one } = setUp();
    const made = await one.create(CONFIG_MAP, object({ data: { a: '1' } }));
    await one.replace(CONFIG_MAP, { ...made, data: { a: '2' } });
    const late = one.replace(CONFIG_MAP, { ...made, data: { a: '3' } });
    await expect(late).rejects.toMatchObject({ status: 409, isConflict: true });
    expect(await one.get(CONFIG_MAP, 'data', 'bank')).toMatchObject({ data: { a: '2' } });
  });

  test('of what is not there is none', async () => {
    const { one } = setUp();
    await expect(one.replace(SERVICE, object())).rejects.toMatchObject({ status: 404 });
    expect(await one.get(SERVICE, 'data', 'bank')).toBeUndefined();
    await expect(one.mergePatch(SERVICE, 'data', 'bank', {})).rejects.toMatchObject({
      status: 404,
    });
    await one.delete(SERVICE, 'data', 'bank');
  });
});

describe('server-side apply', () => {
  test('takes away what its manager gives no more, and leaves what others gave', async () => {
    const { one, two, find } = setUp();
    await one.apply(SERVICE, object({ spec: { a: 1, b: { c: 1, d: 1 } } }));
    await two.apply(SERVICE, object({ spec: { b: { d: 2, e: 2 } } }));
    await one.apply(SERVICE, object({ spec: { b: { c: 3 } } }));
    expect(find()?.['spec']).toEqual({ b: { c: 3, d: 2, e: 2 } });
    await one.apply(SERVICE, object({ spec: {} }));
    expect(find()?.['spec']).toEqual({ b: { d: 2, e: 2 } });
  });

  test('makes no version when it changes nothing', async () => {
    const { server, one } = setUp();
    await one.apply(SERVICE, object({ spec: { a: 1 } }));
    server.update(SERVICE, 'data', 'bank', (now) => ({ ...now, spec: { a: 1, filledIn: true } }));
    const version = server.version;
    await one.apply(SERVICE, object({ spec: { a: 1 } }));
    expect(server.version).toBe(version);
    await one.apply(SERVICE, object({ spec: { a: 2 } }));
    expect(server.version).toBe(version + 1);
  });

  test('replaces lists, but for conditions, which go by type', async () => {
    const { one, two, server } = setUp();
    server.create(BANK, object({}, {}, 'EcpDataServer'));
    const write = (cluster: Cluster, conditions: object[], list: number[]) =>
      cluster.applyStatus(BANK, object({ status: { conditions, list } }, {}, 'EcpDataServer'));
    await write(one, [condition('Ready'), condition('Paused')], [1, 2]);
    await write(two, [condition('Seen')], [1, 2]);
    await write(one, [condition('Ready', 'False')], [3]);
    expect(server.find(BANK, 'data', 'bank')?.['status']).toEqual({
      conditions: [condition('Ready', 'False'), condition('Seen')],
      list: [3],
    });
  });

  test('of an object and of its status are apart', async () => {
    const { one, server } = setUp();
    const missing = one.applyStatus(BANK, object({ status: {} }, {}, 'EcpDataServer'));
    await expect(missing).rejects.toMatchObject({ status: 404 });
    await one.apply(BANK, object({ spec: { a: 1 }, status: { s: 1 } }, {}, 'EcpDataServer'));
    expect(server.find(BANK, 'data', 'bank')).not.toHaveProperty('status');
    await one.applyStatus(BANK, object({ spec: { a: 2 }, status: { s: 2 } }, {}, 'EcpDataServer'));
    await one.apply(BANK, object({ spec: { a: 3 } }, {}, 'EcpDataServer'));
    expect(server.find(BANK, 'data', 'bank')).toMatchObject({
      spec: { a: 3 },
      status: { s: 2 },
      metadata: { generation: 2 },
    });
  });

  test('of another incarnation is a conflict', async () => {
    const { one } = setUp();
    await expect(one.apply(SERVICE, object({}, { uid: 'gone' }))).rejects.toMatchObject({
      status: 409,
    });
    await one.apply(SERVICE, object());
    await expect(one.apply(SERVICE, object({}, { uid: 'gone' }))).rejects.toMatchObject({
      status: 409,
    });
  });

  test('is refused where the object is not acceptable', async () => {
    const { one, server, find } = setUp();
    server.refuse = ({ kind }) => (kind === 'Service' ? 'spec.type: no' : undefined);
    await expect(one.apply(SERVICE, object())).rejects.toMatchObject({
      status: 422,
      message: 'spec.type: no',
    });
    expect(find()).toBeUndefined();
  });
});

describe('other verbs', () => {
  test('a merge patch takes away what is null', async () => {
    const { one, find } = setUp();
    await one.create(SERVICE, object({ spec: { a: 1, b: { c: 1, d: 1 }, list: [1] } }));
    await one.mergePatch(SERVICE, 'data', 'bank', { spec: { a: null, b: { c: 2 }, list: [2] } });
    expect(find()?.['spec']).toEqual({ b: { c: 2, d: 1 }, list: [2] });
  });

  test('a delete is of one incarnation, where it says so; a pod leaves in its time', async () => {
    const { one, server, find } = setUp();
    await one.create(SERVICE, object());
    const other = one.delete(SERVICE, 'data', 'bank', { uid: 'gone' });
    await expect(other).rejects.toMatchObject({ status: 409 });
    await one.delete(SERVICE, 'data', 'bank', { uid: 'uid-1' });
    expect(find()).toBeUndefined();
    await one.create(POD, object({ spec: { terminationGracePeriodSeconds: 150 } }, {}, 'Pod'));
    await one.delete(POD, 'data', 'bank');
    expect(server.get(POD, 'data', 'bank').metadata.deletionTimestamp).toBe('1970-01-01T00:02:30Z');
    server.remove(POD, 'data', 'bank');
    expect(server.find(POD, 'data', 'bank')).toBeUndefined();
  });

  test('a list is of a namespace or of all, by labels', async () => {
    const { one, server } = setUp();
    await one.create(SERVICE, object({}, { labels: { app: 'a' } }));
    await one.create(SERVICE, object({}, { namespace: 'branch' }));
    server.create(NAMESPACE, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data' } });
    const names = async (more: object) => {
      const { signal } = new AbortController();
      const { items } = await one.list({ type: SERVICE, ...more }, { limit: 500, signal });
      return items.map(({ metadata }) => metadata.namespace);
    };
    expect(await names({})).toEqual(['data', 'branch']);
    expect(await names({ namespace: 'branch' })).toEqual(['branch']);
    expect(await names({ labelSelector: 'app=a' })).toEqual(['data']);
    expect(await one.get(NAMESPACE, undefined, 'data')).toMatchObject({ kind: 'Namespace' });
  });

  test('what would change something is noted, and can be answered otherwise', async () => {
    const { one, connection } = setUp();
    await one.apply(SERVICE, object());
    await one.get(SERVICE, 'data', 'bank');
    expect(connection.writes).toEqual(['apply Service data/bank']);
    expect(connection.reads).toEqual(['get Service data/bank']);
    connection.before = (name) => {
      throw new Error(name);
    };
    await expect(one.apply(SERVICE, object())).rejects.toThrow('apply Service data/bank');
  });
});

describe('a watch', () => {
  test('tells what comes, changes and goes, as far as its labels say', () => {
    const { server } = setUp();
    const selection = { type: SERVICE, namespace: 'data', labelSelector: 'app=a' };
    const labelled = (labels: Record<string, string>) => () => object({}, { labels });
    server.create(SERVICE, object({}, { labels: { app: 'a' } }));
    server.update(SERVICE, 'data', 'bank', labelled({ app: 'a', more: 'b' }));
    server.update(SERVICE, 'data', 'bank', labelled({ app: 'other' }));
    server.update(SERVICE, 'data', 'bank', labelled({ app: 'a' }));
    server.create(SERVICE, object({}, { namespace: 'branch', labels: { app: 'a' } }));
    server.remove(SERVICE, 'data', 'bank');
    const events = server.changesAfter(0, selection);
    expect(events.map(({ type }) => type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
      'ADDED',
      'DELETED',
    ]);
    const versions = events.map(({ object: { metadata } }) => metadata.resourceVersion);
    expect(versions).toEqual(['1', '2', '3', '4', '6']);
    expect(server.changesAfter(4, selection).map(({ type }) => type)).toEqual(['DELETED']);
  });

  test('tells nothing while it is held, and all of it afterwards', async () => {
    const { server, connection } = setUp();
    const stop = new AbortController();
    const lines = connection.lines('/api/v1/services?watch=true&resourceVersion=0', stop.signal);
    server.holdWatches();
    server.create(SERVICE, object());
    expect(server.changesAfter(0, { type: SERVICE })).toEqual([]);
    const line = lines.next();
    server.releaseWatches();
    expect(JSON.parse(String((await line).value))).toMatchObject({ type: 'ADDED' });
    const end = lines.next();
    stop.abort();
    await expect(end).rejects.toMatchObject({ status: 0 });
  });
});
