/** When a lock is told to be granted. R1, R6, R17 */
import { describe, expect, it } from '@jest/globals';
import { encodeKey } from '../../globals/key.ts';
import type { WantedLock } from '../../locks/lock-request.ts';
import { Counts } from '../../../test/support/world.ts';
import { silentLog, type Log, type LogFields } from '../../ports/log.ts';
import { LockService, type LockOutcome } from './lock-service.ts';

const LIMITS = { entriesMax: 100, entriesPerClient: 50, escalationThreshold: 1000 };
const NAME = { database: 'd'.repeat(32), key: encodeKey('x', [1]) };
const OTHER = { database: 'd'.repeat(32), key: encodeKey('y', [1]) };
const X: WantedLock = { name: NAME, mode: 'exclusive' };
const Y: WantedLock = { name: OTHER, mode: 'exclusive' };

/** A service over a journal whose positions the test moves. */
function open(isOpen = true, log: Log = silentLog) {
  const journal = {
    position: 0,
    durablePosition: 0,
    syncs: 0,
    requestSync: () => {
      journal.syncs++;
    },
  };
  const service = new LockService(
    LIMITS,
    journal,
    { log, metrics: new Counts(), clock: { wallMs: () => 0 } },
    isOpen,
  );
  const [a, b] = [service.table.owner('A', 1), service.table.owner('B', 1)];
  return { journal, service, a, b, a2: service.table.owner('A', 2) };
}

const wait = { mayWait: true };
const tryOnce = { mayWait: false };

describe('a grant', () => {
  it('is told at once where nobody else has released anything', () => {
    const { service, a, journal } = open();
    journal.position = 100;
    const told: LockOutcome[] = [];
    service.lock(a, [X], wait, (outcome) => told.push(outcome));
    service.unlock(a, NAME, 'exclusive');
    service.lock(a, [X], wait, (outcome) => told.push(outcome));
    expect(told).toEqual(['granted', 'granted']);
    expect(journal.syncs).toBe(0);
  });

  it('is withheld until the latest release of another client is durable, of whatever lock (R1)', () => {
    const { service, a, b, journal } = open();
    const told: LockOutcome[] = [];
    service.lock(a, [X], wait, () => undefined);
    journal.position = 100;
    service.unlock(a, NAME, 'exclusive');
    service.lock(b, [Y], tryOnce, (outcome) => told.push(outcome));
    expect([told, journal.syncs]).toEqual([[], 1]);
    service.durable(99);
    expect(told).toEqual([]);
    service.durable(100);
    expect(told).toEqual(['granted']);
  });

  it('is told to the releaser’s own jobs without that, but not past what others released before', () => {
    const { service, a, b, a2, journal } = open();
    const told: LockOutcome[] = [];
    service.lock(b, [Y], wait, () => undefined);
    journal.position = 50;
    service.unlock(b, OTHER, 'exclusive');
    journal.durablePosition = 50;
    service.lock(a, [X], wait, () => undefined);
    journal.position = 100;
    service.unlock(a, NAME, 'exclusive');
    service.lock(a2, [X], wait, (outcome) => told.push(outcome));
    expect(told).toEqual(['granted']);
    service.lock(b, [Y], wait, (outcome) => told.push(outcome));
    expect(told).toHaveLength(1);
  });

  it('of a waiting request comes when it is let go of, and then waits for that to be durable', () => {
    const { service, a, b, journal } = open();
    const told: LockOutcome[] = [];
    service.lock(a, [X], wait, () => undefined);
    service.lock(b, [X], wait, (outcome) => told.push(outcome));
    service.lock(b, [X], tryOnce, (outcome) => told.push(outcome));
    expect(told).toEqual(['denied']);
    journal.position = 100;
    service.unlock(a, NAME, 'exclusive');
    expect(told).toEqual(['denied']);
    service.durable(100);
    expect(told).toEqual(['denied', 'granted']);
  });

  it('that crosses its cancellation is let go of at once (R17)', () => {
    const { service, a, b, a2, journal } = open();
    const told: string[] = [];
    service.lock(a, [X], wait, () => undefined);
    journal.position = 100;
    service.unlock(a, NAME, 'exclusive');
    const pending = service.lock(b, [X], wait, () => told.push('b'));
    service.lock(a2, [X], wait, () => told.push('a2'));
    pending.cancel();
    pending.cancel();
    service.durable(100);
    expect(told).toEqual(['a2']);
    expect(service.table.holdsOf(b)).toEqual([]);
  });

  it('is told to nobody who is gone, and its locks go to those who wait', () => {
    const { service, a, b, a2, journal } = open();
    const told: string[] = [];
    service.lock(b, [Y], wait, () => undefined);
    journal.position = 100;
    service.unlock(b, OTHER, 'exclusive');
    service.lock(a, [X], wait, () => told.push('a'));
    service.lock(a2, [X], wait, () => told.push('a2'));
    service.lock(b, [X], wait, () => told.push('b'));
    service.removeClient('A');
    service.durable(1000);
    expect(told).toEqual(['b']);
    expect(service.table.entries).toBe(1);
  });

  it('is an error where the table is full', () => {
    const { service, a } = open();
    const told: LockOutcome[] = [];
    for (let i = 0; i < 51; i++) {
      const name = { database: 'd', key: encodeKey('z', [i]) };
      service.lock(a, [{ name, mode: 'shared' }], wait, (outcome) => told.push(outcome));
    }
    expect(told.filter((outcome) => outcome === 'granted')).toHaveLength(50);
    expect(told[50]).toMatchObject({ code: 'LOCKTABLEFULL' });
  });
});

describe('after a start', () => {
  it('nobody is granted anything before the sessions of before it have claimed theirs (R6)', () => {
    const { service, a, b } = open(false);
    const told: string[] = [];
    const early = service.lock(b, [X], tryOnce, (outcome) => told.push(`b ${String(outcome)}`));
    const gone = service.lock(b, [Y], wait, () => told.push('gone'));
    expect(service.claim('A', [{ owner: a, ...X, count: 2 }])).toBe(true);
    gone.cancel();
    expect(told).toEqual([]);
    service.open();
    expect(told).toEqual(['b denied']);
    early.cancel();
    service.open();
    expect(service.table.holdsOf(a)).toMatchObject([{ count: 2 }]);
    expect(told).toHaveLength(1);
  });

  it('two who claim the same lock cannot both be right', () => {
    const { service, a, b } = open(false);
    expect(service.claim('A', [{ owner: a, ...X, count: 1 }])).toBe(true);
    expect(service.claim('B', [{ owner: b, ...X, count: 1 }])).toBe(false);
    expect(service.table.waits()).toEqual([]);
  });
});

describe('after a cut', () => {
  it('a client holds what it claims, and what it never heard of goes to others (R6)', () => {
    const { service, a, a2, b, journal } = open();
    const told: string[] = [];
    service.lock(a, [X, X], wait, () => undefined);
    service.lock(a, [Y], wait, () => undefined);
    service.lock(b, [Y], wait, () => told.push('b'));
    service.lock(a2, [X], wait, () => told.push('a2'));
    service.dropPending('A');
    expect(service.claim('A', [{ owner: a, ...X, count: 1 }])).toBe(true);
    service.durable(journal.position);
    expect(told).toEqual(['b']);
    expect(service.table.holdsOf(a)).toMatchObject([{ name: NAME, count: 1 }]);
  });

  it('what was granted and not told is let go of: its job asks again', () => {
    const { service, a, b, journal } = open();
    const told: string[] = [];
    service.lock(b, [X], wait, () => undefined);
    journal.position = 100;
    service.unlock(b, NAME, 'exclusive');
    service.lock(a, [X], wait, () => told.push('a'));
    service.lock(b, [X], wait, () => told.push('b'));
    service.dropPending('A');
    expect(service.table.holdsOf(a)).toEqual([]);
    service.durable(100);
    expect(told).toEqual(['b']);
  });
});

it('a deadlock is reported when it comes about (architecture §6)', () => {
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const log: Log = {
    ...silentLog,
    warn: (message, fields) => void lines.push({ message, fields }),
  };
  const { service, a, b } = open(true, log);
  service.lock(a, [X], wait, () => undefined);
  service.lock(b, [Y], wait, () => undefined);
  service.lock(a, [Y], wait, () => undefined);
  expect(lines).toEqual([]);
  service.lock(b, [X], wait, () => undefined);
  expect(lines).toEqual([
    { message: 'jobs wait for each other: a deadlock', fields: { jobs: 'job 1 of B, job 1 of A' } },
  ]);
});
