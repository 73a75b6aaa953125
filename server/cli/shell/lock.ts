/**
 * LOCK, with M's syntax. Arguments are done one after the other:
 *
 *   LOCK ^a(1)            lets go of all that the job holds, then locks
 *   LOCK +^a,+^b#"S"      locks besides what is held; "S" shared, "E" escalating, "SE" both
 *   LOCK -^a, -^a#"I"     lets go of one count; in a transaction when that ends, with "I" now ("D": when it ends)
 *   LOCK +(^a,^b):5       all of them together or none, waiting at most 5 seconds: then $TEST is 1 or 0
 *   LOCK                  lets go of all
 */
import { EcpError, isEcpError } from '../../base/errors.ts';
import { LOCK_TIMEOUT_MS_MAX } from '../../base/limits.ts';
import type { LockReference } from '../../instance/database.ts';
import { numberOf } from './arithmetic.ts';
import type { Expression, ReferenceExpression } from './ast.ts';
import type { Machine } from './evaluate.ts';
import type { Parser, Run } from './parser.ts';
import { referenceText } from './variables.ts';

type Sign = '' | '+' | '-';

interface LockName {
  readonly reference: ReferenceExpression;
  readonly type: Expression | undefined;
}

interface LockArgument {
  readonly sign: Sign;
  readonly names: readonly LockName[];
  readonly seconds: Expression | undefined;
}

/** What the letters of a type say. */
interface LockType {
  readonly shared: boolean;
  readonly escalating: boolean;
  readonly immediate: boolean;
}

/** A name that is worked out. */
interface Wanted extends LockType {
  readonly name: LockReference;
}

export function parseLock(parser: Parser): Run {
  if (!parser.hasArguments()) {
    return async (machine) => {
      await unlockAll(machine);
      return 'next';
    };
  }
  const locks = parser.list(() => parseArgument(parser));
  return async (machine) => {
    for (const argument of locks) await perform(machine, argument);
    return 'next';
  };
}

function parseArgument(parser: Parser): LockArgument {
  const sign: Sign = parser.takeOperator('+') ? '+' : parser.takeOperator('-') ? '-' : '';
  let names: readonly LockName[];
  if (parser.takeOperator('(')) {
    names = parser.list(() => parseName(parser));
    parser.expectOperator(')', 'a ) is missing');
  } else names = [parseName(parser)];
  if (sign === '-' && parser.isOperator(':')) throw parser.fault('an unlock waits for nothing');
  const seconds = parser.takeOperator(':') ? parser.expression() : undefined;
  return { sign, names, seconds };
}

function parseName(parser: Parser): LockName {
  const reference = parser.reference();
  if (reference.kind === 'direct' && !reference.isGlobal)
    throw parser.fault(GLOBALS, reference.column);
  return { reference, type: parser.takeOperator('#') ? parser.expression() : undefined };
}

const GLOBALS = 'LOCK takes names of globals';

/** All names first, then what is done with them. */
async function perform(machine: Machine, { sign, names, seconds }: LockArgument): Promise<void> {
  const { database } = machine.variables;
  const wanted: Wanted[] = [];
  for (const name of names) wanted.push(await workOut(machine, name, sign));
  const timeoutMs = seconds === undefined ? undefined : await milliseconds(machine, seconds);
  machine.column = names[0]?.reference.column ?? machine.column;
  if (sign === '-') {
    for (const { name, ...type } of wanted) await database.unlock([name], type);
    return;
  }
  const [first] = wanted;
  if (first === undefined) return;
  const { shared, escalating } = first;
  if (wanted.some((other) => other.shared !== shared || other.escalating !== escalating))
    throw new EcpError('SYNTAX', 'names that are locked together are of one type');
  if (sign === '') await unlockAll(machine);
  const options = { shared, escalating, ...(timeoutMs !== undefined && { timeoutMs }) };
  const locked = wanted.map(({ name }) => name);
  try {
    await database.lock(locked, options);
    machine.holdsLocks = true;
  } catch (error) {
    // Whoever interrupts the line did not set the time.
    machine.checkAborted();
    if (timeoutMs === undefined || !isEcpError(error, 'CANCELLED')) throw error;
    machine.test = false;
    return;
  }
  if (timeoutMs !== undefined) machine.test = true;
}

async function unlockAll(machine: Machine): Promise<void> {
  await machine.variables.database.unlockAll();
  machine.holdsLocks = false;
}

async function workOut(machine: Machine, lock: LockName, sign: Sign): Promise<Wanted> {
  const reference = await machine.resolve(lock.reference);
  const type = lock.type === undefined ? '' : await machine.evaluate(lock.type);
  machine.column = lock.type?.column ?? lock.reference.column;
  if (!reference.isGlobal) throw new EcpError('SYNTAX', `${GLOBALS}: ${referenceText(reference)}`);
  return { name: [reference.name, ...reference.subscripts], ...typeOf(type, sign) };
}

function typeOf(text: string, sign: Sign): LockType {
  const letters = text.toUpperCase();
  const known = sign === '-' ? /^(?:S|E|I|D)*$/ : /^(?:S|E)*$/;
  if (!known.test(letters)) {
    const rule = sign === '-' ? 'S, E, I and D' : 'S and E';
    throw new EcpError('SYNTAX', `a lock type is made of ${rule} here: "${text}" is none`);
  }
  const has = (letter: string): boolean => letters.includes(letter);
  return { shared: has('S'), escalating: has('E'), immediate: has('I') };
}

async function milliseconds(machine: Machine, seconds: Expression): Promise<number> {
  const value = Number(numberOf(await machine.evaluate(seconds)));
  return Math.min(Math.max(value, 0) * 1000, LOCK_TIMEOUT_MS_MAX);
}
