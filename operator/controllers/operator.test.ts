/** What makes an operator look at a resource again, and what does not. */
import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { conditionsIn } from '../api/conditions.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { CONFIG_MAP, POD, RESOURCES, SERVICE, STATEFUL_SET } from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';
import type { BenchOptions } from './testing/operator-bench.ts';

const BANK = RESOURCES.EcpDataServer;
const TELLER = RESOURCES.EcpAppServer;

const manifest = (kind: string, name: string, spec: object, metadata: object = {}): string =>
  JSON.stringify({
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name, namespace: 'data', ...metadata },
    spec,
  });
const bank = (spec: object = {}): string =>
  manifest('EcpDataServer', 'bank', {
    maxAppServers: 8,
    allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }],
    databases: [{ name: 'ACCOUNTS' }],
    ...spec,
  });
const teller = (spec: object = {}, metadata: object = {}): string =>
  manifest(
    'EcpAppServer',
    'teller',
    { replicas: 2, dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }], ...spec },
    metadata,
  );

/** A bank and its tellers, all of them ready. */
async function setUp(
  manifests: readonly string[] = [bank(), teller()],
  options: BenchOptions = {},
) {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  for (const each of manifests) memory.apply(each);
  const bench = new OperatorBench(memory, options);
  await time.run(bench.start());
  await time.pass(30_000);
  const { server } = memory;
  /** Reconciles that ended, whatever came of them. */
  const reconciles = (): number =>
    ['success', 'error', 'requeue', 'requeue_after']
      .map((result) => `controller_runtime_reconcile_total{controller="ecp",result="${result}"}`)
      .reduce((sum, series) => sum + (bench.metrics.value(series) ?? 0), 0);
  /** What is written while time passes. */
  const writesIn = async (ms: number): Promise<readonly string[]> => {
    const { length } = bench.connection.writes;
    await time.pass(ms);
    return bench.connection.writes.slice(length);
  };
  const find = (type: typeof BANK, name: string): KubernetesObject =>
    server.get(type, 'data', name);
  const condition = (type: typeof BANK, wanted: string): string | undefined => {
    const name = type === BANK ? 'bank' : 'teller';
    const found = conditionsIn(find(type, name)['status']).find((one) => one.type === wanted);
    return found === undefined ? undefined : `${found.status} ${found.reason}`;
  };
  return { time, memory, server, bench, reconciles, writesIn, find, condition };
}

test('a bank and its tellers become ready', async () => {
  const { condition, bench } = await setUp();
  expect(condition(BANK, 'Ready')).toBe('True Serving');
  expect(condition(TELLER, 'Ready')).toBe('True Serving');
  expect(bench.operator.isIdle).toBe(true);
});

describe('a resource is looked at again', () => {
  test('when its instances say something else, and so are those who use it', async () => {
    const { memory, time, reconciles, condition } = await setUp();
    const before = reconciles();
    memory.instances.said = (pod) => (pod === 'bank-0' ? { frozen: 'the disk is full' } : {});
    await time.pass(3000);
    // The bank and its tellers; the status that is written for it is no reason.
    expect(reconciles() - before).toBe(2);
    expect(condition(BANK, 'Degraded')).toBe('True Frozen');
    expect(condition(BANK, 'Ready')).toBe('False Frozen');
  });

  test('when those of who uses it say something, alone', async () => {
    const { memory, time, reconciles } = await setUp();
    const before = reconciles();
    memory.instances.said = (pod) => (pod === 'teller-0' ? { frozen: 'the disk is full' } : {});
    await time.pass(3000);
    expect(reconciles() - before).toBe(1);
  });

  test('when somebody changes its status', async () => {
    const { server, time, condition } = await setUp();
    server.update(BANK, 'data', 'bank', (object) => ({ ...object, status: {} }));
    await time.pass(100);
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });

  test.each([
    ['Service', SERVICE, 'bank'],
    ['headless Service', SERVICE, 'bank-pods'],
    ['ConfigMap', CONFIG_MAP, 'bank-config'],
    ['StatefulSet', STATEFUL_SET, 'bank'],
  ])('when somebody removes its %s', async (_what, type, name) => {
    const { server, time, find } = await setUp();
    const { uid } = find(type, name).metadata;
    server.delete(type, 'data', name);
    await time.pass(10_000);
    expect(find(type, name).metadata.uid).not.toBe(uid);
  });

  test('when somebody changes what was applied', async () => {
    const { server, time, find } = await setUp();
    const { spec } = find(STATEFUL_SET, 'teller');
    server.update(STATEFUL_SET, 'data', 'teller', (object) => ({
      ...object,
      spec: { ...(object['spec'] as object), replicas: 7 },
    }));
    await time.pass(10_000);
    expect(find(STATEFUL_SET, 'teller')['spec']).toEqual(spec);
    expect(server.list({ type: POD })).toHaveLength(3);
  });

  test('every ten minutes, whatever was said or missed', async () => {
    const { time, reconciles } = await setUp();
    const before = reconciles();
    await time.pass(560_000);
    expect(reconciles()).toBe(before);
    await time.pass(40_000);
    expect(reconciles() - before).toBe(2);
  });
});

describe('a resource is not looked at again', () => {
  test('for its own status', async () => {
    const { server, time, reconciles, condition } = await setUp();
    const before = reconciles();
    server.update(BANK, 'data', 'bank', (object) => ({
      ...object,
      metadata: { ...object.metadata, annotations: { 'ecp.dev/paused': 'true' } },
    }));
    await time.pass(5000);
    expect(condition(BANK, 'Paused')).toBe('True Annotated');
    // As changed, as surveyed, and its user; its status comes after.
    expect(reconciles() - before).toBeLessThanOrEqual(3);
    const later = reconciles();
    await time.pass(60_000);
    expect(reconciles()).toBe(later);
  });

  test('for what happens to others', async () => {
    const { memory, time, reconciles } = await setUp();
    memory.apply(manifest('EcpDataServer', 'other', {}));
    await time.pass(30_000);
    const before = reconciles();
    memory.instances.said = (pod) => (pod === 'other-0' ? { frozen: 'the disk is full' } : {});
    await time.pass(3000);
    expect(reconciles() - before).toBe(1);
  });
});

describe('allow-lists follow pods', () => {
  const admitted = (memory: MemoryCluster): (string | undefined)[] =>
    (memory.instances.configurationOf('bank-0')?.ecp.allowedIncoming ?? [])
      .flatMap(({ address }) => address ?? [])
      .toSorted();
  const addresses = ({ server }: MemoryCluster): (string | undefined)[] =>
    server
      .list({ type: POD })
      .filter(({ metadata }) => metadata.name.startsWith('teller-'))
      .flatMap(({ status }) => (status as { podIPs?: { ip: string }[] }).podIPs ?? [])
      .map(({ ip }) => ip)
      .toSorted();

  test('as they come and go: to four, and down to one', async () => {
    const { memory, time, condition } = await setUp();
    expect(admitted(memory)).toEqual(addresses(memory));
    memory.apply(teller({ replicas: 4 }));
    for (let i = 0; i < 100 && addresses(memory).length < 4; i++) await time.pass(100);
    await time.pass(1000);
    expect(admitted(memory)).toEqual(addresses(memory));
    expect(admitted(memory)).toHaveLength(4);
    await time.pass(10_000);
    memory.apply(teller({ replicas: 1 }));
    await time.pass(1000);
    // On their way out, and admitted while they are.
    expect(admitted(memory)).toHaveLength(4);
    await time.pass(10_000);
    expect(admitted(memory)).toEqual(addresses(memory));
    expect(admitted(memory)).toHaveLength(1);
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
  });

  test('K1: down to nobody, which is not everybody', async () => {
    const { memory, time } = await setUp();
    memory.apply(teller({ replicas: 0 }));
    await time.pass(10_000);
    expect(memory.instances.configurationOf('bank-0')?.ecp).toMatchObject({
      incomingPolicy: 'Listed',
      allowedIncoming: [],
    });
  });

  test('when a pod is replaced', async () => {
    const { memory, server, time } = await setUp();
    server.delete(POD, 'data', 'teller-0');
    await time.pass(10_000);
    expect(admitted(memory)).toEqual(addresses(memory));
    expect(admitted(memory)).toHaveLength(2);
  });

  test('K5: the ConfigMap has what the instance has, for its next start', async () => {
    const { memory, server, time, find } = await setUp();
    memory.apply(teller({ replicas: 3 }));
    await time.pass(10_000);
    const text = (find(CONFIG_MAP, 'bank-config')['data'] as Record<string, string>)[
      'configuration.json'
    ];
    const stored = JSON.parse(text ?? '') as { readonly revision: number };
    expect(stored.revision).toBe(memory.instances.configurationOf('bank-0')?.revision);
    server.delete(POD, 'data', 'bank-0');
    await time.pass(10_000);
    expect(memory.instances.configurationOf('bank-0')?.revision).toBe(stored.revision);
    expect(memory.instances.offered.filter((pod) => pod !== 'bank-0')).toEqual([]);
  });
});

describe('a resource that is deleted', () => {
  const series = `ecp_resource_ready{kind="EcpAppServer",namespace="data",name="teller",state="True"}`;

  test('is forgotten: its metric, its places, and what it was asked for', async () => {
    const { server, time, bench, writesIn, memory, find } = await setUp();
    expect(bench.metrics.value(series)).toBe(1);
    server.delete(TELLER, 'data', 'teller');
    await time.pass(10_000);
    expect(bench.metrics.value(series)).toBeUndefined();
    expect(server.list({ type: POD }).map(({ metadata }) => metadata.name)).toEqual(['bank-0']);
    expect(memory.instances.configurationOf('bank-0')?.ecp.allowedIncoming).toEqual([]);
    expect(find(BANK, 'bank')['status']).toMatchObject({
      connections: { summary: '0/8', requested: 0 },
    });
    expect(await writesIn(60_000)).toEqual([]);
  });

  test('is told to those who use it', async () => {
    const { server, time, condition } = await setUp();
    server.delete(BANK, 'data', 'bank');
    await time.pass(10_000);
    expect(condition(TELLER, 'ReferencesResolved')).toBe('False DataServerNotFound');
    // Pods run all the same (K14).
    expect(server.list({ type: POD })).toHaveLength(2);
  });

  test('is left alone while something holds it', async () => {
    const { server, writesIn } = await setUp([teller()]);
    server.update(TELLER, 'data', 'teller', (object) => ({
      ...object,
      metadata: { ...object.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }));
    server.remove(STATEFUL_SET, 'data', 'teller');
    expect(await writesIn(60_000)).toEqual([]);
  });

  test('and made anew has its own objects, once the former ones are gone', async () => {
    const { memory, server, time, condition, find } = await setUp();
    const former = find(STATEFUL_SET, 'teller').metadata.uid;
    server.delete(TELLER, 'data', 'teller');
    memory.apply(teller({ replicas: 3 }));
    await time.pass(30_000);
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    expect(find(STATEFUL_SET, 'teller').metadata.uid).not.toBe(former);
    const [owner] = find(CONFIG_MAP, 'teller-config').metadata.ownerReferences ?? [];
    expect(owner?.uid).toBe(find(TELLER, 'teller').metadata.uid);
  });
});

describe('K16: of two operators', () => {
  test('the second leaves everything alone, and says whose it is', async () => {
    const { memory, time, bench, writesIn } = await setUp();
    const second = new OperatorBench(memory, {
      settings: {
        manager: 'elsewhere/two',
        namespace: 'elsewhere',
        serverImage: 'r/ecp-server:9.9.9',
      },
    });
    await time.run(second.start());
    await time.pass(60_000);
    expect(second.connection.writes.filter((name) => !name.includes(' Event '))).toEqual([]);
    expect(bench.events('bank')).toContain('ManagedByOther');
    expect(await writesIn(60_000)).toEqual([]);
    memory.apply(teller({ replicas: 3 }));
    await time.pass(30_000);
    expect(second.connection.writes.filter((name) => !name.includes(' Event '))).toEqual([]);
  });

  test('each looks after its namespaces', async () => {
    const manifests = [
      bank(),
      teller(),
      manifest('EcpAppServer', 'far', {}, { namespace: 'branch' }),
    ];
    const { server } = await setUp(manifests, { namespaces: ['data'] });
    expect(server.find(STATEFUL_SET, 'data', 'teller')).toBeDefined();
    expect(server.find(STATEFUL_SET, 'branch', 'far')).toBeUndefined();
    expect(server.find(TELLER, 'branch', 'far')).not.toHaveProperty('status');
  });
});

describe('an operator that is not at work', () => {
  test('writes nothing before its start', async () => {
    const time = new VirtualTime();
    const memory = new MemoryCluster(time.clock());
    const bench = new OperatorBench(memory);
    for (const copies of Object.values(bench.copies.resources)) copies.start();
    memory.apply(bank());
    await time.pass(60_000);
    expect(bench.connection.writes).toEqual([]);
    expect(memory.instances.asked).toEqual([]);
  });

  test('writes and asks nothing after its stop', async () => {
    const { bench, memory, time, writesIn } = await setUp();
    await bench.stop();
    const { length } = memory.instances.asked;
    memory.apply(teller({ replicas: 5 }));
    expect(await writesIn(1_200_000)).toEqual([]);
    expect(memory.instances.asked).toHaveLength(length);
    await time.settle();
  });
});
