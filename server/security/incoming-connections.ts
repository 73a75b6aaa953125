/**
 * Allowed incoming connections (guide §2.1.1): which addresses may connect as application servers.
 *
 * The policy is explicit, `Any` or `Listed`; an empty list admits nobody (rule K1). An entry is one
 * address, a range as the guide writes it (18.61.202-210.*, 18.68.*.*), a CIDR block, or a host name.
 */
import { EcpError } from '../base/errors.ts';
import type { NameResolver } from '../ports/name-resolver.ts';

export interface IncomingEntry {
  /** Quoted in refusals and metrics. */
  readonly name: string;
  readonly address?: string | undefined;
  readonly cidr?: string | undefined;
  readonly host?: string | undefined;
}

export interface IncomingPolicy {
  readonly policy: 'Any' | 'Listed';
  readonly entries: readonly IncomingEntry[];
}

/** Called with the name of the entry that admits the address ('any' under policy Any), or undefined. */
export type Verdict = (entry: string | undefined) => void;

export class IncomingConnections {
  readonly #policy: IncomingPolicy;
  readonly #matchers: readonly {
    readonly name: string;
    readonly matches: (address: Address) => boolean;
  }[];
  readonly #resolver: NameResolver;

  constructor(policy: IncomingPolicy, resolver: NameResolver) {
    this.#policy = policy;
    this.#resolver = resolver;
    this.#matchers = policy.entries
      .filter((entry) => entry.host === undefined)
      .map((entry) => ({ name: entry.name, matches: matcherOf(entry) }));
  }

  /** Decides at once where addresses decide, and after a name look-up where only a host name can. */
  decide(address: string, verdict: Verdict): void {
    if (this.#policy.policy === 'Any') return verdict('any');
    const parsed = parseAddress(address);
    if (parsed === undefined) return verdict(undefined);
    const found = this.#matchers.find((matcher) => matcher.matches(parsed));
    if (found !== undefined) return verdict(found.name);
    this.#tryHosts(
      parsed,
      this.#policy.entries.filter((entry) => entry.host !== undefined),
      verdict,
    );
  }

  #tryHosts(address: Address, entries: readonly IncomingEntry[], verdict: Verdict): void {
    const [first, ...rest] = entries;
    if (first?.host === undefined) return verdict(undefined);
    this.#resolver.resolve(first.host, (found) => {
      const matches = found.some((text) => {
        const resolved = parseAddress(text);
        return (
          resolved !== undefined &&
          resolved.value === address.value &&
          resolved.bits === address.bits
        );
      });
      if (matches) verdict(first.name);
      else this.#tryHosts(address, rest, verdict);
    });
  }
}

/** Checks an entry without building anything; throws CONFIGURATION with the rule that it breaks. */
export function checkIncomingEntry(entry: IncomingEntry): void {
  if (entry.host === undefined) matcherOf(entry);
}

interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

function matcherOf(entry: IncomingEntry): (address: Address) => boolean {
  if (entry.cidr !== undefined) return cidrMatcher(entry.cidr);
  if (entry.address !== undefined) return addressMatcher(entry.address);
  throw new EcpError('CONFIGURATION', `${entry.name}: needs an address, a cidr or a host`);
}

function addressMatcher(pattern: string): (address: Address) => boolean {
  const single = parseAddress(pattern);
  if (single !== undefined)
    return (address) => address.bits === single.bits && address.value === single.value;
  const parts = pattern.split('.');
  const ranges = parts.map(octetRange);
  if (parts.length !== 4 || ranges.some((range) => range === undefined)) {
    throw new EcpError(
      'CONFIGURATION',
      `${pattern}: not an address or a range such as 18.61.202-210.*`,
    );
  }
  return (address) =>
    address.bits === 32 &&
    ranges.every((range, i) => {
      const octet = Number((address.value >> BigInt(8 * (3 - i))) & 0xffn);
      return range !== undefined && octet >= range.from && octet <= range.to;
    });
}

function octetRange(text: string): { readonly from: number; readonly to: number } | undefined {
  if (text === '*') return { from: 0, to: 255 };
  const match = /^(\d{1,3})(?:[-–](\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= 255 ? { from, to } : undefined;
}

function cidrMatcher(cidr: string): (address: Address) => boolean {
  const [base, length, ...rest] = cidr.split('/');
  const network = parseAddress(base ?? '');
  const bits = /^\d{1,3}$/.test(length ?? '') ? Number(length) : NaN;
  if (network === undefined || rest.length > 0 || !(bits <= network.bits)) {
    throw new EcpError('CONFIGURATION', `${cidr}: not a CIDR block such as 10.8.0.0/16`);
  }
  const shift = BigInt(network.bits - bits);
  return (address) =>
    address.bits === network.bits && address.value >> shift === network.value >> shift;
}

const V4_MAPPED_PREFIX = 0xffffn << 32n;

/** IPv4 or IPv6, the latter with :: and with an IPv4 tail; ::ffff:a.b.c.d is the IPv4 address. */
function parseAddress(text: string): Address | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { value: v4, bits: 32 };
  if (!text.includes(':')) return undefined;
  const value = parseV6(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn
    ? { value: value - V4_MAPPED_PREFIX, bits: 32 }
    : { value, bits: 128 };
}

function parseV4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1).map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map(v6Groups);
  const [front, back] = groups;
  if (front === undefined || (halves.length === 2 && back === undefined)) return undefined;
  const missing = 8 - front.length - (back?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...front, ...new Array<bigint>(missing).fill(0n), ...(back ?? [])];
  return all.reduce((value, group) => (value << 16n) | group, 0n);
}

function v6Groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
