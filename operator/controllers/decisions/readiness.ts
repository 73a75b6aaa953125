/** The conditions of a resource: what was found, and Ready, Progressing and ConfigurationApplied, which come from all of it. */
import { conditionsOf } from '../../api/conditions.ts';
import type { Condition, Finding } from '../../api/conditions.ts';
import { REASONS } from '../../api/reasons.ts';
import type { Reason } from '../../api/reasons.ts';
import { replicasOf } from '../../topology/instances.ts';
import type { Facts } from './facts.ts';
import { podFindings } from './pod-findings.ts';

export function judge(facts: Facts): Condition[] {
  const findings: Finding[] = [
    ...facts.topology.findings,
    ...facts.findings,
    ...podFindings(facts),
    ...configurationFindings(facts),
    ...progressFindings(facts),
  ];
  const conditions = conditionsOf(findings);
  const missing = (['Progressing', 'ConfigurationApplied'] as const).filter(
    (type) => !conditions.some((condition) => condition.type === type),
  );
  return [
    readiness(facts, findings, conditions),
    ...conditions,
    ...missing.map((type) => QUIET[type]),
  ];
}

const QUIET: Readonly<Record<'Progressing' | 'ConfigurationApplied', Condition>> = {
  Progressing: {
    type: 'Progressing',
    status: 'False',
    reason: 'AsSpecified',
    message: 'nothing is on its way',
  },
  ConfigurationApplied: {
    type: 'ConfigurationApplied',
    status: 'True',
    reason: 'InForce',
    message: 'every running instance has the configuration that the spec comes to',
  },
};

/** Pods that will follow by themselves when they start are no fault; those that run are to have it in force. */
function configurationFindings({ pods, configuration, topology }: Facts): Finding[] {
  if (topology.configuration === undefined || configuration === undefined) {
    const message = 'there is no configuration yet; see the other conditions';
    return [{ type: 'ConfigurationApplied', reason: 'NoConfiguration', message }];
  }
  const behind = pods.filter(
    ({ pod, observation }) =>
      pod.isReady && !pod.isLeaving && observation?.revision !== configuration.revision,
  );
  if (behind.length === 0) return [];
  const names = behind.map(
    ({ pod, observation }) => `${pod.name} (${observation?.revision ?? 'no answer'})`,
  );
  const message = `revision ${configuration.revision} is not in force yet on ${names.join(', ')}`;
  return [{ type: 'ConfigurationApplied', reason: 'Pending', message }];
}

function progressFindings({ set, resource, pods, partition }: Facts): Finding[] {
  if (set === undefined) {
    return [{ type: 'Progressing', reason: 'Starting', message: 'its pods are yet to be made' }];
  }
  if (set.isSettled) return [];
  const { ready, replicas, updated, present } = set;
  if (present > replicas) {
    const message = `${present - replicas} of ${present} pods finish their work and go`;
    return [{ type: 'Progressing', reason: 'ScalingDown', message }];
  }
  const old = pods.filter(
    ({ pod }) =>
      // A set that was made just now has not said yet what its revisions are.
      set.updateRevision !== undefined && pod.revision !== set.updateRevision,
  );
  if (old.length > 0 && partition < replicas) {
    const how = resource.spec.updateStrategy.type === 'OnDelete' ? ' as you delete them' : '';
    const message = `${updated} of ${replicas} pods are as the spec says; the others follow${how}`;
    return [{ type: 'Progressing', reason: 'RollingOut', message }];
  }
  if (ready >= replicas) return [];
  const message = `${ready} of ${replicas} pods serve`;
  return [{ type: 'Progressing', reason: 'Starting', message }];
}

function readiness(
  facts: Facts,
  findings: readonly Finding[],
  conditions: readonly Condition[],
): Condition {
  const { set, topology, resource } = facts;
  const not = (reason: Reason, message: string): Condition => ({
    type: 'Ready',
    status: 'False',
    reason,
    message,
  });
  const of = (type: Condition['type'], status: Condition['status']): Condition | undefined =>
    conditions.find((condition) => condition.type === type && condition.status === status);
  // One by one: what was found first need not be what keeps it from being ready.
  const faults = findings.filter(({ type, reason }) => type === 'Degraded' && isOfReady(reason));
  const [fault] = faults;
  if (topology.configuration === undefined) {
    return not(fault?.reason ?? 'NoConfiguration', fault?.message ?? 'nothing of it can run');
  }
  const wanted = replicasOf(resource);
  const ready = set?.ready ?? 0;
  if (set === undefined || ready < wanted) {
    const held = wanted > topology.admittedReplicas ? of('CapacityAvailable', 'False') : undefined;
    const why = fault ?? held ?? of('Progressing', 'True');
    const serving = `${ready} of ${wanted} pods serve`;
    const words = [...new Set([serving, why?.message ?? serving])];
    return not(why?.reason ?? 'Starting', words.join(': '));
  }
  const doubt = faults.find(({ reason }) => SERVING_IS_IN_DOUBT.has(reason));
  if (doubt !== undefined) return not(doubt.reason, doubt.message);
  // Lists follow pods all the time: what serves goes on serving while they are on their way.
  const unapplied = facts.wasReady ? undefined : of('ConfigurationApplied', 'False');
  const pending = unapplied ?? (set.isSettled ? undefined : of('Progressing', 'True'));
  if (pending !== undefined) return not(pending.reason, pending.message);
  const message = wanted === 0 ? 'no pods are asked for' : `${ready} of ${wanted} pods serve`;
  return {
    type: 'Ready',
    status: 'True',
    reason: wanted === 0 ? 'NoReplicas' : 'Serving',
    message,
  };
}

const isOfReady = (reason: Reason): boolean =>
  (REASONS[reason].types as readonly Condition['type'][]).includes('Ready');

/** Faults with which pods serve, and yet not what is asked for. */
const SERVING_IS_IN_DOUBT: ReadonlySet<Reason> = new Set([
  'Frozen',
  'ConfigurationRefused',
  'VolumesOfAnother',
  'InvalidSpec',
  'InvalidObject',
  'Forbidden',
  'NameTaken',
  'InvalidConfiguration',
]);
