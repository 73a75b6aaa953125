/** Gathers what one reconcile begins with: the resource, what there is of it, and the workload that it comes to. */
import type { Finding } from '../api/conditions.ts';
import { describeProblem } from '../../server/instance/configuration.ts';
import type { Log } from '../../server/ports/log.ts';
import { ANNOTATIONS, statefulSetName } from '../resources/names.ts';
import { statefulSet } from '../resources/stateful-set.ts';
import type { OperatorSettings, Workload } from '../resources/workload.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { replicasOf } from '../topology/instances.ts';
import type { ResourceTopology } from '../topology/topology.ts';
import type { Copies } from './copies.ts';
import { ownedClaim, planClaims } from './decisions/claim-plan.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';
import { ownedStatefulSet } from './decisions/owned-stateful-set.ts';
import { decideRollOut, versionSkew } from './decisions/roll-out.ts';
import type { RollOutFacts, UsedDataServer } from './decisions/roll-out.ts';
import { tagVersion } from './decisions/versions.ts';
import type { InstanceWatch } from './instance-watch.ts';
import { isPaused } from './pass.ts';
import type { Pass } from './pass.ts';
import { dataServerKey, keyIn, labelledOf } from './world.ts';
import type { Picture, WatchedResource, World } from './world.ts';

interface Sources {
  readonly world: World;
  readonly copies: Copies;
  readonly instances: InstanceWatch;
  readonly settings: OperatorSettings;
}

/** Undefined when there is no valid state of the resource to work on. */
export function beginPass(watched: WatchedResource, sources: Sources, log: Log): Pass | undefined {
  const { world, copies, settings } = sources;
  const { key, object, uid } = watched;
  const picture = world.look();
  const topology = picture.topologies.get(key);
  if (topology === undefined || watched.isPartial) return undefined;
  const { resource } = topology;
  const claims = labelledOf(resource, copies.claims.list())
    .flatMap((claim) => ownedClaim(resource, claim) ?? [])
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const claimPlan = planClaims(resource, uid, claims);
  const pods = picture.pods.get(key) ?? [];
  const setObject = setOf(topology, uid, copies);
  const set = setObject === undefined ? undefined : ownedStatefulSet(setObject);
  const plan = planOf(topology, uid, setObject, settings);
  const findings = [
    ...specFindings(watched),
    ...claimPlan.findings,
    ...wishFindings(topology, plan.image, settings),
  ];
  const rolled = rollOutOf(plan, topology, { set, pods, claimPlan, picture }, sources);
  findings.push(...rolled.findings);
  return {
    key,
    resource,
    object,
    topology,
    claimant: {
      uid,
      kind: resource.kind,
      name: resource.metadata.name,
      manager: settings.manager,
    },
    pods,
    setObject,
    set,
    claims,
    claimPlan,
    workload: rolled.workload,
    image: plan.image,
    templateHash: plan.templateHash,
    log,
    findings,
    configuration: undefined,
    againAfterMs: undefined,
  };
}

/** What people asked for by annotation, or could ask for. */
function wishFindings(
  { resource }: ResourceTopology,
  image: string,
  { serverImage }: OperatorSettings,
): Finding[] {
  const findings: Finding[] = [];
  if (isPaused(resource)) {
    const message = `the annotation ${ANNOTATIONS.paused} keeps the operator from changing pods, Services and volumes`;
    findings.push({ type: 'Paused', reason: 'Annotated', message });
  }
  if (resource.spec.image === undefined && image !== serverImage) {
    const message = `the operator's default is ${serverImage} now; to take it, set spec.image`;
    findings.push({ type: 'UpdateAvailable', reason: 'NewerDefault', message });
  }
  return findings;
}

/** The workload with as many pods as may run, and the template for as many of them as may have it. */
function rollOutOf(
  { workload, templateHash, image }: Plan,
  topology: ResourceTopology,
  {
    set,
    pods,
    claimPlan,
    picture,
  }: Pick<Pass, 'set' | 'pods' | 'claimPlan'> & { readonly picture: Picture },
  sources: Sources,
): { readonly workload: Workload | undefined; readonly findings: readonly Finding[] } {
  if (workload === undefined || templateHash === undefined) return { workload, findings: [] };
  // Held are pods that would be started (K13). Those that are there go only with their own spec: a limit somewhere else
  // must not end their work, nor take their volumes where these go with a replica.
  const present = Math.min(replicasOf(topology.resource), set?.replicas ?? 0);
  const admitted = Math.max(topology.admittedReplicas, present);
  const replicas = Math.min(admitted, claimPlan.holdFrom ?? Infinity);
  const facts: RollOutFacts = {
    current: set,
    templateHash,
    image,
    replicas,
    pods,
    versionOf: (podUid) => sources.instances.observationOf(podUid)?.version,
    dataServers: usedDataServers(topology, picture, sources),
  };
  const { partition, findings } = decideRollOut(facts);
  const isAutomatic = topology.resource.spec.updateStrategy.type !== 'OnDelete';
  const skew = findings.some(({ reason }) => reason === 'VersionSkew')
    ? undefined
    : versionSkew(facts);
  return {
    // With OnDelete every pod that is deleted comes back with the new template.
    workload: { ...workload, replicas, partition: isAutomatic ? partition : 0 },
    findings: [...(isAutomatic ? findings : []), ...(skew === undefined ? [] : [skew])],
  };
}

/** The StatefulSet of this very resource; one that a former resource left behind is none. */
function setOf(
  { resource }: ResourceTopology,
  uid: string,
  copies: Copies,
): KubernetesObject | undefined {
  const object = copies.statefulSets.get(keyIn(resource, statefulSetName(resource)));
  return object !== undefined && ownedStatefulSet(object).ownerUid === uid ? object : undefined;
}

interface Plan {
  readonly image: string;
  /** With all replicas, and no roll-out held; undefined when nothing can run. */
  readonly workload: Workload | undefined;
  readonly templateHash: string | undefined;
}

/** K9: an image that the spec does not name is resolved once, and stays. */
function planOf(
  { resource, configuration, memory, admittedReplicas }: ResourceTopology,
  uid: string,
  setObject: KubernetesObject | undefined,
  settings: OperatorSettings,
): Plan {
  const pinned = setObject?.metadata.annotations?.[ANNOTATIONS.image];
  const image = resource.spec.image ?? pinned ?? settings.serverImage;
  if (configuration === undefined || memory === undefined) {
    return { image, workload: undefined, templateHash: undefined };
  }
  const workload: Workload = {
    resource,
    uid,
    configuration,
    memory,
    image,
    replicas: admittedReplicas,
    partition: 0,
    settings,
  };
  const { annotations } = statefulSet(workload, setObject).metadata;
  return { image, workload, templateHash: annotations?.[ANNOTATIONS.podTemplate] };
}

/** Those among the data servers that this operator looks after, as far as rolling goes. */
function usedDataServers(
  user: ResourceTopology,
  picture: Picture,
  sources: Sources,
): UsedDataServer[] {
  const { copies, instances, settings } = sources;
  const own = `EcpDataServer ${user.resource.metadata.namespace}/${user.resource.metadata.name}`;
  return user.references.flatMap(({ target, resolved }): UsedDataServer[] => {
    const key = dataServerKey(target);
    const server = picture.topologies.get(key);
    if (!resolved || server === undefined) return [];
    // Of those that use each other, round however many corners, the first by name goes first: nobody waits for ever.
    const isRound = user.resource.kind === 'EcpDataServer' && leadsTo(own, key, picture);
    if (isRound && own < key) return [];
    const pods = picture.pods.get(key) ?? [];
    const versions = pods.map(
      ({ uid, image }) => instances.observationOf(uid)?.version ?? tagVersion(image ?? ''),
    );
    const uid = picture.watched.get(key)?.uid ?? '';
    const object = setOf(server, uid, copies);
    const isRolling = object !== undefined && isSetRolling(server, uid, object, pods, settings);
    return [{ key, isRolling, version: versions[0] }];
  });
}

/** Whether one resource uses another, itself or through data servers that it uses. */
function leadsTo(
  wanted: string,
  key: string,
  picture: Picture,
  seen: Set<string> = new Set(),
): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  const references = picture.topologies.get(key)?.references ?? [];
  return references.some(({ target }) => {
    const next = dataServerKey(target);
    return next === wanted || leadsTo(wanted, next, picture, seen);
  });
}

function isSetRolling(
  server: ResourceTopology,
  uid: string,
  object: KubernetesObject,
  pods: readonly OwnedPod[],
  settings: OperatorSettings,
): boolean {
  const set = ownedStatefulSet(object);
  if (!set.isSettled || pods.some(({ revision }) => revision !== set.updateRevision)) return true;
  if (isPaused(server.resource)) return false;
  const wanted = planOf(server, uid, object, settings).templateHash;
  return wanted !== undefined && wanted !== set.templateHash;
}

function specFindings({ problems, unknownFields }: WatchedResource): Finding[] {
  return [
    ...problems.map((problem): Finding => {
      const message = `${describeProblem(problem)}; the last valid state stays in force`;
      return { type: 'Degraded', reason: 'InvalidSpec', message };
    }),
    ...unknownFields.map((field): Finding => {
      const message = `${field}: this operator knows no such field and leaves it out; it is older than the definition`;
      return { type: 'Degraded', reason: 'UnknownField', message };
    }),
  ];
}
