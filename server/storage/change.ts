/**
 * Changes of databases: the same bytes in the journal and on the wire (docs/formats/journal.md).
 *
 *   kind u8 | database varint | then by kind
 *   1 set        key blob, value blob
 *   2 kill       key blob
 *   3 zkill      key blob
 *   4 increment  key blob, by blob (a number as text)
 *   5 killRange  from blob, has-end u8, to blob if it has
 *
 * Keys are encoded references (globals/key.ts). Numbers of kinds are never used again.
 */
import type { ByteReader } from '../base/bytes.ts';
import { type ByteWriter } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { KEY_BYTES_MAX, VALUE_BYTES_MAX } from '../base/limits.ts';

/** `database`: its number in the instance's catalogue. */
export type Change =
  | {
      readonly kind: 'set';
      readonly database: number;
      readonly key: Uint8Array;
      readonly value: Uint8Array;
    }
  /** The node and all below it. */
  | { readonly kind: 'kill'; readonly database: number; readonly key: Uint8Array }
  /** The node alone. */
  | { readonly kind: 'zkill'; readonly database: number; readonly key: Uint8Array }
  /** Adds `by`, a number as text, to the node's numeric value. */
  | {
      readonly kind: 'increment';
      readonly database: number;
      readonly key: Uint8Array;
      readonly by: Uint8Array;
    }
  /** Every node with from ≤ key < to; `to` undefined means to the end. */
  | {
      readonly kind: 'killRange';
      readonly database: number;
      readonly from: Uint8Array;
      readonly to: Uint8Array | undefined;
    };

const SET = 1;
const KILL = 2;
const ZKILL = 3;
const INCREMENT = 4;
const KILL_RANGE = 5;

/** Longest text of a number that $INCREMENT takes, in bytes. */
const NUMBER_BYTES_MAX = 64;

/**
 * Refuses a change whose bytes could not be read back: EcpError SUBSCRIPT, MAXSTRING or MAXNUMBER. To be asked
 * before anything is changed: a record that recovery refuses would make the whole journal unreadable.
 */
export function checkChange(change: Change): void {
  const key = change.kind === 'killRange' ? change.from : change.key;
  const isKeyMissing = key.length === 0 && change.kind !== 'killRange';
  const to = change.kind === 'killRange' ? change.to : undefined;
  if (isKeyMissing || key.length > KEY_BYTES_MAX || (to?.length ?? 0) > KEY_BYTES_MAX) {
    throw new EcpError('SUBSCRIPT', `a reference has 1 to ${KEY_BYTES_MAX} bytes`);
  }
  if (change.kind === 'set' && change.value.length > VALUE_BYTES_MAX) {
    throw new EcpError('MAXSTRING', `a value has at most ${VALUE_BYTES_MAX} bytes`);
  }
  if (change.kind === 'increment' && change.by.length > NUMBER_BYTES_MAX) {
    throw new EcpError('MAXNUMBER', `a number has at most ${NUMBER_BYTES_MAX} bytes`);
  }
}

export function encodeChange(writer: ByteWriter, change: Change): void {
  switch (change.kind) {
    case 'set':
      writer.u8(SET).varint(change.database).blob(change.key).blob(change.value);
      return;
    case 'kill':
      writer.u8(KILL).varint(change.database).blob(change.key);
      return;
    case 'zkill':
      writer.u8(ZKILL).varint(change.database).blob(change.key);
      return;
    case 'increment':
      writer.u8(INCREMENT).varint(change.database).blob(change.key).blob(change.by);
      return;
    case 'killRange':
      writer.u8(KILL_RANGE).varint(change.database).blob(change.from);
      if (change.to === undefined) writer.u8(0);
      else writer.u8(1).blob(change.to);
      return;
  }
}

/** Reads a change; its byte strings are views of the reader's bytes. EcpError DAMAGED. */
export function decodeChange(reader: ByteReader): Change {
  const kind = reader.u8();
  const database = reader.varint();
  const key = reader.blob(KEY_BYTES_MAX);
  switch (kind) {
    case SET:
      return { kind: 'set', database, key, value: reader.blob(VALUE_BYTES_MAX) };
    case KILL:
      return { kind: 'kill', database, key };
    case ZKILL:
      return { kind: 'zkill', database, key };
    case INCREMENT:
      return { kind: 'increment', database, key, by: reader.blob(NUMBER_BYTES_MAX) };
    case KILL_RANGE: {
      const end = reader.u8();
      if (end > 1) throw reader.damaged('a range that neither ends nor does not');
      const to = end === 1 ? reader.blob(KEY_BYTES_MAX) : undefined;
      return { kind: 'killRange', database, from: key, to };
    }
    default:
      throw reader.damaged(`change kind ${kind} is not known`);
  }
}
