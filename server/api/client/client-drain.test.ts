/** The end of client connections when their instance stops in order (rule K11). */
import { afterAll, expect, test } from '@jest/globals';
import { openBank } from '../../../test/support/memory-instance.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { utf8 } from '../../base/bytes.ts';
import { silentLog } from '../../ports/log.ts';
import type { ChannelEvents } from '../../ports/transport.ts';
import { ecp } from '../generated/client.js';
import { ClientListener } from './client-listener.ts';

const bank = openBank();
afterAll(() => bank.stop());

type Operation = ecp.client.v1.Operation.$Properties;

/** A client of the listener, and what it heard. */
class Client {
  readonly heard: string[] = [];
  readonly #events: ChannelEvents;

  constructor(listener: ClientListener) {
    this.#events = listener.accept({
      peerAddress: 'test',
      send: (bytes) => {
        const { replies, events } = ecp.client.v1.ServerMessage.decode(bytes);
        for (const { id, error } of replies) this.heard.push(`${id ?? 0} ${error?.code ?? 'done'}`);
        for (const { error } of events)
          this.heard.push(`${error?.code ?? ''} ${error?.message ?? ''}`);
        return true;
      },
      close: () => void this.heard.push('closed'),
      pause: () => undefined,
      resume: () => undefined,
    });
  }

  send(...operations: Operation[]): void {
    this.#events.message(ecp.client.v1.ClientMessage.encode({ operations }).finish());
  }
}

const STOPPING = ['NETWORK the instance is stopping', 'closed'];
const open = { id: 1, job: 1, openJob: { namespace: 'USER' } };

test('K11: what a client asked for is answered, then its connection ends with the reason; new ones are refused', async () => {
  const listener = new ClientListener(bank.app, { clock: new SystemClock(), log: silentLog });
  const busy = new Client(listener);
  const idle = new Client(listener);
  const node = { global: 'Drain', subscripts: [utf8('1')] };
  // An increment waits for the data server's disk.
  busy.send(open, { id: 2, job: 1, increment: { node, by: utf8('1') } });
  const drained = listener.drain();
  expect(idle.heard).toEqual(STOPPING);
  busy.send({ id: 3, job: 1, increment: { node, by: utf8('1') } });
  await drained;
  expect(busy.heard).toEqual(['1 done', '2 done', ...STOPPING]);
  expect(listener.size).toBe(0);
  expect(new Client(listener).heard).toEqual(STOPPING);
  const job = bank.app.openJob('USER');
  expect(await job.global('Drain').get(['1'])).toBe('1');
  await job.close();
});

test('K11: without clients there is nothing to wait for', async () => {
  const listener = new ClientListener(bank.app, { clock: new SystemClock(), log: silentLog });
  await listener.drain();
});
