/**
 * `ecp compact`: merges sparse blocks of a database in use; or, in a data folder that no instance uses, gives the room
 * in the files back to the disk.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../adapters/folder-lock.ts';
import { callAdminStream } from '../adapters/grpc-admin-service.ts';
import { shrinkPageStore } from '../adapters/shrink-page-store.ts';
import { ecp } from '../api/generated/admin.js';
import { EcpError } from '../base/errors.ts';
import { byteText } from './byte-text.ts';
import { adminTarget, targetInstance, type TargetOptions } from './target.ts';

const { CompactProgress, CompactRequest } = ecp.admin.v1;

/** In use: how many blocks were looked at, and how many are no more. */
export async function compactRunning(
  database: string,
  options: TargetOptions,
): Promise<{ readonly blocks: number; readonly merged: number }> {
  const target = adminTarget(targetInstance(options));
  const request = CompactRequest.encode({ database }).finish();
  let last = { blocks: 0, merged: 0, done: false };
  await callAdminStream(target, target.token, 'Compact', request, (bytes) => {
    last = CompactProgress.decode(bytes);
  });
  if (!last.done) throw new EcpError('NETWORK', 'the instance did not say that it is done');
  return last;
}

export interface ShrunkFile {
  readonly database: string;
  readonly before: number;
  readonly after: number;
}

/** The files of a data folder, one after the other; of one database, or of all. */
export async function shrinkFolder(directory: string, database?: string): Promise<ShrunkFile[]> {
  const folder = join(directory, 'databases');
  if (!existsSync(folder)) throw new EcpError('DATABASE', `${directory} is no data folder`);
  const lock = lockFolder(directory);
  try {
    const names = readdirSync(folder).filter((name) => database === undefined || name === database);
    if (names.length === 0)
      throw new EcpError('DATABASE', `there is no database ${database ?? ''}`);
    const shrunk: ShrunkFile[] = [];
    for (const name of names.sort())
      shrunk.push({ database: name, ...(await shrinkPageStore(join(folder, name))) });
    return shrunk;
  } finally {
    lock.release();
  }
}

export function formatShrunk(files: readonly ShrunkFile[]): string {
  return files
    .map(({ database, before, after }) => `${database}  ${byteText(before)} → ${byteText(after)}`)
    .join('\n');
}
