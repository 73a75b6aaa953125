/**
 * What a data server remembers durably of each session (architecture §5): who it is, its epoch, the last
 * sequence number applied, and the results that its app server may ask for again. Changed only by records
 * that are in the journal, so that recovery rebuilds the same table.
 *
 * Invariants
 * - Numbers of sessions and epochs are never used again: both come from counters that the table carries.
 * - `lastApplied` never falls within an epoch.
 */
import { type ByteReader, type ByteWriter } from '../base/bytes.ts';
import { CONNECTIONS_MAX, KEPT_RESULTS_MAX, NAME_LENGTH_MAX } from '../base/limits.ts';

/** The result of a change that was not plain success, kept until the app server confirms it. */
export type KeptResult =
  /** The value that $INCREMENT made. */
  | { readonly kind: 'value'; readonly value: Uint8Array }
  /** An error's code (base/errors.ts): the change was not applied. */
  | { readonly kind: 'failure'; readonly code: string };

export interface Session {
  /** Names the session in change records. */
  readonly number: number;
  /** The app server's configured name. */
  readonly name: string;
  /** Tells one process of that name from the next (rule R11). */
  incarnation: string;
  epoch: number;
  /** The highest sequence number applied in this epoch. */
  lastApplied: number;
  /** By sequence number, ascending. */
  readonly results: Map<number, KeptResult>;
}

/** Bytes of a value that $INCREMENT makes, at most. */
const RESULT_BYTES_MAX = 64;
/** More than any instance gives between a backup and its restore. */
const EPOCHS_SKIPPED = 2 ** 32;
const ENTRIES_MAX = 16 * CONNECTIONS_MAX;
const VALUE = 1;
const FAILURE = 2;

export class SessionTable {
  readonly sessions = new Map<number, Session>();
  nextNumber = 1;
  nextEpoch = 1;
  /**
   * Epochs below it are of before a restore: what was acknowledged in them may be gone (rule R15). 0: there was none.
   */
  lostBelow = 0;

  /** A session as its record says it: new, or of a new epoch, with nothing applied. */
  put(number: number, name: string, incarnation: string, epoch: number): Session {
    const session: Session = {
      number,
      name,
      incarnation,
      epoch,
      lastApplied: 0,
      results: new Map(),
    };
    this.sessions.set(number, session);
    this.nextNumber = Math.max(this.nextNumber, number + 1);
    this.nextEpoch = Math.max(this.nextEpoch, epoch + 1);
    return session;
  }

  remove(number: number): void {
    this.sessions.delete(number);
  }

  /**
   * Forgets all sessions, since what they did may be gone. Epochs go on far above those that may have been given after
   * the point to which was restored.
   */
  restored(): void {
    this.sessions.clear();
    this.nextEpoch += EPOCHS_SKIPPED;
    this.lostBelow = this.nextEpoch;
  }

  /** Notes that a change was taken: with a result to keep, if there is one. */
  applied(number: number, epoch: number, sequence: number, result?: KeptResult): void {
    const session = this.sessions.get(number);
    if (session?.epoch !== epoch) return;
    if (sequence > session.lastApplied) session.lastApplied = sequence;
    if (result === undefined) return;
    const { results } = session;
    results.set(sequence, result);
    if (results.size > KEPT_RESULTS_MAX) {
      // The window holds no more requests than that: the oldest was confirmed.
      for (const oldest of results.keys()) {
        results.delete(oldest);
        break;
      }
    }
  }

  /** Forgets results up to a sequence number that the app server has. */
  confirm(number: number, sequence: number): void {
    const results = this.sessions.get(number)?.results;
    if (results === undefined) return;
    for (const kept of results.keys()) {
      if (kept > sequence) break;
      results.delete(kept);
    }
  }

  encode(writer: ByteWriter): void {
    writer.varint(this.nextNumber).varint(this.nextEpoch).varint(this.sessions.size);
    for (const session of this.sessions.values()) {
      writer.varint(session.number).text(session.name).text(session.incarnation);
      writer.varint(session.epoch).varint(session.lastApplied).varint(session.results.size);
      for (const [sequence, result] of session.results) {
        writer.varint(sequence);
        encodeResult(writer, result);
      }
    }
  }

  /** Becomes what a table's record says. EcpError DAMAGED, also where numbers are out of order, or were never given. */
  decode(reader: ByteReader): void {
    this.sessions.clear();
    this.nextNumber = reader.varint();
    this.nextEpoch = reader.varint();
    if (this.nextNumber === 0 || this.nextEpoch === 0) throw reader.damaged('a number of 0');
    const count = reader.varint();
    if (count > ENTRIES_MAX) throw reader.damaged(`a table of ${count} sessions`);
    let last = 0;
    for (let i = 0; i < count; i++) last = this.#decodeSession(reader, last);
  }

  /** The next one, behind that of number `last`; its number. */
  #decodeSession(reader: ByteReader, last: number): number {
    const number = reader.varint();
    if (number <= last || number >= this.nextNumber)
      throw reader.damaged(`session ${number} out of order`);
    const name = reader.text(NAME_LENGTH_MAX * 4);
    const incarnation = reader.text(NAME_LENGTH_MAX * 4);
    const epoch = reader.varint();
    if (epoch === 0 || epoch >= this.nextEpoch)
      throw reader.damaged(`an epoch ${epoch} that never began`);
    const session = this.put(number, name, incarnation, epoch);
    session.lastApplied = reader.varint();
    const count = reader.varint();
    if (count > KEPT_RESULTS_MAX) throw reader.damaged(`${count} kept results`);
    let before = 0;
    for (let i = 0; i < count; i++) {
      const sequence = reader.varint();
      if (sequence <= before || sequence > session.lastApplied)
        throw reader.damaged(`a result of change ${sequence} out of order`);
      before = sequence;
      session.results.set(sequence, decodeResult(reader));
    }
    return number;
  }
}

export function encodeResult(writer: ByteWriter, result: KeptResult): void {
  if (result.kind === 'value') writer.u8(VALUE).blob(result.value);
  else writer.u8(FAILURE).text(result.code);
}

export function decodeResult(reader: ByteReader): KeptResult {
  const kind = reader.u8();
  if (kind === VALUE) return { kind: 'value', value: reader.blob(RESULT_BYTES_MAX).slice() };
  if (kind === FAILURE) return { kind: 'failure', code: reader.text(RESULT_BYTES_MAX) };
  throw reader.damaged(`result kind ${kind} is not known`);
}
