/** What an operator makes of a resource, step by step, and of what goes wrong. */
import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { conditionsIn } from '../api/conditions.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { KubernetesObject, ResourceType } from '../runtime/kubernetes-object.ts';
import {
  BUDGET,
  CLAIM,
  CONFIG_MAP,
  NETWORK_POLICY,
  POD,
  RESOURCES,
  STATEFUL_SET,
} from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';

const BANK = RESOURCES.EcpDataServer;
const TELLER = RESOURCES.EcpAppServer;
const OLD_IMAGE = 'r/ecp-server:0.1.0';
const NEW_IMAGE = 'r/ecp-server:0.2.0';

const manifest = (kind: string, name: string, spec: object, annotations: object = {}): string =>
  JSON.stringify({
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name, namespace: 'data', annotations },
    spec,
  });
const bank = (spec: object = {}, annotations: object = {}): string =>
  manifest(
    'EcpDataServer',
    'bank',
    {
      maxAppServers: 8,
      allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }],
      databases: [{ name: 'ACCOUNTS' }],
      ...spec,
    },
    annotations,
  );
const teller = (spec: object = {}, annotations: object = {}): string =>
  manifest(
    'EcpAppServer',
    'teller',
    { replicas: 3, dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }], ...spec },
    annotations,
  );

async function setUp(...manifests: readonly string[]) {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  const bench = new OperatorBench(memory);
  const { server } = memory;
  const apply = async (text: string, ms = 30_000): Promise<void> => {
    memory.apply(text);
    await time.pass(ms);
  };
  for (const each of manifests) memory.apply(each);
  await time.run(bench.start());
  await time.pass(30_000);
  const find = (type: ResourceType, name: string): KubernetesObject =>
    server.get(type, 'data', name);
  const conditionOf = (type: ResourceType, wanted: string) =>
    conditionsIn(find(type, type === BANK ? 'bank' : 'teller')['status']).find(
      (one) => one.type === wanted,
    );
  const condition = (type: ResourceType, wanted: string): string | undefined => {
    const found = conditionOf(type, wanted);
    return found === undefined ? undefined : `${found.status} ${found.reason}`;
  };
  const message = (type: ResourceType, wanted: string): string =>
    conditionOf(type, wanted)?.message ?? '';
  /** Images of the pods, by name; those on their way out too. */
  const images = (): Record<string, string | undefined> =>
    Object.fromEntries(
      server.list({ type: POD }).map(({ metadata: { name }, spec }) => {
        const { containers } = spec as { containers: { image: string }[] };
        return [name, containers[0]?.image];
      }),
    );
  const pods = (): string[] => server.list({ type: POD }).map(({ metadata }) => metadata.name);
  const uids = (): (string | undefined)[] =>
    server.list({ type: POD }).map(({ metadata }) => metadata.uid);
  return { time, memory, server, bench, apply, find, condition, message, images, pods, uids };
}

const both = () => setUp(bank(), teller());

describe('K9: another image', () => {
  test('reaches data servers first, though app servers were edited first', async () => {
    const { apply, time, images, condition, message } = await both();
    await apply(teller({ image: NEW_IMAGE }), 100);
    expect(condition(TELLER, 'Progressing')).toBe('True DataServersFirst');
    expect(message(TELLER, 'Progressing')).toContain('upgrade the data server first');
    await time.pass(60_000);
    expect(images()['teller-2']).toBe(OLD_IMAGE);
    await apply(bank({ image: NEW_IMAGE }), 100);
    for (let i = 0; i < 600 && images()['teller-2'] !== NEW_IMAGE; i++) {
      await time.pass(100);
      // Nobody runs a newer one than the bank does.
      if (images()['bank-0'] !== NEW_IMAGE)
        expect(Object.values(images())).not.toContain(NEW_IMAGE);
    }
    await time.pass(60_000);
    expect(new Set(Object.values(images()))).toEqual(new Set([NEW_IMAGE]));
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    expect(condition(TELLER, 'Progressing')).toBe('False AsSpecified');
  });

  test('reaches nobody before the data server serves with it, though both were edited at once', async () => {
    const { memory, time, images, server } = await both();
    memory.apply(teller({ image: NEW_IMAGE }));
    memory.apply(bank({ image: NEW_IMAGE }));
    for (let i = 0; i < 6000 && images()['bank-0'] !== NEW_IMAGE; i++) {
      await time.pass(10);
      const leaving = server
        .list({ type: POD })
        .filter(
          ({ metadata: { name, deletionTimestamp } }) =>
            /^teller/.test(name) && deletionTimestamp !== undefined,
        );
      expect(leaving).toEqual([]);
    }
    expect(images()['bank-0']).toBe(NEW_IMAGE);
  });

  test('goes round data servers that use each other, one after another', async () => {
    const names = ['one', 'two', 'three'];
    const ring = (image: string): string[] =>
      names.map((name, i) => {
        const used = names[(i + 1) % names.length];
        const dataServers = [{ name: 'NEXT', dataServerRef: { name: used } }];
        return manifest('EcpDataServer', name, { incomingPolicy: 'Any', image, dataServers });
      });
    const { memory, time, images } = await setUp(...ring(OLD_IMAGE));
    for (const each of ring(NEW_IMAGE)) memory.apply(each);
    await time.pass(120_000);
    expect(images()).toEqual({ 'one-0': NEW_IMAGE, 'three-0': NEW_IMAGE, 'two-0': NEW_IMAGE });
  });

  test('is tried by the highest ordinal, and one pod at a time is away', async () => {
    const { memory, time, server, images } = await setUp(
      bank({ image: NEW_IMAGE }),
      teller({ image: OLD_IMAGE }),
    );
    memory.apply(teller({ image: NEW_IMAGE }));
    const order: string[] = [];
    for (let i = 0; i < 600 && order.length < 3; i++) {
      await time.pass(100);
      for (const [name, image] of Object.entries(images())) {
        if (name !== 'bank-0' && image === NEW_IMAGE && !order.includes(name)) order.push(name);
      }
      const leaving = server
        .list({ type: POD })
        .filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
      expect(leaving.length).toBeLessThanOrEqual(1);
    }
    expect(order).toEqual(['teller-2', 'teller-1', 'teller-0']);
  });

  test('that cannot be fetched goes to one pod alone; corrected, the rest follows by itself', async () => {
    const { memory, apply, images, condition, message, time } = await both();
    memory.kube.badImages.add('r/ecp-server:broken');
    await apply(teller({ image: 'r/ecp-server:broken' }), 60_000);
    expect(Object.values(images()).filter((image) => image === 'r/ecp-server:broken')).toHaveLength(
      1,
    );
    expect(condition(TELLER, 'Degraded')).toBe('True PodNotStarting');
    expect(message(TELLER, 'Degraded')).toContain(
      'pod teller-2: container instance: ImagePullBackOff',
    );
    await apply(teller({ image: OLD_IMAGE }), 60_000);
    await time.pass(30_000);
    expect(images()).toMatchObject({
      'teller-0': OLD_IMAGE,
      'teller-1': OLD_IMAGE,
      'teller-2': OLD_IMAGE,
    });
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
  });

  test('that left a stuck pod behind: what Kubernetes does not replace is deleted, that one alone', async () => {
    const { memory, apply, bench, condition } = await both();
    memory.kube.badImages.add('r/ecp-server:broken');
    await apply(teller({ image: 'r/ecp-server:broken' }), 5000);
    memory.kube.replacesPods = false;
    const deletes = (): string[] =>
      bench.connection.writes.filter((name) => name.startsWith('delete '));
    // Its controller has ten seconds to do it.
    await apply(teller({ image: OLD_IMAGE }), 3000);
    expect(deletes()).toEqual([]);
    await apply(bank(), 30_000);
    expect(deletes()).toEqual(['delete Pod data/teller-2']);
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
  });

  test('that the spec does not name is pinned, and a newer default is offered', async () => {
    const { memory, bench, time, images, condition, uids } = await both();
    const before = uids();
    await bench.stop();
    const next = new OperatorBench(memory, { settings: { serverImage: NEW_IMAGE } });
    await time.run(next.start());
    await time.pass(30_000);
    expect(new Set(Object.values(images()))).toEqual(new Set([OLD_IMAGE]));
    expect(uids()).toEqual(before);
    expect(condition(BANK, 'UpdateAvailable')).toBe('True NewerDefault');
    memory.apply(bank({ image: NEW_IMAGE }));
    await time.pass(30_000);
    expect(images()['bank-0']).toBe(NEW_IMAGE);
    expect(condition(BANK, 'UpdateAvailable')).toBeUndefined();
  });

  test('waits for a hand where the strategy is OnDelete, and is repaired by nobody', async () => {
    const onDelete = { updateStrategy: { type: 'OnDelete' } };
    const { server, apply, time, images, condition } = await setUp(bank(), teller(onDelete));
    await apply(teller({ ...onDelete, podTemplate: { metadata: { labels: { a: 'b' } } } }), 60_000);
    expect(condition(TELLER, 'Progressing')).toBe('True RollingOut');
    const { uid } = server.get(POD, 'data', 'teller-0').metadata;
    server.delete(POD, 'data', 'teller-1');
    await time.pass(30_000);
    expect(server.get(POD, 'data', 'teller-0').metadata.uid).toBe(uid);
    expect(server.get(POD, 'data', 'teller-1').metadata.labels?.['a']).toBe('b');
    expect(Object.keys(images())).toHaveLength(4);
  });
});

describe('a change of the configuration', () => {
  test('K5: is stored first, then offered, and restarts nobody', async () => {
    const { apply, find, memory, bench, uids, condition } = await both();
    const before = uids();
    const { length } = bench.connection.writes;
    await apply(bank({ maxAppServers: 9 }), 1000);
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(9);
    expect(uids()).toEqual(before);
    const [first] = bench.connection.writes.slice(length);
    expect(first).toBe('replace ConfigMap data/bank-config');
    expect(find(BANK, 'bank')['status']).toMatchObject({ connections: { limit: 9 } });
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });

  test('K5: that cannot be stored is offered to nobody', async () => {
    const { apply, memory, bench, time } = await both();
    bench.connection.before = (name) => {
      if (name.startsWith('replace ConfigMap')) throw new ApiError(500, '', 'etcd is away');
    };
    const { length } = memory.instances.offered;
    await apply(bank({ maxAppServers: 9 }), 10_000);
    expect(memory.instances.offered).toHaveLength(length);
    bench.connection.before = undefined;
    await time.pass(60_000);
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(9);
  });

  test('that an instance refuses is said with its words; the next one is taken', async () => {
    const { apply, memory, condition, message } = await both();
    memory.instances.refuse = () => 'ecp.maxAppServers: no';
    await apply(bank({ maxAppServers: 9 }));
    expect(condition(BANK, 'Degraded')).toBe('True ConfigurationRefused');
    expect(condition(BANK, 'ConfigurationApplied')).toBe('False Refused');
    expect(message(BANK, 'Ready')).toBe(
      'pod bank-0 refuses its configuration: ecp.maxAppServers: no',
    );
    memory.instances.refuse = undefined;
    await apply(bank({ maxAppServers: 10 }));
    expect(condition(BANK, 'Ready')).toBe('True Serving');
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(10);
  });

  test('K5: that an instance refused for a moment is offered again, without another change', async () => {
    const { apply, memory, condition, time } = await both();
    memory.instances.refuse = () => 'cannot be kept: no space left on device';
    await apply(bank({ allowedIncoming: [] }));
    expect(memory.instances.configurationOf('bank-0')?.ecp.allowedIncoming).not.toEqual([]);
    memory.instances.refuse = undefined;
    await time.pass(20_000);
    expect(memory.instances.configurationOf('bank-0')?.ecp.allowedIncoming).toEqual([]);
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });

  test('reaches an instance that did not answer, when it does', async () => {
    const { apply, memory, condition, time } = await both();
    memory.instances.silent.add('bank-0');
    await apply(bank({ maxAppServers: 9 }), 10_000);
    expect(condition(BANK, 'ConfigurationApplied')).toBe('False Pending');
    expect(condition(BANK, 'Ready')).toBe('False Pending');
    memory.instances.silent.clear();
    await time.pass(3000);
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(9);
    await time.pass(6000);
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });

  test('is put right where a hand changed the ConfigMap', async () => {
    const { server, time, find, memory } = await both();
    const before = memory.instances.configurationOf('bank-0');
    server.update(CONFIG_MAP, 'data', 'bank-config', (object) => ({
      ...object,
      data: { 'configuration.json': '{"name": "mine"}' },
    }));
    await time.pass(10_000);
    const text = (find(CONFIG_MAP, 'bank-config')['data'] as Record<string, string>)[
      'configuration.json'
    ];
    const { revision } = JSON.parse(text ?? '') as { readonly revision: number };
    expect(revision).toBeGreaterThan(before?.revision ?? Infinity);
    expect(memory.instances.configurationOf('bank-0')).toEqual({ ...before, revision });
  });
});

describe('K15: a resource that is paused', () => {
  const PAUSED = { 'ecp.dev/paused': 'true' };

  test('keeps its pods, and goes on following allow-lists', async () => {
    const { apply, pods, memory, condition } = await both();
    await apply(bank({ podTemplate: { metadata: { labels: { a: 'b' } } } }, PAUSED));
    expect(condition(BANK, 'Paused')).toBe('True Annotated');
    await apply(teller({ replicas: 4 }));
    expect(pods()).toHaveLength(5);
    const lists = memory.instances.configurationOf('bank-0')?.ecp.allowedIncoming ?? [];
    expect(lists.filter(({ address }) => address !== undefined)).toHaveLength(4);
  });

  test('K3: has a NetworkPolicy that follows its allow-list too', async () => {
    const { apply, find } = await both();
    const rules = (): string => JSON.stringify(find(NETWORK_POLICY, 'bank')['spec']);
    expect(rules()).toContain('teller');
    await apply(bank({ allowedIncoming: [{ name: 'dc', cidr: '10.8.0.0/16' }] }, PAUSED));
    expect(rules()).toContain('10.8.0.0/16');
    expect(rules()).not.toContain('teller');
  });

  test('takes up what was changed when the pause is over', async () => {
    const { apply, server, pods } = await both();
    await apply(teller({ replicas: 5 }, PAUSED));
    expect(pods()).toHaveLength(4);
    server.update(TELLER, 'data', 'teller', (object) => ({
      ...object,
      metadata: { ...object.metadata, annotations: {} },
    }));
    await apply(bank());
    expect(pods()).toHaveLength(6);
  });
});

describe('K7: volumes', () => {
  const STORED = { replicas: 2, storage: { data: { size: '10Gi' } } };
  const claimOf = (
    server: { get: (...place: [ResourceType, string, string]) => KubernetesObject },
    name: string,
  ) => server.get(CLAIM, 'data', name);

  test('of a former resource keep pods away, until it is said that they may be used', async () => {
    const { server, time, apply, condition, message, pods, find } = await setUp(
      bank(),
      teller(STORED),
    );
    const { uid } = find(TELLER, 'teller').metadata;
    server.delete(TELLER, 'data', 'teller');
    await time.pass(30_000);
    expect(claimOf(server, 'data-teller-0').metadata.annotations?.['ecp.dev/owner-uid']).toBe(uid);
    await apply(teller(STORED));
    expect(condition(TELLER, 'Ready')).toBe('False VolumesOfAnother');
    expect(message(TELLER, 'Degraded')).toContain(`ecp.dev/adopt-volumes=${uid ?? ''}`);
    expect(pods()).toEqual(['bank-0']);
    await apply(teller(STORED, { 'ecp.dev/adopt-volumes': uid }));
    expect(pods()).toEqual(['bank-0', 'teller-0', 'teller-1']);
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    const now = find(TELLER, 'teller').metadata.uid;
    expect(claimOf(server, 'data-teller-1').metadata.annotations?.['ecp.dev/owner-uid']).toBe(now);
  });

  test('grow, each of them, and pods are left alone', async () => {
    const { server, apply, uids, find } = await setUp(bank(), teller(STORED));
    const before = uids();
    await apply(teller({ ...STORED, storage: { data: { size: '20Gi' } } }));
    for (const name of ['data-teller-0', 'data-teller-1']) {
      expect(claimOf(server, name)['spec']).toMatchObject({
        resources: { requests: { storage: '20Gi' } },
      });
    }
    expect(uids()).toEqual(before);
    expect(find(TELLER, 'teller')['status']).toMatchObject({
      volumes: [
        { claimName: 'data-teller-0', requested: '20Gi', capacity: '20Gi' },
        { claimName: 'data-teller-1', requested: '20Gi', capacity: '20Gi' },
      ],
    });
  });

  test('are never deleted, nor made smaller', async () => {
    const { server, bench, apply, time } = await setUp(bank(), teller(STORED));
    await apply(teller({ ...STORED, replicas: 0 }));
    await apply(teller({ ...STORED, replicas: 0, storage: { data: { size: '5Gi' } } }));
    server.delete(TELLER, 'data', 'teller');
    await time.pass(60_000);
    expect(server.list({ type: CLAIM })).toHaveLength(3);
    expect(
      bench.connection.writes.filter((name) => name.startsWith('delete PersistentVolumeClaim')),
    ).toEqual([]);
    expect(bench.connection.writes.filter((name) => name.startsWith('patch Pers'))).toEqual([]);
  });
});

describe('K13: more than the data server takes', () => {
  test('is held back and said on both sides, before anybody is refused', async () => {
    const { pods, condition, apply } = await setUp(bank({ maxAppServers: 2 }), teller());
    expect(pods()).toEqual(['bank-0', 'teller-0', 'teller-1']);
    expect(condition(BANK, 'CapacityAvailable')).toBe('False MaxAppServersExceeded');
    expect(condition(TELLER, 'CapacityAvailable')).toBe('False MaxAppServersExceeded');
    expect(condition(TELLER, 'Ready')).toBe('False MaxAppServersExceeded');
    await apply(bank({ maxAppServers: 3 }));
    expect(pods()).toHaveLength(4);
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
  });
});

describe('K14: a data server that is not there', () => {
  test('keeps no pod from running, and is found when it comes', async () => {
    const { pods, condition, apply, find } = await setUp(teller());
    expect(pods()).toHaveLength(3);
    expect(condition(TELLER, 'ReferencesResolved')).toBe('False DataServerNotFound');
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    await apply(bank());
    expect(condition(TELLER, 'ReferencesResolved')).toBe('True Resolved');
    expect(find(TELLER, 'teller')['status']).toMatchObject({ connections: { summary: '3/3' } });
  });
});

describe('objects that are not always there', () => {
  test('K17: a disruption budget goes with the second replica', async () => {
    const { server, apply } = await both();
    expect(server.list({ type: BUDGET }).map(({ metadata }) => metadata.name)).toEqual(['teller']);
    await apply(teller({ replicas: 1 }));
    expect(server.list({ type: BUDGET })).toEqual([]);
  });

  test('K17: a NetworkPolicy goes with its mode; what it cannot say is a condition', async () => {
    const { server, apply, condition } = await both();
    expect(server.list({ type: NETWORK_POLICY })).toHaveLength(2);
    await apply(bank({ networkPolicy: { mode: 'None' } }));
    expect(server.list({ type: NETWORK_POLICY }).map(({ metadata }) => metadata.name)).toEqual([
      'teller',
    ]);
    await apply(bank({ allowedIncoming: [{ name: 'lab', host: 'lab.example.org' }] }));
    expect(condition(BANK, 'NetworkPolicyComplete')).toBe('False NotExpressible');
  });
});

describe('a spec that breaks a rule which only code can check', () => {
  const BROKEN = { namespaces: [{ name: 'USER', defaultDatabase: 'NOWHERE' }] };

  test('changes nothing of what runs, and is said with its field', async () => {
    const { apply, pods, condition, message } = await both();
    await apply(teller({ ...BROKEN, replicas: 9 }));
    expect(pods()).toHaveLength(4);
    expect(condition(TELLER, 'Ready')).toBe('False InvalidSpec');
    expect(message(TELLER, 'Degraded')).toContain('spec.namespaces[0].defaultDatabase');
    await apply(teller({ replicas: 1 }));
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    expect(pods()).toHaveLength(2);
  });

  test('from the beginning is said, and nothing runs', async () => {
    const { condition, server } = await setUp(bank(), teller(BROKEN));
    expect(condition(TELLER, 'Ready')).toBe('False InvalidSpec');
    expect(server.find(STATEFUL_SET, 'data', 'teller')).toBeUndefined();
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });
});

describe('a field of a newer definition', () => {
  test('is left out and said, and keeps nothing else from being done', async () => {
    const { apply, condition, message, pods } = await both();
    await apply(teller({ replicas: 4, timeTravel: { years: 3 } }));
    expect(condition(TELLER, 'Degraded')).toBe('True UnknownField');
    expect(message(TELLER, 'Degraded')).toContain('spec.timeTravel');
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
    expect(pods()).toHaveLength(5);
  });
});

describe('data servers with both roles', () => {
  const server = (name: string, other: string, more: object = {}): string =>
    manifest('EcpDataServer', name, {
      maxAppServers: 2,
      allowedIncoming: [{ name: 'other', appServers: { name: other } }],
      dataServers: [{ name: 'OTHER', dataServerRef: { name: other } }],
      ...more,
    });

  test('that use each other roll one after the other, and do not wait for each other for ever', async () => {
    const {
      memory,
      time,
      server: api,
      images,
    } = await setUp(server('one', 'two'), server('two', 'one'));
    memory.apply(server('one', 'two', { image: NEW_IMAGE }));
    memory.apply(server('two', 'one', { image: NEW_IMAGE }));
    await time.pass(60_000);
    expect(images()).toEqual({ 'one-0': NEW_IMAGE, 'two-0': NEW_IMAGE });
    for (const name of ['one', 'two']) {
      const status = api.get(BANK, 'data', name)['status'];
      expect(conditionsIn(status)[0]).toMatchObject({ type: 'Ready', status: 'True' });
    }
  });
});

describe('a step that fails', () => {
  test('keeps no other from being done: lists are followed while pods cannot be applied', async () => {
    const { bench, apply, memory, condition, message } = await both();
    bench.connection.before = (name) => {
      if (name === 'apply StatefulSet data/bank') throw new ApiError(422, 'Invalid', 'spec.x: no');
    };
    await apply(bank({ maxAppServers: 9, podTemplate: { metadata: { labels: { a: 'b' } } } }));
    expect(condition(BANK, 'Degraded')).toBe('True InvalidObject');
    expect(message(BANK, 'Degraded')).toBe('spec.x: no');
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(9);
  });

  test('for want of a right is said, and tried again until it is there', async () => {
    const { bench, apply, condition, time } = await both();
    bench.connection.before = (name) => {
      if (name.startsWith('apply Service')) throw new ApiError(403, 'Forbidden', 'no right');
    };
    await apply(bank({ service: { annotations: { a: 'b' } } }));
    expect(condition(BANK, 'Ready')).toBe('False Forbidden');
    bench.connection.before = undefined;
    await time.pass(60_000);
    expect(condition(BANK, 'Ready')).toBe('True Serving');
  });

  test('because somebody else wrote first is tried again, quietly', async () => {
    const { bench, apply, memory } = await both();
    let conflicts = 0;
    bench.connection.before = (name) => {
      if (!name.startsWith('replace ConfigMap') || ++conflicts > 3) return;
      throw new ApiError(409, 'Conflict', 'modified');
    };
    await apply(bank({ maxAppServers: 9 }));
    expect(conflicts).toBe(4);
    expect(memory.instances.configurationOf('bank-0')?.ecp.maxAppServers).toBe(9);
    expect(bench.log.messages('warn')).toEqual([]);
  });

  test('for a while is tried again until it is done, and said to nobody', async () => {
    const { bench, apply, time, find, condition } = await both();
    bench.connection.before = (name) => {
      if (name.startsWith('apply ')) throw new ApiError(503, '', 'not now');
    };
    await apply(teller({ replicas: 4 }), 10_000);
    expect(condition(TELLER, 'Degraded')).toBe('False AsSpecified');
    bench.connection.before = undefined;
    await time.pass(120_000);
    expect(find(STATEFUL_SET, 'teller')['spec']).toMatchObject({ replicas: 4 });
    expect(condition(TELLER, 'Ready')).toBe('True Serving');
  });

  test('because the name is in use is said with the field', async () => {
    const { apply, server, condition, message } = await both();
    const metadata = { name: 'desk', namespace: 'data' };
    server.create(STATEFUL_SET, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        replicas: 0,
        template: { metadata: {}, spec: {} },
        updateStrategy: { type: 'OnDelete' },
      },
    });
    await apply(manifest('EcpAppServer', 'desk', {}));
    const status = server.get(TELLER, 'data', 'desk')['status'];
    expect(conditionsIn(status)).toContainEqual(
      expect.objectContaining({ type: 'Degraded', reason: 'NameInUse' }),
    );
    expect(conditionsIn(status).find(({ type }) => type === 'Degraded')?.message).toMatch(
      /^metadata\.name: /,
    );
    expect([condition(TELLER, 'Ready'), message(TELLER, 'Degraded')]).toEqual([
      'True Serving',
      'nothing is wrong',
    ]);
  });
});

describe('K8: a pod whose node is lost', () => {
  test('is named with what frees it, and never forced', async () => {
    const { memory, server, time, condition, message, bench } = await both();
    memory.kube.lost.add(server.get(POD, 'data', 'bank-0').metadata.uid ?? '');
    server.delete(POD, 'data', 'bank-0');
    await time.pass(100_000);
    expect(condition(BANK, 'Degraded')).toBe('False AsSpecified');
    await time.pass(120_000);
    expect(condition(BANK, 'Degraded')).toBe('True NodeLost');
    expect(message(BANK, 'Degraded')).toContain('its node node-a does not answer');
    expect(bench.connection.writes.filter((name) => name.startsWith('delete '))).toEqual([]);
  });
});
