/**
 * Which data servers an administrator has disabled (§3.3): remembered over restarts, as `^%ECP("disabled",name)` in SYS, so
 * that it is journaled, encrypted and backed up as everything that this instance must not lose.
 */
import { EMPTY } from '../base/bytes.ts';
import { decodeSubscripts, encodeKey, subtreeEnd } from '../globals/key.ts';
import type { Change } from '../storage/change.ts';
import { DatabaseReader } from '../storage/database-reader.ts';
import type { DatabaseStore } from '../storage/database-store.ts';

const GLOBAL = '%ECP';
const DISABLED = 'disabled';

export class DisabledDataServers {
  readonly #store: DatabaseStore;
  readonly #reader: DatabaseReader;
  readonly #apply: (change: Change) => unknown;

  constructor(system: DatabaseStore, apply: (change: Change) => unknown) {
    this.#store = system;
    this.#reader = new DatabaseReader(system);
    this.#apply = apply;
  }

  has(name: string): boolean {
    return this.#store.get(keyOf(name)) !== undefined;
  }

  /** EcpError FROZEN where nothing can be remembered. */
  set(name: string, isDisabled: boolean): void {
    if (this.has(name) === isDisabled) return;
    const node = { database: this.#store.number, key: keyOf(name) };
    this.#apply(isDisabled ? { ...node, kind: 'set', value: EMPTY } : { ...node, kind: 'kill' });
  }

  /** Forgets those that are data servers of this instance no more. */
  retain(isKnown: (name: string) => boolean): void {
    for (const name of this.#names()) if (!isKnown(name)) this.set(name, false);
  }

  #names(): string[] {
    const all = encodeKey(GLOBAL, [DISABLED]);
    const end = subtreeEnd(all);
    const names: string[] = [];
    let key = this.#reader.ceiling(all, end);
    while (key !== undefined) {
      const name = decodeSubscripts(key)[1];
      if (name !== undefined) names.push(String(name));
      key = this.#reader.ceiling(Uint8Array.of(...key, 0), end);
    }
    return names;
  }
}

const keyOf = (name: string): Uint8Array => encodeKey(GLOBAL, [DISABLED, name]);
