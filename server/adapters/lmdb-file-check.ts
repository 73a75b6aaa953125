/**
 * Looks at an LMDB data file before it is opened: the library ends the process on a file that is none, where a
 * running instance should go on without one of its databases.
 *
 * A file begins with two meta pages, each: page header of 24 bytes, magic u32, version u32, …, page size u32 at 48,
 * root of the free list u64 at 88, root of the data u64 at 136 (all ones: none), number of the transaction u64 at 152.
 * The one of the later transaction counts. That its roots lie in the file shows most truncations; it does not judge
 * what is in the pages: they have checksums of their own (storage/page.ts).
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { EcpError } from '../base/errors.ts';

const MAGIC = 0xbeef_c0de;
const VERSION = 2;
const META_BYTES = 160;
const PAGE_BYTES_MIN = 512;
const PAGE_BYTES_MAX = 65_536;
const NO_ROOT = 0xffff_ffff_ffff_ffffn;

interface Meta {
  readonly pageBytes: number;
  readonly roots: readonly bigint[];
  readonly transaction: bigint;
}

/** EcpError DAMAGED where the file is there and cannot be a database. */
export function checkLmdbFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  // New, or made and not written before a crash.
  if (size === 0) return;
  const descriptor = openSync(path, 'r');
  try {
    const first = readMeta(descriptor, 0);
    const second = first === undefined ? undefined : readMeta(descriptor, first.pageBytes);
    if (first === undefined || second === undefined)
      throw new EcpError('DAMAGED', `${path} is not a database`);
    const { roots, pageBytes } = first.transaction > second.transaction ? first : second;
    if (roots.some((root) => root !== NO_ROOT && (root + 1n) * BigInt(pageBytes) > BigInt(size)))
      throw new EcpError('DAMAGED', `${path} is cut off`);
  } finally {
    closeSync(descriptor);
  }
}

function readMeta(descriptor: number, at: number): Meta | undefined {
  const bytes = Buffer.alloc(META_BYTES);
  if (readSync(descriptor, bytes, 0, META_BYTES, at) < META_BYTES) return undefined;
  const pageBytes = bytes.readUInt32LE(48);
  const isMeta = bytes.readUInt32LE(24) === MAGIC && bytes.readUInt32LE(28) === VERSION;
  const isSize = pageBytes >= PAGE_BYTES_MIN && pageBytes <= PAGE_BYTES_MAX;
  if (!isMeta || !isSize) return undefined;
  return {
    pageBytes,
    roots: [bytes.readBigUInt64LE(88), bytes.readBigUInt64LE(136)],
    transaction: bytes.readBigUInt64LE(152),
  };
}
