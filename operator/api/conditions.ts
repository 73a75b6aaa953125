/** Conditions as Kubernetes knows them: what holds of a resource, each with a reason and words. */

export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** Closed: programs wait for these. `Degraded` and `Ready` are opposites only when something is wrong. */
export type ConditionType =
  /** Every data server and database that is named exists, is granted and is served. */
  | 'ReferencesResolved'
  /** The connections asked for fit into maxAppServers (§2.1): said before anyone is refused. */
  | 'CapacityAvailable'
  /** Something keeps the resource from being what its spec says. */
  | 'Degraded';

export interface Condition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** One word in CamelCase, for programs. */
  readonly reason: string;
  /** For people: names the field or the resource that it is about. */
  readonly message: string;
}

/** One fault, before faults of a type become one condition. */
export interface Finding {
  readonly type: ConditionType;
  readonly reason: string;
  readonly message: string;
}

const GOOD: Readonly<Record<ConditionType, Condition>> = {
  ReferencesResolved: {
    type: 'ReferencesResolved',
    status: 'True',
    reason: 'Resolved',
    message: 'everything that is named exists and is granted',
  },
  CapacityAvailable: {
    type: 'CapacityAvailable',
    status: 'True',
    reason: 'WithinLimits',
    message: 'the connections asked for fit',
  },
  Degraded: {
    type: 'Degraded',
    status: 'False',
    reason: 'AsSpecified',
    message: 'nothing is wrong',
  },
};

/** One condition of every type: the first fault's reason, all faults' messages. */
export function conditionsOf(findings: readonly Finding[]): Condition[] {
  return Object.values(GOOD).map((good) => {
    const found = findings.filter(({ type }) => type === good.type);
    const [first] = found;
    if (first === undefined) return good;
    return {
      type: good.type,
      status: good.status === 'True' ? 'False' : 'True',
      reason: first.reason,
      message: found.map(({ message }) => message).join('; '),
    };
  });
}
