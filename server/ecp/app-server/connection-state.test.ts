import { expect, test } from '@jest/globals';
import { isImpossible, StateMachine } from '../state-machine.ts';
import {
  APP_SIDE,
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
/** The event cannot come about in this state. */
const X = undefined;

type Next = AppSideState | undefined;

/** State by event, in the order of the states: N P F D O T R. Complete: a forgotten cell does not compile. */
const EXPECTED: Record<AppSideEvent, Record<AppSideState, Next>> = {
  request: row(P, P, F, D, O, T, R),
  welcomed: row(X, O, O, X, X, X, X),
  refused: row(X, F, F, X, X, T, X),
  gaveUp: row(X, N, N, X, X, X, X),
  silence: row(X, X, X, X, T, T, R),
  traffic: row(X, X, X, X, O, O, R),
  lost: row(X, P, F, X, T, T, T),
  resumed: row(X, X, X, X, X, R, X),
  recovered: row(X, X, X, X, X, X, O),
  sessionGone: row(X, X, X, X, N, N, N),
  recoveryExpired: row(X, X, X, X, X, N, N),
  disable: row(D, D, D, D, D, D, D),
  enable: row(P, P, P, P, O, T, R),
  disconnect: row(N, N, N, N, N, N, N),
};

function row(
  notConnected: Next,
  inProgress: Next,
  failed: Next,
  disabled: Next,
  normal: Next,
  trouble: Next,
  recovery: Next,
): Record<AppSideState, Next> {
  return { notConnected, inProgress, failed, disabled, normal, trouble, recovery };
}

const cells = Object.entries(EXPECTED).flatMap(([event, states]) =>
  Object.entries(states).map(([state, next]) => [state, event, next] as const),
);

test.each(cells)('F-E4: app side, %s on %s → %s', (state, event, next) => {
  const machine = new StateMachine(APP_SIDE, state as AppSideState);
  const take = (): boolean => machine.take(event as AppSideEvent);
  if (next === undefined) expect(take).toThrow(/^no \w+ in state \w+: .{10}/);
  else expect([take(), machine.state]).toEqual([next !== state, next]);
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
      for (const next of Object.values(APP_SIDE_TABLE[state]))
        if (!isImpossible(next)) reached.add(next);
  }
  expect(reached.size).toBe(7);
  for (const [state, events] of Object.entries(APP_SIDE_TABLE))
    expect(Object.values(events).some((next) => !isImpossible(next) && next !== state)).toBe(true);
});
