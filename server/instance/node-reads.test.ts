import { expect, test } from '@jest/globals';
import { World } from '../../test/support/world.ts';

/** ^x lies in MAIN, its subscripts 5 to 10 in PART; both databases hold nodes that the mapping hides. */
function mapped() {
  const world = new World();
  const host = world.host('M', {
    databases: [{ name: 'MAIN' }, { name: 'PART' }],
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'MAIN',
        mappings: [{ global: 'x', subscripts: { from: '5', to: '10' }, database: 'PART' }],
      },
      { name: 'MAIN', defaultDatabase: 'MAIN' },
      { name: 'PART', defaultDatabase: 'PART' },
    ],
  });
  const main = host.job('MAIN').global('x');
  const part = host.job('PART').global('x');
  return { world, main, part, x: host.job().global('x') };
}

test('F-D4: $ORDER, $QUERY and $DATA see a mapped global as one, in order', async () => {
  const { world, x } = mapped();
  for (const i of [1, 5, 7, 10, 12]) void x.set([i], String(i));
  const keys: unknown[] = [];
  const walk = async (reverse: boolean): Promise<void> => {
    for await (const key of x.keys([], { reverse })) keys.push(key);
  };
  await world.run(walk(false));
  await world.run(walk(true));
  expect(keys).toEqual([1, 5, 7, 10, 12, 12, 10, 7, 5, 1]);
  expect([x.order([1]), x.order([7]), x.previous([10]), x.previous([5]), x.query([7])]).toEqual([
    5,
    10,
    7,
    1,
    [10],
  ]);
  expect([x.data(), x.data([7]), x.data([6])]).toEqual([10, 1, 0]);
});

test('F-D4: nodes of a database outside its pieces are not seen, whichever way one looks', () => {
  const { main, part, x } = mapped();
  void main.set([7], 'hidden in MAIN');
  void part.set([2], 'hidden in PART');
  void part.set([20], 'hidden in PART');
  expect(x.data()).toBe(0);
  expect([x.order(['']), x.previous(['']), x.query([])]).toEqual([undefined, undefined, undefined]);
  void part.set([6], 'seen');
  void main.set([1], 'seen');
  expect([x.order(['']), x.order([1]), x.order([6])]).toEqual([1, 6, undefined]);
  expect([x.previous(['']), x.previous([6]), x.previous([1])]).toEqual([6, 1, undefined]);
  expect(x.get([7])).toBeUndefined();
});
