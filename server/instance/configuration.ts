/**
 * One instance's configuration: the schema of the file that an instance is started with and reads again
 * when it is told to (docs/adr/0006). Text or plain data in, a complete configuration with all defaults
 * out; or one EcpError 'CONFIGURATION' whose message lists every problem, a line each: the field's path,
 * where the text has it, and the rule. Unknown fields are refused, so nothing is silently without effect.
 *
 * Invariants: parsing what was parsed changes nothing; durations are seconds, amounts of memory are bytes.
 */
import { z } from 'zod';
import { EcpError } from '../base/errors.ts';
import {
  APPLICATION_VARIABLES_MAX,
  BUFFER_POOL_BYTES_DEFAULT,
  CHECKPOINT_INTERVAL_MS,
  CONNECTIONS_MAX,
  DATABASES_MAX,
  INCOMING_ADDRESSES_MAX,
  LOCKS_DEFAULT,
  MAPPINGS_MAX,
  MEMORY_BYTES_MIN,
  NAMESPACES_MAX,
  PROBLEMS_LISTED_MAX,
} from '../base/limits.ts';
import { dataProblems, instanceProblems, MAX_DATA_SERVERS_DEFAULT } from './configuration-rules.ts';
import type { Problem } from './configuration-rules.ts';
import { database, encryption, journal } from './configuration-storage.ts';
import {
  access,
  connectionCount,
  databaseName,
  dataServerName,
  entryName,
  globalPattern,
  hostName,
  incomingPolicy,
  instanceName,
  listeningPort,
  lockCount,
  memory,
  namespaceName,
  path,
  port,
  variableName,
} from './configuration-values.ts';
import { readYaml } from './yaml-text.ts';
import type { FieldPath } from './yaml-text.ts';

export {
  dataProblems,
  duplicateNames,
  exactlyOne,
  fieldsOf,
  IMPLICIT_DATABASES,
  journalProblems,
  listOf,
  patternProblem,
} from './configuration-rules.ts';
export type { Problem } from './configuration-rules.ts';
export {
  access,
  blockSize,
  bytesOf,
  bytesOfBlockSize,
  connectionCount,
  databaseName,
  databaseState,
  dataServerName,
  entryName,
  globalPattern,
  hostName,
  incomingPolicy,
  isMemory,
  isSegmentSize,
  isStorage,
  journaling,
  lockCount,
  MEMORY_RULE,
  namespaceName,
  port,
  resourceName,
  SEGMENT_RULE,
  STORAGE_RULE,
  variableName,
} from './configuration-values.ts';
export type { BlockSizeName } from './configuration-values.ts';
export {
  BLOCK_SIZES,
  CONNECTIONS_MAX,
  ENCRYPTION_KEYS_MAX,
  LOCKS_DEFAULT,
  INCOMING_ENTRIES_MAX,
  JOURNAL_KEEP_SECONDS,
  JOURNAL_PINNED_WARNING_BYTES,
  JOURNAL_ROTATION_SECONDS,
  JOURNAL_SEGMENT_BYTES,
  UNJOURNALED_GLOBALS_MAX,
} from '../base/limits.ts';
export { readYaml } from './yaml-text.ts';
export type { FieldPath, YamlDocument } from './yaml-text.ts';

const MIB = 1024 * 1024;

/** The guide's port of a data server (§2.3). */
export const ECP_PORT = 1972;
const CLIENT_PORT = 1973;
const ADMIN_PORT = 1974;
const METRICS_PORT = 1975;

const SERVICE_ACCOUNT_KEYS_MAX = 16;

/** What local databases keep of the pool, whatever the cache of remote blocks takes (§2). */
const LOCAL_POOL_BYTES_MIN = 8 * MIB;
/** Without a figure the cache of remote blocks has this part of the pool, if there are data servers. */
const CACHE_SHARE_DEFAULT = 3 / 4;
/** Least pool: local databases' part, and the least cache. A smaller figure gives this. */
const POOL_BYTES_MIN = LOCAL_POOL_BYTES_MIN + MEMORY_BYTES_MIN;

/** The ranges of the guide's table 4-1 and §3.2, in whole seconds; ours where the guide has none. */
export const TIMERS = {
  troubledSeconds: { min: 20, max: 65_535, default: 60 },
  sessionRecoverySeconds: { min: 1, max: 65_535, default: 30 },
  recoverySeconds: { min: 10, max: 65_535, default: 1200 },
  reconnectIntervalSeconds: { min: 1, max: 60, default: 5 },
  requestWaitSeconds: { min: 1, max: 65_535, default: 20 },
  connectGiveUpSeconds: { min: 1, max: 65_535, default: 1200 },
  heartbeatSeconds: { min: 1, max: 60, default: 2 },
  nonResponsiveSeconds: { min: 2, max: 600, default: 10 },
  checkpointSeconds: { min: 1, max: 3600, default: CHECKPOINT_INTERVAL_MS / 1000 },
  drainSeconds: { min: 1, max: 3600, default: 120 },
} as const;
export type TimerName = keyof typeof TIMERS;

/** `shrink`: tests may go below the minima, in fractions of a second too; the maxima stay. */
function timer(name: TimerName, shrink: boolean): z.ZodDefault<z.ZodNumber> {
  const { min, max, default: value } = TIMERS[name];
  const seconds = shrink ? z.number().positive() : z.int().min(min);
  return seconds.max(max).default(value);
}

/** A range of the first subscript: from ≤ subscript < to, in collation. */
const subscriptRange = z.strictObject({
  from: z.string().min(1).max(255),
  to: z.string().min(1).max(255),
});

const namespace = z.strictObject({
  name: namespaceName,
  defaultDatabase: databaseName,
  mappings: z
    .array(
      z.strictObject({
        global: globalPattern,
        subscripts: subscriptRange.optional(),
        database: databaseName,
      }),
    )
    .max(MAPPINGS_MAX)
    .default([]),
});

const dataServer = z.strictObject({
  name: dataServerName,
  host: hostName.optional(),
  port: port.default(ECP_PORT),
  /** In place of `host`: why nobody knows at present where it is; requests answer <NETWORK> with this. */
  unresolved: z.string().min(1).max(1024).optional(),
});

const remoteDatabase = z.strictObject({
  name: databaseName,
  dataServer: dataServerName,
  /** Its name on the data server. */
  database: databaseName,
  access: access.default('ReadWrite'),
});

/** The policy is explicit: `Listed` with no entry admits nobody (rule K1). */
const incomingEntry = z.strictObject({
  /** Quoted in refusals and metrics; entries may share it (the addresses of one app server's pods). */
  name: entryName,
  address: z.string().optional(),
  cidr: z.string().optional(),
  host: hostName.optional(),
});

const ecp = (shrink: boolean) =>
  z.strictObject({
    /** The ECP service switch: off refuses every incoming connection (§2.1). */
    enabled: z.boolean().default(true),
    host: hostName.default('::'),
    port: listeningPort.default(ECP_PORT),
    maxAppServers: connectionCount.default(1),
    incomingPolicy: incomingPolicy.default('Listed'),
    allowedIncoming: z.array(incomingEntry).max(INCOMING_ADDRESSES_MAX).default([]),
    timeouts: z
      .strictObject({
        troubledSeconds: timer('troubledSeconds', shrink),
        sessionRecoverySeconds: timer('sessionRecoverySeconds', shrink),
      })
      .prefault({}),
  });

const listener = (defaultPort: number) =>
  z.strictObject({
    host: hostName.default('127.0.0.1'),
    port: listeningPort.default(defaultPort),
  });

/** Tokens of a Kubernetes ServiceAccount that administer, besides the token file's (rule K6). */
const serviceAccount = z.strictObject({
  issuer: z.string().min(1).max(1024),
  /** `system:serviceaccount:<namespace>:<name>`. */
  subject: z.string().min(1).max(1024),
  /** The cluster's public keys, as its JWKS has them. */
  keys: z.array(z.record(z.string(), z.unknown())).max(SERVICE_ACCOUNT_KEYS_MAX),
});

function fields(shrink: boolean) {
  return z.strictObject({
    /** Of this schema. */
    version: z.literal(1).default(1),
    /** Whoever changes the configuration counts; an instance takes no lower one than it had (rule K5). 0: nobody counts. */
    revision: z.int().min(0).default(0),
    /** Unique among the app servers of a data server: the session slot belongs to it (rule R11). */
    name: instanceName,
    dataDirectory: path,
    /** By default `journal` in the data directory. */
    journalDirectory: path.optional(),
    /** Backups go into folders of it. */
    backupDirectory: path.optional(),
    ecp: ecp(shrink).prefault({}),
    databases: z.array(database).max(DATABASES_MAX).default([]),
    journal: journal.prefault({}),
    encryption: encryption.prefault({}),
    dataServers: z.array(dataServer).max(CONNECTIONS_MAX).default([]),
    maxDataServers: connectionCount.default(MAX_DATA_SERVERS_DEFAULT),
    remoteDatabases: z.array(remoteDatabase).max(DATABASES_MAX).default([]),
    namespaces: z.array(namespace).max(NAMESPACES_MAX).default([]),
    timeouts: z
      .strictObject({
        recoverySeconds: timer('recoverySeconds', shrink),
        reconnectIntervalSeconds: timer('reconnectIntervalSeconds', shrink),
        requestWaitSeconds: timer('requestWaitSeconds', shrink),
        connectGiveUpSeconds: timer('connectGiveUpSeconds', shrink),
      })
      .prefault({}),
    heartbeat: z
      .strictObject({
        intervalSeconds: timer('heartbeatSeconds', shrink),
        nonResponsiveSeconds: timer('nonResponsiveSeconds', shrink),
      })
      .prefault({}),
    /** The part of the buffer pool that blocks of remote databases may take. */
    cacheSize: memory.optional(),
    /** All blocks in memory, of local and remote databases together (§2). */
    bufferPoolSize: memory.optional(),
    application: z
      .strictObject({
        module: z.string().min(1).max(4096),
        env: z
          .record(variableName, z.string())
          .refine((env) => Object.keys(env).length <= APPLICATION_VARIABLES_MAX, {
            error: `at most ${APPLICATION_VARIABLES_MAX} variables`,
          })
          .default({}),
      })
      .optional(),
    client: listener(CLIENT_PORT).prefault({}),
    admin: listener(ADMIN_PORT)
      .extend({
        /** Who presents this file's content may administer (rule K6); made on first start if it is missing. */
        tokenFile: path.optional(),
        serviceAccount: serviceAccount.optional(),
      })
      .prefault({}),
    metrics: listener(METRICS_PORT).prefault({}),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    checkpointSeconds: timer('checkpointSeconds', shrink),
    locks: z
      .strictObject({
        /** Locks that are held and waited for here, by all jobs together. */
        tableSize: lockCount.default(LOCKS_DEFAULT),
        /** Those of the jobs of one app server (F-M5); by default half of the table. */
        perAppServer: lockCount.optional(),
      })
      .prefault({}),
    /** Whether transactions are durable when TCOMMIT returns, where that does not say (SynchCommit, A.1.5). */
    synchCommit: z.boolean().default(false),
    /** Longest time for an orderly stop: work is finished, changes are acknowledged, blocks written. */
    drainSeconds: timer('drainSeconds', shrink),
    testing: z
      .strictObject({
        /** Lets timers be shorter than the public minima. Not for production. */
        shrinkTimers: z.boolean().default(false),
      })
      .optional(),
  });
}

/** Made once: making a schema costs a thousand times what using it does. */
const PUBLIC = fields(false);
const SHRUNK = fields(true);

type Parsed = z.output<typeof PUBLIC>;
export interface Configuration extends Readonly<Omit<Parsed, 'admin'>> {
  readonly cacheSize: number;
  readonly bufferPoolSize: number;
  readonly journalDirectory: string;
  readonly backupDirectory: string;
  readonly admin: Omit<Parsed['admin'], 'tokenFile'> & { readonly tokenFile: string };
}
/** The same before defaults: what a file holds. */
export type ConfigurationInput = z.input<typeof PUBLIC>;
export type DatabaseConfiguration = Configuration['databases'][number];
export type NamespaceConfiguration = Configuration['namespaces'][number];

/** Fields that an instance takes up only when it starts, by path; the others change while it runs. */
export function fixedPart(configuration: Configuration): Readonly<Record<string, unknown>> {
  return {
    name: configuration.name,
    dataDirectory: configuration.dataDirectory,
    journalDirectory: configuration.journalDirectory,
    bufferPoolSize: configuration.bufferPoolSize,
    application: configuration.application,
    'ecp.host': configuration.ecp.host,
    'ecp.port': configuration.ecp.port,
    client: configuration.client,
    'admin.host': configuration.admin.host,
    'admin.port': configuration.admin.port,
    'admin.tokenFile': configuration.admin.tokenFile,
    metrics: configuration.metrics,
    // Made anew at each start: whether it is encrypted is settled then, by which key is not. Undefined counts as
    // absent, so that nothing of a pod changes where there are no keys.
    'encryption.temp': configuration.encryption.temp === undefined ? undefined : true,
  };
}

/** Fields that differ and that an instance takes up only when it starts. */
export function fieldsNeedingRestart(before: Configuration, after: Configuration): string[] {
  const [old, now] = [fixedPart(before), fixedPart(after)];
  return Object.keys(old).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
}

/** JSON Schema of the file, for editors and documentation. */
export function configurationJsonSchema(): unknown {
  return z.toJSONSchema(PUBLIC, { target: 'draft-2020-12', io: 'input' });
}

/**
 * Reads a configuration from YAML, JSON or plain data. `source` names it in messages.
 * Throws EcpError 'CONFIGURATION' that lists all problems.
 */
export function parseConfiguration(input: unknown, source = 'configuration'): Configuration {
  if (typeof input !== 'string') return checkConfiguration(input, source, () => undefined);
  const { documents, problems } = readYaml(input);
  if (problems.length > 0) {
    throw refusal(
      source,
      problems.map(({ line, message }) => `line ${line}: ${message}`),
    );
  }
  const [document, ...more] = documents;
  if (document === undefined) throw refusal(source, ['is empty']);
  if (more.length > 0) throw refusal(source, ['has more than one document']);
  return checkConfiguration(document.value, source, (at) => document.lineOf(at));
}

function checkConfiguration(
  input: unknown,
  source: string,
  lineOf: (path: FieldPath) => number | undefined,
): Configuration {
  const testing = (input as { testing?: { shrinkTimers?: unknown } } | null)?.testing;
  const checked = checkSchema(testing?.shrinkTimers === true ? SHRUNK : PUBLIC, input);
  const problems = [
    ...checked.problems,
    ...dataProblems(input),
    ...instanceProblems(input),
    ...(checked.value === undefined ? [] : memoryProblems(checked.value)),
  ];
  if (checked.value === undefined || problems.length > 0) {
    throw refusal(
      source,
      problems.map((problem) => describeProblem(problem, lineOf(problem.path))),
    );
  }
  return complete(checked.value);
}

function memoryProblems({ cacheSize, bufferPoolSize }: Parsed): Problem[] {
  if (cacheSize === undefined || bufferPoolSize === undefined) return [];
  if (cacheSize <= bufferPoolSize - LOCAL_POOL_BYTES_MIN) return [];
  const message = `must leave ${LOCAL_POOL_BYTES_MIN / MIB}Mi of bufferPoolSize to local databases`;
  return [{ path: ['cacheSize'], message }];
}

/** Defaults that depend on other fields. */
function complete(parsed: Parsed): Configuration {
  const asked =
    parsed.bufferPoolSize ??
    (parsed.cacheSize === undefined
      ? BUFFER_POOL_BYTES_DEFAULT
      : parsed.cacheSize + LOCAL_POOL_BYTES_MIN);
  const pool = Math.max(asked, POOL_BYTES_MIN);
  const cacheMax = pool - LOCAL_POOL_BYTES_MIN;
  // Without data servers nothing remote is cached, until some are added.
  const share =
    parsed.dataServers.length > 0 ? Math.floor(pool * CACHE_SHARE_DEFAULT) : MEMORY_BYTES_MIN;
  return {
    ...parsed,
    bufferPoolSize: pool,
    journalDirectory: parsed.journalDirectory ?? `${parsed.dataDirectory}/journal`,
    backupDirectory: parsed.backupDirectory ?? `${parsed.dataDirectory}/backups`,
    cacheSize: parsed.cacheSize ?? Math.min(cacheMax, share),
    encryption: { ...parsed.encryption, temp: keyOfTemp(parsed.encryption) },
    admin: {
      ...parsed.admin,
      tokenFile: parsed.admin.tokenFile ?? `${parsed.dataDirectory}/admin-token`,
    },
  };
}

/** TEMP holds what other databases hold, so it is not left open where they are not. */
function keyOfTemp({ temp, instance }: Parsed['encryption']): string | undefined {
  return temp ?? instance;
}

/** One error for all problems of a source. */
export function refusal(source: string, problems: readonly string[]): EcpError {
  const listed = problems.slice(0, PROBLEMS_LISTED_MAX);
  const rest = problems.length - listed.length;
  const lines = [...listed, ...(rest > 0 ? [`and ${rest} more`] : [])];
  return new EcpError('CONFIGURATION', [source, ...lines].join('\n  '));
}

/** `databases[0].name (line 4): must be …` */
export function describeProblem({ path: at, message }: Problem, line?: number): string {
  const place = line === undefined ? '' : ` (line ${line})`;
  return `${formatPath(at)}${place}: ${message}`;
}

export function formatPath(at: FieldPath): string {
  const joined = at
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  return joined === '' ? 'the whole' : joined.replace(/^\./, '');
}

/** A schema's verdict as our problems: every fault, in words, an unknown field by its own path. */
export function checkSchema<T extends z.ZodType>(
  schema: T,
  input: unknown,
): { readonly value: z.output<T> | undefined; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  return { value: undefined, problems: result.error.issues.flatMap(problemsOfIssue) };
}

function problemsOfIssue(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: 'there is no such field',
    }));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues.map((inner) => inner.message).join('; ');
    return [{ path: issue.path, message }];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [{ path: issue.path, message: 'is missing' }];
  }
  return [{ path: issue.path, message: issue.message.replace(/^(Invalid input|Too \w+): /, '') }];
}
