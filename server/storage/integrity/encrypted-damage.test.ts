/** F-D5, F-D6: what cannot be decrypted any more is found with its place, and ends no check of what lies beside it. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../../adapters/node-cipher.ts';
import type { KeyRing } from '../../ports/cipher.ts';
import type { PageSnapshot, StoredPage } from '../../ports/page-store.ts';
import { NodeCache } from '../encryption/node-cache.ts';
import { openEncrypted } from '../encryption/open-page-store.ts';
import { seededRandom } from '../testing/manual-clock.ts';
import { MemoryPageStore } from '../testing/memory-disk.ts';
import { type Stored, storedSample } from '../testing/stored-sample.ts';
import { IntegrityCheck } from './integrity-check.ts';

const key = new NodeMasterKey('key', new Uint8Array(32).fill(7));
const ring: KeyRing = {
  byName: () => key,
  byFingerprint: () => key,
  keys: () => [key],
};
const NODE = 1;
const PAGE = 2;

const openRaw = (raw: MemoryPageStore) =>
  openEncrypted(raw, key, { ring, random: seededRandom(1), cache: new NodeCache(1) });

function findingsOf(
  raw: MemoryPageStore,
  open: () => PageSnapshot = () => openRaw(raw).snapshot(),
): string[] {
  const check = new IntegrityCheck({
    journal: undefined,
    databases: [
      { name: 'DATA', overheadBytes: 0, open },
      { name: 'OTHER', overheadBytes: 0, open: () => new MemoryPageStore().snapshot() },
    ],
  });
  check.advance(Infinity);
  // Whatever is wrong with the first ends no check of the second.
  expect(check.databases.has('OTHER')).toBe(true);
  return check.findings.list.map(({ place, problem }) => `${place}: ${problem}`);
}

/** Spread over the whole. */
const placesIn = (bytes: Uint8Array): number[] =>
  Array.from({ length: 40 }, (_, n) => Math.floor((n * bytes.length) / 40));

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 0x10 : byte));

let stored: Stored;
let raw: MemoryPageStore;

beforeAll(async () => {
  stored = await storedSample();
  raw = new MemoryPageStore();
  const { header, pages, longValues } = stored;
  openRaw(raw).commit({ removeRanges: [], pages, longValues, header }, () => undefined);
});

/** Puts these in place of what lies there. */
function replaced(
  pages: readonly StoredPage[],
  longValues: Stored['longValues'],
  header = raw.header()!,
): void {
  const batch = { removeRanges: [], pages, longValues, header };
  raw.commit(batch, () => undefined);
}

function rawPages(kind: number): StoredPage[] {
  const found: StoredPage[] = [];
  for (let at = raw.before(undefined); at !== undefined; at = raw.before(at.key))
    if (at.key[0] === kind) found.push(at);
  return found;
}

describe('F-D5, F-D6: an integrity check of an encrypted database', () => {
  it('finds nothing where there is nothing', () => {
    expect(rawPages(PAGE).length).toBe(stored.pages.length);
    expect(findingsOf(raw)).toEqual([]);
  });

  it('names the header that a flipped bit makes unreadable: of a store that is opened, and of one that was', () => {
    const header = raw.header()!;
    const opened = openRaw(raw);
    let snapshots = 0;
    const snapshotOf = raw.snapshot.bind(raw);
    raw.snapshot = () => {
      snapshots++;
      return { ...snapshotOf(), close: () => snapshots-- };
    };
    for (const at of placesIn(header)) {
      replaced([], [], flipped(header, at));
      for (const open of [undefined, () => opened.snapshot()]) {
        const found = findingsOf(raw, open);
        expect([at, found]).toEqual([at, [expect.stringMatching(/^DATA, header: \S.*/)]]);
      }
    }
    // None stays open.
    expect(snapshots).toBe(0);
    raw.snapshot = snapshotOf;
    replaced([], [], header);
    expect(findingsOf(raw)).toEqual([]);
  });

  it('names the block that a flipped bit makes unreadable, and goes on', () => {
    const pages = rawPages(PAGE);
    const places = new Set<string>();
    for (const page of pages) {
      for (const at of placesIn(page.bytes)) {
        replaced([{ key: page.key, bytes: flipped(page.bytes, at) }], []);
        const found = findingsOf(raw);
        const errors = found.filter((text) => !text.includes('no node names it'));
        expect(errors).toHaveLength(1);
        expect(errors[0]).toMatch(/^DATA, block from .* to .*: a page: is not what was encrypted$/);
        places.add(errors[0]!);
      }
      replaced([page], []);
    }
    expect(places.size).toBe(pages.length);
  });

  it('says from where on the index cannot be read where a bit of it is flipped', () => {
    const [node] = rawPages(NODE);
    for (const at of placesIn(node!.bytes)) {
      replaced([{ key: node!.key, bytes: flipped(node!.bytes, at) }], []);
      expect(findingsOf(raw).filter((text) => !text.includes('no node names it'))).toEqual([
        'DATA, range from the beginning to the end: a node of the index: is not what was encrypted: nothing before its end can be checked',
      ]);
    }
    replaced([node!], []);
  });

  it('names the node whose long value a flipped bit makes unreadable', () => {
    const [{ id }] = stored.longValues as [Stored['longValues'][number]];
    const bytes = raw.longValue(id)!;
    const TELLS_THE_KEY = 8;
    for (const at of placesIn(bytes).filter((place) => place >= TELLS_THE_KEY)) {
      replaced([], [{ id, bytes: flipped(bytes, at) }]);
      expect(findingsOf(raw)).toEqual([
        expect.stringMatching(/^DATA, node .*, long value \d+: a long value: is not what was encr/),
      ]);
    }
    replaced([], [{ id, bytes }]);
    expect(findingsOf(raw)).toEqual([]);
  });
});
