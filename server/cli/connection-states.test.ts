import { expect, test } from '@jest/globals';
import { APP_SIDE } from '../ecp/app-server/connection-state.ts';
import { DATA_SIDE } from '../ecp/data-server/session-state.ts';
import { formatConnectionStates } from './connection-states.ts';

test('F-E4: both machines are printed: every state with its number, what it guarantees, and where it leads', () => {
  const text = formatConnectionStates();
  const flat = text.replace(/\s+/g, ' ');
  for (const { names, codes, guarantees } of [APP_SIDE, DATA_SIDE]) {
    for (const [state, name] of Object.entries(names))
      expect(flat).toContain(
        `${Object.entries(codes).find(([key]) => key === state)?.[1]} ${name}`,
      );
    for (const guarantee of Object.values(guarantees)) expect(flat).toContain(guarantee);
  }
  expect(text).toContain(`
  1 Not Connected
    No channel, no timer; nothing of the data server is cached, held or under way. The next request
    connects.
    → Connection in Progress: a job makes a network request
    → Disabled: the administrator changes it to Disabled
    → Connection in Progress: the administrator changes it to Normal
`);
  expect(text).toContain('    → Free (idle): the app server said goodbye\n');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(180);
});
