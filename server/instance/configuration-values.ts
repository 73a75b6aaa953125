/**
 * What single fields of a configuration may hold: names, ports, switches, amounts. Custom resources take the
 * same values, so each rule is spelled once.
 */
import { z } from 'zod';
import {
  BLOCK_SIZES,
  CONNECTIONS_MAX,
  JOURNAL_SEGMENT_BYTES_MAX,
  JOURNAL_SEGMENT_BYTES_MIN,
  LOCKS_MAX,
  LOCKS_MIN,
  MEMORY_BYTES_MIN,
  NAME_LENGTH_MAX,
  POOL_BYTES_MAX,
  STORAGE_BYTES_MAX,
  STORAGE_BYTES_MIN,
} from '../base/limits.ts';
import type { BlockSize } from '../base/limits.ts';

const MIB = 1024 * 1024;
const BLOCK_SIZE_NAMES = ['8Ki', '16Ki', '32Ki', '64Ki'] as const;
export type BlockSizeName = (typeof BLOCK_SIZE_NAMES)[number];

const text = (pattern: RegExp, rule: string): z.ZodString =>
  z.string().regex(pattern, { error: `must be ${rule}` });

/** Names as people write them in manifests too, hence exported: one spelling of each rule. */
export const databaseName = text(
  /^[A-Z%][A-Z0-9_-]{0,29}$/,
  'a database name: a capital letter or %, then at most 29 capitals, digits, _ or -',
);
export const dataServerName = text(
  /^[A-Za-z][A-Za-z0-9_-]{0,29}$/,
  "a data server's logical name: a letter, then at most 29 letters, digits, _ or -",
);
export const namespaceName = text(
  /^[A-Z%][A-Z0-9_-]{0,29}$/,
  'a namespace name: a capital letter or %, then at most 29 capitals, digits, _ or -',
);
export const entryName = text(
  /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'letters, digits, ., _ and - between letters or digits, at most 63',
);
/** A global's name, or the beginning of names: `Account`, `%RO`, `TMP*`. */
export const globalPattern = text(
  /^[A-Za-z%](?:[A-Za-z0-9.]{0,29}[A-Za-z0-9]|[A-Za-z0-9.]{0,29}\*)?$/,
  "a global's name of at most 31 letters, digits and dots (the first may be %), or its beginning followed by *",
);
export const hostName = text(
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\.?|\[?[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{0,40}(?:%[A-Za-z0-9]+)?\]?)$/,
  'a host name or an address, without a port',
);
export const instanceName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/,
  'letters, digits, ., _, - and / between letters or digits',
).max(NAME_LENGTH_MAX);
export const path = text(/^[^\0]+$/, 'a path').refine(
  (value) => !value.split(/[\\/]/).includes('..'),
  {
    error: "must be a path without '..'",
  },
);
export const resourceName = text(
  /^%?[A-Za-z][A-Za-z0-9_-]{0,62}$/,
  'a resource name: perhaps a %, a letter, then at most 62 letters, digits, _ or -',
);
/** On Kubernetes a Secret's name, a dot, and a key's name in it. */
export const encryptionKeyName = text(
  /^[A-Za-z0-9_][A-Za-z0-9._-]{0,126}$/,
  "a key's name: a letter, a digit or _, then at most 126 of letters, digits, ., _ and -",
);
export const variableName = text(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable's name");

export const port = z.int().min(1).max(65_535);
/** 0 takes any free port: tests. */
export const listeningPort = z.int().min(0).max(65_535);
export const connectionCount = z.int().min(1).max(CONNECTIONS_MAX);
/** Locks that are held and waited for. */
export const lockCount = z.int().min(LOCKS_MIN).max(LOCKS_MAX);
export const blockSize = z.enum(BLOCK_SIZE_NAMES);
export const access = z.enum(['ReadWrite', 'ReadOnly']);
export const journaling = z.enum(['Enabled', 'Disabled']);
export const databaseState = z.enum(['Mounted', 'Dismounted']);
export const incomingPolicy = z.enum(['Listed', 'Any']);

const QUANTITY = /^(?<number>[1-9]\d{0,14})(?<unit>Ki|Mi|Gi|Ti|k|M|G|T)?$/;
const UNITS: Readonly<Record<string, number>> = {
  Ki: 1024,
  Mi: MIB,
  Gi: 1024 * MIB,
  Ti: 1024 * 1024 * MIB,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** Bytes of an amount of memory as Kubernetes writes it, or undefined: 512Mi, 2Gi, 1073741824. */
export function bytesOf(quantity: string | number): number | undefined {
  const groups = QUANTITY.exec(String(quantity))?.groups;
  if (groups === undefined) return undefined;
  const bytes = Number(groups['number']) * (UNITS[groups['unit'] ?? ''] ?? 1);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

export function bytesOfBlockSize(name: BlockSizeName): BlockSize {
  return BLOCK_SIZES[BLOCK_SIZE_NAMES.indexOf(name)] ?? BLOCK_SIZES[0];
}

function isBetween(least: number, most: number): (value: string | number) => boolean {
  return (value) => {
    const bytes = bytesOf(value) ?? 0;
    return bytes >= least && bytes <= most;
  };
}

/** As it is written, in; bytes, out. */
function amount(isGood: (value: string | number) => boolean, error: string) {
  return z
    .union([z.number(), z.string()], { error })
    .refine(isGood, { error })
    .transform((value) => bytesOf(value) ?? 0);
}

export const MEMORY_RULE = 'must be an amount of memory from 8Mi to 1Ti, such as 512Mi';
/** What a field for memory takes, checked: `bytesOf` knows it then. */
export const isMemory = isBetween(MEMORY_BYTES_MIN, POOL_BYTES_MAX);
export const memory = amount(isMemory, MEMORY_RULE);

export const STORAGE_RULE = 'must be an amount of storage from 1Mi to 1024Ti, such as 10Gi';
export const SEGMENT_RULE = 'must be an amount of storage from 1Mi to 1Gi, such as 64Mi';
/** What a field for storage takes, checked: `bytesOf` knows it then. */
export const isStorage = isBetween(STORAGE_BYTES_MIN, STORAGE_BYTES_MAX);
export const storage = amount(isStorage, STORAGE_RULE);
/** The same of the size of a journal's segments. */
export const isSegmentSize = isBetween(JOURNAL_SEGMENT_BYTES_MIN, JOURNAL_SEGMENT_BYTES_MAX);
export const segmentSize = amount(isSegmentSize, SEGMENT_RULE);
