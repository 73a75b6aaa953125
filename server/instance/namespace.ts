/**
 * Namespaces: where a job's references lead (guide §1.3.1, §2.4). A global maps whole, by name prefix (`TMP*`)
 * or by a range of its subscripts; the most specific mapping wins; what no mapping names lies in the default
 * database, `%`-globals in SYS.
 *
 * The pieces of a global are ascending, gapless key ranges that cover its subtree, one database each.
 */
import { compareBytes } from '../base/bytes.ts';
import type { DatabaseAccess } from '../ecp/database-access.ts';
import { encodeKey, subtreeEnd } from '../globals/key.ts';
import type { Subscript } from '../globals/types.ts';

/** One mapping of a namespace, its database found. */
export interface Mapping {
  /** A name, or a prefix that ends in `*`. */
  readonly global: string;
  /** from ≤ subscript < to, on the first level; without: the whole global. */
  readonly subscripts: { readonly from: Subscript; readonly to: Subscript } | undefined;
  readonly database: DatabaseAccess;
}

export interface Piece {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly database: DatabaseAccess;
}

/** Where one global lies: in one database, or in pieces. */
export interface Route {
  readonly global: string;
  /** The database of the whole global; undefined where subscripts decide. */
  readonly whole: DatabaseAccess | undefined;
  readonly pieces: readonly Piece[];
}

/** Globals whose routes are remembered at once. */
const ROUTES_MAX = 10_000;

export class Namespace {
  readonly name: string;
  readonly #default: DatabaseAccess;
  readonly #system: DatabaseAccess;
  readonly #mappings: readonly Mapping[];
  readonly #routes = new Map<string, Route>();

  constructor(
    name: string,
    databases: { readonly default: DatabaseAccess; readonly system: DatabaseAccess },
    mappings: readonly Mapping[],
  ) {
    this.name = name;
    this.#default = databases.default;
    this.#system = databases.system;
    this.#mappings = mappings;
  }

  /** Every database that this namespace can reach. */
  databases(): readonly DatabaseAccess[] {
    return [
      ...new Set([
        this.#default,
        this.#system,
        ...this.#mappings.map((mapping) => mapping.database),
      ]),
    ];
  }

  route(global: string): Route {
    let route = this.#routes.get(global);
    if (route === undefined) {
      route = this.#makeRoute(global);
      if (this.#routes.size >= ROUTES_MAX) this.#routes.clear();
      this.#routes.set(global, route);
    }
    return route;
  }

  /** The piece that holds the key. */
  static pieceOf(route: Route, key: Uint8Array): Piece {
    return (
      route.pieces.findLast((piece) => compareBytes(piece.from, key) <= 0) ??
      (route.pieces[0] as Piece)
    );
  }

  #makeRoute(global: string): Route {
    const from = encodeKey(global, []);
    const to = subtreeEnd(from);
    const database = this.#wholeOf(global);
    let pieces: Piece[] = [{ from, to, database }];
    for (const mapping of this.#mappings) {
      if (mapping.global !== global || mapping.subscripts === undefined) continue;
      const low = encodeKey(global, [mapping.subscripts.from]);
      const high = encodeKey(global, [mapping.subscripts.to]);
      pieces = pieces.flatMap((piece) =>
        overlay(piece, { from: low, to: high, database: mapping.database }),
      );
    }
    const [first] = pieces;
    return { global, whole: pieces.length === 1 ? first?.database : undefined, pieces };
  }

  /** The database of what no subscript range takes: by full name, then by the longest prefix. */
  #wholeOf(global: string): DatabaseAccess {
    const whole = this.#mappings.filter((mapping) => mapping.subscripts === undefined);
    const exact = whole.find((mapping) => mapping.global === global);
    if (exact !== undefined) return exact.database;
    const byPrefix = whole
      .filter(
        (mapping) => mapping.global.endsWith('*') && global.startsWith(mapping.global.slice(0, -1)),
      )
      .sort((a, b) => b.global.length - a.global.length);
    return byPrefix[0]?.database ?? (global.startsWith('%') ? this.#system : this.#default);
  }
}

/** Cuts `above` out of `piece` and puts it in its place. */
function overlay(piece: Piece, above: Piece): Piece[] {
  if (compareBytes(above.to, piece.from) <= 0 || compareBytes(above.from, piece.to) >= 0)
    return [piece];
  const from = compareBytes(above.from, piece.from) > 0 ? above.from : piece.from;
  const to = compareBytes(above.to, piece.to) < 0 ? above.to : piece.to;
  const parts: Piece[] = [];
  if (compareBytes(piece.from, from) < 0) parts.push({ ...piece, to: from });
  parts.push({ from, to, database: above.database });
  if (compareBytes(to, piece.to) < 0) parts.push({ ...piece, from: to });
  return parts;
}
