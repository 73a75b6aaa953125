/**
 * Which configuration an instance takes (rule K5). Whoever changes the configuration counts: of two texts the
 * one with the higher revision is newer, whatever way and however late it comes. Revision 0 means that nobody
 * counts, as on a person's machine: then the text that is offered last is the one.
 */
import {
  describeProblem,
  fieldsNeedingRestart,
  parseConfiguration,
  refusal,
  type Configuration,
  type FieldPath,
  type Problem,
} from './configuration.ts';
import { EcpError, isEcpError } from '../base/errors.ts';

/** What tells one text from another. */
export interface Version {
  readonly revision: number;
  /** `sha256:` and the hash of the text, in hexadecimal. */
  readonly hash: string;
}

/** What becomes of an offered text: it is taken, is in force already, or is refused with a reason. */
export type Verdict = 'take' | 'same' | { readonly refused: string };

/** Compares an offered text with the one in force, while running. */
export function judge(inForce: Version, offered: Version): Verdict {
  if (offered.hash === inForce.hash) return 'same';
  if (offered.revision > inForce.revision) return 'take';
  if (offered.revision < inForce.revision) {
    return {
      refused: `revision ${offered.revision} is lower than ${inForce.revision}, which is in force`,
    };
  }
  if (offered.revision === 0) return 'take';
  return {
    refused: `revision ${offered.revision} is in force with another text: ${inForce.hash}, not ${offered.hash}`,
  };
}

/** At the start: the file as it is mounted may be older than what was accepted before. */
export function isAcceptedNewer(mounted: Version, accepted: Version): boolean {
  return accepted.revision > mounted.revision;
}

/** What neither a running instance nor its next start can change. EcpError CONFIGURATION names the fields. */
export function refuseImmutable(before: Configuration, after: Configuration): void {
  const problems = after.databases.flatMap((database, i): Problem[] => {
    const old = before.databases.find(({ name }) => name === database.name);
    if (old === undefined) return [];
    const path = ['databases', i];
    const sizes =
      old.blockSize === database.blockSize
        ? []
        : [{ path: [...path, 'blockSize'], message: cannot(old.name, `has ${old.blockSize}`) }];
    return [
      ...sizes,
      ...presenceProblems(old.name, old.encryptionKey, database.encryptionKey, [
        ...path,
        'encryptionKey',
      ]),
    ];
  });
  problems.push(
    ...presenceProblems('SYS', before.encryption.instance, after.encryption.instance, [
      'encryption',
      'instance',
    ]),
  );
  if (problems.length > 0)
    throw refusal(
      'configuration',
      problems.map((one) => describeProblem(one)),
    );
}

const cannot = (name: string, what: string): string => `cannot be changed: ${name} ${what}`;

/** A key may follow another; what was made with none, or with one, stays so. */
function presenceProblems(
  name: string,
  before: string | undefined,
  after: string | undefined,
  path: FieldPath,
): Problem[] {
  if ((before === undefined) === (after === undefined)) return [];
  const message = cannot(name, before === undefined ? 'is not encrypted' : 'is encrypted');
  return [{ path, message }];
}

/** What a running instance can make of a configuration. */
export interface LiveConfiguration {
  /** Its live fields, with the running values where only a restart changes them. */
  readonly configuration: Configuration;
  /** Fields that take effect at the next start. */
  readonly needsRestart: readonly string[];
}

/** Fields that must fit one another: if the new ones do not fit the running ones, all of them wait for the restart. */
const MEMORY_FIELDS = [
  'cacheSize',
  'bufferPoolSize',
] as const satisfies readonly (keyof Configuration)[];

/** Takes of `wanted` what changes while running. The result is a valid configuration. */
export function liveConfiguration(
  running: Configuration,
  wanted: Configuration,
): LiveConfiguration {
  const fixed = fieldsNeedingRestart(running, wanted);
  const merged = fixed.reduce<Configuration>(
    (configuration, field) => withFieldOf(running, configuration, field.split('.')),
    wanted,
  );
  const complete = withKeyOfTemp(running, merged);
  if (isValid(complete)) return { configuration: complete, needsRestart: fixed };
  const kept = MEMORY_FIELDS.reduce<Configuration>(
    (configuration, field) => withFieldOf(running, configuration, [field]),
    complete,
  );
  const differing = MEMORY_FIELDS.filter(
    (field) => JSON.stringify(running[field]) !== JSON.stringify(wanted[field]),
  );
  return { configuration: kept, needsRestart: [...new Set([...fixed, ...differing])] };
}

/** TEMP that is encrypted until the restart keeps its key until then. */
function withKeyOfTemp(running: Configuration, to: Configuration): Configuration {
  const { temp, keys } = to.encryption;
  if (temp === undefined || keys.some(({ name }) => name === temp)) return to;
  const needed = running.encryption.keys.filter(({ name }) => name === temp);
  return { ...to, encryption: { ...to.encryption, keys: [...keys, ...needed] } };
}

function isValid(configuration: Configuration): boolean {
  try {
    parseConfiguration(configuration);
    return true;
  } catch (error) {
    if (isEcpError(error)) return false;
    throw error;
  }
}

/** `to` with the value that `from` has at the path. */
function withFieldOf<T extends object>(from: T, to: T, [name, ...rest]: FieldPath): T {
  if (name === undefined) return from;
  const key = name as keyof T;
  const value =
    rest.length === 0 ? from[key] : withFieldOf(from[key] as object, to[key] as object, rest);
  return { ...to, [key]: value };
}

/** EcpError CONFIGURATION of a refused text. */
export function refusedConfiguration(why: string): EcpError {
  return new EcpError('CONFIGURATION', why, { retry: 'never' });
}
