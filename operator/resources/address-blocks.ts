/**
 * Patterns of incoming addresses (§2.1.1) as blocks, which is all that a NetworkPolicy knows of addresses.
 * 18.61.202-210.* becomes 18.61.202.0/23, 18.61.204.0/22 and so on. What the pattern may look like is
 * checked where resources are read.
 */

/** More blocks than this are no help to who reads the policy. */
const BLOCKS_MAX = 64;

const V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const MAPPED = /^::ffff:(?=\d{1,3}\.)/i;

interface OctetRange {
  readonly from: number;
  readonly to: number;
}

/** Blocks that together are exactly the pattern: an address, a range or a CIDR block. Empty when they would be too many. */
export function blocksOf(pattern: string): string[] {
  const [base = '', length] = pattern.replace(MAPPED, '').split('/');
  if (base.includes(':')) return [`${base}/${length ?? 128}`];
  if (length !== undefined) return [maskedBlock(base, Number(length))];
  if (V4.test(base)) return [`${base}/32`];
  return rangeBlocks(base.split('.').map(octetRange));
}

function octetRange(text: string): OctetRange {
  if (text === '*') return { from: 0, to: 255 };
  const [from, to] = text.split(/[-–]/);
  return { from: Number(from), to: Number(to ?? from) };
}

const isWhole = ({ from, to }: OctetRange): boolean => from === 0 && to === 255;

/** The octets behind the last limited one are free; that one is cut into powers of two, those before it are listed. */
function rangeBlocks(octets: readonly OctetRange[]): string[] {
  const last = octets.findLastIndex((octet) => !isWhole(octet));
  const limited = octets[last];
  if (limited === undefined) return ['0.0.0.0/0'];
  const before = octets.slice(0, last);
  const cuts = powersOfTwo(limited);
  const count = before.reduce((product, { from, to }) => product * (to - from + 1), cuts.length);
  if (count > BLOCKS_MAX) return [];
  const prefixes = before.reduce<string[]>(
    (found, { from, to }) =>
      found.flatMap((prefix) =>
        Array.from({ length: to - from + 1 }, (_, i) => `${prefix}${from + i}.`),
      ),
    [''],
  );
  const zeros = '.0'.repeat(octets.length - last - 1);
  return prefixes.flatMap((prefix) =>
    cuts.map(({ from, bits }) => `${prefix}${from}${zeros}/${8 * last + bits}`),
  );
}

/** A range of one octet as aligned runs, each with the bits of the octet that it fixes. */
function powersOfTwo({ from, to }: OctetRange): { readonly from: number; readonly bits: number }[] {
  const runs: { from: number; bits: number }[] = [];
  let next = from;
  while (next <= to) {
    let size = 1;
    let bits = 8;
    while (next % (size * 2) === 0 && next + size * 2 - 1 <= to && bits > 0) {
      size *= 2;
      bits -= 1;
    }
    runs.push({ from: next, bits });
    next += size;
  }
  return runs;
}

/** With the bits behind the prefix cleared, as the API server wants blocks written. */
function maskedBlock(address: string, length: number): string {
  const octets = address.split('.').map((octet, i) => {
    const kept = Math.min(8, Math.max(0, length - 8 * i));
    return Number(octet) & (0xff00 >> kept) & 0xff;
  });
  return `${octets.join('.')}/${length}`;
}
