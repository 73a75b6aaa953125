/**
 * Pages of scans. The server keeps nothing between two of them: a page says where it ended, and the next
 * one starts after that, so that a slow reader holds no memory and a scan goes on over a new connection.
 */
import { compareBytes, equalBytes, utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { CLIENT_PAGE_BYTES_TARGET, CLIENT_PAGE_ENTRIES_MAX } from '../../base/limits.ts';
import { encodeKey, subtreeEnd } from '../../globals/key.ts';
import {
  subscriptOfText,
  subscriptTexts,
  textsOfSubscripts,
} from '../../globals/subscript-text.ts';
import type { Subscript } from '../../globals/types.ts';
import type { Database, Range } from '../../instance/database.ts';
import {
  type Entry,
  type Result,
  referenceOf,
  type Scan,
  sizeOfEntry,
  subscriptsOf,
} from './messages.ts';

/** Throws when the caller has gone or has cancelled. */
export type CheckPoint = () => void;

/** Gathers entries until the page is full. */
class PageBuilder {
  readonly entries: Entry[] = [];
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number | null | undefined) {
    const wanted = limit ?? 0;
    this.#limit =
      wanted === 0 ? CLIENT_PAGE_ENTRIES_MAX : Math.min(wanted, CLIENT_PAGE_ENTRIES_MAX);
  }

  get isFull(): boolean {
    return this.entries.length >= this.#limit || this.#bytes >= CLIENT_PAGE_BYTES_TARGET;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.#bytes += sizeOfEntry(entry);
  }

  result(more: boolean): Result {
    return { page: { entries: this.entries, more } };
  }
}

/** Subscripts one level below a node. */
export async function keysPage(database: Database, scan: Scan, check: CheckPoint): Promise<Result> {
  const { global, subscripts } = referenceOf(scan.node);
  const after = scan.after?.subscripts?.[0];
  const reverse = scan.reverse ?? false;
  const from = !reverse && after ? after : scan.from;
  const to = reverse && after ? after : scan.to;
  const range: Range = { ...(from && { from }), ...(to && { to }), reverse };
  const page = new PageBuilder(scan.limit);
  const skip = after && !reverse ? canonical(after) : undefined;
  for await (const key of database.global(global).keys(subscripts, range)) {
    check();
    const [text] = textsOfSubscripts([key]);
    if (text === undefined || (skip !== undefined && equalBytes(text, skip))) continue;
    if (page.isFull) return page.result(true);
    page.add({ subscripts: [text] });
  }
  return page.result(false);
}

/** The text of a subscript as the database gives it back. */
function canonical(text: Uint8Array): Uint8Array | undefined {
  return textsOfSubscripts([subscriptOfText(text)])[0];
}

/** The keys that an entries scan covers. */
interface Span {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

function spanOf(global: string, root: readonly Subscript[], scan: Scan): Span {
  const key = encodeKey(global, root);
  return {
    low: scan.from ? encodeKey(global, [...root, scan.from]) : key,
    high: scan.to ? encodeKey(global, [...root, scan.to]) : subtreeEnd(key),
  };
}

/** Where a scan starts: the node that `query` goes on from, and whether that node itself may belong to it. */
function startOf(
  global: string,
  root: readonly Subscript[],
  scan: Scan,
  span: Span,
): { readonly at: readonly Subscript[]; readonly itself: boolean } {
  const after = subscriptsOf(scan.after?.subscripts);
  if (scan.after) {
    const at = [...root, ...after];
    const key = encodeKey(global, at);
    if (compareBytes(key, span.low) < 0 || compareBytes(key, span.high) >= 0) {
      throw new EcpError('SYNTAX', '`after` is not of this scan');
    }
    return { at, itself: false };
  }
  if (scan.reverse ?? false) return { at: [...root, scan.to ?? ''], itself: false };
  return { at: scan.from ? [...root, scan.from] : root, itself: true };
}

/** Nodes with values at and below a node, depth first. */
export async function entriesPage(
  database: Database,
  scan: Scan,
  check: CheckPoint,
): Promise<Result> {
  const { global, subscripts: root } = referenceOf(scan.node);
  const node = database.global(global);
  const prefix = encodeKey(global, root).length;
  const span = spanOf(global, root, scan);
  const options = { reverse: scan.reverse ?? false };
  const start = startOf(global, root, scan, span);
  const page = new PageBuilder(scan.limit);
  let at: readonly Subscript[] | undefined = start.at;
  if (!start.itself) at = await node.query(at, options);
  while (at !== undefined) {
    check();
    const key = encodeKey(global, at);
    if (compareBytes(key, span.low) < 0 || compareBytes(key, span.high) >= 0) break;
    if (page.isFull) return page.result(true);
    const found = node.getBytes(at);
    const value = found instanceof Promise ? await found : found;
    // Gone since it was found: it was not there.
    if (value !== undefined) page.add({ subscripts: subscriptTexts(key, prefix), value });
    const next = node.query(at, options);
    at = next instanceof Promise ? await next : next;
  }
  return page.result(false);
}

/** Names of globals. */
export async function globalsPage(
  database: Database,
  request: { readonly limit?: number | null; readonly after?: string | null },
  check: CheckPoint,
): Promise<Result> {
  const page = new PageBuilder(request.limit);
  const after = request.after ?? '';
  for await (const name of database.globals()) {
    check();
    // Names are ASCII: their order as strings is the order of their bytes.
    if (name <= after) continue;
    if (page.isFull) return page.result(true);
    page.add({ subscripts: [utf8(name)] });
  }
  return page.result(false);
}
