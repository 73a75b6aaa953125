import { expect, test } from '@jest/globals';
import { ByteReader, ByteWriter, hexOf } from '../base/bytes.ts';
import { type BackupManifest, decodeManifest, encodeManifest } from './backup-manifest.ts';
import { decodeRecord, encodeTable } from './journal-records.ts';
import { emptyTables } from './recovery.ts';

const FILE = { path: 'databases/DATA/pages.mdb', bytes: 3, sha256: ['ab'.repeat(32)] };
const MANIFEST: BackupManifest = {
  name: 'b',
  instance: 'one',
  instanceUuid: 'u',
  productVersion: '1',
  begunMs: 1,
  endedMs: 2,
  from: 3,
  to: 4,
  databases: [
    { uuid: 'd', name: 'DATA', blockSize: 8192, isJournaled: true, position: 3, file: FILE },
  ],
  segments: [{ segment: 7, start: 0, file: { ...FILE, path: 'journal/journal-0000000007.seg' } }],
};

test('a manifest has stable content (golden), and is read again', () => {
  const text = encodeManifest(MANIFEST);
  const { backup, crc32c } = JSON.parse(text) as { backup: object; crc32c: string };
  expect(backup).toEqual({ version: 1, ...MANIFEST });
  expect(crc32c).toBe('77a3bb78');
  expect(decodeManifest(text)).toEqual(MANIFEST);
});

test.each([
  ['a value that was changed', '"to": 4', '"to": 5', 'a wrong checksum'],
  ['a later version', '"version": 1', '"version": 2', 'version 2 is not known'],
  ['half of it', '"crc32c"', '"crc', 'manifest'],
])('%s is damage', (_what, before, after, problem) => {
  const text = encodeManifest(MANIFEST).replace(before, after);
  expect(() => decodeManifest(text)).toThrow(problem);
});

test.each([
  ['a path that leads out', { ...FILE, path: '../x' }],
  ['an absolute path', { ...FILE, path: '/etc/passwd' }],
  ['a negative length', { ...FILE, bytes: -1 }],
  ['no hash', { ...FILE, sha256: ['x'] }],
])('%s is refused, whatever the checksum says', (_what, file) => {
  const [database] = MANIFEST.databases;
  const text = encodeManifest({ ...MANIFEST, databases: [{ ...database!, file }] });
  expect(() => decodeManifest(text)).toThrow('<DAMAGED> manifest.backup.databases[0].file');
});

test('a database whose name would be another folder is refused', () => {
  const [database] = MANIFEST.databases;
  const text = encodeManifest({ ...MANIFEST, databases: [{ ...database!, name: '../DATA' }] });
  expect(() => decodeManifest(text)).toThrow('a name that no database has');
});

test('R15: what a restore leaves beside the session table has stable bytes (golden)', () => {
  const { sessions } = emptyTables();
  sessions.put(1, 'app', 'i', 5);
  sessions.restored();
  const writer = new ByteWriter(64);
  encodeTable(writer, sessions);
  // Table: next session 2, next epoch 2^32 + 6, no session; restored: that epoch.
  expect(hexOf(writer.view())).toBe('05028680808010000f8680808010');
  const tables = emptyTables();
  const reader = new ByteReader(writer.view(), 'table');
  expect(decodeRecord(reader, tables)).toEqual({ kind: 'table' });
  expect(decodeRecord(reader, tables)).toEqual({ kind: 'restored', lostBelow: 2 ** 32 + 6 });
  expect(tables.sessions.nextEpoch).toBe(2 ** 32 + 6);
});
