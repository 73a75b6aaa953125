import { expect, test } from '@jest/globals';
import { Accepted } from './accepted.ts';

test('F-E7: it knows whether somebody awaits it', async () => {
  const dropped = Accepted.begin((resolve) => resolve());
  expect(dropped.observed).toBe(false);
  const awaited = Accepted.begin((resolve) => resolve());
  await awaited;
  expect(awaited.observed).toBe(true);
  const chained = Accepted.begin((_resolve, reject) => reject(new Error('no room')));
  await expect(chained.catch((error: unknown) => String(error))).resolves.toBe('Error: no room');
  expect(chained.observed).toBe(true);
});

test('F-E7: dropped and failed, it is no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', listen);
  const dropped = Accepted.begin((_resolve, reject) => reject(new Error('nobody listens')));
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  await expect(dropped).rejects.toThrow('nobody listens');
});
