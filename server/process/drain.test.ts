import { expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import type { Log } from '../ports/log.ts';
import { drain, type DrainStep } from './drain.ts';

/** Runs steps that take so many milliseconds each; what was done when, and what was cut short. */
async function run(steps: readonly (DrainStep | readonly [string, number, number])[]) {
  const time = new VirtualTime();
  const clock = time.clock();
  const told: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message, fields) => void told.push(`${message}: ${String(fields?.['step'])}`),
    error: () => undefined,
    child: () => log,
  };
  const made = steps.map((step): DrainStep => {
    if (!Array.isArray(step)) return step as DrainStep;
    const [name, until, ms] = step as readonly [string, number, number];
    const wait = (): Promise<void> =>
      new Promise((done) => {
        clock.after(ms, () => {
          told.push(`${name} at ${time.nowMs}`);
          done();
        });
      });
    return { name, until, run: wait };
  });
  const isWhole = await time.run(drain(made, 1000, { clock, log }));
  return { told, isWhole, ms: time.nowMs };
}

test('K11: steps follow one another, and time that one did not need is the next one’s', async () => {
  expect(
    await run([
      ['a', 0.5, 100],
      ['b', 0.6, 400],
      ['c', 1, 400],
    ]),
  ).toEqual({
    told: ['a at 100', 'b at 500', 'c at 900'],
    isWhole: true,
    ms: 900,
  });
});

test('K11: a step that never ends is cut short, and the last one still has its time', async () => {
  expect(
    await run([
      ['a', 0.5, 1e9],
      ['b', 0.75, 100],
      ['c', 1, 100],
    ]),
  ).toEqual({
    told: ['drain cut short: a', 'b at 600', 'c at 700'],
    isWhole: false,
    ms: 700,
  });
});

test('K11: a step that fails does not keep the others from being done', async () => {
  const failing = { name: 'a', until: 0.5, run: () => Promise.reject(new Error('no')) };
  expect(await run([failing, ['b', 1, 10]])).toEqual({
    told: ['drain cut short: a', 'b at 10'],
    isWhole: false,
    ms: 10,
  });
});
