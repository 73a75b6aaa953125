/**
 * What `footprint.test.ts` runs inside an instance: fills a database several times the size of the pool, reads it
 * from end to end several times, and reports the most anonymous memory that the process had.
 */
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../server/instance/database.ts';

export interface FootprintOrder {
  readonly nodes: number;
}

export interface FootprintFigures {
  /** Bytes: before anything, and the most while it was filled and read. */
  readonly idle: number;
  readonly filled: number;
  readonly read: number;
  readonly nodes: number;
}

const FILLER = '.'.repeat(80);
/** Nodes between two turns of the event loop. */
const TURN = 512;
const ROUNDS = 4;

/** Of this process alone: the page store's file is mapped, and the system counts what it caches of it. */
function anonymousBytes(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function measured(database: Database, order: FootprintOrder): Promise<FootprintFigures> {
  const idle = anonymousBytes();
  const job = await database.job();
  const account = job.global('account');
  let filled = idle;
  for (let i = 0; i < order.nodes; i++) {
    const relief = account.set([i], `${i}${FILLER}`);
    if (relief instanceof Promise) await relief;
    if (i % TURN > 0) continue;
    await nextTurn();
    filled = Math.max(filled, anonymousBytes());
  }
  await job.flush();
  let read = 0;
  let nodes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for await (const _ of account.keys()) {
      if (++nodes % TURN > 0) continue;
      await nextTurn();
      read = Math.max(read, anonymousBytes());
    }
  }
  return { idle, filled, read, nodes };
}

export default async function application(database: Database, signal: AbortSignal): Promise<void> {
  process.on('message', (order: FootprintOrder) => {
    measured(database, order).then(
      (figures) => process.send?.({ figures }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.send?.({ ready: true });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}
