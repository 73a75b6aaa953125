/** What the status tells of the journal when its disk fails. A.2.5 */
import { expect, it } from '@jest/globals';
import { silentLog } from '../../ports/log.ts';
import { World } from '../../../test/support/world.ts';
import { ConfigurationInForce } from './configuration-in-force.ts';
import { statusOf } from './status.ts';

it.each([true, false])('a failing journal is told of, with why (freezing: %s)', async (freezes) => {
  const world = new World();
  const host = world.dataServer('S', { journal: { freezeOnError: freezes } });
  const { configuration } = host.instance;
  const offer = { text: '', hash: '', revision: 0, configuration };
  const inForce = new ConfigurationInForce(offer, undefined, {
    file: () => '',
    log: silentLog,
    read: () => offer,
    keep: () => undefined,
  });
  const status = () =>
    statusOf(host.instance, inForce, { clientSessions: 0, ready: true, draining: false });
  expect(status()).toMatchObject({ frozen: '', journal: { gaps: 0, gap: '' } });
  host.journal.fault = () => {
    throw new Error('EIO');
  };
  void host.job().global('x').set([1], 'v');
  host.instance.engine.requestSync();
  await world.time.pass(100);
  expect(status().frozen !== '').toBe(freezes);
  expect(status().journal).toMatchObject(freezes ? { gaps: 0, gap: '' } : { gaps: 1, gap: 'EIO' });
  host.journal.fault = () => undefined;
  await world.time.pass(20_000);
  expect(status().frozen !== '').toBe(freezes);
  expect(status().journal).toMatchObject({ gaps: freezes ? 0 : 1, gap: '' });
});
