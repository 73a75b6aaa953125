/** `ecp connection --states`: both machines of a connection, with what holds in each state (guide §3.2). */
import { APP_SIDE } from '../ecp/app-server/connection-state.ts';
import { DATA_SIDE } from '../ecp/data-server/session-state.ts';
import { isImpossible, type StateMachineDescription } from '../ecp/state-machine.ts';

const WIDTH = 100;

export function formatConnectionStates(): string {
  return [...formatSide(APP_SIDE), '', ...formatSide(DATA_SIDE)].join('\n');
}

function formatSide<S extends string, E extends string>(
  side: StateMachineDescription<S, E>,
): string[] {
  const { title, codes, names, guarantees, events, table } = side;
  const states = Object.keys(table) as S[];
  const label = (state: S): string => {
    const isShared = states.some((other) => other !== state && names[other] === names[state]);
    return isShared ? `${names[state]} (${state})` : names[state];
  };
  const lines = [title];
  for (const state of states) {
    lines.push('', `  ${codes[state]} ${label(state)}`, ...wrapped(guarantees[state], '    '));
    for (const event of Object.keys(events) as E[]) {
      const cell = table[state][event];
      if (isImpossible(cell) || cell === state) continue;
      lines.push(`    → ${label(cell as S)}: ${events[event]}`);
    }
  }
  return lines;
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line !== indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
