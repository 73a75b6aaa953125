import { expect, test } from '@jest/globals';
import { ConnectionBlocks } from './connection-blocks.ts';

const MAX = 3;

test('§3.2.2: a block that is idle is still its app server’s', () => {
  const blocks = new ConnectionBlocks();
  expect(blocks.take('a', MAX)).toEqual({ slot: 0, state: 'unassigned' });
  expect(blocks.take('b', MAX)).toEqual({ slot: 1, state: 'unassigned' });
  blocks.release(0, 'a');
  expect(blocks.idle).toEqual(['a']);
  expect(blocks.take('c', MAX)).toEqual({ slot: 2, state: 'unassigned' });
  expect(blocks.take('a', MAX)).toEqual({ slot: 0, state: 'idle' });
  expect(blocks.idle).toEqual([]);
});

test('§3.2.2: the block that has been idle longest is given away when none is unassigned', () => {
  const blocks = new ConnectionBlocks();
  for (const name of ['a', 'b', 'c']) blocks.take(name, MAX);
  blocks.release(2, 'c');
  blocks.release(0, 'a');
  expect(blocks.take('d', MAX)).toEqual({ slot: 2, state: 'unassigned' });
  expect(blocks.idle).toEqual(['a']);
  // The maximum may have been lowered meanwhile.
  expect(blocks.take('e', 1)).toEqual({ slot: 0, state: 'unassigned' });
  expect(blocks.idle).toEqual([]);
});

test('a block is released once', () => {
  const blocks = new ConnectionBlocks();
  blocks.take('a', MAX);
  blocks.release(0, 'a');
  expect(() => blocks.release(0, 'a')).toThrow('a block in use is released');
});
