import { expect, test } from '@jest/globals';
import { shownAmount, steadyBytes } from './steady-amount.ts';

const MIB = 2 ** 20;

test.each([
  [0, '0'],
  [1, '1Mi'],
  [MIB, '1Mi'],
  [MIB + 1, '2Mi'],
  [1023 * MIB, '1023Mi'],
  [1024 * MIB, '1Gi'],
  [1300 * MIB, '1.3Gi'],
  [11.1 * 1024 * MIB, '12Gi'],
  [3 * 1024 ** 2 * MIB, '3Ti'],
  [5000 * 1024 ** 3 * MIB, '5000Pi'],
])('%s bytes are shown as %s', (bytes, shown) => {
  expect(shownAmount(bytes)).toBe(shown);
});

test('K15: an amount stays as it was said while it is about right', () => {
  const said = steadyBytes(1000, undefined, 0.8);
  expect(said).toBeGreaterThanOrEqual(1000);
  expect(said).toBeLessThan(1100);
  for (const bytes of [said, 1000, 900, said * 0.8]) {
    expect(steadyBytes(bytes, said, 0.8)).toBe(said);
  }
  expect(steadyBytes(2000, said, 0.8)).toBeGreaterThanOrEqual(2000);
  expect(steadyBytes(700, said, 0.8)).toBeLessThan(said * 0.8);
  expect(steadyBytes(0, said, 0.8)).toBe(0);
});
