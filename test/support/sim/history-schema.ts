/**
 * The history of a run: what jobs asked and were answered, what data servers applied, which faults were put in.
 * The recorder writes it, checkers read it and nothing else. As JSONL it is one event a line, in the order in which
 * things happened.
 *
 * Names: a node of the database is a path, "A/3/7" for ^A(3,7); names of locks look the same. An operation is named
 * `p.n`: the n-th of job p; values that it sets begin with that name, so that a value says who wrote it. `app` is the
 * process of a job: an app server's or a data server's, name and incarnation ("a1#2"). `lsn` counts what a data server
 * applied, over all its starts; `pos` is the position in its journal.
 */
import { z } from 'zod';

const count = z.int().min(0);
/** What a node holds: its value's text, or null if it has none. */
const held = z.string().nullable();
const mode = z.enum(['exclusive', 'shared']);
const change = z.enum(['set', 'kill', 'zkill', 'incr']);

const operation = z.enum([
  'get',
  'scan',
  ...change.options,
  'sync',
  'flush',
  'lock',
  'unlock',
  'tstart',
  'tcommit',
  'trollback',
  'halt',
]);

/** An operation of a job. */
const called = { p: z.string(), n: count };

const EVENTS = [
  /** `staleMs`: how long an app server may show what it has although its connection does not work (A.2.2). */
  z.strictObject({
    k: z.literal('start'),
    seed: z.int(),
    keys: z.array(z.string()),
    staleMs: z.number().optional(),
  }),
  /**
   * A job calls an operation at a data server; `ds` is empty for those of a transaction, and for the job's end. `v`: what
   * it sets; of TCOMMIT "synchronous" where it waits for the disk; of TROLLBACK how far. `txn`: the job's transaction that
   * it is part of, counted from 1. Of LOCK and UNLOCK: the names.
   */
  z.strictObject({
    k: z.literal('inv'),
    ...called,
    app: z.string(),
    ds: z.string(),
    op: operation,
    key: z.string().optional(),
    v: z.string().optional(),
    txn: count.optional(),
    names: z.array(z.string()).optional(),
    mode: mode.optional(),
    timeoutMs: z.number().optional(),
    immediate: z.boolean().optional(),
  }),
  /**
   * A read was evaluated: this is the moment its answer is of, or, where the data server itself answered and a long
   * value had to follow, the answer is as of the event `asOf`. `waited`: a block was fetched for it. `seen`: each
   * node that the answer speaks of, absent ones included.
   */
  z.strictObject({
    k: z.literal('eval'),
    ...called,
    waited: z.boolean(),
    asOf: count.optional(),
    seen: z.array(z.tuple([z.string(), held])),
  }),
  z.strictObject({ k: z.literal('ok'), ...called, v: z.string().optional() }),
  /** Failed: nothing happened. */
  z.strictObject({ k: z.literal('err'), ...called, code: z.string() }),
  /** Failed: it may have happened. */
  z.strictObject({ k: z.literal('info'), ...called, code: z.string() }),
  /** A change got its place in the order of its session's requests. */
  z.strictObject({ k: z.literal('sent'), ...called, ep: count, seq: count }),
  /** Its answer reached the app server: applied, or refused with an error code. */
  z.strictObject({ k: z.literal('acked'), ...called, code: z.string().optional() }),
  /** The app server keeps it no longer: durable, or void with an error code (the session ended). */
  z.strictObject({ k: z.literal('settled'), ...called, code: z.string().optional() }),
  /** A job hears that a change failed which it did not await, or that its locks or its transaction are gone. */
  z.strictObject({ k: z.literal('told'), p: z.string(), code: z.string() }),
  /** An app server is connected (again); `lsn` of the data server as it said so. */
  z.strictObject({
    k: z.literal('welcome'),
    app: z.string(),
    ds: z.string(),
    ep: count,
    resumed: z.boolean(),
    lsn: count,
  }),
  /** An app server's session is over, as it sees it: what its jobs had there is void. */
  z.strictObject({ k: z.literal('lost'), app: z.string(), ds: z.string() }),
  /** An app server hears that a transaction of its job was rolled back by nobody's request (A.1.7). */
  z.strictObject({ k: z.literal('failed'), app: z.string(), ds: z.string(), p: z.string() }),
  /** The same as the data server sees it: what the app server named `client` had there goes. */
  z.strictObject({ k: z.literal('gaveUp'), ds: z.string(), client: z.string() }),
  /**
   * A data server applied a change. `ep` 0: of a job of its own; then `p` and `n` say whose, if it is one of the jobs.
   * `tx`: in that transaction; a KILL then comes after the nodes that it removed, each as a ZKILL that is a `part` of it.
   * `undoes`: in the rollback of that transaction.
   */
  z.strictObject({
    k: z.literal('applied'),
    ds: z.string(),
    lsn: count,
    pos: count,
    ep: count,
    seq: count,
    op: change,
    key: z.string(),
    v: z.string().optional(),
    p: z.string().optional(),
    n: count.optional(),
    tx: count.optional(),
    part: z.boolean().optional(),
    undoes: count.optional(),
  }),
  /**
   * A transaction at a data server began, has another level above, or ended: down to `level`, 0 being all. `p`: whose it
   * is. Of a rollback, `asked`: its job asked for it.
   */
  z.strictObject({
    k: z.literal('transaction'),
    ds: z.string(),
    tx: count,
    step: z.enum(['begin', 'start', 'commit', 'rolledBack']),
    level: count,
    pos: count,
    p: z.string().optional(),
    asked: z.boolean().optional(),
  }),
  /** A rollback left the next node as somebody else has made it. */
  z.strictObject({ k: z.literal('kept'), ds: z.string(), tx: count, pos: count }),
  /** In a data server's lock table job `p` of `client` has a name that often; not at all: it was let go of. */
  z.strictObject({
    k: z.literal('holds'),
    ds: z.string(),
    client: z.string(),
    p: z.string(),
    name: z.string(),
    exclusive: count,
    shared: count,
  }),
  /** A data server has started, with all that its journal and page store gave back. */
  z.strictObject({
    k: z.literal('recovered'),
    ds: z.string(),
    lsn: count,
    pos: count,
    nodes: z.record(z.string(), z.string()),
    sessions: z.array(z.strictObject({ ep: count, lastApplied: count, client: z.string() })),
  }),
  /** A data server refused to start. */
  z.strictObject({ k: z.literal('refused'), ds: z.string(), why: z.string() }),
  /** What a data server holds when all is over. */
  z.strictObject({
    k: z.literal('final'),
    ds: z.string(),
    nodes: z.record(z.string(), z.string()),
  }),
  /**
   * A fault at a node, or between two ("a0 d1"); of a crash or stop, `app` is the process that is gone. `ms`: how long it
   * lasts, where it does.
   */
  z.strictObject({
    k: z.literal('nemesis'),
    what: z.string(),
    node: z.string(),
    app: z.string().optional(),
    ms: z.number().optional(),
  }),
  /** An error was logged, or thrown where nobody catches it: each is a fault of the program. */
  z.strictObject({ k: z.literal('fault'), node: z.string(), what: z.string() }),
  /** The run is over; `stuck`: jobs that still wait although every fault has ended. */
  z.strictObject({ k: z.literal('end'), stuck: z.array(z.string()) }),
] as const;

const event = z.discriminatedUnion('k', [...EVENTS]);
const place = z.looseObject({ i: count.optional(), t: z.number().optional() });

export type HistoryEvent = z.infer<typeof event>;
export type Operation = z.infer<typeof operation>;
export type LockMode = z.infer<typeof mode>;
export type Held = z.infer<typeof held>;
export type Kind = HistoryEvent['k'];
export type EventOf<K extends Kind> = Extract<HistoryEvent, { readonly k: K }>;

/** An event with its place in the history and its virtual time in milliseconds. */
export type Recorded = HistoryEvent & { readonly i: number; readonly t: number };

/** Reads JSONL. Where a line has no place or time, those are its number from 0. Error: the line, and what is wrong with it. */
export function readHistory(text: string): Recorded[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line, number) => {
    try {
      const { i = number, t = number, ...rest } = place.parse(JSON.parse(line));
      return { i, t, ...event.parse(rest) };
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new Error(`history, event ${number}: ${why}`, { cause: error });
    }
  });
}

/** Whether a KILL of `root` takes `key` away; whether a lock on one stands above the other. */
export function covers(root: string, key: string): boolean {
  return key === root || key.startsWith(`${root}/`);
}

export function operationName(event: { readonly p: string; readonly n: number }): string {
  return `${event.p}.${event.n}`;
}
