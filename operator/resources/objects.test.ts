/** What reaches which object: a change of a spec touches the objects meant and no others. */
import { describe, expect, test } from '@jest/globals';
import { objectsOf, workloadsOf } from '../../test/support/pod-objects.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import { blocksOf } from './address-blocks.ts';
import { containerResources } from './container-resources.ts';
import { canonicalJson } from './hash.ts';
import { networkPolicy } from './network-policy.ts';
import { statefulSet } from './stateful-set.ts';
import type { Workload } from './workload.ts';

const BANK = { databases: [{ name: 'ACCOUNTS' }], maxAppServers: 8 };
const TELLER = {
  replicas: 2,
  dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }],
  remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
  namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
};

const manifest = (kind: string, name: string, spec: object, metadata: object = {}): string =>
  JSON.stringify({
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name, namespace: 'data', ...metadata },
    spec,
  });
const bank = (spec: object = {}, metadata: object = {}): Workload =>
  only(workloadsOf([manifest('EcpDataServer', 'bank', { ...BANK, ...spec }, metadata)]));
const teller = (spec: object = {}, metadata: object = {}): Workload =>
  only(workloadsOf([manifest('EcpAppServer', 'teller', { ...TELLER, ...spec }, metadata)]));

function only<T>([first, ...more]: readonly T[]): T {
  if (first === undefined || more.length > 0) throw new Error('one was expected');
  return first;
}

const idOf = ({ kind, metadata: { name } }: KubernetesObject): string => `${kind} ${name}`;

/** Which objects differ between two workloads. */
function changed(before: Workload, after: Workload): string[] {
  const old = new Map(objectsOf(before).map((object) => [idOf(object), canonicalJson(object)]));
  const now = new Map(objectsOf(after).map((object) => [idOf(object), canonicalJson(object)]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
}

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: object;
  readonly restartPolicy?: string;
}
interface Pod {
  readonly metadata: {
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  };
  readonly spec: Record<string, unknown> & {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}
const specOf = (object: KubernetesObject) =>
  object['spec'] as Record<string, unknown> & { readonly template: Pod };
const podOf = (workload: Workload): Pod => specOf(statefulSet(workload)).template;

describe('F-K1: a change of a spec touches', () => {
  const BANK_CONFIG = 'ConfigMap bank-config';
  const BANK_PODS = 'StatefulSet bank';
  test.each<[string, object, string[]]>([
    ['maxAppServers', { maxAppServers: 9 }, [BANK_CONFIG]],
    ['ecpService', { ecpService: 'Disabled' }, [BANK_CONFIG]],
    ['timeouts', { timeouts: { troubledSeconds: 90 } }, [BANK_CONFIG]],
    ['heartbeat', { heartbeat: { intervalSeconds: 3 } }, [BANK_CONFIG]],
    ['logLevel', { logLevel: 'debug' }, [BANK_CONFIG]],
    ['journal', { journal: { keepSeconds: 60 } }, [BANK_CONFIG]],
    [
      'bounds of databases',
      { databases: [{ name: 'ACCOUNTS', maxSize: '1Gi', unjournaledGlobals: ['T*'] }] },
      [BANK_CONFIG],
    ],
    [
      'encryption',
      { encryption: { keySecretRef: { name: 'keys', key: 'a' } } },
      [BANK_CONFIG, BANK_PODS],
    ],
    ['namespaces', { namespaces: [{ name: 'USER', defaultDatabase: 'SYS' }] }, [BANK_CONFIG]],
    [
      'databases',
      { databases: [{ name: 'ACCOUNTS', access: 'ReadOnly' }, { name: 'MORE' }] },
      [BANK_CONFIG],
    ],
    [
      'allowedIncoming',
      { allowedIncoming: [{ name: 'dc', cidr: '10.8.0.0/16' }] },
      [BANK_CONFIG, 'NetworkPolicy bank'],
    ],
    ['incomingPolicy', { incomingPolicy: 'Any' }, [BANK_CONFIG, 'NetworkPolicy bank']],
    ['image', { image: 'r/ecp:2' }, [BANK_PODS]],
    ['resources', { resources: { requests: { cpu: '2' } } }, [BANK_PODS]],
    ['drainSeconds', { drainSeconds: 60 }, [BANK_CONFIG, BANK_PODS]],
    ['port', { port: 2000 }, ['Service bank-pods', 'Service bank', BANK_CONFIG, BANK_PODS]],
    ['storage', { storage: { data: { size: '20Gi' } } }, [BANK_PODS]],
    ['service', { service: { annotations: { a: 'b' } } }, ['Service bank']],
    ['networkPolicy', { networkPolicy: { mode: 'None' } }, ['NetworkPolicy bank']],
    ['podTemplate', { podTemplate: { spec: { nodeSelector: { disk: 'fast' } } } }, [BANK_PODS]],
  ])('%s', (_field, spec, objects) => {
    expect(changed(bank(), bank(spec)).toSorted()).toEqual(objects.toSorted());
  });

  test('replicas', () => {
    expect(changed(teller(), teller({ replicas: 3 }))).toEqual(['StatefulSet teller']);
    // With one there is nothing to keep up while a node is drained (K17).
    expect(changed(teller(), teller({ replicas: 1 })).toSorted()).toEqual([
      'PodDisruptionBudget teller',
      'StatefulSet teller',
    ]);
  });

  test('an annotation that asks for a restart', () => {
    const restarted = bank({}, { annotations: { 'ecp.dev/restarted-at': '2026-11-24' } });
    expect(changed(bank(), restarted)).toEqual([BANK_PODS]);
  });
});

describe('objects', () => {
  test('belong to their resource, and say who looks after them (K16)', () => {
    for (const object of objectsOf(teller())) {
      expect(object.metadata.ownerReferences).toEqual([
        {
          apiVersion: 'ecp.dev/v1alpha1',
          kind: 'EcpAppServer',
          name: 'teller',
          uid: 'uid-of-EcpAppServer-teller',
          controller: true,
        },
      ]);
      expect(object.metadata.namespace).toBe('data');
      expect(object.metadata.labels).toMatchObject({
        'app.kubernetes.io/managed-by': 'ecp-operator',
        'ecp.dev/app-server': 'teller',
      });
      expect(object.metadata.annotations).toMatchObject({ 'ecp.dev/manager': 'ecp-system/test' });
    }
  });

  test('the ConfigMap holds what an instance takes, with its revision (K5)', () => {
    const object = objectsOf(bank(), 41).find(({ kind }) => kind === 'ConfigMap');
    const data = object?.['data'] as Record<string, string>;
    expect(parseConfiguration(data['configuration.json'])).toMatchObject({
      revision: 41,
      dataDirectory: '/var/lib/ecp/data',
      ecp: { host: '::', port: 1972, incomingPolicy: 'Listed', allowedIncoming: [] },
    });
  });

  test('a data server is reached through a Service that also routes to a pod that is not ready (K2)', () => {
    const services = objectsOf(bank()).filter(({ kind }) => kind === 'Service');
    expect(services.map((one) => specOf(one)['publishNotReadyAddresses'])).toEqual([true, true]);
    const [, ofTellers] = objectsOf(teller()).filter(({ kind }) => kind === 'Service');
    expect(ofTellers && specOf(ofTellers)['publishNotReadyAddresses']).toBe(false);
  });
});

describe('F-K2: app servers are listed', () => {
  test('by the addresses of their pods, and by their stable names while nobody looks (K4)', () => {
    const allowed = { ...BANK, allowedIncoming: [{ name: 't', appServers: { name: 'teller' } }] };
    const [workload] = workloadsOf(
      [manifest('EcpDataServer', 'bank', allowed), manifest('EcpAppServer', 'teller', TELLER)],
      { addressesOf: (pod) => (pod === 'teller-0' ? ['10.1.2.3', 'fd00::3'] : []) },
    );
    expect(workload?.configuration.ecp.allowedIncoming).toEqual([
      { name: 't', address: '10.1.2.3' },
      { name: 't', address: 'fd00::3' },
      { name: 't', host: 'teller-0.teller-pods.data.svc.cluster.local' },
      { name: 't', host: 'teller-1.teller-pods.data.svc.cluster.local' },
    ]);
  });
});

describe('pods', () => {
  test('meet the policy `restricted`', () => {
    const { spec } = podOf(bank());
    expect(spec['securityContext']).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65_532,
      fsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec['automountServiceAccountToken']).toBe(false);
    expect(spec.containers.map(({ securityContext }) => securityContext)).toEqual([
      {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
      },
    ]);
  });

  test('have longer to end than an orderly stop may take (K11)', () => {
    expect(podOf(bank({ drainSeconds: 77 })).spec['terminationGracePeriodSeconds']).toBe(107);
  });

  test('with containers beside it, the instance starts first and is told to stop last (K11)', () => {
    const application = { containers: [{ name: 'web', image: 'r/web:1' }] };
    const { initContainers, containers } = podOf(teller({ application })).spec;
    expect(initContainers).toMatchObject([{ name: 'instance', restartPolicy: 'Always' }]);
    expect(containers.map(({ name }) => name)).toEqual(['web']);
  });

  test('know their instance by the name that the topology gives it', () => {
    const nameIn = (namespace: string) =>
      podOf(bank({}, { namespace })).spec.containers[0]?.env.find(
        ({ name }) => name === 'ECP_INSTANCE_NAME',
      )?.value;
    expect(nameIn('default')).toBe('$(ECP_POD_NAME)');
    expect(nameIn('data')).toBe('$(ECP_POD_NAMESPACE)/$(ECP_POD_NAME)');
  });

  test('carry the labels that a person gives them, beside our own', () => {
    const metadata = { labels: { team: 'x' } };
    expect(podOf(bank({ podTemplate: { metadata } })).metadata.labels).toMatchObject({
      'ecp.dev/data-server': 'bank',
      team: 'x',
    });
  });

  test('F-K7: another version of the operator restarts none (K9)', () => {
    const hashOf = (workload: Workload) =>
      statefulSet(workload).metadata.annotations?.['ecp.dev/pod-template'];
    // Whoever changes these literals restarts every pod of every user at the upgrade.
    expect(hashOf(bank())).toBe(
      'sha256:1977efc6b58b813a560225e9eba04099ba00d92e9af245b5ea6862bd7e82f9af',
    );
    expect(hashOf(teller())).toBe(
      'sha256:f2588422817499d77b65474629b960ee5fb624df839aab97ee73d3a194c23bcd',
    );
  });

  test('F-K7: memory of the sizing rule is taken up when something else changes', () => {
    const before = statefulSet(bank());
    const grown: Workload = { ...bank(), memory: { ...bank().memory, totalBytes: 2 ** 31 } };
    expect(specOf(statefulSet(grown, before)).template).toEqual(specOf(before).template);
    const rolled = { ...grown, image: 'r/ecp:2' };
    expect(canonicalJson(statefulSet(rolled, before))).toContain('"memory":"2048Mi"');
  });
});

describe('F-K6: volumes', () => {
  test('are kept when the resource goes, and know whose they are (K7)', () => {
    expect(specOf(statefulSet(bank()))).toMatchObject({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        {
          metadata: {
            name: 'data',
            annotations: { 'ecp.dev/owner-uid': 'uid-of-EcpDataServer-bank' },
          },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        },
      ],
    });
    expect(specOf(statefulSet(teller()))['volumeClaimTemplates']).toBeUndefined();
  });
});

describe('F-D6: encryption keys', () => {
  const key = (name: string, of: string) => ({ name: of, key: name });
  const ENCRYPTION = {
    keySecretRef: key('b', 'zeta'),
    tempKeySecretRef: key('a', 'zeta'),
    previousKeySecretRefs: [key('x', 'alpha'), key('b', 'zeta')],
  };
  const keysIn = (workload: Workload) => {
    const { volumes, containers } = podOf(workload).spec as unknown as {
      readonly volumes: readonly { readonly name: string }[];
      readonly containers: readonly { readonly volumeMounts: readonly { name: string }[] }[];
    };
    return [
      volumes.find(({ name }) => name === 'keys'),
      containers[0]?.volumeMounts.find(({ name }) => name === 'keys'),
    ];
  };

  test('are mounted read-only, those that are named and no others of their Secrets', () => {
    expect(keysIn(bank({ encryption: ENCRYPTION }))).toEqual([
      {
        name: 'keys',
        projected: {
          defaultMode: 0o440,
          sources: [
            {
              secret: {
                name: 'alpha',
                optional: true,
                items: [{ key: 'x', path: 'alpha/x' }],
              },
            },
            {
              secret: {
                name: 'zeta',
                optional: true,
                items: [
                  { key: 'a', path: 'zeta/a' },
                  { key: 'b', path: 'zeta/b' },
                ],
              },
            },
          ],
        },
      },
      { name: 'keys', mountPath: '/etc/ecp/keys', readOnly: true },
    ]);
    expect(keysIn(bank())).toEqual([undefined, undefined]);
  });

  test('are where the configuration says, and their order restarts no pod', () => {
    const encryption = {
      ...ENCRYPTION,
      keySecretRef: key('a', 'zeta'),
      tempKeySecretRef: key('b', 'zeta'),
    };
    const [one, other] = [bank({ encryption: ENCRYPTION }), bank({ encryption })];
    expect(one.configuration.encryption.keys).toContainEqual({
      name: 'alpha.x',
      file: '/etc/ecp/keys/alpha/x',
    });
    expect(changed(one, other)).toEqual(['ConfigMap bank-config']);
  });
});

describe('the NetworkPolicy', () => {
  const ingressOf = (spec: object) =>
    (networkPolicy(bank(spec), []).object?.['spec'] as { ingress: object[] } | undefined)?.ingress;

  test('lets nobody in by ECP when nobody is listed (K1)', () => {
    expect(JSON.stringify(ingressOf({}))).not.toContain('"ecp"');
    expect(ingressOf({ incomingPolicy: 'Any' })).toContainEqual({
      ports: [{ protocol: 'TCP', port: 'ecp' }],
    });
  });

  test('says what it cannot say (K17)', () => {
    const allowedIncoming = [
      { name: 'lab', host: 'lab.example.org' },
      { name: 'scattered', address: '18.0-254.0-254.7' },
    ];
    const { incomplete } = networkPolicy(bank({ allowedIncoming }), []);
    expect(incomplete).toHaveLength(2);
    expect(incomplete.join()).toContain('lab.example.org');
  });

  test.each([
    ['18.61.202-210.*', ['18.61.202.0/23', '18.61.204.0/22', '18.61.208.0/23', '18.61.210.0/24']],
    ['18.68.*.*', ['18.68.0.0/16']],
    ['*.*.*.*', ['0.0.0.0/0']],
    ['10.8.3.9/16', ['10.8.0.0/16']],
    ['10.1.2.3', ['10.1.2.3/32']],
    ['::ffff:10.1.2.3', ['10.1.2.3/32']],
    ['fd00::1', ['fd00::1/128']],
  ])('knows %s as blocks', (pattern, blocks) => {
    expect(blocksOf(pattern)).toEqual(blocks);
  });
});

test('resources: figures of a spec take the place of the rule’s, each by itself', () => {
  const MIB = 2 ** 20;
  expect(containerResources(undefined, 200 * MIB)).toEqual({
    requests: { cpu: '100m', memory: '200Mi' },
    limits: { memory: '400Mi' },
  });
  expect(containerResources({ requests: { memory: '1Gi' } }, 200 * MIB)).toEqual({
    requests: { cpu: '100m', memory: '1Gi' },
    limits: { memory: '2048Mi' },
  });
  // A request above its limit would be refused.
  expect(containerResources({ limits: { memory: '128Mi' } }, 200 * MIB)).toEqual({
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { memory: '128Mi' },
  });
});
