import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import type { JournalDisk } from '../../server/ports/journal-disk.ts';
import { MemoryJournalDisk } from '../../server/storage/testing/memory-disk.ts';
import { JournalFiles } from '../../server/adapters/journal-files.ts';

/** Without the zeros that may follow. */
const content = (bytes: Uint8Array): string => Buffer.from(bytes).toString().replace(/\0+$/, '');

const sync = (disk: JournalDisk): Promise<unknown> => new Promise((resolve) => disk.sync(resolve));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe.each([
  ['files', (): JournalDisk => new JournalFiles(join(directory, 'journal'))],
  ['the memory fake', (): JournalDisk => new MemoryJournalDisk()],
])('a journal disk: %s', (_name, make) => {
  it('appends to the newest segment and removes old ones', async () => {
    const disk = make();
    expect(disk.segments()).toEqual([]);
    disk.create(3);
    disk.append(utf8('one '));
    disk.append(utf8('two'));
    disk.create(12);
    disk.append(utf8('three'));
    expect(await sync(disk)).toBeFalsy();
    expect(disk.segments()).toEqual([3, 12]);
    expect(content(disk.read(3))).toBe('one two');
    expect(content(disk.read(12))).toBe('three');
    disk.remove(3);
    expect(disk.segments()).toEqual([12]);
    disk.append(utf8('!'));
    expect(await sync(disk)).toBeFalsy();
    expect(content(disk.read(12))).toBe('three!');
    disk.close();
  });
});

describe('the journal files', () => {
  it('are found again, and never overwritten', async () => {
    const first = new JournalFiles(join(directory, 'journal'));
    first.create(1);
    first.append(utf8('kept'));
    await sync(first);
    first.close();
    const second = new JournalFiles(join(directory, 'journal'));
    expect(second.segments()).toEqual([1]);
    expect(() => second.create(1)).toThrow();
    expect(content(second.read(1))).toBe('kept');
    second.close();
  });

  it('that a failed sync left open are closed once: a number may be another file’s by then', async () => {
    /** The lowest free number: what is opened next has it. */
    const free = (): number => {
      const descriptor = openSync('/dev/null', 'r');
      closeSync(descriptor);
      return descriptor;
    };
    const disk = new JournalFiles(join(directory, 'journal'));
    disk.create(1);
    const second = free();
    disk.create(2);
    disk.create(3);
    closeSync(second);
    // What cannot be synced.
    expect(openSync('/dev/null', 'r')).toBe(second);
    expect(await sync(disk)).toMatchObject({ code: 'EINVAL' });
    const other = openSync(join(directory, 'other'), 'w');
    disk.abandon();
    expect(() => writeSync(other, 'still open')).not.toThrow();
    closeSync(other);
  });
});
