/** Conditions as Kubernetes knows them: what holds of a resource, each with a reason and words. */
import type { Reason } from './reasons.ts';

export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** Closed, and in the order in which people read them; programs wait for these. */
export const CONDITION_TYPES = [
  /** Everything asked for runs and serves. */
  'Ready',
  /** Something is on its way to what the spec says. */
  'Progressing',
  /** Something keeps the resource from being what its spec says. */
  'Degraded',
  /** Every data server and database that is named exists, is granted and is served. */
  'ReferencesResolved',
  /** Every running instance has the configuration that the spec comes to. */
  'ConfigurationApplied',
  /** The connections asked for fit into maxAppServers (§2.1): said before anyone is refused. */
  'CapacityAvailable',
  /** A volume is being made larger. */
  'StorageResizing',
  /** The operator would take a newer image, where the spec names none. */
  'UpdateAvailable',
  /** The annotation ecp.dev/paused keeps the operator from changing pods. */
  'Paused',
  /** The network policy says all that allowedIncoming says; of host names it cannot. */
  'NetworkPolicyComplete',
  /** What is encrypted where it is kept is encrypted on its way through here too (§2.5). */
  'EncryptionComplete',
] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

export interface Condition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** For programs; what each means is in reasons.ts. */
  readonly reason: Reason;
  /** For people: names the field or the resource that it is about. */
  readonly message: string;
}

/** As it stands in a status, which an operator of another version may have written. */
export interface StatusCondition extends Omit<Condition, 'reason'> {
  readonly reason: string;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number | undefined;
}

/** One fault, or one thing that is going on, before those of a type become one condition. */
export interface Finding {
  readonly type: ConditionType;
  readonly reason: Reason;
  readonly message: string;
}

/** Types whose `True` is what a finding says; the others' is `False`. */
const FOUND_TRUE: ReadonlySet<ConditionType> = new Set([
  'Progressing',
  'Degraded',
  'StorageResizing',
  'UpdateAvailable',
  'Paused',
]);

/** Stated also when nothing was found. */
const GOOD: readonly Condition[] = [
  {
    type: 'Degraded',
    status: 'False',
    reason: 'AsSpecified',
    message: 'nothing is wrong',
  },
  {
    type: 'ReferencesResolved',
    status: 'True',
    reason: 'Resolved',
    message: 'everything that is named exists and is granted',
  },
  {
    type: 'CapacityAvailable',
    status: 'True',
    reason: 'WithinLimits',
    message: 'the connections asked for fit',
  },
];

/** The API server takes no longer one. */
const MESSAGE_LENGTH_MAX = 32_768;
const CUT = ' …';

/** One condition of every type found, and of those in `GOOD`: the first finding's reason, all findings' messages. */
export function conditionsOf(findings: readonly Finding[]): Condition[] {
  return CONDITION_TYPES.flatMap((type): Condition[] => {
    const found = findings.filter((finding) => finding.type === type);
    const [first] = found;
    if (first === undefined) return GOOD.filter((good) => good.type === type);
    return [
      {
        type,
        status: FOUND_TRUE.has(type) ? 'True' : 'False',
        reason: first.reason,
        message: cut([...new Set(found.map(({ message }) => message))].join('; ')),
      },
    ];
  });
}

function cut(message: string): string {
  if (message.length <= MESSAGE_LENGTH_MAX) return message;
  return message.slice(0, MESSAGE_LENGTH_MAX - CUT.length) + CUT;
}

/**
 * Conditions as the status is to have them: of every type one, the last of `now`; a type that `now` has not
 * is gone. `lastTransitionTime` changes with the status alone, whatever happens to reason and message.
 * Writing the result only when it differs from `before` is the caller's business.
 */
export function mergeConditions(
  before: readonly StatusCondition[],
  now: readonly Condition[],
  nowIso: string,
  observedGeneration: number,
): StatusCondition[] {
  return CONDITION_TYPES.flatMap((type): StatusCondition[] => {
    const condition = now.findLast((one) => one.type === type);
    if (condition === undefined) return [];
    const old = before.find((one) => one.type === type);
    const same = old?.status === condition.status;
    const { status, reason } = condition;
    const lastTransitionTime = same ? old.lastTransitionTime : nowIso;
    const message = cut(condition.message);
    return [{ type, status, reason, message, lastTransitionTime, observedGeneration }];
  });
}

/** The conditions in a status as the API server gave it; what is none of ours is left out. */
export function conditionsIn(status: unknown): StatusCondition[] {
  const { conditions } = (status ?? {}) as { readonly conditions?: unknown };
  return Array.isArray(conditions) ? conditions.filter(isStatusCondition) : [];
}

function isStatusCondition(value: unknown): value is StatusCondition {
  if (typeof value !== 'object' || value === null) return false;
  const { type, status, reason, message, lastTransitionTime } = value as Record<string, unknown>;
  return (
    CONDITION_TYPES.some((known) => known === type) &&
    (status === 'True' || status === 'False' || status === 'Unknown') &&
    [reason, message, lastTransitionTime].every((field) => typeof field === 'string')
  );
}
