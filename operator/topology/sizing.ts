/**
 * Memory that an instance needs (guide §4.3.3): a data server keeps control structures for what its app
 * servers cache, 50 MB and 1 % of the sum of their caches of 8 KB blocks, 0.5 % of those of 16 KB, 0.25 %
 * of 32 KB, 0.125 % of 64 KB, each rounded up to a megabyte, in addition to its own cache.
 *
 * (The guide's worked example does not follow its formula: for it the formula gives 173 and 123 MB.)
 */
import type { BlockSizeName } from '../../server/instance/configuration.ts';

const MIB = 1024 * 1024;
const BASE_BYTES = 50 * MIB;
/** Caches are divided by these: 1 %, 0.5 % and so on, kept whole to stay exact. */
const DIVISORS: Readonly<Record<BlockSizeName, number>> = {
  '8Ki': 100,
  '16Ki': 200,
  '32Ki': 400,
  '64Ki': 800,
};
/** The program itself, without blocks: 120 MB were measured idle, 200 to 350 MB, with what V8 has yet to collect, under load. */
const PROCESS_BYTES = 160 * MIB;

export interface CacheOfAppServer {
  /** Of the blocks that it caches. */
  readonly blockSize: BlockSizeName;
  readonly bytes: number;
}

export interface Memory {
  /** Blocks of local and remote databases. */
  readonly bufferPoolBytes: number;
  /** For what app servers cache; 0 on instances that serve nobody. */
  readonly controlBytes: number;
  readonly totalBytes: number;
}

/** Every replica's cache counts on its own. */
export function controlStructureBytes(caches: readonly CacheOfAppServer[]): number {
  let bytes = 0;
  for (const [blockSize, divisor] of Object.entries(DIVISORS)) {
    const sum = caches
      .filter((cache) => cache.blockSize === blockSize)
      .reduce((total, cache) => total + cache.bytes, 0);
    const base = blockSize === '8Ki' ? BASE_BYTES : 0;
    bytes += Math.ceil((base + sum / divisor) / MIB) * MIB;
  }
  return bytes;
}

export function memoryOf(needs: {
  readonly bufferPoolBytes: number;
  readonly controlBytes: number;
}): Memory {
  return { ...needs, totalBytes: PROCESS_BYTES + needs.bufferPoolBytes + needs.controlBytes };
}
