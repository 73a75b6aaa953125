import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '../../server/base/bytes.ts';
import type { PageBatch, PageStore } from '../../server/ports/page-store.ts';
import { MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';
import { NodeCache } from '../../server/storage/encryption/node-cache.ts';
import { openEncrypted } from '../../server/storage/encryption/open-page-store.ts';
import { LmdbPageStore } from '../../server/adapters/lmdb-page-store.ts';
import { NodeMasterKey } from '../../server/adapters/node-cipher.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

const commit = (store: PageStore, batch: Partial<PageBatch>): Promise<void> =>
  new Promise((resolve, reject) => {
    store.commit(
      { removeRanges: [], pages: [], longValues: [], header: utf8('header'), ...batch },
      (error) => {
        if (error === undefined) resolve();
        else reject(new Error('the commit failed', { cause: error }));
      },
    );
  });

const page = (key: string, content: string) => ({ key: utf8(key), bytes: utf8(content) });

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'page-store-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const key = new NodeMasterKey('key', new Uint8Array(32).fill(7));
const encryption = {
  ring: { byName: () => key, byFingerprint: () => key, keys: () => [key] },
  random: new SystemRandom(),
  cache: new NodeCache(1_000_000),
};
const encrypted = (store: PageStore): PageStore => openEncrypted(store, key, encryption);

const stores: [string, () => PageStore][] = [
  ['LMDB', () => new LmdbPageStore(join(directory, 'data'))],
  ['the memory fake', () => new MemoryPageStore()],
  ['F-D6: encrypted, in LMDB', () => encrypted(new LmdbPageStore(join(directory, 'data')))],
  ['F-D6: encrypted, in the memory fake', () => encrypted(new MemoryPageStore())],
];

/** The fake must behave as the real one does, or the simulator proves nothing. */
describe.each(stores)('a page store: %s', (_name, make) => {
  it('is empty at first', async () => {
    const store = make();
    expect(store.header()).toBeUndefined();
    expect(store.floor(utf8('a'))).toBeUndefined();
    expect(store.before(undefined)).toBeUndefined();
    expect(store.longValue(1)).toBeUndefined();
    await store.close();
  });

  it('finds pages below and at a key, the empty key included', async () => {
    const store = make();
    await commit(store, { pages: [page('', 'first'), page('m', 'middle'), page('ma', 'third')] });
    expect(text(store.floor(utf8(''))?.bytes)).toBe('first');
    expect(text(store.floor(utf8('a'))?.bytes)).toBe('first');
    expect(text(store.floor(utf8('m'))?.bytes)).toBe('middle');
    expect(text(store.floor(utf8('z'))?.key)).toBe('ma');
    expect(text(store.before(utf8('m'))?.bytes)).toBe('first');
    expect(text(store.before(utf8('mb'))?.bytes)).toBe('third');
    expect(text(store.before(undefined)?.bytes)).toBe('third');
    expect(store.before(utf8(''))).toBeUndefined();
    await store.close();
  });

  it('removes ranges before it puts, all in one step, reads seeing the state before until then', async () => {
    const store = make();
    const long = new Uint8Array(3_000_000).fill(7);
    await commit(store, {
      pages: ['a', 'b', 'c', 'd'].map((key) => page(key, `old ${key}`)),
      longValues: [{ id: 2 ** 40, bytes: long }],
    });
    expect(store.longValue(2 ** 40)?.length).toBe(long.length);
    const done = commit(store, {
      removeRanges: [{ from: utf8('b'), to: utf8('d') }],
      pages: [page('c', 'new c')],
      longValues: [{ id: 2 ** 40, bytes: undefined }],
      header: utf8('second'),
    });
    await done;
    expect(text(store.floor(utf8('bz'))?.key)).toBe('a');
    expect(text(store.floor(utf8('c'))?.bytes)).toBe('new c');
    expect(text(store.floor(utf8('d'))?.bytes)).toBe('old d');
    expect(store.longValue(2 ** 40)).toBeUndefined();
    expect(text(store.header())).toBe('second');
    await commit(store, { removeRanges: [{ from: utf8('b'), to: undefined }] });
    expect(text(store.before(undefined)?.key)).toBe('a');
    await store.close();
  });

  it('removes single pages, and no other', async () => {
    const store = make();
    await commit(store, { pages: ['', 'a', 'ab', 'b'].map((key) => page(key, `of ${key}`)) });
    await commit(store, { removeKeys: [utf8('a'), utf8('c')], pages: [page('b', 'new')] });
    expect(text(store.floor(utf8('a'))?.key)).toBe('');
    expect(text(store.floor(utf8('ab'))?.bytes)).toBe('of ab');
    expect(text(store.floor(utf8('b'))?.bytes)).toBe('new');
    await store.close();
  });

  it('names its long values, in order, a bounded number at a time', async () => {
    const store = make();
    const ids = [3, 2 ** 40, 1, 2 ** 32];
    await commit(store, { longValues: ids.map((id) => ({ id, bytes: utf8(`long ${id}`) })) });
    expect(store.longValuesAfter(0, 3)).toEqual([1, 3, 2 ** 32]);
    expect(store.longValuesAfter(2 ** 32, 3)).toEqual([2 ** 40]);
    expect(store.longValuesAfter(2 ** 40, 3)).toEqual([]);
    await store.close();
  });
});

describe.each(stores)('a snapshot of a page store: %s', (_name, make) => {
  it('reads the state of its moment, whatever is committed meanwhile', async () => {
    const store = make();
    await commit(store, {
      pages: [page('', 'first'), page('m', 'old')],
      longValues: [{ id: 7, bytes: utf8('long') }],
    });
    const snapshot = store.snapshot();
    await commit(store, {
      removeRanges: [{ from: utf8(''), to: undefined }],
      pages: [page('n', 'new')],
      longValues: [{ id: 7, bytes: undefined }],
      header: utf8('second'),
    });
    expect(text(snapshot.header())).toBe('header');
    expect(text(snapshot.before(undefined)?.bytes)).toBe('old');
    expect(text(snapshot.before(utf8('m'))?.bytes)).toBe('first');
    expect(text(snapshot.floor(utf8('z'))?.key)).toBe('m');
    expect(text(snapshot.longValue(7))).toBe('long');
    expect(snapshot.longValuesAfter(0, 9)).toEqual([7]);
    expect(snapshot.records).toBe(4);
    expect(snapshot.unknownKeys(9)).toEqual([]);
    snapshot.close();
    expect(text(store.before(undefined)?.key)).toBe('n');
    expect(store.longValuesAfter(0, 9)).toEqual([]);
    await store.close();
  });

  it('F-D3: tells how much of what it takes holds something', async () => {
    const store = make();
    const pages = Array.from({ length: 100 }, (_, i) => page(`k${i}`, 'x'.repeat(8000)));
    await commit(store, { pages });
    const full = store.usage();
    expect(full.usedBytes).toBeGreaterThanOrEqual(800_000);
    expect(full.usedBytes).toBeLessThan(900_000);
    expect(full.fileBytes).toBeGreaterThanOrEqual(full.usedBytes);
    await commit(store, { removeRanges: [{ from: utf8(''), to: undefined }] });
    expect(store.usage().usedBytes).toBeLessThan(50_000);
    await store.close();
  });
});

describe('F-D3: the LMDB page store', () => {
  it('removes thousands of pages in one commit, those of several ranges and single ones', async () => {
    const store = new LmdbPageStore(join(directory, 'data'));
    const name = (i: number): string => `k${String(i).padStart(5, '0')}`;
    const pages = Array.from({ length: 3000 }, (_, i) => page(name(i), `page ${i}`));
    await commit(store, { pages });
    const removeRanges = [
      { from: utf8(name(10)), to: utf8(name(1999)) },
      { from: utf8(name(2100)), to: undefined },
    ];
    await commit(store, { removeRanges, removeKeys: [utf8(name(5))], pages: [page('k1', 'new')] });
    const left: (string | undefined)[] = [];
    for (let at = store.before(undefined); at !== undefined; at = store.before(at.key))
      left.push(text(at.key));
    const kept = [...Array(3000).keys()].filter((i) => i < 10 || (i >= 1999 && i < 2100));
    expect(left.reverse()).toEqual(
      [...kept.filter((i) => i !== 5).map(name), 'k1'].sort((a, b) => (a < b ? -1 : 1)),
    );
    await store.close();
  });

  it('names what is in the file and of no kind that belongs there', async () => {
    const store = new LmdbPageStore(join(directory, 'data'));
    await commit(store, { pages: [page('', 'first')] });
    await store.close();
    const raw = open<Buffer, Buffer>({
      path: join(directory, 'data', 'pages.mdb'),
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
    });
    for (const name of ['a', 'hh', 'k', 'l', 'm', 'q', 'z'])
      await raw.put(Buffer.from(name), Buffer.from('?'));
    await raw.close();
    const again = new LmdbPageStore(join(directory, 'data'));
    const snapshot = again.snapshot();
    expect(snapshot.unknownKeys(99).map((key) => text(key))).toEqual([
      'a',
      'hh',
      'k',
      'm',
      'q',
      'z',
    ]);
    // One more is a long value without an id: no list has it, the number of records does.
    expect([snapshot.records, snapshot.longValuesAfter(0, 9)]).toEqual([9, []]);
    expect(snapshot.unknownKeys(2)).toHaveLength(2);
    snapshot.close();
    await again.close();
  });

  it('F-D3: copies what the last commit left, compact, while commits go on; closing waits for it', async () => {
    const store = new LmdbPageStore(join(directory, 'data'));
    const filler = (round: number) =>
      Array.from({ length: 2000 }, (_, i) => page(`k${i}`, `${round}`.repeat(2000)));
    await commit(store, { pages: [page('', 'first'), ...filler(1)] });
    await commit(store, {
      removeRanges: [{ from: utf8('k1'), to: utf8('k9') }],
      header: utf8('2'),
    });
    const copied = store.copyTo(join(directory, 'copy'));
    for (let round = 3; round < 9; round++)
      await commit(store, { pages: filler(round), header: utf8(String(round)) });
    const whole = store.sizeBytes();
    const late = store.copyTo(join(directory, 'late'));
    await store.close();
    await Promise.all([copied, late]);
    const copy = new LmdbPageStore(join(directory, 'copy'));
    const round = Number(text(copy.header()));
    expect(round).toBeGreaterThanOrEqual(2);
    // Pages and header are of one commit.
    expect(text(copy.floor(utf8('k9999'))?.bytes)).toBe(`${round === 2 ? 1 : round}`.repeat(2000));
    expect(copy.longValue(1)).toBeUndefined();
    await copy.close();
    const last = new LmdbPageStore(join(directory, 'late'));
    expect(text(last.header())).toBe('8');
    expect(last.sizeBytes()).toBeLessThan(whole);
    await last.close();
    await expect(
      (async () => {
        const again = new LmdbPageStore(join(directory, 'data'));
        await again.copyTo(join(directory, 'copy')).finally(() => again.close());
      })(),
    ).rejects.toThrow('exists');
  });

  it('F-D3: copies a file with a page that is in no list, as it is', async () => {
    const folder = join(directory, 'data');
    let store = new LmdbPageStore(folder);
    await commit(store, { pages: [page('', 'first')], header: utf8('h') });
    await store.close();
    const file = join(folder, 'pages.mdb');
    const bytes = readFileSync(file);
    // The last page there is, as each of the two meta pages has it: at 144, behind the root of the data.
    for (const at of [0, 4096])
      bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at + 144) + 1n, at + 144);
    writeFileSync(file, Buffer.concat([bytes, Buffer.alloc(4096)]));
    store = new LmdbPageStore(folder);
    await store.copyTo(join(directory, 'copy'));
    await store.close();
    const copy = new LmdbPageStore(join(directory, 'copy'));
    expect(text(copy.floor(utf8('k'))?.bytes)).toBe('first');
    await copy.close();
  });

  it('keeps everything over closing and opening', async () => {
    let store = new LmdbPageStore(join(directory, 'data'));
    await commit(store, { pages: [page('', 'first')] });
    await store.close();
    store = new LmdbPageStore(join(directory, 'data'));
    expect(text(store.floor(utf8('x'))?.bytes)).toBe('first');
    expect(text(store.header())).toBe('header');
    await store.close();
  });

  // The library would end the process.
  it.each([
    ['of something else', () => Buffer.from('no such format'.repeat(9999)), 'is not a database'],
    ['of zeros', () => Buffer.alloc(100_000), 'is not a database'],
    ['too short', (whole: Buffer) => whole.subarray(0, 4200), 'is not a database'],
    ['cut off', (whole: Buffer) => whole.subarray(0, 8192), 'is cut off'],
    ['of another version', (whole: Buffer) => Buffer.from(whole).fill(3, 28, 29), 'is not a'],
  ])('refuses a file %s', async (_what, change, reason) => {
    const folder = join(directory, 'data');
    const store = new LmdbPageStore(folder);
    await commit(store, { pages: [page('', 'x'.repeat(1000)), page('a', 'first')] });
    await store.close();
    const file = join(folder, 'pages.mdb');
    writeFileSync(file, change(readFileSync(file)));
    expect(() => new LmdbPageStore(folder)).toThrow(`<DAMAGED> ${file} ${reason}`);
  });

  it('takes an empty file for a new one, as a crash may leave it', async () => {
    mkdirSync(join(directory, 'data'));
    writeFileSync(join(directory, 'data', 'pages.mdb'), '');
    const store = new LmdbPageStore(join(directory, 'data'));
    expect(store.header()).toBeUndefined();
    await store.close();
  });
});
