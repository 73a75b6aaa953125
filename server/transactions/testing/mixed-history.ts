/**
 * What a machine's engine was asked to do, as a model of its own that knows no blocks and no records: from it follows
 * what must be there after a crash.
 *
 * Every event has the journal's position before it, and that of the record which it left, if it left one. A database
 * whose page store is at position P holds every event that began before P; and of the others those that the journal
 * had to its readable end. Of transactions only what the journal had counts: those without an end are undone by A.2.4.
 */
import { compareBytes } from '../../base/bytes.ts';

/** By key, its bytes as characters: they compare as the bytes do. */
export type Nodes = Map<string, string>;
export type State = Map<string, Nodes>;

export type Effect =
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'remove'; readonly from: string; readonly to: string | undefined };

/** One node that a change in a transaction made, replaced or removed: what it left there, and what was there. */
export interface Unit {
  readonly database: string;
  readonly key: string;
  readonly made: string | undefined;
  readonly old: string | undefined;
}

type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'level'; readonly level: number; readonly isStart: boolean }
  | { readonly kind: 'change'; readonly units: readonly Unit[] }
  /** The newest unit was restored, or left as others have made it. */
  | { readonly kind: 'undo' }
  | { readonly kind: 'end'; readonly level: number };

export interface HistoryEvent {
  /** Of the journal, as it was called. */
  readonly before: number;
  /** Of its record; undefined if it left none. */
  readonly position: number | undefined;
  readonly database?: string;
  readonly effect?: Effect;
  /** Whether the record brings the effect about again. */
  readonly isRedone?: boolean;
  readonly sequence?: number;
  readonly transaction?: { readonly number: number; readonly step: Step };
}

interface ChainItem {
  /** Of a TSTART inside. */
  readonly start: number | undefined;
  readonly units: Unit[];
}

/** A transaction that is open. */
export class ModelTransaction {
  level = 1;
  readonly #chain: ChainItem[] = [];

  take(step: Step): void {
    switch (step.kind) {
      case 'begin':
        return;
      case 'level':
        this.level = step.level;
        this.#chain.push({ start: step.isStart ? step.level : undefined, units: [] });
        return;
      case 'change':
        this.#chain.push({ start: undefined, units: [...step.units] });
        return;
      case 'undo':
        this.#popEmpty();
        this.#chain.at(-1)?.units.pop();
        return;
      case 'end': {
        this.level = step.level;
        const start = this.#chain.findLastIndex((item) => item.start === step.level + 1);
        if (start >= 0) this.#chain.splice(start);
      }
    }
  }

  /** What is undone next; undefined where nothing is left, down to a level. */
  newest(level: number): Unit | undefined {
    for (const { start, units } of [...this.#chain].reverse()) {
      if (units.length > 0) return units.at(-1);
      if (start === level + 1) return undefined;
    }
    return undefined;
  }

  #popEmpty(): void {
    while (this.#chain.at(-1)?.units.length === 0) this.#chain.pop();
  }
}

export function applyEffect(nodes: Nodes, effect: Effect): void {
  if (effect.kind === 'set') nodes.set(effect.key, effect.value);
  else
    for (const key of [...nodes.keys()])
      if (key >= effect.from && (effect.to === undefined || key < effect.to)) nodes.delete(key);
}

/** A.2.4: what restores a unit, or undefined where somebody has changed the node since. */
export function restoringEffect(nodes: Nodes, { key, made, old }: Unit): Effect | undefined {
  if (nodes.get(key) !== made) return undefined;
  if (old !== undefined) return { kind: 'set', key, value: old };
  return made === undefined ? undefined : { kind: 'remove', from: key, to: `${key}\0` };
}

/** What a change of a transaction changes, node by node, ascending. */
export function unitsOf(database: string, nodes: Nodes, effect: Effect): Unit[] {
  if (effect.kind === 'set')
    return [{ database, key: effect.key, made: effect.value, old: nodes.get(effect.key) }];
  const { from, to } = effect;
  return [...nodes]
    .filter(([key]) => key >= from && (to === undefined || key < to))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, old]) => ({ database, key, made: undefined, old }));
}

export class History {
  readonly databases: readonly string[];
  readonly events: HistoryEvent[] = [];
  readonly live: State;
  readonly transactions = new Map<number, ModelTransaction>();
  readonly #start: State;

  /** Begins with what a recovery left, in which no transaction is open. */
  constructor(databases: readonly string[], start: State) {
    this.databases = databases;
    this.#start = start;
    this.live = copy(start);
  }

  nodes(database: string): Nodes {
    return nodesOf(this.live, database);
  }

  add(event: HistoryEvent): void {
    this.events.push(event);
    const { database, effect, transaction } = event;
    if (database !== undefined && effect !== undefined) applyEffect(this.nodes(database), effect);
    if (transaction !== undefined) step(this.transactions, transaction);
  }

  /**
   * What must be there after a crash: `end` is how far the journal could be read, `stored` where each page store is,
   * if it is anywhere. Transactions that are open then are undone, the oldest first.
   */
  recovered(end: number, stored: ReadonlyMap<string, number>): State {
    const state = copy(this.#start);
    const open = new Map<number, ModelTransaction>();
    for (const event of this.events) {
      const { database, effect, transaction } = event;
      const isRead = event.position !== undefined && event.position <= end;
      if (database !== undefined && effect !== undefined) {
        const isStored = event.before < (stored.get(database) ?? 0);
        if (isStored || (isRead && event.isRedone === true))
          applyEffect(nodesOf(state, database), effect);
      }
      if (isRead && transaction !== undefined) step(open, transaction);
    }
    for (const transaction of open.values()) undoAll(state, transaction);
    return state;
  }

  /** The highest sequence number of the session among what the journal had. */
  lastSequence(end: number): number {
    const sequences = this.events.map(({ position, sequence = 0 }) =>
      position !== undefined && position <= end ? sequence : 0,
    );
    return Math.max(0, ...sequences);
  }
}

function undoAll(state: State, transaction: ModelTransaction): void {
  for (let unit = transaction.newest(0); unit !== undefined; unit = transaction.newest(0)) {
    const nodes = nodesOf(state, unit.database);
    const effect = restoringEffect(nodes, unit);
    if (effect !== undefined) applyEffect(nodes, effect);
    transaction.take({ kind: 'undo' });
  }
}

function step(
  open: Map<number, ModelTransaction>,
  { number, step: made }: NonNullable<HistoryEvent['transaction']>,
): void {
  if (made.kind === 'begin') open.set(number, new ModelTransaction());
  else if (made.kind === 'end' && made.level === 0) open.delete(number);
  else open.get(number)?.take(made);
}

function nodesOf(state: State, database: string): Nodes {
  const known = state.get(database);
  if (known !== undefined) return known;
  const nodes: Nodes = new Map();
  state.set(database, nodes);
  return nodes;
}

export function copy(state: State): State {
  return new Map([...state].map(([name, nodes]) => [name, new Map(nodes)]));
}

export function keyText(key: Uint8Array): string {
  return String.fromCharCode(...key);
}

/** As lists in order, to be compared and printed. */
export function listed(state: State): Record<string, readonly (readonly [string, string])[]> {
  const compare = (a: string, b: string): number => compareBytes(bytes(a), bytes(b));
  return Object.fromEntries(
    [...state]
      .filter(([, nodes]) => nodes.size > 0)
      .map(([name, nodes]) => [name, [...nodes].sort(([a], [b]) => compare(a, b))]),
  );
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
