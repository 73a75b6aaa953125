import { expect, test } from '@jest/globals';
import { microTime } from './micro-time.ts';

test.each([
  [0, '1970-01-01T00:00:00.000000Z'],
  [Date.UTC(2026, 10, 27, 20, 51, 5, 123), '2026-11-27T20:51:05.123000Z'],
  [Date.UTC(2026, 10, 27, 20, 51, 5, 7) + 0.5, '2026-11-27T20:51:05.007500Z'],
  [1000.125, '1970-01-01T00:00:01.000125Z'],
])('%d ms since 1970 is %s, always with six digits', (wallMs, written) => {
  expect(microTime(wallMs)).toBe(written);
});
