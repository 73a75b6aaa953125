/** Plain data for tests of decisions: a resource, its pods and all that is known of them, each to be varied by a field or two. */
import { readResource } from '../../operator/api/manifests.ts';
import type { EcpResource } from '../../operator/api/manifests.ts';
import { podPlacement } from '../../operator/resources/placement.ts';
import { computeTopology } from '../../operator/topology/topology.ts';
import type { ResourceTopology } from '../../operator/topology/topology.ts';
import type { Facts, ObservedPod } from '../../operator/controllers/decisions/facts.ts';
import type { Observation } from '../../operator/controllers/decisions/observation.ts';
import type { OwnedPod } from '../../operator/controllers/decisions/owned-pod.ts';
import type { OwnedStatefulSet } from '../../operator/controllers/decisions/owned-stateful-set.ts';

export const OLD_REVISION = 'bank-old';
export const NEW_REVISION = 'bank-new';
export const IMAGE = 'r/ecp-server:0.2.0';
export const UID = 'uid-of-the-resource';

interface SampleMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

function resource(kind: EcpResource['kind'], metadata: object, spec: object): EcpResource {
  const read = readResource({ apiVersion: 'ecp.dev/v1alpha1', kind, metadata, spec });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.resource;
}

export function dataServer(spec: object = {}, metadata: SampleMetadata = {}): EcpResource {
  const common = { name: 'bank', namespace: 'data', uid: UID };
  return resource('EcpDataServer', { ...common, ...metadata }, { maxAppServers: 8, ...spec });
}

export function appServer(spec: object = {}, metadata: SampleMetadata = {}): EcpResource {
  const common = { name: 'teller', namespace: 'data', uid: UID };
  return resource('EcpAppServer', { ...common, ...metadata }, spec);
}

/** What it comes to among others; pods have no addresses. */
export function topologyOf(
  one: EcpResource,
  others: readonly EcpResource[] = [],
): ResourceTopology {
  const all = [one, ...others];
  const found = computeTopology(all, {
    place: ({ resource: name, replica }) =>
      podPlacement(all.find(({ metadata }) => metadata.name === name) ?? one, replica, {
        addresses: [],
        clusterDomain: 'cluster.local',
      }),
    labelsOf: () => ({}),
    locateModule: (_resource, module) => module,
    locateKey: (_resource, { name, key }) => `/keys/${name}/${key}`,
    applicationVariables: () => ({}),
  }).resources.find((each) => each.resource === one);
  if (found === undefined) throw new Error('a topology has every resource');
  return found;
}

/** One that runs and serves, of the newest template. */
export function pod(ordinal: number, more: Partial<OwnedPod> = {}): OwnedPod {
  const name = `bank-${ordinal}`;
  return {
    namespace: 'data',
    name,
    uid: `uid-of-${name}`,
    ordinal,
    controllerUid: 'uid-of-the-set',
    addresses: [`10.0.0.${ordinal + 1}`],
    image: IMAGE,
    revision: NEW_REVISION,
    isReady: true,
    isRunning: true,
    isLeaving: false,
    leavesAt: undefined,
    node: 'node-a',
    trouble: undefined,
    createdAt: '2026-01-01T00:00:00Z',
    ...more,
  };
}

/** All pods serve and are of the newest template. */
export function settledSet(
  replicas: number,
  more: Partial<OwnedStatefulSet> = {},
): OwnedStatefulSet {
  return {
    uid: 'uid-of-the-set',
    ownerUid: UID,
    image: IMAGE,
    templateHash: 'sha256:wanted',
    replicas,
    present: replicas,
    ready: replicas,
    updated: replicas,
    updateRevision: NEW_REVISION,
    partition: 0,
    isSeen: true,
    isSettled: true,
    ...more,
  };
}

export const CONFIGURATION = { revision: 7, hash: 'sha256:seven' };

/** An instance with the configuration in force, in which all is well. */
export function observation(more: Partial<Observation> = {}): Observation {
  return {
    version: '0.2.0',
    isReady: true,
    ...CONFIGURATION,
    needsRestart: [],
    refused: '',
    frozen: '',
    databases: [],
    journal: undefined,
    appServers: [],
    dataServers: [],
    ...more,
  };
}

export function observed(
  ordinal: number,
  said: Partial<Observation> = {},
  more: Partial<OwnedPod> = {},
): ObservedPod {
  return { pod: pod(ordinal, more), observation: observation(said) };
}

/** A resource of which everything runs as it should. */
export function facts(one: EcpResource, more: Partial<Facts> = {}): Facts {
  const replicas = one.kind === 'EcpAppServer' ? one.spec.replicas : 1;
  return {
    resource: one,
    generation: 3,
    topology: more.topology ?? topologyOf(one),
    set: settledSet(replicas),
    pods: Array.from({ length: replicas }, (_, ordinal) => observed(ordinal)),
    claims: [],
    configuration: CONFIGURATION,
    image: IMAGE,
    partition: 0,
    findings: [],
    podUidOf: () => undefined,
    wasReady: false,
    nowMs: Date.parse('2026-01-01T12:00:00Z'),
    timeMs: (time) => Date.parse(time),
    ...more,
  };
}
