/** Reads of one stored database: nothing is ever missing, so navigation always has its answer at once. */
import { compareBytes } from '../base/bytes.ts';
import type { NodeReader } from '../globals/navigation.ts';
import type { DatabaseStore } from './database-store.ts';

export class DatabaseReader implements NodeReader {
  readonly #store: DatabaseStore;

  constructor(store: DatabaseStore) {
    this.#store = store;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#store.get(key);
  }

  ceiling(key: Uint8Array, limit: Uint8Array | undefined): Uint8Array | undefined {
    let block = this.#store.blockFor(key);
    let place = block.position(key);
    while (place === block.count) {
      const { high } = block;
      if (high === undefined || (limit !== undefined && compareBytes(high, limit) >= 0))
        return undefined;
      block = this.#store.blockFor(high);
      place = 0;
    }
    const found = block.keyAt(place);
    return limit === undefined || compareBytes(found, limit) < 0 ? found : undefined;
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    let block = this.#store.blockBelow(key);
    let place = block.position(key) - 1;
    while (place < 0) {
      if (compareBytes(block.low, limit) <= 0) return undefined;
      block = this.#store.blockBelow(block.low);
      place = block.count - 1;
    }
    const found = block.keyAt(place);
    return compareBytes(found, limit) >= 0 ? found : undefined;
  }
}
