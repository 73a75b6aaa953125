/** An instance on memory disks that serves clients: `node client-server-child.ts PORT`; says the port it got. */
import { listenClients } from '../../server/adapters/grpc-client-service.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { ClientListener } from '../../server/api/client/client-listener.ts';
import { silentLog } from '../../server/ports/log.ts';
import { openBank } from '../support/memory-instance.ts';

const bank = openBank();
const listener = new ClientListener(bank.app, { clock: new SystemClock(), log: silentLog });
const { port } = await listenClients(
  { host: '127.0.0.1', port: Number(process.argv[2] ?? 0) },
  listener.accept,
  { authenticates: (token) => token === 'let me in' },
);
console.log(`port ${port}`);
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
