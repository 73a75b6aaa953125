/** Finds the point to which is restored, and makes sure that the journal leads there. Reads only. */
import { EcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import type { DatabaseStore } from './database-store.ts';
import type { CatalogueEntry } from './journal-records.ts';
import type { SegmentPlace } from './journal-segment.ts';
import { candidatesOf } from './journal-reader.ts';
import { type JournalItem, walkJournal } from './journal-walk.ts';
import { emptyTables } from './recovery.ts';

/** Everything up to a position, or a wall time in milliseconds since 1970; undefined: to the end. */
export type RestorePoint = { readonly position: number } | { readonly timeMs: number } | undefined;

export interface FoundPoint {
  /** Behind the last record that counts. */
  readonly position: number;
  readonly wallMs: number;
  /** Those up to the point, and older ones: transactions that are open there may have begun in them. */
  readonly segments: readonly SegmentPlace[];
  /** Databases by UUID, as they were first told of. */
  readonly catalogued: ReadonlyMap<string, CatalogueEntry>;
}

/** Judges the journal up to the point. Errors as those of `restore`. */
export function findPoint(
  source: JournalSource,
  point: RestorePoint,
  stores: readonly DatabaseStore[],
): FoundPoint {
  const from = Math.min(...stores.map(({ storedPosition }) => storedPosition));
  const segments: SegmentPlace[] = [];
  const catalogued = new Map<string, CatalogueEntry>();
  let position = 0;
  let wallMs = 0;
  let end: number | undefined;
  for (const item of walkJournal(source, emptyTables(), rangeOf(from, point))) {
    if (isBeyond(item, point)) break;
    if (item.kind === 'segment') {
      if (segments.length === 0) checkBeginning(item.header, stores);
      segments.push(item.header);
      continue;
    }
    if (item.kind === 'end') end = item.position;
    else if (item.kind !== 'record') refuseHole(item, from, point);
    else {
      ({ position } = item.site);
      ({ wallMs } = item);
      if (item.record.kind === 'catalogue')
        for (const entry of item.record.databases)
          if (!catalogued.has(entry.uuid)) catalogued.set(entry.uuid, entry);
    }
  }
  checkPoint(point, { position, wallMs, end }, stores);
  const { older } = candidatesOf(source, from);
  return { position, wallMs, segments: [...older, ...segments], catalogued };
}

/** EcpError DAMAGED where the journal begins after what a copy is of. */
function checkBeginning({ start }: SegmentPlace, stores: readonly DatabaseStore[]): void {
  const early = stores.find(
    ({ isJournaled, storedPosition }) => isJournaled && storedPosition < start,
  );
  if (early === undefined) return;
  const problem = `the copy of ${early.name} is of ${early.storedPosition}`;
  throw new EcpError('DAMAGED', `journal at position ${start}: nothing is before it, ${problem}`);
}

function rangeOf(from: number, point: RestorePoint): { from: number; to: number } {
  // The segment that begins at the point holds nothing of it.
  return { from, to: point !== undefined && 'position' in point ? point.position : Infinity };
}

function isBeyond(item: JournalItem, point: RestorePoint): boolean {
  if (item.kind !== 'record' || point === undefined) return false;
  if ('position' in point) return item.site.position > point.position;
  return item.record.kind === 'time' && item.record.wallMs > point.timeMs;
}

/** EcpError DAMAGED, unless all copies are beyond the hole, or the point lies before it. */
function refuseHole(
  hole: JournalItem & { readonly kind: 'damage' | 'gap' },
  from: number,
  point: RestorePoint,
): void {
  if (hole.to <= from) return;
  if (point !== undefined && 'position' in point && point.position <= hole.from) return;
  const what =
    hole.kind === 'gap' ? `nothing was journaled up to position ${hole.to}` : hole.problem;
  const hint = `what lies before can be restored: --to-position ${hole.from}`;
  throw new EcpError('DAMAGED', `journal at position ${hole.from}: ${what}; ${hint}`);
}

function checkPoint(
  point: RestorePoint,
  found: { readonly position: number; readonly wallMs: number; readonly end: number | undefined },
  stores: readonly DatabaseStore[],
): void {
  const { position, wallMs, end } = found;
  for (const { name, storedPosition } of stores) {
    if (storedPosition <= position) continue;
    const asked = point === undefined ? 'the journal ends' : 'the point lies';
    const problem = `${asked} at position ${position}, the copy of ${name} is of ${storedPosition}`;
    throw new EcpError('CONFIGURATION', `${problem}: an earlier backup or more journal is needed`);
  }
  const isTooFar =
    point !== undefined && 'position' in point && end !== undefined && end < point.position;
  if (isTooFar) {
    const last = wallMs === 0 ? '' : `, of ${String(wallMs)} ms since 1970`;
    throw new EcpError('CONFIGURATION', `the journal ends at position ${end}${last}`);
  }
}
