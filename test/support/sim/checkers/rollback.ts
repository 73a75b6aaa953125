/**
 * Rollback (A.1.4, A.2.4). It undoes what its transaction did above a level, the newest first, every node only where it
 * still holds what the transaction made, and nothing else. What a crash left open of a data server's own jobs is undone
 * before an app server is welcomed; nothing is open in the end.
 *
 * Counted: nodes that were restored or left.
 */
import { covers, type EventOf, type Held, type Recorded } from '../history-schema.ts';
import { Checker } from './checker.ts';
import type { Model } from './model.ts';

/** A node that a transaction changed: what it left there, and what was there. */
interface Unit {
  readonly key: string;
  readonly made: Held;
  readonly old: Held;
}

type Link = { readonly unit: Unit } | { readonly start: number };

type Entry =
  | { readonly kind: 'begin' }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'undo' }
  | { readonly kind: 'end'; readonly level: number };

/** What one data server did, as far as its journal has it. */
class Server {
  /** What the nodes hold. */
  held = new Map<string, string>();
  open = new Map<number, Link[]>();
  /** Of its own jobs: open when it started. */
  orphans: readonly number[] = [];
  #log: { readonly pos: number; readonly tx: number; readonly entry: Entry }[] = [];

  take(pos: number, tx: number, entry: Entry): void {
    this.#log.push({ pos, tx, entry });
    this.#apply(tx, entry);
  }

  #apply(tx: number, entry: Entry): void {
    const chain = this.open.get(tx);
    if (entry.kind === 'begin') this.open.set(tx, []);
    else if (entry.kind === 'link') chain?.push(entry.link);
    else if (entry.kind === 'undo')
      chain?.splice(
        chain.findLastIndex((link) => 'unit' in link),
        1,
      );
    else if (entry.level === 0) this.open.delete(tx);
    else chain?.splice(startOf(chain, entry.level));
  }

  recover(
    pos: number,
    nodes: Readonly<Record<string, string>>,
    isOwn: (tx: number) => boolean,
  ): void {
    this.held = new Map(Object.entries(nodes));
    this.#log = this.#log.filter((entry) => entry.pos <= pos);
    this.open = new Map();
    for (const { tx, entry } of this.#log) this.#apply(tx, entry);
    this.orphans = [...this.open.keys()].filter(isOwn);
  }

  /** What is undone next. */
  newest(tx: number): Unit | undefined {
    const link = this.open.get(tx)?.findLast((candidate) => 'unit' in candidate);
    return link !== undefined && 'unit' in link ? link.unit : undefined;
  }
}

/** Where what was done above a level begins. */
function startOf(chain: readonly Link[], level: number): number {
  const start = chain.findLastIndex((link) => 'start' in link && link.start === level + 1);
  return start < 0 ? 0 : start;
}

export class RollbackChecker extends Checker {
  override readonly name = 'A.1.4 rollback';
  readonly #servers = new Map<string, Server>();

  override take(event: Recorded, model: Model): void {
    switch (event.k) {
      case 'applied':
        return this.#applied(event);
      case 'kept':
        return this.#kept(event);
      case 'transaction':
        return this.#step(event);
      case 'recovered':
        return this.#recovered(event, model);
      case 'welcome':
        return this.#welcomed(event);
      case 'final': {
        const [tx] = this.#server(event.ds).open.keys();
        if (tx !== undefined)
          this.violated(event, `${event.ds}: transaction ${tx} is open in the end`);
        return;
      }
      default:
    }
  }

  #server(ds: string): Server {
    const known = this.#servers.get(ds);
    if (known !== undefined) return known;
    const server = new Server();
    this.#servers.set(ds, server);
    return server;
  }

  #applied(event: EventOf<'applied'> & Recorded): void {
    const server = this.#server(event.ds);
    const { key, tx, undoes, pos } = event;
    const held = event.op === 'set' || event.op === 'incr' ? (event.v ?? '') : null;
    const old = server.held.get(key) ?? null;
    // A removal comes after the nodes that it has removed.
    if (tx !== undefined && (event.op === 'set' || event.part === true))
      server.take(pos, tx, { kind: 'link', link: { unit: { key, made: held, old } } });
    if (undoes !== undefined) this.#undone(event, server, undoes, { key, made: old, old: held });
    if (held !== null) server.held.set(key, held);
    else if (event.op !== 'kill') server.held.delete(key);
    else
      for (const other of [...server.held.keys()])
        if (covers(key, other)) server.held.delete(other);
  }

  /** `found`: the node, what it held, and what it was restored to. */
  #undone(
    event: Recorded & { readonly pos: number },
    server: Server,
    tx: number,
    found: Unit,
  ): void {
    const unit = server.newest(tx);
    this.occurrences++;
    if (unit?.key !== found.key || unit.made !== found.made || unit.old !== found.old) {
      const of = ({ key, made, old }: Unit): string =>
        `${key} from ${String(made)} to ${String(old)}`;
      const due = unit === undefined ? 'nothing' : of(unit);
      this.violated(
        event,
        `transaction ${tx} restored ${of(found)} where it had to restore ${due}`,
      );
    }
    server.take(event.pos, tx, { kind: 'undo' });
  }

  #kept(event: EventOf<'kept'> & Recorded): void {
    const server = this.#server(event.ds);
    const unit = server.newest(event.tx);
    this.occurrences++;
    this.allow('A.2.4 a node was changed by somebody else meanwhile');
    if (unit === undefined || (server.held.get(unit.key) ?? null) === unit.made)
      this.violated(
        event,
        `transaction ${event.tx} left ${unit?.key ?? 'a node'} as it had made it`,
      );
    server.take(event.pos, event.tx, { kind: 'undo' });
  }

  #step(event: EventOf<'transaction'> & Recorded): void {
    const { ds, tx, step, level, pos } = event;
    const server = this.#server(ds);
    if (step === 'begin') server.take(pos, tx, { kind: 'begin' });
    else if (step === 'start') server.take(pos, tx, { kind: 'link', link: { start: level } });
    if (step !== 'commit' && step !== 'rolledBack') return;
    const chain = server.open.get(tx) ?? [];
    const left = chain.slice(startOf(chain, level)).find((link) => 'unit' in link);
    if (step === 'rolledBack' && left !== undefined && 'unit' in left)
      this.violated(
        event,
        `transaction ${tx} was rolled back, and ${left.unit.key} was not undone`,
      );
    server.take(pos, tx, { kind: 'end', level });
  }

  #recovered(event: EventOf<'recovered'>, model: Model): void {
    this.#server(event.ds).recover(event.pos, event.nodes, (tx) => {
      const p = model.transactions.part(event.ds, tx)?.p;
      return p === undefined || model.appOf(p).startsWith(`${event.ds}#`);
    });
  }

  #welcomed(event: EventOf<'welcome'> & Recorded): void {
    const server = this.#server(event.ds);
    const left = server.orphans.find((tx) => server.open.has(tx));
    if (left !== undefined)
      this.violated(
        event,
        `${event.ds} serves, and transaction ${left} of before its start is open`,
      );
  }
}
