/**
 * K9: pod templates of every example and of some rich specs, as the operator makes them, against those of the last
 * release: test/fixtures/pod-templates.json. Another hash restarts every pod of every user when they upgrade the operator.
 *
 * When this fails, the change is most likely not meant: find a way that leaves the template as it is, such as a field that
 * is there only where a spec asks for it. It may change on purpose alone, with an entry of the change log that says
 * BREAKING; then write the file anew and read what is different:
 *
 *   ECP_WRITE_GOLDEN=1 npm test -- operator/controllers/pod-template-golden
 *
 * Examples and specs that are added get their lines in the same way, and no other line changes with them.
 */
import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import type { OperatorSettings } from '../resources/workload.ts';
import { STATEFUL_SET } from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'examples');
const GOLDEN = join(ROOT, 'test/fixtures/pod-templates.json');
const UNTIL_APPLIED_MS = 2000;

interface Golden {
  readonly hash: string;
  readonly template: unknown;
}

const manifest = (kind: string, name: string, spec: object, metadata: object = {}): string =>
  JSON.stringify({
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name, namespace: 'data', ...metadata },
    spec,
  });

const POD_TEMPLATE = {
  metadata: { labels: { team: 'ledger' }, annotations: { 'example.org/note': 'n' } },
  spec: {
    nodeSelector: { disk: 'fast' },
    tolerations: [{ key: 'ledger', operator: 'Exists', effect: 'NoSchedule' }],
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    topologySpreadConstraints: [],
    priorityClassName: 'high',
    serviceAccountName: 'ledger',
    securityContext: { runAsUser: 1000, fsGroup: 1000, fsGroupChangePolicy: 'Always' },
  },
};
const WORKLOAD = {
  image: 'r/ecp-server:0.2.0',
  imagePullPolicy: 'Always',
  imagePullSecrets: [{ name: 'registry' }],
  resources: { requests: { cpu: '2', memory: '3Gi' }, limits: { memory: '5Gi' } },
  drainSeconds: 300,
  podTemplate: POD_TEMPLATE,
};
const APPLICATION = {
  module: 'main.js',
  env: [
    { name: 'PLAIN', value: 'x' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
  ],
  envFrom: [{ configMapRef: { name: 'c' } }],
  ports: [{ name: 'http', containerPort: 8080 }],
  containers: [{ name: 'web', image: 'r/web:1', ports: [{ name: 'web', containerPort: 8081 }] }],
};
const LEDGER = { name: 'LEDGER', dataServerRef: { name: 'ledger' } };
const STORAGE = { data: { size: '20Gi', storageClassName: 'fast' }, journal: { size: '10Gi' } };

/** What the examples do not show. */
const SPECS: Readonly<Record<string, string>> = {
  'least of a data server': manifest('EcpDataServer', 'least', {}),
  'least of an app server': manifest('EcpAppServer', 'least', {}),
  'much of a data server': manifest(
    'EcpDataServer',
    'ledger',
    {
      ...WORKLOAD,
      port: 2000,
      maxAppServers: 200,
      bufferPoolSize: '2Gi',
      storage: STORAGE,
      databases: [{ name: 'ACCOUNTS', blockSize: '32Ki' }],
      application: APPLICATION,
    },
    { annotations: { 'ecp.dev/restarted-at': '2026-01-01T00:00:00Z' } },
  ),
  'much of an app server': manifest('EcpAppServer', 'desk', {
    ...WORKLOAD,
    replicas: 3,
    dataServers: [LEDGER],
    remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'LEDGER', database: 'ACCOUNTS' }],
    databases: [{ name: 'LOCAL' }],
    storage: STORAGE,
    cacheSize: '1Gi',
    application: APPLICATION,
  }),
  'a module alone': manifest('EcpAppServer', 'module', { application: { module: '/srv/a.js' } }),
  'keys, with a TEMP of its own': manifest('EcpDataServer', 'sealed', {
    databases: [{ name: 'ACCOUNTS', encryption: { keySecretRef: { name: 'keys', key: 'a' } } }],
    encryption: {
      keySecretRef: { name: 'keys', key: 'j' },
      tempKeySecretRef: { name: 'other', key: 't' },
      previousKeySecretRefs: [{ name: 'keys', key: 'old' }],
    },
  }),
  'containers alone, outside the namespace default': manifest('EcpAppServer', 'beside', {
    application: { containers: [{ name: 'web', image: 'r/web:1' }] },
  }),
};

const CASES: readonly (readonly [string, string])[] = [
  ...globSync('**/*.yaml', { cwd: EXAMPLES })
    .toSorted()
    .map((name) => [name, readFileSync(join(EXAMPLES, name), 'utf8')] as const),
  ...Object.entries(SPECS),
];

/** By what they are of: `quickstart.yaml: default/bank`. */
async function templatesOf(
  title: string,
  manifests: string,
  settings: Partial<OperatorSettings> = {},
): Promise<Record<string, Golden>> {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  // The template as it is applied, with nothing that a server would fill in.
  memory.server.defaults = undefined;
  memory.apply(manifests);
  const bench = new OperatorBench(memory, { settings });
  await time.run(bench.start());
  await time.pass(UNTIL_APPLIED_MS);
  await bench.stop();
  return Object.fromEntries(
    memory.server.list({ type: STATEFUL_SET }).map(({ metadata, spec }) => {
      const { template } = spec as { readonly template: unknown };
      const hash = metadata.annotations?.['ecp.dev/pod-template'] ?? '';
      return [`${title}: ${metadata.namespace ?? ''}/${metadata.name}`, { hash, template }];
    }),
  );
}

async function allTemplates(): Promise<Record<string, Golden>> {
  const all: Record<string, Golden> = {};
  for (const [title, manifests] of CASES) Object.assign(all, await templatesOf(title, manifests));
  return all;
}

describe('K9: pod templates', () => {
  test('are those of the last release', async () => {
    const templates = await allTemplates();
    if (process.env['ECP_WRITE_GOLDEN'] === '1') {
      // A line for each, so that it is seen which ones change; what changes in it, the test shows.
      const lines = Object.entries(templates).map((entry) =>
        entry.map((part) => JSON.stringify(part)).join(': '),
      );
      writeFileSync(GOLDEN, `{\n  ${lines.join(',\n  ')}\n}\n`);
    }
    expect(Object.keys(templates).length).toBeGreaterThanOrEqual(CASES.length);
    expect(templates).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  test('say nothing of the operator that made them', async () => {
    const settings = {
      namespace: 'elsewhere',
      podLabels: { app: 'another' },
      clusterDomain: 'k8s.example',
      manager: 'elsewhere/two',
    };
    for (const [title, manifests] of CASES) {
      expect(await templatesOf(title, manifests, settings)).toEqual(
        await templatesOf(title, manifests),
      );
    }
  });
});
