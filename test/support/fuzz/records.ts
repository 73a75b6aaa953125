/** What holds of journal records that the decoder took: written again they are the same bytes. */
import { ByteReader, ByteWriter, equalBytes } from '../../../server/base/bytes.ts';
import { encodeChange } from '../../../server/storage/change.ts';
import { encodeImageEnd, encodeImageRecord } from '../../../server/storage/image-records.ts';
import {
  beginChangeRecord,
  decodeRecord,
  encodeCatalogue,
  encodeCheckpoint,
  encodeFailure,
  encodeMark,
  encodeRestored,
  encodeSession,
  encodeSessionEnd,
  encodeSessions,
  encodeTime,
  type JournalRecord,
  type RecordTables,
} from '../../../server/storage/journal-records.ts';
import { SessionTable } from '../../../server/storage/session-table.ts';
import {
  encodeCompensation,
  encodeTransactionChange,
  encodeTransactionEnd,
  encodeTransactionLevel,
  encodeTransactionTable,
} from '../../../server/storage/transaction-records.ts';
import { TransactionTable } from '../../../server/storage/transaction-table.ts';

export function checkRecords(bytes: Uint8Array): string | undefined {
  const tables = { sessions: new SessionTable(), transactions: new TransactionTable() };
  const reader = new ByteReader(bytes, 'records');
  while (reader.remaining > 0) {
    const from = reader.position;
    const record = decodeRecord(reader, tables);
    const writer = new ByteWriter();
    encodeRecord(writer, record, tables);
    if (!equalBytes(writer.view(), bytes.subarray(from, reader.position)))
      return `a record ${record.kind} becomes other bytes when it is encoded`;
  }
  return undefined;
}

/** A record that was decoded just now, with the tables that it was decoded into. */
export function encodeRecord(
  writer: ByteWriter,
  record: JournalRecord,
  tables: RecordTables,
): void {
  switch (record.kind) {
    case 'change':
      beginChangeRecord(writer, record.session, record.epoch, record.sequence);
      encodeChange(writer, record.change);
      if (record.result !== undefined) writer.blob(record.result);
      return;
    case 'failure': {
      const { session, epoch, sequence, result } = record;
      encodeFailure(writer, session, epoch, sequence, result.code);
      return;
    }
    case 'mark':
      encodeMark(writer, record.session, record.epoch, record.sequence, record.result);
      return;
    case 'session':
      encodeSession(writer, record.session, record.name, record.incarnation, record.epoch);
      return;
    case 'sessionEnd':
      encodeSessionEnd(writer, record.session);
      return;
    case 'table':
      encodeSessions(writer, tables.sessions);
      return;
    case 'restored':
      encodeRestored(writer, record.lostBelow);
      return;
    case 'catalogue':
      encodeCatalogue(writer, record.databases);
      return;
    case 'checkpoint':
      encodeCheckpoint(writer, record.database, record.position);
      return;
    case 'time':
      encodeTime(writer, record.wallMs);
      return;
    case 'transactionTable':
      encodeTransactionTable(writer, tables.transactions);
      return;
    case 'transactionChange': {
      const { transaction: number, before: top, change, old } = record;
      encodeTransactionChange(writer, record, { number, top }, change, old);
      return;
    }
    case 'transactionLevel': {
      const { transaction: number, before: top, level, job, sinceMs, isStart } = record;
      encodeTransactionLevel(writer, record, { number, top, level, job, sinceMs }, isStart);
      return;
    }
    case 'transactionEnd':
      encodeTransactionEnd(writer, record, { ...record, number: record.transaction });
      return;
    case 'compensation':
      encodeCompensation(writer, record.transaction, record.next, record.change);
      return;
    case 'imageEnd':
      encodeImageEnd(writer, record.databases);
      return;
    case 'imageBlock':
    case 'imageRemoved':
    case 'imageDetached':
    case 'imageLongValue':
      encodeImageRecord(writer, record);
      return;
  }
}
