/**
 * `ecp journal`: looks into folders of journal segments, also of an instance that runs. Reads only. Values of users'
 * data are shown when they are asked for, and shortened even then.
 */
import { JournalFolders } from '../adapters/journal-folder.ts';
import { ByteWriter, textOf } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { writeString } from '../globals/expression.ts';
import {
  type Browsed,
  type BrowsedRecord,
  type BrowsedSegment,
  JournalBrowser,
  type JournalFilter,
} from '../storage/journal-browser.ts';
import { byteText } from './byte-text.ts';
import { readKeyFiles } from './key-files.ts';
import { timeOf } from './restore.ts';

export interface JournalOptions {
  readonly records?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly since?: string;
  readonly until?: string;
  readonly global?: readonly string[];
  readonly database?: string;
  readonly transaction?: string;
  readonly appServer?: string;
  readonly kind?: readonly string[];
  readonly values?: boolean;
  readonly json?: boolean;
  readonly keyFile?: readonly string[];
}

/** Bytes of a value that are shown. */
const SHOWN_BYTES = 80;

/** True where nothing is damaged. `print` gets a line at a time. */
export function browseJournal(
  folders: readonly string[],
  options: JournalOptions,
  print: (line: string) => void,
): boolean {
  const filter = filterOf(options);
  const source = new JournalFolders(folders, readKeyFiles(options.keyFile));
  const browser = new JournalBrowser(source, filter);
  const areRecordsShown = options.records === true || Object.keys(filter).length > 0;
  const show = options.json === true ? jsonOf : lineOf;
  let isWhole = true;
  for (const item of browser.records()) {
    if (item.kind === 'damage') isWhole = false;
    if (item.kind === 'record' && !areRecordsShown) continue;
    print(show(item, options.values === true));
  }
  const counts = Object.fromEntries([...browser.counts].sort());
  if (options.json === true) {
    for (const segment of browser.segments) print(JSON.stringify({ kind: 'segment', ...segment }));
    print(JSON.stringify({ kind: 'summary', counts, isWhole }));
  } else {
    for (const segment of browser.segments) print(segmentLine(segment));
    const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
    print(`records: ${parts.length === 0 ? 'none' : parts.join(', ')}`);
  }
  return isWhole;
}

function filterOf(options: JournalOptions): JournalFilter {
  const { from, to, since, until, global, database, transaction, appServer, kind } = options;
  return {
    ...(from === undefined ? {} : { from: numberOf(from, '--from') }),
    ...(to === undefined ? {} : { to: numberOf(to, '--to') }),
    ...(since === undefined ? {} : { sinceMs: timeOf(since, '--since') }),
    ...(until === undefined ? {} : { untilMs: timeOf(until, '--until') }),
    ...(global === undefined ? {} : { globals: global.map((name) => name.replace(/^\^/, '')) }),
    ...(database === undefined ? {} : { database }),
    ...(transaction === undefined ? {} : { transaction: numberOf(transaction, '--transaction') }),
    ...(appServer === undefined ? {} : { appServer }),
    ...(kind === undefined ? {} : { kinds: kind }),
  };
}

function numberOf(text: string, option: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new EcpError('SYNTAX', `${option} ${text}: not a number`);
  return Number(text);
}

const timeText = (wallMs: number): string => (wallMs === 0 ? '-' : new Date(wallMs).toISOString());

function segmentLine(segment: BrowsedSegment): string {
  const { start, end, createdMs, bytes, records, damagedBytes, isEncrypted } = segment;
  const damage = damagedBytes > 0 ? `  DAMAGED: ${damagedBytes} bytes cannot be read` : '';
  const secret = isEncrypted ? '  encrypted' : '';
  const about = `${timeText(createdMs)}  ${byteText(bytes)}  ${records} records`;
  return `segment ${segment.segment}  ${start} to ${end}  ${about}${secret}${damage}`;
}

function lineOf(item: Browsed, areValuesShown: boolean): string {
  switch (item.kind) {
    case 'record':
      return recordLine(item.record, areValuesShown);
    case 'damage':
      return `DAMAGED from ${item.from} to ${item.to}: ${item.problem}`;
    case 'gap':
      return `gap from ${item.from} to ${item.to}: nothing was journaled`;
    case 'end': {
      const { position, tailBytes } = item;
      const tail = tailBytes > 0 ? `; ${tailBytes} bytes behind it were never promised` : '';
      return `the journal ends at ${position}${tail}`;
    }
  }
}

function recordLine(record: BrowsedRecord, areValuesShown: boolean): string {
  const { position, wallMs, kind, database, change, transaction, appServer, text } = record;
  const words = [String(position), timeText(wallMs), kind];
  if (transaction !== undefined) words.push(`transaction ${transaction}`);
  if (change !== undefined) {
    const { kind: what, reference, end, value } = change;
    const range = what === 'killRange' ? ` to ${end ?? 'the end'}` : '';
    const set = value === undefined ? '' : ` = ${valueText(value, areValuesShown)}`;
    words.push(`${what} ${reference}${range}${set}`, `in ${database ?? 'unknown'}`);
  }
  if (record.result !== undefined) words.push(`made ${valueText(record.result, areValuesShown)}`);
  for (const { reference, value } of record.old ?? [])
    words.push(`was ${reference} = ${valueText(value, areValuesShown)}`);
  if (record.session !== undefined) words.push(`of ${appServer ?? `session ${record.session}`}`);
  if (text !== '') words.push(text);
  return words.join('  ');
}

function jsonOf(item: Browsed, areValuesShown: boolean): string {
  if (item.kind !== 'record') return JSON.stringify(item);
  const { kind, ...fields } = item.record;
  // Each value as a text, or as its length alone.
  return JSON.stringify({ kind: 'record', record: kind, ...fields }, (_name, value: unknown) =>
    value instanceof Uint8Array ? valueText(value, areValuesShown) : value,
  );
}

/** As M writes it, shortened; or how long it is. */
function valueText(value: Uint8Array, isShown: boolean): string {
  if (!isShown) return `(${value.length} bytes)`;
  const out = new ByteWriter(2 * SHOWN_BYTES);
  writeString(out, value.subarray(0, SHOWN_BYTES), 'utf8');
  return textOf(out.view()) + (value.length > SHOWN_BYTES ? `… (${value.length} bytes)` : '');
}
