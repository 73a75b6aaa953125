import { expect, test } from '@jest/globals';
import { ByteWriter, utf8 } from '../../server/base/bytes.ts';
import { beginRequestFrame } from '../../server/ecp/wire/frame.ts';
import { encodeChannelMessage } from '../../server/ecp/wire/handshake.ts';
import { fetch, key, RawAppServer, requestFrame, set } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

const REFUSED = 'refused PROTOCOL';
const rawFrame = (frame: Uint8Array): Uint8Array => encodeChannelMessage({ kind: 'frame', frame });
const written = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter();
  write(writer);
  return rawFrame(writer.copy());
};
const head = { replay: false, firstSequence: 2, confirmed: 0 };

/** What a peer that has sent request 1 may not send next. */
const OFFENCES: Readonly<Record<string, Uint8Array>> = {
  'a gap in the numbers': requestFrame(3, [set('^x(2)', 'gap')]),
  'an old number': requestFrame(1, [set('^x(2)', 'old')]),
  'number 0': requestFrame(0, [set('^x(2)', 'zero')]),
  'a replay out of season': requestFrame(2, [set('^x(2)', 'replay')], { replay: true }),
  'numbers beyond the safe integers': requestFrame(Number.MAX_SAFE_INTEGER, [set('^x(2)', 'far')], {
    replay: true,
  }),
  'a second hello': encodeChannelMessage({
    kind: 'hello',
    hello: {
      versionLowest: 1,
      versionHighest: 1,
      features: [],
      name: 'again',
      incarnation: '1'.repeat(32),
      session: 0,
      epoch: 0,
      serverUuid: '',
      durable: 0,
      caches: [],
      productVersion: '',
    },
  }),
  'a welcome': encodeChannelMessage({
    kind: 'welcome',
    welcome: {
      version: 1,
      features: [],
      serverName: '',
      serverUuid: '',
      session: 1,
      epoch: 1,
      resumed: false,
      lastApplied: 0,
      catalogue: [],
      productVersion: '',
    },
  }),
  garbage: utf8('GET / HTTP/1.1\r\n\r\n'),
  'nothing at all': new Uint8Array(0),
  'a frame of an unknown version': rawFrame(new Uint8Array([9, 0, 1, 0])),
  'an unknown request': written((writer) => {
    beginRequestFrame(writer, head);
    writer.u8(0x7f);
  }),
  'an unknown change': written((writer) => {
    beginRequestFrame(writer, head);
    writer.u8(0x1f).varint(2).blob(key('^x(2)'));
  }),
  'a truncated frame': requestFrame(2, [set('^x(2)', 'short')]).slice(0, -3),
  'a length of 2^31 - 1': written((writer) => {
    beginRequestFrame(writer, head);
    writer.u8(1).varint(2).varint(0x7fff_ffff);
  }),
  'an 11-byte varint': rawFrame(new Uint8Array([1, 0, ...new Array<number>(11).fill(0xff)])),
  'a key that is no reference': requestFrame(2, [
    {
      kind: 'change',
      change: { kind: 'set', database: 2, key: new Uint8Array([0xff, 0xff]), value: utf8('x') },
    },
  ]),
  'an empty key': requestFrame(2, [
    { kind: 'change', change: { kind: 'kill', database: 2, key: new Uint8Array(0) } },
  ]),
  'a merge of no reference': requestFrame(2, [
    {
      kind: 'merge',
      database: 2,
      key: utf8('x'),
      fromDatabase: 2,
      fromKey: new Uint8Array([0xff]),
    },
  ]),
  'a long value whose pieces do not add up': requestFrame(2, [
    { kind: 'part', bytes: utf8('abc') },
    { kind: 'setLong', database: 2, key: key('^x(2)'), length: 4 },
  ]),
  'a thousand empty pieces': requestFrame(
    2,
    new Array(1000).fill({ kind: 'part', bytes: new Uint8Array(0) }),
  ),
  'an increment as part of a transaction': requestFrame(2, [
    { kind: 'within', job: 1 },
    {
      kind: 'change',
      change: { kind: 'increment', database: 2, key: key('^x(2)'), by: utf8('1') },
    },
  ]),
  'a read as part of a transaction': requestFrame(2, [{ kind: 'within', job: 1 }, fetch('^x(2)')]),
  'a transaction of level 256': requestFrame(2, [{ kind: 'begin', job: 1, level: 256 }]),
  'a transaction of level 0': requestFrame(2, [{ kind: 'begin', job: 1, level: 0 }]),
  'a claim outside of a recovery': requestFrame(2, [
    { kind: 'claimTransaction', job: 1, level: 1 },
  ]),
  'more ahead than allowed': requestFrame(2, [
    { kind: 'fetch', database: 2, key: key('^x(2)'), ahead: 33, reverse: false },
  ]),
};

test.each(Object.keys(OFFENCES))(
  'F-E3: a peer that sends %s loses its session; nothing of it is applied, and others are unaffected',
  async (name) => {
    const world = new World();
    const s = world.dataServer();
    const A = world.appServer('A');
    await world.run(A.job().global('x').set([9], 'theirs'));
    const peer = await RawAppServer.welcomed(world);
    expect((await peer.requests(1, [set('^x(1)', 'fine')]))[0]).toBe('applied #1');
    expect(await peer.raw(OFFENCES[name]!)).toEqual([REFUSED]);
    expect(peer.isClosed).toBe(true);
    expect(s.instance.dataServer.connections().map((connection) => connection.name)).toEqual(['A']);
    const local = s.job().global('x');
    expect(local.get([1])).toBe('fine');
    expect(local.get([2])).toBeUndefined();
    expect(await world.run(A.job().global('x').get([9]))).toBe('theirs');
    expect(local.order([9])).toBeUndefined();
    expect(s.metrics.of('ecp_connections_refused_total')).toBeLessThanOrEqual(1);
  },
);

test('F-E3: a flood of requests for large answers in one frame ends the session before memory does', async () => {
  const world = new World();
  const s = world.dataServer();
  const local = s.job().global('x');
  for (let i = 0; i < 40_000; i++) void local.set([i], 'v'.repeat(500));
  const peer = await RawAppServer.welcomed(world);
  const scan = {
    kind: 'scan',
    database: 2,
    from: key('^x'),
    to: undefined,
    reverse: false,
    limit: 16,
  } as const;
  world.net.links.find((link) => link.from === '10.9.9.9')!.holdToApp(true);
  let bytesMax = 0;
  const { onMessage } = world.net;
  world.net.onMessage = (direction, bytes, link) => {
    onMessage?.(direction, bytes, link);
    bytesMax = Math.max(bytesMax, s.instance.dataServer.connections()[0]?.queuedBytes ?? 0);
  };
  await peer.requests(1, new Array<typeof scan>(20_000).fill(scan));
  expect(s.instance.dataServer.connections()).toEqual([]);
  expect(bytesMax).toBeLessThan(34 * 1024 * 1024);
}, 30_000);

test('F-E3: a stale or foreign epoch gets no session of anybody else', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  await world.run(A.job().global('x').set([1], 'a'));
  const { number, epoch } = [...s.instance.engine.sessions.values()][0]!;
  const thief = new RawAppServer(world);
  await thief.hello({ name: 'thief', session: number, epoch, incarnation: '7'.repeat(32) });
  expect(thief.welcome.resumed).toBe(false);
  expect(thief.welcome.session).not.toBe(number);
  expect(await world.run(A.job().global('x').increment([2]))).toBe('1');
});

test('F-E3: a second stream of one session takes it over; the first is closed', async () => {
  const world = new World();
  world.dataServer();
  const first = await RawAppServer.welcomed(world);
  await first.requests(1, [set('^x(1)', 'a')]);
  const { session, epoch } = first.welcome;
  const second = new RawAppServer(world);
  expect((await second.hello({ session, epoch, durable: 1 }))[0]).toBe('welcome back, applied #1');
  expect(first.isClosed).toBe(true);
  expect(await second.requests(2, [fetch('^x(1)')])).toEqual([expect.stringContaining('block #2')]);
});

test('F-E5: the 255th app server is refused with CAPACITY; the 254 others work', async () => {
  const world = new World();
  const s = world.dataServer();
  const peers: RawAppServer[] = [];
  for (let i = 1; i <= 254; i++) {
    const peer = new RawAppServer(world);
    void peer.hello({ name: `app${i}` });
    peers.push(peer);
  }
  await world.time.pass(100);
  expect(s.instance.dataServer.connections()).toHaveLength(254);
  const late = new RawAppServer(world);
  expect(await late.hello({ name: 'app255' })).toEqual(['refused CAPACITY']);
  expect((await peers[253]!.requests(1, [set('^x(1)', 'a')]))[0]).toBe('applied #1');
  // A slot that becomes free is given to the next.
  await peers[0]!.raw(
    encodeChannelMessage({ kind: 'goodbye', goodbye: { reason: '', sessionKept: false } }),
  );
  expect(await new RawAppServer(world).hello({ name: 'app255' })).toEqual(['welcome']);
}, 30_000);

test('F-E3: a channel that never says who it is is closed after 10 s', async () => {
  const world = new World();
  world.dataServer();
  const peer = new RawAppServer(world);
  await world.time.pass(10_001);
  expect(peer.heard).toEqual([REFUSED]);
  expect(peer.isClosed).toBe(true);
});

test('F-E12: without a common version both sides are told which one to upgrade', async () => {
  const world = new World();
  world.dataServer();
  const newer = new RawAppServer(world);
  expect(await newer.hello({ versionLowest: 9, versionHighest: 12 })).toEqual(['refused VERSION']);
  const message = newer.messages[0]!;
  if (message.kind !== 'refused') throw new Error(message.kind);
  expect(message.refused.message).toMatch(/upgrade this data server first/);
  const able = new RawAppServer(world);
  await able.hello({ versionLowest: 1, versionHighest: 12 });
  expect(able.welcome.version).toBe(1);
});
