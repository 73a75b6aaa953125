/** Where a block is split to make room for a key: in the middle, or right before a key that comes after all others. */
import { commonPrefixLength, compareBytes } from '../base/bytes.ts';
import type { Block } from './block.ts';

/** Part of a block that a nearer fence must free to be worth a block of its own. */
const NEAR_FENCE_GAIN = 1 / 8;

/** The first key of the right part; undefined halves the bytes. */
export function splitBoundary(block: Block, key: Uint8Array): Uint8Array | undefined {
  const index = block.find(key);
  const isAppended = index < 0 && -index - 1 === block.count;
  if (isAppended && block.splitsAt(key)) {
    // Keys that come in order leave full blocks behind.
    return nearFence(block, key) ?? key.slice();
  }
  if (block.count !== 1) return undefined;
  const only = block.keyAt(0);
  return compareBytes(only, key) > 0 ? only : key.slice();
}

/**
 * A fence not far above `key`, if the longer block prefix that it brings makes much room: a block that ends
 * far away has a short prefix, and would shrink, never to be filled, when it is split at the key itself.
 */
function nearFence(block: Block, key: Uint8Array): Uint8Array | undefined {
  const common = commonPrefixLength(block.low, key);
  const last = key[common - 1];
  if (last === undefined || last === 0xff) return undefined;
  const fence = key.slice(0, common);
  fence[common - 1] = last + 1;
  if (!block.splitsAt(fence)) return undefined;
  const gained = (common - 1 - block.prefixLength) * block.count;
  return gained >= block.capacity * NEAR_FENCE_GAIN ? fence : undefined;
}
