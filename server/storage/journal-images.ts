/**
 * Images in the journal: what closes a gap (A.2.5). The segment behind a gap begins with the catalogue and the
 * tables, then has for each database by what it differs from its page store, then an end record. With all of that it
 * stands for the records that are lost; as long as it is not whole, the journal ends before the gap.
 */
import { EcpError } from '../base/errors.ts';
import type { JournalSource } from '../ports/journal-disk.ts';
import { Block } from './block.ts';
import type { KeyRange } from './capture.ts';
import type { DatabaseStore } from './database-store.ts';
import {
  encodeImage,
  encodeImageEnd,
  type ImagedDatabase,
  type ImageRecord,
} from './image-records.ts';
import type { Journal } from './journal.ts';
import type { SegmentHeader, SegmentPlace } from './journal-segment.ts';
import { scanSegment } from './journal-scan.ts';
import { SessionTable } from './session-table.ts';
import { TransactionTable } from './transaction-table.ts';
import type { UnstoredState } from './unstored.ts';

/** An image as it was journaled. */
export type DatabaseImage = Omit<UnstoredState, 'blocks'> & {
  readonly blocks: readonly Uint8Array[];
  /** The position of the page store that it differs from. */
  readonly base: number;
};

export interface GapImages {
  /** Behind the end record: images are of the state here. */
  readonly position: number;
  /** By UUID. */
  readonly databases: ReadonlyMap<string, DatabaseImage>;
}

/** Whether a gap lies before a segment. */
export function isBehindGap({ follows, start }: SegmentPlace): boolean {
  return follows < start;
}

/** Journals the images of databases, to the end record. EcpError DAMAGED, FROZEN. */
export function journalImages(journal: Journal, databases: readonly DatabaseStore[]): void {
  for (const database of databases) {
    encodeImage(
      database.number,
      database.unstored,
      () => journal.begin(),
      () => journal.end(),
    );
  }
  encodeImageEnd(
    journal.begin(),
    databases.map(({ number, storedPosition }) => ({ number, base: storedPosition })),
  );
  journal.end();
}

/** The images of a segment behind a gap; undefined where they are not whole. EcpError DAMAGED. */
export function readImages(disk: JournalSource, header: SegmentHeader): GapImages | undefined {
  const gathering = new Gathering();
  let whole: GapImages | undefined;
  const tables = { sessions: new SessionTable(), transactions: new TransactionTable() };
  scanSegment(disk, header, Infinity, tables, (record, { position }) => {
    if (whole !== undefined) return;
    if (record.kind === 'catalogue') {
      for (const { number, uuid } of record.databases) gathering.uuids.set(number, uuid);
    } else if (record.kind === 'imageEnd') {
      whole = { position, databases: gathering.finished(record.databases) };
    } else if (
      record.kind === 'imageBlock' ||
      record.kind === 'imageRemoved' ||
      record.kind === 'imageDetached' ||
      record.kind === 'imageLongValue'
    ) {
      gathering.take(record);
    }
  });
  return whole;
}

/** An image with its blocks decoded, for a database of this capacity. EcpError DAMAGED. */
export function stateOf(image: DatabaseImage, capacity: number): UnstoredState {
  return { ...image, blocks: image.blocks.map((bytes) => Block.decode(bytes, capacity)) };
}

interface Gathered {
  readonly blocks: Uint8Array[];
  readonly removed: KeyRange[];
  readonly detached: KeyRange[];
  readonly longValues: Map<number, Uint8Array>;
  readonly longFreed: Set<number>;
}

/** Images as their records come. What is kept is copied: records are views. */
class Gathering {
  readonly uuids = new Map<number, string>();
  readonly #images = new Map<number, Gathered>();

  #of(number: number): Gathered {
    let image = this.#images.get(number);
    if (image === undefined) {
      image = {
        blocks: [],
        removed: [],
        detached: [],
        longValues: new Map(),
        longFreed: new Set(),
      };
      this.#images.set(number, image);
    }
    return image;
  }

  take(record: Exclude<ImageRecord, { readonly kind: 'imageEnd' }>): void {
    const image = this.#of(record.database);
    switch (record.kind) {
      case 'imageBlock':
        image.blocks.push(record.block.slice());
        return;
      case 'imageRemoved':
        image.removed.push(copyOf(record.range));
        return;
      case 'imageDetached':
        image.detached.push(copyOf(record.range));
        return;
      case 'imageLongValue':
        if (record.value === undefined) image.longFreed.add(record.id);
        else image.longValues.set(record.id, record.value.slice());
    }
  }

  finished(imaged: readonly ImagedDatabase[]): ReadonlyMap<string, DatabaseImage> {
    const databases = new Map<string, DatabaseImage>();
    for (const { number, base } of imaged) {
      const uuid = this.uuids.get(number);
      if (uuid === undefined)
        throw new EcpError(
          'DAMAGED',
          `journal: an image of database ${number}, which is in no catalogue`,
        );
      databases.set(uuid, { ...this.#of(number), base });
    }
    return databases;
  }
}

function copyOf({ from, to }: KeyRange): KeyRange {
  return { from: from.slice(), to: to?.slice() };
}
