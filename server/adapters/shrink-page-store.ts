/**
 * Gives the room that a database's file does not use back to the disk, while nobody has it open: LMDB cannot cut its
 * file off, so a compact copy takes its place.
 *
 * At any moment the old file or the whole copy has the name: a crash leaves one of them, and perhaps the copy's folder,
 * which the next call removes.
 */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EcpError } from '../base/errors.ts';
import { LmdbPageStore, PAGE_STORE_FILE } from './lmdb-page-store.ts';
import { syncPath } from './sync-path.ts';

const COPY_FOLDER = 'compact';

/** Bytes of the file before and after. EcpError DAMAGED; or what the disk says, and the file is as it was. */
export async function shrinkPageStore(
  folder: string,
): Promise<{ readonly before: number; readonly after: number }> {
  const copyFolder = join(folder, COPY_FOLDER);
  rmSync(copyFolder, { recursive: true, force: true });
  const store = new LmdbPageStore(folder);
  const before = store.sizeBytes();
  try {
    await store.copyTo(copyFolder);
  } catch (error) {
    rmSync(copyFolder, { recursive: true, force: true });
    throw error;
  } finally {
    await store.close();
  }
  // Opening it makes it durable, and refuses what is no database.
  const copy = new LmdbPageStore(copyFolder);
  const after = copy.sizeBytes();
  const isSame = (copy.header()?.length ?? 0) > 0;
  await copy.close();
  if (!isSame) {
    rmSync(copyFolder, { recursive: true });
    throw new EcpError('DATABASE', `${folder} holds no database yet`);
  }
  renameSync(join(copyFolder, PAGE_STORE_FILE), join(folder, PAGE_STORE_FILE));
  syncPath(folder);
  rmSync(copyFolder, { recursive: true });
  return { before, after };
}
