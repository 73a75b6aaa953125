/**
 * Text ↔ bytes of subscripts: UTF-8, where bytes that are not UTF-8 travel as the lone surrogates
 * U+DC80–U+DCFF (types.ts), so that reading and writing again gives the same bytes.
 */

// A byte order mark is data here, not a mark.
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const ESCAPE_BASE = 0xdc00;

/** What a lone surrogate stands for: a byte 0x80–0xFF, or -1 if it stands for none. */
export function escapedByte(code: number): number {
  return code >= 0xdc80 && code <= 0xdcff ? code - ESCAPE_BASE : -1;
}

/** The text of bytes, of any bytes. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return textWithEscapes(bytes);
  }
}

function textWithEscapes(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) text += String.fromCharCode(ESCAPE_BASE + (bytes[at++] as number));
    else text += strictDecoder.decode(bytes.subarray(at, (at += length)));
  }
  return text;
}

/** The length of the well-formed UTF-8 sequence at `at`, or 0 if there is none (Unicode, table 3-7). */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > bytes.length) return 0;
  let low = 0x80;
  let high = 0xbf;
  if (lead === 0xe0) low = 0xa0;
  else if (lead === 0xed) high = 0x9f;
  else if (lead === 0xf0) low = 0x90;
  else if (lead === 0xf4) high = 0x8f;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] as number;
    if (byte < low || byte > high) return 0;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}
