/**
 * The variables of a line: locals, which the shell keeps itself, and globals behind a `Database`. Both
 * answer to the same operations, in the same collation.
 *
 * Strings here are exact: bytes that are not UTF-8 are the lone surrogates U+DC80–U+DCFF (globals/text.ts).
 */
import { assert } from '../../base/assert.ts';
import { ByteWriter, compareBytes, startsWith, successor, textOf, utf8 } from '../../base/bytes.ts';
import { EcpError } from '../../base/errors.ts';
import { KeyMap } from '../../base/key-map.ts';
import { numberText } from '../../globals/canonical-number.ts';
import { addNumbers } from '../../globals/decimal.ts';
import { decodeSubscripts, encodeKey, encodeSeek, subtreeEnd } from '../../globals/key.ts';
import * as navigation from '../../globals/navigation.ts';
import { formatKey } from '../../globals/reference.ts';
import { escapedByte, textOfBytes } from '../../globals/text.ts';
import type { ReadSubscript, Value } from '../../globals/types.ts';
import { encodeValue } from '../../globals/value.ts';
import { formatLine } from '../../globals/zwr.ts';
import type { Database } from '../../instance/database.ts';
import { exactEntries } from '../export.ts';

/** A variable with its subscripts worked out. */
export interface Reference {
  readonly isGlobal: boolean;
  readonly name: string;
  readonly subscripts: readonly string[];
}

export type Direction = 'forward' | 'backward';

/** The bytes of a string of this shell. EcpError SYNTAX for a lone surrogate that stands for no byte. */
export function bytesOfText(text: string): Uint8Array {
  if (text.isWellFormed()) return utf8(text);
  const out = new ByteWriter(text.length * 3);
  for (const character of text) {
    if (character.isWellFormed()) {
      out.raw(utf8(character));
      continue;
    }
    const byte = escapedByte(character.charCodeAt(0));
    if (byte < 0) throw new EcpError('SYNTAX', 'half of a character (a lone surrogate)');
    out.u8(byte);
  }
  return out.view();
}

/** A subscript as text. */
export function subscriptText(subscript: ReadSubscript): string {
  return typeof subscript === 'number' ? numberText(subscript) : subscript;
}

/** `^x(1,"a")`, `x(1,"a")`. */
export function referenceText({ isGlobal, name, subscripts }: Reference): string {
  const text = formatKey(encodeKey(name, subscripts));
  return isGlobal ? text : text.slice(1);
}

/** A ZWR line, without the caret for a local. */
export function zwriteLine(reference: Reference, value: Uint8Array): string {
  const key = encodeKey(reference.name, reference.subscripts);
  const line = textOf(formatLine(key, value, { quoteNumbers: false }));
  return reference.isGlobal ? line : line.slice(1);
}

/** Local variables: a global's tree in memory. */
class Locals implements navigation.NodeReader {
  readonly #nodes = new KeyMap<Uint8Array>();

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#nodes.get(key);
  }

  ceiling(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    return this.entry(key, limit)?.[0];
  }

  below(key: Uint8Array, limit: Uint8Array): Uint8Array | undefined {
    const found = this.#nodes.below(key)?.[0];
    return found !== undefined && compareBytes(found, limit) >= 0 ? found : undefined;
  }

  entry(key: Uint8Array, limit: Uint8Array): readonly [Uint8Array, Uint8Array] | undefined {
    const found = this.#nodes.ceiling(key);
    return found !== undefined && compareBytes(found[0], limit) < 0 ? found : undefined;
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.#nodes.set(key, value);
  }

  kill(key: Uint8Array): void {
    const limit = subtreeEnd(key);
    for (;;) {
      const found = this.ceiling(key, limit);
      if (found === undefined) return;
      this.#nodes.delete(found);
    }
  }

  zkill(key: Uint8Array): void {
    this.#nodes.delete(key);
  }

  clear(): void {
    this.#nodes.clear();
  }
}

export class Variables {
  readonly #locals = new Locals();
  /** The job in which globals are looked up, bounded by the line's signal. */
  database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async get(reference: Reference): Promise<string | undefined> {
    const value = await this.#bytes(reference);
    return value === undefined ? undefined : textOfBytes(value);
  }

  async #bytes({ isGlobal, name, subscripts }: Reference): Promise<Uint8Array | undefined> {
    if (isGlobal) return await this.database.global(name).getBytes(subscripts);
    return this.#locals.get(encodeKey(name, subscripts));
  }

  async set({ isGlobal, name, subscripts }: Reference, text: string): Promise<void> {
    const value: Value = text.isWellFormed() ? text : bytesOfText(text);
    if (isGlobal) await this.database.global(name).set(subscripts, value);
    else this.#locals.set(encodeKey(name, subscripts), encodeValue(value));
  }

  async kill({ isGlobal, name, subscripts }: Reference): Promise<void> {
    if (isGlobal) await this.database.global(name).kill(subscripts);
    else this.#locals.kill(encodeKey(name, subscripts));
  }

  async zkill({ isGlobal, name, subscripts }: Reference): Promise<void> {
    if (isGlobal) await this.database.global(name).zkill(subscripts);
    else this.#locals.zkill(encodeKey(name, subscripts));
  }

  killLocals(): void {
    this.#locals.clear();
  }

  async data({ isGlobal, name, subscripts }: Reference): Promise<number> {
    if (isGlobal) return await this.database.global(name).data(subscripts);
    return here(navigation.data(this.#locals, encodeKey(name, subscripts)));
  }

  /** The neighbouring subscript on the last level, '' at the end. */
  async order(reference: Reference, direction: Direction): Promise<string> {
    const { isGlobal, name, subscripts } = reference;
    const isForward = direction === 'forward';
    let found: ReadSubscript | undefined;
    if (isGlobal) {
      const node = this.database.global(name);
      found = await (isForward ? node.order(subscripts) : node.previous(subscripts));
    } else {
      const position = encodeSeek(name, subscripts);
      const step = isForward ? navigation.order : navigation.previous;
      found = here(step(this.#locals, position));
    }
    return found === undefined ? '' : subscriptText(found);
  }

  /** The next node with a value. */
  async query(reference: Reference, direction: Direction): Promise<Reference | undefined> {
    const { isGlobal, name, subscripts } = reference;
    const options = { reverse: direction === 'backward' };
    const found = isGlobal
      ? await this.database.global(name).query(subscripts, options)
      : here(navigation.query(this.#locals, encodeSeek(name, subscripts), options));
    return found === undefined
      ? undefined
      : { isGlobal, name, subscripts: found.map(subscriptText) };
  }

  async increment({ isGlobal, name, subscripts }: Reference, by: string): Promise<string> {
    if (isGlobal) return await this.database.global(name).increment(subscripts, bytesOfText(by));
    const key = encodeKey(name, subscripts);
    const sum = addNumbers(this.#locals.get(key), bytesOfText(by));
    this.#locals.set(key, sum);
    return textOf(sum);
  }

  /** Of a local, which nobody else counts, as $INCREMENT. */
  async sequence(reference: Reference): Promise<string> {
    const { isGlobal, name, subscripts } = reference;
    if (!isGlobal) return await this.increment(reference, '1');
    return String(await this.database.global(name).sequence(subscripts));
  }

  /** Nodes with values at and below, in order, with what their subscripts have more than the reference. */
  async *entries(
    reference: Reference,
  ): AsyncGenerator<readonly [readonly ReadSubscript[], Uint8Array]> {
    const { isGlobal, name, subscripts } = reference;
    if (isGlobal) {
      yield* exactEntries(this.database.global(name).at(...subscripts));
      return;
    }
    const root = encodeKey(name, subscripts);
    for (const [key, value] of this.#localEntries(root, subtreeEnd(root))) {
      yield [decodeSubscripts(key, root.length), value];
    }
  }

  *#localEntries(from: Uint8Array, to: Uint8Array): Generator<readonly [Uint8Array, Uint8Array]> {
    for (let at = from; ;) {
      const found = this.#locals.entry(at, to);
      if (found === undefined) return;
      yield found;
      at = successor(found[0]);
    }
  }

  /** Names of all local variables, ascending. */
  *localNames(): Generator<string> {
    let name = here(navigation.nextGlobal(this.#locals));
    while (name !== undefined) {
      yield name;
      name = here(navigation.nextGlobal(this.#locals, encodeKey(name)));
    }
  }

  /** MERGE. EcpError SYNTAX if one of the trees contains the other. */
  async merge(target: Reference, source: Reference): Promise<void> {
    if (target.isGlobal && source.isGlobal) {
      const from = this.database.global(source.name);
      await this.database.global(target.name).merge(target.subscripts, from, source.subscripts);
      return;
    }
    if (!target.isGlobal && !source.isGlobal) checkApart(target, source);
    for await (const [below, value] of this.entries(source)) {
      const subscripts = [...target.subscripts, ...below.map(subscriptText)];
      await this.set({ ...target, subscripts }, textOfBytes(value));
    }
  }
}

function checkApart(target: Reference, source: Reference): void {
  const a = encodeKey(target.name, target.subscripts);
  const b = encodeKey(source.name, source.subscripts);
  if (startsWith(a, b) || startsWith(b, a)) {
    throw new EcpError('SYNTAX', 'MERGE: one of the trees contains the other');
  }
}

/** Locals are never elsewhere. */
function here<T>(found: T): Exclude<T, navigation.Miss> {
  assert(found !== navigation.MISS, 'local variables do not miss');
  return found as Exclude<T, navigation.Miss>;
}
