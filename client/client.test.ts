/** The whole interface, in process and through a client over memory (F-K13, F-M7). */
import { afterAll } from '@jest/globals';
import { describeDatabase } from '../test/support/database-conformance.ts';
import { openBank } from '../test/support/memory-instance.ts';
import { openClients } from '../test/support/memory-clients.ts';
import { connectOver } from './connect.ts';

const bank = openBank();
const { links } = openClients(bank.app);
afterAll(() => bank.stop());

describeDatabase('in process', (namespace) => Promise.resolve(bank.app.openJob(namespace)));
describeDatabase('a client', (namespace) => connectOver(links.dial, { namespace }));
