/** What the topology adds for Kubernetes: pods have names and addresses of their own, and rights may be missing. */
import { describe, expect, test } from '@jest/globals';
import { readResource } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import type { Environment, InstanceIdentity, Placement } from './instances.ts';
import { computeTopology } from './topology.ts';
import type { ResourceTopology } from './topology.ts';

const KEYS = [{ kty: 'RSA', n: 'n', e: 'AQAB' }];
const SERVICE_ACCOUNT = {
  issuer: 'https://kubernetes.default.svc',
  subject: 'system:serviceaccount:ecp:operator',
  keys: KEYS,
};

/** Pods of two addresses each; namespaces other than `labels` has cannot be read. */
function pods(
  labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Environment {
  const place = ({ name, resource, namespace, replica }: InstanceIdentity): Placement => ({
    dataDirectory: '/var/lib/ecp/data',
    journalDirectory: '/var/lib/ecp-journal/journal',
    addresses: [`10.0.0.${replica + 1}`, `fd00::${replica + 1}`],
    hostName: `${name.replace(/^.*\//, '')}.${resource}-pods.${namespace}.svc`,
    ecp: { host: '::', port: 1972 },
    client: { host: '::', port: 1973 },
    admin: { host: '::', port: 1974, serviceAccount: SERVICE_ACCOUNT },
    metrics: { host: '::', port: 1975 },
    reachedAt: { host: `${resource}.${namespace}.svc`, port: 1972 },
  });
  return {
    place,
    labelsOf: (namespace) => labels[namespace],
    locateModule: (_resource, module) => module,
    locateKey: (_resource, { name, key }) => `/keys/${name}/${key}`,
    applicationVariables: () => ({}),
  };
}

function read(kind: string, metadata: object, spec: object): EcpResource {
  const found = readResource({ apiVersion: 'ecp.dev/v1alpha1', kind, metadata, spec });
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.resource;
}
const bank = (spec: object): EcpResource =>
  read('EcpDataServer', { name: 'bank' }, { maxAppServers: 8, ...spec });
const teller = (spec: object, metadata: object = {}): EcpResource =>
  read('EcpAppServer', { name: 'teller', ...metadata }, spec);

function resourcesOf(given: readonly EcpResource[], environment = pods()): ResourceTopology[] {
  return [...computeTopology(given, environment).resources];
}
const tellers = (appServers: object): object => ({
  allowedIncoming: [{ name: 'tellers', appServers }],
});
const conditionOf = (resource: ResourceTopology | undefined, type: string) =>
  resource?.conditions.find((condition) => condition.type === type);

describe('the configuration of a resource', () => {
  test('K4: lists name pods by every address and by their stable name', () => {
    const [server] = resourcesOf([bank(tellers({ name: 'teller' })), teller({ replicas: 2 })]);
    expect(server?.configuration?.ecp.allowedIncoming).toEqual([
      { name: 'tellers', address: '10.0.0.1' },
      { name: 'tellers', address: 'fd00::1' },
      { name: 'tellers', address: '10.0.0.2' },
      { name: 'tellers', address: 'fd00::2' },
      { name: 'tellers', host: 'teller-0.teller-pods.default.svc' },
      { name: 'tellers', host: 'teller-1.teller-pods.default.svc' },
    ]);
    expect(server?.allowedIncoming).toEqual([{ name: 'tellers', addresses: 4 }]);
  });

  test('is there with no replica too, and so is its memory', () => {
    const topology = computeTopology([teller({ replicas: 0, cacheSize: '64Mi' })], pods());
    expect(topology.instances).toEqual([]);
    const [resource] = topology.resources;
    expect(resource?.configuration?.name).toBe('teller-0');
    // The process, the cache, and what local databases keep.
    expect(resource?.memory?.totalBytes).toBe((160 + 64 + 8) * 1024 * 1024);
  });

  test('has the places of the pod and the keys of the cluster (K6)', () => {
    const [resource] = resourcesOf([teller({ drainSeconds: 33 })]);
    expect(resource?.configuration).toMatchObject({
      dataDirectory: '/var/lib/ecp/data',
      journalDirectory: '/var/lib/ecp-journal/journal',
      drainSeconds: 33,
      admin: { serviceAccount: SERVICE_ACCOUNT, tokenFile: '/var/lib/ecp/data/admin-token' },
    });
  });

  test('leaves variables to the pod, and an application of containers alone to Kubernetes', () => {
    const env = [{ name: 'A', value: 'b' }];
    const containers = [{ name: 'web', image: 'web', env }];
    const [withModule] = resourcesOf([teller({ application: { module: '/a.js', env } })]);
    const [without] = resourcesOf([teller({ application: { containers } })]);
    expect(withModule?.configuration?.application).toEqual({ module: '/a.js', env: {} });
    expect(without?.configuration?.application).toBeUndefined();
  });

  test('is missing where nothing can run: names of StatefulSets are unique over both kinds', () => {
    const clash = read('EcpAppServer', { name: 'bank' }, {});
    const [, second] = resourcesOf([bank({}), clash]);
    expect(second).toMatchObject({
      kind: 'EcpAppServer',
      configuration: undefined,
      memory: undefined,
    });
    expect(conditionOf(second, 'Degraded')).toMatchObject({ status: 'True', reason: 'NameTaken' });
  });

  test('is left to the older of two of one name: a data server that comes later takes nothing away', () => {
    const old = { creationTimestamp: '2026-01-01T00:00:00Z' };
    const namesake = read(
      'EcpDataServer',
      { name: 'teller', creationTimestamp: '2026-01-02T00:00:00Z' },
      {},
    );
    const resources = resourcesOf([bank(tellers({ name: 'teller' })), teller({}, old), namesake]);
    const [server, late, first] = resources;
    expect(server?.configuration?.ecp.allowedIncoming).not.toEqual([]);
    expect(first?.configuration).toBeDefined();
    expect(late?.configuration).toBeUndefined();
    expect(conditionOf(late, 'Degraded')).toMatchObject({
      reason: 'NameTaken',
      message: expect.stringContaining('EcpAppServer default/teller'),
    });
  });
});

test('what asks for no valid cache keeps nobody else from running', () => {
  const dataServers = [{ name: 'BANK', dataServerRef: { name: 'bank' } }];
  const tooMuch = { bufferPoolSize: '16Mi', cacheSize: '64Mi', dataServers };
  const relay = read('EcpDataServer', { name: 'relay' }, tooMuch);
  const [server, second] = resourcesOf([bank({ incomingPolicy: 'Any' }), relay]);
  expect(server?.configuration).toBeDefined();
  expect(second?.configuration).toBeUndefined();
  expect(conditionOf(second, 'Degraded')).toMatchObject({
    reason: 'InvalidConfiguration',
    message: expect.stringContaining('cacheSize'),
  });
});

test('references are listed, resolved or not', () => {
  const dataServers = [
    { name: 'BANK', dataServerRef: { name: 'bank' } },
    { name: 'GONE', dataServerRef: { name: 'gone', namespace: 'data' } },
    { name: 'OLD', host: 'old.example.org' },
  ];
  const resources = resourcesOf([
    bank({ incomingPolicy: 'Any' }),
    teller({ maxDataServers: 3, dataServers }),
  ]);
  expect(resources[1]?.references).toEqual([
    { name: 'BANK', target: 'default/bank', resolved: true },
    { name: 'GONE', target: 'data/gone', resolved: false },
    { name: 'OLD', target: 'old.example.org', resolved: true },
  ]);
});

describe('K14: namespaces whose labels may not be read', () => {
  const bySelector = tellers({
    name: 'teller',
    namespaces: { from: 'Selector', selector: { matchLabels: { team: 'branch' } } },
  });
  const dataServers = [{ name: 'BANK', dataServerRef: { name: 'bank' } }];

  test('an entry by their labels is left out whole, and said, naming the field', () => {
    const [server] = resourcesOf([bank(bySelector), teller({ dataServers })]);
    expect(server?.configuration?.ecp.allowedIncoming).toEqual([]);
    expect(conditionOf(server, 'Degraded')).toMatchObject({
      status: 'True',
      reason: 'NamespacesUnreadable',
      message: expect.stringContaining('spec.allowedIncoming[0].appServers.namespaces.selector'),
    });
  });

  test('it is said also while nobody would be selected', () => {
    const [server] = resourcesOf([bank(bySelector)]);
    expect(conditionOf(server, 'Degraded')?.reason).toBe('NamespacesUnreadable');
  });

  test('they grant nothing across namespaces', () => {
    const away = teller(
      { dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank', namespace: 'default' } }] },
      { namespace: 'branch' },
    );
    const [, app] = resourcesOf([bank(bySelector), away]);
    expect(conditionOf(app, 'ReferencesResolved')).toMatchObject({
      status: 'False',
      reason: 'NotGranted',
    });
  });

  test('other entries are not concerned', () => {
    const [server] = resourcesOf([bank(tellers({ name: 'teller' })), teller({ replicas: 1 })]);
    expect(server?.allowedIncoming).toEqual([{ name: 'tellers', addresses: 2 }]);
    expect(conditionOf(server, 'Degraded')?.status).toBe('False');
  });

  test('where they can be read, they select', () => {
    const environment = pods({ default: { team: 'branch' } });
    const [server] = resourcesOf([bank(bySelector), teller({ replicas: 1 })], environment);
    expect(server?.allowedIncoming).toEqual([{ name: 'tellers', addresses: 2 }]);
  });
});

describe('K3: whoever still runs is admitted to the end', () => {
  const address = (one: string): Placement => ({ ...anywhere(), addresses: [one] });
  const anywhere = (): Placement =>
    pods().place({
      name: 'teller-9',
      kind: 'EcpAppServer',
      namespace: 'default',
      resource: 'teller',
      replica: 9,
    });

  test('instances beyond the replicas, and those of a resource that is gone', () => {
    const away = teller({}, { name: 'away', namespace: 'default' });
    const leaving = new Map([
      ['teller', [address('10.0.0.77')]],
      ['away', [address('10.0.0.88')]],
    ]);
    const environment: Environment = {
      ...pods(),
      departed: [away],
      leaving: ({ metadata }) => leaving.get(metadata.name) ?? [],
    };
    const lists = {
      allowedIncoming: [
        { name: 'tellers', appServers: { name: 'teller' } },
        { name: 'away', appServers: { name: 'away' } },
      ],
    };
    const [server] = resourcesOf([bank(lists), teller({ replicas: 0 })], environment);
    expect(server?.configuration?.ecp.allowedIncoming).toEqual([
      { name: 'tellers', address: '10.0.0.77' },
      { name: 'away', address: '10.0.0.88' },
    ]);
    expect(server?.peers.map(({ metadata }) => metadata.name)).toEqual(['teller', 'away']);
  });
});

describe('K13: more connections asked for than there may be', () => {
  const dataServers = [{ name: 'BANK', dataServerRef: { name: 'bank' } }];
  const asking = (name: string, replicas: number, creationTimestamp: string): EcpResource =>
    teller({ replicas, dataServers }, { name, creationTimestamp });
  const admitted = (resources: readonly EcpResource[]): Record<string, number> =>
    Object.fromEntries(
      resourcesOf(resources).map((one) => [one.name, one.admittedReplicas] as const),
    );

  test('the oldest resource keeps its places, younger ones get what is left', () => {
    const server = bank({ incomingPolicy: 'Any', maxAppServers: 3 });
    const young = asking('atm', 2, '2026-01-02T00:00:00Z');
    const old = asking('teller', 2, '2026-01-01T00:00:00Z');
    const youngest = asking('web', 1, '2026-01-03T00:00:00Z');
    expect(admitted([server, young, old, youngest])).toEqual({
      bank: 1,
      teller: 2,
      atm: 1,
      web: 0,
    });
  });

  test('the scarcest of several data servers decides; with enough room nobody is held', () => {
    const server = bank({ incomingPolicy: 'Any', maxAppServers: 3 });
    const other = read('EcpDataServer', { name: 'old' }, { incomingPolicy: 'Any' });
    const both = teller({
      replicas: 3,
      maxDataServers: 2,
      dataServers: [...dataServers, { name: 'OLD', dataServerRef: { name: 'old' } }],
    });
    expect(admitted([server, other, both])['teller']).toBe(1);
    expect(admitted([server, asking('teller', 3, '')])['teller']).toBe(3);
  });

  test('who is not listed takes no place away from who is', () => {
    const server = bank({ ...tellers({ name: 'teller' }), maxAppServers: 2 });
    const revoked = asking('atm', 2, '2026-01-01T00:00:00Z');
    const listed = asking('teller', 2, '2026-01-02T00:00:00Z');
    expect(admitted([server, revoked, listed])['teller']).toBe(2);
    const [status] = resourcesOf([server, revoked, listed]);
    expect(status?.connections).toEqual({ limit: 2, requested: 2 });
  });

  test('a data server is never held: it has data of its own to serve', () => {
    const server = bank({ incomingPolicy: 'Any', maxAppServers: 1 });
    const old = asking('teller', 1, '2026-01-01T00:00:00Z');
    const relay = read(
      'EcpDataServer',
      { name: 'relay', creationTimestamp: '2026-01-02T00:00:00Z' },
      { dataServers },
    );
    expect(admitted([server, old, relay])).toEqual({ bank: 1, relay: 1, teller: 1 });
  });
});
