/** F-E4: every cell of both tables of states, by a real connection (docs/spec/connection-states.md). */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { APP_SIDE } from '../../server/ecp/app-server/connection-state.ts';
import { DATA_SIDE } from '../../server/ecp/data-server/session-state.ts';
import {
  isImpossible,
  StateMachine,
  type StateMachineDescription,
} from '../../server/ecp/state-machine.ts';
import { APP_SIDE_WALKS } from '../support/states/app-side-walks.ts';
import { DATA_SIDE_WALKS } from '../support/states/data-side-walks.ts';
import type { Walk } from '../support/states/walk.ts';
import { World } from '../support/world.ts';

const taken = new Map<unknown, Set<string>>();
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own machine below
const { take } = StateMachine.prototype;

beforeEach(() => {
  taken.clear();
  jest.spyOn(StateMachine.prototype, 'take').mockImplementation(function (
    this: StateMachine<string, string>,
    event,
  ) {
    const cells = taken.get(this.description) ?? new Set();
    taken.set(this.description, cells.add(`${this.state} ${event}`));
    return take.call(this, event);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function walked(side: object, walk: Walk<string>): Promise<void> {
  expect(await walk.run(() => new World())).toEqual(walk.ends);
  const missed = walk.cells.filter((cell) => taken.get(side)?.has(cell) !== true);
  expect(missed).toEqual([]);
}

test.each(APP_SIDE_WALKS.map((walk) => [walk.title, walk] as const))(
  'F-E4: walk of an app server: %s',
  (_title, walk) => walked(APP_SIDE, walk),
);

test.each(DATA_SIDE_WALKS.map((walk) => [walk.title, walk] as const))(
  'F-E4: walk of a data server: %s',
  (_title, walk) => walked(DATA_SIDE, walk),
);

function possible<S extends string, E extends string>(
  side: StateMachineDescription<S, E>,
): string[] {
  return (Object.keys(side.table) as S[]).flatMap((state) =>
    (Object.keys(side.events) as E[])
      .filter((event) => !isImpossible(side.table[state][event]))
      .map((event) => `${state} ${event}`),
  );
}

test.each([
  ['app server', possible(APP_SIDE), APP_SIDE_WALKS],
  ['data server', possible(DATA_SIDE), DATA_SIDE_WALKS],
])('F-E4: walks go through every cell of the %s’s table, and no other', (_side, cells, walks) => {
  const walkedThrough = new Set<string>(walks.flatMap((walk) => walk.cells));
  expect([...walkedThrough].sort()).toEqual(cells.sort());
});
