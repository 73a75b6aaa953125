/** F-D5: `ecp integrity` and `ecp compact` on a data folder, as files. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { JournalFiles } from '../../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { utf8 } from '../../server/base/bytes.ts';
import { shrinkFolder } from '../../server/cli/compact.ts';
import { checkFolder, formatIntegrity } from '../../server/cli/integrity.ts';
import { encodeKey } from '../../server/globals/key.ts';
import { silentLog } from '../../server/ports/log.ts';
import { StorageEngine } from '../../server/storage/engine.ts';
import { encryptionOf, KEY_BYTES } from './test-encryption.ts';

const key = (at: number): Uint8Array => encodeKey('G', [at]);
const NODES = 400;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecp-integrity-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What an instance leaves behind that had many nodes, of which the last are left. */
async function write({ keys, open, journal } = encryptionOf(false)): Promise<void> {
  const engine = StorageEngine.open(
    {
      journal: new JournalFiles(join(folder, 'journal'), keys),
      clock: new SystemClock(),
      random: new SystemRandom(),
      log: silentLog,
    },
    {
      databases: [
        {
          number: 0,
          name: 'DATA',
          blockSize: 8192,
          isJournaled: true,
          store: open(new LmdbPageStore(join(folder, 'databases', 'DATA'))),
        },
      ],
      encryption: journal,
    },
  );
  for (let at = 0; at < NODES; at++)
    engine.apply({ kind: 'set', database: 0, key: key(at), value: utf8('v'.repeat(1500)) });
  await new Promise<void>((resolve) => engine.checkpoint(() => resolve()));
  engine.apply({ kind: 'killRange', database: 0, from: key(0), to: key(NODES - 50) });
  await engine.close();
}

it('F-D5: a sound data folder passes, with its figures', async () => {
  await write();
  const report = await checkFolder(folder, {});
  expect(report).toMatchObject({
    errors: 0,
    warnings: 0,
    databases: [{ name: 'DATA', nodes: 50 }],
  });
  expect(formatIntegrity(report)).toMatch(/^DATA {2}50 nodes in \d+ blocks, \d+% full\njournal/);
});

it('F-D5: damaged pages are found, and the folder stays as it is', async () => {
  await write();
  const file = join(folder, 'databases', 'DATA', 'pages.mdb');
  const bytes = readFileSync(file);
  const at = bytes.lastIndexOf('v'.repeat(1000));
  bytes[at + 500]! ^= 1;
  for (let place = bytes.indexOf('v'.repeat(1000)); place >= 0 && place < at;) {
    bytes[place]! ^= 1;
    place = bytes.indexOf('v'.repeat(1000), place + 1200);
  }
  writeFileSync(file, bytes);
  const report = await checkFolder(folder, { database: 'DATA' });
  expect(report.errors).toBeGreaterThan(0);
  expect(report.findings![0]).toMatchObject({
    severity: 'error',
    problem: 'page: its checksum is wrong',
  });
  expect(report.findings![0]!.place).toMatch(/^DATA, block from \^G\(\d+\) to /);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it('F-D5, F-D6: an encrypted database whose header was changed is a finding with its place, and so is a file that is none', async () => {
  await write(encryptionOf(true));
  const keyFile = [join(folder, 'key')];
  writeFileSync(keyFile[0]!, KEY_BYTES, { mode: 0o400 });
  expect(await checkFolder(folder, { keyFile })).toMatchObject({ errors: 0, warnings: 0 });
  const file = join(folder, 'databases', 'DATA', 'pages.mdb');
  const bytes = readFileSync(file);
  const SEALED_AT = 60;
  for (let at = bytes.indexOf('ECPE'); at >= 0; at = bytes.indexOf('ECPE', at + 1))
    bytes[at + SEALED_AT]! ^= 1;
  writeFileSync(file, bytes);
  mkdirSync(join(folder, 'databases', 'OTHER'));
  writeFileSync(join(folder, 'databases', 'OTHER', 'pages.mdb'), 'no database');
  const report = await checkFolder(folder, { keyFile });
  expect(report.findings!.map(({ place, problem }) => [place, problem])).toEqual([
    ['DATA, header', 'the header of the database: is not what was encrypted'],
    ['OTHER, file', expect.stringMatching(/pages\.mdb is not a database$/)],
  ]);
  // What is beside them was looked at.
  expect(report.journal!.records).toBeGreaterThan(NODES);
});

it('F-D5: a compaction gives room back, loses nothing, and clears what an interrupted one left', async () => {
  await write();
  const left = join(folder, 'databases', 'DATA', 'compact');
  mkdirSync(left);
  writeFileSync(join(left, 'pages.mdb'), 'half a copy');
  const [shrunk] = await shrinkFolder(folder);
  expect(shrunk!.before).toBeGreaterThan(600_000);
  expect(shrunk!.after).toBeLessThan(200_000);
  expect(existsSync(left)).toBe(false);
  const report = await checkFolder(folder, {});
  expect(report).toMatchObject({
    errors: 0,
    warnings: 0,
    databases: [{ name: 'DATA', nodes: 50 }],
  });
});

it('F-D5: what is no data folder is said to be none', async () => {
  await expect(checkFolder(folder, {})).rejects.toThrow('<DATABASE>');
  await expect(shrinkFolder(folder)).rejects.toThrow('<DATABASE>');
});
