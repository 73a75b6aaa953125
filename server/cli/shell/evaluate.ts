/**
 * What a shell is between its lines (namespace, variables, $TEST, output column), and the evaluation of
 * expressions on it. Everything that reaches a database is awaited, so that it may be in this process or
 * behind a network.
 */
import { present } from '../../base/assert.ts';
import { compareBytes } from '../../base/bytes.ts';
import { EcpError, isEcpError } from '../../base/errors.ts';
import { VALUE_BYTES_MAX } from '../../base/limits.ts';
import type { MaybePromise } from '../../base/maybe-promise.ts';
import { isCanonicalNumber } from '../../globals/canonical-number.ts';
import type { Database } from '../../instance/database.ts';
import { calculate, compareNumbers, isTrue, negate, numberOf } from './arithmetic.ts';
import type { Binary, Call, Expression, ReferenceExpression } from './ast.ts';
import { functionNamed, specialValue, tooLong } from './functions.ts';
import { LineError } from './lexer.ts';
import { type Command, type Flow, parseReference } from './parser.ts';
import { bytesOfText, type Reference, referenceText, Variables } from './variables.ts';

/** What the shell takes from the machine it runs on. */
export interface ShellEnvironment {
  /** $HOROLOG: days since 31 December 1840, a comma, seconds since midnight. */
  horolog(): string;
  /** $JOB. */
  readonly job: string;
  /** Lets other events be taken, such as Ctrl-C during a loop. */
  pause(): Promise<void>;
  /** Takes what WRITE and ZWRITE write; a promise holds the line up. */
  write(text: string): MaybePromise<void>;
}

/** Rounds of a FOR between two pauses. */
const ROUNDS_PER_PAUSE = 64;

/** Indirections inside each other: `SET x="@x"` would never end. */
const INDIRECTION_DEPTH_MAX = 20;

export class Machine {
  readonly environment: ShellEnvironment;
  readonly variables: Variables;
  /** $TEST: what the last IF found, or whether the last LOCK with a time was granted. */
  test = false;
  /** Whether LOCK was used since all was let go of. */
  holdsLocks = false;
  /** Where evaluation stands: the column that an error is about. */
  column = 0;
  /** Characters since the last line break in the output. */
  #written = 0;
  #database: Database;
  /** Whether the job is this shell's own, opened by a change of namespace. */
  #isOwnJob = false;
  #signal: AbortSignal | undefined;
  #rounds = 0;
  #indirections = 0;

  constructor(database: Database, environment: ShellEnvironment) {
    this.environment = environment;
    this.#database = database;
    this.variables = new Variables(database);
  }

  get namespace(): string {
    return this.#database.namespace;
  }

  /** Binds everything until the next call to a signal. */
  bind(signal: AbortSignal | undefined): void {
    this.#signal = signal;
    this.#indirections = 0;
    this.variables.database =
      signal === undefined ? this.#database : this.#database.with({ signal });
  }

  /** $TLEVEL. */
  async tlevel(): Promise<number> {
    return this.#database.tlevel();
  }

  /**
   * Goes on in another namespace, in another job; the variables stay. EcpError NAMESPACE if there is none, or in a
   * transaction, or where locks may be held: they are of their job.
   */
  async enter(namespace: string): Promise<void> {
    if ((await this.tlevel()) > 0) {
      throw new EcpError('NAMESPACE', 'a transaction is open: TCOMMIT or TROLLBACK first');
    }
    if (this.holdsLocks) {
      throw new EcpError('NAMESPACE', 'locks are held: LOCK without arguments lets go of them');
    }
    const job = await this.variables.database.job({ namespace });
    await this.#closeOwnJob();
    this.#database = job;
    this.#isOwnJob = true;
    this.bind(this.#signal);
  }

  /** HALT: rolls back what is open, lets go of all locks, and ends the job if this shell opened it. */
  async close(): Promise<void> {
    try {
      await this.#database.trollback();
      await this.#database.unlockAll();
    } catch (error) {
      // Of a job that has ended, or cannot do it now, the instance rolls it back.
      if (!isEcpError(error)) throw error;
    }
    await this.#closeOwnJob();
  }

  async #closeOwnJob(): Promise<void> {
    if (!this.#isOwnJob) return;
    this.#isOwnJob = false;
    await this.#database.close();
  }

  // ── Running ──────────────────────────────────────────────────────────────────────────────────────────

  /** Runs commands one after the other; 'skip' ends with the sequence. */
  async run(commands: readonly Command[]): Promise<'next' | 'quit' | 'halt'> {
    for (const command of commands) {
      this.checkAborted();
      this.column = command.column;
      if (command.postcondition !== undefined && !(await this.isTrue(command.postcondition))) {
        continue;
      }
      const flow: Flow = await command.run(this);
      if (flow === 'skip') return 'next';
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  checkAborted(): void {
    if (this.#signal?.aborted === true) throw new EcpError('CANCELLED', 'interrupted');
  }

  /** At every round of a loop. */
  async round(): Promise<void> {
    this.checkAborted();
    if (++this.#rounds % ROUNDS_PER_PAUSE === 0) await this.environment.pause();
  }

  // ── Output ───────────────────────────────────────────────────────────────────────────────────────────

  async write(text: string): Promise<void> {
    const lineBreak = text.lastIndexOf('\n');
    this.#written = lineBreak < 0 ? this.#written + text.length : text.length - lineBreak - 1;
    await this.environment.write(text);
  }

  /** `?n`: spaces up to a column. */
  async tabulate(column: number): Promise<void> {
    if (column > VALUE_BYTES_MAX) throw tooLong();
    if (column > this.#written) await this.write(' '.repeat(column - this.#written));
  }

  /** Whether the output stands in the middle of a line. */
  get isInsideLine(): boolean {
    return this.#written > 0;
  }

  // ── Expressions ──────────────────────────────────────────────────────────────────────────────────────

  async isTrue(expression: Expression): Promise<boolean> {
    return isTrue(await this.evaluate(expression));
  }

  async evaluate(expression: Expression): Promise<string> {
    this.column = expression.column;
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'variable':
        return this.#value(expression.reference);
      case 'unary': {
        const operand = await this.evaluate(expression.operand);
        this.column = expression.column;
        if (expression.operator === "'") return isTrue(operand) ? '0' : '1';
        return expression.operator === '-' ? negate(operand) : numberOf(operand);
      }
      case 'binary': {
        const left = await this.evaluate(expression.left);
        const right = await this.evaluate(expression.right);
        this.column = expression.column;
        return operate(expression.operator, left, right);
      }
      case 'negated':
        return (await this.evaluate(expression.relation)) === '0' ? '1' : '0';
      case 'call':
        return this.#call(expression);
      case 'selection':
        for (const { condition, value } of expression.choices) {
          if (await this.isTrue(condition)) return this.evaluate(value);
        }
        this.column = expression.column;
        throw new EcpError('SYNTAX', '$SELECT: none of the conditions is true');
      case 'special':
        return present(specialValue(expression.name), expression.name)(this);
    }
  }

  async #value(expression: ReferenceExpression): Promise<string> {
    const reference = await this.resolve(expression);
    this.column = expression.column;
    const value = await this.variables.get(reference);
    if (value !== undefined) return value;
    const text = referenceText(reference);
    throw new EcpError('UNDEFINED', text, { reference: text });
  }

  async #call(call: Call): Promise<string> {
    const reference = call.reference === undefined ? undefined : await this.resolve(call.reference);
    const values: string[] = [];
    for (const value of call.values) values.push(await this.evaluate(value));
    this.column = call.column;
    const definition = present(functionNamed(call.name), call.name);
    if (!definition.takesReference) {
      const [first = '', ...more] = values;
      return definition.call(first, ...more);
    }
    return definition.call(this, present(reference, 'a reference'), ...values);
  }

  /** Works out the subscripts, and what @ stands for. */
  async resolve(expression: ReferenceExpression): Promise<Reference> {
    if (expression.kind === 'direct') {
      const { isGlobal, name } = expression;
      return { isGlobal, name, subscripts: await this.#all(expression.subscripts) };
    }
    const text = await this.evaluate(expression.text);
    this.column = expression.column;
    const named = await this.#named(text);
    this.column = expression.column;
    const more = await this.#all(expression.subscripts);
    return { ...named, subscripts: [...named.subscripts, ...more] };
  }

  /** The variable that a text names. */
  async #named(text: string): Promise<Reference> {
    const { column } = this;
    try {
      if (++this.#indirections > INDIRECTION_DEPTH_MAX) {
        throw new EcpError('SYNTAX', 'an indirection that leads to itself');
      }
      const named = await this.resolve(parseReference(text));
      this.#indirections--;
      return named;
    } catch (error) {
      if (!isEcpError(error)) throw error;
      this.column = column;
      // A column inside the text would be taken for one of the line.
      if (!(error instanceof LineError)) throw error;
      throw new EcpError('SYNTAX', `@ needs the name of a variable: ${error.rule}`, {
        cause: error,
      });
    }
  }

  async #all(expressions: readonly Expression[]): Promise<string[]> {
    const values: string[] = [];
    for (const expression of expressions) values.push(await this.evaluate(expression));
    return values;
  }
}

function operate(operator: Binary['operator'], left: string, right: string): string {
  switch (operator) {
    case '_':
      if (left.length + right.length > VALUE_BYTES_MAX) throw tooLong();
      return left + right;
    case '=':
      return truth(left === right);
    case '<':
      return truth(compareNumbers(left, right) < 0);
    case '>':
      return truth(compareNumbers(left, right) > 0);
    case '[':
      return truth(left.includes(right));
    case ']':
      return truth(compareText(left, right) > 0);
    case ']]':
      return truth(collate(left, right) > 0);
    case '&':
      return truth(isTrue(left) && isTrue(right));
    case '!':
      return truth(isTrue(left) || isTrue(right));
    case '+':
    case '-':
    case '*':
    case '/':
    case '\\':
    case '#':
    case '**':
      return calculate(operator, left, right);
  }
}

function truth(value: boolean): string {
  return value ? '1' : '0';
}

function compareText(left: string, right: string): number {
  return compareBytes(bytesOfText(left), bytesOfText(right));
}

/** As subscripts sort: '' first, then numbers by value, then strings by their bytes. */
export function collate(left: string, right: string): number {
  const [a, b] = [rank(left), rank(right)];
  if (a !== b) return a - b;
  return a === NUMBER_RANK ? compareNumbers(left, right) : compareText(left, right);
}

const NUMBER_RANK = 1;

function rank(text: string): number {
  if (text === '') return 0;
  return isCanonicalNumber(text) ? NUMBER_RANK : 2;
}
