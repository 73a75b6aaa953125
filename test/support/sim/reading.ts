/** How jobs read: what a read went through, and what its answer says of which nodes. */
import { successor, textOf } from '../../../server/base/bytes.ts';
import { SnapshotReader } from '../../../server/ecp/app-server/remote-reader.ts';
import { MISS, type NodeReader } from '../../../server/globals/navigation.ts';
import type { Held } from './history-schema.ts';
import type { History } from './history.ts';
import { nameOf, pathOf } from './key-space.ts';

/** Nodes that one scan looks at, at most. */
export const SCAN_STEPS_MAX = 4;

/** What a read went through before it had its answer. */
export class ReadCourse {
  readonly #history: History;
  /** A block was fetched. */
  waited = false;
  /** The event at which the data server's own answer came. */
  asOf: number | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  missed(reader: NodeReader): void {
    const { missed } = reader as { missed?: { readonly kind: string } };
    if (missed?.kind === 'block') this.waited = true;
    if (reader instanceof SnapshotReader) this.asOf ??= this.#history.events.length;
    else this.asOf = undefined;
  }
}

export interface Walk {
  readonly nodes: readonly (readonly [path: string, name: string])[];
  /** Whether the end of the subtree was reached. */
  readonly isWhole: boolean;
}

export function walk(
  reader: NodeReader,
  start: Uint8Array,
  end: Uint8Array,
  reverse: boolean,
): Walk | typeof MISS {
  const nodes: [string, string][] = [];
  let from = start;
  let to = end;
  while (nodes.length < SCAN_STEPS_MAX) {
    const key = reverse ? reader.below(to, from) : reader.ceiling(from, to);
    if (key === MISS) return MISS;
    if (key === undefined) return { nodes, isWhole: true };
    const own = key.slice();
    const value = reader.get(own);
    if (value === MISS) return MISS;
    nodes.push([pathOf(own), value === undefined ? 'nothing' : nameOf(textOf(value))]);
    if (reverse) to = own;
    else from = successor(own);
  }
  return { nodes, isWhole: false };
}

/** What a walk says of every member of the group: found nodes hold a value, those passed over hold none. */
export function proved(
  members: readonly string[],
  { nodes, isWhole }: Walk,
  reverse: boolean,
): (readonly [string, Held])[] {
  const found = new Map(nodes);
  const order = reverse ? [...members].reverse() : members;
  const last = nodes.at(-1)?.[0];
  const stop = isWhole || last === undefined ? order.length : order.indexOf(last) + 1;
  const seen: (readonly [string, Held])[] = order
    .slice(0, stop)
    .map((path) => [path, found.get(path) ?? null]);
  // A node that nobody could have set.
  for (const [path, name] of nodes) if (!members.includes(path)) seen.push([path, name]);
  return seen;
}
