/**
 * A.1.2, A.1.4–A.1.6: groups of nodes that are changed together under a lock, in transactions that are committed or
 * rolled back. Whoever gets the lock sees each group as one transaction has left it: one that was not rolled back, and none
 * older than was committed when the lock was asked for.
 */
import type { Database } from '../../../instance/database.ts';
import { isEcpError } from '../../../base/errors.ts';
import { inJobs, lockName, nodeOf, Tally, type Probe, type ProbeContext } from '../probe.ts';

const GROUPS = 4;
const NODES = 5;
const LOCK_TIMEOUT_MS = 5000;

type State = 'open' | 'committing' | 'committed' | 'rolledBack';

interface Stamp {
  readonly text: string;
  /** In the order of grants of the group's lock. */
  readonly order: number;
  state: State;
}

/** Somebody has the lock, or let go of it in a transaction that is not told to end. */
interface Holder {
  readonly who: string;
  /** Who else was granted it meanwhile. */
  overtakenBy: string | undefined;
}

class Group {
  readonly stamps = new Map<string, Stamp>();
  #turns = 0;
  /** The order of the latest one that is known to be committed. */
  committed = 0;
  holder: Holder | undefined;

  /** `who` has the lock. Whether its holder before has lost it rightly, the end of that one's turn tells. */
  granted(who: string): Holder {
    if (this.holder !== undefined) this.holder.overtakenBy ??= who;
    this.holder = { who, overtakenBy: undefined };
    return this.holder;
  }

  released(holder: Holder): void {
    if (this.holder === holder) this.holder = undefined;
  }

  begun(who: string): Stamp {
    const order = ++this.#turns;
    const stamp: Stamp = { text: `${who}.${order}`, order, state: 'open' };
    this.stamps.set(stamp.text, stamp);
    return stamp;
  }
}

interface Tallies {
  readonly locks: Tally;
  readonly rollback: Tally;
  readonly commit: Tally;
  readonly unlock: Tally;
}

export const groups: Probe = {
  async run(context) {
    const tallies: Tallies = {
      locks: new Tally('A.1.2 Lock'),
      rollback: new Tally('A.1.4 Rollback'),
      commit: new Tally('A.1.5 Commit'),
      unlock: new Tally('A.1.6 Transactions and locks'),
    };
    const all = Array.from({ length: GROUPS }, () => new Group());
    await inJobs(context, async (database, { number }) => {
      const at = Math.floor(Math.random() * GROUPS);
      await once(context, database, { at, group: all[at] as Group, who: `job ${number}`, tallies });
    });
    return Object.values(tallies).map((tally: Tally) => tally.finding());
  },
};

interface Turn {
  readonly at: number;
  readonly group: Group;
  readonly who: string;
  readonly tallies: Tallies;
}

async function once(context: ProbeContext, database: Database, turn: Turn): Promise<void> {
  const { at, group, who } = turn;
  const floor = group.committed;
  const lock = await database.lock([lockName(context, 'group', at)], {
    timeoutMs: LOCK_TIMEOUT_MS,
  });
  const holder = group.granted(who);
  try {
    await judge(context, database, turn, floor);
    const stamp = group.begun(who);
    const isEarly = Math.random() < 0.5;
    await database.tstart();
    for (let i = 0; i < NODES; i++)
      void nodeOf(context, database, 'group', at).set([i], stamp.text);
    if (isEarly) {
      // Whoever waits for it gets it behind the end of the transaction; as long as the read takes, it could be too soon.
      void lock.unlock();
      await nodeOf(context, database, 'group', at).get([0]);
      group.released(holder);
    }
    const isCommitted = await end(context, database, group, stamp);
    if (isCommitted) judgeHolder(turn, holder, isEarly);
  } finally {
    group.released(holder);
  }
  void lock.unlock();
}

/** Whose transaction was kept had the lock all the time: nobody else was to get it. */
function judgeHolder({ at, tallies }: Turn, { who, overtakenBy }: Holder, isEarly: boolean): void {
  const tally = isEarly ? tallies.unlock : tallies.locks;
  tally.judge(
    overtakenBy === undefined,
    () =>
      `${overtakenBy ?? ''} got the lock of group ${at} in the midst of a transaction of ${who}`,
  );
}

/** Rolls back, or commits: true where that is certain. */
async function end(
  context: ProbeContext,
  database: Database,
  group: Group,
  stamp: Stamp,
): Promise<boolean> {
  if (Math.random() < 0.4) {
    stamp.state = 'rolledBack';
    await database.trollback();
    return false;
  }
  stamp.state = 'committing';
  // What is not synchronous may be undone by a crash of the app server that has accepted it.
  const isSynchronous = context.hasFaults || Math.random() < 0.5;
  try {
    await database.tcommit({ commit: isSynchronous ? 'synchronous' : 'asynchronous' });
  } catch (error) {
    if (isEcpError(error, 'ROLLBACK ONLY')) stamp.state = 'rolledBack';
    throw error;
  }
  stamp.state = 'committed';
  group.committed = Math.max(group.committed, stamp.order);
  return true;
}

/** What the holder of the lock finds. */
async function judge(
  context: ProbeContext,
  database: Database,
  { at, group, who, tallies }: Turn,
  floor: number,
): Promise<void> {
  const node = nodeOf(context, database, 'group', at);
  const values = await Promise.all(Array.from({ length: NODES }, async (_, i) => node.get([i])));
  const [text] = values;
  const seen = `${who} found ${values.map((value) => value ?? 'nothing').join(', ')} in group ${at}`;
  tallies.commit.judge(new Set(values).size === 1, () => `${seen}: a part of a transaction`);
  const stamp = text === undefined ? undefined : group.stamps.get(text);
  if (text === undefined || stamp === undefined) {
    tallies.locks.judge(floor === 0, () => `${seen}, after ${floor} was committed`);
    return;
  }
  tallies.rollback.judge(stamp.state !== 'rolledBack', () => `${seen}, which was rolled back`);
  tallies.unlock.judge(stamp.state !== 'open', () => `${seen}, whose transaction has not ended`);
  tallies.locks.judge(stamp.order >= floor, () => `${seen}, after ${floor} was committed`);
}
