import { expect, test } from '@jest/globals';
import { DialPause } from './dial-pause.ts';

const refused = { reason: 'NOT_ALLOWED', message: 'no', retryable: true } as const;

test('K4: while requests wait, a refusal that may pass is asked again soon, then less and less often', () => {
  const pause = new DialPause();
  const pauses = Array.from({ length: 7 }, () => pause.afterRefusal(refused, true, 5000));
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  pause.reset();
  expect(pause.afterRefusal(refused, true, 5000)).toBe(250);
});

test('the interval holds where nobody waits, where asking is no use, and where it is shorter', () => {
  const pause = new DialPause();
  expect(pause.afterRefusal(refused, false, 5000)).toBe(5000);
  expect(pause.afterRefusal({ ...refused, retryable: false }, true, 5000)).toBe(5000);
  expect(pause.afterRefusal({ ...refused, reason: 'PROTOCOL' }, true, 5000)).toBe(5000);
  expect(pause.afterRefusal(refused, true, 100)).toBe(100);
});
