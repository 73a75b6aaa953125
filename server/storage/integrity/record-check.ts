/**
 * What the records of a journal say about one another: numbers that were given out, databases that a catalogue lists,
 * chains of transactions, and tables that tell again what the records before them told.
 *
 * The state is kept as recovery keeps it. What the first tables of the oldest segment say has nothing to be compared with.
 */
import { bareMessage, isEcpError, messageOf } from '../../base/errors.ts';
import { checkKey } from '../../globals/key.ts';
import { Block } from '../block.ts';
import type { Change } from '../change.ts';
import type { RecordSite } from '../journal-scan.ts';
import { type CatalogueEntry, type JournalRecord, TABLE } from '../journal-records.ts';
import { isNowhere, type RecordPlace } from '../record-place.ts';
import { SessionTable } from '../session-table.ts';
import { TRANSACTION_TABLE, type TransactionRecord } from '../transaction-records.ts';
import { TransactionTable } from '../transaction-table.ts';

const UUID = /^[0-9a-f]{32}$/;
/** The end of the year 9999. */
export const WALL_MS_MAX = 253_402_300_799_999;

type Problem = (problem: string) => void;

export class RecordCheck {
  /** Given to the decoder, which reads tables into them. */
  readonly tables = { sessions: new SessionTable(), transactions: new TransactionTable() };
  #catalogue = new Map<number, CatalogueEntry>();
  /** What the records said so far; undefined before the first table. */
  #sessions: string | undefined;
  #transactions: string | undefined;

  /** UUIDs of the databases in the last catalogue. */
  get inUse(): ReadonlySet<string> {
    return new Set([...this.#catalogue.values()].map(({ uuid }) => uuid));
  }

  /** To be called before each record is decoded: a table takes the place of what is known. */
  beforeRecord(kind: number): void {
    if (kind === TABLE) this.#sessions &&= sessionsText(this.tables.sessions);
    if (kind === TRANSACTION_TABLE)
      this.#transactions &&= transactionsText(this.tables.transactions);
  }

  /** A record that was decoded. */
  take(record: JournalRecord, site: RecordSite, problem: Problem): void {
    const { sessions } = this.tables;
    if ('sequence' in record) this.#checkOrigin(record, problem);
    switch (record.kind) {
      case 'change':
        this.#checkChange(record.change, problem);
        sessions.applied(record.session, record.epoch, record.sequence);
        return;
      case 'failure':
      case 'mark':
        sessions.applied(record.session, record.epoch, record.sequence);
        return;
      case 'session':
        if (record.epoch !== sessions.nextEpoch || record.session > sessions.nextNumber)
          problem(`a session ${record.session} of epoch ${record.epoch} out of turn`);
        sessions.put(record.session, record.name, record.incarnation, record.epoch);
        return;
      case 'sessionEnd':
        if (!sessions.sessions.has(record.session)) problem(`no session ${record.session} to end`);
        sessions.remove(record.session);
        return;
      case 'table':
        this.#compare('sessions', this.#sessions, sessionsText(sessions), problem);
        this.#sessions = 'known';
        return;
      case 'catalogue':
        this.#takeCatalogue(record.databases, problem);
        return;
      case 'checkpoint':
        if (record.position > site.position)
          problem(`a checkpoint of ${record.position}, which is to come`);
        return;
      case 'time':
        if (record.wallMs > WALL_MS_MAX) problem('a time after the year 9999');
        return;
      case 'restored':
        if (record.lostBelow === 0 || record.lostBelow > sessions.nextEpoch)
          problem(`a restore that lost epochs up to ${record.lostBelow}`);
        return;
      case 'transactionTable': {
        const known = transactionsText(this.tables.transactions);
        this.#compare('transactions', this.#transactions, known, problem);
        this.#transactions = 'known';
        return;
      }
      case 'imageBlock':
        this.#checkNumber(record.database, problem);
        try {
          Block.decode(record.block);
        } catch (error) {
          problem(bareMessage(messageOf(error)));
        }
        return;
      case 'imageRemoved':
      case 'imageDetached':
      case 'imageLongValue':
        this.#checkNumber(record.database, problem);
        return;
      case 'imageEnd':
        for (const { number } of record.databases) this.#checkNumber(number, problem);
        return;
      default:
        this.#takeOfTransaction(record, site.place, problem);
    }
  }

  #compare(what: string, before: string | undefined, now: string, problem: Problem): void {
    if (before !== undefined && before !== now)
      problem(`a table of ${what} that differs from what the records before it say`);
  }

  #takeCatalogue(databases: readonly CatalogueEntry[], problem: Problem): void {
    this.#catalogue = new Map(databases.map((entry) => [entry.number, entry]));
    const uuids = new Set(databases.map(({ uuid }) => uuid));
    if (this.#catalogue.size < databases.length || uuids.size < databases.length)
      problem('a catalogue that lists a database twice');
    for (const { uuid } of databases) if (!UUID.test(uuid)) problem(`a UUID that is none: ${uuid}`);
  }

  #checkOrigin(
    { session, epoch }: { readonly session: number; readonly epoch: number },
    problem: Problem,
  ): void {
    const { nextNumber, nextEpoch } = this.tables.sessions;
    if (session >= nextNumber) problem(`session ${session} was never opened`);
    if (epoch >= nextEpoch) problem(`epoch ${epoch} never began`);
  }

  /** Records are lost in a gap (A.2.5): the tables behind it differ from what those before it say. */
  passGap(): void {
    this.#sessions = undefined;
    this.#transactions = undefined;
  }

  #checkNumber(number: number, problem: Problem): void {
    if (!this.#catalogue.has(number)) problem(`database ${number} is not in the catalogue`);
  }

  #checkChange(change: Change, problem: Problem): void {
    this.#checkNumber(change.database, problem);
    if (change.kind !== 'killRange') checkReference(change.key, problem);
  }

  #takeOfTransaction(record: TransactionRecord, place: RecordPlace, problem: Problem): void {
    const { transactions, sessions } = this.tables;
    if (record.kind === 'transactionTable') return;
    const open = transactions.open.get(record.transaction);
    const isBeginning = record.kind === 'transactionLevel' && isNowhere(record.before);
    if (open === undefined && !isBeginning)
      problem(`transaction ${record.transaction} is not open`);
    if (isBeginning && (open !== undefined || record.transaction < transactions.nextNumber))
      problem(`transaction ${record.transaction} begins a second time`);
    if ('before' in record && open !== undefined && isBefore(open.top, record.before))
      problem('a record that does not continue its transaction');
    switch (record.kind) {
      case 'transactionChange':
        this.#checkChange(record.change, problem);
        for (const { key } of record.old) checkReference(key, problem);
        transactions.chained(
          record.transaction,
          place,
          this.#catalogue.get(record.change.database)?.uuid,
        );
        break;
      case 'transactionLevel':
        if (record.sinceMs > WALL_MS_MAX) problem('a time after the year 9999');
        transactions.levelled(record, place);
        break;
      case 'transactionEnd':
        if (!isBefore(record.next, place)) problem('a chain that goes on at what is to come');
        transactions.ended(record.transaction, record.level, record.next);
        break;
      case 'compensation':
        if (!isBefore(record.next.place, place))
          problem('a rollback that goes on at what is to come');
        if (record.change !== undefined) this.#checkChange(record.change, problem);
        transactions.undone(record.transaction, record.next);
        return;
    }
    sessions.applied(record.session, record.epoch, record.sequence);
  }
}

function checkReference(key: Uint8Array, problem: Problem): void {
  try {
    checkKey(key);
  } catch (error) {
    if (!isEcpError(error)) throw error;
    problem(bareMessage(messageOf(error)));
  }
}

const isBefore = (a: RecordPlace, b: RecordPlace): boolean =>
  a.batch < b.batch || (a.batch === b.batch && a.offset < b.offset);

/** What a table tells, but for the results it keeps: which of them were confirmed no record says. */
function sessionsText(table: SessionTable): string {
  const sessions = [...table.sessions.values()].map((session) => {
    const { number, name, incarnation, epoch, lastApplied } = session;
    return [number, name, incarnation, epoch, lastApplied];
  });
  return JSON.stringify([table.nextNumber, table.nextEpoch, sessions.sort()]);
}

/** But for where a rollback stands: records that restore nothing it passes without one of its own. */
function transactionsText(table: TransactionTable): string {
  const open = [...table.open.values()].map((transaction) => ({
    ...transaction,
    top: undefined,
    left: undefined,
    databases: [...transaction.databases].sort(),
  }));
  return JSON.stringify([table.nextNumber, open]);
}
