/** Folders that hold segments of a journal, read only: what another process writes, what was copied, what was kept. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { assert } from '../base/assert.ts';
import type { KeyRing } from '../ports/cipher.ts';
import type { JournalSource } from '../ports/journal-disk.ts';

const NAME = /^journal-(\d{10})\.seg$/;

export function segmentFileName(segment: number): string {
  return `journal-${String(segment).padStart(10, '0')}.seg`;
}

/** Numbers of the segments in a folder, ascending. */
export function segmentsIn(folder: string): number[] {
  return fs
    .readdirSync(folder)
    .map((name) => Number(NAME.exec(name)?.[1] ?? NaN))
    .filter((segment) => !Number.isNaN(segment))
    .sort((a, b) => a - b);
}

/** `length` bytes of a file from an offset on; fewer where it ends before. */
export function readFileRange(path: string, from: number, length: number): Uint8Array {
  const descriptor = fs.openSync(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    let at = 0;
    while (at < length) {
      const count = fs.readSync(descriptor, bytes, at, length - at, from + at);
      if (count === 0) break;
      at += count;
    }
    return bytes.subarray(0, at);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A whole file. */
export function readWholeFile(path: string): Uint8Array {
  const bytes = fs.readFileSync(path);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Several folders as one: of a segment that is in more than one, the longest file counts. */
export class JournalFolders implements JournalSource {
  readonly keys: KeyRing | undefined;
  readonly #paths = new Map<number, { readonly path: string; readonly bytes: number }>();

  /** `keys` open segments that are encrypted. */
  constructor(folders: readonly string[], keys?: KeyRing) {
    this.keys = keys;
    for (const folder of folders) {
      for (const segment of segmentsIn(folder)) {
        const path = join(folder, segmentFileName(segment));
        const bytes = fs.statSync(path).size;
        if (bytes > (this.#paths.get(segment)?.bytes ?? -1))
          this.#paths.set(segment, { path, bytes });
      }
    }
  }

  segments(): readonly number[] {
    return [...this.#paths.keys()].sort((a, b) => a - b);
  }

  read(segment: number): Uint8Array {
    return readWholeFile(this.pathOf(segment));
  }

  readRange(segment: number, from: number, length: number): Uint8Array {
    return readFileRange(this.pathOf(segment), from, length);
  }

  pathOf(segment: number): string {
    const found = this.#paths.get(segment);
    assert(found !== undefined, 'a segment that is read exists');
    return found.path;
  }
}
