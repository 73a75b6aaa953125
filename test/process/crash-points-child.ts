/**
 * The child of crash-points.test.ts: a storage engine on real files that kills itself at its n-th write. It
 * prints each change that it was told is durable, before it goes on. Database MORE comes and goes meanwhile.
 *
 * Arguments: directory, n (0: never), first number.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { utf8 } from '../../server/base/bytes.ts';
import type { DatabaseStore } from '../../server/storage/database-store.ts';
import type { JournalDisk } from '../../server/ports/journal-disk.ts';
import { silentLog } from '../../server/ports/log.ts';
import type { PageBatch, PageStore } from '../../server/ports/page-store.ts';
import { StorageEngine } from '../../server/storage/engine.ts';

const [directory = '', killAt = '0', first = '0'] = process.argv.slice(2);
let writes = 0;

/** Counts a write; the n-th kills the process, as nothing can catch. */
function count(): void {
  if (++writes === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

class CountedJournal extends JournalFiles implements JournalDisk {
  override create(segment: number): void {
    count();
    super.create(segment);
  }

  override append(bytes: Uint8Array): void {
    // Torn: a part is written, then the process dies.
    if (writes + 1 === Number(killAt)) super.append(bytes.subarray(0, bytes.length >>> 1));
    count();
    super.append(bytes);
  }

  override sync(done: (error: unknown) => void): void {
    count();
    super.sync((error) => {
      count();
      done(error);
    });
  }

  override remove(segment: number): void {
    count();
    super.remove(segment);
  }
}

class CountedStore extends LmdbPageStore implements PageStore {
  override commit(batch: PageBatch, done: (error: unknown) => void): void {
    count();
    super.commit(batch, (error) => {
      count();
      done(error);
    });
    // A kill somewhere inside LMDB's own writing.
    if (writes + 1 === Number(killAt)) setTimeout(count, Number(killAt) % 7);
  }
}

let next = 0;
const config = (name: string) => ({
  number: next++,
  name,
  blockSize: 8192,
  isJournaled: true,
  store: new CountedStore(join(directory, name)),
});

const engine = StorageEngine.open(
  {
    journal: new CountedJournal(join(directory, 'journal')),
    clock: new SystemClock(),
    random: new SystemRandom(),
    log: silentLog,
  },
  {
    // Every other life begins without MORE, whatever the one before left of it in the journal.
    databases: ['DATA', 'MORE'].slice(0, 1 + (Number(killAt) % 2)).map(config),
    segmentBytes: 20_000,
  },
);

let more: DatabaseStore | undefined = engine.databases[1];

async function comeOrGo(): Promise<void> {
  const leaving = more;
  if (leaving === undefined) {
    more = engine.prepare(config('MORE'));
    engine.mount(more);
    return;
  }
  more = undefined;
  await new Promise((resolve) => engine.dismount(leaving, resolve));
}

/** Changes that wait to be durable: their numbers and positions. */
const waiting: { readonly number: number; readonly position: number }[] = [];
engine.onDurable((position) => {
  let line = '';
  while (waiting[0] !== undefined && waiting[0].position <= position) {
    line += `${waiting.shift()?.number ?? 0}\n`;
  }
  if (line !== '') writeSync(1, line);
});

const CHANGES = 300;
for (let i = 0; i < CHANGES; i++) {
  const number = Number(first) + i;
  // Every node is written once and names its number; long values among them.
  const value = `${number} ${'x'.repeat(number % 25 === 0 ? 5000 : number % 90)}`;
  const database = i % 2 === 0 ? 0 : (more?.number ?? 0);
  const change = { kind: 'set', database, key: utf8(`n${number}`), value: utf8(value) } as const;
  waiting.push({ number, position: engine.apply(change).position });
  if (i % 7 === 0) engine.requestSync();
  if (i % 45 === 44) await comeOrGo();
  if (i % 60 === 59) {
    await new Promise<void>((resolve) => {
      engine.checkpoint(() => {
        resolve();
      });
    });
  }
}
await engine.close();
writeSync(1, `writes ${writes}\n`);
