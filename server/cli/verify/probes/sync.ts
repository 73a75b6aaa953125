/** A.1.11: what was changed before a Sync is seen behind a Sync that began after it. A.2.2: how old reads are without. */
import { inJobs, nodeOf, numberOf, Tally, type Probe } from '../probe.ts';

/** "A few seconds" (A.2.2), without a fault. */
const STALE_MS_MAX = 5000;

export const sync: Probe = {
  async run(context) {
    const tally = new Tally('A.1.11 Sync');
    const staleness = new Tally('A.2.2 Liveness of caches');
    /** By writer: the latest change that was synced, and when the one after it was. */
    const synced = new Map<number, number>();
    const times = new Map<string, number>();
    let oldest = 0;
    const jobs = context.places.length * context.jobsPerPlace;
    await inJobs(context, async (database, { number }) => {
      if (number % 2 === 0) {
        const next = (synced.get(number) ?? 0) + 1;
        await nodeOf(context, database, 'sync', number).set([], next);
        await database.sync();
        synced.set(number, next);
        times.set(`${number} ${next}`, performance.now());
        return;
      }
      const writer = (Math.floor(Math.random() * jobs) >> 1) << 1;
      const node = nodeOf(context, database, 'sync', writer);
      const crashes = context.crashes();
      const began = performance.now();
      const before = synced.get(writer) ?? 0;
      const plain = numberOf(await node.get());
      if (plain < before) {
        const ageMs = began - (times.get(`${writer} ${plain + 1}`) ?? began);
        oldest = Math.max(oldest, ageMs);
        if (context.hasFaults) staleness.allow();
        else staleness.judge(ageMs <= STALE_MS_MAX, () => `a read was ${Math.round(ageMs)} ms old`);
      } else {
        staleness.judge(true, () => '');
      }
      const wanted = synced.get(writer) ?? 0;
      await database.sync();
      const found = numberOf(await node.get());
      if (found < wanted && context.crashes() !== crashes) tally.allow();
      else
        tally.judge(
          found >= wanted,
          () => `${found} was found behind a Sync, ${wanted} was synced before it`,
        );
    });
    staleness.note(`the oldest read was ${Math.round(oldest)} ms old`);
    return [tally.finding(), staleness.finding()];
  },
};
