/** Large trees beside 16 writers, in a real instance: small sizes here, a million nodes in bench/stalls.ts. */
import { expect, test } from '@jest/globals';
import { measureStalls } from '../../bench/stalls.ts';

const NODES = 100_000;
/**
 * By processor time of the event loop's thread, which a busy machine stretches less than the clock: the aim is 50 ms.
 * Made in one step, each of these takes several times as long, and grows with the tree.
 */
const STALL_MS_MAX = 100;

test('F-D3: MERGE, KILL and checkpoints of a large tree do not stop the world', async () => {
  const figures = await measureStalls({ nodes: NODES, writers: 16 }, '64Mi');
  expect(figures.length).toBeGreaterThan(3);
  for (const { what, cpuLongest, writes } of figures) {
    expect({ what, isShort: cpuLongest < STALL_MS_MAX, areWriting: writes > 0 }).toEqual({
      what,
      isShort: true,
      areWriting: true,
    });
  }
}, 300_000);
