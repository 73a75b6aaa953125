/**
 * Changes of this app server to one remote database that the data server has not acknowledged yet: reads
 * merge them over the cache, so that every job here reads its own writes and its neighbours' (A.1.1).
 *
 * A point is the newest pending SET or ZKILL of a node; a kill covers a subtree; an unknown covers a node or
 * subtree whose content only the data server's answer will tell ($INCREMENT, MERGE): reads there wait.
 * A kill removes the points that it covers, so a point is always newer than any kill around it.
 *
 * The overlay is apart from the cache: invalidations and flushes never touch it (rule R8). An entry goes
 * with the acknowledgement of the change that made it, and only if no newer one replaced it.
 *
 * Points are sorted when a read first needs them: a program that only writes pays for none of that. Until
 * then they wait in the order of their changes, which is also that of the acknowledgements.
 * Invariant: a waiting point is newer than every sorted one and every kill.
 */
import { compareBytes, successor } from '../../base/bytes.ts';
import { KeyMap } from '../../base/key-map.ts';
import { subscriptEnd, subscriptsStart, subtreeEnd } from '../../globals/key.ts';

/** What identifies the change behind an entry: compared by identity. */
export type ChangeToken = object;

interface Point {
  /** Undefined: the node's value was removed. */
  readonly value: Uint8Array | undefined;
  readonly token: ChangeToken;
}

/** What the overlay says of a node. */
export type OverlayAnswer =
  | { readonly kind: 'silent' }
  | { readonly kind: 'value'; readonly value: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly token: ChangeToken };

const SILENT: OverlayAnswer = { kind: 'silent' };
const ABSENT: OverlayAnswer = { kind: 'absent' };

interface WaitingPoint extends Point {
  readonly key: Uint8Array;
}

/** Settled points at the front of the waiting ones that are kept until they are cut off together. */
const SETTLED_KEPT_MAX = 1024;

export class Overlay {
  /** The sorted ones; to be read through `#points`. */
  readonly #sorted = new KeyMap<Point>();
  /** Those from `#waitingFrom` on count. */
  #waiting: WaitingPoint[] = [];
  #waitingFrom = 0;
  /** By the key whose subtree is killed. */
  readonly #kills = new KeyMap<ChangeToken>();
  readonly #unknown = new KeyMap<ChangeToken>();

  get isEmpty(): boolean {
    return (
      this.#waitingFrom === this.#waiting.length &&
      this.#sorted.size === 0 &&
      this.#kills.size === 0 &&
      this.#unknown.size === 0
    );
  }

  /** All points, sorted. */
  get #points(): KeyMap<Point> {
    if (this.#waitingFrom < this.#waiting.length) {
      for (let i = this.#waitingFrom; i < this.#waiting.length; i++) {
        const point = this.#waiting[i] as WaitingPoint;
        this.#sorted.set(point.key, point);
      }
      this.#forgetWaiting();
    }
    return this.#sorted;
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#waitingFrom = 0;
  }

  set(key: Uint8Array, value: Uint8Array | undefined, token: ChangeToken): void {
    this.#waiting.push({ key, value, token });
  }

  kill(key: Uint8Array, token: ChangeToken): void {
    const end = subtreeEnd(key);
    for (
      let point = this.#points.ceiling(key);
      point !== undefined && compareBytes(point[0], end) < 0;
    ) {
      this.#points.delete(point[0]);
      point = this.#points.ceiling(key);
    }
    this.#kills.set(key, token);
  }

  /** From here to the answer, reads at and below `key` wait. */
  await(key: Uint8Array, token: ChangeToken): void {
    this.#unknown.set(key, token);
  }

  /** The change is acknowledged (or failed): its entry goes, unless a newer change took its place. */
  settle(key: Uint8Array, token: ChangeToken): void {
    if (this.#settleWaiting(token)) return;
    // Sorted before, or settled out of turn.
    if (this.#sorted.get(key)?.token === token || this.#points.get(key)?.token === token)
      this.#sorted.delete(key);
    if (this.#kills.size > 0 && this.#kills.get(key) === token) this.#kills.delete(key);
    if (this.#unknown.size > 0 && this.#unknown.get(key) === token) this.#unknown.delete(key);
  }

  /** Drops the oldest waiting point, if it is this change's. */
  #settleWaiting(token: ChangeToken): boolean {
    if (this.#waiting[this.#waitingFrom]?.token !== token) return false;
    this.#waitingFrom++;
    if (this.#waitingFrom === this.#waiting.length) {
      this.#forgetWaiting();
    } else if (
      this.#waitingFrom > SETTLED_KEPT_MAX &&
      this.#waitingFrom * 2 > this.#waiting.length
    ) {
      this.#waiting.splice(0, this.#waitingFrom);
      this.#waitingFrom = 0;
    }
    return true;
  }

  clear(): void {
    this.#forgetWaiting();
    this.#sorted.clear();
    this.#kills.clear();
    this.#unknown.clear();
  }

  /** What is pending for this node. */
  at(key: Uint8Array): OverlayAnswer {
    if (this.#unknown.size > 0) {
      const token = this.#covering(this.#unknown, key);
      if (token !== undefined) return { kind: 'unknown', token };
    }
    const point = this.#points.get(key);
    if (point !== undefined)
      return point.value === undefined ? ABSENT : { kind: 'value', value: point.value };
    return this.killAround(key) === undefined ? SILENT : ABSENT;
  }

  /** The outermost pending kill around the node: the key whose subtree it kills. */
  killAround(key: Uint8Array): Uint8Array | undefined {
    if (this.#kills.size === 0) return undefined;
    for (const length of keyBoundaries(key)) {
      const ancestor = key.subarray(0, length);
      if (this.#kills.get(ancestor) !== undefined) return ancestor;
    }
    return undefined;
  }

  #covering(map: KeyMap<ChangeToken>, key: Uint8Array): ChangeToken | undefined {
    for (const length of keyBoundaries(key)) {
      const token = map.get(key.subarray(0, length));
      if (token !== undefined) return token;
    }
    return undefined;
  }

  /** Any part of [from, to) whose content is unknown until an answer comes. */
  unknownIn(from: Uint8Array, to: Uint8Array | undefined): ChangeToken | undefined {
    if (this.#unknown.size === 0) return undefined;
    const around = this.#covering(this.#unknown, from);
    if (around !== undefined) return around;
    const inside = this.#unknown.ceiling(from);
    return inside !== undefined && (to === undefined || compareBytes(inside[0], to) < 0)
      ? inside[1]
      : undefined;
  }

  /** The first pending node with a value in [from, to). */
  valueAtOrAfter(from: Uint8Array, to: Uint8Array | undefined): Uint8Array | undefined {
    let point = this.#points.ceiling(from);
    while (point !== undefined && (to === undefined || compareBytes(point[0], to) < 0)) {
      if (point[1].value !== undefined) return point[0];
      point = this.#points.ceiling(successor(point[0]));
    }
    return undefined;
  }

  /** The last pending node with a value in [from, below). */
  valueBelow(below: Uint8Array, from: Uint8Array): Uint8Array | undefined {
    let point = this.#points.below(below);
    while (point !== undefined && compareBytes(point[0], from) >= 0) {
      if (point[1].value !== undefined) return point[0];
      point = this.#points.below(point[0]);
    }
    return undefined;
  }
}

/** Lengths of the key's ancestors and of itself, ascending: the global, then one subscript more each. */
function* keyBoundaries(key: Uint8Array): IterableIterator<number> {
  let at = subscriptsStart(key);
  yield at;
  while (at < key.length) yield (at = subscriptEnd(key, at));
}
