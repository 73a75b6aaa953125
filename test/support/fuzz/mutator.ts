/** Makes bytes that are nearly right of bytes that are: the same ones for the same random numbers. */
export type RandomFunction = () => number;

const CHANGES_MAX = 4;
/** Values at which lengths, counts and flags change their meaning. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x22, 0x28];

/** One to a few changes of one of `pool`, perhaps with the end of another. */
export function mutated(pool: readonly Uint8Array[], random: RandomFunction): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (): Uint8Array => pool[below(pool.length)] ?? new Uint8Array(0);
  let bytes = [...pick()];
  for (let left = 1 + below(CHANGES_MAX); left > 0; left--) bytes = change(bytes, below, pick);
  return Uint8Array.from(bytes);
}

function change(
  bytes: readonly number[],
  below: (limit: number) => number,
  pick: () => Uint8Array,
): number[] {
  const at = below(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + below(16));
  const edge = EDGES[below(EDGES.length)] ?? 0;
  switch (below(7)) {
    case 0:
      return bytes.map((byte, index) => (index === at ? edge : byte));
    case 1:
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << below(8)) : byte));
    case 2:
      return [...bytes.slice(0, at), edge, ...bytes.slice(at)];
    case 3:
      return [...bytes.slice(0, at), ...bytes.slice(to)];
    case 4:
      return bytes.slice(0, at);
    case 5:
      return [...bytes.slice(0, to), ...bytes.slice(at)];
    default: {
      const other = pick();
      return [...bytes.slice(0, at), ...other.subarray(below(other.length + 1))];
    }
  }
}
