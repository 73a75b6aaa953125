/**
 * The intrinsic functions and special variables: tables that the parser checks names and counts with, and
 * the evaluator calls. $SELECT is syntax (parser.ts), for only one of its values is worked out.
 *
 * Characters are UTF-16 units; positions count from 1.
 */
import { EcpError } from '../../base/errors.ts';
import { VALUE_BYTES_MAX } from '../../base/limits.ts';
import { textOfBytes } from '../../globals/text.ts';
import { fixed, integerOf } from './arithmetic.ts';
import type { Machine } from './evaluate.ts';
import { type Direction, type Reference, referenceText } from './variables.ts';

/** An argument that may be left out. */
type Optional = string | undefined;

interface Shape {
  /** In capital letters, the full name first. */
  readonly names: readonly string[];
  /** Least and most arguments, not counting the reference. */
  readonly values: readonly [number, number];
}

/** A function of strings. */
export interface StringFunction extends Shape {
  readonly takesReference: false;
  readonly call: (text: string, ...more: Optional[]) => string;
}

/** A function whose first argument names a variable. */
export interface VariableFunction extends Shape {
  readonly takesReference: true;
  readonly call: (
    machine: Machine,
    reference: Reference,
    ...values: Optional[]
  ) => Promise<string> | string;
}

export type FunctionDefinition = StringFunction | VariableFunction;

/** Decimals that $JUSTIFY writes at most: all that a number has, and some zeros. */
const DECIMALS_MAX = 100;

const ofStrings = (
  names: readonly string[],
  values: readonly [number, number],
  call: StringFunction['call'],
): StringFunction => ({ names, values, takesReference: false, call });

const ofVariable = (
  names: readonly string[],
  values: readonly [number, number],
  call: VariableFunction['call'],
): VariableFunction => ({ names, values, takesReference: true, call });

const FUNCTIONS: readonly FunctionDefinition[] = [
  ofVariable(['DATA', 'D'], [0, 0], async (machine, reference) =>
    String(await machine.variables.data(reference)),
  ),
  ofVariable(
    ['GET', 'G'],
    [0, 1],
    async (machine, reference, otherwise = '') =>
      (await machine.variables.get(reference)) ?? otherwise,
  ),
  ofVariable(['INCREMENT', 'I', 'INCR'], [0, 1], (machine, reference, by = '1') =>
    machine.variables.increment(reference, by),
  ),
  ofVariable(['NAME', 'NA'], [0, 1], (_machine, reference, depth) => {
    const count = depth === undefined ? Infinity : Math.max(0, integerOf(depth));
    return referenceText({ ...reference, subscripts: reference.subscripts.slice(0, count) });
  }),
  ofVariable(['ORDER', 'O'], [0, 1], (machine, reference, direction = '1') => {
    if (reference.subscripts.length === 0) {
      throw new EcpError('SUBSCRIPT', '$ORDER needs a subscript; "" starts at the end of a level');
    }
    return machine.variables.order(reference, directionOf(direction));
  }),
  ofVariable(['QUERY', 'Q'], [0, 1], async (machine, reference, direction = '1') => {
    const found = await machine.variables.query(reference, directionOf(direction));
    return found === undefined ? '' : referenceText(found);
  }),
  ofVariable(['SEQUENCE', 'SEQ'], [0, 0], (machine, reference) =>
    machine.variables.sequence(reference),
  ),
  ofStrings(['ASCII', 'A'], [1, 2], (text, position = '1') => {
    const code = text.charCodeAt(integerOf(position) - 1);
    return String(Number.isNaN(code) ? -1 : code);
  }),
  ofStrings(['CHAR', 'C'], [1, 255], (...codes) => codes.map(character).join('')),
  ofStrings(['EXTRACT', 'E'], [1, 3], (text, from = '1', to = from) =>
    text.slice(Math.max(0, integerOf(from) - 1), Math.max(0, integerOf(to))),
  ),
  ofStrings(['FIND', 'F'], [2, 3], find),
  ofStrings(['JUSTIFY', 'J'], [2, 3], justify),
  ofStrings(['LENGTH', 'L'], [1, 2], (text, delimiter) => {
    if (delimiter === undefined) return String(text.length);
    return String(delimiter === '' ? 0 : text.split(delimiter).length);
  }),
  ofStrings(['PIECE', 'P'], [2, 4], (text, delimiter, from = '1', to = from) => {
    if (delimiter === undefined || delimiter === '') return '';
    const first = Math.max(1, integerOf(from));
    return text
      .split(delimiter)
      .slice(first - 1, Math.max(0, integerOf(to)))
      .join(delimiter);
  }),
  ofStrings(['REVERSE', 'RE'], [1, 1], (text) => Array.from(text).reverse().join('')),
  ofStrings(['TRANSLATE', 'TR'], [2, 3], translate),
  ofStrings(['ZCHAR', 'ZCH'], [1, 255], (...codes) =>
    textOfBytes(
      Uint8Array.from(
        codes.map((code = '') => integerOf(code)).filter((code) => code >= 0 && code <= 255),
      ),
    ),
  ),
];

export type SpecialValue = (machine: Machine) => string | Promise<string>;

const SPECIALS: readonly { readonly names: readonly string[]; readonly value: SpecialValue }[] = [
  { names: ['HOROLOG', 'H'], value: (machine) => machine.environment.horolog() },
  { names: ['JOB', 'J'], value: (machine) => machine.environment.job },
  { names: ['NAMESPACE'], value: (machine) => machine.namespace },
  { names: ['TEST', 'T'], value: (machine) => (machine.test ? '1' : '0') },
  { names: ['TLEVEL', 'TL'], value: async (machine) => String(await machine.tlevel()) },
];

const functions = new Map(FUNCTIONS.flatMap((one) => one.names.map((name) => [name, one])));
const specials = new Map(SPECIALS.flatMap((one) => one.names.map((name) => [name, one])));

/** By any of its names, in capital letters. */
export function functionNamed(name: string): FunctionDefinition | undefined {
  return functions.get(name);
}

/** The full name of a special variable. */
export function specialNamed(name: string): string | undefined {
  return specials.get(name)?.names[0];
}

export function specialValue(name: string): SpecialValue | undefined {
  return specials.get(name)?.value;
}

function directionOf(text: string): Direction {
  const direction = integerOf(text);
  if (direction === 1) return 'forward';
  if (direction === -1) return 'backward';
  throw new EcpError('SYNTAX', 'a direction is 1 or -1');
}

function character(text = ''): string {
  const code = integerOf(text);
  return code >= 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
}

/** The position after the first `part` from `start` on; 0 without one. */
function find(text: string, part = '', start = '1'): string {
  const from = Math.max(0, integerOf(start) - 1);
  if (part === '') return String(from + 1);
  const at = text.indexOf(part, from);
  return String(at < 0 ? 0 : at + part.length + 1);
}

function justify(text: string, width = '0', decimals?: string): string {
  const length = integerOf(width);
  if (length > VALUE_BYTES_MAX) throw tooLong();
  if (decimals === undefined) return text.padStart(length);
  const places = integerOf(decimals);
  if (places < 0 || places > DECIMALS_MAX) {
    throw new EcpError('SYNTAX', `$JUSTIFY writes 0 to ${DECIMALS_MAX} decimals`);
  }
  return fixed(text, places).padStart(length);
}

function translate(text: string, from = '', to = ''): string {
  const table = new Map<string, string>();
  for (let i = 0; i < from.length; i++) {
    const old = from.charAt(i);
    if (!table.has(old)) table.set(old, to.charAt(i));
  }
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const old = text.charAt(i);
    result += table.get(old) ?? old;
  }
  return result;
}

export function tooLong(): EcpError {
  return new EcpError('MAXSTRING', `a string has at most ${VALUE_BYTES_MAX} bytes`);
}
