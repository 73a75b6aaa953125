/** Where to listen when the configuration says `::`, every interface, on a machine without IPv6. */
import { createServer } from 'node:net';

const EVERY_INTERFACE = '::';
const EVERY_INTERFACE_IPV4 = '0.0.0.0';

/** The host to bind: the one given, but `0.0.0.0` for `::` where the machine has no IPv6. */
export async function listenHost(
  host: string,
  canBind: (host: string) => Promise<boolean> = canBindAnyPort,
): Promise<string> {
  if (host !== EVERY_INTERFACE || (await canBind(host))) return host;
  return EVERY_INTERFACE_IPV4;
}

/** False only where the address family is missing: any other fault is for the real listener to tell. */
function canBindAnyPort(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL'),
    );
    probe.listen({ host, port: 0 }, () => probe.close(() => resolve(true)));
  });
}
