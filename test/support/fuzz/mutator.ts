/** Makes bytes that are nearly right of bytes that are: the same ones for the same random numbers. */
export type RandomFunction = () => number;

const CHANGES_MAX = 4;
/** Bytes that are removed or repeated at once, at most. */
const PIECE_BYTES_MAX = 16;
/** Values at which lengths, counts and flags change their meaning: as a byte, and as integers of the formats. */
const EDGES: readonly (readonly number[])[] = [
  ...[0x00, 0x01, 0x02, 0x7f, 0x80, 0xff, 0x22, 0x28].map((byte) => [byte]),
  [0xff, 0x7f], // varint 16,383, and a u16
  [0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f], // varint 2^53 - 1
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x00], // u64 2^53 - 1
  [0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00], // u64 2^32
];

interface Draw {
  /** 0 to limit - 1. */
  readonly below: (limit: number) => number;
  /** Another one of the pool. */
  readonly other: () => Uint8Array;
}

/** One way to change bytes, at a place from 0 to their end. */
type Change = (bytes: readonly number[], at: number, draw: Draw) => readonly number[];

const edge = ({ below }: Draw): readonly number[] => EDGES[below(EDGES.length)] ?? [];
const pieceEnd = (bytes: readonly number[], at: number, { below }: Draw): number =>
  Math.min(bytes.length, at + 1 + below(PIECE_BYTES_MAX));

const replace: Change = (bytes, at, draw) => {
  const put = edge(draw);
  return [...bytes.slice(0, at), ...put, ...bytes.slice(at + put.length)];
};
const flip: Change = (bytes, at, { below }) =>
  bytes.map((byte, index) => (index === at ? byte ^ (1 << below(8)) : byte));
const insert: Change = (bytes, at, draw) => [
  ...bytes.slice(0, at),
  ...edge(draw),
  ...bytes.slice(at),
];
const remove: Change = (bytes, at, draw) => [
  ...bytes.slice(0, at),
  ...bytes.slice(pieceEnd(bytes, at, draw)),
];
const cut: Change = (bytes, at) => bytes.slice(0, at);
const repeat: Change = (bytes, at, draw) => [
  ...bytes.slice(0, pieceEnd(bytes, at, draw)),
  ...bytes.slice(at),
];
const splice: Change = (bytes, at, { below, other }) => {
  const end = other();
  return [...bytes.slice(0, at), ...end.subarray(below(end.length + 1))];
};

const CHANGES: readonly Change[] = [replace, flip, insert, remove, cut, repeat, splice];

/** One to a few changes of one of `pool`, perhaps with the end of another. */
export function mutated(pool: readonly Uint8Array[], random: RandomFunction): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const other = (): Uint8Array => pool[below(pool.length)] ?? new Uint8Array(0);
  let bytes: readonly number[] = [...other()];
  for (let left = 1 + below(CHANGES_MAX); left > 0; left--) {
    const change = CHANGES[below(CHANGES.length)] ?? flip;
    bytes = change(bytes, below(bytes.length + 1), { below, other });
  }
  return Uint8Array.from(bytes);
}
