/**
 * ZWRITE: variables as ZWR lines. A subscript may be left out (`^x(,2)`) or be a range with both ends
 * (`^x(1:5)`, `^x("a":)`); what lies below is always written, `^x(1,*)` only says so.
 */
import type { DirectReference, Expression, ReferenceExpression } from './ast.ts';
import { collate, type Machine } from './evaluate.ts';
import type { Parser } from './parser.ts';
import { type Reference, subscriptText, zwriteLine } from './variables.ts';

type Level =
  | { readonly kind: 'one'; readonly subscript: Expression }
  | {
      readonly kind: 'range';
      readonly from: Expression | undefined;
      readonly to: Expression | undefined;
    };

/** The variable, or its name and what is wanted on each level. */
export interface ZwritePattern {
  readonly reference: ReferenceExpression;
  readonly levels: readonly Level[];
}

/** A level with its bounds worked out; `to` is included, undefined is open. */
type Wanted = string | { readonly from: string | undefined; readonly to: string | undefined };

export function parseZwrite(parser: Parser): ZwritePattern {
  const { kind, text, column } = parser.token;
  if (kind !== 'name' && kind !== 'global') return { reference: parser.reference(), levels: [] };
  parser.take();
  const reference: DirectReference = {
    kind: 'direct',
    isGlobal: kind === 'global',
    name: text,
    subscripts: [],
    column,
  };
  if (!parser.takeOperator('(')) return { reference, levels: [] };
  const levels: Level[] = [];
  do {
    parser.skipSpaces();
    if (parser.takeOperator('*')) {
      if (!parser.isOperator(')')) throw parser.fault('the * is the last subscript');
      break;
    }
    levels.push(parseLevel(parser));
  } while (parser.takeOperator(','));
  parser.expectOperator(')', 'a ) is missing');
  return { reference, levels };
}

function parseLevel(parser: Parser): Level {
  const bound = (): Expression | undefined =>
    parser.isOperator(',') || parser.isOperator(')') || parser.isOperator(':')
      ? undefined
      : parser.expression();
  const from = bound();
  if (parser.takeOperator(':')) return { kind: 'range', from, to: bound() };
  return from === undefined
    ? { kind: 'range', from, to: undefined }
    : { kind: 'one', subscript: from };
}

export async function zwrite(machine: Machine, pattern: ZwritePattern): Promise<void> {
  const reference = await machine.resolve(pattern.reference);
  const wanted: Wanted[] = [];
  for (const level of pattern.levels) {
    if (level.kind === 'one') {
      wanted.push(await machine.evaluate(level.subscript));
      continue;
    }
    wanted.push({ from: await bound(machine, level.from), to: await bound(machine, level.to) });
  }
  machine.column = pattern.reference.column;
  await walk(machine, reference, wanted);
}

/** An empty bound is an open one. */
async function bound(
  machine: Machine,
  expression: Expression | undefined,
): Promise<string | undefined> {
  const text = expression === undefined ? '' : await machine.evaluate(expression);
  return text === '' ? undefined : text;
}

async function walk(
  machine: Machine,
  reference: Reference,
  levels: readonly Wanted[],
): Promise<void> {
  const [level, ...deeper] = levels;
  if (level === undefined) {
    await writeTree(machine, reference);
    return;
  }
  const child = (subscript: string): Reference => ({
    ...reference,
    subscripts: [...reference.subscripts, subscript],
  });
  if (typeof level === 'string') {
    await walk(machine, child(level), deeper);
    return;
  }
  const { from, to } = level;
  let at = from ?? '';
  // $ORDER finds what comes after `from`; `from` itself is wanted, too.
  if (from === undefined || (await machine.variables.data(child(from))) === 0) {
    at = await machine.variables.order(child(at), 'forward');
  }
  while (at !== '' && (to === undefined || collate(at, to) <= 0)) {
    await machine.round();
    await walk(machine, child(at), deeper);
    at = await machine.variables.order(child(at), 'forward');
  }
}

async function writeTree(machine: Machine, reference: Reference): Promise<void> {
  for await (const [below, value] of machine.variables.entries(reference)) {
    await machine.round();
    const subscripts = [...reference.subscripts, ...below.map(subscriptText)];
    await machine.write(`${zwriteLine({ ...reference, subscripts }, value)}\n`);
  }
}

/** All local variables. */
export async function zwriteLocals(machine: Machine): Promise<void> {
  // Collected first: what writes them must not see them change.
  for (const name of [...machine.variables.localNames()]) {
    await writeTree(machine, { isGlobal: false, name, subscripts: [] });
  }
}
