/**
 * What encryption at rest costs: pages and journal batches on the disk of this machine, with and without it, by turns
 * in one process. Medians; `node bench/encryption.ts`.
 *
 *   page read     from LMDB, whose file the operating system has in memory: the worst case, a disk hides more
 *   page written  a part of a checkpoint of 256 pages anywhere in the database, until it is durable
 *   batch         appended to the journal and not synced: what a change waits for
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalFiles } from '../server/adapters/journal-files.ts';
import { LmdbPageStore } from '../server/adapters/lmdb-page-store.ts';
import { NodeMasterKey } from '../server/adapters/node-cipher.ts';
import { SystemClock } from '../server/adapters/system-clock.ts';
import { SystemRandom } from '../server/adapters/system-random.ts';
import { utf8 } from '../server/base/bytes.ts';
import { ENCRYPTED_INDEX_CACHE_BYTES } from '../server/base/limits.ts';
import type { PageBatch, PageStore } from '../server/ports/page-store.ts';
import { NodeCache } from '../server/storage/encryption/node-cache.ts';
import { openEncrypted } from '../server/storage/encryption/open-page-store.ts';
import { Journal } from '../server/storage/journal.ts';
import { median } from './statistics.ts';

const PAGES = 20_000;
const PAGE_BYTES = 8192 - 32 - 16;
const READS = 5000;
const COMMITS = 20;
const COMMIT_PAGES = 256;
const BATCHES = 2000;
const ROUNDS = 5;

const key = new NodeMasterKey('key', new Uint8Array(32).fill(7));
const random = new SystemRandom();
const ring = { byName: () => key, byFingerprint: () => key, keys: () => [key] };
const folder = mkdtempSync(join(tmpdir(), 'bench-encryption-'));

const low = (n: number): Uint8Array => utf8(`global ${String(n).padStart(9, '0')} subscript`);
const anywhere = (): number => Math.floor(random.next() * PAGES);
const content = new Uint8Array(PAGE_BYTES).map((_, i) => i % 251);
const pageOf = (n: number): { key: Uint8Array; bytes: Uint8Array } => ({
  key: low(n),
  bytes: content,
});

function commit(store: PageStore, pages: PageBatch['pages']): Promise<void> {
  const batch = { removeRanges: [], pages, longValues: [], header: utf8('header') };
  return new Promise((resolve, reject) => {
    store.commit(batch, (error) => {
      if (error === undefined) resolve();
      else reject(new Error('a commit failed', { cause: error }));
    });
  });
}

async function filled(name: string, isEncrypted: boolean): Promise<PageStore> {
  const raw = new LmdbPageStore(join(folder, name));
  const cache = new NodeCache(ENCRYPTED_INDEX_CACHE_BYTES);
  const store = isEncrypted ? openEncrypted(raw, key, { ring, random, cache }) : raw;
  for (let n = 0; n < PAGES; n += 1000)
    await commit(
      store,
      Array.from({ length: 1000 }, (_, i) => pageOf(n + i)),
    );
  return store;
}

/** Microseconds each. */
async function timed(count: number, work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return ((performance.now() - start) * 1000) / count;
}

function reads(store: PageStore): Promise<number> {
  return timed(READS, () => {
    for (let i = 0; i < READS; i++) store.floor(low(anywhere()));
  });
}

function writes(store: PageStore): Promise<number> {
  return timed(COMMITS * COMMIT_PAGES, async () => {
    for (let i = 0; i < COMMITS; i++) {
      const places = new Set(Array.from({ length: COMMIT_PAGES }, anywhere));
      await commit(store, Array.from(places, pageOf));
    }
  });
}

let journals = 0;

async function batches(isEncrypted: boolean, bytes: number): Promise<number> {
  const disk = new JournalFiles(join(folder, `journal-${journals++}`), ring);
  const journal = new Journal(disk, new SystemClock(), {
    start: 0,
    segment: 1,
    old: [],
    preamble: () => undefined,
    settings: { encryption: isEncrypted ? { key, random } : undefined },
  });
  const record = new Uint8Array(bytes).fill(1);
  const each = await timed(BATCHES, () => {
    for (let i = 0; i < BATCHES; i++) {
      journal.begin().raw(record);
      journal.end();
      journal.flush();
    }
  });
  journal.close();
  return each;
}

const plain = await filled('plain', false);
const encrypted = await filled('encrypted', true);
const rows: readonly [string, (isEncrypted: boolean) => Promise<number>][] = [
  ['page read', (isEncrypted) => reads(isEncrypted ? encrypted : plain)],
  ['page written', (isEncrypted) => writes(isEncrypted ? encrypted : plain)],
  ['batch of 100 bytes', (isEncrypted) => batches(isEncrypted, 100)],
  ['batch of 4 KiB', (isEncrypted) => batches(isEncrypted, 4096)],
  ['batch of 64 KiB', (isEncrypted) => batches(isEncrypted, 65_536)],
];
console.log('microseconds          plain  encrypted');
for (const [name, measure] of rows) {
  const measured: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    measured[0].push(await measure(false));
    measured[1].push(await measure(true));
  }
  const [without, with_] = measured.map((values) => median(values).toFixed(1).padStart(9));
  console.log(`${name.padEnd(18)}${without ?? ''}  ${with_ ?? ''}`);
}
const size = (store: PageStore): string => `${Math.round(store.usage().usedBytes / 1e6)} MB`;
console.log(`${PAGES} pages take ${size(plain)}, encrypted ${size(encrypted)}`);
await plain.close();
await encrypted.close();
rmSync(folder, { recursive: true });
