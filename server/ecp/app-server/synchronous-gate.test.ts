import { expect, test } from '@jest/globals';
import { ManualClock } from '../../storage/testing/manual-clock.ts';
import { SynchronousGate } from './synchronous-gate.ts';

function readsUntilClosed(gate: SynchronousGate): number {
  for (let reads = 0; reads < 100_000; reads++) if (!gate.open()) return reads;
  return Infinity;
}

test('R16: open while the stream was served within the last second', () => {
  const clock = new ManualClock();
  const gate = new SynchronousGate(clock);
  expect(readsUntilClosed(gate)).toBe(Infinity);
  clock.advance(1000);
  expect(readsUntilClosed(gate)).toBe(Infinity);
  clock.advance(1);
  expect(readsUntilClosed(gate)).toBeLessThan(256);
  // And stays closed until a turn was given.
  expect(gate.open()).toBe(false);
  gate.served();
  expect(gate.open()).toBe(true);
});

test('R16: a read that waited for a turn opens it', async () => {
  const clock = new ManualClock();
  const gate = new SynchronousGate(clock);
  clock.advance(5000);
  expect(readsUntilClosed(gate)).toBeLessThan(256);
  const turn = gate.wait();
  clock.advance(0);
  await turn;
  expect(readsUntilClosed(gate)).toBe(Infinity);
});
