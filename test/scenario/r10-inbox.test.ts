import { expect, test } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import { WINDOW_BYTES_MAX } from '../../server/base/limits.ts';
import type { Request } from '../../server/ecp/wire/frame.ts';
import { RawAppServer, set } from '../support/raw-peers.ts';
import { World, type Host } from '../support/world.ts';

const BAD_KEY: Request = {
  kind: 'change',
  change: { kind: 'set', database: 2, key: new Uint8Array([0xff, 0xff]), value: utf8('x') },
};

/** Makes so much unsynced that frames have to wait; returns what lets the disk catch up. */
function overload(s: Host): () => void {
  const held: (() => void)[] = [];
  s.journal.defer = (complete) => held.push(complete);
  const big = 'y'.repeat(1_000_000);
  const x = s.job().global('x');
  for (let i = 0; !s.instance.engine.isOverloaded; i++) void x.set([i], big);
  return () => {
    s.journal.defer = (complete) => complete();
    for (const complete of held.splice(0)) complete();
  };
}

test('R10: an offence in a frame that waited ends its session, and nothing else', async () => {
  const world = new World();
  const s = world.dataServer();
  const good = await RawAppServer.welcomed(world, { name: 'good' }, '10.9.9.8');
  const bad = await RawAppServer.welcomed(world);
  const relieve = overload(s);
  await bad.requests(1, [BAD_KEY]);
  expect(await good.requests(1, [set('^z', 'one')])).toEqual([]);
  relieve();
  await world.time.pass(20);
  expect(bad.isClosed).toBe(true);
  expect(bad.heard.at(-1)).toContain('refused PROTOCOL');
  expect(good.heard.at(-1)).toBe('durable to #1');
  expect(await world.run(s.job().global('z').get([]))).toBe('one');
  expect(s.instance.engine.frozen).toBeUndefined();
});

test('R10: more than a window that waits is an offence', async () => {
  const world = new World();
  const s = world.dataServer();
  const bad = await RawAppServer.welcomed(world);
  overload(s);
  const value = 'v'.repeat(30_000);
  const sent = Math.ceil(WINDOW_BYTES_MAX / value.length);
  for (let i = 1; i <= sent; i++) bad.send(i, [set(`^z(${i})`, value)]);
  await world.time.settle();
  expect(bad.isClosed).toBe(false);
  bad.send(sent + 1, [set('^z', 'one too many')]);
  await world.time.settle();
  expect(bad.heard.at(-1)).toContain('refused PROTOCOL');
  expect(bad.isClosed).toBe(true);
});

test('R10: a job of S itself waits for the disk too, however it ends', async () => {
  const world = new World();
  const s = world.dataServer();
  const x = s.job().global('x');
  expect(x.set([1], 'at once')).toBeUndefined();
  const relieve = overload(s);
  const waiting = x.set([1], 'waits');
  let isOver = false;
  void Promise.resolve(waiting).then(() => (isOver = true));
  await world.time.settle();
  expect(isOver).toBe(false);
  relieve();
  await world.run(waiting);
  const failing = overload(s);
  const last = x.set([1], 'never durable');
  s.journal.fault = () => {
    throw new Error('EIO');
  };
  failing();
  await world.run(last);
  expect(() => x.set([1], 'frozen')).toThrow('FROZEN');
});
