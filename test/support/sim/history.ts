/**
 * The history of a run: what jobs asked and were answered, what data servers applied, which faults were put in.
 * The recorder writes it, checkers read it and nothing else. As JSONL it is one event a line.
 *
 * Names: a node of the database is a path, "A/3/7" for ^A(3,7). An operation is named `p.n`: the n-th of job p;
 * values that it sets begin with that name, so that a value says who wrote it. `app` is an app server's
 * process, name and incarnation number ("a1#2"). `lsn` counts what a data server applied, over all its starts;
 * `pos` is the position in its journal.
 */

export type Operation = 'get' | 'scan' | 'set' | 'kill' | 'zkill' | 'incr' | 'sync' | 'flush';

/** What a node holds: its value's text, or null if it has none. */
export type Held = string | null;

export type HistoryEvent =
  | { readonly k: 'start'; readonly seed: number; readonly keys: readonly string[] }
  /** A job calls an operation. `v`: what it sets. */
  | {
      readonly k: 'inv';
      readonly p: string;
      readonly n: number;
      readonly app: string;
      readonly ds: string;
      readonly op: Operation;
      readonly key?: string;
      readonly v?: string;
    }
  /**
   * A read was evaluated: this is the moment its answer is of, or, where the data server itself answered and a long
   * value had to follow, the answer is as of the event `asOf`. `waited`: a block was fetched for it. `seen`: each
   * node that the answer speaks of, absent ones included.
   */
  | {
      readonly k: 'eval';
      readonly p: string;
      readonly n: number;
      readonly waited: boolean;
      readonly asOf?: number;
      readonly seen: readonly (readonly [key: string, held: Held])[];
    }
  | { readonly k: 'ok'; readonly p: string; readonly n: number; readonly v?: string }
  /** Failed: of a read, nothing happened; of a change, it may have happened ('info'). */
  | { readonly k: 'err' | 'info'; readonly p: string; readonly n: number; readonly code: string }
  /** A change got its place in the order of its session's requests. */
  | {
      readonly k: 'sent';
      readonly p: string;
      readonly n: number;
      readonly ep: number;
      readonly seq: number;
    }
  /** Its answer reached the app server: applied, or refused with an error code. */
  | { readonly k: 'acked'; readonly p: string; readonly n: number; readonly code?: string }
  /** The app server keeps it no longer: durable, or void with an error code (the session ended). */
  | { readonly k: 'settled'; readonly p: string; readonly n: number; readonly code?: string }
  /** A job hears that a change failed which it did not await. */
  | { readonly k: 'told'; readonly p: string; readonly code: string }
  /** An app server is connected (again); `lsn` of the data server as it said so. */
  | {
      readonly k: 'welcome';
      readonly app: string;
      readonly ds: string;
      readonly ep: number;
      readonly resumed: boolean;
      readonly lsn: number;
    }
  /**
   * A data server applied a change; `ep` 0: of a job of its own. `tx`: in that transaction, node by node; `undoes`: in
   * the rollback of that one.
   */
  | {
      readonly k: 'applied';
      readonly ds: string;
      readonly lsn: number;
      readonly pos: number;
      readonly ep: number;
      readonly seq: number;
      readonly op: 'set' | 'kill' | 'zkill' | 'incr';
      readonly key: string;
      readonly v?: string;
      readonly tx?: number;
      readonly undoes?: number;
    }
  /** A transaction of a data server's own job began, has another level above, or ended: down to `level`, 0 being all. */
  | {
      readonly k: 'transaction';
      readonly ds: string;
      readonly tx: number;
      readonly step: 'begin' | 'start' | 'commit' | 'rolledBack';
      readonly level: number;
      readonly pos: number;
    }
  /** A rollback left the next node as somebody else has made it. */
  | { readonly k: 'kept'; readonly ds: string; readonly tx: number; readonly pos: number }
  /** A job that waited for it was told that its commit is durable. */
  | { readonly k: 'committed'; readonly ds: string; readonly tx: number }
  /** A data server has started, with all that its journal and page store gave back. */
  | {
      readonly k: 'recovered';
      readonly ds: string;
      readonly lsn: number;
      readonly pos: number;
      readonly nodes: Readonly<Record<string, string>>;
      readonly sessions: readonly { readonly ep: number; readonly lastApplied: number }[];
    }
  /** A data server refused to start. */
  | { readonly k: 'refused'; readonly ds: string; readonly why: string }
  /** What a data server holds when all is over. */
  | { readonly k: 'final'; readonly ds: string; readonly nodes: Readonly<Record<string, string>> }
  /** A fault; of a crash, the node's jobs or memory are gone. */
  | { readonly k: 'nemesis'; readonly what: string; readonly node: string; readonly app?: string }
  /** An error was logged, or thrown where nobody catches it: each is a fault of the program. */
  | { readonly k: 'fault'; readonly node: string; readonly what: string }
  /** The run is over; `stuck`: jobs that still wait although every fault has ended. */
  | { readonly k: 'end'; readonly stuck: readonly string[] };

export type Kind = HistoryEvent['k'];
export type EventOf<K extends Kind> = Extract<HistoryEvent, { readonly k: K }>;

/** An event with its place in the history and its virtual time. */
export type Recorded = HistoryEvent & { readonly i: number; readonly t: number };

export class History {
  readonly events: Recorded[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(event: HistoryEvent): void {
    this.events.push({ i: this.events.length, t: this.#now(), ...event });
  }

  toJsonl(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n') + '\n';
  }
}

/** Whether a KILL of `root` takes `key` away. */
export function covers(root: string, key: string): boolean {
  return key === root || key.startsWith(`${root}/`);
}

export function operationName(event: { readonly p: string; readonly n: number }): string {
  return `${event.p}.${event.n}`;
}
