/**
 * The index of an encrypted database: an ordered tree from lows to the seals of their pages. Lows hold users'
 * subscripts, so they rest only inside its nodes, which are encrypted as pages are.
 *
 * Nodes never change and never share a name: an update seals others on the way from the changed lows to the root, and
 * says which nodes and pages are no longer reached. So a reader that begins at a root sees one state, and what was
 * swapped with another page, or with what it was before, is reached from no root.
 */
import { compareBytes, equalBytes } from '../../base/bytes.ts';
import {
  type IndexEntry,
  type IndexNode,
  encodeNode,
  NODE_BYTES_MAX,
  NodeSize,
} from './index-node.ts';
import type { Seal } from './sealer.ts';

/** A node that became smaller looks for a neighbour; together they fill at most 3/4. */
const JOIN_BELOW = NODE_BYTES_MAX / 4;
const JOINED_BYTES_MAX = (NODE_BYTES_MAX * 3) / 4;

export interface IndexRoot {
  readonly seal: Seal;
  readonly level: number;
}

export interface IndexPorts {
  /** A node, decrypted. EcpError DAMAGED. */
  read(seal: Seal): IndexNode;
  /** Names an encoded node and keeps it for the commit. */
  write(bytes: Uint8Array): Seal;
}

export interface KeyRange {
  readonly from: Uint8Array;
  readonly to: Uint8Array | undefined;
}

export interface IndexChanges {
  /** Go first, in any order. */
  readonly removed: readonly KeyRange[];
  /** Ascending, each low once. */
  readonly puts: readonly IndexEntry[];
}

export interface IndexUpdate {
  /** Undefined if no page is left. */
  readonly root: IndexRoot | undefined;
  readonly freedPages: readonly Seal[];
  readonly freedNodes: readonly Seal[];
  /** Pages there are more than before. */
  readonly gained: number;
}

/** The entry with the greatest low < `key`, or ≤ it if `isInclusive`, or of all if there is no key. */
export function findEntry(
  read: IndexPorts['read'],
  root: IndexRoot | undefined,
  key: Uint8Array | undefined,
  isInclusive: boolean,
): IndexEntry | undefined {
  if (root === undefined) return undefined;
  let { seal } = root;
  for (;;) {
    const node = read(seal);
    const i = node.position(key, isInclusive) - 1;
    if (i < 0) return undefined;
    if (node.level === 0) return node.entryAt(i);
    seal = node.sealAt(i);
  }
}

export function updateIndex(
  ports: IndexPorts,
  root: IndexRoot | undefined,
  changes: IndexChanges,
): IndexUpdate {
  return new Update(ports).run(root, { ...changes, removed: disjoint(changes.removed) });
}

/** The same keys in ranges that ascend and do not touch. */
function disjoint(ranges: readonly KeyRange[]): readonly KeyRange[] {
  const result: KeyRange[] = [];
  for (const range of [...ranges].sort((a, b) => compareBytes(a.from, b.from))) {
    const last = result.at(-1);
    if (last === undefined || (last.to !== undefined && compareBytes(last.to, range.from) < 0)) {
      result.push(range);
    } else if (last.to !== undefined) {
      const isLonger = range.to === undefined || compareBytes(range.to, last.to) > 0;
      if (isLonger) result[result.length - 1] = { from: last.from, to: range.to };
    }
  }
  return result;
}

/** What is to become of a child: it stays, or there are these entries in its place. */
type Item = { readonly kept: IndexEntry } | { readonly entries: readonly IndexEntry[] };

/** The keys that a node is responsible for: from its low, or the beginning of all. */
interface Scope {
  readonly from: Uint8Array | undefined;
  readonly to: Uint8Array | undefined;
}

class Update {
  readonly #ports: IndexPorts;
  readonly #freedPages: Seal[] = [];
  readonly #freedNodes: Seal[] = [];
  #gained = 0;

  constructor(ports: IndexPorts) {
    this.#ports = ports;
  }

  run(root: IndexRoot | undefined, changes: IndexChanges): IndexUpdate {
    let level = root?.level ?? 0;
    let entries: readonly IndexEntry[];
    if (root === undefined) {
      entries = this.#leaf([], changes);
    } else {
      this.#freedNodes.push(root.seal);
      const everything = { from: undefined, to: undefined };
      entries = this.#changed(this.#ports.read(root.seal), changes, everything);
    }
    // A root that overflows gets one above it; one that names a single node is not needed.
    while (NodeSize.of(entries) > NODE_BYTES_MAX) entries = this.#write(level++, entries, true);
    const [only] = entries;
    let next: IndexRoot | undefined;
    if (only !== undefined && entries.length === 1 && level > 0)
      next = this.#lowest({ seal: only.seal, level: level - 1 });
    else if (only !== undefined) next = { seal: this.#seal(level, entries), level };
    return {
      root: next,
      freedPages: this.#freedPages,
      freedNodes: this.#freedNodes,
      gained: this.#gained,
    };
  }

  /** The root below which there is more than one way to go. */
  #lowest(root: IndexRoot): IndexRoot {
    let { seal, level } = root;
    while (level > 0) {
      const node = this.#ports.read(seal);
      if (node.count > 1) break;
      this.#freedNodes.push(seal);
      seal = node.sealAt(0);
      level--;
    }
    return { seal, level };
  }

  /** What a node's entries become. */
  #changed(node: IndexNode, changes: IndexChanges, scope: Scope): readonly IndexEntry[] {
    if (node.level === 0) return this.#leaf(node.entries(), changes);
    const items: Item[] = [];
    for (let i = 0; i < node.count; i++) {
      const kept = node.entryAt(i);
      const inner = {
        from: i === 0 ? scope.from : kept.low,
        to: i + 1 < node.count ? node.lowAt(i + 1) : scope.to,
      };
      const own = within(changes, inner);
      if (own.puts.length === 0 && own.removed.length === 0) {
        items.push({ kept });
        continue;
      }
      this.#freedNodes.push(kept.seal);
      const entries = this.#changed(this.#ports.read(kept.seal), own, inner);
      if (entries.length > 0) items.push({ entries });
    }
    const isRightmost = scope.to === undefined;
    return this.#joined(items).flatMap((item, i, all) => {
      if ('kept' in item) return item.kept;
      return this.#write(node.level - 1, item.entries, isRightmost && i === all.length - 1);
    });
  }

  #leaf(entries: readonly IndexEntry[], { removed, puts }: IndexChanges): IndexEntry[] {
    const result: IndexEntry[] = [];
    let next = 0;
    const take = (until: Uint8Array | undefined): void => {
      for (;;) {
        const put = puts[next];
        if (put === undefined) return;
        if (until !== undefined && compareBytes(put.low, until) >= 0) return;
        result.push(put);
        this.#gained++;
        next++;
      }
    };
    for (const entry of entries) {
      take(entry.low);
      const put = puts[next];
      const isReplaced = put !== undefined && equalBytes(put.low, entry.low);
      if (!isReplaced && !removed.some((range) => isIn(range, entry.low))) {
        result.push(entry);
        continue;
      }
      this.#freedPages.push(entry.seal);
      this.#gained--;
    }
    take(undefined);
    return result;
  }

  /** Small nodes and their neighbours become one. */
  #joined(items: readonly Item[]): Item[] {
    const joined: Item[] = [];
    for (const item of items) {
      const before = joined.at(-1);
      const one = before === undefined ? undefined : this.#join(before, item);
      if (one === undefined) {
        joined.push(item);
      } else {
        joined[joined.length - 1] = one;
      }
    }
    return joined;
  }

  #join(left: Item, right: Item): Item | undefined {
    const isSmall = (item: Item): boolean =>
      'entries' in item && NodeSize.of(item.entries) < JOIN_BELOW;
    if (!isSmall(left) && !isSmall(right)) return undefined;
    const entries = [...this.#entriesOf(left), ...this.#entriesOf(right)];
    if (NodeSize.of(entries) > JOINED_BYTES_MAX) return undefined;
    for (const item of [left, right]) if ('kept' in item) this.#freedNodes.push(item.kept.seal);
    return { entries };
  }

  #entriesOf(item: Item): readonly IndexEntry[] {
    return 'kept' in item ? this.#ports.read(item.kept.seal).entries() : item.entries;
  }

  /** Seals as many nodes as the entries take; what names them. */
  #write(level: number, entries: readonly IndexEntry[], isRightmost: boolean): IndexEntry[] {
    const parts = isRightmost ? fullParts(entries) : evenParts(entries);
    return parts.flatMap((part) => {
      const [first] = part;
      return first === undefined ? [] : { low: first.low, seal: this.#seal(level, part) };
    });
  }

  #seal(level: number, entries: readonly IndexEntry[]): Seal {
    return this.#ports.write(encodeNode(level, entries));
  }
}

/** Lows that come in order leave full nodes behind. */
function fullParts(entries: readonly IndexEntry[]): IndexEntry[][] {
  const parts: IndexEntry[][] = [];
  let part: IndexEntry[] = [];
  let size = new NodeSize();
  for (const entry of entries) {
    if (size.add(entry).bytes > NODE_BYTES_MAX) {
      parts.push(part);
      part = [];
      size = new NodeSize().add(entry);
    }
    part.push(entry);
  }
  parts.push(part);
  return parts;
}

/** Halves, until they fit: elsewhere the next low may come anywhere. */
function evenParts(entries: readonly IndexEntry[]): (readonly IndexEntry[])[] {
  if (NodeSize.of(entries) <= NODE_BYTES_MAX) return [entries];
  const middle = entries.length >>> 1;
  return [...evenParts(entries.slice(0, middle)), ...evenParts(entries.slice(middle))];
}

/** The changes of a node: of the keys that it is responsible for. */
function within({ removed, puts }: IndexChanges, { from, to }: Scope): IndexChanges {
  const below =
    (key: Uint8Array) =>
    ({ low }: IndexEntry): boolean =>
      compareBytes(low, key) < 0;
  const beginsBelow =
    (key: Uint8Array) =>
    (range: KeyRange): boolean =>
      compareBytes(range.from, key) < 0;
  const endsUpTo =
    (key: Uint8Array) =>
    (range: KeyRange): boolean =>
      range.to !== undefined && compareBytes(range.to, key) <= 0;
  return {
    puts: puts.slice(
      from === undefined ? 0 : countWhile(puts, below(from)),
      to === undefined ? puts.length : countWhile(puts, below(to)),
    ),
    removed: removed.slice(
      from === undefined ? 0 : countWhile(removed, endsUpTo(from)),
      to === undefined ? removed.length : countWhile(removed, beginsBelow(to)),
    ),
  };
}

/** How many items at the beginning have a property that no later one has. */
function countWhile<T>(items: readonly T[], has: (item: T) => boolean): number {
  let first = 0;
  let last = items.length;
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (has(items[middle] as T)) first = middle + 1;
    else last = middle;
  }
  return first;
}

function isIn({ from, to }: KeyRange, key: Uint8Array): boolean {
  return compareBytes(key, from) >= 0 && (to === undefined || compareBytes(key, to) < 0);
}
