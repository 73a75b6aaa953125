/** docs/spec/connection-states.md: both machines of a connection, drawn and tabled, and who walks through each cell. */
import { APP_SIDE } from '../server/ecp/app-server/connection-state.ts';
import { DATA_SIDE } from '../server/ecp/data-server/session-state.ts';
import { isImpossible, type StateMachineDescription } from '../server/ecp/state-machine.ts';
import { APP_SIDE_WALKS } from '../test/support/states/app-side-walks.ts';
import { DATA_SIDE_WALKS } from '../test/support/states/data-side-walks.ts';
import type { Ends, Walk } from '../test/support/states/walk.ts';

const HEAD = `<!-- Generated from the tables of server/ecp and the walks of test/support/states by npm run generate. -->

# States of a connection

Both ends of a connection (guide §3.2) are tables: state × event. A cell names the next state, or says why the event cannot
come about in that state; the function that makes transitions asserts that. \`ecp connection --states\` prints the machines.
Tests walk through every cell with a real connection: \`test/scenario/state-walks.test.ts\` looks that each walk takes
the cells that it is listed for, and that none is left out.
`;

interface Side<S extends string, E extends string> {
  readonly machine: StateMachineDescription<S, E>;
  readonly walks: readonly Walk<string>[];
}

const statesOf = <S extends string>({ table }: StateMachineDescription<S, string>): S[] =>
  Object.keys(table) as S[];
const eventsOf = <E extends string>({ events }: StateMachineDescription<string, E>): E[] =>
  Object.keys(events) as E[];

/** Where an event leads to from everywhere, if it does. */
function everywhere<S extends string, E extends string>(
  { table }: StateMachineDescription<S, E>,
  event: E,
): S | undefined {
  const cells = new Set(
    Object.values<Readonly<Record<E, unknown>>>(table).map((row) => row[event]),
  );
  const [only] = cells;
  return cells.size === 1 && typeof only === 'string' ? (only as S) : undefined;
}

function diagram<S extends string, E extends string>(
  machine: StateMachineDescription<S, E>,
): string[] {
  const { initial, codes, names, table } = machine;
  const lines = ['```mermaid', 'stateDiagram-v2'];
  const label = (state: S): string =>
    statesOf(machine).filter((other) => names[other] === names[state]).length > 1
      ? `${codes[state]} ${names[state]}, ${state}`
      : `${codes[state]} ${names[state]}`;
  for (const state of statesOf(machine)) lines.push(`  state "${label(state)}" as ${state}`);
  lines.push(`  [*] --> ${initial}`);
  for (const from of statesOf(machine)) {
    const edges = new Map<S, E[]>();
    for (const event of eventsOf(machine)) {
      const to = table[from][event];
      if (isImpossible(to) || to === from || everywhere(machine, event) !== undefined) continue;
      edges.set(to as S, [...(edges.get(to as S) ?? []), event]);
    }
    for (const [to, events] of edges) lines.push(`  ${from} --> ${to}: ${events.join(', ')}`);
  }
  return [...lines, '```'];
}

function fromAnywhere<S extends string, E extends string>(
  machine: StateMachineDescription<S, E>,
): string[] {
  const found = eventsOf(machine).flatMap((event) => {
    const to = everywhere(machine, event);
    return to === undefined ? [] : [`\`${event}\` leads to ${machine.names[to]}`];
  });
  return found.length === 0 ? [] : ['', `From every state ${found.join(', ')}.`];
}

function endsText({ app, data }: Ends): string {
  const parts = [
    ...(app === undefined ? [] : [`app server ${APP_SIDE.names[app]}`]),
    ...(data === undefined
      ? []
      : [`data server ${data === 'none' ? 'has none of it' : DATA_SIDE.names[data]}`]),
  ];
  return parts.join(', ');
}

function section<S extends string, E extends string>({ machine, walks }: Side<S, E>): string[] {
  const { title, codes, names, guarantees, events, table } = machine;
  const numbersOf = (cell: string): string =>
    walks.flatMap((walk, i) => (walk.cells.includes(cell) ? [String(i + 1)] : [])).join(', ');
  const cells = statesOf(machine).flatMap((state) =>
    eventsOf(machine).map((event) => {
      const cell = table[state][event];
      const [next, by] = isImpossible(cell)
        ? [`impossible: ${cell.impossible}`, '']
        : [cell, numbersOf(`${state} ${event}`)];
      return `| ${state} | ${event} | ${next} | ${by} |`;
    }),
  );
  return [
    '',
    `## ${title}`,
    '',
    ...diagram(machine),
    ...fromAnywhere(machine),
    '',
    '| state | code | name | what holds |',
    '| --- | --- | --- | --- |',
    ...statesOf(machine).map(
      (state) => `| ${state} | ${codes[state]} | ${names[state]} | ${escaped(guarantees[state])} |`,
    ),
    '',
    '| event | what it is |',
    '| --- | --- |',
    ...eventsOf(machine).map((event) => `| ${event} | ${escaped(events[event])} |`),
    '',
    `### Walks: ${title.toLowerCase()}`,
    '',
    '| walk | what it does | what both ends show then |',
    '| --- | --- | --- |',
    ...walks.map((walk, i) => `| ${i + 1} | ${walk.title} | ${endsText(walk.ends)} |`),
    '',
    `### Every cell: ${title.toLowerCase()}`,
    '',
    '| state | event | next state | walks |',
    '| --- | --- | --- | --- |',
    ...cells,
  ];
}

const escaped = (text: string): string => text.replaceAll('<', '\\<');

/** Markdown, whole. */
export function generateStateReference(): string {
  return [
    HEAD.trimEnd(),
    ...section({ machine: APP_SIDE, walks: APP_SIDE_WALKS }),
    ...section({ machine: DATA_SIDE, walks: DATA_SIDE_WALKS }),
    '',
  ].join('\n');
}
