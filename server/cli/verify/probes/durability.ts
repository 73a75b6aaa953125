/** What flush() has said is durable is there at the end, whatever ended meanwhile; so is what a synchronous commit kept. */
import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '../../../base/assert.ts';
import { isEcpError } from '../../../base/errors.ts';
import type { Database } from '../../../instance/database.ts';
import { inJobs, nodeOf, Tally, type Probe, type ProbeContext } from '../probe.ts';

const CHANGES = 10;
const TRIES_MAX = 60;
const PAUSE_MS = 500;

export const durability: Probe = {
  async run(context) {
    const tally = new Tally('A.1.5, A.1.9 Durable changes');
    const next = new Map<number, number>();
    const durable = new Set<string>();
    await inJobs(context, async (database, { number }) => {
      const node = nodeOf(context, database, 'durable', number);
      const first = (next.get(number) ?? 0) + 1;
      // Numbers of changes whose fate is unknown are not used again.
      next.set(number, first + CHANGES);
      const isTransaction = Math.random() < 0.5;
      if (isTransaction) await database.tstart();
      for (let i = first; i < first + CHANGES; i++) void node.set([i], i);
      if (isTransaction) await database.tcommit({ commit: 'synchronous' });
      else await database.flush();
      for (let i = first; i < first + CHANGES; i++) durable.add(`${number},${i}`);
    });
    const found = await afterwards(context, nodesOfAll);
    for (const name of durable)
      tally.judge(found.has(name), () => `node ${name} was durable, and is not there`);
    return [tally.finding()];
  },
};

async function nodesOfAll(context: ProbeContext, database: Database): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const [path] of nodeOf(context, database, 'durable').entries())
    found.add(path.join(','));
  return found;
}

/** When the time is up: whoever was ended last may still be starting. */
async function afterwards<T>(
  context: ProbeContext,
  work: (context: ProbeContext, database: Database) => Promise<T>,
): Promise<T> {
  const place = present(context.places[0], 'a place to verify');
  for (let i = 1; ; i++) {
    try {
      const database = await place.open();
      try {
        return await work(context, database);
      } finally {
        await database.close();
      }
    } catch (error) {
      if (!isEcpError(error) || i === TRIES_MAX) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
