import { expect, test } from '@jest/globals';
import { readHexLines } from '../support/hex-lines.ts';
import { RawAppServer } from '../support/raw-peers.ts';
import { messageLines } from '../support/transcript.ts';
import { World } from '../support/world.ts';

const SESSION = readHexLines('v1-session.hex').map(([way, bytes]) => ({
  direction: way === 'S to A' ? ('toApp' as const) : ('toServer' as const),
  bytes,
}));

test('F-E12: the kept session of protocol version 1 reads as it did', () => {
  const lines = SESSION.flatMap(({ direction, bytes }) =>
    messageLines(direction, bytes).map((line) => `${direction === 'toApp' ? '  ' : ''}${line}`),
  );
  expect(lines).toEqual([
    'hello',
    '  welcome',
    '#1 fetch ^x(1)',
    '  block #1 [, ) ^x(1)=before',
    '#2 set ^x(1)=own',
    '#3 set ^x(2)=two',
    '#4 fetch ^x(1)',
    '#5 fetch ^x(2)',
    '  applied #3',
    '  block #4 [, ) ^x(1)=own ^x(2)=two',
    '  sent #5',
    '  durable to #3',
    '#6 increment ^n by 2.5',
    'hurry',
    '  incremented #6 to 2.5',
    '  durable to #6',
    '#7 scan [^x, ) limit 2',
    'part <2100 bytes>',
    '#8 setLong ^x(3) <2100 bytes>',
    '#9 fetch ^x(3)',
    '  scanned #7 ^x(1)=own ^x(2)=two',
    '  applied #8',
    expect.stringMatching(
      /^ {2}block #9 \[, \) \^n=2\.5 \^x\(1\)=own \^x\(2\)=two \^x\(3\)=long \d+$/,
    ),
    '  durable to #8',
    '#10 merge ^y=^x',
    '#11 kill ^x(1)',
    '#12 zkill ^x(2)',
    '#13 kill ^x',
    '#14 sync',
    '  invalidate [, )',
    '  merged #10',
    '  applied #12',
    '  failed #13 <DATABASE>',
    '  synced #14',
    '  durable to #13',
    '#15 fetch ^n',
    expect.stringMatching(/^ {2}block #15 \[, \) 5 nodes$/),
    '  invalidate [, )',
    'goodbye',
  ]);
});

test('F-E12: today’s data server answers the kept session’s app server as it was answered then', async () => {
  const world = new World();
  const s = world.dataServer();
  void s.job().global('x').set([1], 'before');
  await world.time.pass(20);
  const peer = new RawAppServer(world);
  const said: string[] = [];
  for (const [i, { direction, bytes }] of SESSION.entries()) {
    if (direction === 'toApp') said.push(...messageLines(direction, bytes));
    else await peer.raw(bytes);
    if (SESSION[i + 2] === undefined && direction === 'toServer') break;
    // Between the last two messages of S, somebody there changed a node.
    if (i === SESSION.length - 3) {
      void s.job().global('z').set([1], 'local');
      await world.time.pass(20);
    }
  }
  const withoutIds = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/long \d+/, 'long'));
  expect(withoutIds(peer.heard)).toEqual(withoutIds(said));
});
