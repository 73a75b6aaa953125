import { describe, expect, test } from '@jest/globals';
import { conditionsIn, conditionsOf, mergeConditions } from './conditions.ts';
import type { Condition } from './conditions.ts';
import type { Reason } from './reasons.ts';

const condition = (
  type: Condition['type'],
  status: Condition['status'],
  message = 'm',
): Condition => ({
  type,
  status,
  reason: 'Serving',
  message,
});
const FIRST = '2026-01-01T00:00:00Z';
const SECOND = '2026-01-02T00:00:00Z';

describe('conditions of findings', () => {
  test('without any, all is well', () => {
    expect(conditionsOf([]).map(({ type, status }) => `${type}=${status}`)).toEqual([
      'Degraded=False',
      'ReferencesResolved=True',
      'CapacityAvailable=True',
    ]);
  });

  test('those of a type become one: the first reason, every message once', () => {
    const found = (reason: Reason, message: string) => ({
      type: 'Degraded' as const,
      reason,
      message,
    });
    const conditions = conditionsOf([
      found('NameTaken', 'one'),
      found('Frozen', 'two'),
      found('NameTaken', 'one'),
    ]);
    expect(conditions.find(({ type }) => type === 'Degraded')).toEqual({
      type: 'Degraded',
      status: 'True',
      reason: 'NameTaken',
      message: 'one; two',
    });
  });

  test('a type that is not stated otherwise is stated when it is found', () => {
    const found = [
      { type: 'Paused' as const, reason: 'Annotated' as const, message: 'm' },
      { type: 'NetworkPolicyComplete' as const, reason: 'NotExpressible' as const, message: 'm' },
    ];
    const conditions = conditionsOf(found);
    expect(conditions.find(({ type }) => type === 'Paused')?.status).toBe('True');
    expect(conditions.find(({ type }) => type === 'NetworkPolicyComplete')?.status).toBe('False');
  });

  test('a message is cut to what the API server takes', () => {
    const message = 'x'.repeat(40_000);
    const [degraded] = conditionsOf([{ type: 'Degraded', reason: 'NameTaken', message }]);
    expect(degraded?.message).toHaveLength(32_768);
  });
});

describe('K15: conditions of a status', () => {
  const before = mergeConditions([], [condition('Ready', 'False', 'starts')], FIRST, 1);

  test('are new when there were none', () => {
    expect(before).toEqual([
      {
        ...condition('Ready', 'False', 'starts'),
        lastTransitionTime: FIRST,
        observedGeneration: 1,
      },
    ]);
  });

  test('keep their time while their status stays, whatever is said of it', () => {
    const [ready] = mergeConditions(before, [condition('Ready', 'False', 'still')], SECOND, 2);
    expect(ready).toMatchObject({
      message: 'still',
      lastTransitionTime: FIRST,
      observedGeneration: 2,
    });
  });

  test('get a new time with a new status', () => {
    const [ready] = mergeConditions(before, [condition('Ready', 'True')], SECOND, 2);
    expect(ready?.lastTransitionTime).toBe(SECOND);
  });

  test('come in one order, the last of a type counts, and what is not stated any more goes', () => {
    const now = [
      condition('Paused', 'True'),
      condition('Degraded', 'False'),
      condition('Degraded', 'True'),
    ];
    const merged = mergeConditions(before, now, SECOND, 2);
    expect(merged.map(({ type, status }) => `${type}=${status}`)).toEqual([
      'Degraded=True',
      'Paused=True',
    ]);
  });

  test('are read back, and nothing else is', () => {
    const strange = [{ type: 'Ready' }, { ...before[0], type: 'Other' }, null, 'x'];
    expect(conditionsIn({ conditions: [...strange, ...before] })).toEqual(before);
    expect([conditionsIn(undefined), conditionsIn({ conditions: 'none' })]).toEqual([[], []]);
  });
});
