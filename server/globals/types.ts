/**
 * What callers hand in and get back as subscripts and values.
 *
 * M has no types: a subscript is a number exactly if its text is a canonical number (canonical-number.ts),
 * whatever JavaScript type it came in. So 1, 1n, '1' and the byte 0x31 name the same node; '01' names
 * another. Strings are UTF-8. Bytes of a subscript that are not UTF-8 come back as the lone surrogates
 * U+DC80–U+DCFF, one for each byte 0x80–0xFF (as in Python's surrogateescape), and are taken back as
 * those bytes, so that every subscript read can be used to address its node again. Any other lone
 * surrogate is refused.
 */

export type Subscript = string | number | bigint | Uint8Array;

/**
 * As read: a number where the subscript is a canonical number that a double holds exactly (an integer:
 * exactly; a fraction: the double's shortest decimal form is the fraction), else a string.
 */
export type ReadSubscript = string | number;

export type Value = string | number | bigint | Uint8Array;

/** $DATA: 0 nothing, 1 a value, 10 descendants, 11 both. */
export type DataState = 0 | 1 | 10 | 11;
