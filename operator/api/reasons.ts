/**
 * Every reason that a condition may have: what it means and what to do, in one place. `npm run generate` makes
 * docs/conditions.md of it, so that whoever meets a reason finds it there. Programs wait for these words: none is
 * ever given another meaning.
 */
import type { ConditionType } from './conditions.ts';

export interface ReasonText {
  readonly types: readonly ConditionType[];
  readonly meaning: string;
  /** What a person can do; empty where there is nothing to do. */
  readonly advice: string;
}

export const REASONS = {
  // ── All is well ──────────────────────────────────────────────────────────────────────────────────────
  Serving: {
    types: ['Ready'],
    meaning: 'As many pods as are asked for serve.',
    advice: '',
  },
  NoReplicas: {
    types: ['Ready'],
    meaning: 'No pods are asked for (`replicas: 0`), and none runs.',
    advice: '',
  },
  AsSpecified: {
    types: ['Progressing', 'Degraded'],
    meaning: 'Nothing is on its way; nothing is wrong.',
    advice: '',
  },
  Resolved: {
    types: ['ReferencesResolved'],
    meaning:
      'Every data server and database that the spec names exists and is granted; no key is known to be missing.',
    advice: '',
  },
  WithinLimits: {
    types: ['CapacityAvailable'],
    meaning: 'The connections asked for fit into `maxAppServers`.',
    advice: '',
  },
  InForce: {
    types: ['ConfigurationApplied'],
    meaning: 'Every running instance has the configuration that the spec comes to.',
    advice: '',
  },
  // ── On its way ───────────────────────────────────────────────────────────────────────────────────────
  Starting: {
    types: ['Ready', 'Progressing'],
    meaning: 'Pods are made, or start; a data server replays its journal first.',
    advice: '`kubectl get pods`; a pod that cannot start is named by Degraded.',
  },
  ScalingDown: {
    types: ['Ready', 'Progressing'],
    meaning: 'Surplus pods finish their work, wait for acknowledgement and disconnect.',
    advice: 'They take at most `drainSeconds`.',
  },
  RollingOut: {
    types: ['Ready', 'Progressing'],
    meaning: 'Pods get a changed template, one after another.',
    advice: 'With `updateStrategy.type: OnDelete` delete them yourself.',
  },
  DataServersFirst: {
    types: ['Ready', 'Progressing'],
    meaning:
      'A changed template waits: a data server that is used has yet to roll, or runs an older version than the image wants.',
    advice: 'Give the data server the newer image too; this resource follows by itself.',
  },
  NeedsRestart: {
    types: ['Ready', 'Progressing'],
    meaning: 'Fields of the configuration take effect when the instance starts next.',
    advice: 'The operator replaces its pods, unless `updateStrategy.type` is OnDelete.',
  },
  FormerObjects: {
    types: ['Ready', 'Progressing'],
    meaning: 'Objects of a deleted resource of this name are still being removed.',
    advice: 'Wait; pods finish their work first.',
  },
  Pending: {
    types: ['Ready', 'ConfigurationApplied'],
    meaning: 'A running instance has not answered, or not taken the newest configuration yet.',
    advice:
      'It is tried all the time. If it lasts: does a NetworkPolicy keep the operator from port 1974 of the pod?',
  },
  Growing: {
    types: ['StorageResizing'],
    meaning: 'A volume grows. The message says what Kubernetes waits for.',
    advice:
      'The storage class must allow it (`allowVolumeExpansion`); some drivers need the pod to restart: annotate with `ecp.dev/restarted-at`.',
  },
  // ── Wishes and news ──────────────────────────────────────────────────────────────────────────────────
  Annotated: {
    types: ['Paused'],
    meaning:
      'The annotation `ecp.dev/paused` keeps the operator from changing pods, Services and volumes. Allow-lists and configurations are followed all the same.',
    advice: 'Remove the annotation.',
  },
  NewerDefault: {
    types: ['UpdateAvailable'],
    meaning:
      'The operator would give a new resource another image. This one keeps the image that it was made with.',
    advice: 'Set `spec.image`, data servers before app servers.',
  },
  // ── What is asked for cannot be had ──────────────────────────────────────────────────────────────────
  DataServerNotFound: {
    types: ['ReferencesResolved'],
    meaning: 'There is no EcpDataServer of the name in `dataServerRef`.',
    advice:
      'Create it, or correct the name. Pods run meanwhile; what needs it is answered `<NETWORK>`.',
  },
  NotGranted: {
    types: ['ReferencesResolved'],
    meaning:
      'The data server is in another namespace, and no entry of its `allowedIncoming` by `appServers` admits this resource.',
    advice: 'Its owner adds an entry (examples/two-teams.yaml).',
  },
  NotListed: {
    types: ['ReferencesResolved'],
    meaning: 'The data server lists others by `appServers`, and not this resource.',
    advice: 'Add an entry to its `allowedIncoming`.',
  },
  SelfReference: {
    types: ['ReferencesResolved'],
    meaning: 'A data server names itself.',
    advice: 'Its own databases need no reference.',
  },
  DuplicateDataServer: {
    types: ['ReferencesResolved'],
    meaning: 'Two entries reach one data server: never two channels (§4.3.5).',
    advice: 'Remove one; remote databases may share the other.',
  },
  DatabaseNotFound: {
    types: ['ReferencesResolved'],
    meaning: 'The data server has no database of that name.',
    advice: 'Add it there, or correct `remoteDatabases`.',
  },
  RemoteNotServed: {
    types: ['ReferencesResolved'],
    meaning: 'The database is remote on that data server itself, and is not served on (§1.3.2).',
    advice: 'Name the data server that owns it.',
  },
  MaxAppServersExceeded: {
    types: ['Ready', 'CapacityAvailable'],
    meaning:
      'More connections are asked for than `maxAppServers` of the data server allows. The oldest resources have their places; surplus pods are not started, and those that run already stay.',
    advice: 'Raise `maxAppServers` (live, at most 254), or ask for fewer replicas.',
  },
  NotExpressible: {
    types: ['NetworkPolicyComplete'],
    meaning:
      'A NetworkPolicy knows addresses and selectors alone; an entry of `allowedIncoming` by host name, or a scattered range, is not in it.',
    advice: 'Give its addresses as `cidr`, or set `networkPolicy.mode: None` and write a policy.',
  },
  TempNotEncrypted: {
    types: ['EncryptionComplete'],
    meaning:
      'A data server that is used encrypts what it keeps, and TEMP here, which may hold some of it, is not encrypted (§2.5).',
    advice: 'Set `encryption.tempKeySecretRef`; pods are replaced for it.',
  },
  KeyNotUsable: {
    types: ['ReferencesResolved'],
    meaning:
      'An instance cannot use an encryption key that the spec names: the Secret, or the key in it, does not exist, or its content is no key. The message has the words of the instance.',
    advice:
      'Create or correct the Secret in the namespace of the resource. Its pods see it within about a minute; one that could not start tries again by itself.',
  },
  // ── Faults ───────────────────────────────────────────────────────────────────────────────────────────
  InvalidSpec: {
    types: ['Ready', 'Degraded'],
    meaning:
      'The spec breaks a rule that the definition cannot check; the message names the field. The last valid state stays in force.',
    advice: 'Correct the field.',
  },
  UnknownField: {
    types: ['Degraded'],
    meaning:
      'The definition in the cluster is newer than this operator, which leaves the field out.',
    advice: 'Upgrade the operator.',
  },
  InvalidConfiguration: {
    types: ['Ready', 'Degraded'],
    meaning: 'Spec and cluster come to a configuration that no instance would take.',
    advice: 'The message names the field.',
  },
  NoConfiguration: {
    types: ['Ready', 'ConfigurationApplied'],
    meaning: 'No configuration was stored yet.',
    advice: 'See Degraded.',
  },
  InvalidObject: {
    types: ['Ready', 'Degraded'],
    meaning:
      'The API server refuses an object that the spec comes to: a class that does not exist, an affinity that is none.',
    advice: 'The message has its words, with the field.',
  },
  Forbidden: {
    types: ['Ready', 'Degraded'],
    meaning: 'The operator may not do what is needed: a right is missing, a quota is used up.',
    advice: 'Compare its roles with those of the chart; look at the quotas of the namespace.',
  },
  NameTaken: {
    types: ['Ready', 'Degraded'],
    meaning:
      'An EcpDataServer and an EcpAppServer of one name in one namespace would have the same pods; the older of the two has them.',
    advice: 'Rename one.',
  },
  NameInUse: {
    types: ['Ready', 'Degraded'],
    meaning: 'An object of a name that is needed here is there already, and is not the operator’s.',
    advice: 'Rename one of the two. The operator never takes over what it did not make.',
  },
  ManagedByOther: {
    types: ['Degraded'],
    meaning:
      'Another operator in this cluster looks after the resource. Said as an Event alone, since the status is the other one’s.',
    advice: 'Give each operator its own `watchNamespaces`.',
  },
  NamespacesUnreadable: {
    types: ['Ready', 'Degraded'],
    meaning:
      'An entry selects namespaces by labels, and an operator with `watchNamespaces` may not read them: the entry admits nobody.',
    advice: 'Use `from: All` with a name, or run the operator for the whole cluster.',
  },
  VolumesOfAnother: {
    types: ['Ready', 'Degraded'],
    meaning:
      'Volumes of this name were made for an earlier resource. Its data is neither used nor touched; pods that would use it do not start.',
    advice:
      'Annotate with `ecp.dev/adopt-volumes` and the UID in the message to use the data; delete the claims to begin empty.',
  },
  PodNotStarting: {
    types: ['Ready', 'Degraded'],
    meaning:
      'A pod does not start or ends again; the message says what Kubernetes, or the instance, said.',
    advice:
      'A wrong image: correct it, the stuck pod is replaced. `in use by`: another pod has the volume. `Unschedulable`: no node fits.',
  },
  NodeLost: {
    types: ['Ready', 'Degraded'],
    meaning: 'A pod should be gone and is not, since its node does not answer.',
    advice:
      'Make sure that the machine is off, then taint the node `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`. The operator never forces it: two pods on one volume would destroy it.',
  },
  Frozen: {
    types: ['Ready', 'Degraded'],
    meaning:
      'An instance accepts no change, since its journal could not be written: it can be read.',
    advice: 'Mend the disk (full?), then delete the pod: it recovers from its journal.',
  },
  Refused: {
    types: ['ConfigurationApplied'],
    meaning: 'An instance refuses the configuration and keeps the one before.',
    advice: 'See ConfigurationRefused.',
  },
  ConfigurationRefused: {
    types: ['Ready', 'Degraded'],
    meaning: 'An instance refuses its configuration; the message names the field.',
    advice: 'Correct the spec; with an older image the field may not exist yet.',
  },
  ConnectionRefused: {
    types: ['Degraded'],
    meaning:
      'A data server has refused a pod for ten seconds and more; the message has its reason.',
    advice: 'Allow-list, `maxAppServers`, `ecpService` and version of the data server.',
  },
  VersionSkew: {
    types: ['Ready', 'Degraded'],
    meaning:
      'A pod runs a newer version than a data server that it uses, which refuses it. The roll-out stops there.',
    advice: 'Upgrade the data server, or go back to the image before.',
  },
} as const satisfies Readonly<Record<string, ReasonText>>;

export type Reason = keyof typeof REASONS;

const HEAD = `<!-- Generated from operator/api/reasons.ts by npm run generate. -->

# Conditions

\`kubectl get eds,eas -o wide\` shows the reason and message of Ready; \`kubectl describe\` shows all conditions. Each names
the field, pod or resource that it is about. What is not Ready says why, and other conditions are read in the order
below. \`kubectl wait --for=condition=Ready eds/bank\` waits until everything that the spec asks for serves.

| condition             | what it says                                                                    |
| --------------------- | ------------------------------------------------------------------------------- |
| Ready                 | True: everything asked for runs and serves, with the newest configuration       |
| Progressing           | True: something is on its way to what the spec says                             |
| Degraded              | True: something keeps the resource from being what its spec says                |
| ReferencesResolved    | False: a data server, database or key that is named is not there, or not granted |
| ConfigurationApplied  | False: a running instance has not the newest configuration                      |
| CapacityAvailable     | False: more connections are asked for than \`maxAppServers\`                      |
| StorageResizing       | True: a volume grows                                                            |
| UpdateAvailable       | True: the operator has a newer default image                                    |
| Paused                | True: the annotation \`ecp.dev/paused\` is there                                  |
| NetworkPolicyComplete | False: the NetworkPolicy cannot say all that \`allowedIncoming\` says             |
| EncryptionComplete    | False: data that is encrypted elsewhere may lie open here                       |

Faults become Events too (\`kubectl events --for eds/bank\`).

`;

/** Markdown, whole: docs/conditions.md. */
export function generateConditionReference(): string {
  const rows = Object.entries(REASONS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, { types, meaning, advice }]) => {
      const where = types.filter((type, i) => i > 0 || types.length === 1 || type !== 'Ready');
      return `| \`${reason}\` | ${where.join(', ')} | ${meaning} | ${advice} |`;
    });
  return [
    `${HEAD}| reason | condition | what it means | what to do |`,
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
