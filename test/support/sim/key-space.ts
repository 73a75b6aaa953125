/**
 * The nodes that a run's jobs work on: few enough to meet, many enough for several blocks that split and merge.
 * Paths such as "A/3/7" stand for ^A(3,7).
 */
import { decodeKey, encodeKey } from '../../../server/globals/key.ts';
import { textOf } from '../../../server/base/bytes.ts';
import { DatabaseReader } from '../../../server/storage/database-reader.ts';
import type { StorageEngine } from '../../../server/storage/engine.ts';
import { successor } from '../../../server/base/bytes.ts';

export class KeySpace {
  readonly groups: number;
  /** ^A(group,i), and ^A(group) itself. */
  readonly nodes: readonly string[];
  readonly counters: readonly string[];
  /** ^G(group,i): changed under locks only. */
  readonly guarded: readonly string[];
  readonly guardedGroups: number;
  readonly guardedPerGroup: number;

  constructor(size: {
    readonly groups: number;
    readonly perGroup: number;
    readonly counters: number;
    readonly guardedGroups: number;
    readonly guardedPerGroup: number;
  }) {
    this.groups = size.groups;
    this.guardedGroups = size.guardedGroups;
    this.guardedPerGroup = size.guardedPerGroup;
    const indexes = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
    this.guarded = indexes(size.guardedGroups).flatMap((group) =>
      indexes(size.guardedPerGroup).map((i) => `G/${group}/${i}`),
    );
    const nodes: string[] = [];
    for (let group = 0; group < size.groups; group++) {
      nodes.push(`A/${group}`);
      for (let i = 0; i < size.perGroup; i++) nodes.push(`A/${group}/${i}`);
    }
    this.nodes = nodes;
    this.counters = Array.from({ length: size.counters }, (_, i) => `C/${i}`);
  }

  get all(): readonly string[] {
    return [...this.nodes, ...this.counters, ...this.guarded];
  }
}

export function keyOf(path: string): Uint8Array {
  const [global, ...subscripts] = path.split('/') as [string, ...string[]];
  return encodeKey(global, subscripts.map(Number));
}

export function pathOf(key: Uint8Array): string {
  const { global, subscripts } = decodeKey(key);
  return [global, ...subscripts.map(String)].join('/');
}

/**
 * A value says who wrote it, and all its bytes follow from that: `job.n:length:padding`. Returned as read back:
 * the name, or what is wrong.
 */
export function valueOf(name: string, length: number): string {
  return `${name}:${length}:`.padEnd(length, name);
}

export function nameOf(value: string): string {
  const [name, length] = value.split(':', 2);
  // Counters hold a number.
  if (name === undefined || length === undefined) return value;
  return value === valueOf(name, Number(length)) ? name : `damaged ${value.slice(0, 40)}`;
}

/** Every node that a data server holds. */
export function contentOf(engine: StorageEngine): Record<string, string> {
  const content: Record<string, string> = {};
  const [database] = engine.databases;
  if (database === undefined) return content;
  const reader = new DatabaseReader(database);
  let key = reader.ceiling(new Uint8Array([0]), undefined);
  while (key !== undefined) {
    const value = database.get(key);
    content[pathOf(key)] = value === undefined ? 'nothing' : nameOf(textOf(value));
    key = reader.ceiling(successor(key), undefined);
  }
  return content;
}
