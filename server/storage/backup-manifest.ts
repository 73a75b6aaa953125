/**
 * What a backup says of itself (docs/formats/backup.md): `manifest.json`, with a checksum over its content. It is
 * written last: a folder without it is no backup.
 */
import { utf8 } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import { EcpError } from '../base/errors.ts';
import {
  DATABASES_OPEN_MAX,
  JOURNAL_SEGMENTS_LISTED_MAX,
  NAME_LENGTH_MAX,
} from '../base/limits.ts';
import type { BackupFile } from '../ports/backup-target.ts';

const VERSION = 1;
const PATH = /^[A-Za-z0-9%_-][A-Za-z0-9%_.-]*(\/[A-Za-z0-9%_-][A-Za-z0-9%_.-]*)*$/;
const DATABASE_NAME = /^[A-Z%][A-Z0-9_-]{0,29}$/;
const PATH_LENGTH_MAX = 256;
const HASH = /^[0-9a-f]{64}$/;
const HASHES_MAX = 1_000_000;

export interface BackedUpDatabase {
  readonly uuid: string;
  readonly name: string;
  readonly blockSize: number;
  readonly isJournaled: boolean;
  /** The copy includes every change up to here, perhaps later ones: its own header tells. */
  readonly position: number;
  readonly file: BackupFile;
}

export interface BackedUpSegment {
  readonly segment: number;
  /** Position of its first byte. */
  readonly start: number;
  readonly file: BackupFile;
}

export interface BackupManifest {
  readonly name: string;
  /** The instance's name, and its name for ever. */
  readonly instance: string;
  readonly instanceUuid: string;
  readonly productVersion: string;
  /** Wall time, milliseconds since 1970. */
  readonly begunMs: number;
  readonly endedMs: number;
  /** The journal is there from one position to the other: the backup is of any state that all copies are not beyond. */
  readonly from: number;
  readonly to: number;
  readonly databases: readonly BackedUpDatabase[];
  readonly segments: readonly BackedUpSegment[];
}

/** A folder is made of it: what a configuration would not take is none. */
export function isDatabaseName(name: string): boolean {
  return DATABASE_NAME.test(name);
}

export function encodeManifest(manifest: BackupManifest): string {
  const content = { version: VERSION, ...manifest };
  return `${JSON.stringify({ backup: content, crc32c: checksum(content) }, undefined, 1)}\n`;
}

/** EcpError DAMAGED, also where it is of a version that is not known. */
export function decodeManifest(text: string): BackupManifest {
  const whole = new Fields(parse(text), 'manifest');
  const content = whole.inner('backup');
  const version = content.number('version');
  if (version !== VERSION) throw content.damaged(`version ${version} is not known`);
  if (whole.text('crc32c') !== checksum(content.value)) throw whole.damaged('a wrong checksum');
  return {
    name: content.text('name'),
    instance: content.text('instance'),
    instanceUuid: content.text('instanceUuid'),
    productVersion: content.text('productVersion'),
    begunMs: content.number('begunMs'),
    endedMs: content.number('endedMs'),
    from: content.number('from'),
    to: content.number('to'),
    databases: content.list('databases', DATABASES_OPEN_MAX).map(databaseOf),
    segments: content.list('segments', JOURNAL_SEGMENTS_LISTED_MAX).map(segmentOf),
  };
}

function checksum(content: unknown): string {
  return crc32c(utf8(JSON.stringify(content)))
    .toString(16)
    .padStart(8, '0');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EcpError('DAMAGED', 'manifest: it is not JSON');
  }
}

function databaseOf(fields: Fields): BackedUpDatabase {
  const name = fields.text('name');
  if (!isDatabaseName(name)) throw fields.damaged('a name that no database has');
  return {
    uuid: fields.text('uuid'),
    name,
    blockSize: fields.number('blockSize'),
    isJournaled: fields.value['isJournaled'] === true,
    position: fields.number('position'),
    file: fileOf(fields.inner('file')),
  };
}

function segmentOf(fields: Fields): BackedUpSegment {
  return {
    segment: fields.number('segment'),
    start: fields.number('start'),
    file: fileOf(fields.inner('file')),
  };
}

function fileOf(fields: Fields): BackupFile {
  const path = fields.text('path', PATH_LENGTH_MAX);
  // No way out of the backup's folder.
  if (!PATH.test(path)) throw fields.damaged('a path that no backup has');
  const hashes = fields.value['sha256'];
  const isList = Array.isArray(hashes) && hashes.length <= HASHES_MAX;
  if (!isList || !hashes.every((hash) => typeof hash === 'string' && HASH.test(hash)))
    throw fields.damaged('sha256 is not what it should be');
  return { path, bytes: fields.number('bytes'), sha256: hashes as readonly string[] };
}

/** An object whose fields are looked at one by one. */
class Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly #what: string;

  constructor(value: unknown, what: string) {
    this.#what = what;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.damaged('it is no object');
    this.value = value as Record<string, unknown>;
  }

  text(name: string, lengthMax = NAME_LENGTH_MAX): string {
    const value = this.value[name];
    if (typeof value !== 'string' || value.length > lengthMax) throw this.#wrong(name);
    return value;
  }

  number(name: string): number {
    const value = this.value[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      throw this.#wrong(name);
    return value;
  }

  inner(name: string): Fields {
    return new Fields(this.value[name], `${this.#what}.${name}`);
  }

  list(name: string, max: number): Fields[] {
    const value = this.value[name];
    if (!Array.isArray(value) || value.length > max) throw this.#wrong(name);
    return value.map((item, i) => new Fields(item, `${this.#what}.${name}[${i}]`));
  }

  #wrong(name: string): EcpError {
    return this.damaged(`${name} is not what it should be`);
  }

  damaged(problem: string): EcpError {
    return new EcpError('DAMAGED', `${this.#what}: ${problem}`);
  }
}
