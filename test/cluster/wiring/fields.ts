/**
 * Which wiring test shows that a field of a spec takes effect. Paths are those of docs/api-reference.md; `both`: fields
 * that both kinds have and that the test shows for both. operator/api/wiring.test.ts holds this table to the
 * definitions: a field more needs an entry, and an entry needs its test.
 */

export interface WiringTest {
  /** In this folder. */
  readonly file: string;
  readonly title: string;
}

export interface WiringOfFields extends WiringTest {
  readonly both?: readonly string[];
  readonly dataServer?: readonly string[];
  readonly appServer?: readonly string[];
}

const below = (path: string, ...names: readonly string[]): string[] =>
  names.map((name) => `${path}.${name}`);

/** Where variables come from, of a module and of containers. */
const variables = (path: string): string[] => [
  ...below(`${path}.env[]`, 'name', 'value'),
  ...below(`${path}.env[].valueFrom.secretKeyRef`, 'name', 'key', 'optional'),
  ...below(`${path}.env[].valueFrom.configMapKeyRef`, 'name', 'key', 'optional'),
  `${path}.env[].valueFrom.fieldRef.fieldPath`,
  `${path}.envFrom[].prefix`,
  ...below(`${path}.envFrom[].secretRef`, 'name', 'optional'),
  ...below(`${path}.envFrom[].configMapRef`, 'name', 'optional'),
];

const CONNECTIONS: readonly WiringOfFields[] = [
  {
    file: 'connections.test.ts',
    title:
      'F-K3: port, maxAppServers and ecpService decide who is refused, with the reason, while everybody runs',
    dataServer: ['ecpService', 'port', 'maxAppServers'],
    appServer: ['replicas'],
  },
  {
    file: 'connections.test.ts',
    title:
      'F-K4: both kinds use the data servers and databases that they name, as many and with as much access as the spec says',
    both: [
      'maxDataServers',
      ...below('dataServers[]', 'name', 'host', 'port'),
      ...below('dataServers[].dataServerRef', 'name', 'namespace'),
      ...below('remoteDatabases[]', 'name', 'dataServer', 'database', 'access'),
    ],
  },
  {
    file: 'allow-lists.test.ts',
    title:
      'F-S1: addresses, ranges, blocks, host names and the policy admit and keep out within two seconds',
    dataServer: [
      'incomingPolicy',
      ...below('allowedIncoming[]', 'name', 'address', 'cidr', 'host'),
    ],
  },
  {
    file: 'allow-lists.test.ts',
    title:
      'F-K2: app servers are admitted by name, labels and namespace as long as an entry says so',
    dataServer: below(
      'allowedIncoming[].appServers',
      'name',
      'selector.matchLabels',
      'namespaces.from',
      'namespaces.selector.matchLabels',
    ),
  },
  {
    file: 'timers.test.ts',
    title: 'F-E5: dials, their end and the waits of requests last as long as the spec says',
    both: below(
      'timeouts',
      'reconnectIntervalSeconds',
      'requestWaitSeconds',
      'connectGiveUpSeconds',
    ),
  },
  {
    file: 'timers.test.ts',
    title: 'F-E5: heartbeats, silence and the waits for a lost peer last as long as the spec says',
    both: [
      ...below('heartbeat', 'intervalSeconds', 'nonResponsiveSeconds'),
      'timeouts.recoverySeconds',
    ],
    dataServer: ['timeouts.troubledSeconds'],
  },
  {
    file: 'timers.test.ts',
    title: 'F-E5: sessions of before a restart are kept for sessionRecoverySeconds',
    dataServer: ['timeouts.sessionRecoverySeconds'],
  },
  {
    file: 'transactions.test.ts',
    title:
      'F-E8: transactions are synchronous where the spec says so, and no longer when it does not, live',
    both: ['synchCommit'],
  },
  {
    file: 'locks.test.ts',
    title:
      'F-M5: a lock table takes as many as the spec says, and an app server has its part of it, live',
    both: ['locks.tableSize'],
    dataServer: ['locks.perAppServer'],
  },
];

const JOURNAL_AND_KEYS: readonly WiringOfFields[] = [
  {
    file: 'journal.test.ts',
    title:
      'F-D5: segments end by size and by time and are kept as long and as much as the spec says, live',
    both: below('journal', 'segmentSize', 'rotationSeconds', 'keepSeconds', 'keepSize'),
  },
  {
    file: 'journal.test.ts',
    title:
      'F-D5: what open transactions pin is warned of, and the oldest is rolled back, as the spec says',
    both: below('journal', 'pinnedWarningSize', 'pinnedRollbackSize'),
  },
  {
    file: 'journal.test.ts',
    title: 'A.2.5: a journal that cannot be written freezes changes, or not, as the spec says',
    both: ['journal.freezeOnError'],
  },
  {
    file: 'journal.test.ts',
    title: 'A.1.9: globals that the spec excepts are not journaled, others while it runs',
    both: ['databases[].unjournaledGlobals'],
  },
  {
    file: 'journal.test.ts',
    title: 'F-D3: a database takes no more than maxSize, says so, and takes more when it may',
    both: ['databases[].maxSize'],
  },
  {
    file: 'encryption.test.ts',
    title:
      'F-D6: databases, journal and TEMP are encrypted with the keys of their Secrets, and another key follows',
    both: [
      ...below('encryption.keySecretRef', 'name', 'key'),
      ...below('encryption.tempKeySecretRef', 'name', 'key'),
      ...below('encryption.previousKeySecretRefs[]', 'name', 'key'),
      ...below('databases[].encryption.keySecretRef', 'name', 'key'),
    ],
  },
];

const DATA: readonly WiringOfFields[] = [
  {
    file: 'databases.test.ts',
    title:
      'F-D3: databases are as the spec says, and come, go and change while their instance runs',
    both: below('databases[]', 'name', 'blockSize', 'journaling', 'access', 'resource', 'state'),
  },
  {
    file: 'namespaces.test.ts',
    title:
      'F-K4: a SET lands where the most specific mapping says, on both kinds, and elsewhere when it changes',
    both: [
      ...below('namespaces[]', 'name', 'defaultDatabase'),
      ...below('namespaces[].mappings[]', 'global', 'database'),
      ...below('namespaces[].mappings[].subscripts', 'from', 'to'),
    ],
  },
  {
    file: 'memory.test.ts',
    title:
      'F-K1: bufferPoolSize and cacheSize bound the blocks in memory, and logLevel what is logged',
    both: ['cacheSize', 'logLevel'],
    dataServer: ['bufferPoolSize'],
  },
  {
    file: 'storage.test.ts',
    title:
      'F-K6: claims have the sizes of the spec, the journal a volume of its own, and both grow',
    both: ['storage.data.size', 'storage.journal.size'],
  },
  {
    file: 'storage.test.ts',
    title:
      'F-K6: volumes are kept or deleted as the spec says, and adopted only by name of their owner',
    both: ['storage.retentionPolicy.whenDeleted'],
    appServer: ['storage.retentionPolicy.whenScaled'],
  },
  {
    file: 'storage.test.ts',
    title:
      'F-K6: volumes are of the class that the spec names, and ReadWriteOncePod keeps a second pod away',
    both: ['data', 'journal'].flatMap((volume) =>
      below(`storage.${volume}`, 'storageClassName', 'accessMode'),
    ),
  },
];

const APPLICATION: readonly WiringOfFields[] = [
  {
    file: 'application.test.ts',
    title: 'F-K13: a module runs in every instance of both kinds with its variables and ports',
    both: [
      'application.module',
      ...variables('application'),
      ...below('application.ports[]', 'name', 'containerPort'),
    ],
  },
  {
    file: 'application.test.ts',
    title: 'F-K13: containers beside the instances of both kinds have what is said of them',
    both: [
      'application.ports[].protocol',
      ...below('application.containers[]', 'name', 'image', 'imagePullPolicy'),
      ...below('application.containers[]', 'command', 'args', 'workingDir'),
      ...below('application.containers[]', 'resources.requests', 'resources.limits'),
      ...below('application.containers[]', 'readinessProbe', 'livenessProbe', 'startupProbe'),
      ...variables('application.containers[]'),
    ],
  },
];

const PODS: readonly WiringOfFields[] = [
  {
    file: 'images.test.ts',
    title: 'F-K7: instances of both kinds run the image of the spec',
    both: ['image'],
  },
  {
    file: 'images.test.ts',
    title:
      'F-K1: images are fetched when imagePullPolicy says so, with the passwords of imagePullSecrets',
    both: ['imagePullPolicy', 'imagePullSecrets[].name'],
  },
  {
    file: 'resources.test.ts',
    title:
      'F-K6: pods ask for memory by the sizing rule or for what the spec says, and are held to it',
    both: ['resources.requests', 'resources.limits'],
  },
  {
    file: 'placement.test.ts',
    title: 'F-K1: pods have the labels, annotations, priority and ServiceAccount of the spec',
    both: below(
      'podTemplate',
      'metadata.labels',
      'metadata.annotations',
      'spec.priorityClassName',
      'spec.serviceAccountName',
    ),
  },
  {
    file: 'placement.test.ts',
    title:
      'F-K1: the scheduler puts pods where selectors, affinities, tolerations and spread constraints allow it',
    both: [
      ...below('podTemplate.spec', 'nodeSelector', 'affinity'),
      ...below('podTemplate.spec.tolerations[]', 'key', 'operator', 'value', 'effect'),
      'podTemplate.spec.tolerations[].tolerationSeconds',
      ...below(
        'podTemplate.spec.topologySpreadConstraints[]',
        'maxSkew',
        'topologyKey',
        'whenUnsatisfiable',
        'labelSelector',
        'minDomains',
        'nodeAffinityPolicy',
        'nodeTaintsPolicy',
      ),
    ],
  },
  {
    file: 'security.test.ts',
    title: 'F-K1: processes have the user and the groups of the spec, and volumes the group',
    both: below(
      'podTemplate.spec.securityContext',
      'runAsUser',
      'runAsGroup',
      'fsGroup',
      'fsGroupChangePolicy',
      'supplementalGroups',
    ),
  },
  {
    file: 'security.test.ts',
    title:
      'F-K1: a seccomp profile of the node is asked for by its name, and RuntimeDefault is in force without one',
    both: below('podTemplate.spec.securityContext.seccompProfile', 'type', 'localhostProfile'),
  },
  {
    file: 'security.test.ts',
    title:
      'F-K1: SELinux options reach the pods and whoever judges them (labels are not enforced here)',
    both: below('podTemplate.spec.securityContext.seLinuxOptions', 'user', 'role', 'type', 'level'),
  },
];

const RUNNING: readonly WiringOfFields[] = [
  {
    file: 'network.test.ts',
    title:
      'F-K1: Services have the type, families and annotations of the spec, and answer where they should',
    both: below('service', 'type', 'ipFamilyPolicy', 'annotations'),
  },
  {
    file: 'network.test.ts',
    title:
      'F-K9: a NetworkPolicy stands for the allow-list while its mode is Managed, and is gone with None (not enforced here)',
    both: ['networkPolicy.mode'],
  },
  {
    file: 'updates.test.ts',
    title: 'F-K5: OnDelete replaces pods when they are deleted, RollingUpdate by itself',
    both: ['updateStrategy.type'],
  },
  {
    file: 'updates.test.ts',
    title: 'F-K5: as many app servers as maxUnavailable are replaced at a time',
    appServer: ['updateStrategy.maxUnavailable'],
  },
  {
    file: 'updates.test.ts',
    title: 'F-K5: an orderly stop lasts at most drainSeconds, and Kubernetes waits 30 seconds more',
    both: ['drainSeconds'],
  },
];

export const WIRING: readonly WiringOfFields[] = [
  ...CONNECTIONS,
  ...DATA,
  ...JOURNAL_AND_KEYS,
  ...APPLICATION,
  ...PODS,
  ...RUNNING,
];

const PAUSED: WiringTest = {
  file: 'updates.test.ts',
  title:
    'F-K5: a paused resource keeps its pods and follows its configuration; another restarted-at replaces them',
};

/** Annotations of a resource that people set. */
export const ANNOTATIONS: Readonly<Record<string, WiringTest>> = {
  'ecp.dev/paused': PAUSED,
  'ecp.dev/restarted-at': PAUSED,
  'ecp.dev/adopt-volumes': {
    file: 'storage.test.ts',
    title:
      'F-K6: volumes are kept or deleted as the spec says, and adopted only by name of their owner',
  },
};
