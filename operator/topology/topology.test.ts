import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Condition } from '../api/conditions.ts';
import { parseManifests } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import type { Environment } from './instances.ts';
import { controlStructureBytes } from './sizing.ts';
import { computeTopology } from './topology.ts';
import type { Topology } from './topology.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** A cluster in which every instance has an address of its own, in the order of being asked for. */
function cluster(
  labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Environment {
  const addresses = new Map<string, string>();
  return {
    place: ({ name, resource, namespace }) => {
      const address = addresses.get(name) ?? `10.0.0.${addresses.size + 1}`;
      addresses.set(name, address);
      return {
        dataDirectory: '/data',
        addresses: [address],
        ecp: { host: '::', port: 1972 },
        client: { host: '::', port: 1973 },
        admin: { host: '::', port: 1974, tokenFile: '/run/token' },
        metrics: { host: '::', port: 1975 },
        reachedAt: { host: `${resource}.${namespace}.svc`, port: 1972 },
      };
    },
    labelsOf: (namespace) => labels[namespace] ?? {},
    locateModule: (_resource, module) => module,
    locateKey: (_resource, { name, key }) => `/keys/${name}/${key}`,
    applicationVariables: ({ env }) =>
      Object.fromEntries(env.map(({ name, value }) => [name, value ?? ''])),
  };
}

const resource = (kind: string, metadata: object, spec: object): string =>
  JSON.stringify({ apiVersion: 'ecp.dev/v1alpha1', kind, metadata, spec });
const dataServer = (spec: object, metadata: object = {}): string =>
  resource('EcpDataServer', { name: 'bank', ...metadata }, { maxAppServers: 8, ...spec });
const appServer = (spec: object = {}, metadata: object = {}): string =>
  resource('EcpAppServer', { name: 'teller', ...metadata }, { dataServers: [BANK], ...spec });
const BANK = { name: 'BANK', dataServerRef: { name: 'bank' } };
const tellers = (appServers: object): object => ({
  databases: [{ name: 'ACCOUNTS' }],
  allowedIncoming: [{ name: 'tellers', appServers }],
});
const USES_ACCOUNTS = {
  dataServers: [BANK],
  remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
  namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
};

const parse = (...texts: readonly string[]): readonly EcpResource[] =>
  parseManifests(texts.map((text, i) => ({ path: `${i}.yaml`, text }))).resources;
const topologyOf = (...texts: readonly string[]): Topology =>
  computeTopology(parse(...texts), cluster());

function condition(topology: Topology, name: string, type: string): Condition | undefined {
  return topology.resources
    .find((status) => status.name === name)
    ?.conditions.find((found) => found.type === type);
}
const configurationOf = (topology: Topology, name: string) =>
  topology.instances.find((instance) => instance.name === name)?.configuration;
const incoming = (topology: Topology) => configurationOf(topology, 'bank-0')?.ecp.allowedIncoming;

describe('the quickstart', () => {
  const [bank, teller0, teller1] = topologyOf(read('../../examples/quickstart.yaml')).instances;

  test('is one data server and two app servers', () => {
    const names = topologyOf(read('../../examples/quickstart.yaml')).instances.map(
      ({ name }) => name,
    );
    expect(names).toEqual(['bank-0', 'teller-0', 'teller-1']);
  });

  test('lets the data server admit exactly its app servers (F-K2)', () => {
    expect(bank?.configuration.ecp).toMatchObject({
      enabled: true,
      maxAppServers: 4,
      incomingPolicy: 'Listed',
      allowedIncoming: [
        { name: 'tellers', address: '10.0.0.2' },
        { name: 'tellers', address: '10.0.0.3' },
      ],
    });
  });

  test('wires remote databases and namespaces of the app servers (F-K4)', () => {
    expect(teller0?.configuration).toMatchObject({
      ecp: { enabled: false, allowedIncoming: [] },
      dataServers: [{ name: 'BANK', host: 'bank.default.svc', port: 1972 }],
      remoteDatabases: [
        { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS', access: 'ReadWrite' },
      ],
      namespaces: [
        {
          name: 'USER',
          defaultDatabase: 'ACCOUNTS',
          mappings: [{ global: 'TMP*', database: 'TEMP' }],
        },
      ],
    });
    expect({ ...teller1?.configuration, name: '' }).toEqual({
      ...teller0?.configuration,
      name: '',
    });
  });

  test('has nothing to complain about', () => {
    for (const { conditions } of topologyOf(read('../../examples/quickstart.yaml')).resources) {
      expect(conditions.map(({ type, status }) => [type, status])).toEqual([
        ['Degraded', 'False'],
        ['ReferencesResolved', 'True'],
        ['CapacityAvailable', 'True'],
      ]);
    }
  });

  test('gives configurations that survive being written and read', () => {
    for (const instance of [bank, teller0]) {
      const text = JSON.stringify(instance?.configuration);
      expect(parseConfiguration(text)).toEqual(instance?.configuration);
    }
  });
});

const MIB = 2 ** 20;
const GIB = 2 ** 30;

test('every field of a spec reaches the configuration', () => {
  const both = {
    maxDataServers: 3,
    dataServers: [{ name: 'OLD', host: 'old.example.org', port: 2000 }],
    remoteDatabases: [{ name: 'R', dataServer: 'OLD', database: 'X', access: 'ReadOnly' }],
    databases: [
      {
        name: 'L',
        blockSize: '64Ki',
        journaling: 'Disabled',
        access: 'ReadOnly',
        resource: '%DB_OTHER',
        state: 'Dismounted',
        unjournaledGlobals: ['TMP*'],
        maxSize: '2Gi',
        encryption: { keySecretRef: { name: 'keys', key: 'l' } },
      },
    ],
    journal: {
      segmentSize: '2Mi',
      rotationSeconds: 61,
      keepSeconds: 62,
      keepSize: '3Gi',
      freezeOnError: false,
      pinnedWarningSize: '4Mi',
      pinnedRollbackSize: '5Mi',
    },
    encryption: {
      keySecretRef: { name: 'keys', key: 'j' },
      tempKeySecretRef: { name: 'other', key: 't' },
      previousKeySecretRefs: [
        { name: 'keys', key: 'l' },
        { name: 'keys', key: 'old' },
      ],
    },
    drainSeconds: 77,
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'R',
        mappings: [{ global: 'A', subscripts: { from: '1', to: '9' }, database: 'L' }],
      },
    ],
    cacheSize: '32Mi',
    application: { module: 'bank.ts', env: [{ name: 'PORT', value: '80' }] },
    heartbeat: { intervalSeconds: 3, nonResponsiveSeconds: 9 },
  };
  const waits = {
    recoverySeconds: 100,
    reconnectIntervalSeconds: 7,
    requestWaitSeconds: 8,
    connectGiveUpSeconds: 9,
  };
  const topology = topologyOf(
    dataServer({
      ...both,
      ecpService: 'Disabled',
      maxAppServers: 9,
      incomingPolicy: 'Any',
      bufferPoolSize: '128Mi',
      timeouts: { ...waits, troubledSeconds: 21, sessionRecoverySeconds: 31 },
    }),
    appServer({ ...both, storage: {}, timeouts: waits }),
  );
  const expected = {
    maxDataServers: 3,
    dataServers: both.dataServers,
    remoteDatabases: both.remoteDatabases,
    databases: [
      {
        name: 'L',
        blockSize: '64Ki',
        journaling: 'Disabled',
        access: 'ReadOnly',
        resource: '%DB_OTHER',
        state: 'Dismounted',
        unjournaledGlobals: ['TMP*'],
        maxSize: 2 * GIB,
        encryptionKey: 'keys.l',
      },
    ],
    journal: {
      segmentSize: 2 * MIB,
      rotationSeconds: 61,
      keepSeconds: 62,
      keepSize: 3 * GIB,
      freezeOnError: false,
      pinnedWarningSize: 4 * MIB,
      pinnedRollbackSize: 5 * MIB,
    },
    encryption: {
      keys: [
        { name: 'keys.j', file: '/keys/keys/j' },
        { name: 'other.t', file: '/keys/other/t' },
        { name: 'keys.l', file: '/keys/keys/l' },
        { name: 'keys.old', file: '/keys/keys/old' },
      ],
      instance: 'keys.j',
      temp: 'other.t',
    },
    drainSeconds: 77,
    namespaces: both.namespaces,
    cacheSize: 32 * 1024 * 1024,
    application: { module: 'bank.ts', env: { PORT: '80' } },
    heartbeat: both.heartbeat,
    timeouts: waits,
  };
  expect(configurationOf(topology, 'teller-0')).toMatchObject(expected);
  expect(configurationOf(topology, 'bank-0')).toMatchObject({
    ...expected,
    bufferPoolSize: 128 * 1024 * 1024,
    ecp: {
      enabled: false,
      maxAppServers: 9,
      incomingPolicy: 'Any',
      timeouts: { troubledSeconds: 21, sessionRecoverySeconds: 31 },
    },
  });
});

describe('who may connect', () => {
  test('no replica is nobody, never everybody (K1)', () => {
    const topology = topologyOf(
      dataServer(tellers({ name: 'teller' })),
      appServer({ replicas: 0 }),
    );
    expect(configurationOf(topology, 'bank-0')?.ecp.incomingPolicy).toBe('Listed');
    expect(incoming(topology)).toEqual([]);
  });

  test('a selector that matches nothing admits nobody (K1)', () => {
    const typo = { selector: { matchLabels: { app: 'tellr' } } };
    const topology = topologyOf(
      dataServer(tellers(typo)),
      appServer({}, { labels: { app: 'teller' } }),
    );
    expect(incoming(topology)).toEqual([]);
    expect(condition(topology, 'teller', 'ReferencesResolved')).toMatchObject({
      status: 'False',
      reason: 'NotListed',
    });
  });

  test('a label of a prototype matches nothing', () => {
    const odd = { selector: { matchLabels: { constructor: 'x' } } };
    expect(incoming(topologyOf(dataServer(tellers(odd)), appServer()))).toEqual([]);
  });

  test('addresses, blocks and host names pass as they are', () => {
    const allowedIncoming = [
      { name: 'mainframe', address: '18.61.202-210.*' },
      { name: 'dc', cidr: '10.8.0.0/16' },
      { name: 'lab', host: 'lab.example.org' },
    ];
    const topology = topologyOf(dataServer({ allowedIncoming }), appServer());
    expect(incoming(topology)).toEqual(allowedIncoming);
    // Whose addresses they are nobody here can tell: no complaint.
    expect(condition(topology, 'teller', 'ReferencesResolved')?.status).toBe('True');
  });

  test('app servers follow their replicas', () => {
    const count = (replicas: number): number | undefined =>
      incoming(topologyOf(dataServer(tellers({ name: 'teller' })), appServer({ replicas })))
        ?.length;
    expect([2, 4, 1].map(count)).toEqual([2, 4, 1]);
  });
});

describe('other Kubernetes namespaces', () => {
  const away = {
    dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank', namespace: 'data' } }],
  };
  const branch = { namespace: 'branch', labels: { app: 'teller' } };
  const inData = { namespace: 'data' };

  test.each([
    ['by no entry', { name: 'teller' }, 'NotGranted'],
    ['by all', { name: 'teller', namespaces: { from: 'All' } }, undefined],
    [
      'by a label of the namespace',
      {
        selector: { matchLabels: { app: 'teller' } },
        namespaces: { from: 'Selector', selector: { matchLabels: { team: 'branch' } } },
      },
      undefined,
    ],
    [
      'by the label of another namespace',
      {
        name: 'teller',
        namespaces: { from: 'Selector', selector: { matchLabels: { team: 'other' } } },
      },
      'NotGranted',
    ],
  ])('are granted %s', (_what, entry, reason) => {
    const topology = computeTopology(
      parse(dataServer(tellers(entry), inData), appServer(away, branch)),
      cluster({ branch: { team: 'branch' } }),
    );
    const [server] = configurationOf(topology, 'branch/teller-0')?.dataServers ?? [];
    const admitted = configurationOf(topology, 'data/bank-0')?.ecp.allowedIncoming.length;
    const resolved = condition(topology, 'teller', 'ReferencesResolved');
    if (reason === undefined) {
      expect(server?.host).toBe('bank.data.svc');
      expect(admitted).toBe(1);
      expect(resolved?.status).toBe('True');
    } else {
      expect(server?.host).toBeUndefined();
      expect(server?.unresolved).toContain('EcpDataServer data/bank');
      expect(admitted).toBe(0);
      expect(resolved).toMatchObject({ status: 'False', reason });
    }
  });

  test('an address in a list is no grant', () => {
    const spec = { allowedIncoming: [{ name: 'all', cidr: '0.0.0.0/0' }] };
    const topology = topologyOf(dataServer(spec, inData), appServer(away, branch));
    expect(condition(topology, 'teller', 'ReferencesResolved')?.reason).toBe('NotGranted');
  });
});

describe('references', () => {
  test('a missing data server is a condition; the app servers run without it (K14)', () => {
    const topology = topologyOf(appServer(USES_ACCOUNTS));
    expect(configurationOf(topology, 'teller-0')?.dataServers).toEqual([
      { name: 'BANK', port: 1972, unresolved: 'there is no EcpDataServer default/bank' },
    ]);
    expect(condition(topology, 'teller', 'ReferencesResolved')).toEqual({
      type: 'ReferencesResolved',
      status: 'False',
      reason: 'DataServerNotFound',
      message: 'dataServers BANK: there is no EcpDataServer default/bank',
    });
  });

  test('two entries that reach one data server are one too many (§4.3.5)', () => {
    const dataServers = [BANK, { name: 'AGAIN', host: 'bank.default.svc' }];
    const topology = topologyOf(
      dataServer(tellers({ name: 'teller' })),
      appServer({ dataServers }),
    );
    const [first, second] = configurationOf(topology, 'teller-0')?.dataServers ?? [];
    expect(first?.host).toBe('bank.default.svc');
    expect(second).toMatchObject({ name: 'AGAIN', unresolved: expect.stringContaining('BANK') });
    expect(condition(topology, 'teller', 'ReferencesResolved')?.reason).toBe('DuplicateDataServer');
  });

  test('a database that its data server has not is a condition', () => {
    const spec = { ...USES_ACCOUNTS, databases: [] };
    const topology = topologyOf(
      dataServer({ allowedIncoming: [{ name: 't', appServers: { name: 'teller' } }] }),
      appServer(spec),
    );
    expect(condition(topology, 'teller', 'ReferencesResolved')).toMatchObject({
      reason: 'DatabaseNotFound',
      message: 'remoteDatabases ACCOUNTS: EcpDataServer default/bank has no database ACCOUNTS',
    });
  });

  test('remote data is not served on (F-E1, §1.3.2)', () => {
    const topology = topologyOf(
      dataServer(tellers({ name: 'relay' })),
      resource('EcpDataServer', { name: 'relay' }, USES_ACCOUNTS),
      appServer({
        ...USES_ACCOUNTS,
        dataServers: [{ name: 'BANK', dataServerRef: { name: 'relay' } }],
      }),
    );
    expect(condition(topology, 'relay', 'ReferencesResolved')?.status).toBe('True');
    expect(condition(topology, 'teller', 'ReferencesResolved')?.message).toContain(
      'ACCOUNTS is remote on EcpDataServer default/relay itself (§1.3.2)',
    );
  });

  test('a data server does not connect to itself', () => {
    const topology = topologyOf(dataServer({ dataServers: [BANK] }));
    expect(condition(topology, 'bank', 'ReferencesResolved')?.reason).toBe('SelfReference');
  });
});

describe('F-D6: an encrypted data server', () => {
  const key = { name: 'keys', key: 'a' };
  const of = (encryption?: object) =>
    condition(
      topologyOf(
        dataServer({ databases: [{ name: 'ACCOUNTS' }], encryption: { keySecretRef: key } }),
        appServer({ ...USES_ACCOUNTS, ...(encryption === undefined ? {} : { encryption }) }),
      ),
      'teller',
      'EncryptionComplete',
    );

  test('warns of a TEMP that is not encrypted, where its data is used (§2.5)', () => {
    expect(of()).toEqual({
      type: 'EncryptionComplete',
      status: 'False',
      reason: 'TempNotEncrypted',
      message:
        'EcpDataServer default/bank encrypts what it keeps, and TEMP here is not encrypted: set encryption.tempKeySecretRef',
    });
    expect(of({ tempKeySecretRef: key })).toBeUndefined();
    expect(of({ keySecretRef: key })).toBeUndefined();
  });

  test('warns of nothing where nothing is encrypted, or that encrypts TEMP alone', () => {
    for (const spec of [{}, { encryption: { tempKeySecretRef: key } }]) {
      const topology = topologyOf(
        dataServer({ databases: [{ name: 'ACCOUNTS' }], ...spec }),
        appServer(USES_ACCOUNTS),
      );
      expect(condition(topology, 'teller', 'EncryptionComplete')).toBeUndefined();
    }
  });
});

describe('capacity (F-K3, §2.1)', () => {
  const two = { ...tellers({ name: 'teller' }), maxAppServers: 2 };

  test('as many as fit are fine', () => {
    const topology = topologyOf(dataServer(two), appServer({ replicas: 2 }));
    expect(condition(topology, 'bank', 'CapacityAvailable')?.status).toBe('True');
    expect(topology.resources[0]?.connections).toEqual({ limit: 2, requested: 2 });
  });

  test('one more is said on both sides, before anyone is refused', () => {
    const topology = topologyOf(dataServer(two), appServer({ replicas: 3 }));
    for (const name of ['bank', 'teller']) {
      expect(condition(topology, name, 'CapacityAvailable')).toEqual({
        type: 'CapacityAvailable',
        status: 'False',
        reason: 'MaxAppServersExceeded',
        message:
          'EcpDataServer default/bank takes 2 app servers (spec.maxAppServers), 3 are asked for by EcpAppServer default/teller (3)',
      });
    }
    expect(topology.instances).toHaveLength(4);
  });

  test('unset means the one of the guide', () => {
    const unset = { ...tellers({ name: 'teller' }), maxAppServers: undefined };
    const topology = topologyOf(dataServer(unset), appServer({ replicas: 2 }));
    expect(topology.resources[0]?.connections).toEqual({ limit: 1, requested: 2 });
  });
});

describe('memory (§4.3.3)', () => {
  const GIB = 1024 ** 3;
  const MIB = 1024 ** 2;

  test('follows the formula of the guide', () => {
    const caches = Array.from({ length: 6 }, () => [
      { blockSize: '8Ki' as const, bytes: 2 * GIB },
      { blockSize: '16Ki' as const, bytes: 4 * GIB },
    ]).flat();
    expect(controlStructureBytes(caches)).toBe((173 + 123) * MIB);
    expect(controlStructureBytes([])).toBe(50 * MIB);
    expect(controlStructureBytes([{ blockSize: '32Ki', bytes: 1 }])).toBe(51 * MIB);
    expect(controlStructureBytes([{ blockSize: '64Ki', bytes: 8 * GIB }])).toBe(61 * MIB);
  });

  test('counts every replica, by the blocks that it caches', () => {
    const spec = {
      ...tellers({ name: 'teller' }),
      databases: [{ name: 'ACCOUNTS', blockSize: '16Ki' }],
      bufferPoolSize: '1Gi',
    };
    const topology = topologyOf(
      dataServer(spec),
      appServer({ ...USES_ACCOUNTS, replicas: 3, cacheSize: '2Gi' }),
    );
    const [bank, teller] = topology.instances;
    // 50 MB, and 0.5 % of three times 2 GB rounded up.
    expect(bank?.memory.controlBytes).toBe((50 + 31) * MIB);
    expect(bank?.memory.bufferPoolBytes).toBe(GIB);
    expect(teller?.memory.controlBytes).toBe(0);
  });
});

test('the result does not depend on the order of the manifests', () => {
  const texts = [dataServer(tellers({ name: 'teller' })), appServer(USES_ACCOUNTS)];
  expect(topologyOf(...texts.toReversed())).toEqual(topologyOf(...texts));
});
