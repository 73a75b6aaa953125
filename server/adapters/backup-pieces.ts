/** Files of backups, copied and checked piece by piece: each piece has a checksum, so that damage has a place. */
import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EcpError } from '../base/errors.ts';
import { BACKUP_PIECE_BYTES } from '../base/limits.ts';
import type { BackupFile } from '../ports/backup-target.ts';

/** Read and hashed at once: a millisecond of this thread. */
const READ_BYTES = 512 * 1024;

/** Hashes what comes, a piece at a time. */
class PieceHashes {
  readonly sha256: string[] = [];
  #hash: Hash = createHash('sha256');
  #bytes = 0;

  add(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      const part = rest.subarray(0, BACKUP_PIECE_BYTES - this.#bytes);
      this.#hash.update(part);
      this.#bytes += part.length;
      rest = rest.subarray(part.length);
      if (this.#bytes === BACKUP_PIECE_BYTES) this.#close();
    }
  }

  end(): readonly string[] {
    if (this.#bytes > 0) this.#close();
    return this.sha256;
  }

  #close(): void {
    this.sha256.push(this.#hash.digest('hex'));
    this.#hash = createHash('sha256');
    this.#bytes = 0;
  }
}

/** Hashes a file below `folder`. */
export async function hashFile(folder: string, path: string): Promise<BackupFile> {
  const hashes = new PieceHashes();
  let bytes = 0;
  await readThrough(join(folder, path), Infinity, (part) => {
    hashes.add(part);
    bytes += part.length;
  });
  return { path, bytes, sha256: hashes.end() };
}

/** Copies the first `bytes` of `source`, durable, to a new file below `folder`. It is an error where there are fewer. */
export async function copyAndHash(
  source: string,
  bytes: number,
  folder: string,
  path: string,
): Promise<BackupFile> {
  const hashes = new PieceHashes();
  const copied = await copyThrough(source, bytes, join(folder, path), (part) => hashes.add(part));
  if (copied < bytes) throw new EcpError('DAMAGED', `${source}: ${copied} bytes, not ${bytes}`);
  return { path, bytes, sha256: hashes.end() };
}

/** EcpError DAMAGED where a file of a backup is not what was written; it says which bytes are not. */
export async function verifyFile(
  folder: string,
  file: BackupFile,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
  const path = join(folder, file.path);
  const hashes = new PieceHashes();
  let bytes = 0;
  const check = (): void => {
    const at = hashes.sha256.findIndex((hash, i) => hash !== file.sha256[i]);
    if (at >= 0) throw damagedPiece(path, at, bytes);
  };
  try {
    await readThrough(path, Infinity, (part) => {
      hashes.add(part);
      bytes += part.length;
      onBytes(bytes);
      check();
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new EcpError('DAMAGED', `${path} is missing`);
  }
  if (bytes !== file.bytes)
    throw new EcpError('DAMAGED', `${path} has ${bytes} bytes, not ${file.bytes}`);
  hashes.end();
  check();
  if (hashes.sha256.length !== file.sha256.length)
    throw new EcpError('DAMAGED', `${path}: its manifest has other pieces`);
}

function damagedPiece(path: string, piece: number, bytes: number): EcpError {
  const from = piece * BACKUP_PIECE_BYTES;
  const to = Math.min(from + BACKUP_PIECE_BYTES, bytes);
  return new EcpError('DAMAGED', `${path}: bytes ${from} to ${to} are not what was written`);
}

/** Copies a file of which the first `bytes` are wanted, durable; how many there were. */
export async function copyThrough(
  source: string,
  bytes: number,
  target: string,
  onPart: (part: Uint8Array) => void = () => undefined,
): Promise<number> {
  await mkdir(dirname(target), { recursive: true });
  // 'x': a copy replaces nothing.
  const file = await open(target, 'wx');
  try {
    let copied = 0;
    await readThrough(source, bytes, async (part) => {
      onPart(part);
      await writeAll(file, part);
      copied += part.length;
    });
    await file.sync();
    return copied;
  } finally {
    await file.close();
  }
}

async function readThrough(
  path: string,
  bytes: number,
  onPart: (part: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(READ_BYTES);
    let at = 0;
    while (at < bytes) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(READ_BYTES, bytes - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      await onPart(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}
