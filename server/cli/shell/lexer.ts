/**
 * A line of M → tokens. Spaces are tokens, too: one of them separates a command from its arguments, two
 * say that it has none. A semicolon outside of quotes begins a comment, which is left out.
 */
import { isCanonicalNumber } from '../../globals/canonical-number.ts';
import { EcpError } from '../../base/errors.ts';
import { numberOf } from './arithmetic.ts';

export type TokenKind =
  /** A command, a local variable. */
  | 'name'
  /** ^name; the text is the name. */
  | 'global'
  /** $name; the text is the name in capital letters. */
  | 'dollar'
  /** The text is the canonical number. */
  | 'number'
  /** The text is what the quotes mean. */
  | 'string'
  | 'operator'
  | 'space'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it starts, in UTF-16 units from 0. */
  readonly column: number;
  /** Where the next one starts. */
  readonly end: number;
}

/** A <SYNTAX> error of the line itself, at a column (from 0); messages count from 1, as editors do. */
export class LineError extends EcpError {
  readonly column: number;
  readonly rule: string;

  constructor(column: number, rule: string) {
    super('SYNTAX', `column ${column + 1}: ${rule}`);
    this.column = column;
    this.rule = rule;
  }
}

const SPACE = /[ \t]+/y;
const NAME = /[%A-Za-z][A-Za-z0-9]*/y;
const GLOBAL = /\^([%A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)/y;
const DOLLAR = /\$([A-Za-z]+)/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?/y;
const STRING = /"((?:[^"]|"")*)"/y;
/** Longer ones first. */
const OPERATOR = /\*\*|'?\]\]|'[=<>[\]&!]|[-+*/\\#_=<>&!'[\]@(),:?]/y;

function matched(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}

/** The tokens of a line; the last one is `end`. LineError where no token can start. */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length && line[at] !== ';') {
    const token = tokenAt(line, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', column: at, end: at });
  return tokens;
}

function tokenAt(line: string, column: number): Token {
  const make = (kind: TokenKind, match: RegExpExecArray, text: string): Token => ({
    kind,
    text,
    column,
    end: column + match[0].length,
  });
  let match = matched(SPACE, line, column);
  if (match !== undefined) return make('space', match, match[0]);
  match = matched(NAME, line, column);
  if (match !== undefined) return make('name', match, match[0]);
  match = matched(GLOBAL, line, column);
  if (match !== undefined) return make('global', match, match[1] as string);
  match = matched(DOLLAR, line, column);
  if (match !== undefined) return make('dollar', match, (match[1] as string).toUpperCase());
  match = matched(NUMBER, line, column);
  if (match !== undefined) return make('number', match, canonical(match[0], column));
  match = matched(STRING, line, column);
  if (match !== undefined) return make('string', match, (match[1] as string).replaceAll('""', '"'));
  match = matched(OPERATOR, line, column);
  if (match !== undefined) return make('operator', match, match[0]);
  throw new LineError(column, noToken(line[column]));
}

function canonical(text: string, column: number): string {
  if (isCanonicalNumber(text)) return text;
  try {
    return numberOf(text);
  } catch {
    throw new LineError(column, 'a number has at most 18 digits and is below 1E47');
  }
}

function noToken(character: string | undefined): string {
  if (character === '"') return 'a string ends with a quote';
  if (character === '^') return 'a name follows the ^';
  if (character === '$') return 'a name follows the $';
  return 'this character has no meaning here';
}
