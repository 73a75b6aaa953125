import { expect, test } from '@jest/globals';
import {
  DATA_SIDE_CODES,
  DATA_SIDE_NAMES,
  DATA_SIDE_TABLE,
  type DataSideEvent,
  type DataSideState,
} from './session-state.ts';

/** State by event, in the order: free, normal, trouble, recovering, restart. Complete: a forgotten cell does not compile. */
const EXPECTED: Record<DataSideEvent, Record<DataSideState, DataSideState>> = {
  connected: row('normal', 'normal', 'trouble', 'recovering', 'restart'),
  silence: row('free', 'trouble', 'trouble', 'recovering', 'restart'),
  traffic: row('free', 'normal', 'normal', 'recovering', 'restart'),
  lost: row('free', 'trouble', 'trouble', 'trouble', 'restart'),
  left: row('free', 'free', 'free', 'free', 'free'),
  reclaimed: row('free', 'recovering', 'recovering', 'recovering', 'recovering'),
  recovered: row('free', 'normal', 'trouble', 'normal', 'restart'),
  expired: row('free', 'normal', 'free', 'free', 'free'),
  ended: row('free', 'free', 'free', 'free', 'free'),
};

function row(
  free: DataSideState,
  normal: DataSideState,
  trouble: DataSideState,
  recovering: DataSideState,
  restart: DataSideState,
): Record<DataSideState, DataSideState> {
  return { free, normal, trouble, recovering, restart };
}

const cells = Object.entries(EXPECTED).flatMap(([event, states]) =>
  Object.entries(states).map(([state, next]) => [state, event, next] as const),
);

test.each(cells)('F-E4: data side, %s on %s → %s', (state, event, next) => {
  expect(DATA_SIDE_TABLE[state as DataSideState][event as DataSideEvent]).toBe(next);
});

test('F-E4: the data side has 5 states and 9 events, every cell expected', () => {
  expect(cells).toHaveLength(5 * 9);
  expect(Object.values(DATA_SIDE_TABLE).flatMap((events) => Object.keys(events))).toHaveLength(
    5 * 9,
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
    [1, 'Normal'],
    [2, 'Trouble'],
    [3, 'Recovering'],
    [4, 'Restart'],
  ]);
});
