import { expect, test } from '@jest/globals';
import {
  APP_SIDE_CODES,
  APP_SIDE_NAMES,
  APP_SIDE_TABLE,
  type AppSideEvent,
  type AppSideState,
} from './connection-state.ts';

const N = 'notConnected';
const P = 'inProgress';
const F = 'failed';
const D = 'disabled';
const O = 'normal';
const T = 'trouble';
const R = 'recovery';

/** State by event, in the order of the states: N P F D O T R. Complete: a forgotten cell does not compile. */
const EXPECTED: Record<AppSideEvent, Record<AppSideState, AppSideState>> = {
  request: row(P, P, F, D, O, T, R),
  welcomed: row(N, O, O, D, O, T, R),
  refused: row(N, F, F, D, O, T, R),
  gaveUp: row(N, N, N, D, O, T, R),
  silence: row(N, P, F, D, T, T, R),
  traffic: row(N, P, F, D, O, O, R),
  lost: row(N, P, F, D, T, T, T),
  resumed: row(N, P, F, D, O, R, R),
  recovered: row(N, P, F, D, O, T, O),
  sessionGone: row(N, P, F, D, N, N, N),
  recoveryExpired: row(N, P, F, D, O, N, N),
  disable: row(D, D, D, D, D, D, D),
  enable: row(P, P, P, P, O, T, R),
  disconnect: row(N, N, N, N, N, N, N),
};

function row(
  notConnected: AppSideState,
  inProgress: AppSideState,
  failed: AppSideState,
  disabled: AppSideState,
  normal: AppSideState,
  trouble: AppSideState,
  recovery: AppSideState,
): Record<AppSideState, AppSideState> {
  return { notConnected, inProgress, failed, disabled, normal, trouble, recovery };
}

const cells = Object.entries(EXPECTED).flatMap(([event, states]) =>
  Object.entries(states).map(([state, next]) => [state, event, next] as const),
);

test.each(cells)('F-E4: app side, %s on %s → %s', (state, event, next) => {
  expect(APP_SIDE_TABLE[state as AppSideState][event as AppSideEvent]).toBe(next);
});

test('F-E4: the app side has 7 states and 14 events, every cell expected', () => {
  expect(cells).toHaveLength(7 * 14);
  expect(Object.values(APP_SIDE_TABLE).flatMap((events) => Object.keys(events))).toHaveLength(
    7 * 14,
  );
});

test('F-E4: names and codes of table 3-1', () => {
  expect(
    Object.entries(APP_SIDE_CODES).map(([state, code]) => [
      code,
      APP_SIDE_NAMES[state as AppSideState],
    ]),
  ).toEqual([
    [1, 'Not Connected'],
    [2, 'Connection in Progress'],
    [3, 'Connection Failed'],
    [4, 'Disabled'],
    [5, 'Normal'],
    [6, 'Trouble'],
    [7, 'Recovery'],
  ]);
});

test('F-E4: every state can be left, and reached from Not Connected', () => {
  const reached = new Set<AppSideState>([N]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const state of [...reached])
      for (const next of Object.values(APP_SIDE_TABLE[state])) reached.add(next);
  }
  expect(reached.size).toBe(7);
  for (const [state, events] of Object.entries(APP_SIDE_TABLE))
    expect(Object.values(events).some((next) => next !== state)).toBe(true);
});
