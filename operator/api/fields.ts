/**
 * Fields that both custom resources have, each with its documentation: what `describe` says becomes the
 * description in the custom resource definition, what `meta` adds becomes its Kubernetes extensions.
 *
 * A rule that concerns several fields stands twice, side by side: as CEL for the API server, and as
 * code (`specProblems`) for `ecp up` and for what CEL cannot afford. Only fields that take effect are here.
 */
import { z } from 'zod';
import {
  access,
  blockSize,
  connectionCount,
  CONNECTIONS_MAX,
  databaseName,
  databaseState,
  dataProblems,
  dataServerName,
  exactlyOne,
  fieldsOf,
  globalPattern,
  hostName,
  isMemory,
  journaling,
  listOf,
  lockCount,
  LOCKS_DEFAULT,
  MEMORY_RULE,
  namespaceName,
  port,
  resourceName as databaseResource,
  TIMERS,
} from '../../server/instance/configuration.ts';
import type { Problem, TimerName } from '../../server/instance/configuration.ts';
import { application, applicationProblems } from './application.ts';
import { podTemplate, podTemplateProblems } from './pod-template.ts';
import { BY_NAME, kubernetesNamespace, longest, resourceName, rules } from './schema.ts';
import type { CelRule } from './schema.ts';
import {
  DATABASE_STORAGE_RULES,
  databaseStorage,
  encryption,
  encryptionProblems,
  journal,
  STORAGE_RULES,
} from './storage-fields.ts';
import { workloadFields } from './workload-fields.ts';

const DATABASES_MAX = 32;
const NAMESPACES_MAX = 32;
const MAPPINGS_MAX = 64;
const SELECTOR_LABELS_MAX = 16;

/** What Kubernetes keeps besides passes through: status and history of an object read from a cluster. */
export const objectMeta = z.looseObject({
  name: resourceName,
  namespace: kubernetesNamespace.default('default'),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  uid: z.string().optional(),
  generation: z.int().optional(),
  resourceVersion: z.string().optional(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().optional(),
});

export const labelSelector = z.strictObject({
  matchLabels: z
    .record(z.string(), z.string())
    .refine((labels) => Object.keys(labels).length > 0, { error: 'needs at least one label' })
    .describe('Labels that all must be there with these values.')
    .meta({ minProperties: 1, maxProperties: SELECTOR_LABELS_MAX }),
});

export const memory = z
  .union([z.int(), z.string()], { error: MEMORY_RULE })
  .refine(isMemory, { error: MEMORY_RULE });
const MEMORY_META = {
  'x-kubernetes-int-or-string': true,
  pattern: '^[1-9][0-9]{0,14}(Ki|Mi|Gi|Ti|k|M|G|T)?$',
  maxLength: 17,
} as const;
export const memoryField = (description: string) =>
  memory.optional().describe(description).meta(MEMORY_META);

export function seconds(name: TimerName, description: string) {
  const { min, max, default: value } = TIMERS[name];
  return z.int().min(min).max(max).default(value).describe(description);
}

const database = z
  .strictObject({
    name: databaseName.meta(longest(30)).describe('Name of the database on this instance.'),
    blockSize: blockSize
      .default('8Ki')
      .describe('Size of its blocks; cannot be changed once the database exists.'),
    journaling: journaling
      .default('Enabled')
      .describe('Whether changes go to the journal; without it they are lost in a crash.'),
    access: access.default('ReadWrite').describe('ReadOnly refuses every change with <PROTECT>.'),
    resource: databaseResource
      .meta(longest(64))
      .optional()
      .describe('Resource whose permissions decide who uses it; by default %DB_ and its name.'),
    state: databaseState
      .default('Mounted')
      .describe(
        'Dismounted keeps it on disk and serves it to nobody; only then may its entry be removed.',
      ),
    ...databaseStorage,
  })
  .meta(
    rules(
      {
        rule: "!(self.name in ['SYS', 'TEMP'])",
        message: 'every instance has SYS and TEMP without being asked',
        fieldPath: '.name',
      },
      {
        rule: 'self.blockSize == oldSelf.blockSize',
        message: 'the block size of a database cannot be changed',
        reason: 'FieldValueForbidden',
        fieldPath: '.blockSize',
      },
      ...DATABASE_STORAGE_RULES,
    ),
  );

export const databases = (description: string) =>
  z
    .array(database)
    .max(DATABASES_MAX)
    .default([])
    .describe(description)
    .meta({
      ...BY_NAME,
      ...rules({
        rule: "oldSelf.all(o, o.state == 'Dismounted' || self.exists(n, n.name == o.name))",
        message:
          'an entry can be removed or renamed only when its state is Dismounted: a database of another name begins empty',
        reason: 'FieldValueForbidden',
      }),
    });

const dataServerReference = z
  .strictObject({
    name: resourceName.describe('Name of the EcpDataServer.'),
    namespace: kubernetesNamespace
      .optional()
      .describe(
        'Its Kubernetes namespace, by default the same; another one must admit this resource by an entry of its allowedIncoming.',
      ),
  })
  .describe('An EcpDataServer; exactly one of dataServerRef and host.');

const dataServer = z
  .strictObject({
    name: dataServerName
      .meta(longest(30))
      .describe('Logical name, by which remoteDatabases speak of it (§2.3).'),
    dataServerRef: dataServerReference.optional(),
    host: hostName
      .optional()
      .describe('Host name or address of a data server that is no EcpDataServer.')
      .meta(longest(255)),
    port: port.optional().describe('With host: its port, by default 1972.'),
  })
  .meta(
    rules(
      {
        rule: 'has(self.dataServerRef) != has(self.host)',
        message: 'exactly one of dataServerRef and host',
      },
      { rule: '!has(self.port) || has(self.host)', message: 'port goes with host' },
    ),
  );

const remoteDatabase = z
  .strictObject({
    name: databaseName.meta(longest(30)).describe('Its name on this instance.'),
    dataServer: dataServerName
      .meta(longest(30))
      .describe('Logical name of the data server, one of dataServers.'),
    database: databaseName.meta(longest(30)).describe('Its name on the data server.'),
    access: access.default('ReadWrite').describe('ReadOnly refuses changes from this instance.'),
  })
  .meta(
    rules(
      {
        rule: "!(self.name in ['SYS', 'TEMP'])",
        message: 'SYS and TEMP are local on every instance',
        fieldPath: '.name',
      },
      {
        rule: "self.database != 'TEMP'",
        message: 'TEMP stays on its own instance',
        fieldPath: '.database',
      },
    ),
  );

const mapping = z
  .strictObject({
    global: globalPattern
      .meta(longest(32))
      .describe("A global's name without the caret, or the beginning of names followed by *."),
    subscripts: z
      .strictObject({
        from: z.string().min(1).max(255).describe('First subscript of the range.'),
        to: z.string().min(1).max(255).describe('First subscript behind the range.'),
      })
      .optional()
      .describe('Part of the global: from ≤ first subscript < to, in collation order.'),
    database: databaseName.meta(longest(30)).describe('Where it lies: local or remote.'),
  })
  .meta(
    rules({
      rule: "!has(self.subscripts) || !self.global.endsWith('*')",
      message: 'only one global can be mapped by subscripts, not a prefix',
    }),
  );

const namespace = z.strictObject({
  name: namespaceName.meta(longest(30)).describe('Name of the namespace, such as USER.'),
  defaultDatabase: databaseName
    .meta(longest(30))
    .describe('Where a global lies that no mapping names: local, remote, SYS or TEMP.'),
  mappings: z
    .array(mapping)
    .max(MAPPINGS_MAX)
    .default([])
    .describe('Globals that lie elsewhere; the most specific mapping wins (§1.3.1).')
    .meta({ 'x-kubernetes-list-type': 'atomic' }),
});

/** What an instance needs to work on data of others (§1.3, §2.3): app servers, and data servers with both roles. */
export const applicationRole = {
  maxDataServers: connectionCount
    .default(2)
    .describe('Most data servers that an instance connects to (§2.3).'),
  dataServers: z
    .array(dataServer)
    .max(CONNECTIONS_MAX)
    .default([])
    .describe('Data servers whose databases are used here.')
    .meta(BY_NAME),
  remoteDatabases: z
    .array(remoteDatabase)
    .max(DATABASES_MAX)
    .default([])
    .describe('Databases of data servers, by the names they have here (§2.4).')
    .meta(BY_NAME),
  namespaces: z
    .array(namespace)
    .max(NAMESPACES_MAX)
    .default([])
    .describe('Where jobs look for globals (§1.3.1).')
    .meta(BY_NAME),
  cacheSize: memoryField(
    'Memory for blocks of remote databases on each instance. By default three quarters of all memory for blocks.',
  ),
  application,
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('What instances log; debug traces each block on its way. Changed live.'),
};

export const applicationTimeouts = {
  recoverySeconds: seconds(
    'recoverySeconds',
    'How long a lost connection is tried again before its jobs get <NETWORK> (Time to wait for recovery).',
  ),
  reconnectIntervalSeconds: seconds(
    'reconnectIntervalSeconds',
    'Pause between attempts to connect (Time between reconnections).',
  ),
  requestWaitSeconds: seconds(
    'requestWaitSeconds',
    'How long a request waits for a connection in progress.',
  ),
  connectGiveUpSeconds: seconds(
    'connectGiveUpSeconds',
    'How long connecting goes on in the background before it ends.',
  ),
};

export const heartbeat = z
  .strictObject({
    intervalSeconds: seconds('heartbeatSeconds', 'Pause between signs of life on a connection.'),
    nonResponsiveSeconds: seconds(
      'nonResponsiveSeconds',
      'Silence after which the other side counts as non-responsive.',
    ),
  })
  .prefault({})
  .describe('Signs of life on the connections of this instance.')
  .meta(
    rules({
      rule: 'self.nonResponsiveSeconds > self.intervalSeconds',
      message: 'nonResponsiveSeconds must exceed intervalSeconds',
    }),
  );

/** How instances run: fields of both kinds. */
/** Entries of the lock table, for both kinds. */
export const lockTableSize = lockCount
  .default(LOCKS_DEFAULT)
  .describe(
    'Locks that are held and waited for on an instance, by all jobs together, 280 to 420 bytes of memory each. A full table refuses with <LOCKTABLEFULL>. Changed live.',
  );

export const commonFields = {
  journal,
  encryption,
  ...workloadFields,
  synchCommit: z
    .boolean()
    .default(false)
    .describe(
      'Whether transactions of jobs on these instances are durable when TCOMMIT returns, where a program does not say (SynchCommit, A.1.5). Changed live.',
    ),
  drainSeconds: seconds(
    'drainSeconds',
    'Longest time for an orderly stop: work is finished, changes are acknowledged, blocks are written. Pods get 30 seconds more.',
  ),
  podTemplate,
};

/** CEL for the whole spec, of both kinds. What it cannot afford (mappings) ends in a condition. */
export const APPLICATION_ROLE_RULES: readonly CelRule[] = [
  {
    rule: 'size(self.dataServers) <= self.maxDataServers',
    message: 'maxDataServers is less than the number of dataServers',
    fieldPath: '.maxDataServers',
  },
  {
    rule: 'self.remoteDatabases.all(r, self.dataServers.exists(s, s.name == r.dataServer))',
    message: 'every remote database names one of dataServers',
    fieldPath: '.remoteDatabases',
  },
  {
    rule: 'self.remoteDatabases.all(r, !self.databases.exists(d, d.name == r.name))',
    message:
      'a database is local or remote: an instance does not serve data that it itself gets (§1.3.2)',
    fieldPath: '.remoteDatabases',
  },
  {
    rule: "self.namespaces.all(n, n.defaultDatabase in ['SYS', 'TEMP'] || self.databases.exists(d, d.name == n.defaultDatabase) || self.remoteDatabases.exists(r, r.name == n.defaultDatabase))",
    message: 'the default database of every namespace is local, remote, SYS or TEMP',
    fieldPath: '.namespaces',
  },
  ...STORAGE_RULES,
];

/** The same rules in code, with those on mappings and channels; tolerant of any shape. */
export function specProblems(spec: unknown): Problem[] {
  const fields = fieldsOf(spec);
  const references = new Map<string, string>();
  const servers = listOf(fields['dataServers']).flatMap((server, i): Problem[] => {
    const path = ['dataServers', i];
    const problems = exactlyOne(server, ['dataServerRef', 'host'], path);
    if (server['port'] !== undefined && server['host'] === undefined) {
      problems.push({ path: [...path, 'port'], message: 'goes with host' });
    }
    const { name, namespace: space } = fieldsOf(server['dataServerRef']);
    if (typeof name !== 'string') return problems;
    const target = `${typeof space === 'string' ? space : ''}/${name}`;
    const other = references.get(target);
    if (other === undefined) references.set(target, String(server['name']));
    else {
      const message = `reaches the same data server as ${other}: never two channels (§4.3.5)`;
      problems.push({ path: [...path, 'dataServerRef'], message });
    }
    return problems;
  });
  return [
    ...dataProblems(spec),
    ...encryptionProblems(spec),
    ...servers,
    ...applicationProblems(fields['application']).map(({ path, message }) => ({
      path: ['application', ...path],
      message,
    })),
    ...podTemplateProblems(fields['podTemplate']),
    ...heartbeatProblems(fieldsOf(fields['heartbeat'])),
  ];
}

function heartbeatProblems({
  intervalSeconds = TIMERS.heartbeatSeconds.default,
  nonResponsiveSeconds = TIMERS.nonResponsiveSeconds.default,
}: Readonly<Record<string, unknown>>): Problem[] {
  if (typeof intervalSeconds !== 'number' || typeof nonResponsiveSeconds !== 'number') return [];
  return nonResponsiveSeconds > intervalSeconds
    ? []
    : [{ path: ['heartbeat', 'nonResponsiveSeconds'], message: 'must exceed intervalSeconds' }];
}
