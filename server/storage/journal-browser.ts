/**
 * Looking into a journal: its records in words, those that are asked for, and what its segments are. Reads only, past
 * what cannot be read. Values of users' data are handed out as bytes; whether anybody sees them, the caller decides.
 */
import { hexOf } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { matchesGlobal } from '../globals/global-pattern.ts';
import { globalOf } from '../globals/key.ts';
import { formatKey } from '../globals/reference.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import type { Change } from './change.ts';
import type { RecordSite } from './journal-scan.ts';
import type { JournalRecord } from './journal-records.ts';
import { type JournalItem, walkJournal } from './journal-walk.ts';
import { emptyTables } from './recovery.ts';

/** What is asked for: all of it together. */
export interface JournalFilter {
  readonly from?: number;
  readonly to?: number;
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Names, or beginnings of names and `*`. */
  readonly globals?: readonly string[];
  readonly database?: string;
  readonly transaction?: number;
  readonly appServer?: string;
  /** Kinds of records, or of changes. */
  readonly kinds?: readonly string[];
}

export interface BrowsedChange {
  readonly kind: Change['kind'];
  readonly global: string;
  /** As M writes it; of a range its beginning, and its end unless that is the database's. */
  readonly reference: string;
  readonly end?: string;
  /** What was set, or added by $INCREMENT. */
  readonly value?: Uint8Array;
}

export interface BrowsedRecord {
  readonly kind: JournalRecord['kind'];
  /** Behind it. */
  readonly position: number;
  /** Wall time, milliseconds since 1970, to JOURNAL_TIME_INTERVAL_MS; 0 where the journal tells none. */
  readonly wallMs: number;
  readonly database?: string;
  readonly transaction?: number;
  readonly session?: number;
  readonly appServer?: string;
  readonly change?: BrowsedChange;
  /** What an increment made, or what a transaction's change replaced. */
  readonly result?: Uint8Array;
  readonly old?: readonly { readonly reference: string; readonly value: Uint8Array }[];
  /** What else there is to say. */
  readonly text: string;
}

export interface BrowsedSegment {
  readonly segment: number;
  readonly start: number;
  end: number;
  readonly createdMs: number;
  /** Of its file, what was written ahead included. */
  readonly bytes: number;
  readonly isEncrypted: boolean;
  records: number;
  /** Bytes that cannot be read. */
  damagedBytes: number;
}

export type Browsed =
  | { readonly kind: 'record'; readonly record: BrowsedRecord }
  | (JournalItem & { readonly kind: 'damage' | 'gap' | 'end' });

export class JournalBrowser {
  /** What was gone through so far. */
  readonly segments: BrowsedSegment[] = [];
  /** Records that were asked for, by kind. */
  readonly counts = new Map<string, number>();
  readonly #source: JournalSource;
  readonly #filter: JournalFilter;
  readonly #tables = emptyTables();
  readonly #appServers = new Map<number, string>();
  #databases = new Map<number, string>();
  /** What was last read is followed by something that cannot be. */
  #isHole = false;

  constructor(source: JournalSource, filter: JournalFilter = {}) {
    this.#source = source;
    this.#filter = filter;
  }

  /** EcpError DATABASE where a key is missing. */
  *records(): Generator<Browsed, void> {
    const { from = 0, to = Infinity } = this.#filter;
    for (const item of walkJournal(this.#source, this.#tables, { from, to })) {
      if (item.kind === 'segment') this.#begin(item);
      else if (item.kind === 'record') {
        const record = this.#take(item.record, item.site, item.wallMs);
        if (item.site.position > to) return;
        if (!this.#isAskedFor(record)) continue;
        this.counts.set(record.kind, (this.counts.get(record.kind) ?? 0) + 1);
        yield { kind: 'record', record };
      } else {
        this.#note(item);
        yield item;
      }
    }
  }

  #begin({ header, bytes }: JournalItem & { readonly kind: 'segment' }): void {
    const { segment, start, createdMs, era } = header;
    const isEncrypted = era !== undefined;
    const end = start + header.bytes;
    const before = this.segments.at(-1);
    // Behind its last record an encrypted batch goes on.
    if (before !== undefined && !this.#isHole) before.end = start;
    this.#isHole = false;
    this.segments.push({
      ...{ segment, start, end, createdMs, bytes, isEncrypted },
      ...{ records: 0, damagedBytes: 0 },
    });
  }

  #note(item: JournalItem & { readonly kind: 'damage' | 'gap' | 'end' }): void {
    this.#isHole = item.kind !== 'end';
    const last = this.segments.at(-1);
    if (last === undefined || item.kind === 'gap') return;
    if (item.kind === 'end') last.end = Math.max(last.end, item.position);
    else last.damagedBytes += item.to - item.from;
  }

  #take(record: JournalRecord, { position }: RecordSite, wallMs: number): BrowsedRecord {
    const last = this.segments.at(-1);
    this.#isHole = false;
    if (last !== undefined) {
      last.end = position;
      last.records++;
    }
    this.#learn(record);
    const session = 'session' in record && record.session !== 0 ? record.session : undefined;
    const appServer = session === undefined ? undefined : this.#appServers.get(session);
    const change = changeOf(record);
    const database =
      change === undefined ? undefined : (this.#databases.get(change.database) ?? 'unknown');
    return {
      ...{ kind: record.kind, position, wallMs, text: this.#textOf(record) },
      ...(session === undefined ? {} : { session }),
      ...(appServer === undefined ? {} : { appServer }),
      ...('transaction' in record ? { transaction: record.transaction } : {}),
      ...(change === undefined ? {} : { change: describe(change) }),
      ...(database === undefined ? {} : { database }),
      ...(record.kind === 'change' && record.result !== undefined ? { result: record.result } : {}),
      ...(record.kind === 'transactionChange'
        ? {
            old: record.old.map(({ key, value }) => ({ reference: referenceOf(key), value })),
          }
        : {}),
    };
  }

  /** What the numbers in later records mean. */
  #learn(record: JournalRecord): void {
    if (record.kind === 'catalogue')
      this.#databases = new Map(record.databases.map(({ number, name }) => [number, name]));
    else if (record.kind === 'session') this.#appServers.set(record.session, record.name);
    else if (record.kind === 'table')
      for (const { number, name } of this.#tables.sessions.sessions.values())
        this.#appServers.set(number, name);
  }

  #textOf(record: JournalRecord): string {
    switch (record.kind) {
      case 'session':
        return `epoch ${record.epoch}`;
      case 'failure':
      case 'mark':
        return record.result?.kind === 'failure' ? `<${record.result.code}>` : '';
      case 'checkpoint': {
        const name = this.#databases.get(record.database) ?? 'unknown';
        return `${name} up to ${record.position}`;
      }
      case 'catalogue':
        return record.databases.map(({ number, name }) => `${number} ${name}`).join(', ');
      case 'table':
        return `${this.#tables.sessions.sessions.size} sessions`;
      case 'transactionTable':
        return `${this.#tables.transactions.open.size} open transactions`;
      case 'restored':
        return `sessions of epochs below ${record.lostBelow} are gone`;
      case 'transactionLevel':
        return `${record.isStart ? 'TSTART' : 'TCOMMIT'} to level ${record.level}, job ${record.job}`;
      case 'transactionEnd':
        return `${record.isCommit ? 'TCOMMIT' : 'TROLLBACK'} to level ${record.level}`;
      case 'compensation':
        return record.change === undefined ? 'nothing to restore' : '';
      default:
        return '';
    }
  }

  #isAskedFor(record: BrowsedRecord): boolean {
    const {
      from = 0,
      sinceMs,
      untilMs,
      globals,
      database,
      transaction,
      appServer,
      kinds,
    } = this.#filter;
    const { change } = record;
    if (record.position <= from) return false;
    if (sinceMs !== undefined && record.wallMs < sinceMs) return false;
    if (untilMs !== undefined && record.wallMs > untilMs) return false;
    if (globals !== undefined && (!change || !matchesGlobal(globals, change.global))) return false;
    if (database !== undefined && record.database !== database) return false;
    if (transaction !== undefined && record.transaction !== transaction) return false;
    if (appServer !== undefined && record.appServer !== appServer) return false;
    if (kinds === undefined || kinds.includes(record.kind)) return true;
    return change !== undefined && kinds.includes(change.kind);
  }
}

function changeOf(record: JournalRecord): Change | undefined {
  const { kind } = record;
  const isChange = kind === 'change' || kind === 'transactionChange' || kind === 'compensation';
  return isChange ? record.change : undefined;
}

function describe(change: Change): BrowsedChange {
  const { kind } = change;
  if (kind === 'killRange') {
    const { from, to } = change;
    const range = { kind, global: nameOf(from), reference: referenceOf(from) };
    return to === undefined ? range : { ...range, end: referenceOf(to) };
  }
  const described = { kind, global: nameOf(change.key), reference: referenceOf(change.key) };
  if (kind === 'set') return { ...described, value: change.value };
  if (kind === 'increment') return { ...described, value: change.by };
  return described;
}

/** Ends of ranges need be no references: then in hexadecimal. */
function referenceOf(key: Uint8Array): string {
  try {
    return formatKey(key);
  } catch (error) {
    if (!isEcpError(error)) throw error;
    return `0x${hexOf(key)}`;
  }
}

function nameOf(key: Uint8Array): string {
  try {
    return key.length === 0 ? '' : globalOf(key);
  } catch (error) {
    if (!isEcpError(error)) throw error;
    return '';
  }
}
