/** Files of `name: hex` lines: bytes that people can read and that git can show. `#` begins a comment. */
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../fixtures/wire/', import.meta.url);

export function readHexLines(file: string | URL): (readonly [name: string, bytes: Uint8Array])[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', hex = ''] = line.split(': ');
      return [name, Uint8Array.from(Buffer.from(hex, 'hex'))] as const;
    });
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
