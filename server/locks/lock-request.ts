/** Who asks for locks, and what was asked for. */
import type { Hold, LockNode } from './lock-node.ts';
import type { LockName } from './lock-name.ts';

/** Exclusive: nobody else has it, or anything above or below it. Shared: others may share, nobody has it exclusively. */
export type LockMode = 'exclusive' | 'shared';

/** What the table calls the instance itself: no app server is called so, and no quota is its. */
export const LOCAL_CLIENT = '';

/** A job on an app server, or of the instance itself. One object for one job. */
export class LockOwner {
  /** The app server; a quota is one of these. */
  readonly client: string;
  readonly job: number;
  readonly holds = new Set<Hold>();
  /** What it waits for: nothing, or one request, unless it did not wait for the last. */
  readonly waiting = new Set<LockRequest>();
  /** How many escalating locks it has below a name. */
  readonly escalating = new Map<LockNode, number>();

  constructor(client: string, job: number) {
    this.client = client;
    this.job = job;
  }
}

export interface WantedLock {
  readonly name: LockName;
  readonly mode: LockMode;
  /** With many of its kind below one name, that name is locked in their stead. */
  readonly isEscalating?: boolean;
}

/** A wanted lock at its place in the tree. */
export interface Want {
  readonly node: LockNode;
  readonly mode: LockMode;
  readonly isEscalating: boolean;
}

/** Several locks at once: all are granted together, or none is. */
export interface LockRequest {
  readonly owner: LockOwner;
  readonly wants: readonly Want[];
  /** Its place in the order of coming: who came earlier is not overtaken. */
  readonly order: number;
  readonly sinceMs: number;
  state: 'waiting' | 'granted' | 'cancelled';
}
