/**
 * Rules of a configuration that concern several fields at once: names that must differ, names that must
 * exist, pairs that exclude each other. They work on what a person wrote, whatever its shape, so that
 * they are reported together with what is wrong with single fields. Custom resources use the same field
 * names and therefore the same rules.
 */
import { compareBytes } from '../base/bytes.ts';
import { EcpError, messageOf } from '../base/errors.ts';
import { JOURNAL_PINNED_WARNING_BYTES } from '../base/limits.ts';
import { encodeKey } from '../globals/key.ts';
import { checkIncomingEntry } from '../security/incoming-connections.ts';
import { bytesOf } from './configuration-values.ts';
import type { FieldPath } from './yaml-text.ts';

export interface Problem {
  readonly path: FieldPath;
  /** The rule that is broken, as the end of a sentence that begins with the field's path. */
  readonly message: string;
}

/** Every instance has them, local and without being asked; TEMP is not journaled. */
export const IMPLICIT_DATABASES: readonly string[] = ['SYS', 'TEMP'];

/** The guide's default for data servers of an instance (§2.3). */
export const MAX_DATA_SERVERS_DEFAULT = 2;

type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** §1.3: databases and namespaces, and where they come from. For instances and for custom resources. */
export function dataProblems(value: unknown): Problem[] {
  const fields = fieldsOf(value);
  return [
    ...['databases', 'dataServers', 'remoteDatabases', 'namespaces'].flatMap((list) =>
      duplicateNames(fields[list], list),
    ),
    ...databaseProblems(fields),
    ...unjournaledProblems(fields),
    ...journalProblems(fieldsOf(fields['journal'])),
    ...dataServerProblems(fields),
    ...namespaceProblems(fields),
  ];
}

/** What is left: ports, waits and amounts of one instance. */
export function instanceProblems(value: unknown): Problem[] {
  const fields = fieldsOf(value);
  return [
    ...incomingProblems(fieldsOf(fields['ecp']), ['ecp']),
    ...listOf(fields['dataServers']).flatMap((server, i) =>
      exactlyOne(server, ['host', 'unresolved'], ['dataServers', i]),
    ),
    ...portProblems(fields),
    ...heartbeatProblems(fields),
    ...encryptionProblems(fields),
  ];
}

/** Names that come twice in a list of named things. */
export function duplicateNames(value: unknown, list: PropertyKey): Problem[] {
  const seen = new Set<string>();
  return listOf(value).flatMap(({ name }, i) => {
    if (typeof name !== 'string') return [];
    if (seen.has(name)) return [{ path: [list, i, 'name'], message: `comes twice: ${name}` }];
    seen.add(name);
    return [];
  });
}

export function exactlyOne(fields: Fields, names: readonly string[], path: FieldPath): Problem[] {
  const given = names.filter((name) => fields[name] !== undefined);
  return given.length === 1
    ? []
    : [{ path, message: `needs exactly one of ${names.join(', ')}, has ${given.length}` }];
}

/** Policy and list of allowed incoming connections (§2.1.1), the policy explicit (rule K1). */
export function incomingProblems(fields: Fields, path: FieldPath): Problem[] {
  const entries = listOf(fields['allowedIncoming']);
  const problems = entries.flatMap((entry, i) => {
    const message = addressProblem(entry);
    return message === undefined ? [] : [{ path: [...path, 'allowedIncoming', i], message }];
  });
  if (fields['incomingPolicy'] === 'Any' && entries.length > 0) {
    problems.push({
      path: [...path, 'allowedIncoming'],
      message: 'must be empty under incomingPolicy Any, which admits everyone',
    });
  }
  return problems;
}

/** What is wrong with the one address, range, block or host name of an entry that is said to have one. */
function addressProblem(entry: Fields): string | undefined {
  const [wrong] = exactlyOne(entry, ['address', 'cidr', 'host'], []);
  if (wrong !== undefined) return wrong.message;
  return patternProblem(entry);
}

/** As `addressProblem`, of whichever of the fields are there. */
export function patternProblem({ address, cidr }: Fields): string | undefined {
  try {
    if (typeof address === 'string') checkIncomingEntry({ name: '', address });
    if (typeof cidr === 'string') checkIncomingEntry({ name: '', cidr });
    return undefined;
  } catch (error) {
    if (!(error instanceof EcpError)) throw error;
    return messageOf(error).replace('<CONFIGURATION> ', '');
  }
}

const namesOf = (value: unknown): string[] =>
  listOf(value).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));

function databaseProblems(fields: Fields): Problem[] {
  const local = new Set(namesOf(fields['databases']));
  const servers = new Set(namesOf(fields['dataServers']));
  const origins = new Map<string, string>();
  const reserved = (list: string): Problem[] =>
    listOf(fields[list]).flatMap(({ name }, i) =>
      IMPLICIT_DATABASES.includes(String(name))
        ? [{ path: [list, i, 'name'], message: `${String(name)} is there without being asked for` }]
        : [],
    );
  const remote = listOf(fields['remoteDatabases']).flatMap((entry, i): Problem[] => {
    const problems: Problem[] = [];
    const { name, dataServer, database } = entry;
    const at = (field: string): FieldPath => ['remoteDatabases', i, field];
    if (typeof name === 'string' && local.has(name)) {
      const message = `${name} is one of databases too: an instance does not serve data that it itself gets (§1.3.2)`;
      problems.push({ path: at('name'), message });
    }
    if (typeof dataServer !== 'string' || typeof database !== 'string') return problems;
    if (!servers.has(dataServer)) {
      problems.push({ path: at('dataServer'), message: `${dataServer} is not in dataServers` });
    }
    if (database === 'TEMP') {
      problems.push({ path: at('database'), message: 'TEMP stays on its own instance' });
    }
    const origin = `${dataServer}/${database}`;
    const other = origins.get(origin);
    if (other === undefined) origins.set(origin, String(name));
    else problems.push({ path: at('database'), message: `is already called ${other} here` });
    return problems;
  });
  return [...reserved('databases'), ...reserved('remoteDatabases'), ...remote];
}

/** A pattern that comes twice would be a slip of somebody's who meant another. */
function unjournaledProblems(fields: Fields): Problem[] {
  return listOf(fields['databases']).flatMap(({ unjournaledGlobals }, i) => {
    if (!Array.isArray(unjournaledGlobals)) return [];
    return unjournaledGlobals.flatMap((pattern: unknown, j): Problem[] => {
      if (typeof pattern !== 'string' || unjournaledGlobals.indexOf(pattern) === j) return [];
      const path = ['databases', i, 'unjournaledGlobals', j];
      return [{ path, message: `comes twice: ${pattern}` }];
    });
  });
}

/** No figure without effect, and a warning before anybody's work is undone. Also for custom resources. */
export function journalProblems(journal: Fields): Problem[] {
  const problems: Problem[] = [];
  const { keepSeconds, keepSize, pinnedWarningSize, pinnedRollbackSize } = journal;
  if (keepSize !== undefined && (keepSeconds === undefined || keepSeconds === 0)) {
    const message = 'needs keepSeconds: without it nothing is kept';
    problems.push({ path: ['journal', 'keepSize'], message });
  }
  const warning = amountOf(pinnedWarningSize) ?? JOURNAL_PINNED_WARNING_BYTES;
  const rollback = amountOf(pinnedRollbackSize);
  if (rollback !== undefined && rollback < warning) {
    const message = 'must not be below pinnedWarningSize: warned of first, then rolled back';
    problems.push({ path: ['journal', 'pinnedRollbackSize'], message });
  }
  return problems;
}

const amountOf = (value: unknown): number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? bytesOf(value) : undefined;

/** Keys that are named exist, and what goes from a database into the journal or SYS is encrypted there too. */
function encryptionProblems(fields: Fields): Problem[] {
  const encryption = fieldsOf(fields['encryption']);
  const keys = new Set(namesOf(encryption['keys']));
  const unknown = (name: unknown, path: FieldPath): Problem[] =>
    typeof name !== 'string' || keys.has(name)
      ? []
      : [{ path, message: `${name} is not in encryption.keys` }];
  const problems = [
    ...duplicateNames(encryption['keys'], 'keys').map(({ path, message }) => ({
      path: ['encryption', ...path],
      message,
    })),
    ...['instance', 'temp'].flatMap((use) => unknown(encryption[use], ['encryption', use])),
  ];
  for (const [i, { encryptionKey }] of listOf(fields['databases']).entries()) {
    const path = ['databases', i, 'encryptionKey'];
    problems.push(...unknown(encryptionKey, path));
    if (encryptionKey === undefined || encryption['instance'] !== undefined) continue;
    const message = 'needs encryption.instance: what is changed passes through the journal';
    problems.push({ path, message });
  }
  return problems;
}

/** §2.3: the maximum, and never two channels to one data server (§4.3.5). */
function dataServerProblems(fields: Fields): Problem[] {
  const servers = listOf(fields['dataServers']);
  const given = fields['maxDataServers'];
  const maximum = typeof given === 'number' ? given : MAX_DATA_SERVERS_DEFAULT;
  const problems: Problem[] = [];
  if (servers.length > maximum) {
    const message = `${maximum} is less than the ${servers.length} of dataServers`;
    problems.push({ path: ['maxDataServers'], message });
  }
  const reached = new Map<string, string>();
  for (const [i, { name, host, port }] of servers.entries()) {
    if (typeof host !== 'string') continue;
    const address = `${host.toLowerCase()} ${typeof port === 'number' ? port : 1972}`;
    const other = reached.get(address);
    if (other === undefined) reached.set(address, String(name));
    else {
      const message = `reaches the same data server as ${other}: never two channels (§4.3.5)`;
      problems.push({ path: ['dataServers', i, 'host'], message });
    }
  }
  return problems;
}

function namespaceProblems(fields: Fields): Problem[] {
  const known = new Set([
    ...IMPLICIT_DATABASES,
    ...namesOf(fields['databases']),
    ...namesOf(fields['remoteDatabases']),
  ]);
  const unknown = (name: unknown, path: FieldPath): Problem[] =>
    typeof name !== 'string' || known.has(name)
      ? []
      : [{ path, message: `there is no database ${name}, neither local nor remote` }];
  return listOf(fields['namespaces']).flatMap((namespace, i) => {
    const path = ['namespaces', i];
    return [
      ...unknown(namespace['defaultDatabase'], [...path, 'defaultDatabase']),
      ...listOf(namespace['mappings']).flatMap((mapping, j) =>
        unknown(mapping['database'], [...path, 'mappings', j, 'database']),
      ),
      ...mappingProblems(listOf(namespace['mappings']), [...path, 'mappings']),
    ];
  });
}

/** Part of one global, by the keys that bound it. */
interface KeyRange {
  readonly global: string;
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

/** §1.3.1: the most specific mapping wins, so no two may be equally specific for a reference. */
function mappingProblems(mappings: readonly Fields[], path: FieldPath): Problem[] {
  const whole = new Set<string>();
  const ranges: KeyRange[] = [];
  return mappings.flatMap((mapping, i): Problem[] => {
    const { global, subscripts } = mapping;
    if (typeof global !== 'string') return [];
    if (subscripts !== undefined) {
      const message = rangeProblem(global, fieldsOf(subscripts), ranges);
      return message === undefined ? [] : [{ path: [...path, i, 'subscripts'], message }];
    }
    if (whole.has(global)) {
      return [{ path: [...path, i, 'global'], message: `^${global} is mapped twice` }];
    }
    whole.add(global);
    return [];
  });
}

/** What is wrong with a range of subscripts, given those before it, to which it is added. */
function rangeProblem(
  global: string,
  { from, to }: Fields,
  ranges: KeyRange[],
): string | undefined {
  if (global.endsWith('*')) return 'only one global can be mapped by subscripts, not a prefix';
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  let range: KeyRange;
  try {
    range = { global, from: encodeKey(global, [from]), to: encodeKey(global, [to]) };
  } catch (error) {
    return messageOf(error);
  }
  if (compareBytes(range.from, range.to) >= 0) {
    return `${from} does not come before ${to} in collation order`;
  }
  const overlaps = ranges.some(
    (other) =>
      other.global === global &&
      compareBytes(range.from, other.to) < 0 &&
      compareBytes(other.from, range.to) < 0,
  );
  ranges.push(range);
  return overlaps ? `overlaps another range of ^${global}` : undefined;
}

/** What listens on one machine must differ; port 0 means any free one. */
function portProblems(fields: Fields): Problem[] {
  const seen = new Map<number, string>();
  return ['ecp', 'client', 'admin', 'metrics'].flatMap((name): Problem[] => {
    const port = fieldsOf(fields[name])['port'];
    if (typeof port !== 'number' || port === 0) return [];
    const other = seen.get(port);
    if (other !== undefined) {
      return [{ path: [name, 'port'], message: `is the port of ${other} too: ${port}` }];
    }
    seen.set(port, name);
    return [];
  });
}

function heartbeatProblems(fields: Fields): Problem[] {
  const { intervalSeconds, nonResponsiveSeconds } = fieldsOf(fields['heartbeat']);
  if (typeof intervalSeconds !== 'number' || typeof nonResponsiveSeconds !== 'number') return [];
  return nonResponsiveSeconds > intervalSeconds
    ? []
    : [{ path: ['heartbeat', 'nonResponsiveSeconds'], message: 'must exceed intervalSeconds' }];
}
