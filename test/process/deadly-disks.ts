/**
 * Real disks that kill their process at its n-th write or sync, as nothing can catch: for the children of crash tests.
 * An append that kills leaves a part of it; a commit may be killed anywhere inside of LMDB's own writing.
 */
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import type { KeyRing } from '../../server/ports/cipher.ts';
import type { JournalDisk } from '../../server/ports/journal-disk.ts';
import type { PageBatch, PageStore } from '../../server/ports/page-store.ts';

/** Counts writes and syncs; the n-th kills, none where n is 0. */
export class Countdown {
  writes = 0;
  readonly killAt: number;

  constructor(killAt: number) {
    this.killAt = killAt;
  }

  get isNext(): boolean {
    return this.writes + 1 === this.killAt;
  }

  count(): void {
    if (++this.writes === this.killAt) process.kill(process.pid, 'SIGKILL');
  }
}

export class DeadlyJournal extends JournalFiles implements JournalDisk {
  readonly #countdown: Countdown;

  constructor(directory: string, countdown: Countdown, keys?: KeyRing) {
    super(directory, keys);
    this.#countdown = countdown;
  }

  override create(segment: number): void {
    this.#countdown.count();
    super.create(segment);
  }

  override append(bytes: Uint8Array): void {
    // Torn: a part is written, then the process dies.
    if (this.#countdown.isNext) super.append(bytes.subarray(0, bytes.length >>> 1));
    this.#countdown.count();
    super.append(bytes);
  }

  override sync(done: (error: unknown) => void): void {
    this.#countdown.count();
    super.sync((error) => {
      this.#countdown.count();
      done(error);
    });
  }

  override remove(segment: number): void {
    this.#countdown.count();
    super.remove(segment);
  }
}

export class DeadlyStore extends LmdbPageStore implements PageStore {
  readonly #countdown: Countdown;

  constructor(directory: string, countdown: Countdown) {
    super(directory);
    this.#countdown = countdown;
  }

  override commit(batch: PageBatch, done: (error: unknown) => void): void {
    const countdown = this.#countdown;
    countdown.count();
    super.commit(batch, (error) => {
      countdown.count();
      done(error);
    });
    // A kill somewhere inside LMDB's own writing.
    if (countdown.isNext)
      setTimeout(() => {
        countdown.count();
      }, countdown.killAt % 7);
  }
}
