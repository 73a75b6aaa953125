/**
 * What is said of locks on the wire (docs/formats/frame.md). LOCK is answered at once: it is being dealt with; what
 * becomes of it follows whenever that is known, so that one that waits holds up nobody's window (rule R10).
 */
import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { KEY_BYTES_MAX, LOCKS_PER_REQUEST_MAX } from '../../base/limits.ts';
import type { LockMode } from '../../locks/lock-request.ts';

export interface WireLock {
  readonly database: number;
  readonly key: Uint8Array;
  readonly mode: LockMode;
}

export interface WantedWireLock extends WireLock {
  readonly isEscalating: boolean;
}

export interface ClaimedWireLock extends WireLock {
  readonly count: number;
}

export type LockMessage =
  /** Several: all together or none. Without `mayWait` it is denied where somebody else has one of them. */
  | {
      readonly kind: 'lock';
      readonly job: number;
      readonly mayWait: boolean;
      readonly locks: readonly WantedWireLock[];
    }
  /** The LOCK of that number is not waited for any more. */
  | { readonly kind: 'cancelLock'; readonly job: number; readonly lock: number }
  | { readonly kind: 'unlock'; readonly job: number; readonly locks: readonly WireLock[] }
  /** The job is over: all that it holds and waits for goes. */
  | { readonly kind: 'endJob'; readonly job: number }
  /** In recovery: what the job holds, as of the last change that the data server has applied (rule R6). */
  | { readonly kind: 'claim'; readonly job: number; readonly locks: readonly ClaimedWireLock[] }
  /** All is claimed: how many locks these are, and their digest (locks/digest.ts). */
  | { readonly kind: 'claimed'; readonly count: number; readonly digest: number };

/**
 * By their places on the wire. `denied`: it was not to wait; `full`: <LOCKTABLEFULL>. `removed` is of no LOCK: an
 * administrator has taken all locks of a job away, whose number stands in the place of the LOCK's.
 */
export const LOCK_OUTCOMES = ['denied', 'granted', 'full', 'removed'] as const;
export type LockOutcome = (typeof LOCK_OUTCOMES)[number];

export function readLockOutcome(reader: ByteReader): LockOutcome {
  const outcome = LOCK_OUTCOMES[reader.u8()];
  if (outcome === undefined) throw reader.damaged('an unknown outcome of a lock');
  return outcome;
}

export const LOCK_OP = {
  lock: 0x29,
  cancelLock: 0x2a,
  unlock: 0x2b,
  endJob: 0x2c,
  claim: 0x2d,
  claimed: 0x2e,
} as const;

const WAITS = 1;
const SHARED = 1;
const ESCALATING = 2;

function writeLock(writer: ByteWriter, { database, key, mode }: WireLock, flags = 0): ByteWriter {
  return writer
    .varint(database)
    .blob(key)
    .u8(flags | (mode === 'shared' ? SHARED : 0));
}

export function writeLockMessage(writer: ByteWriter, message: LockMessage): void {
  writer.u8(LOCK_OP[message.kind]);
  switch (message.kind) {
    case 'lock':
      writer.varint(message.job).u8(message.mayWait ? WAITS : 0);
      writer.varint(message.locks.length);
      for (const lock of message.locks) writeLock(writer, lock, lock.isEscalating ? ESCALATING : 0);
      return;
    case 'cancelLock':
      writer.varint(message.job).varint(message.lock);
      return;
    case 'unlock':
      writer.varint(message.job).varint(message.locks.length);
      for (const lock of message.locks) writeLock(writer, lock);
      return;
    case 'endJob':
      writer.varint(message.job);
      return;
    case 'claim':
      writer.varint(message.job).varint(message.locks.length);
      for (const lock of message.locks) writeLock(writer, lock).varint(lock.count);
      return;
    case 'claimed':
      writer.varint(message.count).u32(message.digest);
      return;
  }
}

/** The rest of a message whose opcode was read; undefined where it is none of locks. EcpError DAMAGED. */
export function readLockMessage(opcode: number, reader: ByteReader): LockMessage | undefined {
  switch (opcode) {
    case LOCK_OP.lock: {
      const job = reader.varint();
      const mayWait = readFlags(reader, WAITS) === WAITS;
      return { kind: 'lock', job, mayWait, locks: readLocks(reader, readWanted) };
    }
    case LOCK_OP.cancelLock:
      return { kind: 'cancelLock', job: reader.varint(), lock: reader.varint() };
    case LOCK_OP.unlock:
      return { kind: 'unlock', job: reader.varint(), locks: readLocks(reader, readPlain) };
    case LOCK_OP.endJob:
      return { kind: 'endJob', job: reader.varint() };
    case LOCK_OP.claim:
      return { kind: 'claim', job: reader.varint(), locks: readLocks(reader, readClaimed) };
    case LOCK_OP.claimed:
      return { kind: 'claimed', count: reader.varint(), digest: reader.u32() };
    default:
      return undefined;
  }
}

function readLocks<T>(reader: ByteReader, read: (reader: ByteReader) => T): T[] {
  const count = reader.varint();
  if (count === 0 || count > LOCKS_PER_REQUEST_MAX) throw reader.damaged(`${count} locks`);
  return Array.from({ length: count }, () => read(reader));
}

function readFlags(reader: ByteReader, known: number): number {
  const flags = reader.u8();
  if ((flags & ~known) !== 0) throw reader.damaged(`unknown flags ${flags}`);
  return flags;
}

function readWanted(reader: ByteReader): WantedWireLock {
  const database = reader.varint();
  const key = reader.blob(KEY_BYTES_MAX);
  const flags = readFlags(reader, SHARED | ESCALATING);
  const mode = (flags & SHARED) === 0 ? 'exclusive' : 'shared';
  return { database, key, mode, isEscalating: (flags & ESCALATING) !== 0 };
}

function readPlain(reader: ByteReader): WireLock {
  const database = reader.varint();
  const key = reader.blob(KEY_BYTES_MAX);
  return { database, key, mode: readFlags(reader, SHARED) === 0 ? 'exclusive' : 'shared' };
}

function readClaimed(reader: ByteReader): ClaimedWireLock {
  const lock = readPlain(reader);
  const count = reader.varint();
  if (count === 0) throw reader.damaged('a lock that is held no time');
  return { ...lock, count };
}
