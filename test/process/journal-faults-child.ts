/**
 * The child of journal-faults.test.ts: a storage engine on real files whose disk fails at some point. It prints each
 * change that it was told is durable, and what became of the journal; then it ends itself, as nothing can catch.
 *
 * Arguments: directory, `write` (the file system refuses: the parent limited the size of files) or `sync` (the adapter
 * reports that the disk did not confirm), `freeze` or `gap`.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { textOf, utf8 } from '../../server/base/bytes.ts';
import { isEcpError } from '../../server/base/errors.ts';
import type { JournalDisk } from '../../server/ports/journal-disk.ts';
import { silentLog } from '../../server/ports/log.ts';
import { StorageEngine } from '../../server/storage/engine.ts';

const [directory = '', fault = '', onError = ''] = process.argv.slice(2);
const NODES = 20;
const CHANGES_MAX = 4000;
/** Changes behind a gap before the child ends itself. */
const CHANGES_AFTER = 50;
/** Syncs that fail, in the midst of it. */
const FAILING = { from: 40, to: 42 };

const say = (line: string): void => void writeSync(1, `${line}\n`);

class UnconfirmedJournal extends JournalFiles implements JournalDisk {
  #syncs = 0;

  override sync(done: (error: unknown) => void): void {
    const isFailing = ++this.#syncs >= FAILING.from && this.#syncs < FAILING.to;
    super.sync((error) => done(isFailing && fault === 'sync' ? new Error('EIO') : error));
  }
}

const engine = StorageEngine.open(
  {
    journal: new UnconfirmedJournal(join(directory, 'journal')),
    clock: new SystemClock(),
    random: new SystemRandom(),
    log: silentLog,
  },
  {
    databases: [
      {
        number: 0,
        name: 'DATA',
        blockSize: 8192,
        isJournaled: true,
        store: new LmdbPageStore(join(directory, 'DATA')),
      },
    ],
    freezeOnError: onError === 'freeze',
  },
);

const waiting: { readonly number: number; readonly position: number }[] = [];
engine.onDurable((position) => {
  let line = '';
  while (waiting[0] !== undefined && waiting[0].position <= position)
    line += `${waiting.shift()?.number ?? 0}\n`;
  if (line !== '') writeSync(1, line);
});
const seen = { isClosed: false };
engine.journal.onGap((_gap, isClosed) => {
  say(isClosed ? 'closed' : 'gap');
  seen.isClosed ||= isClosed;
});

/** Changes nodes in turn, each to a value that begins with the number of the change. */
function change(number: number): void {
  const key = utf8(`n${number % NODES}`);
  const value = utf8(`${number} ${'x'.repeat(1500)}`);
  waiting.push({
    number,
    position: engine.apply({ kind: 'set', database: 0, key, value }).position,
  });
}

let number = 0;
try {
  for (let left = CHANGES_AFTER; number < CHANGES_MAX && left > 0; number++) {
    change(number);
    if (number % 5 === 0) engine.requestSync();
    if (seen.isClosed) left--;
    if (engine.journal.gap !== undefined || number % 20 === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }
} catch (error) {
  if (!isEcpError(error, 'FROZEN')) throw error;
  say('frozen');
}
const read = engine.database(0).get(utf8('n1'));
say(`read ${read === undefined ? 'nothing' : textOf(read).split(' ')[0]}`);
await new Promise((resolve) => setTimeout(resolve, 50));
process.kill(process.pid, 'SIGKILL');
