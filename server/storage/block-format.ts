/**
 * The bytes of a block (docs/formats/block.md): offsets, sizes, and the integers in them. Byte by byte rather
 * than through typed views: a block may start at an odd offset of a frame, and a view is an allocation.
 */
import { EMPTY } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';

export const VERSION = 1;
export const HEADER_BYTES = 20;
export const AT_COUNT = 2;
export const AT_LOW_LENGTH = 4;
export const AT_HIGH_LENGTH = 6;
export const AT_HEAP_END = 8;
export const AT_ID = 12;
/** In place of high's length: the range has no end. */
export const NO_HIGH = 0xffff;

export const ENTRY_HEADER_BYTES = 4;
export const SLOT_BYTES = 2;
/** In an entry's first word: the suffix's length, and whether the value is a stub for a long value. */
export const SUFFIX_LENGTH_MASK = 0x07ff;
export const LONG_FLAG = 0x8000;
/** A stub: the long value's id and its length. */
export const LONG_STUB_BYTES = 12;
/** Up to here a byte loop beats `subarray` and `set`. */
export const COPY_LOOP_MAX = 48;

/** A long value's place: its id, never used again in its database (rule R13), and its length in bytes. */
export interface LongValueReference {
  readonly id: number;
  readonly length: number;
}

export function readU32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

export function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function writeU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
}

export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  writeU16(bytes, at, value);
  writeU16(bytes, at + 2, value >>> 16);
}

export function readU64(bytes: Uint8Array, at: number): number {
  return readU32(bytes, at) + readU32(bytes, at + 4) * 0x1_0000_0000;
}

export function writeU64(bytes: Uint8Array, at: number, value: number): void {
  writeU32(bytes, at, value % 0x1_0000_0000);
  writeU32(bytes, at + 4, Math.floor(value / 0x1_0000_0000));
}

export function copyBytes(
  target: Uint8Array,
  targetAt: number,
  source: Uint8Array,
  from: number,
  to: number,
): void {
  if (to - from <= COPY_LOOP_MAX) {
    for (let i = from, j = targetAt; i < to; i++, j++) target[j] = source[i] as number;
  } else {
    target.set(source.subarray(from, to), targetAt);
  }
}

export const even = (length: number): number => (length + 1) & ~1;

export function entryBytes(suffixLength: number, valueLength: number): number {
  return even(ENTRY_HEADER_BYTES + suffixLength + valueLength);
}

export function heapStartOf(low: Uint8Array, high: Uint8Array | undefined): number {
  return even(HEADER_BYTES + low.length + (high?.length ?? 0));
}

/** What the value of a long node's entry holds. */
export function encodeLongStub(reference: LongValueReference): Uint8Array {
  const stub = new Uint8Array(LONG_STUB_BYTES);
  writeU64(stub, 0, reference.id);
  writeU32(stub, 8, reference.length);
  return stub;
}

/** What fills up to an even place is zero: one writing of a block, not several. EcpError DAMAGED. */
export function checkPadding(bytes: Uint8Array, end: number, next: number): void {
  if (end < next && bytes[end] !== 0) throw damaged('its padding is not zero');
}

export function damaged(problem: string): EcpError {
  return new EcpError('DAMAGED', `block: ${problem}`);
}

/** compareBytes, with only the first `length` bytes of `key`. */
export function comparePart(key: Uint8Array, length: number, other: Uint8Array): number {
  const shorter = length < other.length ? length : other.length;
  for (let i = 0; i < shorter; i++) {
    const difference = (key[i] as number) - (other[i] as number);
    if (difference !== 0) return difference;
  }
  return length - other.length;
}

/** The lowest possible fence. */
export const LOWEST_KEY = EMPTY;
