/**
 * Faults of the journal's disk in a real process on real files (A.2.5). A write fails because the kernel refuses it:
 * RLIMIT_FSIZE, set by the shell that starts the child, needs neither root nor a file system of its own. A sync fails
 * in the adapter: no means that is always there makes the kernel report one.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { textOf, utf8 } from '../../server/base/bytes.ts';
import { silentLog } from '../../server/ports/log.ts';
import { StorageEngine } from '../../server/storage/engine.ts';

const CHILD = join(import.meta.dirname, 'journal-faults-child.ts');
/** In blocks of 512 bytes: less than the journal of all that the child changes, more than its database. */
const FILE_BLOCKS_MAX = 4096;
const NODES = 20;

interface Run {
  readonly durable: readonly number[];
  readonly said: readonly string[];
}

function runChild(directory: string, fault: string, onError: string): Promise<Run> {
  const limit = fault === 'write' ? `trap '' XFSZ; ulimit -f ${FILE_BLOCKS_MAX}; ` : '';
  const command = `${limit}exec "$0" --no-warnings "$@"`;
  return new Promise((resolve, reject) => {
    const args = ['-c', command, process.execPath, CHILD, directory, fault, onError];
    execFile('/bin/sh', args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error === null || error.signal !== 'SIGKILL') {
        reject(new Error(`the child did not end itself: ${stderr}`));
        return;
      }
      const lines = stdout.split('\n').filter((line) => line !== '');
      const durable = lines.filter((line) => /^\d+$/.test(line)).map(Number);
      resolve({ durable, said: lines.filter((line) => !/^\d+$/.test(line)) });
    });
  });
}

/** For each node the number of the change that a new start finds there; -1 where there is none. */
async function recovered(directory: string): Promise<number[]> {
  const engine = StorageEngine.open(
    {
      journal: new JournalFiles(join(directory, 'journal')),
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
    },
  );
  const found = Array.from({ length: NODES }, (_, node) => {
    const value = engine.database(0).get(utf8(`n${node}`));
    return value === undefined ? -1 : Number(textOf(value).split(' ')[0]);
  });
  await engine.close();
  return found;
}

/** What the nodes are after changes up to a number, itself included. */
function after(last: number): number[] {
  return Array.from({ length: NODES }, (_, node) => {
    const at = last - ((last - node + NODES * (last + 1)) % NODES);
    return at < 0 ? -1 : at;
  });
}

async function inDirectory(check: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'journal-faults-'));
  try {
    await check(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe.each(['write', 'sync'])('A.2.5: a %s that fails', (fault) => {
  it('freezes: reads go on, changes are refused, and a new start has all that was durable', async () => {
    await inDirectory(async (directory) => {
      const { durable, said } = await runChild(directory, fault, 'freeze');
      expect(said).toEqual(['frozen', expect.stringMatching(/^read \d+$/)]);
      expect(durable.length).toBeGreaterThan(100);
      const found = await recovered(directory);
      const last = Math.max(...found);
      expect(last).toBeGreaterThanOrEqual(durable.at(-1) ?? Infinity);
      expect(found).toEqual(after(last));
    });
  }, 60_000);

  it('leaves a gap, with freezing off: it is closed, and all that was said to be durable is there after kill -9', async () => {
    await inDirectory(async (directory) => {
      const { durable, said } = await runChild(directory, fault, 'gap');
      expect(said.slice(0, 2)).toEqual(['gap', 'closed']);
      expect(said.at(-1)).toMatch(/^read \d+$/);
      const found = await recovered(directory);
      const last = Math.max(...found);
      expect(last).toBeGreaterThanOrEqual(durable.at(-1) ?? Infinity);
      expect(found).toEqual(after(last));
      // Every change up to there was told of once, in order: none was left out in the gap.
      expect(durable).toEqual(durable.map((_, index) => index));
    });
  }, 60_000);
});
