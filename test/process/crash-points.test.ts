/** SIGKILL at every n-th write of a real process on real files: what was acknowledged as durable survives. */
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
import { encryptionOf, type TestEncryption } from './test-encryption.ts';

const CHILD = join(import.meta.dirname, 'crash-points-child.ts');
/** Starts that die on one directory before it is given up for a new one. */
const LIVES = 4;

interface Run {
  readonly durable: number[];
  /** How many writes a run that was not killed made. */
  readonly writes: number | undefined;
}

function runChild(
  directory: string,
  killAt: number,
  first: number,
  isEncrypted: boolean,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const args = ['--no-warnings', CHILD, directory, String(killAt), String(first)];
    if (isEncrypted) args.push('encrypted');
    execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error !== null && error.signal !== 'SIGKILL') {
        reject(new Error(`the child failed: ${stderr}`));
        return;
      }
      // A killed child may have been printing: only whole lines were said.
      const lines = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n');
      const writes = lines.find((line) => line.startsWith('writes '))?.slice(7);
      resolve({
        durable: lines.filter((line) => /^\d+$/.test(line)).map(Number),
        writes: writes === undefined ? undefined : Number(writes),
      });
    });
  });
}

const config = (directory: string, name: string, number: number, { open }: TestEncryption) => ({
  number,
  name,
  blockSize: 8192,
  isJournaled: true,
  store: open(new LmdbPageStore(join(directory, name))),
});

async function missing(
  directory: string,
  durable: readonly number[],
  encryption: TestEncryption,
): Promise<number[]> {
  const engine = StorageEngine.open(
    {
      journal: new JournalFiles(join(directory, 'journal'), encryption.keys),
      clock: new SystemClock(),
      random: new SystemRandom(),
      log: silentLog,
    },
    {
      databases: [config(directory, 'DATA', 0, encryption)],
    },
  );
  engine.mount(engine.prepare(config(directory, 'MORE', 1, encryption)));
  const lost = durable.filter((number) => {
    const values = engine.databases.map((database) => database.get(utf8(`n${number}`)));
    return !values.some((value) => value !== undefined && textOf(value).startsWith(`${number} `));
  });
  // Every block can be read: no page is damaged or missing.
  for (const database of engine.databases)
    for (const block of database.blocks()) expect(block.byteLength).toBeGreaterThan(0);
  await engine.close();
  return lost;
}

describe('a storage engine killed at a write', () => {
  it('keeps every change that it acknowledged as durable, life after life, while a database comes and goes (F-D3, F-D5, F-D6)', async () => {
    const root = mkdtempSync(join(tmpdir(), 'crash-points-'));
    try {
      const { writes = 0 } = await runChild(join(root, 'whole'), 0, 0, false);
      expect(writes).toBeGreaterThan(40);
      // Two at a time, each on directories of its own; about 60 kills spread over all writes.
      const step = Math.max(1, Math.ceil(writes / 60));
      const points = Array.from({ length: Math.floor(writes / step) }, (_, i) => 1 + i * step);
      // Every other one on encrypted disks (F-D6).
      const sweep = async (mine: readonly number[], name: string): Promise<number> => {
        const isEncrypted = name === 'odd';
        let kills = 0;
        for (let at = 0; at < mine.length; at += LIVES) {
          const directory = join(root, `${name}-${at}`);
          const durable: number[] = [];
          for (const [life, killAt] of mine.slice(at, at + LIVES).entries()) {
            const run = await runChild(directory, killAt, life * 1000, isEncrypted);
            durable.push(...run.durable);
            if (run.writes === undefined) kills++;
          }
          expect({
            mine,
            at,
            lost: await missing(directory, durable, encryptionOf(isEncrypted)),
          }).toEqual({
            mine,
            at,
            lost: [],
          });
        }
        return kills;
      };
      const kills = await Promise.all([
        sweep(
          points.filter((_, i) => i % 2 === 0),
          'even',
        ),
        sweep(
          points.filter((_, i) => i % 2 === 1),
          'odd',
        ),
      ]);
      expect(kills[0] + kills[1]).toBeGreaterThan(points.length / 2);
    } finally {
      rmSync(root, { recursive: true });
    }
  }, 120_000);
});
