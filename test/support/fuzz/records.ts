/** What holds of journal records that the decoder took: written again they are the same bytes. */
import { ByteReader, ByteWriter, equalBytes } from '../../../server/base/bytes.ts';
import { encodeChange } from '../../../server/storage/change.ts';
import { encodeImageEnd } from '../../../server/storage/image-records.ts';
import {
  beginChangeRecord,
  decodeRecord,
  encodeCatalogue,
  encodeCheckpoint,
  encodeFailure,
  encodeMark,
  encodeSession,
  encodeSessionEnd,
  encodeTime,
  type JournalRecord,
  type RecordTables,
} from '../../../server/storage/journal-records.ts';
import { SessionTable } from '../../../server/storage/session-table.ts';
import {
  encodeCompensation,
  encodeTransactionChange,
  encodeTransactionEnd,
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
    if (!encode(writer, record, tables)) continue;
    if (!equalBytes(writer.view(), bytes.subarray(from, reader.position)))
      return `a record ${record.kind} becomes other bytes when it is encoded`;
  }
  return undefined;
}

/** False for a record that only comes as a part of others, or that nobody writes so. */
function encode(writer: ByteWriter, record: JournalRecord, tables: RecordTables): boolean {
  switch (record.kind) {
    case 'change':
      beginChangeRecord(writer, record.session, record.epoch, record.sequence);
      encodeChange(writer, record.change);
      if (record.result !== undefined) writer.blob(record.result);
      return true;
    case 'failure': {
      const { session, epoch, sequence, result } = record;
      if (result.kind === 'failure') encodeFailure(writer, session, epoch, sequence, result.code);
      return result.kind === 'failure';
    }
    case 'mark':
      encodeMark(writer, record.session, record.epoch, record.sequence, record.result);
      return true;
    case 'session':
      encodeSession(writer, record.session, record.name, record.incarnation, record.epoch);
      return true;
    case 'sessionEnd':
      encodeSessionEnd(writer, record.session);
      return true;
    case 'catalogue':
      encodeCatalogue(writer, record.databases);
      return true;
    case 'checkpoint':
      encodeCheckpoint(writer, record.database, record.position);
      return true;
    case 'time':
      encodeTime(writer, record.wallMs);
      return true;
    case 'transactionTable':
      encodeTransactionTable(writer, tables.transactions);
      return true;
    case 'transactionChange': {
      const { transaction: number, before: top, change, old } = record;
      encodeTransactionChange(writer, record, { number, top }, change, old);
      return true;
    }
    case 'transactionEnd':
      encodeTransactionEnd(writer, record, { ...record, number: record.transaction });
      return true;
    case 'compensation':
      encodeCompensation(writer, record.transaction, record.next, record.change);
      return true;
    case 'imageEnd':
      encodeImageEnd(writer, record.databases);
      return true;
    case 'table':
    case 'restored':
    case 'transactionLevel':
    case 'imageBlock':
    case 'imageRemoved':
    case 'imageDetached':
    case 'imageLongValue':
      return false;
  }
}
