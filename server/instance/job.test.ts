import { expect, test } from '@jest/globals';
import { EcpError } from '../base/errors.ts';
import { World } from '../../test/support/world.ts';

const local = () => new World().dataServer().job();

test('F-E7: a delayed error is emitted, thrown by the next operation, and then gone; the first of several counts', () => {
  const job = local();
  const heard: string[] = [];
  const listener = (error: Error): void => void heard.push(error.message);
  job.on('delayed-error', listener);
  job.delayError(new EcpError('FILEFULL', 'one'));
  job.delayError(new EcpError('FILEFULL', 'two'));
  expect(heard).toEqual(['<FILEFULL> one', '<FILEFULL> two']);
  expect(() => job.global('x').get([1])).toThrow('<FILEFULL> one');
  expect(job.global('x').get([1])).toBeUndefined();
  job.off('delayed-error', listener);
  job.delayError(new EcpError('FILEFULL', 'three'));
  expect(heard).toHaveLength(2);
});

test.each(['get', 'kill', 'zkill', 'data', 'query', 'keys', 'entries'] as const)(
  'F-E7: %s throws it',
  (operation) => {
    const job = local();
    job.delayError(new EcpError('NETWORK', 'lost'));
    expect(() => job.global('x')[operation]([1])).toThrow('<NETWORK> lost');
  },
);

test('a job that has ended does nothing any more', async () => {
  const job = local();
  await job.close();
  await job.close();
  expect(() => job.global('x').set([1], 'a')).toThrow(/<CANCELLED>/);
  expect(() => job.globals()).toThrow(/<CANCELLED>/);
});

test('F-D1: in process, local data answers without a promise', () => {
  const x = local().global('x');
  expect(x.set([1], 'a')).toBeUndefined();
  expect([x.get([1]), x.data([1]), x.order(['']), x.previous([''])]).toEqual(['a', 1, 1, 1]);
  expect(() => x.order([])).toThrow(/<SUBSCRIPT>/);
});
