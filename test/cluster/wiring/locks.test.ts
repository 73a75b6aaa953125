/** How many locks an instance takes, of all and of one app server: a line of the shell is a job, which locks until one is refused. */
import { expect, test } from '@jest/globals';
import { shellCommand, tryExec } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  teller,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, lives } from './common.ts';

/** Writes the number of each lock that it got: the last one is how many there were. */
const LINE = 'FOR i=1:1:1000 LOCK +^Locked(i) WRITE i,!';

test.concurrent(
  'F-M5: a lock table takes as many as the spec says, and an app server has its part of it, live',
  story(['locks'], async ({ namespaces: { locks: namespace }, step }) => {
    const data = bank(namespace, {
      allowedIncoming: EVERYBODY,
      locks: { tableSize: 300, perAppServer: 200 },
    });
    const app = teller(namespace, { replicas: 1 });
    const alone = resource('EcpAppServer', namespace, 'shop', {
      databases: [{ name: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
      storage: {},
      locks: { tableSize: 250 },
    });
    applyResources(data, app, alone);
    await untilReady(data, app, alone);
    const before = lives(namespace);
    const taken = (pod: string): number => {
      const { ok, stdout, stderr } = tryExec(namespace, pod, shellCommand(LINE));
      if (!ok) expect(stderr).toContain('<LOCKTABLEFULL>');
      return Number(stdout.trim().split('\n').at(-1));
    };
    expect([taken('bank-0'), taken('teller-0'), taken('shop-0')]).toEqual([300, 200, 250]);
    step('larger, and the app server’s part by default half of it');
    patchSpec(data, { locks: { tableSize: 800, perAppServer: null } });
    patchSpec(alone, { locks: { tableSize: 2000 } });
    await untilReady(data, alone);
    expect([taken('bank-0'), taken('teller-0'), taken('shop-0')]).toEqual([800, 400, 1000]);
    expect(lives(namespace)).toEqual(before);
  }),
);
