/**
 * Frames: batches of operations (app server → data server) and of replies and coherence messages (data
 * server → app server), in a hand-made binary form. Version 1; the tables are in docs/formats/frame.md,
 * golden bytes in frame.test.ts. Changes are encoded by storage/change.ts: the same bytes stand in the
 * journal. Opcodes are never used again for another purpose.
 *
 * Requests are numbered: a frame names the sequence number of its first numbered operation, the others
 * follow without gap.
 */
import { ByteReader, EMPTY, type ByteWriter } from '../../base/bytes.ts';
import { EcpError, type EcpErrorCode } from '../../base/errors.ts';
import {
  FRAME_BYTES_MAX,
  KEY_BYTES_MAX,
  PREFETCH_BLOCKS_MAX,
  VALUE_BYTES_MAX,
} from '../../base/limits.ts';
import { decodeChange, encodeChange, type Change } from '../../storage/change.ts';
import { FAILURE_CODES } from './failure-codes.ts';
import type { CatalogueEntry } from './handshake.ts';
import {
  LOCK_OUTCOMES,
  type LockMessage,
  type LockOutcome,
  readLockMessage,
  readLockOutcome,
  writeLockMessage,
} from './lock-messages.ts';
import {
  readTransactionMessage,
  TRANSACTION_OP,
  type TransactionMessage,
  writeTransactionMessage,
} from './transaction-messages.ts';

const FRAME_VERSION = 1;

/** Change kinds have the opcodes below this one. */
const FIRST_OTHER_OPCODE = 0x20;

/** What an app server asks for. All are numbered but those of UNNUMBERED. */
export type Request =
  | { readonly kind: 'change'; readonly change: Change }
  /** A piece of a long value; the pieces since the last `setLong` make the value of the next one. */
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'setLong';
      readonly database: number;
      readonly key: Uint8Array;
      readonly length: number;
    }
  /** The block that covers `key`, and `ahead` more behind it (or before it, for a scan in reverse). */
  | {
      readonly kind: 'fetch';
      readonly database: number;
      readonly key: Uint8Array;
      readonly ahead: number;
      readonly reverse: boolean;
    }
  /** A piece of the long value `id`, from `offset`. */
  | {
      readonly kind: 'long';
      readonly database: number;
      readonly id: number;
      readonly offset: number;
    }
  /** At most `limit` nodes of [from, to), answered by the data server itself (rule R7). */
  | {
      readonly kind: 'scan';
      readonly database: number;
      readonly from: Uint8Array;
      readonly to: Uint8Array | undefined;
      readonly reverse: boolean;
      readonly limit: number;
    }
  /** MERGE of a subtree of the same data server over another. */
  | {
      readonly kind: 'merge';
      readonly database: number;
      readonly key: Uint8Array;
      readonly fromDatabase: number;
      readonly fromKey: Uint8Array;
    }
  | { readonly kind: 'sync' }
  | LockMessage
  | TransactionMessage
  /** Somebody waits for durability: sync the journal at once. */
  | { readonly kind: 'hurry' }
  | { readonly kind: 'heartbeat' };

export interface RequestFrame {
  /** Sent again after a reconnection: numbers may skip what was answered before. */
  readonly replay: boolean;
  readonly firstSequence: number;
  /** All requests up to this number are answered and durable: the data server forgets their results. */
  readonly confirmed: number;
  readonly requests: readonly Request[];
}

/** A node as the data server read it; a long value comes as its id, to be asked for in pieces. */
export interface ScannedNode {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly long: { readonly id: number; readonly length: number } | undefined;
}

/** What a data server says, in one order (protocol-rules: everything that matters is ordered). */
export type Reply =
  /** All changes up to `sequence` are applied, those that failed excepted. */
  | { readonly kind: 'applied'; readonly sequence: number }
  | { readonly kind: 'incremented'; readonly sequence: number; readonly value: Uint8Array }
  | {
      readonly kind: 'failed';
      readonly sequence: number;
      readonly code: EcpErrorCode;
      readonly message: string;
    }
  /** `sequence` 0: sent ahead. `bytes`: storage/block.ts. */
  | {
      readonly kind: 'block';
      readonly sequence: number;
      readonly database: number;
      readonly bytes: Uint8Array;
    }
  /** The block asked for stands earlier in this frame. */
  | { readonly kind: 'sent'; readonly sequence: number }
  /** All cached blocks of [low, high) are out of date. */
  | {
      readonly kind: 'invalidate';
      readonly database: number;
      readonly low: Uint8Array;
      readonly high: Uint8Array | undefined;
    }
  /** All cached blocks of this data server are out of date (rule R8). */
  | { readonly kind: 'flush' }
  /** All changes up to `sequence` are durable. */
  | { readonly kind: 'durable'; readonly sequence: number }
  | { readonly kind: 'synced'; readonly sequence: number }
  | { readonly kind: 'scanned'; readonly sequence: number; readonly nodes: readonly ScannedNode[] }
  /** `total` 0: no such long value any more; read the block again (rule R13). */
  | {
      readonly kind: 'longPart';
      readonly sequence: number;
      readonly total: number;
      readonly bytes: Uint8Array;
    }
  /** MERGE is done. */
  | { readonly kind: 'merged'; readonly sequence: number }
  /** A LOCK is being dealt with: `locked` follows. */
  | { readonly kind: 'locking'; readonly sequence: number }
  /** What became of the LOCK of number `lock`. It answers nothing: it comes when it comes. */
  | { readonly kind: 'locked'; readonly lock: number; readonly outcome: LockOutcome }
  /** The transaction that the job had after request `after` was rolled back here, by nobody's request (A.1.7). */
  | { readonly kind: 'rolledBack'; readonly job: number; readonly after: number }
  | { readonly kind: 'catalogue'; readonly entries: readonly CatalogueEntry[] }
  | { readonly kind: 'heartbeat' };

export const UNNUMBERED: ReadonlySet<Request['kind']> = new Set([
  'part',
  'hurry',
  'heartbeat',
  'claim',
  'claimed',
  'within',
  'claimTransaction',
  'transactionsClaimed',
]);

const OP = {
  part: 0x20,
  setLong: 0x21,
  fetch: 0x22,
  long: 0x23,
  scan: 0x24,
  merge: 0x25,
  sync: 0x26,
  hurry: 0x27,
  heartbeat: 0x28,
} as const;

const RE = {
  applied: 0x40,
  incremented: 0x41,
  failed: 0x42,
  block: 0x43,
  sent: 0x44,
  invalidate: 0x45,
  flush: 0x46,
  durable: 0x47,
  synced: 0x48,
  scanned: 0x49,
  longPart: 0x4a,
  merged: 0x4b,
  catalogue: 0x4c,
  heartbeat: 0x4d,
  locking: 0x4f,
  locked: 0x50,
  rolledBack: 0x51,
  // 0x4e is reserved for pushing a small change to active holders in place of an invalidation (P9).
} as const;

const MESSAGE_BYTES_MAX = 1024;
export const SCAN_NODES_MAX = 16;

export function beginRequestFrame(
  writer: ByteWriter,
  head: { readonly replay: boolean; readonly firstSequence: number; readonly confirmed: number },
): void {
  writer
    .u8(FRAME_VERSION)
    .u8(head.replay ? 1 : 0)
    .varint(head.firstSequence)
    .varint(head.confirmed);
}

export function writeRequest(writer: ByteWriter, request: Request): void {
  switch (request.kind) {
    case 'change':
      encodeChange(writer, request.change);
      return;
    case 'part':
      writer.u8(OP.part).blob(request.bytes);
      return;
    case 'setLong':
      writer.u8(OP.setLong).varint(request.database).blob(request.key).varint(request.length);
      return;
    case 'fetch':
      writer
        .u8(OP.fetch)
        .varint(request.database)
        .blob(request.key)
        .u8(request.reverse ? 1 : 0)
        .varint(request.ahead);
      return;
    case 'long':
      writer.u8(OP.long).varint(request.database).varint(request.id).varint(request.offset);
      return;
    case 'scan':
      writer.u8(OP.scan).varint(request.database).blob(request.from);
      writeBound(writer, request.to);
      writer.u8(request.reverse ? 1 : 0).varint(request.limit);
      return;
    case 'merge':
      writer.u8(OP.merge).varint(request.database).blob(request.key);
      writer.varint(request.fromDatabase).blob(request.fromKey);
      return;
    case 'sync':
    case 'hurry':
    case 'heartbeat':
      writer.u8(OP[request.kind]);
      return;
    default:
      if (isTransactionMessage(request)) writeTransactionMessage(writer, request);
      else writeLockMessage(writer, request);
  }
}

function isTransactionMessage(
  request: LockMessage | TransactionMessage,
): request is TransactionMessage {
  return Object.hasOwn(TRANSACTION_OP, request.kind);
}

/** Decodes a request frame of a peer; anything malformed is DAMAGED. */
export function decodeRequestFrame(bytes: Uint8Array): RequestFrame {
  const reader = openFrame(bytes);
  const flags = reader.u8();
  if (flags > 1) throw reader.damaged(`unknown flags ${flags}`);
  const firstSequence = reader.varint();
  const confirmed = reader.varint();
  const requests: Request[] = [];
  while (reader.remaining > 0) requests.push(readRequest(reader));
  if (!Number.isSafeInteger(firstSequence + requests.length)) {
    throw reader.damaged(`request numbers that go on from ${firstSequence}`);
  }
  return { replay: flags === 1, firstSequence, confirmed, requests };
}

function readRequest(reader: ByteReader): Request {
  if (reader.peekU8() < FIRST_OTHER_OPCODE) return { kind: 'change', change: decodeChange(reader) };
  const opcode = reader.u8();
  switch (opcode) {
    case OP.part:
      return { kind: 'part', bytes: reader.blob(FRAME_BYTES_MAX) };
    case OP.setLong:
      return {
        kind: 'setLong',
        database: reader.varint(),
        key: readKey(reader),
        length: readLength(reader),
      };
    case OP.fetch: {
      const database = reader.varint();
      const key = reader.blob(KEY_BYTES_MAX + 1);
      const reverse = readFlag(reader);
      return {
        kind: 'fetch',
        database,
        key,
        reverse,
        ahead: readCount(reader, PREFETCH_BLOCKS_MAX),
      };
    }
    case OP.long:
      return {
        kind: 'long',
        database: reader.varint(),
        id: reader.varint(),
        offset: reader.varint(),
      };
    case OP.scan: {
      const database = reader.varint();
      const from = reader.blob(KEY_BYTES_MAX + 1);
      const to = readBound(reader);
      const reverse = readFlag(reader);
      return {
        kind: 'scan',
        database,
        from,
        to,
        reverse,
        limit: readCount(reader, SCAN_NODES_MAX),
      };
    }
    case OP.merge: {
      const database = reader.varint();
      const key = readKey(reader);
      return {
        kind: 'merge',
        database,
        key,
        fromDatabase: reader.varint(),
        fromKey: readKey(reader),
      };
    }
    case OP.sync:
      return { kind: 'sync' };
    case OP.hurry:
      return { kind: 'hurry' };
    case OP.heartbeat:
      return { kind: 'heartbeat' };
    default: {
      const message = readLockMessage(opcode, reader) ?? readTransactionMessage(opcode, reader);
      if (message !== undefined) return message;
      throw reader.damaged(`unknown request 0x${opcode.toString(16)}`);
    }
  }
}

export function beginReplyFrame(writer: ByteWriter): void {
  writer.u8(FRAME_VERSION);
}

export function writeReply(writer: ByteWriter, reply: Reply): void {
  switch (reply.kind) {
    case 'applied':
    case 'sent':
    case 'durable':
    case 'synced':
    case 'merged':
    case 'locking':
      writer.u8(RE[reply.kind]).varint(reply.sequence);
      return;
    case 'locked':
      writer.u8(RE.locked).varint(reply.lock).u8(LOCK_OUTCOMES.indexOf(reply.outcome));
      return;
    case 'rolledBack':
      writer.u8(RE.rolledBack).varint(reply.job).varint(reply.after);
      return;
    case 'incremented':
      writer.u8(RE.incremented).varint(reply.sequence).blob(reply.value);
      return;
    case 'failed':
      writer.u8(RE.failed).varint(reply.sequence).u8(FAILURE_CODES.indexOf(reply.code));
      writer.text(reply.message.slice(0, MESSAGE_BYTES_MAX / 4));
      return;
    case 'block':
      writer.u8(RE.block).varint(reply.sequence).varint(reply.database).blob(reply.bytes);
      return;
    case 'invalidate':
      writer.u8(RE.invalidate).varint(reply.database).blob(reply.low);
      writeBound(writer, reply.high);
      return;
    case 'scanned':
      writer.u8(RE.scanned).varint(reply.sequence).varint(reply.nodes.length);
      for (const node of reply.nodes) writeNode(writer, node);
      return;
    case 'longPart':
      writer.u8(RE.longPart).varint(reply.sequence).varint(reply.total).blob(reply.bytes);
      return;
    case 'catalogue':
      writeCatalogue(writer.u8(RE.catalogue), reply.entries);
      return;
    case 'flush':
    case 'heartbeat':
      writer.u8(RE[reply.kind]);
      return;
  }
}

/** Messages one by one: each is handled before the next is read (rule R7). */
export class ReplyFrameReader {
  readonly #reader: ByteReader;

  constructor(bytes: Uint8Array) {
    this.#reader = openFrame(bytes);
  }

  /** The next message, or undefined at the end; anything malformed is DAMAGED. */
  next(): Reply | undefined {
    return this.#reader.remaining === 0 ? undefined : readReply(this.#reader);
  }
}

function readReply(reader: ByteReader): Reply {
  const opcode = reader.u8();
  switch (opcode) {
    case RE.applied:
      return { kind: 'applied', sequence: reader.varint() };
    case RE.sent:
      return { kind: 'sent', sequence: reader.varint() };
    case RE.durable:
      return { kind: 'durable', sequence: reader.varint() };
    case RE.synced:
      return { kind: 'synced', sequence: reader.varint() };
    case RE.merged:
      return { kind: 'merged', sequence: reader.varint() };
    case RE.locking:
      return { kind: 'locking', sequence: reader.varint() };
    case RE.locked:
      return { kind: 'locked', lock: reader.varint(), outcome: readLockOutcome(reader) };
    case RE.rolledBack:
      return { kind: 'rolledBack', job: reader.varint(), after: reader.varint() };
    case RE.incremented:
      return {
        kind: 'incremented',
        sequence: reader.varint(),
        value: reader.blob(MESSAGE_BYTES_MAX),
      };
    case RE.failed: {
      const sequence = reader.varint();
      const code = FAILURE_CODES[reader.u8()];
      if (code === undefined) throw reader.damaged('unknown error code');
      return { kind: 'failed', sequence, code, message: reader.text(MESSAGE_BYTES_MAX) };
    }
    case RE.block:
      return {
        kind: 'block',
        sequence: reader.varint(),
        database: reader.varint(),
        bytes: reader.blob(FRAME_BYTES_MAX),
      };
    case RE.invalidate: {
      const database = reader.varint();
      const low = reader.blob(KEY_BYTES_MAX + 1);
      return { kind: 'invalidate', database, low, high: readBound(reader) };
    }
    case RE.scanned:
      return { kind: 'scanned', sequence: reader.varint(), nodes: readNodes(reader) };
    case RE.longPart: {
      const sequence = reader.varint();
      return {
        kind: 'longPart',
        sequence,
        total: readLength(reader),
        bytes: reader.blob(FRAME_BYTES_MAX),
      };
    }
    case RE.catalogue:
      return { kind: 'catalogue', entries: readCatalogue(reader) };
    case RE.flush:
      return { kind: 'flush' };
    case RE.heartbeat:
      return { kind: 'heartbeat' };
    default:
      throw reader.damaged(`unknown reply 0x${opcode.toString(16)}`);
  }
}

function openFrame(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes, 'frame');
  const version = reader.u8();
  if (version !== FRAME_VERSION) throw reader.damaged(`unknown version ${version}`);
  return reader;
}

function readNodes(reader: ByteReader): ScannedNode[] {
  const count = readCount(reader, SCAN_NODES_MAX);
  const nodes: ScannedNode[] = [];
  for (let i = 0; i < count; i++) {
    const key = readKey(reader);
    nodes.push(
      readFlag(reader)
        ? { key, value: EMPTY, long: { id: reader.varint(), length: readLength(reader) } }
        : { key, value: reader.blob(FRAME_BYTES_MAX), long: undefined },
    );
  }
  return nodes;
}

function writeNode(writer: ByteWriter, node: ScannedNode): void {
  writer.blob(node.key);
  if (node.long === undefined) writer.u8(0).blob(node.value);
  else writer.u8(1).varint(node.long.id).varint(node.long.length);
}

const NAME_BYTES_MAX = 256;

function writeCatalogue(writer: ByteWriter, entries: readonly CatalogueEntry[]): void {
  writer.varint(entries.length);
  for (const entry of entries) {
    writer.varint(entry.number).text(entry.name).text(entry.uuid).varint(entry.blockSize);
    writer.u8(entry.readOnly ? 1 : 0).text(entry.resource);
  }
}

function readCatalogue(reader: ByteReader): CatalogueEntry[] {
  const count = readCount(reader, 255);
  const entries: CatalogueEntry[] = [];
  for (let i = 0; i < count; i++) {
    entries.push({
      number: reader.varint(),
      name: reader.text(NAME_BYTES_MAX),
      uuid: reader.text(NAME_BYTES_MAX),
      blockSize: reader.varint(),
      readOnly: readFlag(reader),
      resource: reader.text(NAME_BYTES_MAX),
    });
  }
  return entries;
}

/** An upper end of a range: a flag, then the key unless it is the end of the key space. */
function writeBound(writer: ByteWriter, bound: Uint8Array | undefined): void {
  if (bound === undefined) writer.u8(0);
  else writer.u8(1).blob(bound);
}

function readBound(reader: ByteReader): Uint8Array | undefined {
  return readFlag(reader) ? reader.blob(KEY_BYTES_MAX + 1) : undefined;
}

function readKey(reader: ByteReader): Uint8Array {
  return reader.blob(KEY_BYTES_MAX);
}

function readFlag(reader: ByteReader): boolean {
  const flag = reader.u8();
  if (flag > 1) throw reader.damaged(`a flag of ${flag}`);
  return flag === 1;
}

function readCount(reader: ByteReader, max: number): number {
  const count = reader.varint();
  if (count > max) throw reader.damaged(`a count of ${count} above ${max}`);
  return count;
}

function readLength(reader: ByteReader): number {
  const length = reader.varint();
  if (length > VALUE_BYTES_MAX) {
    throw new EcpError(
      'MAXSTRING',
      `a value of ${length} bytes, at most ${VALUE_BYTES_MAX} allowed`,
    );
  }
  return length;
}
