/**
 * YAML (and so JSON) that people write, read with the place of everything: configuration files and
 * manifests. Strict: duplicate keys, tags of other languages and documents that unfold without bound
 * (aliases of aliases) are problems, and all problems of a text are reported at once.
 *
 * The value of a document is plain data with no meaning yet; its schema is the caller's.
 */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, Node } from 'yaml';
import { messageOf } from '../base/errors.ts';
import { CONFIGURATION_BYTES_MAX } from '../base/limits.ts';

/** Names and indexes from the document's root to a field. */
export type FieldPath = readonly PropertyKey[];

export interface YamlDocument {
  readonly value: unknown;
  /** The line (from 1) on which a field stands, or the nearest thing around it that is there. */
  lineOf(path: FieldPath): number;
}

export interface YamlText {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

export interface YamlProblem {
  readonly line: number;
  readonly message: string;
}

/** Nodes that resolving aliases may add, as the yaml package counts them: enough for people, not for a bomb. */
const ALIAS_COUNT_MAX = 100;

/** Reads all documents of a text; empty ones are left out. Never throws. */
export function readYaml(text: string): YamlText {
  // Not bytes but UTF-16 units, of which there are never more: the bound is for memory, not for accounting.
  if (text.length > CONFIGURATION_BYTES_MAX) {
    return refused(`longer than ${CONFIGURATION_BYTES_MAX} bytes`);
  }
  const lines = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: true,
      strict: true,
      prettyErrors: false,
      schema: 'core',
      version: '1.2',
    });
    if (parsed.some(isTooDeep)) return refused('nested too deeply');
    const readers = [...parsed].map((document) => readDocument(document, lines));
    return {
      documents: readers.flatMap((reader) => (reader.value === null ? [] : [reader])),
      problems: readers.flatMap((reader) => reader.problems),
    };
  } catch (error) {
    // The parser is recursive: nesting without end exhausts the stack and nothing else.
    return refused(error instanceof RangeError ? 'nested too deeply' : messageOf(error));
  }
}

const refused = (message: string): YamlText => ({
  documents: [],
  problems: [{ line: 1, message }],
});

const isTooDeep = (document: Document): boolean =>
  document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION');

interface Reader extends YamlDocument {
  readonly problems: readonly YamlProblem[];
}

function readDocument(document: Document.Parsed, lines: LineCounter): Reader {
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const problems = [...document.errors, ...document.warnings].map((problem) => ({
    line: lineAt(problem.pos[0]),
    message: `not YAML: ${problem.message}`,
  }));
  const start = lineAt(document.contents?.range[0] ?? document.range[0]);
  let value: unknown = null;
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: ALIAS_COUNT_MAX });
    } catch (error) {
      problems.push({ line: start, message: `not YAML: ${messageOf(error)}` });
    }
  }
  return {
    value,
    problems,
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

/** Where the field's name stands, or the list's element; as near to it as the document goes. */
function offsetOf(document: Document.Parsed, path: FieldPath): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    const found = child(document, node, step);
    if (found === undefined) break;
    offset = found.offset ?? offset;
    node = found.node;
  }
  return offset;
}

function child(
  document: Document.Parsed,
  parent: unknown,
  step: PropertyKey,
): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined ? undefined : { node: item, offset: offsetOfNode(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair === undefined ? undefined : { node: pair.value, offset: offsetOfNode(pair.key) };
}

const offsetOfNode = (node: unknown): number | undefined =>
  isNode(node) ? (node as Node).range?.[0] : undefined;
