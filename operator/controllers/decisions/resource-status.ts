/** The status of a resource, as its definition has it (operator/api/status.ts). Nothing in it counts what happens all the time (K15). */
import { conditionsIn, mergeConditions } from '../../api/conditions.ts';
import type { Condition } from '../../api/conditions.ts';
import type { EcpAppServerStatus, EcpDataServerStatus } from '../../api/status.ts';
import { podSelector, serviceName } from '../../resources/names.ts';
import { replicasOf } from '../../topology/instances.ts';
import { wantedSize } from './claim-plan.ts';
import type { Facts } from './facts.ts';
import type { ObservedDatabase, ObservedEncryption, ObservedJournal } from './observation.ts';
import { shownAmount } from './steady-amount.ts';
import { oldest } from './versions.ts';

export type ResourceStatus = EcpDataServerStatus | EcpAppServerStatus;

const CONNECTED = 'Normal';
/** As many as the definition takes. */
const PEERS_MAX = 254;

/** `before`: the status as it stands, for the times of its conditions. */
export function statusOf(
  facts: Facts,
  conditions: readonly Condition[],
  before: unknown,
  nowIso: string,
): ResourceStatus {
  const common = {
    observedGeneration: facts.generation,
    conditions: mergeConditions(conditionsIn(before), conditions, nowIso, facts.generation),
    ...commonOf(facts),
  };
  return facts.resource.kind === 'EcpDataServer'
    ? { ...common, ...dataServerOf(facts) }
    : { ...common, ...appServerOf(facts) };
}

function commonOf(facts: Facts): Omit<EcpDataServerStatus, 'conditions' | 'connections'> {
  const { resource, topology, pods, image } = facts;
  const port =
    resource.kind === 'EcpDataServer' ? resource.spec.port : topology.configuration?.client.port;
  const host = `${serviceName(resource)}.${resource.metadata.namespace}.svc`;
  const version = oldest(pods.flatMap(({ observation }) => observation?.version ?? []));
  const [first] = pods
    .filter(({ observation }) => observation !== undefined)
    .toSorted((a, b) => (a.pod.ordinal ?? 0) - (b.pod.ordinal ?? 0));
  return {
    ...(port === undefined ? {} : { endpoint: `${host}:${port}` }),
    ...(version === undefined ? {} : { version }),
    image,
    configuration: configurationOf(facts),
    databases: (first?.observation?.databases ?? []).map(databaseOf),
    ...journalOf(first?.observation?.journal),
    volumes: facts.claims.map(({ name, volume, requested, capacity }) => ({
      claimName: name,
      name: volume,
      requested: wantedSize(resource, volume) ?? requested,
      ...(capacity === undefined ? {} : { capacity }),
    })),
    references: topology.references.map(({ name, target, resolved }) => ({
      name,
      target,
      resolved,
    })),
  };
}

function databaseOf({
  name,
  uuid,
  state,
  bytes,
  freeBytes,
  encryption,
}: ObservedDatabase): NonNullable<EcpDataServerStatus['databases']>[number] {
  return {
    name,
    ...(uuid === '' ? {} : { uuid }),
    state,
    ...(bytes === 0 ? {} : { size: shownAmount(bytes) }),
    ...(freeBytes === undefined ? {} : { free: shownAmount(freeBytes) }),
    ...(encryption === undefined ? {} : { encryption: encryptionText(encryption) }),
  };
}

function encryptionText({ key, tenths, problem }: ObservedEncryption): string {
  const part = tenths < 10 ? `${key}, ${tenths * 10} % so far` : key;
  return problem === '' ? part : `${part}; ${problem}`;
}

function journalOf(journal: ObservedJournal | undefined): Pick<EcpDataServerStatus, 'journal'> {
  if (journal === undefined) return {};
  const { retainedBytes, pinnedBytes } = journal;
  return { journal: { retained: shownAmount(retainedBytes), pinned: shownAmount(pinnedBytes) } };
}

function configurationOf({ configuration, pods }: Facts): EcpDataServerStatus['configuration'] {
  const running = pods.flatMap(({ observation }) => observation ?? []);
  const revisions = running.map(({ revision }) => revision);
  const hashes = new Set(running.map(({ hash }) => hash));
  const [hash] = hashes;
  const needsRestart = [...new Set(running.flatMap((instance) => instance.needsRestart))];
  return {
    ...(configuration === undefined ? {} : { desiredRevision: configuration.revision }),
    ...(revisions.length === 0 ? {} : { observedRevision: Math.min(...revisions) }),
    ...(hashes.size === 1 && hash !== undefined ? { observedConfigHash: hash } : {}),
    ...(needsRestart.length === 0 ? {} : { needsRestart: needsRestart.toSorted() }),
  };
}

function dataServerOf({
  topology,
  pods,
  podUidOf,
}: Facts): Pick<EcpDataServerStatus, 'connections' | 'allowedIncoming'> {
  const limit = topology.connections?.limit ?? 0;
  const peers = pods
    .flatMap(({ observation }) => observation?.appServers ?? [])
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, PEERS_MAX)
    .map(({ name, address, entry, state, since }) => {
      const podUID = podUidOf(name);
      return { name, ...(podUID === undefined ? {} : { podUID }), address, entry, state, since };
    });
  const connected = peers.filter(({ state }) => state === CONNECTED).length;
  return {
    connections: {
      limit,
      requested: topology.connections?.requested ?? 0,
      connected,
      summary: `${connected}/${limit}`,
      peers,
    },
    allowedIncoming: topology.allowedIncoming.map(({ name, addresses }) => ({ name, addresses })),
  };
}

function appServerOf({
  resource,
  set,
  pods,
}: Facts): Pick<
  EcpAppServerStatus,
  'connections' | 'replicas' | 'readyReplicas' | 'updatedReplicas' | 'selector'
> {
  const peers = pods
    .flatMap(({ pod, observation }) =>
      (observation?.dataServers ?? []).map(({ name, state, since }) => ({
        pod: pod.name,
        dataServer: name,
        state,
        since,
      })),
    )
    .toSorted((a, b) => (`${a.pod} ${a.dataServer}` < `${b.pod} ${b.dataServer}` ? -1 : 1));
  const connected = peers.filter(({ state }) => state === CONNECTED).length;
  const desired = replicasOf(resource) * resource.spec.dataServers.length;
  const selector = Object.entries(podSelector(resource))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return {
    replicas: set?.present ?? 0,
    readyReplicas: set?.ready ?? 0,
    updatedReplicas: set?.updated ?? 0,
    selector,
    connections: {
      desired,
      connected,
      summary: `${connected}/${desired}`,
      peers: peers.slice(0, PEERS_MAX),
    },
  };
}

/**
 * Whether a status says already all that is wanted. Fields of others are left alone: a server-side apply
 * does not take them away, and writing again would never end.
 */
export function says(status: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(status) && wanted.every((item) => status.some((other) => says(other, item)))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof status !== 'object' || status === null) return false;
    const fields = status as Readonly<Record<string, unknown>>;
    return Object.entries(wanted).every(
      ([name, value]) => value === undefined || says(fields[name], value),
    );
  }
  return status === wanted;
}
