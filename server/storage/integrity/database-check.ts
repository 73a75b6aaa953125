/**
 * Checks one state of a page store: that its header, every page and every long value are what was stored, and that
 * together they can be a database.
 *
 * Pages are walked from the end of the key space to its beginning, so that each one's upper fence can be compared with
 * the page that was met before. Work is cut into steps that tell what they cost, for the caller to do other things in
 * between. Memory is bounded: identifiers are remembered in rounds (identifier-set.ts), each of which reads all pages.
 *
 * What can be found is what there is redundancy for. A value or key that somebody replaced together with its checksum
 * by another that is possible there is none of it.
 */
import { compareBytes, EMPTY, equalBytes } from '../../base/bytes.ts';
import { bareMessage, isEcpError, messageOf } from '../../base/errors.ts';
import { BLOCK_SIZES, IDENTIFIERS_CHECKED_MAX, VALUE_BYTES_MAX } from '../../base/limits.ts';
import { checkKey } from '../../globals/key.ts';
import type { PageSnapshot, StoredPage } from '../../ports/page-store.ts';
import type { Block } from '../block.ts';
import {
  blockCapacity,
  type DatabaseHeader,
  decodeDatabaseHeader,
  decodeLongValue,
  decodePage,
  GENERATION_FACTOR,
  pageSeed,
} from '../page.ts';
import { bytesText, placeText } from '../place-text.ts';
import type { Findings } from './findings.ts';
import { IdentifierSet } from './identifier-set.ts';

export interface DatabaseFigures {
  blocks: number;
  nodes: number;
  /** Bytes of the blocks, and what they could hold. */
  blockBytes: number;
  capacityBytes: number;
  longValues: number;
  longBytes: number;
  /** Long values that have no checksum: they are from before there were any. */
  unchecked: number;
}

/** What a journal tells of the databases. */
export interface CheckedJournal {
  readonly start: number;
  readonly end: number;
  /** UUIDs of those that were in use at its end. */
  readonly inUse: ReadonlySet<string>;
}

export interface DatabaseCheckOptions {
  readonly name: string;
  /** What the page store adds to each page. */
  readonly overheadBytes: number;
  /** The journal that was checked with it; undefined if none was. */
  readonly journal: CheckedJournal | undefined;
}

/** A page that its store cannot read. */
interface LostPage {
  readonly key: Uint8Array;
  readonly reason: string;
}

/** What a step costs however little it reads. */
const STEP_BYTES = 256;
const LIST_MAX = 256;
const UNKNOWN_KEYS_MAX = 100;

const RESTORE = 'restore the database from a backup and the journal';
export const CANNOT_OPEN = `the database cannot be opened: ${RESTORE}, or give its key if that is missing`;
const IN_RANGE = `what needs this range fails with <DAMAGED>: ${RESTORE}`;
const LEAK = 'it only takes room, which no change ever uses again';

export class DatabaseCheck {
  readonly figures: DatabaseFigures = {
    blocks: 0,
    nodes: 0,
    blockBytes: 0,
    capacityBytes: 0,
    longValues: 0,
    longBytes: 0,
    unchecked: 0,
  };
  readonly #store: PageSnapshot;
  readonly #options: DatabaseCheckOptions;
  readonly #findings: Findings;
  readonly #seen = new IdentifierSet(IDENTIFIERS_CHECKED_MAX);
  #header: DatabaseHeader | undefined;
  #seed = 0;
  #capacity = 0;
  #isFirstRound = true;
  #damagedPages = 0;
  /** Every page was met, readable or not. */
  #isWalkWhole = true;

  constructor(store: PageSnapshot, options: DatabaseCheckOptions, findings: Findings) {
    this.#store = store;
    this.#options = options;
    this.#findings = findings;
  }

  /** The whole check; yields what each step cost, in bytes. */
  *run(): Generator<number, void> {
    this.#checkNames();
    this.#header = this.#readHeader();
    if (this.#header === undefined) return;
    this.#seed = pageSeed(this.#header.uuid);
    this.#capacity = blockCapacity(this.#header.blockSize) - this.#options.overheadBytes;
    do {
      yield* this.#walkPages();
      yield* this.#walkLongValues();
      if (this.#isFirstRound) this.#checkCount();
      this.#isFirstRound = false;
    } while (this.#seen.next());
  }

  #place(what: string): string {
    return `${this.#options.name}, ${what}`;
  }

  #checkNames(): void {
    for (const key of this.#store.unknownKeys(UNKNOWN_KEYS_MAX))
      this.#findings.error(
        this.#place(`record ${bytesText(key)}`),
        'nothing that belongs into a database has such a name',
        'it is not read; the file was written by something else',
      );
  }

  #checkCount(): void {
    const { records } = this.#store;
    if (records === undefined || !this.#isWalkWhole) return;
    const known = 1 + this.figures.blocks + this.#damagedPages + this.figures.longValues;
    const unknown = records - known - this.#store.unknownKeys(UNKNOWN_KEYS_MAX).length;
    if (unknown === 0) return;
    this.#findings.error(
      this.#place('all'),
      `${unknown} more records than pages and long values were found`,
      'they are not read; the file was written by something else',
    );
  }

  #readHeader(): DatabaseHeader | undefined {
    const place = this.#place('header');
    const bytes = this.#store.header();
    if (bytes === undefined) {
      const isEmpty = this.#store.before(undefined) === undefined;
      if (!isEmpty || this.#store.longValuesAfter(0, 1).length > 0)
        this.#findings.error(
          place,
          'it is missing, and there is something in the store',
          CANNOT_OPEN,
        );
      return undefined;
    }
    let header: DatabaseHeader;
    try {
      header = decodeDatabaseHeader(bytes);
    } catch (error) {
      this.#findings.error(place, reasonOf(error), CANNOT_OPEN);
      return undefined;
    }
    if (!BLOCK_SIZES.some((size) => size === header.blockSize))
      this.#findings.error(
        place,
        `no database has blocks of ${header.blockSize} bytes`,
        CANNOT_OPEN,
      );
    this.#checkPosition(header, place);
    return header;
  }

  #checkPosition({ position, uuid }: DatabaseHeader, place: string): void {
    const { journal } = this.#options;
    if (journal === undefined) return;
    if (position > journal.end)
      this.#findings.error(
        place,
        `its position is ${position}, the journal ends at ${journal.end}`,
        'they do not belong together, or the journal lost its end: the start is refused',
      );
    if (position < journal.start && journal.inUse.has(uuid))
      this.#findings.warning(
        place,
        `its position is ${position}, the journal begins at ${journal.start}`,
        'if it was changed in between, that is missing, and the start is refused',
      );
  }

  *#walkPages(): Generator<number, void> {
    let below: Uint8Array | undefined;
    let isAny = false;
    for (;;) {
      const page = this.#pageBefore(below);
      if (page === undefined) break;
      isAny = true;
      if (page === 'unreadable') return;
      yield STEP_BYTES + ('bytes' in page ? page.bytes.length : 0);
      const block = this.#readPage(page, below);
      if (block !== undefined) {
        if (this.#isFirstRound) this.#checkBlock(block, below);
        this.#checkIdentifier(block.id, `block from ${placeText(block.low)}`);
        yield* this.#checkNodes(block);
      }
      below = page.key;
    }
    if (!this.#isFirstRound) return;
    if (!isAny)
      this.#findings.error(
        this.#place('blocks'),
        'there are none',
        `nothing can be read: ${RESTORE}`,
      );
    else if (below !== undefined && below.length > 0) this.#noteGap(EMPTY, below);
  }

  /**
   * With a reason instead of bytes where a page cannot be decrypted. 'unreadable' where not even its key is
   * known: the index is damaged, and what lies before cannot be found.
   */
  #pageBefore(below: Uint8Array | undefined): StoredPage | LostPage | 'unreadable' | undefined {
    try {
      return this.#store.before(below);
    } catch (error) {
      const reason = reasonOf(error);
      const key = this.#keyBefore(below);
      if (key !== undefined) return { key, reason };
      this.#isWalkWhole = false;
      if (this.#isFirstRound) {
        const place = this.#place(`range from ${placeText(EMPTY)} to ${placeText(below)}`);
        this.#findings.error(place, `${reason}: nothing before its end can be checked`, IN_RANGE);
      }
      return 'unreadable';
    }
  }

  #keyBefore(below: Uint8Array | undefined): Uint8Array | undefined {
    try {
      return this.#store.keyBefore?.(below);
    } catch (error) {
      reasonOf(error);
      return undefined;
    }
  }

  #noteGap(from: Uint8Array, to: Uint8Array | undefined): void {
    this.#findings.error(
      this.#place(`range from ${placeText(from)} to ${placeText(to)}`),
      'no block covers it',
      IN_RANGE,
    );
  }

  #readPage(page: StoredPage | LostPage, next: Uint8Array | undefined): Block | undefined {
    let reason: string;
    try {
      if ('bytes' in page) return decodePage(page, this.#seed, Infinity);
      reason = page.reason;
    } catch (error) {
      reason = reasonOf(error);
    }
    if (!this.#isFirstRound) return undefined;
    this.#damagedPages++;
    const place = this.#place(`block from ${placeText(page.key)} to ${placeText(next)}`);
    this.#findings.error(place, reason, IN_RANGE);
    return undefined;
  }

  /** `next` is the low of the block to the right. */
  #checkBlock(block: Block, next: Uint8Array | undefined): void {
    const { figures } = this;
    figures.blocks++;
    figures.nodes += block.count;
    figures.blockBytes += block.byteLength;
    figures.capacityBytes += this.#capacity;
    if (block.byteLength > this.#capacity)
      this.#findings.error(
        this.#place(`block from ${placeText(block.low)}`),
        `it has ${block.byteLength} bytes, ${this.#capacity} are possible`,
        'it can be read; the next change of it may fail',
      );
    const { high } = block;
    if (high === undefined ? next === undefined : next !== undefined && equalBytes(high, next))
      return;
    if (high !== undefined && (next === undefined || compareBytes(high, next) < 0)) {
      this.#noteGap(high, next);
      return;
    }
    this.#findings.error(
      this.#place(`blocks from ${placeText(block.low)} and from ${placeText(next)}`),
      `the first covers a part of the second: its range ends at ${placeText(high)}`,
      `what is in that part may be out of date: ${RESTORE}`,
    );
  }

  /** Of a block, or of a long value that a node names. */
  #checkIdentifier(id: number, what: string): void {
    const generation = this.#header?.generation ?? 0;
    if (this.#isFirstRound && id >= (generation + 1) * GENERATION_FACTOR)
      this.#findings.error(
        this.#place(what),
        `its identifier ${id} is of a later generation than ${generation}`,
        `it may be given out again, and copies of it be mistaken for others: ${RESTORE}`,
      );
    if (!this.#seen.add(id))
      this.#findings.error(
        this.#place(what),
        `its identifier ${id} is used twice`,
        `one may be taken for the other: ${RESTORE}`,
      );
  }

  *#checkNodes(block: Block): Generator<number, void> {
    for (let index = 0; index < block.count; index++) {
      if (this.#isFirstRound) this.#checkKey(block, index);
      if (!block.isLong(index)) continue;
      const { id, length } = block.longAt(index);
      const node = `node ${placeText(block.keyAt(index))}`;
      this.#checkIdentifier(id, `long value ${id} of ${node}`);
      if (this.#isFirstRound) yield this.#checkLongValue(node, id, length);
    }
  }

  #checkKey(block: Block, index: number): void {
    const key = block.keyAt(index);
    try {
      checkKey(key);
    } catch (error) {
      this.#findings.error(
        this.#place(`block from ${placeText(block.low)}, node ${bytesText(key)}`),
        reasonOf(error),
        'no reference names it',
      );
    }
  }

  /** Returns what reading it cost. */
  #checkLongValue(node: string, id: number, length: number): number {
    const place = this.#place(`${node}, long value ${id}`);
    const consequence = `reading it fails with <DAMAGED>: ${RESTORE}`;
    let value: Uint8Array | undefined;
    try {
      value = this.#store.longValue(id);
      if (value !== undefined && this.#isChecked(id))
        value = decodeLongValue(id, value, this.#seed);
    } catch (error) {
      this.#findings.error(place, reasonOf(error), consequence);
      return STEP_BYTES + length;
    }
    this.figures.longBytes += value?.length ?? 0;
    if (value === undefined) this.#findings.error(place, 'it is missing', consequence);
    else if (value.length !== length || length > VALUE_BYTES_MAX)
      this.#findings.error(place, `it has ${value.length} bytes, not ${length}`, consequence);
    return STEP_BYTES + length;
  }

  #isChecked(id: number): boolean {
    return id >= (this.#header?.checkedFrom ?? Infinity) * GENERATION_FACTOR;
  }

  /** All that are stored: whether a node named each. */
  *#walkLongValues(): Generator<number, void> {
    for (let last = 0; ;) {
      const ids = this.#store.longValuesAfter(last, LIST_MAX);
      for (const id of ids) {
        if (this.#isFirstRound) this.#countLongValue(id);
        yield STEP_BYTES;
        if (this.#seen.covers(id) && !this.#seen.has(id)) yield this.#noteLeak(id);
      }
      if (ids.length === 0) return;
      last = ids.at(-1) ?? last;
    }
  }

  #countLongValue(id: number): void {
    this.figures.longValues++;
    if (!this.#isChecked(id)) this.figures.unchecked++;
  }

  #noteLeak(id: number): number {
    const bytes = this.#lengthOf(id);
    const place = this.#place(`long value ${id}`);
    const isNamedPerhaps = this.#damagedPages > 0 || !this.#isWalkWhole;
    const consequence = isNamedPerhaps ? 'a node in a damaged block may name it' : LEAK;
    this.#findings.warning(place, `no node names it; it has ${bytes} bytes`, consequence);
    return bytes;
  }

  #lengthOf(id: number): number {
    try {
      return this.#store.longValue(id)?.length ?? 0;
    } catch (error) {
      if (!isEcpError(error, 'DAMAGED')) throw error;
      return 0;
    }
  }
}

function reasonOf(error: unknown): string {
  if (!isEcpError(error)) throw error;
  return bareMessage(messageOf(error));
}
