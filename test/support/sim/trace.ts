/**
 * The trace of a simulation: a hash over every event that was delivered, and its lines if somebody reads them.
 * Two runs of a seed have one hash, or something in the program is not determined by its ports.
 */
import { createHash } from 'node:crypto';

export class Trace {
  readonly #hash = createHash('sha256');
  readonly #print: ((line: string) => void) | undefined;
  #events = 0;

  /** `print` gets each line: time in ms, kind, what happened. */
  constructor(print?: (line: string) => void) {
    this.#print = print;
  }

  get events(): number {
    return this.#events;
  }

  /** `detail` is computed for readers only; `bytes` count for the hash. */
  add(nowMs: number, kind: string, what: string, bytes?: Uint8Array, detail?: () => string): void {
    this.#events++;
    this.#hash.update(`${nowMs} ${kind} ${what}\n`);
    if (bytes !== undefined) this.#hash.update(bytes);
    if (this.#print === undefined) return;
    const more = detail?.();
    this.#print(
      `${nowMs.toFixed(3).padStart(12)}  ${kind.padEnd(9)} ${what}${more === undefined ? '' : `  ${more}`}`,
    );
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
