import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isEcpError, messageOf } from '../../server/base/errors.ts';
import type { EcpDataServer } from './ecp-data-server.ts';
import { changeProblems, parseManifests } from './manifests.ts';

const QUICKSTART = readFileSync(new URL('../../examples/quickstart.yaml', import.meta.url), 'utf8');

function problems(...texts: readonly string[]): string[] {
  try {
    parseManifests(texts.map((text, i) => ({ path: `${'ab'.charAt(i)}.yaml`, text })));
  } catch (error) {
    expect(isEcpError(error, 'CONFIGURATION')).toBe(true);
    return messageOf(error)
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const manifest = (kind: string, spec: object, metadata: object = { name: 'bank' }): string =>
  JSON.stringify({ apiVersion: 'ecp.dev/v1alpha1', kind, metadata, spec });
const dataServer = (spec: object): string => manifest('EcpDataServer', spec);
const appServer = (spec: object): string => manifest('EcpAppServer', spec, { name: 'teller' });

describe('manifests', () => {
  test('the quickstart is taken, with defaults', () => {
    const { resources, files } = parseManifests([{ path: 'q.yaml', text: QUICKSTART }]);
    expect([...files.keys()]).toEqual([
      'EcpDataServer default/bank',
      'EcpAppServer default/teller',
    ]);
    const [bank, teller] = resources;
    expect(bank?.spec).toMatchObject({
      port: 1972,
      maxAppServers: 4,
      databases: [{ name: 'ACCOUNTS', blockSize: '8Ki', journaling: 'Enabled' }],
      timeouts: { troubledSeconds: 60, recoverySeconds: 1200 },
    });
    expect(teller?.spec).toMatchObject({ replicas: 2, maxDataServers: 2 });
  });

  test('every problem of every file is reported at once, with its place', () => {
    const first = [
      'apiVersion: ecp.dev/v1alpha1',
      'kind: EcpDataServer',
      'metadata: {name: Bank}',
      'spec:',
      '  maxAppServers: 0',
      '  tls: {}',
      '---',
      'apiVersion: ecp.dev/v1',
      'kind: EcpCluster',
    ].join('\n');
    expect(problems(first, 'kind: x: y')).toEqual([
      'a.yaml:3: EcpDataServer Bank: metadata.name: must be lower-case letters, digits and -, beginning with a letter',
      'a.yaml:5: EcpDataServer Bank: spec.maxAppServers: expected number to be >=1',
      'a.yaml:6: EcpDataServer Bank: spec.tls: there is no such field',
      'a.yaml:9: EcpCluster: kind: must be EcpDataServer or EcpAppServer in ecp.dev/v1alpha1',
      'b.yaml:1: not YAML: Nested mappings are not allowed in compact mappings',
    ]);
  });

  test('one name stands for one resource', () => {
    expect(problems(QUICKSTART, dataServer({}))).toEqual([
      'b.yaml:1: EcpDataServer bank: metadata.name: is taken by the EcpDataServer in a.yaml; both would run instances of one name',
    ]);
    expect(problems(dataServer({}), manifest('EcpAppServer', {}))).toHaveLength(1);
    expect(problems(dataServer({}), appServer({}))).toEqual([]);
  });

  test('other documents of a cluster are passed over, and named', () => {
    const text = [
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: branch, labels: {team: branch}}',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}',
      QUICKSTART,
    ].join('\n---\n');
    const { notes, namespaceLabels } = parseManifests([{ path: 'q.yaml', text }]);
    expect(notes).toEqual(['q.yaml:5: passed over v1 ConfigMap']);
    expect(namespaceLabels.get('branch')).toEqual({ team: 'branch' });
  });

  test('an object read from a cluster is taken: its status and history are no problem', () => {
    const { apiVersion, kind, ...rest } = JSON.parse(dataServer({})) as Record<string, unknown>;
    const metadata = { name: 'bank', uid: 'u', resourceVersion: '1', managedFields: [] };
    const text = JSON.stringify({
      apiVersion,
      kind,
      ...rest,
      metadata,
      status: { conditions: [] },
    });
    expect(problems(text)).toEqual([]);
  });

  test('the block size of a database stays', () => {
    const parse = (blockSize: string): EcpDataServer => {
      const text = dataServer({ databases: [{ name: 'B' }, { name: 'A', blockSize }] });
      return parseManifests([{ path: 'a', text }]).resources[0] as EcpDataServer;
    };
    expect(changeProblems(parse('8Ki'), parse('8Ki'))).toEqual([]);
    expect(changeProblems(parse('8Ki'), parse('16Ki'))).toEqual([
      {
        path: ['spec', 'databases', 1, 'blockSize'],
        message: 'the block size of a database cannot be changed; A has 8Ki',
      },
    ]);
  });
});

const entry = (fields: object) => dataServer({ allowedIncoming: [{ name: 'x', ...fields }] });
const remote = { name: 'A', dataServer: 'BANK', database: 'A' };
const BANK = { name: 'BANK', dataServerRef: { name: 'bank' } };

/** Text, and the field that the one problem must name. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ['nothing at all', '', 'there is neither an EcpDataServer nor an EcpAppServer'],
  ['no manifest', '{a: 1}', 'the whole'],
  ['a list', '[1]', 'the whole'],
  ['no name', manifest('EcpDataServer', {}, {}), 'metadata.name'],
  [
    'a name of 41 letters',
    manifest('EcpDataServer', {}, { name: 'a'.repeat(41) }),
    'metadata.name',
  ],
  ['a name with a dot', manifest('EcpDataServer', {}, { name: 'a.b' }), 'metadata.name'],
  ['a field of a later issue', dataServer({ users: [] }), 'spec.users'],
  ['-1 replicas', appServer({ replicas: -1 }), 'spec.replicas'],
  ['255 replicas', appServer({ replicas: 255 }), 'spec.replicas'],
  ['replicas in words', appServer({ replicas: 'two' }), 'spec.replicas'],
  ['a cache of 1e9Gi', appServer({ cacheSize: '1e9Gi' }), 'spec.cacheSize'],
  ['a pool of a byte', dataServer({ bufferPoolSize: 1 }), 'spec.bufferPoolSize'],
  [
    'trouble of 19 s',
    dataServer({ timeouts: { troubledSeconds: 19 } }),
    'spec.timeouts.troubledSeconds',
  ],
  [
    'a wait of an app server on a wrong kind',
    appServer({ timeouts: { troubledSeconds: 60 } }),
    'spec.timeouts.troubledSeconds',
  ],
  [
    'recovery of 9 s',
    appServer({ timeouts: { recoverySeconds: 9 } }),
    'spec.timeouts.recoverySeconds',
  ],
  [
    'an interval of 61 s',
    appServer({ timeouts: { reconnectIntervalSeconds: 61 } }),
    'spec.timeouts.reconnectIntervalSeconds',
  ],
  [
    'silence before a heartbeat',
    appServer({ heartbeat: { intervalSeconds: 20 } }),
    'spec.heartbeat.nonResponsiveSeconds',
  ],
  [
    'a list under Any (K1)',
    dataServer({ incomingPolicy: 'Any', allowedIncoming: [{ name: 'x', address: '10.0.0.1' }] }),
    'spec.allowedIncoming',
  ],
  ['an entry for nobody', entry({}), 'spec.allowedIncoming[0]'],
  ['an entry for two', entry({ address: '10.0.0.1', host: 'a' }), 'spec.allowedIncoming[0]'],
  ['an address that is none', entry({ address: '1.2.3' }), 'spec.allowedIncoming[0]'],
  ['a block that is none', entry({ cidr: '10.0.0.0' }), 'spec.allowedIncoming[0]'],
  ['app servers without a choice', entry({ appServers: {} }), 'spec.allowedIncoming[0].appServers'],
  [
    'app servers chosen twice',
    entry({ appServers: { name: 'a', selector: { matchLabels: { a: 'b' } } } }),
    'spec.allowedIncoming[0].appServers',
  ],
  [
    'an empty selector, which would mean all',
    entry({ appServers: { selector: { matchLabels: {} } } }),
    'spec.allowedIncoming[0].appServers.selector.matchLabels',
  ],
  [
    'namespaces by no selector',
    entry({ appServers: { name: 'a', namespaces: { from: 'Selector' } } }),
    'spec.allowedIncoming[0].appServers.namespaces',
  ],
  [
    'one entry name twice',
    dataServer({
      allowedIncoming: [
        { name: 'x', address: '10.0.0.1' },
        { name: 'x', address: '10.0.0.2' },
      ],
    }),
    'spec.allowedIncoming[1].name',
  ],
  [
    'a database twice',
    dataServer({ databases: [{ name: 'A' }, { name: 'A' }] }),
    'spec.databases[1].name',
  ],
  [
    'a block of 4 KB',
    dataServer({ databases: [{ name: 'A', blockSize: '4Ki' }] }),
    'spec.databases[0].blockSize',
  ],
  ['a data server nowhere', appServer({ dataServers: [{ name: 'B' }] }), 'spec.dataServers[0]'],
  [
    'a data server in two places',
    appServer({ dataServers: [{ ...BANK, host: 'a' }] }),
    'spec.dataServers[0]',
  ],
  [
    'a port without a host',
    appServer({ dataServers: [{ ...BANK, port: 1972 }] }),
    'spec.dataServers[0].port',
  ],
  [
    'two channels to one data server (§4.3.5)',
    appServer({ dataServers: [BANK, { ...BANK, name: 'B' }] }),
    'spec.dataServers[1].dataServerRef',
  ],
  [
    'more data servers than allowed',
    appServer({ maxDataServers: 1, dataServers: [BANK, { name: 'B', host: 'b' }] }),
    'spec.maxDataServers',
  ],
  [
    'a remote database of nobody',
    appServer({ remoteDatabases: [remote] }),
    'spec.remoteDatabases[0].dataServer',
  ],
  [
    'a database local and remote (F-E1)',
    appServer({
      dataServers: [BANK],
      databases: [{ name: 'A' }],
      remoteDatabases: [remote],
      storage: {},
    }),
    'spec.remoteDatabases[0].name',
  ],
  [
    'a mapping to no database (F-D4)',
    appServer({
      namespaces: [
        { name: 'USER', defaultDatabase: 'SYS', mappings: [{ global: 'A', database: 'B' }] },
      ],
    }),
    'spec.namespaces[0].mappings[0].database',
  ],
  [
    'a variable with a space',
    appServer({ application: { module: 'a', env: [{ name: 'a b' }] } }),
    'spec.application.env[0].name',
  ],
  [
    'a variable twice',
    appServer({ application: { module: 'a', env: [{ name: 'A' }, { name: 'A' }] } }),
    'spec.application.env[1].name',
  ],
];

describe('refused, naming the field', () => {
  test.each(REFUSED)('%s', (_what, text, field) => {
    const lines = problems(text);
    expect(lines).toHaveLength(1);
    expect(`${lines[0] ?? ''}: `).toContain(`${field}: `);
  });
});
