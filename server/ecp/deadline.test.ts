import { expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { Deadline } from './deadline.ts';

function running(firstMs: number) {
  const time = new VirtualTime();
  const limit = { ms: firstMs };
  const passedAt: number[] = [];
  const deadline = new Deadline(
    time.clock(),
    () => limit.ms,
    () => passedAt.push(time.nowMs),
  );
  deadline.begin();
  return { time, limit, passedAt, deadline };
}

test('F-E5: a deadline passes once, at its limit', async () => {
  const { time, passedAt, deadline } = running(100);
  expect(deadline.isRunning).toBe(true);
  await time.pass(1000);
  expect(passedAt).toEqual([100]);
  expect(deadline.isRunning).toBe(false);
  // Nothing runs: nothing is renewed.
  deadline.renew();
  await time.pass(1000);
  expect(passedAt).toEqual([100]);
});

test('F-E5: a limit that changes counts from when the deadline began', async () => {
  const { time, limit, passedAt, deadline } = running(100);
  await time.pass(60);
  limit.ms = 300;
  deadline.renew();
  await time.pass(200);
  expect(passedAt).toEqual([]);
  limit.ms = 50;
  deadline.renew();
  await time.settle();
  expect(passedAt).toEqual([260]);
});

test('a deadline that is cancelled never passes, one that begins again counts from then', async () => {
  const { time, passedAt, deadline } = running(100);
  await time.pass(50);
  deadline.begin();
  await time.pass(99);
  expect(passedAt).toEqual([]);
  deadline.cancel();
  await time.pass(1000);
  expect(passedAt).toEqual([]);
});
