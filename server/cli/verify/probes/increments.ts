/** A.1.10: results are distinct, and who sees a later one sees all that was changed before an earlier one. */
import { inJobs, nodeOf, numberOf, Tally, type Probe } from '../probe.ts';

interface Made {
  readonly job: number;
  /** What the job had set before it. */
  readonly before: number;
}

export const increments: Probe = {
  async run(context) {
    const distinct = new Tally('A.1.10 $INCREMENT, results');
    const order = new Tally('A.1.10 $INCREMENT, ordering');
    const made = new Map<number, Made>();
    const counts = new Map<number, number>();
    let unknown = 0;
    await inJobs(context, async (database, { number }) => {
      const root = nodeOf(context, database, 'increment');
      const before = (counts.get(number) ?? 0) + 1;
      counts.set(number, before);
      void root.set(['before', number], before);
      unknown++;
      const result = numberOf(await root.increment(['count']));
      unknown--;
      const twin = made.get(result);
      distinct.judge(
        twin === undefined,
        () => `${result} was given to job ${twin?.job ?? 0} and job ${number}`,
      );
      made.set(result, { job: number, before });
      const earlier = [...made].filter(([other]) => other < result).slice(-20);
      for (const [other, { job, before: wanted }] of earlier) {
        if (job === number) continue;
        const found = numberOf(await root.get(['before', job]));
        order.judge(
          found >= wanted,
          () =>
            `job ${number} got ${result}, and found ${found} of job ${job}, which had set ${wanted} before it got ${other}`,
        );
      }
    });
    const last = Math.max(0, ...made.keys());
    const missing = last - made.size;
    distinct.judge(
      missing <= unknown,
      () =>
        `${missing} results were given to nobody, ${unknown} increments have an unknown outcome`,
    );
    return [distinct.finding(), order.finding()];
  },
};
