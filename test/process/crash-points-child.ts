/**
 * The child of crash-points.test.ts: a storage engine on real files that kills itself at its n-th write. It
 * prints each change that it was told is durable, before it goes on. Database MORE comes and goes meanwhile.
 *
 * Arguments: directory, n (0: never), first number, and 'encrypted' where the disks are.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { utf8 } from '../../server/base/bytes.ts';
import type { DatabaseStore } from '../../server/storage/database-store.ts';
import { silentLog } from '../../server/ports/log.ts';
import { StorageEngine } from '../../server/storage/engine.ts';
import { Countdown, DeadlyJournal, DeadlyStore } from './deadly-disks.ts';
import { encryptionOf } from './test-encryption.ts';

const [directory = '', killAt = '0', first = '0', kind = ''] = process.argv.slice(2);
const encryption = encryptionOf(kind === 'encrypted');
const countdown = new Countdown(Number(killAt));

let next = 0;
const config = (name: string) => ({
  number: next++,
  name,
  blockSize: 8192,
  isJournaled: true,
  store: encryption.open(new DeadlyStore(join(directory, name), countdown)),
});

const engine = StorageEngine.open(
  {
    journal: new DeadlyJournal(join(directory, 'journal'), countdown, encryption.keys),
    clock: new SystemClock(),
    random: new SystemRandom(),
    log: silentLog,
  },
  {
    // Every other life begins without MORE, whatever the one before left of it in the journal.
    databases: ['DATA', 'MORE'].slice(0, 1 + (Number(killAt) % 2)).map(config),
    segmentBytes: 20_000,
    encryption: encryption.journal,
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
writeSync(1, `writes ${countdown.writes}\n`);
