/**
 * How many locks there are, and a digest of them, in whatever order they are looked at: both ends of a connection compare
 * theirs after a recovery (rule R6).
 */
import { utf8 } from '../base/bytes.ts';
import { crc32c } from '../base/crc32c.ts';
import type { LockMode } from './lock-request.ts';

export class LockDigest {
  #count = 0;
  #sum = 0;

  /** A lock of a job that is held `count` times in a mode. */
  add(job: number, database: string, key: Uint8Array, mode: LockMode, count: number): void {
    this.#count++;
    const head = crc32c(utf8(`${job} ${database} ${mode} ${count} `));
    // A sum, so that the order does not matter; of checksums, so that what belongs together is not exchanged.
    this.#sum = (this.#sum + crc32c(key, head)) >>> 0;
  }

  get count(): number {
    return this.#count;
  }

  get digest(): number {
    return this.#sum;
  }
}
