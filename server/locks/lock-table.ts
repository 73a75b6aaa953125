/**
 * The lock table of a data server: what LOCK and UNLOCK do, at once, and who is granted what in consequence. Pure: no
 * timers and no network; whoever waits with a limit cancels its request when the time is up.
 *
 * Rules
 * - A name is granted where nobody else holds it, an ancestor or a descendant in a mode that excludes it, and where
 *   nobody who came earlier waits for such a thing: no one is overtaken for ever. Who holds it, or what covers it,
 *   already, is not made to queue behind others who wait for that.
 * - Several names at once are granted all together or not at all, and keep their place in all queues meanwhile.
 * - Locks are counted: as many unlocks as locks let a name go. Locks of one job never exclude each other.
 * - The table is bounded, and so is each client's part of it: a greedy one hurts only itself (F-M5). Waits count.
 */
import { present } from '../base/assert.ts';
import { EcpError } from '../base/errors.ts';
import { type Escalation, escalate, escalatedHold, leaveEscalation } from './escalation.ts';
import { nameOf, stepsOf, type LockName } from './lock-name.ts';
import { add, type Hold, isHeld, LockNode, modeOf, sum } from './lock-node.ts';
import {
  LOCAL_CLIENT,
  type LockMode,
  LockOwner,
  type LockRequest,
  type Want,
  type WantedLock,
} from './lock-request.ts';

export interface LockLimits {
  /** Holds and waits together. */
  readonly entriesMax: number;
  /** Those of one client but the instance itself. */
  readonly entriesPerClient: number;
  /** Escalating locks of one job below one name, above which that name is locked in their stead. */
  readonly escalationThreshold: number;
}

export interface HeldLock {
  readonly owner: LockOwner;
  readonly name: LockName;
  readonly mode: LockMode;
  readonly count: number;
  /** Counts of shared locks among these. */
  readonly shared: number;
  /** Locks below that it stands for. */
  readonly escalated: number;
  readonly sinceMs: number;
}

/** A lock as its client knows it. */
export interface ClaimedLock {
  readonly owner: LockOwner;
  readonly name: LockName;
  readonly mode: LockMode;
  readonly count: number;
}

export class LockTable {
  readonly #root = new LockNode(undefined, '');
  readonly #owners = new Map<string, Map<number, LockOwner>>();
  /** Holds and waiting wants, by client and together. */
  readonly #entriesOf = new Map<string, number>();
  #entries = 0;
  #waiting = 0;
  #nextOrder = 1;
  #limits: LockLimits;
  readonly #wallMs: () => number;

  /** `wallMs` says what is noted of each lock: since when. */
  constructor(limits: LockLimits, wallMs: () => number) {
    this.#limits = limits;
    this.#wallMs = wallMs;
  }

  /** Other limits; what is held beyond them stays. */
  configure(limits: LockLimits): void {
    this.#limits = limits;
  }

  get limits(): LockLimits {
    return this.#limits;
  }

  /** Holds and waits. */
  get entries(): number {
    return this.#entries;
  }

  /** Names that are waited for; of a request of several, each. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Every client that has entries, and how many. */
  clients(): ReadonlyMap<string, number> {
    return this.#entriesOf;
  }

  entriesOf(client: string): number {
    return this.#entriesOf.get(client) ?? 0;
  }

  /** The one object of a job. */
  owner(client: string, job: number): LockOwner {
    let jobs = this.#owners.get(client);
    if (jobs === undefined) {
      jobs = new Map<number, LockOwner>();
      this.#owners.set(client, jobs);
    }
    let owner = jobs.get(job);
    if (owner === undefined) {
      owner = new LockOwner(client, job);
      jobs.set(job, owner);
    }
    return owner;
  }

  ownersOf(client: string): readonly LockOwner[] {
    return [...(this.#owners.get(client)?.values() ?? [])];
  }

  /**
   * Asks for locks. Granted at once, or waiting: then a later call returns it among those granted. EcpError
   * LOCKTABLEFULL, and nothing was changed.
   */
  lock(owner: LockOwner, wanted: readonly WantedLock[]): LockRequest {
    const wants = wanted.map(({ name, mode, isEscalating = false }): Want => ({
      node: this.#node(name),
      mode,
      isEscalating,
    }));
    const request: LockRequest = {
      owner,
      wants,
      order: this.#nextOrder++,
      sinceMs: this.#wallMs(),
      state: 'waiting',
    };
    const news = wants.filter(({ node }) => node.holdOf(owner) === undefined);
    this.#checkRoom(owner.client, news.length, wants);
    if (this.#isGrantable(request)) this.#grant(request);
    else {
      for (const { node } of wants) node.enqueue(request);
      this.#wait(request, 1);
    }
    return request;
  }

  /** A waiting request is not wanted any more. Returns who is granted something because of it. */
  cancel(request: LockRequest): readonly LockRequest[] {
    if (request.state !== 'waiting') return [];
    this.#leaveQueues(request);
    request.state = 'cancelled';
    return this.#serve(request.wants.map(({ node }) => node));
  }

  /** Lets go of one count of a lock. What is not held is left alone. Returns who is granted something. */
  unlock(owner: LockOwner, name: LockName, mode: LockMode): readonly LockRequest[] {
    const steps = stepsOf(name);
    const hold = this.#find(steps)?.holdOf(owner);
    if (hold === undefined || hold[mode] === 0) return this.#unlockEscalated(owner, steps, mode);
    return this.#changed(hold, () => {
      hold[mode]--;
    });
  }

  /** Lets go of all that a job holds. */
  unlockAll(owner: LockOwner): readonly LockRequest[] {
    const nodes: LockNode[] = [];
    for (const hold of [...owner.holds]) {
      this.#drop(hold, modeOf(hold));
      if (this.#root.wanted > 0) nodes.push(hold.node);
    }
    return this.#serve(nodes);
  }

  /** A job is gone, with its waits. */
  remove(owner: LockOwner): readonly LockRequest[] {
    const granted = [...owner.waiting].flatMap((request) => this.cancel(request));
    granted.push(...this.unlockAll(owner));
    this.#owners.get(owner.client)?.delete(owner.job);
    return granted.filter(({ owner: other }) => other !== owner);
  }

  /** A client is gone, with all its jobs. */
  removeClient(client: string): readonly LockRequest[] {
    const owners = this.ownersOf(client);
    const granted = owners.flatMap((owner) => this.remove(owner));
    this.#owners.delete(client);
    return granted.filter(({ owner }) => owner.client !== client);
  }

  /** Whether a job holds a name in a mode, by itself or by a name that was locked in its stead. */
  isHeld(owner: LockOwner, name: LockName, mode: LockMode): boolean {
    const steps = stepsOf(name);
    const hold = this.#find(steps)?.holdOf(owner);
    return (hold?.[mode] ?? 0) > 0 || this.#standIn(owner, steps, mode) !== undefined;
  }

  /**
   * Makes what a client holds exactly what it claims, in one step: what it does not claim is let go of, and goes to
   * nobody before all is claimed. Returns who is granted something then; or undefined where another client holds what is
   * claimed: its holds are a part of the claims then. Two of its own jobs may claim one name: one of them has unlocked it
   * since, which was lost here and is sent again.
   */
  replace(client: string, claims: readonly ClaimedLock[]): readonly LockRequest[] | undefined {
    const nodes: LockNode[] = [];
    for (const owner of this.ownersOf(client)) {
      for (const hold of [...owner.holds]) {
        nodes.push(hold.node);
        this.#drop(hold, modeOf(hold));
      }
    }
    for (const { owner, name, mode, count } of claims) {
      const node = this.#node(name);
      if (node.someBlocker(owner, mode, (hold) => hold.owner.client !== client)) {
        node.prune();
        return undefined;
      }
      for (let i = 0; i < count; i++) this.#take(owner, { node, mode, isEscalating: false });
    }
    return this.#serve(nodes);
  }

  /** What a job holds. */
  holdsOf(owner: LockOwner): readonly HeldLock[] {
    return [...owner.holds].map(describeHold);
  }

  /** Those who hold something, by client and job, from one on. */
  *holders(from: { readonly client: string; readonly job: number }): IterableIterator<LockOwner> {
    const clients = [...this.#owners.keys()].filter((client) => client >= from.client).sort();
    for (const client of clients) {
      const first = client === from.client ? from.job : 0;
      const owners = this.ownersOf(client).filter(
        ({ job, holds }) => job >= first && holds.size > 0,
      );
      yield* owners.sort((a, b) => a.job - b.job);
    }
  }

  /** Requests that wait and came after one, in their order; `max` of them. With `blockers`: the waits-for graph. */
  waits(after = 0, max = Infinity): readonly LockRequest[] {
    const all: LockRequest[] = [];
    for (const jobs of this.#owners.values())
      for (const { waiting } of jobs.values())
        for (const request of waiting) if (request.order > after) all.push(request);
    return all.sort((a, b) => a.order - b.order).slice(0, max);
  }

  /** The name that a wanted lock is on. */
  nameOf({ node }: Want): LockName {
    return present(nameOf(node.steps()), 'a wanted lock has a name');
  }

  /** Whom a waiting request waits for: who holds what it wants, and who waits for that before it; `max` of them. */
  blockers(request: LockRequest, max = Infinity): ReadonlySet<LockOwner> {
    const blockers = new Set<LockOwner>();
    const note = ({ owner }: { readonly owner: LockOwner }): boolean => {
      blockers.add(owner);
      return blockers.size >= max;
    };
    for (const { node, mode } of request.wants) {
      node.someBlocker(request.owner, mode, note);
      if (!isCovered(request.owner, node, mode))
        node.someWaiter(request.owner, mode, request.order, note);
    }
    return blockers;
  }

  // ── Inside ───────────────────────────────────────────────────────────────────────────────────────────

  #node(name: LockName): LockNode {
    let node = this.#root;
    for (const step of stepsOf(name)) node = node.childFor(step);
    return node;
  }

  #find(steps: readonly string[]): LockNode | undefined {
    let node: LockNode | undefined = this.#root;
    for (const step of steps) node = node?.child(step);
    return node;
  }

  /** The entry of the name above that stands for escalated locks below it, in a mode. */
  #standIn(owner: LockOwner, steps: readonly string[], mode: LockMode): Hold | undefined {
    const hold = this.#find(steps.slice(0, -1))?.holdOf(owner);
    return (hold?.escalated?.[mode] ?? 0) > 0 ? hold : undefined;
  }

  #checkRoom(client: string, count: number, wants: readonly Want[]): void {
    const { entriesMax, entriesPerClient } = this.#limits;
    const isFull = this.#entries + count > entriesMax;
    const hasRoom = client === LOCAL_CLIENT || this.entriesOf(client) + count <= entriesPerClient;
    if (!isFull && hasRoom) return;
    for (const { node } of wants) node.prune();
    const problem = isFull
      ? `the lock table has ${this.#entries} of ${entriesMax} entries`
      : `${client} has ${this.entriesOf(client)} of its ${entriesPerClient} entries`;
    throw new EcpError('LOCKTABLEFULL', problem, { retry: 'same' });
  }

  #add(client: string, count: number): void {
    this.#entries += count;
    const own = this.entriesOf(client) + count;
    if (own === 0) this.#entriesOf.delete(client);
    else this.#entriesOf.set(client, own);
  }

  /** A request begins to wait, or does so no more. */
  #wait(request: LockRequest, by: 1 | -1): void {
    const { owner, wants } = request;
    if (by > 0) owner.waiting.add(request);
    else owner.waiting.delete(request);
    this.#waiting += by * wants.length;
    this.#add(owner.client, by * wants.length);
  }

  #isGrantable({ owner, wants, order }: LockRequest): boolean {
    return wants.every(({ node, mode }) => {
      if (node.someBlocker(owner, mode, always)) return false;
      if (this.#root.wanted === 0) return true;
      return isCovered(owner, node, mode) || !node.someWaiter(owner, mode, order, always);
    });
  }

  #grant(request: LockRequest): void {
    request.state = 'granted';
    for (const want of request.wants) this.#take(request.owner, want);
  }

  #take(owner: LockOwner, { node, mode, isEscalating }: Want): void {
    const standsFor = isEscalating ? escalatedHold(owner, node, mode) : undefined;
    if (standsFor !== undefined) {
      standsFor.escalated = add(standsFor.escalated, mode, 1);
      node.prune();
      return;
    }
    const known = node.holdOf(owner);
    if (known === undefined) {
      this.#enter(owner, node, isEscalating)[mode] = 1;
      node.count(owner, mode, 1);
      if (isEscalating) escalate(owner, node, mode, this.#escalation());
      return;
    }
    if (!isEscalating) leaveEscalation(known);
    const before = modeOf(known);
    known[mode]++;
    this.#recount(known, before);
  }

  /** A new entry, with nothing held yet. */
  #enter(owner: LockOwner, node: LockNode, isEscalating: boolean): Hold {
    const hold: Hold = {
      owner,
      node,
      sinceMs: this.#wallMs(),
      exclusive: 0,
      shared: 0,
      escalated: undefined,
      isEscalating,
      next: node.holds,
    };
    node.holds = hold;
    owner.holds.add(hold);
    this.#add(owner.client, 1);
    return hold;
  }

  #escalation(): Escalation {
    return {
      threshold: this.#limits.escalationThreshold,
      hold: (owner, node) => node.holdOf(owner) ?? this.#enter(owner, node, false),
      drop: (hold, mode) => this.#drop(hold, mode),
    };
  }

  #recount(hold: Hold, before: LockMode): void {
    const now = modeOf(hold);
    if (now === before) return;
    hold.node.count(hold.owner, now, 1);
    hold.node.count(hold.owner, before, -1);
  }

  /** Changes a hold; returns who is granted something where it excludes less than before. */
  #changed(hold: Hold, change: () => void): readonly LockRequest[] {
    const before = modeOf(hold);
    change();
    if (!isHeld(hold)) {
      this.#drop(hold, before);
      return this.#serve([hold.node]);
    }
    if (modeOf(hold) === before) return [];
    this.#recount(hold, before);
    return this.#serve([hold.node]);
  }

  #drop(hold: Hold, mode: LockMode): void {
    const { node, owner } = hold;
    if (node.holds === hold) node.holds = hold.next;
    else {
      let before = node.holds;
      while (before !== undefined && before.next !== hold) before = before.next;
      if (before !== undefined) before.next = hold.next;
    }
    owner.holds.delete(hold);
    leaveEscalation(hold);
    node.count(owner, mode, -1);
    this.#add(owner.client, -1);
    node.prune();
  }

  #unlockEscalated(
    owner: LockOwner,
    steps: readonly string[],
    mode: LockMode,
  ): readonly LockRequest[] {
    const hold = this.#standIn(owner, steps, mode);
    if (hold === undefined) return [];
    return this.#changed(hold, () => {
      hold.escalated = add(hold.escalated, mode, -1);
    });
  }

  #leaveQueues(request: LockRequest): void {
    for (const { node } of request.wants) node.dequeue(request);
    this.#wait(request, -1);
    for (const { node } of request.wants) node.prune();
  }

  /** Grants what can be granted at, above and below these names, in the order of coming. */
  #serve(nodes: readonly LockNode[]): readonly LockRequest[] {
    if (this.#root.wanted === 0) return [];
    const waiting = new Set<LockRequest>();
    for (const node of nodes) node.collectWaiters(waiting);
    const granted: LockRequest[] = [];
    for (const request of [...waiting].sort((a, b) => a.order - b.order)) {
      if (!this.#isGrantable(request)) continue;
      for (const { node } of request.wants) node.dequeue(request);
      this.#wait(request, -1);
      this.#grant(request);
      granted.push(request);
    }
    return granted;
  }
}

const always = (): boolean => true;

/** Whether an owner holds a name already, or one that covers it, in a mode that is as strong. */
function isCovered(owner: LockOwner, name: LockNode, mode: LockMode): boolean {
  if (owner.holds.size === 0) return false;
  for (let node: LockNode | undefined = name; node !== undefined; node = node.parent) {
    const hold = node.holdOf(owner);
    if (hold !== undefined && (mode === 'shared' || modeOf(hold) === 'exclusive')) return true;
  }
  return false;
}

function describeHold(hold: Hold): HeldLock {
  const { owner, node, exclusive, shared, sinceMs } = hold;
  const count = exclusive + shared;
  const escalated = sum(hold.escalated);
  const name = present(nameOf(node.steps()), 'a hold has a name');
  return { owner, name, mode: modeOf(hold), count, shared, escalated, sinceMs };
}
