import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log, LogFields } from '../ports/log.ts';
import { KeyFiles } from './key-files.ts';

const bytes = Buffer.from(Array.from({ length: 32 }, (_, i) => 200 - i));

let folder = '';
let logged: string[] = [];
const note = (message: string, fields?: LogFields): void => {
  logged.push(`${message} ${JSON.stringify(fields)}`);
};
const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer, mode = 0o400): string {
  const path = join(folder, name);
  rmSync(path, { force: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

function load(...files: string[]): KeyFiles {
  const keys = new KeyFiles(log);
  keys.load(files.map((path, i) => ({ name: `key${i}`, file: path })));
  return keys;
}

describe('F-D6: key files', () => {
  it('have 32 bytes, 64 hexadecimal digits or base64, with or without a final newline', () => {
    const hex = bytes.toString('hex');
    const base64 = bytes.toString('base64');
    const forms = [
      bytes,
      hex,
      `${hex.toUpperCase()}\n`,
      base64,
      `${base64}\r\n`,
      base64.slice(0, 43),
    ];
    const keys = load(...forms.map((content, i) => file(String(i), content)));
    expect(keys.keys().length).toBe(forms.length);
    expect(new Set(keys.keys().map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(keys.byFingerprint(keys.byName('key0').fingerprint)).toBeDefined();
    expect(logged).toEqual([]);
  });

  it.each([
    ['nothing', '', 'none of 32 bytes'],
    ['31 bytes', bytes.subarray(1), 'none of 32 bytes'],
    ['33 bytes', Buffer.concat([bytes, bytes.subarray(0, 1)]), 'none of 32 bytes'],
    ['63 digits', bytes.toString('hex').slice(1), 'none of 32 bytes'],
    ['two newlines', `${bytes.toString('hex')}\n\n`, 'none of 32 bytes'],
    ['more', bytes.toString('hex').repeat(9), 'none of 32 bytes'],
    ['half a key', bytes.toString('hex').slice(32), '32 hexadecimal digits: a key has 64'],
    ['zeros', Buffer.alloc(32), 'the same byte 32 times'],
  ])('are refused with %s, by their field and without what they hold', (_what, content, why) => {
    const path = file('key', content);
    const keys = load(path, file('other', bytes));
    expect(() => keys.byName('key0')).toThrow(`encryption.keys[0].file: ${path} has ${why}`);
    expect(keys.keys().map(({ name }) => name)).toEqual(['key1']);
    expect(logged.length).toBe(1);
    for (const text of [bytes.toString('hex').slice(32), bytes.toString('base64').slice(0, 20)])
      expect(logged.join()).not.toContain(text);
  });

  it('are refused where they are missing, a folder, or writable by everyone', () => {
    mkdirSync(join(folder, 'folder'));
    const paths = [join(folder, 'none'), join(folder, 'folder'), file('open', bytes, 0o602)];
    const keys = load(...paths);
    expect(() => keys.byName('key0')).toThrow('cannot be read: ENOENT');
    expect(() => keys.byName('key1')).toThrow('is no file');
    expect(() => keys.byName('key2')).toThrow('is writable by everyone');
    expect(() => keys.byName('key3')).toThrow('key3: is not in encryption.keys');
  });

  it('are read through links, as Secrets are mounted, and warned of where everyone may read them', () => {
    const path = join(folder, 'link');
    symlinkSync(file('target', bytes, 0o644), path);
    expect(load(path).keys().length).toBe(1);
    expect(logged).toEqual([expect.stringContaining('readable by everyone')]);
  });

  it('stand for the same key as long as they are configured: one that changed or went away is used on', () => {
    const path = file('key', bytes);
    const keys = new KeyFiles(log);
    const configured = [{ name: 'a', file: path }];
    keys.load(configured);
    const { fingerprint } = keys.byName('a');
    file('key', Buffer.from(bytes.toReversed()));
    keys.load(configured);
    expect(keys.byName('a').fingerprint).toBe(fingerprint);
    expect(logged).toEqual([expect.stringContaining('a new key needs a new name')]);
    rmSync(path, { force: true });
    keys.load(configured);
    expect(keys.byName('a').fingerprint).toBe(fingerprint);
    keys.load([]);
    expect(() => keys.byName('a')).toThrow('is not in encryption.keys');
    expect(keys.byFingerprint(fingerprint)?.name).toBe('a');
  });
});
