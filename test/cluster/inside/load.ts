/**
 * Runs as a pod: writers that number their changes, and remember which of them were acknowledged as durable.
 * LOAD_TARGETS names client ports, one writer each, as host:port,host:port.
 *
 *   GET /report    how many are acknowledged, errors by code, the longest time without an acknowledgement
 *   GET /stop      the same, after the writers have ended
 *   GET /verify    reads everything back through the first target: what is acknowledged and not there
 */
import process from 'node:process';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../../client/index.ts';

const TARGETS = (process.env['LOAD_TARGETS'] ?? '').split(',');
const HTTP_PORT = 8080;
/** Changes that one flush makes durable. */
const BATCH = 10;
const PAUSE_MS = 20;
const AFTER_ERROR_MS = 200;
const PATIENCE_MS = 30_000;

/** Acknowledged numbers of each writer. */
const acknowledged = TARGETS.map(() => new Set<number>());
const errors: Record<string, number> = {};
let longestGapMs = 0;
let isStopping = false;
const goesOn = (): boolean => !isStopping;

const valueOf = (writer: number, n: number): string => `${writer}/${n}`;

async function write(writer: number, target: string): Promise<void> {
  let next = 0;
  let lastMs = performance.now();
  while (goesOn()) {
    try {
      await using database = await connect(target, { namespace: 'USER', patienceMs: PATIENCE_MS });
      const load = database.global('Load');
      while (goesOn()) {
        const first = next;
        next += BATCH;
        for (let n = first; n < next; n++) void load.set([writer, n], valueOf(writer, n));
        await database.flush();
        for (let n = first; n < next; n++) acknowledged[writer]?.add(n);
        const nowMs = performance.now();
        longestGapMs = Math.max(longestGapMs, Math.round(nowMs - lastMs));
        lastMs = nowMs;
        await sleep(PAUSE_MS);
      }
    } catch (error) {
      // Numbers of a batch that failed are never used again: nobody said what became of them.
      const { code = 'UNKNOWN' } = error as { code?: string };
      errors[code] = (errors[code] ?? 0) + 1;
      await sleep(AFTER_ERROR_MS);
    }
  }
}

const writers = TARGETS.map((target, writer) => write(writer, target));

const report = () => ({
  acknowledged: acknowledged.reduce((sum, numbers) => sum + numbers.size, 0),
  errors,
  longestGapMs,
});

async function verify(): Promise<object> {
  await using database = await connect(TARGETS[0] ?? '', { namespace: 'USER' });
  const found = new Map<string, string>();
  for await (const [subscripts, value] of database.global('Load').entries()) {
    found.set(subscripts.join('/'), value);
  }
  const missing = acknowledged.flatMap((numbers, writer) =>
    [...numbers].map((n) => valueOf(writer, n)).filter((value) => found.get(value) !== value),
  );
  return { ...report(), missing };
}

async function answer(path: string): Promise<object> {
  if (path === '/stop') {
    isStopping = true;
    await Promise.all(writers);
  }
  return path === '/verify' ? verify() : report();
}

createServer((request, response) => {
  answer(request.url ?? '').then(
    (found) => response.end(JSON.stringify(found)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(HTTP_PORT);
process.on('SIGTERM', () => process.exit(0));
