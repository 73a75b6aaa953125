/** A database and a journal as bytes, small, with everything in them that there is: for tests that damage them. */
import { utf8 } from '../../base/bytes.ts';
import { encodeKey } from '../../globals/key.ts';
import type { JournalSource } from '../../ports/journal-disk.ts';
import type { PageReader } from '../../ports/page-store.ts';
import { LOCAL } from '../engine.ts';
import { IntegrityCheck } from '../integrity/integrity-check.ts';
import type { Findings } from '../integrity/findings.ts';
import { Machine } from './machine.ts';
import { MemoryPageStore } from './memory-disk.ts';
import { undoAll } from './undo-all.ts';

export interface Stored {
  header: Uint8Array;
  pages: { key: Uint8Array; bytes: Uint8Array }[];
  longValues: { id: number; bytes: Uint8Array }[];
  segments: { segment: number; bytes: Uint8Array }[];
}

const key = (...subscripts: (string | number)[]): Uint8Array => encodeKey('G', subscripts);

/** Every kind of record, three segments, four blocks and more, two long values in different ones. */
export async function storedSample(): Promise<Stored> {
  const machine = new Machine();
  const engine = machine.start();
  const { number, epoch } = engine.openSession('shop/app', 'one');
  engine.closeSession(engine.openSession('shop/other', 'two').number);
  let sequence = 0;
  const origin = () => ({ session: number, epoch, sequence: ++sequence });
  for (let i = 0; i < 40; i++)
    engine.apply({ kind: 'set', database: 0, key: key(i), value: utf8(`${i} `.repeat(300)) });
  engine.checkpoint();
  engine.journal.rotate();
  engine.requestSync();
  // From here on the journal is kept for it.
  const kept = engine.transactions.begin(origin(), 7);
  engine.journal.rotate();
  for (const i of [12, 30]) {
    const value = utf8(`long ${i}`.repeat(400));
    engine.apply({ kind: 'set', database: 0, key: key(i, 'long'), value }, origin());
  }
  engine.apply({ kind: 'increment', database: 0, key: key('n'), by: utf8('2') }, origin());
  engine.apply({ kind: 'zkill', database: 0, key: key(3) }, origin());
  engine.apply({ kind: 'kill', database: 0, key: key(4) });
  engine.apply({ kind: 'killRange', database: 0, from: key(5), to: key(6) });
  engine.apply({ kind: 'killRange', database: 0, from: key('z'), to: undefined });
  engine.apply({ kind: 'set', database: 1, key: key(1), value: utf8('not journaled') }, origin());
  engine.refuse(origin(), 'PROTECT');
  const first = engine.transactions.begin(LOCAL, 1);
  engine.transactions.setLevel(first, 2, LOCAL);
  const set = { kind: 'set', database: 0, key: key(1), value: utf8('new') } as const;
  engine.transactions.apply(first, set, LOCAL, LOCAL);
  undoAll(engine.transactions, first);
  engine.transactions.apply(kept, set, origin(), LOCAL);
  engine.requestSync();
  engine.checkpoint();
  engine.journal.rotate();
  engine.requestSync();
  await engine.close();
  return contentOf(machine.stores[0] as MemoryPageStore, machine.journal);
}

function contentOf(store: PageReader, journal: JournalSource): Stored {
  const pages: Stored['pages'] = [];
  for (let page = store.before(undefined); page !== undefined; page = store.before(page.key))
    pages.unshift(page);
  const longValues = store
    .longValuesAfter(0, Infinity)
    .map((id) => ({ id, bytes: store.longValue(id) ?? new Uint8Array(0) }));
  const segments = journal.segments().map((segment) => ({ segment, bytes: journal.read(segment) }));
  return { header: store.header() ?? new Uint8Array(0), pages, longValues, segments };
}

/** Checks it. `durable` is what was durable of the journal; `isWhole` false leaves the journal out. */
export function checkStored(stored: Stored, durable: number, isWhole = true): Findings {
  const store = new MemoryPageStore();
  const { header, pages, longValues } = stored;
  store.commit({ removeRanges: [], pages, longValues, header }, () => undefined);
  const bytesOf = (number: number): Uint8Array =>
    stored.segments.find(({ segment }) => segment === number)?.bytes ?? new Uint8Array(0);
  const source: JournalSource = {
    segments: () => stored.segments.map(({ segment }) => segment),
    read: (segment) => bytesOf(segment).slice(),
    readRange: (segment, from, length) => bytesOf(segment).slice(from, from + length),
  };
  const check = new IntegrityCheck({
    journal: isWhole ? { source, durable, isLive: false } : undefined,
    databases: [{ name: 'DATA', overheadBytes: 0, open: () => store.snapshot() }],
  });
  check.advance(Infinity);
  return check.findings;
}
