/**
 * Writes statuses: at transitions only, what is no transition gathered over some seconds (K15), and each transition
 * said as an Event too.
 */
import { conditionsIn, mergeConditions } from '../api/conditions.ts';
import type { Condition, StatusCondition } from '../api/conditions.ts';
import type { EcpAppServerStatus } from '../api/status.ts';
import { canonicalJson } from '../resources/hash.ts';
import type { Cluster } from '../runtime/cluster.ts';
import type { EventRecorder } from '../runtime/event-recorder.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { secondTime } from '../runtime/micro-time.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { Metrics, StateSet } from '../../server/ports/metrics.ts';
import type { Facts } from './decisions/facts.ts';
import { judge } from './decisions/readiness.ts';
import { says, statusOf } from './decisions/resource-status.ts';
import type { ResourceStatus } from './decisions/resource-status.ts';
import { describeProblem } from '../../server/instance/configuration.ts';
import type { InstanceWatch } from './instance-watch.ts';
import { again } from './pass.ts';
import type { Pass } from './pass.ts';
import { RESOURCES } from './resource-types.ts';
import type { WatchedResource, World } from './world.ts';

/** What changes without being a transition waits so long for company. */
const GATHER_MS = 5000;
/** How soon it is looked at again whether pods that serve have answered for the first time. */
const FIRST_ANSWER_MS = 500;
/** While something may turn into a fault by lasting, it is looked at again after this time. */
const LASTING_MS = 5000;

interface Written {
  readonly text: string;
  readonly atMs: number;
  readonly resourceVersion: string | undefined;
  /** As the API server has it since. */
  readonly status: unknown;
  /** Versions that the copy has while it is behind this. */
  readonly behind: ReadonlySet<string | undefined>;
}

export interface StatusWriterOptions {
  readonly cluster: Cluster;
  readonly world: World;
  readonly instances: InstanceWatch;
  readonly recorder: EventRecorder;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

export class StatusWriter {
  readonly #options: StatusWriterOptions;
  readonly #written = new Map<string, Written>();
  readonly #ready = new Map<string, StateSet>();

  constructor(options: StatusWriterOptions) {
    this.#options = options;
  }

  /** Whether the resource is as this writer left it: then nobody else changed it. */
  isOwnWrite(key: string, { metadata }: KubernetesObject): boolean {
    return this.#written.get(key)?.resourceVersion === metadata.resourceVersion;
  }

  async write(pass: Pass): Promise<void> {
    // An operator that starts has asked nobody yet: what the last one knew stays until the answers are there.
    if (pass.pods.some((pod) => pod.isReady && this.#options.instances.isAwaited(pod))) {
      again(pass, FIRST_ANSWER_MS);
      return;
    }
    const before = this.#newest(pass.key, pass.object);
    const facts = this.#factsOf(pass, before);
    const nowIso = secondTime(this.#options.clock.wallMs());
    const status = statusOf(facts, judge(facts), before, nowIso);
    if (mayBecomeFault(facts)) again(pass, LASTING_MS);
    const waitMs = this.#waitMs(pass.key, before, status);
    if (waitMs === undefined) return;
    if (waitMs > 0) again(pass, waitMs);
    else await this.#put(pass.key, pass.object, before, status);
  }

  /** The only thing that can be said of a resource that never had a valid state here. */
  async writeInvalid({ key, object, problems }: WatchedResource): Promise<void> {
    const said = problems.map((problem) => describeProblem(problem)).join('; ');
    const generation = object.metadata.generation ?? 0;
    const nowIso = secondTime(this.#options.clock.wallMs());
    const before = this.#newest(key, object);
    const reason = 'InvalidSpec';
    const conditions: Condition[] = [
      { type: 'Ready', status: 'False', reason, message: said },
      { type: 'Degraded', status: 'True', reason, message: said },
    ];
    const status = {
      ...keptOf(before),
      observedGeneration: generation,
      conditions: mergeConditions(conditionsIn(before), conditions, nowIso, generation),
    };
    if (this.#waitMs(key, before, status) === 0) await this.#put(key, object, before, status);
  }

  /** Two operators that wrote one status would never end: the second says it as an Event, and touches nothing (K16). */
  reportOtherManager({ object }: WatchedResource, manager: string): void {
    this.#event(object, {
      type: 'Degraded',
      status: 'True',
      reason: 'ManagedByOther',
      message: `another operator, ${manager}, looks after this resource; this one leaves it alone`,
    });
  }

  forget(key: string): void {
    this.#written.delete(key);
    this.#ready.get(key)?.remove();
    this.#ready.delete(key);
  }

  /** The status that counts: its own, while the copy has yet to follow. */
  #newest(key: string, { metadata, status }: KubernetesObject): unknown {
    const last = this.#written.get(key);
    return last?.behind.has(metadata.resourceVersion) === true ? last.status : status;
  }

  #factsOf(pass: Pass, status: unknown): Facts {
    const { instances, world, clock } = this.#options;
    const { podUids } = world.look();
    return {
      resource: pass.resource,
      generation: pass.object.metadata.generation ?? 0,
      topology: pass.topology,
      set: pass.set,
      pods: pass.pods.map((pod) => ({ pod, observation: instances.observationOf(pod.uid) })),
      claims: pass.claims,
      configuration: pass.configuration,
      image: pass.image,
      partition: pass.workload?.partition ?? 0,
      findings: pass.findings,
      podUidOf: (instance) => podUids.get(instance),
      nowMs: clock.wallMs(),
      timeMs: (time) => Date.parse(time),
      wasReady: wasReady({ ...pass.object, status }),
    };
  }

  /** How long the status is to wait; undefined where it says all already. */
  #waitMs(key: string, before: unknown, status: ResourceStatus): number | undefined {
    const last = this.#written.get(key);
    const text = canonicalJson(status);
    // What an earlier operator said, and this one does not say any more, goes with its first write.
    const isSaid =
      last === undefined
        ? canonicalJson(before ?? {}) === text
        : last.text === text && says(before, status);
    if (isSaid) return undefined;
    if (last === undefined || isTransition(before, status)) return 0;
    return Math.max(0, last.atMs + GATHER_MS - this.#options.clock.nowMs());
  }

  async #put(
    key: string,
    object: KubernetesObject,
    before: unknown,
    status: ResourceStatus,
  ): Promise<void> {
    const { cluster, clock } = this.#options;
    const type = RESOURCES[object.kind as keyof typeof RESOURCES];
    const after = await cluster.applyStatus(type, { ...object, status });
    const { resourceVersion } = object.metadata;
    const last = this.#written.get(key);
    const isBehind = last?.behind.has(resourceVersion) === true;
    this.#written.set(key, {
      text: canonicalJson(status),
      atMs: clock.nowMs(),
      resourceVersion: after.metadata.resourceVersion,
      status: after['status'],
      behind: new Set([
        ...(isBehind ? [...last.behind, last.resourceVersion] : []),
        resourceVersion,
      ]),
    });
    const old = conditionsIn(before);
    for (const condition of (status.conditions ?? []) as StatusCondition[]) {
      this.#sayTransition(object, old, condition);
    }
    this.#showReady(key, object, status.conditions ?? []);
  }

  #sayTransition(
    object: KubernetesObject,
    old: readonly StatusCondition[],
    condition: StatusCondition,
  ): void {
    const before = old.find(({ type }) => type === condition.type);
    const { status, reason } = condition;
    if (before?.status === status && before.reason === reason) return;
    // A quiet beginning is no event, nor is what happens at every change of a list.
    if ((before === undefined && isQuiet(condition)) || EVERYDAY.has(condition.type)) return;
    this.#event(object, condition);
  }

  #event(object: KubernetesObject, condition: Said): void {
    const { apiVersion, kind, metadata } = object;
    this.#options.recorder.record({
      regarding: {
        apiVersion,
        kind,
        name: metadata.name,
        namespace: metadata.namespace ?? '',
        uid: metadata.uid ?? '',
      },
      type: isBad(condition) ? 'Warning' : 'Normal',
      reason: condition.reason,
      action: condition.type,
      note: condition.message,
    });
  }

  #showReady(
    key: string,
    { kind, metadata }: KubernetesObject,
    conditions: readonly { readonly type: string; readonly status: string }[],
  ): void {
    let ready = this.#ready.get(key);
    if (ready === undefined) {
      const labels = { kind, namespace: metadata.namespace ?? '', name: metadata.name };
      const help = 'Whether everything that a custom resource asks for runs and serves.';
      ready = this.#options.metrics.stateSet(
        'ecp_resource_ready',
        help,
        ['True', 'False', 'Unknown'],
        labels,
      );
      this.#ready.set(key, ready);
    }
    ready.set(conditions.find(({ type }) => type === 'Ready')?.status ?? 'Unknown');
  }
}

type Said = Omit<Condition, 'reason'> & { readonly reason: string };

/** What says something new all the time; what is wrong with it is said by other conditions too. */
const EVERYDAY: ReadonlySet<string> = new Set(['ConfigurationApplied', 'Progressing']);
/** Conditions of which one status is a fault, and not just a state. */
const FAULTY: Readonly<Record<string, Condition['status']>> = {
  Degraded: 'True',
  ReferencesResolved: 'False',
  CapacityAvailable: 'False',
  NetworkPolicyComplete: 'False',
  EncryptionComplete: 'False',
};
const isBad = ({ type, status }: Said): boolean => FAULTY[type] === status;
const isQuiet = (condition: Said): boolean =>
  Object.hasOwn(FAULTY, condition.type) && !isBad(condition);

/** What autoscalers go by, and the revision that a lost ConfigMap is written above: true whatever the spec says. */
function keptOf(status: unknown): Partial<EcpAppServerStatus> {
  const { replicas, selector, configuration } = (status ?? {}) as Partial<EcpAppServerStatus>;
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(selector === undefined ? {} : { selector }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

/** Of this very generation. */
function wasReady({ metadata, status }: KubernetesObject): boolean {
  const ready = conditionsIn(status).find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && ready.observedGeneration === metadata.generation;
}

/** Something that people or programs wait for: a condition's status or reason, a generation, a count of pods. */
function isTransition(before: unknown, status: ResourceStatus): boolean {
  const digest = (of: unknown): string => {
    const { observedGeneration, replicas, readyReplicas } = (of ?? {}) as Record<string, unknown>;
    const conditions = conditionsIn(of).map(({ type, status: value, reason }) => [
      type,
      value,
      reason,
    ]);
    return canonicalJson([observedGeneration, replicas, readyReplicas, conditions]);
  };
  return digest(before) !== digest(status);
}

function mayBecomeFault({ pods }: Facts): boolean {
  return pods.some(
    ({ pod, observation }) =>
      pod.isLeaving || observation?.dataServers.some(({ failure }) => failure !== '') === true,
  );
}
