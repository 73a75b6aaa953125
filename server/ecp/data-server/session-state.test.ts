import { expect, test } from '@jest/globals';
import { StateMachine } from '../state-machine.ts';
import {
  DATA_SIDE,
  DATA_SIDE_CODES,
  DATA_SIDE_NAMES,
  DATA_SIDE_TABLE,
  type DataSideEvent,
  type DataSideState,
} from './session-state.ts';

const U = 'unassigned';
const I = 'idle';
const N = 'normal';
const T = 'trouble';
const R = 'recovering';
const S = 'restart';
/** The event cannot come about in this state. */
const X = undefined;

type Next = DataSideState | undefined;

/** State by event, in the order of the states: U I N T R S. Complete: a forgotten cell does not compile. */
const EXPECTED: Record<DataSideEvent, Record<DataSideState, Next>> = {
  remembered: row(S, X, X, X, X, X),
  connected: row(N, N, X, X, X, X),
  silence: row(X, X, T, T, R, X),
  traffic: row(X, X, N, N, R, X),
  lost: row(X, X, T, T, T, X),
  left: row(X, X, I, I, I, X),
  reclaimed: row(X, X, R, R, R, R),
  recovered: row(X, X, X, X, N, X),
  expired: row(X, X, X, I, I, I),
  ended: row(X, X, I, I, I, I),
  givenAway: row(X, U, X, X, X, X),
};

function row(
  unassigned: Next,
  idle: Next,
  normal: Next,
  trouble: Next,
  recovering: Next,
  restart: Next,
): Record<DataSideState, Next> {
  return { unassigned, idle, normal, trouble, recovering, restart };
}

const cells = Object.entries(EXPECTED).flatMap(([event, states]) =>
  Object.entries(states).map(([state, next]) => [state, event, next] as const),
);

test.each(cells)('F-E4: data side, %s on %s → %s', (state, event, next) => {
  const machine = new StateMachine(DATA_SIDE, state as DataSideState);
  const take = (): boolean => machine.take(event as DataSideEvent);
  if (next === undefined) expect(take).toThrow(/^no \w+ in state \w+: .{10}/);
  else expect([take(), machine.state]).toEqual([next !== state, next]);
});

test('F-E4: the data side has 6 states and 11 events, every cell expected', () => {
  expect(cells).toHaveLength(6 * 11);
  expect(Object.values(DATA_SIDE_TABLE).flatMap((events) => Object.keys(events))).toHaveLength(
    6 * 11,
  );
});

test('F-E4: names and codes of the data side', () => {
  expect(
    Object.entries(DATA_SIDE_CODES).map(([state, code]) => [
      code,
      DATA_SIDE_NAMES[state as DataSideState],
    ]),
  ).toEqual([
    [0, 'Free'],
    [0, 'Free'],
    [1, 'Normal'],
    [2, 'Trouble'],
    [3, 'Recovering'],
    [4, 'Restart'],
  ]);
});
