/**
 * Tokens → commands with their arguments. A whole line is parsed before anything of it runs, so that a line
 * with a mistake does nothing.
 *
 * Stricter readers of M want no space inside an argument; here spaces around operators and behind commas
 * are taken, as no command starts with an operator.
 */
import type {
  Binary,
  Expression,
  IndirectReference,
  DirectReference,
  ReferenceExpression,
  UnaryOperator,
} from './ast.ts';
import type { Machine } from './evaluate.ts';
import { functionNamed, specialNamed } from './functions.ts';
import { LineError, type Token, tokensOf } from './lexer.ts';

/** How a command ends: go on, leave out the rest of the line, end the FOR (or leave), leave. */
export type Flow = 'next' | 'skip' | 'quit' | 'halt';

export type Run = (machine: Machine) => Promise<Flow>;

/** A command as the dispatch table has it. */
export interface CommandDefinition {
  /** In capital letters, the full name first. */
  readonly names: readonly string[];
  /** Whether `:condition` may follow it; default true. */
  readonly postcondition?: boolean;
  /** Whether an argument may begin with + or -: a space ends its condition then. */
  readonly hasSigns?: boolean;
  /** Reads the arguments. */
  readonly parse: (parser: Parser) => Run;
}

export interface Command {
  readonly column: number;
  readonly postcondition: Expression | undefined;
  readonly run: Run;
}

export type CommandTable = (name: string) => CommandDefinition | undefined;

/** Parentheses, functions and signs inside each other: deeper lines are refused. */
const DEPTH_MAX = 100;

const UNARY: ReadonlySet<string> = new Set(['+', '-', "'"]);
const BINARY = /^(?:'?(?:=|<|>|\[|\]|\]\]|&|!)|[-+*/\\#_]|\*\*)$/;

/** EcpError SYNTAX (LineError) with the column. */
export function parseLine(line: string, table: CommandTable): readonly Command[] {
  return new Parser(line, table).commands();
}

/** A reference alone, as in `@text`. */
export function parseReference(text: string): ReferenceExpression {
  const parser = new Parser(text, () => undefined);
  const reference = parser.reference();
  if (parser.token.kind !== 'end') throw parser.fault('nothing follows the reference');
  return reference;
}

export class Parser {
  readonly #tokens: readonly Token[];
  readonly #table: CommandTable;
  #at = 0;
  #depth = 0;
  /** Whether a space ends an expression, also before an operator; not in parentheses. */
  #spacesEnd = false;

  constructor(line: string, table: CommandTable) {
    this.#tokens = tokensOf(line);
    this.#table = table;
  }

  // ── Tokens ───────────────────────────────────────────────────────────────────────────────────────────

  /** The token that comes next; the last one, `end`, stays. */
  get token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  get #following(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const { token } = this;
    this.#at++;
    return token;
  }

  fault(rule: string, column = this.token.column): LineError {
    return new LineError(column, rule);
  }

  isOperator(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  takeOperator(text: string): boolean {
    const found = this.isOperator(text);
    if (found) this.#at++;
    return found;
  }

  expectOperator(text: string, rule: string): void {
    if (!this.takeOperator(text)) throw this.fault(rule);
  }

  skipSpaces(): void {
    if (this.token.kind === 'space') this.#at++;
  }

  /** Skips spaces if this operator stands behind them. */
  #skipSpacesBefore(isWanted: (operator: string) => boolean): void {
    if (this.#spacesEnd && this.#depth === 0) return;
    const { token } = this;
    const next = this.#following;
    if (token.kind === 'space' && next.kind === 'operator' && isWanted(next.text)) this.#at++;
  }

  // ── Commands ─────────────────────────────────────────────────────────────────────────────────────────

  /** The commands from here to the end of the line. */
  commands(): readonly Command[] {
    const commands: Command[] = [];
    for (;;) {
      this.skipSpaces();
      if (this.token.kind === 'end') return commands;
      commands.push(this.#command());
    }
  }

  #command(): Command {
    const word = this.take();
    const { column } = word;
    if (word.kind !== 'name') throw this.fault('a command is expected', column);
    const definition = this.#table(word.text.toUpperCase());
    if (definition === undefined) throw this.fault(`${word.text} is not a command`, column);
    let postcondition: Expression | undefined;
    if (this.isOperator(':')) {
      if (definition.postcondition === false) {
        throw this.fault(`${definition.names[0] as string} takes no condition`);
      }
      this.take();
      this.#spacesEnd = definition.hasSigns === true;
      postcondition = this.expression();
      this.#spacesEnd = false;
    }
    const { kind } = this.token;
    if (kind !== 'space' && kind !== 'end') throw this.fault('a space follows a command');
    const run = definition.parse(this);
    if (this.token.kind !== 'space' && this.token.kind !== 'end') {
      throw this.fault('a comma or a space follows an argument');
    }
    return { column, postcondition, run };
  }

  /** Whether arguments follow; one space before them is taken. Two spaces or the end say no. */
  hasArguments(): boolean {
    const { token } = this;
    if (token.kind !== 'space' || token.text.length > 1) return false;
    if (this.#following.kind === 'end') return false;
    this.#at++;
    return true;
  }

  /** For commands that do nothing without arguments. */
  needArguments(name: string): void {
    this.skipSpaces();
    if (this.token.kind === 'end') throw this.fault(`${name} needs an argument`);
  }

  /** Items between commas. */
  list<T>(item: () => T): T[] {
    const items: T[] = [];
    do {
      this.skipSpaces();
      items.push(item());
      this.#skipSpacesBefore((operator) => operator === ',');
    } while (this.takeOperator(','));
    return items;
  }

  // ── Expressions ──────────────────────────────────────────────────────────────────────────────────────

  /** Operands and operators, strictly from left to right. */
  expression(): Expression {
    let left = this.#operand();
    for (;;) {
      this.#skipSpacesBefore((operator) => BINARY.test(operator));
      const { token } = this;
      if (token.kind !== 'operator' || !BINARY.test(token.text)) return left;
      this.take();
      this.skipSpaces();
      const right = this.#operand();
      const { column } = token;
      const isNegated = token.text.startsWith("'");
      const operator = (isNegated ? token.text.slice(1) : token.text) as Binary['operator'];
      const binary: Binary = { kind: 'binary', operator, left, right, column };
      left = isNegated ? { kind: 'negated', relation: binary, column } : binary;
    }
  }

  #operand(): Expression {
    if (++this.#depth > DEPTH_MAX) throw this.fault('nested too deeply');
    const operand = this.#operandHere();
    this.#depth--;
    return operand;
  }

  #operandHere(): Expression {
    const { token } = this;
    const { column, text } = token;
    switch (token.kind) {
      case 'number':
      case 'string':
        this.take();
        return { kind: 'literal', value: text, column };
      case 'name':
      case 'global':
        return { kind: 'variable', reference: this.reference(), column };
      case 'dollar':
        this.take();
        return this.isOperator('(') ? this.#call(token) : special(token);
      case 'operator':
        if (text === '@') return { kind: 'variable', reference: this.reference(), column };
        if (UNARY.has(text)) {
          this.take();
          return {
            kind: 'unary',
            operator: text as UnaryOperator,
            operand: this.#operand(),
            column,
          };
        }
        if (this.takeOperator('(')) {
          this.skipSpaces();
          const inner = this.expression();
          this.#close();
          return inner;
        }
        break;
      case 'space':
      case 'end':
    }
    throw this.fault('a value is expected');
  }

  #close(): void {
    this.#skipSpacesBefore((operator) => operator === ')');
    this.expectOperator(')', 'a ) is missing');
  }

  /** A variable: local, ^global or @text. */
  reference(): ReferenceExpression {
    const token = this.take();
    const { column } = token;
    if (token.kind === 'name' || token.kind === 'global') {
      const isGlobal = token.kind === 'global';
      const direct: DirectReference = {
        kind: 'direct',
        isGlobal,
        name: token.text,
        subscripts: this.#subscripts(),
        column,
      };
      return direct;
    }
    if (token.kind === 'operator' && token.text === '@') {
      const text = this.#operand();
      const isExtended = this.isOperator('@');
      if (isExtended) this.take();
      const subscripts = isExtended ? this.#subscripts() : [];
      if (isExtended && subscripts.length === 0) throw this.fault('subscripts follow the second @');
      const indirect: IndirectReference = { kind: 'indirect', text, subscripts, column };
      return indirect;
    }
    throw this.fault('a variable is expected', column);
  }

  #subscripts(): Expression[] {
    if (!this.takeOperator('(')) return [];
    const subscripts = this.list(() => this.expression());
    this.#close();
    return subscripts;
  }

  #call(name: Token): Expression {
    const { column } = name;
    this.take();
    if (name.text === 'SELECT' || name.text === 'S') return this.#selection(column);
    const definition = functionNamed(name.text);
    if (definition === undefined) throw this.fault(`$${name.text} is not a function`, column);
    const full = definition.names[0] as string;
    this.skipSpaces();
    const reference = definition.takesReference ? this.reference() : undefined;
    let values: Expression[] = [];
    if (reference === undefined) values = this.list(() => this.expression());
    else if (this.takeOperator(',')) values = this.list(() => this.expression());
    const [least, most] = definition.values;
    if (values.length < least) throw this.fault(`$${full} needs another argument`);
    if (values.length > most) throw this.fault(`$${full} has fewer arguments`);
    this.#close();
    return reference === undefined
      ? { kind: 'call', name: full, values, column }
      : { kind: 'call', name: full, reference, values, column };
  }

  #selection(column: number): Expression {
    const choices = this.list(() => {
      const condition = this.expression();
      this.expectOperator(':', 'a : separates condition and value');
      return { condition, value: this.expression() };
    });
    this.#close();
    return { kind: 'selection', choices, column };
  }
}

function special(token: Token): Expression {
  const name = specialNamed(token.text);
  if (name === undefined) {
    throw new LineError(token.column, `$${token.text} is not a special variable`);
  }
  return { kind: 'special', name, column: token.column };
}
