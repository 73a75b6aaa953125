import { describe, expect, test } from '@jest/globals';
import { OLD_REVISION, pod, settledSet } from '../../../test/support/decision-samples.ts';
import type { OwnedPod } from './owned-pod.ts';
import { stuckPod } from './stuck-pod.ts';

const SET = settledSet(4);
const TROUBLE = { reason: 'ImagePullBackOff', message: 'container instance: ImagePullBackOff' };
const stuck = (ordinal: number, more: Partial<OwnedPod> = {}): OwnedPod =>
  pod(ordinal, { revision: OLD_REVISION, isReady: false, trouble: TROUBLE, ...more });
const found = (pods: readonly OwnedPod[], partition = 0): string | undefined =>
  stuckPod(SET, pods, partition)?.name;

describe('a pod that holds up a roll-out', () => {
  test('has a template that nobody wants any more, and something keeps it from serving', () => {
    expect(found([pod(0), stuck(1), pod(2)])).toBe('bank-1');
  });

  test('is the highest of several: one at a time is deleted', () => {
    expect(found([stuck(0), stuck(2), stuck(1)])).toBe('bank-2');
  });

  test.each<[string, OwnedPod]>([
    ['that serves', stuck(1, { isReady: true })],
    [
      'of the wanted template, for the same would come back',
      stuck(1, { revision: SET.updateRevision }),
    ],
    ['that is on its way out', stuck(1, { isLeaving: true })],
    ['that starts and has no trouble', stuck(1, { trouble: undefined })],
    ['without a number', stuck(1, { ordinal: undefined })],
  ])('is none %s', (_what, one) => {
    expect(found([one])).toBeUndefined();
  });

  test('is none below the partition, where it would come back as it was', () => {
    expect(found([stuck(1)], 2)).toBeUndefined();
    expect(found([stuck(1)], 1)).toBe('bank-1');
  });

  test('is none while the StatefulSet has not said which template is the newest', () => {
    expect(stuckPod({ ...SET, updateRevision: undefined }, [stuck(1)], 0)).toBeUndefined();
  });
});
