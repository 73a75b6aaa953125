/**
 * Where pods run: what Kubernetes' scheduler makes of podTemplate.spec. It is asked on nodes that only the API server
 * knows, so that taints and labels disturb nobody: pods are bound to them, or not, and never started.
 */
import { expect, test } from '@jest/globals';
import { apply, eventually, getJson, kubectl } from '../support/kubectl.ts';
import { IMAGE } from '../support/images.ts';
import { isOwnCluster } from '../support/own-cluster.ts';
import { exec, podOf } from '../support/pods.ts';
import { applyResources, bank, resource, teller, untilReady } from '../support/resources.ts';
import type { Resource, Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const DECIDED_MS = 120_000;
const EVICTED_MS = 60_000;
const TOLERATION_SECONDS = 3;
const NOBODY = 'nobody';
const NODES = ['open', 'shut'] as const;
type Node = (typeof NODES)[number];
const KINDS = ['data', 'app'] as const;
type Kind = (typeof KINDS)[number];

/** What is asked for, and whether there is a node for it. */
interface Case {
  readonly name: string;
  readonly spec: Spec;
  readonly finds: boolean;
}

/**
 * Nodes `open`, which all pods here tolerate, and `shut`, which has a taint more. Of what spreads, one pod more is on
 * `open` already. `kind` keeps both kinds from being counted together.
 */
function casesOf(namespace: string, kind: Kind): readonly Case[] {
  const on = (node: Node): Spec => ({ nodeSelector: { [namespace]: node } });
  return [
    { name: 'selected', finds: true, spec: on('open') },
    { name: 'not-selected', finds: false, spec: { nodeSelector: { [namespace]: NOBODY } } },
    ...affinities(namespace),
    ...tolerations(namespace, on('shut')),
    ...spreads(namespace, kind, on('open')),
  ];
}

function affinities(namespace: string): Case[] {
  const towards = (value: string) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: namespace, operator: 'In', values: [value] }] },
        ],
      },
    },
  });
  const crowd = { topologyKey: namespace, labelSelector: { matchLabels: { crowd: 'here' } } };
  const apart = { requiredDuringSchedulingIgnoredDuringExecution: [crowd] };
  return [
    { name: 'affinity', finds: true, spec: { affinity: towards('open') } },
    { name: 'affinity-none', finds: false, spec: { affinity: towards(NOBODY) } },
    {
      name: 'apart',
      finds: false,
      spec: { affinity: { ...towards('open'), podAntiAffinity: apart } },
    },
  ];
}

function tolerations(namespace: string, onShut: Spec): Case[] {
  const right = { key: `${namespace}/shut`, operator: 'Equal', value: 'yes', effect: 'NoSchedule' };
  const cases: readonly (readonly [string, boolean, readonly object[]])[] = [
    ['not-tolerated', false, []],
    ['tolerated', true, [right]],
    ['every-value', true, [{ key: right.key, operator: 'Exists' }]],
    ['other-key', false, [{ ...right, key: `${namespace}/other` }]],
    ['other-value', false, [{ ...right, value: 'no' }]],
    ['other-effect', false, [{ ...right, effect: 'NoExecute' }]],
  ];
  return cases.map(([name, finds, list]) => ({
    name,
    finds,
    spec: { ...onShut, tolerations: list },
  }));
}

const countedBy = (kind: Kind, name: string): string => `${kind}-${name}`;

function spreads(namespace: string, kind: Kind, onOpen: Spec): Case[] {
  const ours = { nodeSelector: { [`${namespace}/ours`]: 'yes' } };
  const spread = (name: string, finds: boolean, more: Spec, where: Spec = ours): Case => {
    const constraint = {
      maxSkew: 1,
      topologyKey: namespace,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { [countedBy(kind, name)]: 'yes' } },
      ...more,
    };
    return { name, finds, spec: { ...where, topologySpreadConstraints: [constraint] } };
  };
  return [
    spread('spread', false, {}),
    spread('skewed', true, { maxSkew: 2 }),
    spread('anyway', true, { whenUnsatisfiable: 'ScheduleAnyway' }),
    spread('one-domain', true, { topologyKey: `${namespace}/ours` }),
    spread('no-domain', false, { topologyKey: `${namespace}/none` }),
    spread('uncounted', true, { labelSelector: { matchLabels: { [NOBODY]: 'yes' } } }),
    spread('of-tolerated', true, { nodeTaintsPolicy: 'Honor' }),
    spread('two-domains', false, { nodeTaintsPolicy: 'Honor', minDomains: 2 }),
    spread('of-selected', true, {}, onOpen),
    spread('of-all', false, { nodeAffinityPolicy: 'Ignore' }, onOpen),
  ];
}

/** A resource whose pod never starts: where it is put is all that is asked. */
function placed(namespace: string, kind: Kind, { name, spec }: Case): Resource {
  const given = (spec['tolerations'] ?? []) as readonly object[];
  const podTemplate = {
    metadata: { labels: { [countedBy(kind, name)]: 'yes' } },
    spec: { ...spec, tolerations: [...TOLERATED(namespace), ...given] },
  };
  const common = { image: `${IMAGE}-absent`, imagePullPolicy: 'Never', podTemplate };
  return kind === 'data'
    ? resource('EcpDataServer', namespace, countedBy(kind, name), {
        ...common,
        storage: { data: { size: '1Gi', storageClassName: namespace } },
      })
    : resource('EcpAppServer', namespace, countedBy(kind, name), common);
}

/** What nodes that nobody runs are tainted with, in the end. */
const TOLERATED = (namespace: string): readonly object[] =>
  [
    `${namespace}/nobody-runs-it`,
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
  ].map((key) => ({ key, operator: 'Exists' }));

function makeNodes(namespace: string, volumes: number): void {
  for (const node of NODES) {
    const name = `${namespace}-${node}`;
    const taints = [
      { key: `${namespace}/nobody-runs-it`, value: 'yes', effect: 'NoSchedule' },
      ...(node === 'shut'
        ? [{ key: `${namespace}/shut`, value: 'yes', effect: 'NoSchedule' }]
        : []),
    ];
    const labels = { [namespace]: node, [`${namespace}/ours`]: 'yes' };
    apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints } }]);
    const room = { cpu: '100', memory: '500Gi', pods: '200' };
    const status = JSON.stringify({ status: { allocatable: room, capacity: room } });
    kubectl(['patch', 'node', name, '--subresource=status', '--type=merge', '-p', status]);
  }
  const onEither = { key: `${namespace}/ours`, operator: 'In', values: ['yes'] };
  apply([
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: namespace },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    ...Array.from({ length: volumes }, (_, i) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${namespace}-${i}`, labels: { [namespace]: 'ours' } },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: namespace,
        local: { path: '/nowhere' },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [onEither] }] } },
      },
    })),
  ]);
}

/** Those who are counted before: one of them, with the labels of every case. */
function makeCrowd(namespace: string): void {
  const names = KINDS.flatMap((kind) =>
    casesOf(namespace, kind).map(({ name }) => [countedBy(kind, name), 'yes'] as const),
  );
  apply([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'crowd',
        namespace,
        labels: { crowd: 'here', ...Object.fromEntries(names) },
      },
      spec: {
        nodeName: `${namespace}-open`,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'nothing',
            image: `${IMAGE}-absent`,
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  ]);
}

/** Pods of nodes that nobody runs end only when they are told so by force. */
function clear(namespace: string): void {
  kubectl(['delete', 'eds,eas,statefulsets', '--all', '-n', namespace, '--wait=false']);
  kubectl(['delete', 'pods', '--all', '-n', namespace, '--force', '--grace-period=0']);
  kubectl(['delete', 'node', ...NODES.map((node) => `${namespace}-${node}`)]);
  kubectl(['delete', 'pv', '-l', `${namespace}=ours`, '--wait=false']);
  kubectl(['delete', 'storageclass', namespace]);
}

const nodeOf = (namespace: string, pod: string): string | undefined =>
  (podOf(namespace, pod)?.spec as { nodeName?: string } | undefined)?.nodeName;

const isRefused = (namespace: string, pod: string): boolean =>
  podOf(namespace, pod)?.status.conditions?.some(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  ) === true;

if (isOwnCluster) {
  test.concurrent(
    'F-K1: the scheduler puts pods where selectors, affinities, tolerations and spread constraints allow it',
    story(['placed'], async ({ namespaces: { placed: namespace }, step, defer }) => {
      defer(() => clear(namespace));
      const on = { nodeSelector: { [namespace]: 'open' } };
      const out = { key: `${namespace}/out`, operator: 'Exists', effect: 'NoExecute' };
      const bears = { ...out, tolerationSeconds: TOLERATION_SECONDS };
      const bearing = { name: 'bears', finds: true, spec: { ...on, tolerations: [bears] } };
      const all = KINDS.flatMap((kind) =>
        [...casesOf(namespace, kind), bearing].map((one) => ({ kind, ...one })),
      );
      makeNodes(namespace, all.length / KINDS.length);
      makeCrowd(namespace);
      applyResources(...all.map(({ kind, ...one }) => placed(namespace, kind, one)));
      const pods = all.map(({ kind, name, finds }) => ({
        pod: `${countedBy(kind, name)}-0`,
        finds,
      }));
      for (const { pod, finds } of pods) {
        const decided = (): true | undefined =>
          (finds ? nodeOf(namespace, pod) !== undefined : isRefused(namespace, pod))
            ? true
            : undefined;
        await eventually(
          decided,
          DECIDED_MS,
          `${pod} ${finds ? 'finds no' : 'is refused no'} node`,
        );
      }
      for (const { pod, finds } of pods) {
        expect([pod, nodeOf(namespace, pod) !== undefined]).toEqual([pod, finds]);
      }

      step('a taint that drives pods out');
      const uids = new Map(
        KINDS.map((kind) => {
          const pod = `${countedBy(kind, bearing.name)}-0`;
          return [pod, podOf(namespace, pod)?.metadata.uid];
        }),
      );
      const tainted = Date.now();
      kubectl(['taint', 'node', `${namespace}-open`, `${out.key}=now:NoExecute`]);
      for (const [pod, uid] of uids) {
        const evicted = (): true | undefined => {
          const now = podOf(namespace, pod);
          const isSame = now?.metadata.uid === uid && now?.metadata.deletionTimestamp === undefined;
          return isSame ? undefined : true;
        };
        await eventually(evicted, EVICTED_MS, `${pod} not driven out`);
        expect(Date.now() - tainted).toBeGreaterThan(TOLERATION_SECONDS * 1000);
      }
    }),
  );
}

// After the other one, which keeps the operator busy: two kinds of every case.
test(
  'F-K1: pods have the labels, annotations, priority and ServiceAccount of the spec',
  story(['pods'], async ({ namespaces: { pods: namespace }, defer }) => {
    const value = 1234;
    defer(() => kubectl(['delete', 'priorityclass', namespace]));
    apply([
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: namespace },
        value,
      },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'worker', namespace },
        imagePullSecrets: [{ name: 'of-the-account' }],
      },
    ]);
    const podTemplate = {
      metadata: { labels: { team: 'blue' }, annotations: { 'team/contact': 'ada' } },
      spec: { priorityClassName: namespace, serviceAccountName: 'worker' },
    };
    const resources = [
      bank(namespace, { podTemplate }),
      teller(namespace, { replicas: 1, podTemplate }),
    ];
    applyResources(...resources);
    await untilReady(...resources);
    const { items } = getJson(['pods', '-n', namespace, '-l', 'team=blue']) as {
      items: { metadata: { name: string } }[];
    };
    expect(items.map(({ metadata }) => metadata.name)).toEqual(PODS);
    for (const pod of PODS) {
      expect(podOf(namespace, pod)).toMatchObject({
        metadata: { annotations: { 'team/contact': 'ada' } },
        // What admission made of the class and of the account.
        spec: { priority: value, imagePullSecrets: [{ name: 'of-the-account' }] },
      });
      // An instance asks the API server for nothing: the account's token is not in its pod.
      expect(exec(namespace, pod, ['ls', '/var/run'])).not.toContain('secrets');
    }
  }),
);
