/**
 * The dispatch table: what each command reads (with the parser) and does (on the machine). A command more is
 * an entry more.
 */
import { EcpError } from '../../base/errors.ts';
import { calculate, compareNumbers, integerOf, numberOf } from './arithmetic.ts';
import type { Expression, ReferenceExpression } from './ast.ts';
import type { Machine } from './evaluate.ts';
import { parseLock } from './lock.ts';
import type { Command, CommandDefinition, Flow, Parser, Run } from './parser.ts';
import { functionNamed } from './functions.ts';
import type { Reference } from './variables.ts';
import { parseZwrite, zwriteLocals, zwrite } from './zwrite.ts';

const COMMANDS: readonly CommandDefinition[] = [
  { names: ['ELSE', 'E'], postcondition: false, parse: parseElse },
  { names: ['FOR', 'F'], postcondition: false, parse: parseFor },
  { names: ['HALT', 'H'], parse: (parser) => parseEnd(parser, 'HALT', 'halt') },
  { names: ['IF', 'I'], postcondition: false, parse: parseIf },
  { names: ['KILL', 'K'], parse: parseKill },
  { names: ['LOCK', 'L'], hasSigns: true, parse: parseLock },
  { names: ['MERGE', 'M'], parse: parseMerge },
  { names: ['QUIT', 'Q'], parse: (parser) => parseEnd(parser, 'QUIT', 'quit') },
  { names: ['SET', 'S'], parse: parseSet },
  { names: ['TCOMMIT', 'TC'], parse: (parser) => parseTransaction(parser, 'TCOMMIT') },
  { names: ['TROLLBACK', 'TRO'], parse: parseRollback },
  { names: ['TSTART', 'TS'], parse: (parser) => parseTransaction(parser, 'TSTART') },
  { names: ['WRITE', 'W'], parse: parseWrite },
  { names: ['ZKILL', 'ZK', 'ZWITHDRAW', 'ZWI'], parse: parseZkill },
  { names: ['ZNSPACE', 'ZN'], parse: parseNamespace },
  { names: ['ZWRITE', 'ZW', 'ZWR'], parse: parseZwriteCommand },
];

const byName = new Map(COMMANDS.flatMap((one) => one.names.map((name) => [name, one])));

/** By any of its names, in capital letters. */
export function commandNamed(name: string): CommandDefinition | undefined {
  return byName.get(name);
}

/** One thing after the other, then the next command. */
function steps<T>(items: readonly T[], step: (machine: Machine, item: T) => Promise<void>): Run {
  return async (machine) => {
    for (const item of items) await step(machine, item);
    return 'next';
  };
}

// ── SET ──────────────────────────────────────────────────────────────────────────────────────────────────

type Target =
  | { readonly kind: 'variable'; readonly reference: ReferenceExpression }
  | { readonly kind: 'namespace'; readonly column: number };

interface Assignment {
  readonly targets: readonly Target[];
  readonly value: Expression;
}

function parseSet(parser: Parser): Run {
  parser.needArguments('SET');
  const assignments = parser.list((): Assignment => {
    let targets: readonly Target[];
    if (parser.takeOperator('(')) {
      targets = parser.list(() => parseTarget(parser));
      parser.expectOperator(')', 'a ) is missing');
    } else {
      targets = [parseTarget(parser)];
    }
    parser.skipSpaces();
    parser.expectOperator('=', 'an = and a value follow the variable');
    parser.skipSpaces();
    return { targets, value: parser.expression() };
  });
  return steps(assignments, assign);
}

function parseTarget(parser: Parser): Target {
  const { token } = parser;
  if (token.kind !== 'dollar') return { kind: 'variable', reference: parser.reference() };
  if (token.text === 'NAMESPACE') {
    parser.take();
    return { kind: 'namespace', column: token.column };
  }
  const known = functionNamed(token.text);
  const what = known === undefined ? token.text : (known.names[0] as string);
  throw parser.fault(`$${what} cannot be set`);
}

/** Subscripts first, then the value, as M does it: SET x(i)=$INCREMENT(i) uses the old i. */
async function assign(machine: Machine, { targets, value }: Assignment): Promise<void> {
  const places: { readonly place: Reference | 'namespace'; readonly column: number }[] = [];
  for (const target of targets) {
    const isNamespace = target.kind === 'namespace';
    const place = isNamespace ? 'namespace' : await machine.resolve(target.reference);
    places.push({ place, column: isNamespace ? target.column : target.reference.column });
  }
  const text = await machine.evaluate(value);
  for (const { place, column } of places) {
    machine.column = column;
    if (place === 'namespace') await machine.enter(text);
    else await machine.variables.set(place, text);
  }
}

// ── KILL, ZKILL, MERGE, ZNSPACE ──────────────────────────────────────────────────────────────────────────

function parseKill(parser: Parser): Run {
  if (!parser.hasArguments()) {
    return (machine) => {
      machine.variables.killLocals();
      return Promise.resolve('next');
    };
  }
  return overReferences(parser, (machine, reference) => machine.variables.kill(reference));
}

function parseZkill(parser: Parser): Run {
  parser.needArguments('ZKILL');
  return overReferences(parser, (machine, reference) => machine.variables.zkill(reference));
}

function overReferences(
  parser: Parser,
  step: (machine: Machine, reference: Reference) => Promise<void>,
): Run {
  return steps(
    parser.list(() => parser.reference()),
    async (machine, expression) => {
      const reference = await machine.resolve(expression);
      machine.column = expression.column;
      await step(machine, reference);
    },
  );
}

function parseMerge(parser: Parser): Run {
  parser.needArguments('MERGE');
  const merges = parser.list(() => {
    const target = parser.reference();
    parser.skipSpaces();
    parser.expectOperator('=', 'an = and a variable follow the variable');
    parser.skipSpaces();
    return { target, source: parser.reference() };
  });
  return steps(merges, async (machine, { target, source }) => {
    const to = await machine.resolve(target);
    const from = await machine.resolve(source);
    machine.column = target.column;
    await machine.variables.merge(to, from);
  });
}

function parseNamespace(parser: Parser): Run {
  parser.needArguments('ZNSPACE');
  return steps([parser.expression()], async (machine, expression) => {
    const namespace = await machine.evaluate(expression);
    machine.column = expression.column;
    await machine.enter(namespace);
  });
}

// ── WRITE, ZWRITE ────────────────────────────────────────────────────────────────────────────────────────

type Written =
  | { readonly kind: 'text'; readonly value: Expression }
  | { readonly kind: 'character'; readonly code: Expression }
  | { readonly kind: 'column'; readonly column: Expression }
  | { readonly kind: 'format'; readonly text: string };

const FORMATS: Readonly<Record<string, string>> = { '!': '\n', '#': '\f' };

function parseWrite(parser: Parser): Run {
  if (!parser.hasArguments()) return writeLocals;
  const items = parser.list(() => parseWritten(parser)).flat();
  return steps(items, async (machine, item) => {
    switch (item.kind) {
      case 'text':
        await machine.write(await machine.evaluate(item.value));
        break;
      case 'character': {
        const code = integerOf(await machine.evaluate(item.code));
        if (code >= 0 && code <= 0x10_ffff) await machine.write(String.fromCodePoint(code));
        break;
      }
      case 'column':
        await machine.tabulate(integerOf(await machine.evaluate(item.column)));
        break;
      case 'format':
        await machine.write(item.text);
    }
  });
}

/** One argument: `!!?10`, `*65` or an expression. */
function parseWritten(parser: Parser): Written[] {
  const items: Written[] = [];
  for (;;) {
    const { kind, text } = parser.token;
    const format = kind === 'operator' ? FORMATS[text] : undefined;
    if (format !== undefined) {
      parser.take();
      items.push({ kind: 'format', text: format });
    } else if (parser.takeOperator('?')) {
      items.push({ kind: 'column', column: parser.expression() });
      return items;
    } else if (items.length > 0) {
      return items;
    } else if (parser.takeOperator('*')) {
      return [{ kind: 'character', code: parser.expression() }];
    } else {
      return [{ kind: 'text', value: parser.expression() }];
    }
  }
}

async function writeLocals(machine: Machine): Promise<Flow> {
  await zwriteLocals(machine);
  return 'next';
}

function parseZwriteCommand(parser: Parser): Run {
  if (!parser.hasArguments()) return writeLocals;
  return steps(
    parser.list(() => parseZwrite(parser)),
    zwrite,
  );
}

// ── IF, ELSE, QUIT, HALT ─────────────────────────────────────────────────────────────────────────────────

function parseIf(parser: Parser): Run {
  const conditions = parser.hasArguments() ? parser.list(() => parser.expression()) : undefined;
  return async (machine) => {
    for (const condition of conditions ?? []) {
      machine.test = await machine.isTrue(condition);
      if (!machine.test) return 'skip';
    }
    return machine.test ? 'next' : 'skip';
  };
}

function parseElse(): Run {
  return (machine) => Promise.resolve(machine.test ? 'skip' : 'next');
}

function parseEnd(parser: Parser, name: string, flow: Flow): Run {
  refuseArguments(parser, name);
  return () => Promise.resolve(flow);
}

function refuseArguments(parser: Parser, name: string): void {
  const { column } = parser.token;
  if (parser.hasArguments()) {
    throw parser.fault(`${name} takes no argument; two spaces before another command`, column + 1);
  }
}

// ── TSTART, TCOMMIT, TROLLBACK ───────────────────────────────────────────────────────────────────────────

function parseTransaction(parser: Parser, name: 'TSTART' | 'TCOMMIT'): Run {
  refuseArguments(parser, name);
  return async ({ variables: { database } }) => {
    await (name === 'TSTART' ? database.tstart() : database.tcommit());
    return 'next';
  };
}

/** TROLLBACK undoes all levels; `TROLLBACK 1` the innermost, and no other number may stand there. */
function parseRollback(parser: Parser): Run {
  const hasArgument = parser.hasArguments();
  if (hasArgument) {
    const { kind, text } = parser.token;
    if (kind !== 'number' || text !== '1')
      throw parser.fault('TROLLBACK takes no argument, or 1 for the innermost level');
    parser.take();
  }
  return async ({ variables: { database } }) => {
    await database.trollback(hasArgument ? 'level' : 'all');
    return 'next';
  };
}

// ── FOR ──────────────────────────────────────────────────────────────────────────────────────────────────

/** `start`, `start:step` (without an end) or `start:step:end`. */
interface Series {
  readonly start: Expression;
  readonly step: Expression | undefined;
  readonly end: Expression | undefined;
}

function parseFor(parser: Parser): Run {
  if (!parser.hasArguments()) {
    const body = parser.commands();
    return (machine) => forever(machine, body);
  }
  const variable = parser.reference();
  if (variable.kind === 'direct' && variable.isGlobal) {
    throw parser.fault('FOR counts in a local variable', variable.column);
  }
  parser.skipSpaces();
  parser.expectOperator('=', 'an = follows the variable of FOR');
  const series = parser.list((): Series => {
    const start = parser.expression();
    const step = parser.takeOperator(':') ? parser.expression() : undefined;
    const end = step !== undefined && parser.takeOperator(':') ? parser.expression() : undefined;
    return { start, step, end };
  });
  const body = parser.commands();
  return async (machine) => {
    const counter = await machine.resolve(variable);
    for (const one of series) {
      const flow = await count(machine, counter, one, body);
      if (flow === 'quit') return 'skip';
      if (flow === 'halt') return flow;
    }
    // The rest of the line was the loop's.
    return 'skip';
  };
}

async function forever(machine: Machine, body: readonly Command[]): Promise<Flow> {
  for (;;) {
    await machine.round();
    const flow = await machine.run(body);
    if (flow === 'quit') return 'skip';
    if (flow === 'halt') return flow;
  }
}

async function count(
  machine: Machine,
  counter: Reference,
  series: Series,
  body: readonly Command[],
): Promise<'next' | 'quit' | 'halt'> {
  const { variables } = machine;
  let value = await machine.evaluate(series.start);
  if (series.step === undefined) {
    await machine.round();
    await variables.set(counter, value);
    return machine.run(body);
  }
  value = numberOf(value);
  const step = numberOf(await machine.evaluate(series.step));
  const end = series.end === undefined ? undefined : numberOf(await machine.evaluate(series.end));
  const isPast = (at: string): boolean => {
    if (end === undefined) return false;
    return step.startsWith('-') ? compareNumbers(at, end) < 0 : compareNumbers(at, end) > 0;
  };
  await variables.set(counter, value);
  while (!isPast(value)) {
    await machine.round();
    const flow = await machine.run(body);
    if (flow !== 'next') return flow;
    // The body may have changed the counter; it keeps its last value when the loop is over.
    const now = await variables.get(counter);
    if (now === undefined) throw new EcpError('UNDEFINED', `the counter ${counter.name} of FOR`);
    const next = calculate('+', now, step);
    if (isPast(next)) return 'next';
    value = next;
    await variables.set(counter, value);
  }
  return 'next';
}
