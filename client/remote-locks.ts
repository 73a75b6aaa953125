/**
 * The locks of a job at the other end, as its client knows them: what it would have to be told of, were they lost.
 *
 * The end of a connection is HALT: the server lets go of all. Losses that the server reports are counted, and each
 * operation says how many its job knew of, so that nothing is done under locks that are not held (rule R5).
 */
import type { LockReference } from '../server/instance/database.ts';
import { encodeReference, type Reference } from './wire.ts';

/** A name as it is sent, and what stands for it here. */
export interface RemoteLock {
  readonly reference: Reference;
  readonly text: string;
}

export class RemoteLocks {
  /** How often each is held. */
  readonly #held = new Map<string, number>();
  /** The number of the LOCK that was sent and has no answer: what the job calls behind it is not sent. */
  waiting: number | undefined;
  /** Reported by the server on this connection. */
  losses = 0;
  /** Connections that were lost: what was locked before is not held. */
  lostConnections = 0;

  granted(locks: readonly RemoteLock[]): void {
    for (const { text } of locks) this.#held.set(text, (this.#held.get(text) ?? 0) + 1);
  }

  unlocked(locks: readonly RemoteLock[]): void {
    for (const { text } of locks) {
      const left = (this.#held.get(text) ?? 0) - 1;
      if (left > 0) this.#held.set(text, left);
      else this.#held.delete(text);
    }
  }

  allUnlocked(): void {
    this.#held.clear();
  }

  /** The connection is lost. Returns whether the job held anything. */
  lost(): boolean {
    const wasHolding = this.#held.size > 0;
    this.#held.clear();
    this.losses = 0;
    this.lostConnections++;
    return wasHolding;
  }
}

/** EcpError SYNTAX, SUBSCRIPT or MAXNUMBER where one is no name. */
export function encodeLocks(names: readonly LockReference[], shared: boolean): RemoteLock[] {
  return names.map(([global, ...subscripts]) => {
    const reference = encodeReference(global, [], subscripts);
    const parts = (reference.subscripts ?? []).map((text) => Buffer.from(text).toString('latin1'));
    return { reference, text: JSON.stringify([shared, global, ...parts]) };
  });
}
