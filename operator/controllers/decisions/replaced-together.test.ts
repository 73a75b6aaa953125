import { describe, expect, test } from '@jest/globals';
import { OLD_REVISION, pod, settledSet } from '../../../test/support/decision-samples.ts';
import type { OwnedPod } from './owned-pod.ts';
import { replacedTogether } from './replaced-together.ts';
import type { TogetherFacts } from './replaced-together.ts';

const SET = settledSet(4, { isSettled: false });
const old = (ordinal: number, more: Partial<OwnedPod> = {}): OwnedPod =>
  pod(ordinal, { revision: OLD_REVISION, ...more });
const ALL_OLD = [0, 1, 2, 3].map((ordinal) => old(ordinal));
const chosen = (more: Partial<TogetherFacts>): string[] =>
  replacedTogether({
    set: SET,
    pods: ALL_OLD,
    templateHash: SET.templateHash,
    partition: 0,
    maxUnavailable: 2,
    ...more,
  }).map(({ name }) => name);

describe('F-K5: pods that are replaced together', () => {
  test('are the highest ones, as many as may be away', () => {
    expect(chosen({})).toEqual(['bank-3', 'bank-2']);
    expect(chosen({ maxUnavailable: 9 })).toEqual(['bank-3', 'bank-2', 'bank-1', 'bank-0']);
  });

  test('are fewer by those that are away already, whatever keeps them from serving', () => {
    expect(chosen({ pods: [...ALL_OLD.slice(0, 3), pod(3, { isReady: false })] })).toEqual([
      'bank-2',
    ]);
    expect(chosen({ pods: [...ALL_OLD.slice(0, 3), old(3, { isLeaving: true })] })).toEqual([
      'bank-2',
    ]);
    expect(chosen({ pods: ALL_OLD.slice(0, 2) })).toEqual([]);
    expect(chosen({ pods: ALL_OLD.slice(0, 1) })).toEqual([]);
  });

  test('are none that have the template already, and none below the partition', () => {
    expect(chosen({ pods: [old(0), old(1), old(2), pod(3)] })).toEqual(['bank-2', 'bank-1']);
    expect(chosen({ partition: 3 })).toEqual(['bank-3']);
    expect(chosen({ partition: 4 })).toEqual([]);
  });

  test.each<[string, Partial<TogetherFacts>]>([
    ['where one at a time is asked for, which the StatefulSet does itself', { maxUnavailable: 1 }],
    ['before the StatefulSet has the template that is wanted', { templateHash: 'sha256:newer' }],
    ['before its controller has seen it', { set: { ...SET, isSeen: false } }],
    ['while nobody knows its newest revision', { set: { ...SET, updateRevision: undefined } }],
  ])('are none %s', (_when, more) => {
    expect(chosen(more)).toEqual([]);
  });
});
