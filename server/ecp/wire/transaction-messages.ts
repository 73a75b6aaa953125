/**
 * What is said of transactions on the wire (docs/formats/frame.md). A job's transaction at a data server begins with
 * `begin`, before its first change there; `within` goes before each change that is part of it.
 */
import type { ByteReader, ByteWriter } from '../../base/bytes.ts';
import { TRANSACTION_LEVELS_MAX } from '../../base/limits.ts';

export type TransactionMessage =
  /** The job's transaction, of `level` levels so far. */
  | { readonly kind: 'begin'; readonly job: number; readonly level: number }
  /** Another level: above the present one by TSTART, below it, and not 0, by TCOMMIT. */
  | { readonly kind: 'level'; readonly job: number; readonly level: number }
  /** TCOMMIT of its lowest level. */
  | { readonly kind: 'commit'; readonly job: number }
  /** TROLLBACK down to `level`; 0 is all of it. */
  | { readonly kind: 'rollback'; readonly job: number; readonly level: number }
  /** The next numbered request, a change, is part of the job's transaction. */
  | { readonly kind: 'within'; readonly job: number }
  /** In recovery, behind all that was sent again: the job's transaction is of this level (rule R6). */
  | { readonly kind: 'claimTransaction'; readonly job: number; readonly level: number }
  /** All are claimed: so many. */
  | { readonly kind: 'transactionsClaimed'; readonly count: number };

export const TRANSACTION_OP = {
  begin: 0x2f,
  level: 0x30,
  commit: 0x31,
  rollback: 0x32,
  within: 0x33,
  claimTransaction: 0x34,
  transactionsClaimed: 0x35,
} as const;

export function writeTransactionMessage(writer: ByteWriter, message: TransactionMessage): void {
  writer.u8(TRANSACTION_OP[message.kind]);
  if (message.kind === 'transactionsClaimed') {
    writer.varint(message.count);
    return;
  }
  writer.varint(message.job);
  if ('level' in message) writer.varint(message.level);
}

/** The rest of a message whose opcode was read; undefined where it is none of transactions. EcpError DAMAGED. */
export function readTransactionMessage(
  opcode: number,
  reader: ByteReader,
): TransactionMessage | undefined {
  switch (opcode) {
    case TRANSACTION_OP.begin:
      return { kind: 'begin', job: reader.varint(), level: readLevel(reader, 1) };
    case TRANSACTION_OP.level:
      return { kind: 'level', job: reader.varint(), level: readLevel(reader, 1) };
    case TRANSACTION_OP.commit:
      return { kind: 'commit', job: reader.varint() };
    case TRANSACTION_OP.rollback:
      return { kind: 'rollback', job: reader.varint(), level: readLevel(reader, 0) };
    case TRANSACTION_OP.within:
      return { kind: 'within', job: reader.varint() };
    case TRANSACTION_OP.claimTransaction:
      return { kind: 'claimTransaction', job: reader.varint(), level: readLevel(reader, 1) };
    case TRANSACTION_OP.transactionsClaimed:
      return { kind: 'transactionsClaimed', count: reader.varint() };
    default:
      return undefined;
  }
}

function readLevel(reader: ByteReader, lowest: number): number {
  const level = reader.varint();
  if (level < lowest || level > TRANSACTION_LEVELS_MAX)
    throw reader.damaged(`a transaction of level ${level}`);
  return level;
}
