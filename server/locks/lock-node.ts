/**
 * The tree of lock names, each level a node: who holds what there, and how much is held and wanted below. There are
 * nodes only on the ways to names that are held or waited for.
 *
 * Invariants
 * - `exclusive` and `shared` count the holds at and below a node, by what others meet; `wanted` the waits there.
 * - `sole` is the owner of all these holds while there is only one: most questions end there without a walk.
 */
import type { LockMode, LockOwner, LockRequest } from './lock-request.ts';

export type Counts = Record<LockMode, number>;

/** One entry of the lock table: what one owner holds of one name. */
export interface Hold {
  readonly owner: LockOwner;
  readonly node: LockNode;
  /** Since when, on the clock's wall; of several counts, the first. */
  readonly sinceMs: number;
  /** How often it was locked and not unlocked, by mode. */
  exclusive: number;
  shared: number;
  /** Counts of escalated locks below, which it stands for. Most holds have none. */
  escalated: Counts | undefined;
  /** Whether all that it holds was asked for as escalating. */
  isEscalating: boolean;
  /** Another owner's, of the same name. */
  next: Hold | undefined;
}

/** In place of the sole owner where there are several. */
const SEVERAL = Symbol('several owners');

export class LockNode {
  readonly parent: LockNode | undefined;
  readonly step: string;
  /** Most nodes have one child at most: a Map would be most of their memory. */
  #children: LockNode | Map<string, LockNode> | undefined;
  holds: Hold | undefined;
  /** Requests that wait for this name, in the order of their coming. */
  queue: LockRequest[] | undefined;
  exclusive = 0;
  shared = 0;
  wanted = 0;
  #sole: LockOwner | typeof SEVERAL | undefined;

  constructor(parent: LockNode | undefined, step: string) {
    this.parent = parent;
    this.step = step;
  }

  /** The node of a step below. */
  child(step: string): LockNode | undefined {
    const children = this.#children;
    if (children instanceof LockNode) return children.step === step ? children : undefined;
    return children?.get(step);
  }

  /** The same, made if need be. */
  childFor(step: string): LockNode {
    const known = this.child(step);
    if (known !== undefined) return known;
    const child = new LockNode(this, step);
    if (this.#children === undefined) this.#children = child;
    else {
      if (this.#children instanceof LockNode)
        this.#children = new Map([[this.#children.step, this.#children]]);
      this.#children.set(step, child);
    }
    return child;
  }

  *children(): IterableIterator<LockNode> {
    if (this.#children instanceof LockNode) yield this.#children;
    else if (this.#children !== undefined) yield* this.#children.values();
  }

  #removeChild(child: LockNode): void {
    if (this.#children === child) this.#children = undefined;
    else if (this.#children instanceof Map) {
      this.#children.delete(child.step);
      if (this.#children.size === 0) this.#children = undefined;
    }
  }

  /** This node, and those above it up to the root. */
  *upwards(): IterableIterator<LockNode> {
    yield this;
    for (let node = this.parent; node !== undefined; node = node.parent) yield node;
  }

  holdOf(owner: LockOwner): Hold | undefined {
    let hold = this.holds;
    while (hold !== undefined && hold.owner !== owner) hold = hold.next;
    return hold;
  }

  /** Counts a hold of `owner` in or out (`by` 1 or −1), here and above. */
  count(owner: LockOwner, mode: LockMode, by: 1 | -1): void {
    this.#countHere(owner, mode, by);
    for (let node = this.parent; node !== undefined; node = node.parent)
      node.#countHere(owner, mode, by);
  }

  #countHere(owner: LockOwner, mode: LockMode, by: 1 | -1): void {
    this[mode] += by;
    const holds = this.exclusive + this.shared;
    if (holds === 0) this.#sole = undefined;
    else if (by > 0 && this.#sole !== owner) this.#sole = holds === 1 ? owner : SEVERAL;
  }

  enqueue(request: LockRequest): void {
    (this.queue ??= []).push(request);
    for (const node of this.upwards()) node.wanted++;
  }

  dequeue(request: LockRequest): void {
    const at = this.queue?.indexOf(request) ?? -1;
    if (at < 0) return;
    this.queue?.splice(at, 1);
    if (this.queue?.length === 0) this.queue = undefined;
    for (const node of this.upwards()) node.wanted--;
  }

  /** Forgets nodes that nothing needs, from here upwards. */
  prune(): void {
    for (const node of this.upwards()) {
      if (node.parent === undefined || !node.#isEmpty()) return;
      node.parent.#removeChild(node);
    }
  }

  #isEmpty(): boolean {
    return this.holds === undefined && this.queue === undefined && this.#children === undefined;
  }

  /**
   * Calls `visit` with the holds of others that keep `owner` from having this name: here, above and below. Ends with
   * true as soon as `visit` does.
   */
  someBlocker(owner: LockOwner, mode: LockMode, visit: (hold: Hold) => boolean): boolean {
    for (let node = this.parent; node !== undefined; node = node.parent)
      if (node.#someHere(owner, mode, visit)) return true;
    return this.#someBelow(owner, mode, visit);
  }

  #someHere(owner: LockOwner, mode: LockMode, visit: (hold: Hold) => boolean): boolean {
    for (let hold = this.holds; hold !== undefined; hold = hold.next)
      if (hold.owner !== owner && conflicts(mode, modeOf(hold)) && visit(hold)) return true;
    return false;
  }

  #someBelow(owner: LockOwner, mode: LockMode, visit: (hold: Hold) => boolean): boolean {
    if (this.exclusive + (mode === 'exclusive' ? this.shared : 0) === 0) return false;
    if (this.#sole === owner) return false;
    if (this.#someHere(owner, mode, visit)) return true;
    for (const child of this.children()) if (child.#someBelow(owner, mode, visit)) return true;
    return false;
  }

  /** The same for requests of others that came before `order` and wait for what conflicts with this name. */
  someWaiter(
    owner: LockOwner,
    mode: LockMode,
    order: number,
    visit: (request: LockRequest) => boolean,
  ): boolean {
    const isEarlier = (request: LockRequest, at: LockNode): boolean =>
      request.order < order &&
      request.owner !== owner &&
      request.wants.some((want) => want.node === at && conflicts(mode, want.mode)) &&
      visit(request);
    for (let node = this.parent; node !== undefined; node = node.parent) {
      const at = node;
      if (at.queue?.some((request) => isEarlier(request, at)) === true) return true;
    }
    return this.#someWaiting(isEarlier);
  }

  /** Calls with every request that waits here or below, until one answers true. */
  #someWaiting(visit: (request: LockRequest, at: LockNode) => boolean): boolean {
    if (this.wanted === 0) return false;
    if (this.queue?.some((request) => visit(request, this)) === true) return true;
    for (const child of this.children()) if (child.#someWaiting(visit)) return true;
    return false;
  }

  /** Adds every request that waits here, above or below. */
  collectWaiters(into: Set<LockRequest>): void {
    for (let node = this.parent; node !== undefined; node = node.parent)
      for (const request of node.queue ?? []) into.add(request);
    this.#someWaiting((request) => {
      into.add(request);
      return false;
    });
  }

  /** The steps that lead here from the root. */
  steps(): string[] {
    const steps: string[] = [];
    for (const node of this.upwards()) if (node.parent !== undefined) steps.unshift(node.step);
    return steps;
  }
}

function conflicts(one: LockMode, other: LockMode): boolean {
  return one === 'exclusive' || other === 'exclusive';
}

/** What others meet. */
export function modeOf({ exclusive, escalated }: Hold): LockMode {
  return exclusive > 0 || (escalated?.exclusive ?? 0) > 0 ? 'exclusive' : 'shared';
}

export function isHeld({ exclusive, shared, escalated }: Hold): boolean {
  return exclusive + shared + sum(escalated) > 0;
}

export function sum(counts: Counts | undefined): number {
  return counts === undefined ? 0 : counts.exclusive + counts.shared;
}

/** Adds to counts that are made when there is something to count. */
export function add(counts: Counts | undefined, mode: LockMode, by: number): Counts | undefined {
  const sums = counts ?? { exclusive: 0, shared: 0 };
  sums[mode] += by;
  return sum(sums) === 0 ? undefined : sums;
}
