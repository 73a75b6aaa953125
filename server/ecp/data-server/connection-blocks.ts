/**
 * Connection blocks (guide §3.2.2, Free): one for each app server at a time. When its app server is gone a block is
 * idle: still that name's, until another name needs one and none is unassigned.
 *
 * Invariant: a block is one session's or free; there are no more than `blocksMax` blocks at any time, or as many as
 * there are sessions.
 */
import { assert } from '../../base/assert.ts';
import { CONNECTIONS_MAX } from '../../base/limits.ts';
import { StateMachine } from '../state-machine.ts';
import { DATA_SIDE, type FreeState } from './session-state.ts';

/** A free block, for a session. */
export interface FreeBlock {
  readonly slot: number;
  readonly state: FreeState;
}

export class ConnectionBlocks {
  /** Slots in use. */
  readonly #used = new Set<number>();
  /** Slots by the names that had them, the longest idle first. */
  readonly #idle = new Map<string, number>();

  /** Names whose blocks are idle. */
  get idle(): readonly string[] {
    return [...this.#idle.keys()];
  }

  /** The name's own block, or one that is unassigned, or the one that has been idle longest. */
  take(name: string, blocksMax: number): FreeBlock {
    const own = this.#idle.get(name);
    if (own !== undefined) {
      this.#idle.delete(name);
      this.#used.add(own);
      return { slot: own, state: 'idle' };
    }
    while (this.#idle.size > 0 && this.#idle.size + this.#used.size >= blocksMax) this.#giveAway();
    const slot = this.#unassigned();
    this.#used.add(slot);
    return { slot, state: 'unassigned' };
  }

  #giveAway(): void {
    const machine = new StateMachine(DATA_SIDE, 'idle');
    machine.take('givenAway');
    const [longest] = this.#idle.keys();
    if (longest !== undefined) this.#idle.delete(longest);
  }

  /** The lowest: holder sets are as long as the highest slot. */
  #unassigned(): number {
    const taken = new Set([...this.#used, ...this.#idle.values()]);
    let slot = 0;
    while (taken.has(slot)) slot++;
    assert(slot < CONNECTIONS_MAX, 'capacity was checked before');
    return slot;
  }

  /** Its session is over: the block is idle. */
  release(slot: number, name: string): void {
    assert(this.#used.delete(slot), 'a block in use is released');
    this.#idle.set(name, slot);
  }
}
