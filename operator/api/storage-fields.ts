/**
 * The journal and encryption at rest, as both custom resources have them. Rules across fields stand twice, as CEL
 * and as code (operator/api/fields.ts says why).
 *
 * Keys are in Secrets, by name: pods mount what is named, and the operator never reads it.
 */
import { z } from 'zod';
import {
  ENCRYPTION_KEYS_MAX,
  fieldsOf,
  globalPattern,
  isSegmentSize,
  isStorage,
  JOURNAL_KEEP_SECONDS,
  JOURNAL_ROTATION_SECONDS,
  listOf,
  SEGMENT_RULE,
  STORAGE_RULE,
  UNJOURNALED_GLOBALS_MAX,
} from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import { longest, rules } from './schema.ts';
import type { CelRule } from './schema.ts';

const PREVIOUS_KEYS_MAX = 8;
/** Secret and key with a dot between them are a key's name in the configuration of the instance. */
const NAME_LENGTH_MAX = 63;

const AMOUNT = /^[1-9][0-9]{0,5}(Mi|Gi|Ti|M|G|T)$/;

/** Amounts of storage, as volumes have them; zod's part and the API server's part of one rule. */
function amount(isGood: (value: string) => boolean, most: string, message: string) {
  const schema = z
    .string()
    .refine((value) => AMOUNT.test(value) && isGood(value), { error: message });
  const rule = `quantity(self).compareTo(quantity('1Mi')) >= 0 && quantity(self).compareTo(quantity('${most}')) <= 0`;
  return { schema, meta: { pattern: AMOUNT.source, maxLength: 8, ...rules({ rule, message }) } };
}
const storage = amount(isStorage, '1024Ti', STORAGE_RULE);
const segment = amount(isSegmentSize, '1Gi', SEGMENT_RULE);
const optionalStorage = (description: string) =>
  storage.schema.optional().describe(description).meta(storage.meta);

function secondsIn(
  {
    min,
    max,
    default: value,
  }: { readonly min: number; readonly max: number; readonly default: number },
  description: string,
) {
  return z.int().min(min).max(max).default(value).describe(description);
}

export const journal = z
  .strictObject({
    segmentSize: segment.schema
      .default('64Mi')
      .describe('The journal is kept in pieces of about this size, from 1Mi to 1Gi.')
      .meta(segment.meta),
    rotationSeconds: secondsIn(
      JOURNAL_ROTATION_SECONDS,
      'A piece that is older is followed by a new one, however small it is.',
    ),
    keepSeconds: secondsIn(
      JOURNAL_KEEP_SECONDS,
      'How long pieces are kept, for a restore, after recovery and open transactions need them no more.',
    ),
    keepSize: optionalStorage(
      'What the pieces kept for keepSeconds may take together; what recovery needs is kept in any case.',
    ),
    freezeOnError: z
      .boolean()
      .default(true)
      .describe(
        'True: when the journal cannot be written nothing can be changed until it is mended (A.2.5). False: changes go on, and what is not in the journal is lost in a crash.',
      ),
    pinnedWarningSize: storage.schema
      .default('1Gi')
      .describe(
        'Journal that open transactions keep from being purged: above this it is warned of.',
      )
      .meta(storage.meta),
    pinnedRollbackSize: optionalStorage(
      'Above this the oldest open transaction is rolled back; without it none is.',
    ),
  })
  .prefault({})
  .describe('The journal of each instance. All of it changes live.')
  .meta(
    rules(
      {
        rule: '!has(self.keepSize) || self.keepSeconds > 0',
        message: 'keepSize needs keepSeconds: without it nothing is kept',
        fieldPath: '.keepSize',
      },
      {
        rule: '!has(self.pinnedRollbackSize) || quantity(self.pinnedRollbackSize).compareTo(quantity(self.pinnedWarningSize)) >= 0',
        message:
          'pinnedRollbackSize is not below pinnedWarningSize: warned of first, then rolled back',
        fieldPath: '.pinnedRollbackSize',
      },
    ),
  );

const keyReference = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'must be lower-case letters, digits and -' })
    .max(NAME_LENGTH_MAX)
    .describe('Name of the Secret, without dots, in the namespace of this resource.')
    .meta(longest(NAME_LENGTH_MAX)),
  key: z
    .string()
    .regex(/^[A-Za-z0-9_][-._A-Za-z0-9]*$/, {
      error: 'must be letters, digits, -, _ and ., beginning with none of - and .',
    })
    .max(NAME_LENGTH_MAX)
    .describe('Key in it: 32 bytes, or 64 hexadecimal digits, or base64 of 32 bytes.')
    .meta(longest(NAME_LENGTH_MAX)),
});
export type KeyReference = z.output<typeof keyReference>;

/** A Secret that is missing is no reason for the kubelet to wait: the instance says what it lacks. */
const MOUNTED =
  'Pods mount this key alone, read-only, at /etc/ecp/keys; the operator does not read it.';

export const encryption = z
  .strictObject({
    keySecretRef: keyReference
      .optional()
      .describe(
        `Key of the journal and of SYS, which databases with keys need; given from the beginning or never. ${MOUNTED}`,
      ),
    tempKeySecretRef: keyReference
      .optional()
      .describe('Key of TEMP, by default keySecretRef (§2.5).'),
    previousKeySecretRefs: z
      .array(keyReference)
      .max(PREVIOUS_KEYS_MAX)
      .default([])
      .describe(
        'Keys that were in use before: databases, journals and backups that were written with them need them until all is encrypted anew.',
      )
      .meta({ 'x-kubernetes-list-type': 'atomic' }),
  })
  .optional()
  .describe(
    'Encryption at rest, AES-256-GCM. Another name in place of a key encrypts anew in the background; under `ecp up` keys are files in the folder keys beside the manifest.',
  )
  .meta(
    rules({
      rule: 'has(self.keySecretRef) || has(self.tempKeySecretRef)',
      message: 'encryption needs keySecretRef or tempKeySecretRef',
    }),
  );

/** Fields of a database. */
export const databaseStorage = {
  unjournaledGlobals: z
    .array(globalPattern.meta(longest(32)))
    .max(UNJOURNALED_GLOBALS_MAX)
    .default([])
    .describe(
      'Globals, or beginnings of names followed by *, whose changes outside transactions are not journaled (A.1.9): in a crash they are lost. Changes live.',
    )
    .meta({ 'x-kubernetes-list-type': 'set' }),
  maxSize: optionalStorage(
    'What it may take on disk: changes that need more are answered with <FILEFULL>. Changes live.',
  ),
  encryption: z
    .strictObject({
      keySecretRef: keyReference.describe('Key of this database. Another one encrypts it anew.'),
    })
    .optional()
    .describe('Encrypts the database; given when it is made or never.'),
};

export const DATABASE_STORAGE_RULES: readonly CelRule[] = [
  {
    rule: 'has(self.encryption) == has(oldSelf.encryption)',
    message: 'whether a database is encrypted cannot be changed: make another one and copy',
    reason: 'FieldValueForbidden',
    fieldPath: '.encryption',
  },
];

const HAS_KEY = (object: string): string =>
  `(has(${object}.encryption) && has(${object}.encryption.keySecretRef))`;

/** CEL for the whole spec. */
export const STORAGE_RULES: readonly CelRule[] = [
  {
    rule: `!self.databases.exists(d, has(d.encryption)) || ${HAS_KEY('self')}`,
    message:
      'encrypted databases need encryption.keySecretRef: what is changed passes through the journal',
    fieldPath: '.databases',
  },
  {
    rule: `${HAS_KEY('self')} == ${HAS_KEY('oldSelf')}`,
    message: 'keySecretRef is there from the beginning or never; another one may follow it',
    reason: 'FieldValueForbidden',
    fieldPath: '.encryption',
  },
];

type Fields = Readonly<Record<string, unknown>>;

/** The same rules in code, and one on the number of keys; paths start at the spec. */
export function encryptionProblems(spec: unknown): Problem[] {
  const fields = fieldsOf(spec);
  const given = fieldsOf(fields['encryption']);
  const problems: Problem[] = [];
  const hasKey = given['keySecretRef'] !== undefined;
  if (fields['encryption'] !== undefined && !hasKey && given['tempKeySecretRef'] === undefined) {
    const message = 'needs keySecretRef or tempKeySecretRef';
    problems.push({ path: ['encryption'], message });
  }
  for (const [i, database] of listOf(fields['databases']).entries()) {
    if (database['encryption'] === undefined || hasKey) continue;
    const message = 'needs encryption.keySecretRef: what is changed passes through the journal';
    problems.push({ path: ['databases', i, 'encryption'], message });
  }
  const count = new Set(keyReferences(fields).map(keyName)).size;
  if (count > ENCRYPTION_KEYS_MAX) {
    const message = `${count} keys are named in all, an instance takes ${ENCRYPTION_KEYS_MAX}`;
    problems.push({ path: ['encryption'], message });
  }
  return problems;
}

/** What of encryption may not change, in code; paths start at the spec. */
export function encryptionChangeProblems(before: unknown, after: unknown): Problem[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const problems: Problem[] = [];
  const hasKey = (spec: Fields): boolean =>
    fieldsOf(spec['encryption'])['keySecretRef'] !== undefined;
  if (hasKey(old) !== hasKey(now)) {
    const message = 'is there from the beginning or never; another one may follow it';
    problems.push({ path: ['encryption', 'keySecretRef'], message });
  }
  const databases = listOf(old['databases']);
  for (const [i, database] of listOf(now['databases']).entries()) {
    const other = databases.find(({ name }) => name === database['name']);
    if (other === undefined) continue;
    if ((other['encryption'] === undefined) === (database['encryption'] === undefined)) continue;
    const message = 'whether a database is encrypted cannot be changed: make another one and copy';
    problems.push({ path: ['databases', i, 'encryption'], message });
  }
  return problems;
}

/** Every reference to a key that a spec of any shape has, in order, as often as it is named. */
function keyReferences(spec: Fields): KeyReference[] {
  const given = fieldsOf(spec['encryption']);
  const all = [
    given['keySecretRef'],
    given['tempKeySecretRef'],
    ...listOf(spec['databases']).map(({ encryption: of }) => fieldsOf(of)['keySecretRef']),
    ...listOf(given['previousKeySecretRefs']),
  ];
  return all.flatMap((reference) => {
    const { name, key } = fieldsOf(reference);
    return typeof name === 'string' && typeof key === 'string' ? [{ name, key }] : [];
  });
}

/** A key's name in the configuration of an instance: no Secret's name has a dot, so no two have one name. */
export const keyName = ({ name, key }: KeyReference): string => `${name}.${key}`;

/** The keys that a spec names, each once. */
export function keysOf(spec: unknown): KeyReference[] {
  const byName = new Map(keyReferences(fieldsOf(spec)).map((one) => [keyName(one), one]));
  return [...byName.values()];
}
