/** One message of each kind: what the golden files of the wire hold. */
import { utf8 } from '../../server/base/bytes.ts';
import type { Reply, Request } from '../../server/ecp/wire/frame.ts';
import type { ChannelMessage } from '../../server/ecp/wire/handshake.ts';
import { blockBytes, ENTRY, key } from './raw-peers.ts';

const X = key('^x(1)');

export const REQUESTS: Readonly<Record<string, Request>> = {
  set: { kind: 'change', change: { kind: 'set', database: 2, key: X, value: utf8('250') } },
  kill: { kind: 'change', change: { kind: 'kill', database: 2, key: X } },
  zkill: { kind: 'change', change: { kind: 'zkill', database: 2, key: X } },
  increment: {
    kind: 'change',
    change: { kind: 'increment', database: 2, key: X, by: utf8('2.5') },
  },
  killRange: {
    kind: 'change',
    change: { kind: 'killRange', database: 2, from: X, to: key('^x(7)') },
  },
  part: { kind: 'part', bytes: utf8('piece') },
  setLong: { kind: 'setLong', database: 2, key: X, length: 100_000 },
  fetch: { kind: 'fetch', database: 2, key: X, ahead: 3, reverse: false },
  'fetch in reverse': { kind: 'fetch', database: 300, key: X, ahead: 0, reverse: true },
  long: { kind: 'long', database: 2, id: 2 ** 32 + 7, offset: 65_536 },
  scan: { kind: 'scan', database: 2, from: X, to: key('^x(7)'), reverse: false, limit: 2 },
  'scan to the end': {
    kind: 'scan',
    database: 2,
    from: X,
    to: undefined,
    reverse: true,
    limit: 16,
  },
  merge: { kind: 'merge', database: 2, key: X, fromDatabase: 3, fromKey: key('^y("a")') },
  sync: { kind: 'sync' },
  lock: {
    kind: 'lock',
    job: 300,
    mayWait: true,
    locks: [
      { database: 2, key: X, mode: 'exclusive', isEscalating: false },
      { database: 2, key: key('^x(7)'), mode: 'shared', isEscalating: true },
    ],
  },
  'lock at once': {
    kind: 'lock',
    job: 1,
    mayWait: false,
    locks: [{ database: 2, key: X, mode: 'shared', isEscalating: false }],
  },
  cancelLock: { kind: 'cancelLock', job: 300, lock: 17 },
  unlock: { kind: 'unlock', job: 300, locks: [{ database: 2, key: X, mode: 'exclusive' }] },
  endJob: { kind: 'endJob', job: 300 },
  claim: {
    kind: 'claim',
    job: 300,
    locks: [{ database: 2, key: X, mode: 'shared', count: 400 }],
  },
  claimed: { kind: 'claimed', count: 70_000, digest: 0xdead_beef },
  begin: { kind: 'begin', job: 300, level: 2 },
  level: { kind: 'level', job: 300, level: 3 },
  commit: { kind: 'commit', job: 300 },
  rollback: { kind: 'rollback', job: 300, level: 0 },
  within: { kind: 'within', job: 300 },
  claimTransaction: { kind: 'claimTransaction', job: 300, level: 1 },
  transactionsClaimed: { kind: 'transactionsClaimed', count: 400 },
  hurry: { kind: 'hurry' },
  heartbeat: { kind: 'heartbeat' },
};

export const REPLIES: Readonly<Record<string, Reply>> = {
  applied: { kind: 'applied', sequence: 300 },
  incremented: { kind: 'incremented', sequence: 5, value: utf8('7.5') },
  failed: { kind: 'failed', sequence: 6, code: 'PROTECT', message: '<PROTECT> read-only' },
  block: {
    kind: 'block',
    sequence: 7,
    database: 2,
    bytes: blockBytes({ high: '^x(9)' }, { '^x(1)': 'a', '^x(2)': '' }),
  },
  'block ahead': {
    kind: 'block',
    sequence: 0,
    database: 2,
    bytes: blockBytes({ low: '^x(9)' }, {}),
  },
  sent: { kind: 'sent', sequence: 8 },
  invalidate: { kind: 'invalidate', database: 2, low: X, high: key('^x(9)') },
  'invalidate to the end': {
    kind: 'invalidate',
    database: 2,
    low: new Uint8Array(0),
    high: undefined,
  },
  flush: { kind: 'flush' },
  durable: { kind: 'durable', sequence: 8 },
  synced: { kind: 'synced', sequence: 9 },
  scanned: {
    kind: 'scanned',
    sequence: 10,
    nodes: [
      { key: X, value: utf8('a'), long: undefined },
      { key: key('^x(2)'), value: new Uint8Array(0), long: { id: 77, length: 100_000 } },
    ],
  },
  longPart: { kind: 'longPart', sequence: 11, total: 3_641_144, bytes: utf8('piece') },
  'long value gone': { kind: 'longPart', sequence: 12, total: 0, bytes: new Uint8Array(0) },
  merged: { kind: 'merged', sequence: 13 },
  locking: { kind: 'locking', sequence: 14 },
  granted: { kind: 'locked', lock: 14, outcome: 'granted' },
  denied: { kind: 'locked', lock: 300, outcome: 'denied' },
  'table full': { kind: 'locked', lock: 300, outcome: 'full' },
  rolledBack: { kind: 'rolledBack', job: 300, after: 17 },
  catalogue: { kind: 'catalogue', entries: [ENTRY] },
  heartbeat: { kind: 'heartbeat' },
};

export const HANDSHAKE: Readonly<Record<string, ChannelMessage>> = {
  hello: {
    kind: 'hello',
    hello: {
      versionLowest: 1,
      versionHighest: 1,
      features: ['prefetch'],
      name: 'shop/app-0',
      incarnation: '0123456789abcdef0123456789abcdef',
      session: 3,
      epoch: 9,
      serverUuid: 'fedcba9876543210fedcba9876543210',
      durable: 1234,
      caches: [{ blockSize: 8192, bytes: 50_331_648 }],
      productVersion: '0.1.0',
    },
  },
  welcome: {
    kind: 'welcome',
    welcome: {
      version: 1,
      features: ['prefetch'],
      serverName: 'shop/data-0',
      serverUuid: 'fedcba9876543210fedcba9876543210',
      session: 3,
      epoch: 9,
      resumed: true,
      lastApplied: 1250,
      catalogue: [ENTRY],
      productVersion: '0.1.0',
    },
  },
  refused: { kind: 'refused', refused: { reason: 'CAPACITY', message: 'full', retryable: true } },
  goodbye: { kind: 'goodbye', goodbye: { reason: 'stopping', sessionKept: true } },
  frame: { kind: 'frame', frame: utf8('frame') },
};
