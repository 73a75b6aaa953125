/** Damages of a field: what disks and faulty programs make of bytes. */

/** Where a field lies. */
export interface Field {
  readonly from: number;
  readonly to: number;
}

export type PlantKind = 'flip' | 'zero' | 'max' | 'plus' | 'minus' | 'swap' | 'cut';

export interface Plant {
  readonly kind: PlantKind;
  readonly bytes: Uint8Array;
}

/** Bits that are flipped in a field are at most so many, spread over it. */
const FLIPS_MAX = 8;

/** Every plant that changes something. `other` is the field of another of its kind. */
export function plantsOf(bytes: Uint8Array, field: Field, other?: Uint8Array): Plant[] {
  const { from, to } = field;
  const plants: Plant[] = [];
  const plant = (kind: PlantKind, change: (copy: Uint8Array) => void): void => {
    const copy = bytes.slice();
    change(copy);
    if (copy.some((byte, at) => byte !== bytes[at])) plants.push({ kind, bytes: copy });
  };
  const bits = (to - from) * 8;
  const step = Math.max(1, Math.floor(bits / FLIPS_MAX));
  for (let bit = 0; bit < bits; bit += step)
    plant('flip', (copy) => {
      const at = from + (bit >> 3);
      copy[at] = (copy[at] as number) ^ (1 << (bit & 7));
    });
  plant('zero', (copy) => copy.fill(0, from, to));
  plant('max', (copy) => copy.fill(0xff, from, to));
  plant('plus', (copy) => add(copy, field, 1));
  plant('minus', (copy) => add(copy, field, -1));
  if (other?.length === to - from) plant('swap', (copy) => copy.set(other, from));
  if (from < bytes.length) plants.push({ kind: 'cut', bytes: bytes.slice(0, from) });
  return plants;
}

/** As an integer, little-endian. */
function add(bytes: Uint8Array, { from, to }: Field, by: 1 | -1): void {
  for (let at = from; at < to; at++) {
    const sum = (bytes[at] as number) + by;
    bytes[at] = sum & 0xff;
    if (sum >= 0 && sum <= 0xff) return;
  }
}
