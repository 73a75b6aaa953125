/** The lock table. A.1.2, F-M5, R17; architecture §6 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeKey, decodeKey } from '../globals/key.ts';
import type { Subscript } from '../globals/types.ts';
import { deadlockOf } from './deadlock.ts';
import type { LockMode, LockOwner, LockRequest, WantedLock } from './lock-request.ts';
import { type LockLimits, LockTable } from './lock-table.ts';

const DATABASE = 'd'.repeat(32);
const WIDE: LockLimits = { entriesMax: 1e6, entriesPerClient: 1e6, escalationThreshold: 1000 };

const name = (...subscripts: Subscript[]) => ({
  database: DATABASE,
  key: encodeKey('x', subscripts),
});
const exclusive = (...subscripts: Subscript[]): WantedLock => ({
  name: name(...subscripts),
  mode: 'exclusive',
});
const shared = (...subscripts: Subscript[]): WantedLock => ({
  name: name(...subscripts),
  mode: 'shared',
});

/** A table and three jobs on two app servers. */
function jobs(limits: LockLimits = WIDE) {
  const table = new LockTable(limits, () => 0);
  return { table, a: table.owner('A', 1), b: table.owner('B', 1), c: table.owner('B', 2) };
}

const state = (table: LockTable, owner: LockOwner, ...wanted: WantedLock[]): string =>
  table.lock(owner, wanted).state;

describe('a lock', () => {
  it('excludes others from its name, its ancestors and its descendants, and from nothing else', () => {
    const { table, a, b } = jobs();
    expect(state(table, a, exclusive(1, 2))).toBe('granted');
    const wanted = [exclusive(1, 2), exclusive(1), exclusive(), exclusive(1, 2, 3), shared(1, 2)];
    for (const lock of wanted) {
      const request = table.lock(b, [lock]);
      expect(request.state).toBe('waiting');
      table.cancel(request);
    }
    expect(state(table, b, exclusive(1, 3))).toBe('granted');
    expect(state(table, b, exclusive(12))).toBe('granted');
    const elsewhere = { database: 'e'.repeat(32), key: encodeKey('x', [1, 2]) };
    expect(state(table, b, { name: elsewhere, mode: 'exclusive' })).toBe('granted');
  });

  it('is shared with others who share, and excludes who does not', () => {
    const { table, a, b, c } = jobs();
    expect(state(table, a, shared(1))).toBe('granted');
    expect(state(table, b, shared(1))).toBe('granted');
    expect(state(table, b, shared())).toBe('granted');
    const request = table.lock(c, [exclusive(1)]);
    expect(request.state).toBe('waiting');
    expect(table.unlock(a, name(1), 'shared')).toEqual([]);
    expect(table.unlock(b, name(), 'shared')).toEqual([]);
    expect(table.unlock(b, name(1), 'shared')).toEqual([request]);
    expect(request.state).toBe('granted');
  });

  it('is counted: as many unlocks as locks let it go; one too many does nothing', () => {
    const { table, a, b } = jobs();
    for (let i = 0; i < 3; i++) state(table, a, exclusive(1));
    const request = table.lock(b, [exclusive(1)]);
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([]);
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([]);
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([request]);
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([]);
    expect(table.unlock(a, name(7), 'exclusive')).toEqual([]);
    expect(table.holdsOf(a)).toEqual([]);
  });

  it('of several names is granted for all together or for none', () => {
    const { table, a, b, c } = jobs();
    state(table, a, exclusive(1));
    const both = table.lock(b, [exclusive(1), exclusive(2)]);
    expect(both.state).toBe('waiting');
    expect(table.holdsOf(b)).toEqual([]);
    // It keeps its place for the name that is free, too.
    expect(state(table, c, exclusive(2))).toBe('waiting');
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([both]);
    expect(table.holdsOf(b)).toHaveLength(2);
  });

  it('held in both modes excludes as the stronger, until that is let go of', () => {
    const { table, a, b } = jobs();
    state(table, a, shared(1));
    state(table, a, exclusive(1));
    const request = table.lock(b, [shared(1)]);
    expect(request.state).toBe('waiting');
    expect(table.unlock(a, name(1), 'exclusive')).toEqual([request]);
    expect(table.holdsOf(a)).toMatchObject([{ mode: 'shared', count: 1 }]);
  });

  it('is not overtaken by who came later, and who holds it need not queue', () => {
    const { table, a, b, c } = jobs();
    state(table, a, shared(1));
    const writer = table.lock(b, [exclusive(1)]);
    // Else readers that come and go would keep the writer out for ever.
    expect(state(table, c, shared(1))).toBe('waiting');
    expect(state(table, a, shared(1))).toBe('granted');
    expect(state(table, a, shared(1, 5))).toBe('granted');
    table.unlockAll(a);
    expect(writer.state).toBe('granted');
  });

  it('that is not waited for any more lets those behind it go on', () => {
    const { table, a, b, c } = jobs();
    state(table, a, shared(1));
    const writer = table.lock(b, [exclusive(1)]);
    const reader = table.lock(c, [shared(1, 2)]);
    expect(reader.state).toBe('waiting');
    expect(table.cancel(writer)).toEqual([reader]);
    expect(table.cancel(writer)).toEqual([]);
    expect(table.entries).toBe(2);
  });
});

describe('the end of a job', () => {
  it('lets go of all that it held and waited for', () => {
    const { table, a, b, c } = jobs();
    state(table, a, exclusive(1));
    state(table, b, exclusive(2));
    const first = table.lock(b, [exclusive(1)]);
    const second = table.lock(c, [exclusive(1), exclusive(2)]);
    expect(table.remove(b)).toEqual([]);
    expect(first.state).toBe('cancelled');
    expect(table.removeClient('A')).toEqual([second]);
    expect(table.remove(c)).toEqual([]);
    expect(table.entries).toBe(0);
    expect(table.waits()).toEqual([]);
  });
});

describe('what a client claims', () => {
  it('is what it holds from then on; the rest goes to others, in one step', () => {
    const { table, a, b } = jobs();
    state(table, a, exclusive(1), exclusive(2), shared(3));
    const one = table.lock(b, [exclusive(1)]);
    const two = table.lock(table.owner('B', 3), [exclusive(2)]);
    const claims = [
      { owner: a, name: name(1), mode: 'exclusive' as const, count: 3 },
      { owner: a, name: name(4), mode: 'shared' as const, count: 1 },
    ];
    expect(table.replace('A', claims)).toEqual([two]);
    expect(table.isHeld(a, name(1), 'exclusive')).toBe(true);
    expect(table.isHeld(a, name(3), 'shared')).toBe(false);
    expect(table.holdsOf(a)).toMatchObject([{ count: 3 }, { count: 1, mode: 'shared' }]);
    table.unlockAll(a);
    expect(one.state).toBe('granted');
  });

  it('is refused where somebody else holds it', () => {
    const { table, a, b } = jobs();
    state(table, b, exclusive(1, 5));
    expect(
      table.replace('A', [{ owner: a, name: name(1), mode: 'shared', count: 1 }]),
    ).toBeUndefined();
  });
});

describe('a full table', () => {
  it('refuses with <LOCKTABLEFULL>, holds and waits alike, and nothing is changed', () => {
    const { table, a, b } = jobs({ ...WIDE, entriesMax: 3 });
    state(table, a, exclusive(1), exclusive(2));
    const request = table.lock(b, [exclusive(1)]);
    expect(() => table.lock(b, [exclusive(3)])).toThrow('<LOCKTABLEFULL>');
    expect(() => table.lock(a, [exclusive(3)])).toThrow('the lock table has 3 of 3 entries');
    // What is held already takes no entry.
    expect(state(table, a, exclusive(1))).toBe('granted');
    table.cancel(request);
    expect(state(table, b, exclusive(3))).toBe('granted');
  });

  it('of one app server hurts only itself (F-M5)', () => {
    const { table, a, b } = jobs({ ...WIDE, entriesPerClient: 2 });
    state(table, a, exclusive(1), exclusive(2));
    expect(() => table.lock(a, [exclusive(3)])).toThrow('A has 2 of its 2 entries');
    expect(state(table, b, exclusive(3))).toBe('granted');
    table.configure({ ...WIDE, entriesPerClient: 3 });
    expect(state(table, a, exclusive(4))).toBe('granted');
  });
});

describe('escalation', () => {
  const escalating = (...subscripts: Subscript[]): WantedLock => ({
    ...exclusive(...subscripts),
    isEscalating: true,
  });
  const small = { ...WIDE, escalationThreshold: 10 };

  it('takes the parent in place of many children, which take one entry then', () => {
    const { table, a, b } = jobs(small);
    for (let i = 0; i < 10; i++) state(table, a, escalating('p', i));
    expect(table.entries).toBe(10);
    state(table, a, escalating('p', 10));
    expect(table.entries).toBe(1);
    expect(table.holdsOf(a)).toMatchObject([{ name: name('p'), escalated: 11, count: 0 }]);
    state(table, a, escalating('p', 11));
    expect(table.entries).toBe(1);
    const request = table.lock(b, [exclusive('p', 999)]);
    expect(request.state).toBe('waiting');
    for (let i = 0; i < 11; i++) expect(table.unlock(a, name('p', i), 'exclusive')).toEqual([]);
    expect(table.unlock(a, name('p', 11), 'exclusive')).toEqual([request]);
    expect(table.entriesOf('A')).toBe(0);
  });

  it('waits for nobody: while somebody holds or wants something below, children are locked one by one (R17)', () => {
    const { table, a, b } = jobs(small);
    state(table, b, exclusive('p', 'theirs'));
    for (let i = 0; i < 30; i++) expect(state(table, a, escalating('p', i))).toBe('granted');
    expect(table.entriesOf('A')).toBe(30);
    table.unlockAll(b);
    state(table, a, escalating('p', 30));
    expect(table.entriesOf('A')).toBe(1);
  });

  it('leaves locks that were not asked for as escalating, and other modes, as they are', () => {
    const { table, a, b } = jobs(small);
    state(table, a, exclusive('p', 'plain'));
    state(table, a, { ...shared('p', 'shared'), isEscalating: true });
    for (let i = 0; i < 11; i++) state(table, a, escalating('p', i));
    expect(table.entriesOf('A')).toBe(3);
    for (let i = 0; i < 11; i++) table.unlock(a, name('p', i), 'exclusive');
    expect(table.entriesOf('A')).toBe(2);
    expect(state(table, b, exclusive('p', 3))).toBe('granted');
    expect(state(table, b, exclusive('p', 'plain'))).toBe('waiting');
  });
});

describe('a deadlock', () => {
  it('is the circle of those who wait for each other, also over an ancestor and a queue', () => {
    const { table, a, b, c } = jobs();
    state(table, a, exclusive(1));
    state(table, b, exclusive(2, 5));
    state(table, c, exclusive(3));
    const first = table.lock(a, [exclusive(2)]);
    expect(deadlockOf(table, first)).toBeUndefined();
    const second = table.lock(b, [shared(3)]);
    expect(deadlockOf(table, second)).toBeUndefined();
    const third = table.lock(c, [exclusive(1)]);
    expect(deadlockOf(table, third)).toEqual([third, first, second]);
    expect(table.waits().map((request) => [...table.blockers(request)])).toEqual([[b], [c], [a]]);
    table.cancel(third);
    expect(deadlockOf(table, first)).toBeUndefined();
  });

  it('of two who share and both want it alone is one', () => {
    const { table, a, b } = jobs();
    state(table, a, shared(1));
    state(table, b, shared(1));
    const first = table.lock(a, [exclusive(1)]);
    expect(first.state).toBe('waiting');
    const second = table.lock(b, [exclusive(1)]);
    expect(deadlockOf(table, second)).toEqual([second, first]);
  });
});

// ── Against a model ────────────────────────────────────────────────────────────────────────────────────

interface ModelHold {
  readonly owner: LockOwner;
  readonly path: string;
  readonly mode: LockMode;
}

/** What the rules say, in the plainest words: lists, and every pair looked at. */
class Model {
  held: ModelHold[] = [];
  waiting: LockRequest[] = [];
  readonly wants = new Map<LockRequest, readonly { path: string; mode: LockMode }[]>();

  isGrantable(request: LockRequest): boolean {
    return (this.wants.get(request) ?? []).every((want) => {
      const others = this.held.filter(({ owner }) => owner !== request.owner);
      if (others.some((hold) => clash(hold, want))) return false;
      const isCovered = this.held.some(
        (hold) =>
          hold.owner === request.owner &&
          within(want.path, hold.path) &&
          (want.mode === 'shared' || hold.mode === 'exclusive'),
      );
      if (isCovered) return true;
      return !this.waiting
        .slice(0, Math.max(0, this.waiting.indexOf(request)))
        .some(
          (earlier) =>
            earlier.owner !== request.owner &&
            (this.wants.get(earlier) ?? []).some((other) => clash(other, want)),
        );
    });
  }

  serve(): LockRequest[] {
    const granted: LockRequest[] = [];
    for (const request of [...this.waiting]) {
      if (!this.isGrantable(request)) continue;
      this.waiting.splice(this.waiting.indexOf(request), 1);
      this.take(request);
      granted.push(request);
    }
    return granted;
  }

  take(request: LockRequest): void {
    for (const { path, mode } of this.wants.get(request) ?? [])
      this.held.push({ owner: request.owner, path, mode });
  }
}

const within = (path: string, above: string): boolean =>
  path === above || path.startsWith(above === '' ? '' : `${above}.`);
const clash = (
  a: { readonly path: string; readonly mode: LockMode },
  b: { readonly path: string; readonly mode: LockMode },
): boolean =>
  (a.mode === 'exclusive' || b.mode === 'exclusive') &&
  (within(a.path, b.path) || within(b.path, a.path));

const paths = ['', '1', '1.1', '1.2', '2', '2.1', '2.1.1'];
const nameAt = (path: string) => name(...(path === '' ? [] : path.split('.').map(Number)));
const pathOf = (key: Uint8Array): string => decodeKey(key).subscripts.join('.');
const want = fc.record({
  path: fc.constantFrom(...paths),
  mode: fc.constantFrom<LockMode>('exclusive', 'shared'),
});
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('lock' as const),
      job: fc.nat(3),
      wants: fc.array(want, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('unlock' as const),
      job: fc.nat(3),
      want,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlockAll' as const), job: fc.nat(3) }) },
);

it('the table and a plain model of its rules agree after every step (architecture §6)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const table = new LockTable(WIDE, () => 0);
      const owners = [0, 1, 2, 3].map((job) => table.owner(`client ${job % 2}`, job));
      const model = new Model();
      for (const one of steps) {
        if (one.kind === 'lock') {
          const owner = owners[one.job]!;
          const request = table.lock(
            owner,
            one.wants.map(({ path, mode }) => ({ name: nameAt(path), mode })),
          );
          model.wants.set(request, one.wants);
          model.waiting.push(request);
          const isGranted = model.isGrantable(request);
          expect(request.state).toBe(isGranted ? 'granted' : 'waiting');
          if (isGranted) {
            model.waiting.pop();
            model.take(request);
          }
        } else if (one.kind === 'unlock') {
          const owner = owners[one.job]!;
          const { path, mode } = one.want;
          const at = model.held.findIndex(
            (hold) => hold.owner === owner && hold.path === path && hold.mode === mode,
          );
          if (at >= 0) model.held.splice(at, 1);
          expect(table.unlock(owner, nameAt(path), mode)).toEqual(model.serve());
        } else if (one.kind === 'cancel') {
          const request = model.waiting[one.at];
          if (request === undefined) continue;
          model.waiting.splice(one.at, 1);
          expect(table.cancel(request)).toEqual(model.serve());
        } else {
          const owner = owners[one.job]!;
          model.held = model.held.filter((hold) => hold.owner !== owner);
          expect(table.unlockAll(owner)).toEqual(model.serve());
        }
        expect(table.waits()).toEqual(model.waiting);
        for (const owner of owners) {
          const mine = model.held.filter((hold) => hold.owner === owner);
          const own = new Set(mine.map(({ path }) => path));
          expect(new Set(table.holdsOf(owner).map((hold) => pathOf(hold.name.key)))).toEqual(own);
        }
      }
      for (const request of [...model.waiting]) table.cancel(request);
      for (const owner of owners) table.remove(owner);
      expect([table.entries, table.entriesOf('client 0'), table.waits()]).toEqual([0, 0, []]);
    }),
    { numRuns: 400 },
  );
});
