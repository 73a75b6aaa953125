/**
 * Throws bytes that are nearly right at a decoder. It may take them for a value, which must become the same bytes again,
 * or refuse them with the error that it has for this; anything else is a find, and so is taking long.
 */
import { concatBytes } from '../../../server/base/bytes.ts';
import { isEcpError, messageOf } from '../../../server/base/errors.ts';
import type { Decoder } from './decoders.ts';
import { mutated, type RandomFunction } from './mutator.ts';

/** Far above what any decoder needs for some kilobytes, on a busy machine. */
const SLOW_MS = 2000;
const SLOW = 'took';
/** Inputs that were taken are changed further, up to so many besides the corpus. */
const POOL_MAX = 256;

export interface Find {
  readonly bytes: Uint8Array;
  readonly problem: string;
}

export interface FuzzResult {
  readonly taken: number;
  readonly refused: number;
  readonly find: Find | undefined;
}

export type Outcome = 'taken' | 'refused' | { readonly problem: string };

/** What a decoder makes of bytes. */
export function tryBytes(decoder: Decoder, bytes: Uint8Array): Outcome {
  const began = performance.now();
  let outcome: Outcome = 'refused';
  for (const variant of decoder.variants?.(bytes) ?? [bytes]) {
    try {
      const problem = decoder.check(variant);
      if (problem !== undefined) return { problem };
      outcome = 'taken';
    } catch (error) {
      if (!isEcpError(error, decoder.code)) return { problem: `threw ${messageOf(error)}` };
    }
  }
  const tookMs = performance.now() - began;
  return tookMs > SLOW_MS ? { problem: `${SLOW} ${Math.round(tookMs)} ms` } : outcome;
}

/** Goes on until the first find, or as long as `isMore` says of the number that were tried. */
export function fuzz(
  decoder: Decoder,
  corpus: readonly Uint8Array[],
  random: RandomFunction,
  isMore: (tried: number) => boolean,
): FuzzResult {
  const pool = [...corpus];
  const counts = { taken: 0, refused: 0 };
  for (let tried = 0; isMore(tried); tried++) {
    const bytes = mutated(pool, random);
    const outcome = tryBytes(decoder, bytes);
    if (typeof outcome === 'object') return { ...counts, find: smallest(decoder, bytes, outcome) };
    counts[outcome]++;
    if (outcome === 'refused') continue;
    if (pool.length < corpus.length + POOL_MAX) pool.push(bytes);
    else pool[corpus.length + Math.floor(random() * POOL_MAX)] = bytes;
  }
  return { ...counts, find: undefined };
}

/** Without what is not needed for the same problem; slow ones stay as they are. */
function smallest(decoder: Decoder, found: Uint8Array, { problem }: { problem: string }): Find {
  if (problem.startsWith(SLOW)) return { bytes: found, problem };
  let bytes = found;
  for (let piece = bytes.length >> 1; piece > 0; piece >>= 1) {
    for (let at = 0; at + piece <= bytes.length;) {
      const without = concatBytes(bytes.subarray(0, at), bytes.subarray(at + piece));
      const outcome = tryBytes(decoder, without);
      if (typeof outcome === 'object' && outcome.problem === problem) bytes = without;
      else at += piece;
    }
  }
  return { bytes, problem };
}
