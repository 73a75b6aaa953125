/**
 * `accepted-configuration.json` in the data folder: the text of the last configuration with a revision that the
 * instance took (rule K5), with its hash, so that damage is found. Written whole, durable before it takes the
 * name, and the name durable before `write` returns.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from './sync-path.ts';

const FILE = 'accepted-configuration.json';

/** `sha256:` and the hash of the text in hexadecimal. */
export function hashOfText(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export interface AcceptedText {
  readonly revision: number;
  readonly hash: string;
  readonly text: string;
}

/** What was accepted; undefined when nothing was, or what is there cannot be read: then `damaged` hears why. */
export function readAccepted(
  folder: string,
  damaged: (problem: string) => void,
): string | undefined {
  let bytes: string;
  try {
    bytes = readFileSync(join(folder, FILE), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') damaged(message);
    return undefined;
  }
  const text = textOf(bytes);
  if (text === undefined) damaged(`${FILE} is not what was written`);
  return text;
}

function textOf(bytes: string): string | undefined {
  try {
    const { hash, text } = JSON.parse(bytes) as Partial<Record<string, unknown>>;
    return typeof text === 'string' && hash === hashOfText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Throws what the file system throws; then the old text stays. */
export function writeAccepted(folder: string, { revision, hash, text }: AcceptedText): void {
  const file = join(folder, FILE);
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify({ revision, hash, text }, undefined, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
  syncPath(folder);
}
