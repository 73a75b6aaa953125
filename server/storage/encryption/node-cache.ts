/**
 * Decrypted nodes of indexes, those of all databases of an instance together: bounded in bytes, the longest unused go
 * first. A seal names one content for all time, so nothing in here is ever out of date.
 */
import type { IndexNode } from './index-node.ts';
import type { Seal } from './sealer.ts';

/** What a node takes besides its bytes, about. */
const OVERHEAD_BYTES = 512;

export class NodeCache {
  readonly #capacityBytes: number;
  #bytes = 0;
  readonly #nodes = new Map<string, IndexNode>();

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(seal: Seal): IndexNode | undefined {
    const name = nameOf(seal);
    const node = this.#nodes.get(name);
    if (node !== undefined) {
      this.#nodes.delete(name);
      this.#nodes.set(name, node);
    }
    return node;
  }

  put(seal: Seal, node: IndexNode): void {
    this.delete(seal);
    this.#nodes.set(nameOf(seal), node);
    this.#bytes += node.byteLength + OVERHEAD_BYTES;
    for (const [name, oldest] of this.#nodes) {
      if (this.#bytes <= this.#capacityBytes) break;
      this.#forget(name, oldest);
    }
  }

  delete(seal: Seal): void {
    const name = nameOf(seal);
    const node = this.#nodes.get(name);
    if (node !== undefined) this.#forget(name, node);
  }

  #forget(name: string, node: IndexNode): void {
    this.#nodes.delete(name);
    this.#bytes -= node.byteLength + OVERHEAD_BYTES;
  }
}

function nameOf({ era, counter }: Seal): string {
  return era.salt + String(counter);
}
