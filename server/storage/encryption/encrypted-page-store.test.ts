import { describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../../adapters/node-cipher.ts';
import { compareBytes, hexOf, textOf, utf8 } from '../../base/bytes.ts';
import type { KeyRing, MasterKey } from '../../ports/cipher.ts';
import type { PageBatch, PageStore, StoredPage } from '../../ports/page-store.ts';
import type { Random } from '../../ports/random.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryPageStore } from '../testing/memory-disk.ts';
import { silentLog } from '../../ports/log.ts';
import type { EncryptedPageStore } from './encrypted-page-store.ts';
import { KeyRotation } from './key-rotation.ts';
import { NodeCache } from './node-cache.ts';
import { openEncrypted, openPlain } from './open-page-store.ts';

const keyA = new NodeMasterKey('a', new Uint8Array(32).fill(0xa1));
const keyB = new NodeMasterKey('b', new Uint8Array(32).fill(0xb2));

const ringOf = (...keys: MasterKey[]): KeyRing => ({
  byName: (name) => keys.find((key) => key.name === name)!,
  byFingerprint: (fingerprint) => keys.find((key) => key.fingerprint === fingerprint),
  keys: () => keys,
});

/** Shows what is committed before it says so. */
class EarlyStore extends MemoryPageStore {
  isEarly = false;
  held: (() => void) | undefined;

  override commit(batch: PageBatch, done: (error: unknown) => void): void {
    super.commit(batch, (error) => {
      if (this.isEarly) this.held = () => done(error);
      else done(error);
    });
  }
}

let drawn = 0;
/** Draws 000…01, 000…02 and so on. */
const random: Random = {
  next: () => 0.5,
  uuid: () => (++drawn).toString(16).padStart(32, '0'),
};

const open = (raw: PageStore, key: MasterKey = keyA, ring = ringOf(keyA, keyB)) =>
  openEncrypted(raw, key, { ring, random, cache: new NodeCache(1_000_000) });

const page = (key: string, content: string): StoredPage => ({
  key: utf8(key),
  bytes: utf8(content),
});

function commit(store: PageStore, batch: Partial<PageBatch>): void {
  let outcome: unknown = 'not done';
  store.commit(
    { removeRanges: [], pages: [], longValues: [], header: utf8('header'), ...batch },
    (error) => (outcome = error),
  );
  expect(outcome).toBeUndefined();
}

/** Everything in a store, decrypted. */
function contentOf(store: PageStore): Record<string, string> {
  const content: Record<string, string> = { header: textOf(store.header()!) };
  for (let at = store.before(undefined); at !== undefined; at = store.before(at.key))
    content[`page ${textOf(at.key)}`] = textOf(at.bytes);
  for (const id of store.longValuesAfter(0, 1000))
    content[`long ${id}`] = textOf(store.longValue(id)!);
  return content;
}

/** Everything in the store below, as it lies there; by what it is called. */
function rawOf(raw: MemoryPageStore): Map<string, Uint8Array> {
  const all = new Map<string, Uint8Array>([['header', raw.header()!]]);
  for (let at = raw.before(undefined); at !== undefined; at = raw.before(at.key))
    all.set(hexOf(at.key), at.bytes);
  for (const id of raw.longValuesAfter(0, 1000)) all.set(`long ${id}`, raw.longValue(id)!);
  return all;
}

/** What pages and nodes are called. */
function namesIn(raw: MemoryPageStore): string[] {
  if (raw.header() === undefined) return [];
  return [...rawOf(raw).keys()].filter((name) => name !== 'header');
}

/** A store below with this in it. */
function rawWith(all: ReadonlyMap<string, Uint8Array>): MemoryPageStore {
  const raw = new MemoryPageStore();
  const pages: StoredPage[] = [];
  const longValues: { id: number; bytes: Uint8Array }[] = [];
  for (const [name, bytes] of all) {
    if (name.startsWith('long ')) longValues.push({ id: Number(name.slice(5)), bytes });
    else if (name !== 'header') pages.push({ key: Buffer.from(name, 'hex'), bytes });
  }
  commit(raw, { pages, longValues, header: all.get('header')! });
  return raw;
}

function sample(key = keyA): { raw: MemoryPageStore; store: EncryptedPageStore } {
  const raw = new MemoryPageStore();
  const store = open(raw, key);
  commit(store, {
    pages: [page('', 'first page'), page('SUBSCRIPT', 'second page')],
    longValues: [
      { id: 1, bytes: utf8('LONG VALUE') },
      { id: 2, bytes: utf8('long value') },
    ],
  });
  return { raw, store };
}

describe('F-D6: an encrypted page store', () => {
  it('has stable bytes (golden)', () => {
    drawn = 0;
    const { raw } = sample();
    const golden: Record<string, string> = {
      '010000000000000000000000000000000200000002':
        '1eebefb5b789ba2742f6be6ab3d122440c2ec60b8cd3bccfa60184f950be1f21' +
        '50cf61619ba97304ec4cec73de731d4532a293d27673caa9946f446d70480898' +
        'e9e769f4185c1e1d2a86e0364a',
      '020000000000000000000000000000000200000000':
        'cde4cb7271c38650d7845e5565ae59b738df415e2ccf533b7df2',
      '020000000000000000000000000000000200000001':
        '62cf3379b1282c3a2f2bc7af8153e6b07f7056eda66a4790a87d55',
      header:
        '454350450100000000000000000000000000000000000001b2c3b8b6f6bbb7da' +
        '000000000000000000000000000000020500000086a34e9870f2f15a5d3d3f10' +
        '41fca9fb441f6f7344a1c8f09c8c0be09f10d6d991283677f6743c80f30f3c62' +
        '6011a78b30c5eb95fc17549be7eda123105c82da9eb983f2e0f0d868acfa52c6' +
        '4679',
      'long 1':
        'b2c3b8b6f6bbb7da00000000000000000000000000000002030000009b4b0665' +
        '895958bcab8a4edb602dd98cca06c3987f53c4f647ec',
      'long 2':
        'b2c3b8b6f6bbb7da0000000000000000000000000000000204000000cef6e0ea' +
        '45801c5e7886682f321894c56f4a1e85da9bf8d3ebc3',
    };
    const all = Object.fromEntries([...rawOf(raw)].map(([name, bytes]) => [name, hexOf(bytes)]));
    expect(all).toEqual(golden);
    expect(contentOf(open(rawWith(rawOf(raw))))).toEqual({
      header: 'header',
      'page ': 'first page',
      'page SUBSCRIPT': 'second page',
      'long 1': 'LONG VALUE',
      'long 2': 'long value',
    });
  });

  it('shows the store below no subscript, no value and no name', () => {
    const { raw } = sample();
    for (const [name, bytes] of rawOf(raw)) {
      const shown = `${Buffer.from(name, 'hex').toString('latin1')} ${Buffer.from(bytes).toString('latin1')}`;
      expect(shown).not.toMatch(/SUBSCRIPT|page|value|VALUE|header/);
    }
  });

  it('never uses a nonce twice, not after a crash that forgot a commit either', () => {
    const raw = new MemoryPageStore();
    const names = new Set<string>();
    for (let start = 0; start < 3; start++) {
      const store = open(raw);
      for (let n = 0; n < 5; n++) {
        raw.defer = (complete) => {
          // What is being committed is seen by whoever has the disk, and then lost.
          if (n < 4) complete();
        };
        const before = new Set(namesIn(raw));
        store.commit(
          { removeRanges: [], pages: [page('', `${n}`)], longValues: [], header: utf8('h') },
          () => undefined,
        );
        for (const name of namesIn(raw)) {
          if (before.has(name)) continue;
          expect(names.has(name)).toBe(false);
          names.add(name);
        }
      }
      raw.crash(() => 1);
    }
    expect(names.size).toBe(3 * 4 * 2);
  });

  it('refuses a change of any bit, whatever it is in', () => {
    const { raw } = sample();
    const good = rawOf(raw);
    const content = contentOf(open(rawWith(good)));
    let refused = 0;
    for (const [name, bytes] of good) {
      for (let i = 0; i < bytes.length; i++) {
        const changed = bytes.slice();
        changed[i] = changed[i]! ^ (1 << (i % 8));
        const damaged = rawWith(new Map(good).set(name, changed));
        expect(() => contentOf(open(damaged))).toThrow(/<(DAMAGED|DATABASE)>/);
        refused++;
      }
    }
    const bytes = [...good.values()].reduce((sum, { length }) => sum + length, 0);
    expect(refused).toBe(bytes);
    expect(contentOf(open(rawWith(good)))).toEqual(content);
  });

  it('refuses what was swapped with another of its kind, is from before, or is missing', () => {
    const { raw, store } = sample();
    const old = rawOf(raw);
    commit(store, { pages: [page('SUBSCRIPT', 'newer page')], header: utf8('newer') });
    const good = rawOf(raw);
    const other = rawOf(sample().raw);
    const [pageName] = [...good.keys()].filter((name) => name.startsWith('02'));
    const [nodeName] = [...good.keys()].filter((name) => name.startsWith('01'));
    const first = (all: ReadonlyMap<string, Uint8Array>, kind: string): Uint8Array =>
      [...all].find(([name]) => name.startsWith(kind))![1];
    const attacks: [string, Uint8Array | undefined][] = [
      ['long 1', good.get('long 2')],
      ['long 1', other.get('long 1')],
      [pageName!, first(other, '02')],
      [pageName!, [...good].findLast(([name]) => name.startsWith('02'))![1]],
      [pageName!, first(old, '02')],
      [nodeName!, first(old, '01')],
      [nodeName!, first(good, '02')],
      ['header', other.get('header')],
      ['header', old.get('header')],
      [pageName!, undefined],
      [nodeName!, undefined],
    ];
    for (const [name, bytes] of attacks) {
      const all = new Map(good);
      if (bytes === undefined) all.delete(name);
      else all.set(name, bytes);
      if (bytes !== undefined && hexOf(bytes) === hexOf(good.get(name)!)) continue;
      expect(() => contentOf(open(rawWith(all)))).toThrow('<DAMAGED>');
    }
    expect(contentOf(open(rawWith(good)))['page SUBSCRIPT']).toBe('newer page');
  });

  it('names the key that it needs where that is missing, and those that are given', () => {
    const { raw } = sample();
    expect(() => open(raw, keyB, ringOf(keyB))).toThrow(
      `<DATABASE> it is encrypted with key ${keyA.fingerprint}: given are ${keyB.fingerprint} (b)`,
    );
    expect(() => openPlain(raw, { ring: ringOf() })).toThrow(
      `<DATABASE> it is encrypted with key ${keyA.fingerprint}: none is given`,
    );
    expect(() => openPlain(raw, { ring: ringOf(keyA) })).toThrow('no key is configured for it');
    const plain = new MemoryPageStore();
    expect(openPlain(plain, { ring: ringOf() })).toBe(plain);
    commit(plain, { pages: [page('', 'x')] });
    expect(openPlain(plain, { ring: ringOf() })).toBe(plain);
    expect(() => open(plain)).toThrow('<DATABASE> it is not encrypted, but key a is configured');
  });

  it('reads the state before a commit until that is done', () => {
    const { raw, store } = sample();
    const completions: (() => void)[] = [];
    raw.defer = (complete) => completions.push(complete);
    const newer = { removeRanges: [], longValues: [], header: utf8('newer') };
    store.commit({ ...newer, pages: [page('', 'newer')] }, () => undefined);
    expect(contentOf(store)).toMatchObject({ header: 'header', 'page ': 'first page' });
    completions[0]!();
    expect(contentOf(store)).toMatchObject({ header: 'newer', 'page ': 'newer' });
  });

  it('reads the state after a commit where the disk shows it before it says that it is done', () => {
    const raw = new EarlyStore();
    const store = open(raw);
    commit(store, { pages: [page('', 'first'), page('x', 'second')] });
    raw.isEarly = true;
    const batch = { removeRanges: [], longValues: [], header: utf8('newer') };
    let isDone = false;
    store.commit({ ...batch, pages: [page('', 'newer')] }, () => (isDone = true));
    expect(textOf(store.floor(utf8(''))!.bytes)).toBe('newer');
    expect(textOf(store.before(undefined)!.bytes)).toBe('second');
    const snapshot = store.snapshot();
    expect(textOf(snapshot.floor(utf8(''))!.bytes)).toBe('newer');
    expect([isDone, textOf(snapshot.header()!)]).toEqual([false, 'newer']);
    raw.held!();
    expect([isDone, textOf(store.floor(utf8(''))!.bytes)]).toEqual([true, 'newer']);
  });

  it('lets one commit wait for another', () => {
    const { raw, store } = sample();
    const completions: (() => void)[] = [];
    raw.defer = (complete) => completions.push(complete);
    const order: string[] = [];
    store.recommit(
      () => ({ pages: [page('', 'same')], longValues: [], isPure: false }),
      () => order.push('slice'),
    );
    store.commit(
      { removeRanges: [], pages: [page('x', 'new')], longValues: [], header: utf8('h') },
      () => order.push('commit'),
    );
    store.recommit(
      () => undefined,
      () => order.push('nothing'),
    );
    expect(raw.commits).toBe(2);
    completions.shift()!();
    expect([order, raw.commits]).toEqual([['slice'], 3]);
    completions.shift()!();
    expect(order).toEqual(['slice', 'commit', 'nothing']);
  });
});

describe('F-D6: a change of the key', () => {
  const text = (n: number): string => `page ${n} ${'x'.repeat(3000)}`;
  const low = (n: number): string =>
    n === 0 ? '' : `low ${String(n).padStart(5, '0')} ${'y'.repeat(300)}`;

  function large(raw: MemoryPageStore, count: number): EncryptedPageStore {
    const store = open(raw);
    commit(store, {
      pages: Array.from({ length: count }, (_, n) => page(low(n), text(n))),
      longValues: Array.from({ length: 20 }, (_, n) => ({ id: n + 1, bytes: utf8(`long ${n}`) })),
    });
    return store;
  }

  /** What is under which key: nothing may be under A when only B is said to be needed. */
  function readableWith(raw: MemoryPageStore, ...keys: MasterKey[]): boolean {
    try {
      contentOf(open(raw, keyB, ringOf(...keys)));
      return true;
    } catch {
      return false;
    }
  }

  it('re-encrypts everything in slices while it is in use, and says when the old key is not needed', () => {
    const raw = new MemoryPageStore();
    const store = large(raw, 1200);
    const before = contentOf(store);
    const clock = new ManualClock();
    const rotation = new KeyRotation(clock, silentLog, () => true);
    rotation.follow('DATA', store);
    expect([store.keysInUse, rotation.progress('DATA')]).toEqual([[keyA.fingerprint], 1]);
    store.useKey(keyB);
    rotation.follow('DATA', store);
    expect(store.keysInUse).toEqual([keyB.fingerprint, keyA.fingerprint]);
    const seen: number[] = [];
    let commits = raw.commits;
    let changes = 0;
    while (store.keysInUse.length > 1) {
      seen.push(rotation.progress('DATA'));
      clock.advance(20);
      expect(raw.commits - commits).toBeLessThanOrEqual(1);
      // In use: a page comes, another changes, ranges go.
      commit(store, {
        pages: [page(low(5000 + changes), 'new'), page(low(7), `change ${changes}`)],
        removeRanges: [{ from: utf8(low(100 + changes)), to: utf8(low(101 + changes)) }],
      });
      commits = raw.commits;
      changes++;
      expect(changes).toBeLessThan(100);
    }
    expect(changes).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBe(0);
    expect(rotation.progress('DATA')).toBe(1);
    expect(readableWith(raw, keyB)).toBe(true);
    const after = contentOf(store);
    expect(after[`page ${low(7)}`]).toBe(`change ${changes - 1}`);
    expect(after[`page ${low(1100)}`]).toBe(before[`page ${low(1100)}`]);
    expect(after['long 3']).toBe('long 2');
    clock.advance(1000);
    expect(raw.commits).toBe(commits);
  });

  it('goes on after a crash at any commit, without a loss', () => {
    for (let crashAt = 1; ; crashAt++) {
      const raw = new MemoryPageStore();
      let store = large(raw, 600);
      const before = contentOf(store);
      let left = crashAt;
      let clock = new ManualClock();
      const rotate = (): void => {
        const rotation = new KeyRotation(clock, silentLog, () => true);
        store.useKey(keyB);
        rotation.follow('DATA', store);
        for (let i = 0; i < 50 && store.keysInUse.length > 1 && left > 0; i++) clock.advance(20);
      };
      // Every other time the commit took place before the process died.
      raw.defer = (complete) => {
        if (--left > 0) complete();
      };
      rotate();
      const isDone = left > 0;
      raw.crash(() => (crashAt % 2) * 0.9);
      left = Infinity;
      clock = new ManualClock();
      store = open(raw, keyB);
      expect(contentOf(store)).toEqual(before);
      rotate();
      expect(store.keysInUse).toEqual([keyB.fingerprint]);
      expect(contentOf(store)).toEqual(before);
      expect(readableWith(raw, keyB)).toBe(true);
      expect(namesIn(raw).filter((name) => name.startsWith('02')).length).toBe(600);
      if (isDone) {
        expect(crashAt).toBeGreaterThan(4);
        return;
      }
    }
  });

  it('starts over when the key changes again meanwhile, also back to the first', () => {
    const raw = new MemoryPageStore();
    const store = large(raw, 600);
    const before = contentOf(store);
    const clock = new ManualClock();
    const rotation = new KeyRotation(clock, silentLog, () => true);
    for (const key of [keyB, keyA, keyB, keyA]) {
      store.useKey(key);
      rotation.follow('DATA', store);
      clock.advance(40);
      // Removing pages leaves parts of the index of another age than what they name.
      commit(store, { removeRanges: [{ from: utf8('z'), to: undefined }] });
    }
    clock.advance(2000);
    expect(store.keysInUse).toEqual([keyA.fingerprint]);
    expect(contentOf(open(rawWith(rawOf(raw)), keyA, ringOf(keyA)))).toEqual(before);
  });

  it('waits while nothing may be written, and gives up on a database whose commit fails', () => {
    const raw = new MemoryPageStore();
    const store = large(raw, 100);
    const clock = new ManualClock();
    let mayWrite = false;
    const rotation = new KeyRotation(clock, silentLog, () => mayWrite);
    store.useKey(keyB);
    rotation.follow('DATA', store);
    clock.advance(1000);
    expect(raw.commits).toBe(1);
    mayWrite = true;
    raw.fault = () => {
      throw new Error('disk full');
    };
    clock.advance(1000);
    expect(raw.commits).toBe(2);
    expect(store.keysInUse).toEqual([keyB.fingerprint, keyA.fingerprint]);
    raw.fault = () => undefined;
    expect(contentOf(store)['page ']).toBe(text(0));
    rotation.follow('DATA', store);
    clock.advance(1000);
    expect(store.keysInUse).toEqual([keyB.fingerprint]);
  });

  it('reads two pages of two ages in the order of their lows', () => {
    const raw = new MemoryPageStore();
    const store = large(raw, 50);
    store.useKey(keyB);
    commit(store, { pages: [page(low(25), 'young')] });
    const lows = Object.keys(contentOf(store)).filter((name) => name.startsWith('page '));
    expect(lows.length).toBe(50);
    expect(lows.map((name) => utf8(name))).toEqual(
      lows.map((name) => utf8(name)).sort((a, b) => compareBytes(b, a)),
    );
  });
});
