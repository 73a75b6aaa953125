import { expect, test } from '@jest/globals';
import { EcpError } from '../../server/base/errors.ts';
import type { Request } from '../../server/ecp/wire/frame.ts';
import { fetch, key, RawAppServer, set } from '../support/raw-peers.ts';
import { World } from '../support/world.ts';

test('A.2.5: what S cannot read is answered as failed; the session goes on', async () => {
  const world = new World();
  const s = world.dataServer();
  const peer = await RawAppServer.welcomed(world);
  const store = s.instance.engine.database(2);
  const blockFor = store.blockFor.bind(store);
  const damage = (): never => {
    throw new EcpError('DAMAGED', 'a page is not what it was');
  };
  store.blockFor = damage;
  store.readLong = damage;
  const scan: Request = {
    kind: 'scan',
    database: 2,
    from: key('^x'),
    to: undefined,
    reverse: false,
    limit: 9,
  };
  const long: Request = { kind: 'long', database: 2, id: 1, offset: 0 };
  expect(await peer.requests(1, [fetch('^x(1)'), scan, long])).toEqual([
    'failed #1 <DAMAGED>',
    'failed #2 <DAMAGED>',
    'failed #3 <DAMAGED>',
  ]);
  store.blockFor = blockFor;
  expect(await peer.requests(4, [set('^x(1)', 'a')])).toContain('applied #4');
});
