/**
 * Custom resources → what must run: instances with their whole configuration, and what is wrong, as
 * conditions. A function of its arguments: the same on Kubernetes, under `ecp up` and in tests.
 *
 * Invariants: an instance's configuration has passed its own check; every resource has one condition of
 * each type; what is wrong with one resource keeps no other from running.
 */
import { conditionsOf } from '../api/conditions.ts';
import type { Condition, Finding } from '../api/conditions.ts';
import type { EcpDataServer } from '../api/ecp-data-server.ts';
import { instanceBase, resourceKey } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { keyName } from '../api/storage-fields.ts';
import { isEcpError, messageOf } from '../../server/base/errors.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import type {
  BlockSizeName,
  Configuration,
  ConfigurationInput,
} from '../../server/instance/configuration.ts';
import { capacityOf } from './capacity.ts';
import type { Capacity } from './capacity.ts';
import { encryptionFindings, encryptionOf } from './encryption.ts';
import { admissionOf, effectiveIncoming } from './grants.ts';
import type { EffectiveEntry } from './grants.ts';
import { instanceOf, instancesOf, replicasOf } from './instances.ts';
import type { Environment, InstanceIdentity } from './instances.ts';
import { resolveReferences } from './references.ts';
import type { References, ResolvedReference } from './references.ts';
import { controlStructureBytes, memoryOf } from './sizing.ts';
import type { CacheOfAppServer, Memory } from './sizing.ts';

export interface TopologyInstance extends InstanceIdentity {
  readonly configuration: Configuration;
  readonly memory: Memory;
}

export interface ResourceStatus {
  readonly kind: EcpResource['kind'];
  readonly namespace: string;
  readonly name: string;
  readonly conditions: readonly Condition[];
  /** Of data servers: connections that resources ask for, against maxAppServers. */
  readonly connections: { readonly limit: number; readonly requested: number } | undefined;
}

/** What a resource comes to as a whole. */
export interface ResourceTopology extends ResourceStatus {
  readonly resource: EcpResource;
  /** What its conditions were made of, for those who find more. */
  readonly findings: readonly Finding[];
  /** Of the first instance, there with no replica too; undefined when a condition says why nothing of it can run. */
  readonly configuration: Configuration | undefined;
  /** Of each instance; undefined with the configuration. */
  readonly memory: Memory | undefined;
  /** Of data servers: how many addresses each entry of the list stands for now. */
  readonly allowedIncoming: readonly { readonly name: string; readonly addresses: number }[];
  /** Of data servers: the resources that entries by `appServers` select. */
  readonly peers: readonly EcpResource[];
  /** The data servers that it names. */
  readonly references: readonly Reference[];
  /** How many of its instances find a place at all its data servers (rule K13). */
  readonly admittedReplicas: number;
}

export interface Reference {
  /** The guide's logical name. */
  readonly name: string;
  /** A resource as `namespace/name`, or a host. */
  readonly target: string;
  readonly resolved: boolean;
}

export interface Topology {
  /** Data servers first, then app servers; by resource and replica. */
  readonly instances: readonly TopologyInstance[];
  readonly resources: readonly ResourceTopology[];
}

/** One resource on its way through the computation. */
interface Work {
  readonly resource: EcpResource;
  readonly references: References;
  readonly findings: Finding[];
}

export function computeTopology(given: readonly EcpResource[], environment: Environment): Topology {
  const resources = given.toSorted(byRoleAndName);
  const dataServers = new Map(
    resources
      .filter((resource) => resource.kind === 'EcpDataServer')
      .map((resource) => [`${resource.metadata.namespace}/${resource.metadata.name}`, resource]),
  );
  const works = resources.map((resource): Work => {
    const references = resolveReferences(resource, dataServers, environment);
    const findings = [...references.findings, ...encryptionFindings(resource, references)];
    return { resource, references, findings };
  });
  const owners = nameOwners(resources);
  const running = works.filter((work) => ownsName(work, owners));
  const capacities: Capacities = new Map(
    [...dataServers.values()].map((server) => [
      server,
      weighConnections(server, running, environment),
    ]),
  );
  const configured = new Map(
    running.map((work) => [work, configure(work, running, environment)] as const),
  );
  return {
    instances: [...configured.values()].flatMap(({ instances }) => instances),
    resources: works.map((work) => ({
      ...statusOf(work, capacities),
      ...summaryOf(work, configured),
      admittedReplicas: admittedOf(work, capacities),
    })),
  };
}

function statusOf({ resource, findings }: Work, capacities: Capacities): ResourceStatus {
  return {
    kind: resource.kind,
    namespace: resource.metadata.namespace,
    name: resource.metadata.name,
    conditions: conditionsOf(findings),
    connections:
      resource.kind === 'EcpDataServer'
        ? {
            limit: resource.spec.maxAppServers,
            requested: capacities.get(resource)?.requested ?? 0,
          }
        : undefined,
  };
}

function summaryOf(
  work: Work,
  configured: ReadonlyMap<Work, Configured>,
): Omit<ResourceTopology, keyof ResourceStatus | 'admittedReplicas'> {
  const { configuration, memory, allowedIncoming = [], peers = [] } = configured.get(work) ?? {};
  return {
    resource: work.resource,
    findings: work.findings,
    configuration,
    memory,
    allowedIncoming,
    peers,
    references: work.references.resolved.map(({ name, target, host }) => ({
      name,
      target,
      resolved: host !== undefined,
    })),
  };
}

function byRoleAndName(a: EcpResource, b: EcpResource): number {
  if (a.kind !== b.kind) return a.kind === 'EcpDataServer' ? -1 : 1;
  const [left, right] = [resourceKey(a), resourceKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Two resources of one name would run instances of one name: the older has it, so that what runs goes on; of two of one
 * age the first of those given.
 */
function nameOwners(resources: readonly EcpResource[]): ReadonlyMap<string, EcpResource> {
  const owners = new Map<string, EcpResource>();
  for (const resource of resources) {
    const name = instanceBase(resource);
    const other = owners.get(name);
    if (other === undefined || bornOf(resource) < bornOf(other)) owners.set(name, resource);
  }
  return owners;
}

const bornOf = ({ metadata }: EcpResource): string => metadata.creationTimestamp ?? '';

function ownsName({ resource, findings }: Work, owners: ReadonlyMap<string, EcpResource>): boolean {
  const owner = owners.get(instanceBase(resource));
  if (owner === undefined || owner === resource) return true;
  const message = `metadata.name: ${resourceKey(owner)} has this name already; nothing of this runs`;
  findings.push({ type: 'Degraded', reason: 'NameTaken', message });
  return false;
}

const referenceTo = (work: Work, server: EcpDataServer): ResolvedReference | undefined =>
  work.references.resolved.find(({ dataServer }) => dataServer === server);

/** §2.1: what is asked for is said before anyone is refused, on both sides. */
function weighConnections(
  server: EcpDataServer,
  works: readonly Work[],
  environment: Environment,
): Capacity {
  // Whoever is refused takes no place away from those who are not.
  const asking = works.filter(
    (work) =>
      referenceTo(work, server) !== undefined &&
      admissionOf(server, work.resource, environment) !== 'Refused',
  );
  const capacity = capacityOf(
    server,
    asking.map(({ resource }) => resource),
  );
  if (capacity.finding === undefined) return capacity;
  for (const { resource, findings } of works) {
    if (resource === server || capacity.admitted.has(resource)) findings.push(capacity.finding);
  }
  return capacity;
}

/** By the scarcest of the data servers that it names. A data server has data of its own to serve, place or not. */
function admittedOf({ resource }: Work, capacities: Capacities): number {
  if (resource.kind === 'EcpDataServer') return replicasOf(resource);
  return [...capacities.values()].reduce(
    (least, { admitted }) => Math.min(least, admitted.get(resource) ?? least),
    replicasOf(resource),
  );
}

type Capacities = ReadonlyMap<EcpDataServer, Capacity>;

interface Configured {
  readonly instances: readonly TopologyInstance[];
  readonly configuration?: Configuration;
  readonly memory?: Memory;
  readonly allowedIncoming: ResourceTopology['allowedIncoming'];
  readonly peers: ResourceTopology['peers'];
}

function configure(work: Work, works: readonly Work[], environment: Environment): Configured {
  const { resource, findings } = work;
  const [incoming, controlBytes] =
    resource.kind === 'EcpDataServer'
      ? [
          effectiveIncoming(
            resource,
            [...works.map((other) => other.resource), ...(environment.departed ?? [])],
            environment,
          ),
          controlStructureBytes(cachesOf(resource, works)),
        ]
      : [undefined, 0];
  findings.push(...(incoming?.findings ?? []));
  const { counts: allowedIncoming = [], peers = [] } = incoming ?? {};
  const one = (identity: InstanceIdentity): TopologyInstance => {
    const input = configurationOf(work, identity, incoming?.entries ?? [], environment);
    const configuration = parseConfiguration(input, identity.name);
    const { bufferPoolSize: bufferPoolBytes } = configuration;
    return { ...identity, configuration, memory: memoryOf({ bufferPoolBytes, controlBytes }) };
  };
  try {
    const { configuration, memory } = one(instanceOf(resource, 0));
    const instances = instancesOf(resource).map(one);
    return { instances, configuration, memory, allowedIncoming, peers };
  } catch (error) {
    findings.push({ type: 'Degraded', reason: 'InvalidConfiguration', message: messageOf(error) });
    return { instances: [], allowedIncoming, peers };
  }
}

/** What app servers cache of a data server; each cache counts with its smallest blocks, whose share is the largest. */
function cachesOf(server: EcpDataServer, works: readonly Work[]): CacheOfAppServer[] {
  const sizeOf = new Map(server.spec.databases.map(({ name, blockSize }) => [name, blockSize]));
  return works.flatMap(({ resource, references }) => {
    const logical = references.resolved.find(({ dataServer }) => dataServer === server)?.name;
    if (logical === undefined) return [];
    const sizes = resource.spec.remoteDatabases
      .filter(({ dataServer }) => dataServer === logical)
      .map(({ database }) => sizeOf.get(database) ?? '8Ki');
    const blockSize = ORDER.find((size) => sizes.includes(size)) ?? '8Ki';
    const bytes = cacheBytesOf(resource);
    return instancesOf(resource).map(() => ({ blockSize, bytes }));
  });
}
const ORDER: readonly BlockSizeName[] = ['8Ki', '16Ki', '32Ki', '64Ki'];

/** The cache of one instance as its configuration will have it; none where it has no valid one: then nothing of it runs. */
function cacheBytesOf({ kind, spec }: EcpResource): number {
  const bufferPoolSize = kind === 'EcpDataServer' ? spec.bufferPoolSize : undefined;
  const { cacheSize } = spec;
  const input = { name: 'sizing', dataDirectory: 'sizing', cacheSize, bufferPoolSize };
  try {
    return parseConfiguration(input).cacheSize;
  } catch (error) {
    if (isEcpError(error)) return 0;
    throw error;
  }
}

function configurationOf(
  { resource, references }: Work,
  identity: InstanceIdentity,
  allowedIncoming: readonly EffectiveEntry[],
  environment: Environment,
): ConfigurationInput {
  const { spec } = resource;
  const place = environment.place(identity);
  const { recoverySeconds, reconnectIntervalSeconds, requestWaitSeconds, connectGiveUpSeconds } =
    spec.timeouts;
  return {
    name: identity.name,
    dataDirectory: place.dataDirectory,
    journalDirectory: place.journalDirectory,
    drainSeconds: spec.drainSeconds,
    synchCommit: spec.synchCommit,
    locks: spec.locks,
    ecp: { ...place.ecp, ...servingOf(resource, allowedIncoming) },
    databases: spec.databases.map(({ encryption, ...database }) => ({
      ...database,
      ...(encryption === undefined ? {} : { encryptionKey: keyName(encryption.keySecretRef) }),
    })),
    journal: spec.journal,
    encryption: encryptionOf(resource, environment),
    dataServers: references.resolved.map(({ name, host, port, unresolved }) =>
      host === undefined
        ? { name, unresolved: unresolved ?? 'not resolved' }
        : { name, host, port },
    ),
    maxDataServers: spec.maxDataServers,
    remoteDatabases: spec.remoteDatabases,
    namespaces: spec.namespaces,
    timeouts: {
      recoverySeconds,
      reconnectIntervalSeconds,
      requestWaitSeconds,
      connectGiveUpSeconds,
    },
    heartbeat: spec.heartbeat,
    logLevel: spec.logLevel,
    cacheSize: spec.cacheSize,
    bufferPoolSize: resource.kind === 'EcpDataServer' ? resource.spec.bufferPoolSize : undefined,
    application: applicationOf(resource, environment),
    client: place.client,
    admin: place.admin,
    metrics: place.metrics,
  };
}

function applicationOf(
  resource: EcpResource,
  environment: Environment,
): ConfigurationInput['application'] {
  const { application } = resource.spec;
  if (application?.module === undefined) return undefined;
  const { module } = application;
  return {
    module: environment.locateModule(resource, module),
    env: { ...environment.applicationVariables(application) },
  };
}

/** The data server's side of an instance: app servers refuse every incoming connection. */
function servingOf(
  resource: EcpResource,
  allowedIncoming: readonly EffectiveEntry[],
): Partial<NonNullable<ConfigurationInput['ecp']>> {
  if (resource.kind === 'EcpAppServer') return { enabled: false };
  const { ecpService, maxAppServers, incomingPolicy, timeouts } = resource.spec;
  return {
    enabled: ecpService === 'Enabled',
    maxAppServers,
    incomingPolicy,
    allowedIncoming: [...allowedIncoming],
    timeouts: {
      troubledSeconds: timeouts.troubledSeconds,
      sessionRecoverySeconds: timeouts.sessionRecoverySeconds,
    },
  };
}
