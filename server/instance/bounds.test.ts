import { expect, test } from '@jest/globals';
import { RawDataServer } from '../../test/support/raw-peers.ts';
import { World } from '../../test/support/world.ts';

/** An app server whose data server never answers. */
function unanswered() {
  const world = new World();
  new RawDataServer(world);
  return { world, job: world.appServer('A').job() };
}
const CANCELLED = { code: 'CANCELLED', outcome: 'maybe', retry: 'same' };

test('F-A1: a deadline ends what is not answered in time, and only that', async () => {
  const { world, job } = unanswered();
  await expect(world.run(job.with({ timeoutMs: 100 }).global('x').get([1]))).rejects.toMatchObject(
    CANCELLED,
  );
  expect(world.time.nowMs).toBe(100);
});

test('F-A1: an aborted signal ends what is under way; later operations are refused before they begin', async () => {
  const { world, job } = unanswered();
  const controller = new AbortController();
  const x = job.with({ signal: controller.signal }).global('x').at('deep');
  const sum = Promise.resolve(x.increment([1]));
  const caught = expect(sum).rejects.toMatchObject(CANCELLED);
  await world.time.settle();
  controller.abort(new Error('enough'));
  await caught;
  expect(() => x.get([1])).toThrow(/<CANCELLED> aborted: enough/);
});

test('F-A1: an iteration ends at once, although its read is not answered', async () => {
  const { world, job } = unanswered();
  const walk = async (): Promise<void> => {
    for await (const _key of job.with({ timeoutMs: 50 }).global('x').keys())
      expect(true).toBe(false);
  };
  await expect(world.run(walk(), 1000)).rejects.toMatchObject(CANCELLED);
});

test('F-A1: what is answered in time is not touched', async () => {
  const world = new World();
  world.dataServer();
  const x = world
    .appServer('A')
    .job()
    .with({ timeoutMs: 1000, signal: new AbortController().signal })
    .global('x');
  await world.run(x.set([1], 'a'));
  expect(await world.run(x.get([1]))).toBe('a');
  expect(await world.run(x.increment([2], 3))).toBe('3');
});
