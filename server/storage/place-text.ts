/** Places in the key space as people read them: fences of blocks are references, or any bytes between two. */
import { formatKey } from '../globals/reference.ts';

const HEX_BYTES_MAX = 64;

/** A fence: the reference, where it is one, else its bytes. `undefined` is the end of the key space. */
export function placeText(fence: Uint8Array | undefined): string {
  if (fence === undefined) return 'the end';
  if (fence.length === 0) return 'the beginning';
  try {
    return formatKey(fence);
  } catch {
    return bytesText(fence);
  }
}

/** Any bytes, in hexadecimal; long ones are cut off. */
export function bytesText(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, HEX_BYTES_MAX);
  const digits = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return shown.length < bytes.length ? `x'${digits}…'` : `x'${digits}'`;
}
