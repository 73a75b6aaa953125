/** The journal as an engine uses it: what its segments begin with, what closes a gap of it, and what is told of gaps. */
import type { Log } from '../ports/log.ts';
import type { DatabaseStore } from './database-store.ts';
import type { EnginePorts } from './engine.ts';
import { Journal } from './journal.ts';
import { journalImages } from './journal-images.ts';
import { encodeCatalogue, encodeTable, type RecordTables } from './journal-records.ts';
import type { JournalSettings } from './journal-settings.ts';
import type { Recovery } from './recovery.ts';
import { encodeTransactionTable } from './transaction-records.ts';

export interface JournalHost {
  /** Those that are open at the time. */
  databases(): readonly DatabaseStore[];
  readonly tables: RecordTables;
  /** Whether page stores are being written to. */
  isStoring(): boolean;
}

/** Goes on where recovery ended. */
export function openJournal(
  ports: EnginePorts,
  recovery: Recovery,
  settings: Partial<JournalSettings>,
  host: JournalHost,
): Journal {
  const kept = (): DatabaseStore[] => host.databases().filter(({ isTemporary }) => !isTemporary);
  return new Journal(ports.journal, ports.clock, {
    start: recovery.end,
    segment: recovery.generation,
    old: recovery.segments,
    stale: recovery.stale,
    floor: recovery.floor,
    preamble: (writer) => {
      encodeCatalogue(writer, kept());
      encodeTable(writer, host.tables.sessions);
      encodeTransactionTable(writer, host.tables.transactions);
    },
    gapHost: {
      images: (journal) => journalImages(journal, kept()),
      get isStoring() {
        return host.isStoring();
      },
    },
    settings,
  });
}

/** A.2.5 where errors do not freeze: gaps are told of; `closed` is called when one is over. */
export function followGaps(journal: Journal, log: Log, closed: () => void): void {
  journal.onGap(({ cause }, isClosed) => {
    const position = journal.durablePosition;
    if (isClosed) {
      log.warn('the journal goes on behind a gap', { position });
      closed();
    } else {
      const problem = 'the journal has a gap: nothing is durable until it takes records again';
      log.error(problem, { position, cause: String(cause) });
    }
  });
}
