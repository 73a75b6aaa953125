/**
 * SIGKILL at every n-th write and sync of a real process on real files, under jobs with nested transactions: also while
 * it recovers from the kill before. The next life finds exactly what the model says. A.1.4, A.1.5, F-D3
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { readJournal } from '../../server/storage/journal-reader.ts';
import { decodeDatabaseHeader } from '../../server/storage/page.ts';
import { emptyTables } from '../../server/storage/recovery.ts';
import {
  History,
  type HistoryEvent,
  listed,
  type State,
} from '../../server/transactions/testing/mixed-history.ts';
import { MIXED_DATABASES } from '../../server/transactions/testing/mixed-machine.ts';

const CHILD = join(import.meta.dirname, 'transaction-crashes-child.ts');
const STEPS = 100;
/** Kills in all, and of these on one directory after another. */
const KILLS = Number(process.env['ECP_CRASH_POINTS'] ?? 36);
const LIVES = 6;
/** About so many of the first writes are those of a recovery. */
const RECOVERY_WRITES = 14;

interface Notes {
  /** What the child began with; undefined where it was killed before it could say. */
  readonly start: State | undefined;
  readonly events: readonly HistoryEvent[];
  readonly durable: number;
  /** How many writes and syncs there were, if it was not killed. */
  readonly writes: number | undefined;
}

function readNotes(file: string): Notes {
  let start: State | undefined;
  let durable = 0;
  let writes: number | undefined;
  const events: HistoryEvent[] = [];
  // A killed child may have been writing: only whole lines were said.
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const said = JSON.parse(line) as {
      start?: [string, [string, string][]][];
      event?: HistoryEvent & { position: number | undefined };
      durable?: number;
      writes?: number;
    };
    if (said.start !== undefined)
      start = new Map(said.start.map(([name, nodes]) => [name, new Map(nodes)]));
    if (said.event !== undefined) events.push(said.event);
    durable = said.durable ?? durable;
    writes ??= said.writes;
  }
  return { start, events, durable, writes };
}

async function live(directory: string, life: number, killAt: number, seed: number): Promise<Notes> {
  const file = `${directory}-${life}.jsonl`;
  await new Promise<void>((resolve, reject) => {
    const args = ['--no-warnings', CHILD, directory, file, killAt, seed, killAt < 0 ? 0 : STEPS];
    execFile(process.execPath, args.map(String), (error, _stdout, stderr) => {
      if (error === null || error.signal === 'SIGKILL') resolve();
      else reject(new Error(`the child failed: ${stderr}`));
    });
  });
  return readNotes(file);
}

/** What lies on the disk, before anybody recovers from it. */
async function onDisk(directory: string): Promise<{ end: number; stored: Map<string, number> }> {
  const journal = new JournalFiles(join(directory, 'journal'));
  const { end } = readJournal(journal, undefined, 0, emptyTables(), () => undefined);
  journal.close();
  const stored = new Map<string, number>();
  for (const { name, isTemporary } of MIXED_DATABASES) {
    if (isTemporary === true) continue;
    const store = new LmdbPageStore(join(directory, name));
    const header = store.header();
    if (header !== undefined) stored.set(name, decodeDatabaseHeader(header).position);
    await store.close();
  }
  return { end, stored };
}

/** One life after the other on one directory, each killed at its point; how many of them were. */
async function sweep(directory: string, points: readonly number[], seed: number): Promise<number> {
  let expected: State = new Map();
  let kills = 0;
  // The last only looks.
  for (const [life, killAt] of [...points, -1].entries()) {
    const notes = await live(directory, life, killAt, seed * 100 + life);
    if (notes.writes === undefined) kills++;
    if (notes.start === undefined) continue;
    notes.start.delete('TEMP');
    expect({ directory, life, state: listed(notes.start) }).toEqual({
      directory,
      life,
      state: listed(expected),
    });
    const history = new History([], notes.start);
    for (const event of notes.events) history.add(event);
    const { end, stored } = await onDisk(directory);
    expect(end).toBeGreaterThanOrEqual(notes.durable);
    expected = history.recovered(end, stored);
    expected.delete('TEMP');
  }
  return kills;
}

describe('transactions on a storage engine killed at a write or sync', () => {
  it(
    'are there whole or not at all, life after life, however often their recovery is killed',
    async () => {
      const root = mkdtempSync(join(tmpdir(), 'transaction-crashes-'));
      try {
        const { writes = 0 } = await live(join(root, 'whole'), 0, 0, 1);
        expect(writes).toBeGreaterThan(60);
        const sweeps = Math.ceil(KILLS / LIVES);
        // Every other one early on, in the recovery; the others spread over all the work.
        const pointsOf = (index: number): number[] =>
          Array.from({ length: LIVES }, (_, life) => {
            const at = index * LIVES + life;
            return life % 2 === 1
              ? 1 + ((at >> 1) % RECOVERY_WRITES)
              : 1 + Math.floor((at * writes) / (sweeps * LIVES));
          });
        const half = async (remainder: number): Promise<number> => {
          let kills = 0;
          for (let i = remainder; i < sweeps; i += 2)
            kills += await sweep(join(root, `sweep-${i}`), pointsOf(i), i);
          return kills;
        };
        // Two at a time, each on directories of its own.
        const [even, odd] = await Promise.all([half(0), half(1)]);
        expect(even + odd).toBeGreaterThan((sweeps * LIVES * 2) / 3);
      } finally {
        rmSync(root, { recursive: true });
      }
    },
    60_000 + KILLS * 5000,
  );
});
