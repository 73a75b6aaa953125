/** A.1.1: who sees the second of two changes of a job sees the first one, too. */
import { inJobs, nodeOf, numberOf, Tally, type Probe } from '../probe.ts';

/** Reads of each pair between two changes of it. */
const READS = 4;

export const inOrder: Probe = {
  async run(context) {
    const tally = new Tally('A.1.1 In-order updates');
    const pairs = context.places.length * context.jobsPerPlace;
    const written = new Map<number, number>();
    const seen = new Map<string, number>();
    await inJobs(context, async (database, { number }) => {
      const next = (written.get(number) ?? 0) + 1;
      written.set(number, next);
      const own = nodeOf(context, database, 'order', number);
      void own.set(['first'], next);
      void own.set(['second'], next);
      for (let i = 0; i < READS; i++) {
        const other = (number + 1 + Math.floor(Math.random() * (pairs - 1))) % pairs;
        const node = nodeOf(context, database, 'order', other);
        const crashes = context.crashes();
        const second = numberOf(await node.get(['second']));
        const first = numberOf(await node.get(['first']));
        const key = `${number} of ${other}`;
        if (second === 0 || second === seen.get(key)) continue;
        seen.set(key, second);
        // What no lock guards may vanish with a data server's crash.
        if (first < second && context.crashes() !== crashes) tally.allow();
        else
          tally.judge(
            first >= second,
            () =>
              `job ${number} saw the second change ${second} of job ${other}, then the first as ${first}`,
          );
      }
      await database.sync();
    });
    return [tally.finding()];
  },
};
