import { expect, test } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import { encodeChannelMessage } from '../../server/ecp/wire/handshake.ts';
import { block, RawDataServer, replyFrame } from '../support/raw-peers.ts';
import { isLine, World } from '../support/world.ts';

const OFFENCES: Readonly<Record<string, Uint8Array>> = {
  'an answer to a request that was never sent': replyFrame([
    { kind: 'applied', sequence: 2 ** 52 },
  ]),
  'durability of a request that was never sent': replyFrame([
    { kind: 'durable', sequence: 2 ** 52 },
  ]),
  'a block that is garbage': replyFrame([
    { kind: 'block', sequence: 1, database: 2, bytes: utf8('garbage') },
  ]),
  'a sum for a read': replyFrame([{ kind: 'incremented', sequence: 1, value: utf8('1') }]),
  'an unknown reply': encodeChannelMessage({ kind: 'frame', frame: new Uint8Array([1, 0x7f]) }),
  garbage: utf8('HTTP/1.1 400 Bad Request'),
  'a hello': encodeChannelMessage({
    kind: 'hello',
    hello: {
      versionLowest: 1,
      versionHighest: 1,
      features: [],
      name: 'x',
      incarnation: '',
      session: 0,
      epoch: 0,
      serverUuid: '',
      durable: 0,
      caches: [],
      productVersion: '',
    },
  }),
};

test.each(Object.keys(OFFENCES))(
  'F-E3: a data server that sends %s loses the stream; the request is asked again on the next',
  async (name) => {
    const world = new World();
    const S = new RawDataServer(world);
    const A = world.appServer('A');
    const read = A.job().global('x').get([1]);
    await world.time.settle();
    await S.raw(OFFENCES[name]!);
    expect(A.log.lines.filter(isLine('error: bad message from the data server'))).toHaveLength(1);
    await world.time.pass(10_000);
    expect(S.connections).toBe(2);
    await S.say(block(1, {}, { '^x(1)': 'truth' }));
    expect(await world.run(read)).toBe('truth');
  },
);

const GREETINGS: Readonly<Record<string, Uint8Array>> = {
  'a welcome to a session that nobody asked to resume': encodeChannelMessage({
    kind: 'welcome',
    welcome: {
      version: 1,
      features: [],
      serverName: 'S',
      serverUuid: 'b'.repeat(32),
      session: 1,
      epoch: 1,
      resumed: true,
      lastApplied: 0,
      catalogue: [],
      productVersion: 'test',
    },
  }),
  'a refusal for lost data of a session that never was': encodeChannelMessage({
    kind: 'refused',
    refused: { reason: 'DATA_LOST', message: 'gone', retryable: false },
  }),
  'a goodbye for a greeting': encodeChannelMessage({
    kind: 'goodbye',
    goodbye: { reason: 'no', sessionKept: false },
  }),
};

test.each(Object.keys(GREETINGS))(
  'F-E4: an app server that hears %s dials on, and is connected when it is welcomed',
  async (name) => {
    const world = new World();
    const S = new RawDataServer(world);
    S.welcomes = false;
    const A = world.appServer('A');
    const read = A.job().global('x').get([1]);
    await world.time.settle();
    await S.raw(GREETINGS[name]!);
    expect(A.instance.appServer.status()[0]?.state).not.toBe('normal');
    S.welcomes = true;
    await world.time.pass(6000);
    expect(S.connections).toBe(2);
    await S.say(block(1, {}, { '^x(1)': 'truth' }));
    expect(await world.run(read)).toBe('truth');
  },
);

test('F-E4: a data server that resumes another session than the one asked for is not believed', async () => {
  const world = new World();
  const S = new RawDataServer(world);
  const A = world.appServer('A');
  const sum = A.job().global('x').increment([1]);
  await world.time.settle();
  S.welcome = { epoch: 7 };
  await S.drop();
  await world.time.pass(3000);
  expect(A.instance.appServer.status()[0]?.state).toBe('trouble');
  S.welcome = {};
  await world.time.pass(6000);
  await S.say(
    { kind: 'incremented', sequence: 1, value: utf8('1') },
    { kind: 'durable', sequence: 1 },
  );
  expect(await world.run(sum)).toBe('1');
});
