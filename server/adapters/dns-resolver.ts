/** Host names by the machine's resolver, for the NameResolver port. */
import { lookup } from 'node:dns/promises';
import type { NameResolver } from '../ports/name-resolver.ts';

export class DnsResolver implements NameResolver {
  resolve(host: string, done: (addresses: readonly string[]) => void): void {
    lookup(host, { all: true }).then(
      (found) => done(found.map(({ address }) => canonicalAddress(address))),
      () => done([]),
    );
  }
}

/** IPv4 addresses that arrive over IPv6 sockets are written as IPv4. */
export function canonicalAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.')
    ? address.slice('::ffff:'.length)
    : address;
}
