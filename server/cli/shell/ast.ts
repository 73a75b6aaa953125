/**
 * A line of the shell as data. Columns count UTF-16 units from 0: where a caret is drawn below the line.
 *
 * Operators have no precedence in M: the left operand of a `binary` is everything before the operator.
 */

export interface Spot {
  readonly column: number;
}

export type UnaryOperator = '+' | '-' | "'";

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '\\' | '#' | '**';
export type RelationOperator = '=' | '<' | '>' | '[' | ']' | ']]';
export type LogicalOperator = '&' | '!';

export type Expression = Literal | Variable | Unary | Binary | Negated | Call | Selection | Special;

export interface Literal extends Spot {
  readonly kind: 'literal';
  readonly value: string;
}

export interface Variable extends Spot {
  readonly kind: 'variable';
  readonly reference: ReferenceExpression;
}

export interface Unary extends Spot {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export interface Binary extends Spot {
  readonly kind: 'binary';
  readonly operator: ArithmeticOperator | RelationOperator | LogicalOperator | '_';
  readonly left: Expression;
  readonly right: Expression;
}

/** `a'=b`, `a'[b`, `a'&b`: the opposite of the relation. */
export interface Negated extends Spot {
  readonly kind: 'negated';
  readonly relation: Binary;
}

/** An intrinsic function; `reference` where its first argument names a variable. */
export interface Call extends Spot {
  readonly kind: 'call';
  /** The full name, without the dollar: `ORDER`. */
  readonly name: string;
  readonly reference?: ReferenceExpression;
  readonly values: readonly Expression[];
}

/** $SELECT: the value behind the first true condition. */
export interface Selection extends Spot {
  readonly kind: 'selection';
  readonly choices: readonly { readonly condition: Expression; readonly value: Expression }[];
}

/** An intrinsic special variable; the full name, without the dollar: `HOROLOG`. */
export interface Special extends Spot {
  readonly kind: 'special';
  readonly name: string;
}

export type ReferenceExpression = DirectReference | IndirectReference;

/** `x(1)` and `^x(1)`. */
export interface DirectReference extends Spot {
  readonly kind: 'direct';
  readonly isGlobal: boolean;
  readonly name: string;
  readonly subscripts: readonly Expression[];
}

/** `@text` and `@text@(1)`: the text is a reference, to which subscripts may be added. */
export interface IndirectReference extends Spot {
  readonly kind: 'indirect';
  readonly text: Expression;
  readonly subscripts: readonly Expression[];
}
