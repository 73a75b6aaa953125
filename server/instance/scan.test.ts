import { expect, test } from '@jest/globals';
import { Scan } from './scan.ts';

function counting(): { readonly scan: Scan<number>; readonly log: string[] } {
  const log: string[] = [];
  let n = 0;
  const scan = new Scan<number>(() => {
    const item = ++n;
    log.push(`begin ${item}`);
    if (item > 4) return undefined;
    // Every other step takes time.
    if (item % 2 === 1) return item;
    return Promise.resolve().then(() => {
      log.push(`end ${item}`);
      return item;
    });
  });
  return { scan, log };
}

test('items come in order, whether a step answers at once or later', async () => {
  const items: number[] = [];
  for await (const item of counting().scan) items.push(item);
  expect(items).toEqual([1, 2, 3, 4]);
});

test('calls of next that do not wait for one another take turns', async () => {
  const { scan, log } = counting();
  const results = await Promise.all(Array.from({ length: 6 }, () => scan.next()));
  expect(results.map(({ value }) => value)).toEqual([1, 2, 3, 4, undefined, undefined]);
  expect(log).toEqual(['begin 1', 'begin 2', 'end 2', 'begin 3', 'begin 4', 'end 4', 'begin 5']);
});

test('a loop that is left takes no further step', async () => {
  const { scan, log } = counting();
  for await (const item of scan) if (item === 1) break;
  expect(await scan.next()).toEqual({ done: true, value: undefined });
  expect(log).toEqual(['begin 1']);
});

test.each([
  ['later', () => Promise.reject(new Error('late'))],
  [
    'at once',
    () => {
      throw new Error('late');
    },
  ],
])('an error rejects the call and ends the scan (%s)', async (_, step) => {
  const scan = new Scan<number>(step);
  await expect(scan.next()).rejects.toThrow('late');
  expect(await scan.next()).toEqual({ done: true, value: undefined });
});
