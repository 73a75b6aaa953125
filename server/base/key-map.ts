/**
 * An ordered map from byte strings to values: sorted runs of at most RUN_LENGTH_MAX entries, so that
 * an insert moves few of them and a search is two binary ones. Appending in order, as imports do, costs
 * one comparison.
 *
 * Invariant: keys ascend over all runs; no run is empty.
 */
import { compareBytes } from './bytes.ts';

const RUN_LENGTH_MAX = 128;

interface Run<V> {
  keys: Uint8Array[];
  values: V[];
}

export class KeyMap<V> {
  #runs: Run<V>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The last run whose first key is ≤ `key`; 0 when there is none. */
  #runOf(key: Uint8Array): number {
    const runs = this.#runs;
    let low = 0;
    let high = runs.length - 1;
    if (high > 0 && compareBytes((runs[high] as Run<V>).keys[0] as Uint8Array, key) <= 0)
      return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (compareBytes((runs[middle] as Run<V>).keys[0] as Uint8Array, key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first place in the run with a key ≥ `key`. */
  #placeIn(run: Run<V>, key: Uint8Array): number {
    const keys = run.keys;
    let low = 0;
    let high = keys.length;
    if (high > 0 && compareBytes(keys[high - 1] as Uint8Array, key) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(keys[middle] as Uint8Array, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get(key: Uint8Array): V | undefined {
    if (this.#size === 0) return undefined;
    const run = this.#runs[this.#runOf(key)] as Run<V>;
    const place = this.#placeIn(run, key);
    const found = run.keys[place];
    if (found === undefined || compareBytes(found, key) !== 0) return undefined;
    return run.values[place];
  }

  /** Keeps `key` itself: the caller changes it no more. */
  set(key: Uint8Array, value: V): void {
    if (this.#runs.length === 0) {
      this.#runs.push({ keys: [key], values: [value] });
      this.#size = 1;
      return;
    }
    const index = this.#runOf(key);
    const run = this.#runs[index] as Run<V>;
    const place = this.#placeIn(run, key);
    const found = run.keys[place];
    if (found !== undefined && compareBytes(found, key) === 0) {
      run.values[place] = value;
      return;
    }
    this.#size++;
    if (place === run.keys.length) {
      run.keys.push(key);
      run.values.push(value);
    } else {
      run.keys.splice(place, 0, key);
      run.values.splice(place, 0, value);
    }
    if (run.keys.length > RUN_LENGTH_MAX) this.#splitRun(index, run);
  }

  #splitRun(index: number, run: Run<V>): void {
    // Appends leave full runs behind them; other inserts halve.
    const last = index === this.#runs.length - 1;
    const at = last ? RUN_LENGTH_MAX : RUN_LENGTH_MAX >>> 1;
    this.#runs.splice(index + 1, 0, { keys: run.keys.splice(at), values: run.values.splice(at) });
  }

  delete(key: Uint8Array): boolean {
    if (this.#size === 0) return false;
    const index = this.#runOf(key);
    const run = this.#runs[index] as Run<V>;
    const place = this.#placeIn(run, key);
    const found = run.keys[place];
    if (found === undefined || compareBytes(found, key) !== 0) return false;
    this.#size--;
    if (run.keys.length === 1) {
      this.#runs.splice(index, 1);
    } else if (place === 0) {
      run.keys.shift();
      run.values.shift();
    } else {
      run.keys.splice(place, 1);
      run.values.splice(place, 1);
    }
    return true;
  }

  /** The first entry with a key ≥ `key`. */
  ceiling(key: Uint8Array): readonly [Uint8Array, V] | undefined {
    if (this.#size === 0) return undefined;
    let index = this.#runOf(key);
    let run = this.#runs[index] as Run<V>;
    let place = this.#placeIn(run, key);
    if (place === run.keys.length) {
      index++;
      if (index === this.#runs.length) return undefined;
      run = this.#runs[index] as Run<V>;
      place = 0;
    }
    return [run.keys[place] as Uint8Array, run.values[place] as V];
  }

  /** The last entry with a key < `key`. */
  below(key: Uint8Array): readonly [Uint8Array, V] | undefined {
    if (this.#size === 0) return undefined;
    let index = this.#runOf(key);
    let run = this.#runs[index] as Run<V>;
    let place = this.#placeIn(run, key) - 1;
    if (place < 0) {
      index--;
      if (index < 0) return undefined;
      run = this.#runs[index] as Run<V>;
      place = run.keys.length - 1;
    }
    return [run.keys[place] as Uint8Array, run.values[place] as V];
  }

  clear(): void {
    this.#runs = [];
    this.#size = 0;
  }

  *entries(): IterableIterator<readonly [Uint8Array, V]> {
    for (const run of this.#runs) {
      for (let i = 0; i < run.keys.length; i++)
        yield [run.keys[i] as Uint8Array, run.values[i] as V];
    }
  }
}
