/** The client side of an instance, over memory. */
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { ClientListener } from '../../server/api/client/client-listener.ts';
import type { SessionHost } from '../../server/api/client/client-session.ts';
import { silentLog } from '../../server/ports/log.ts';
import { MemoryLinks } from './memory-link.ts';

export function openClients(host: SessionHost): {
  readonly listener: ClientListener;
  readonly links: MemoryLinks;
} {
  const listener = new ClientListener(host, { clock: new SystemClock(), log: silentLog });
  return { listener, links: new MemoryLinks(listener.accept) };
}
