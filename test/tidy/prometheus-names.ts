/**
 * Which metrics alerts and dashboards speak of, and which the source code makes: functions of text, so that a test can hold
 * one against the other without running either.
 */
import ts from 'typescript';

const KEYWORDS = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** The metrics of a PromQL expression. */
export function metricNames(expression: string): string[] {
  const bare = expression
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const identifiers = [...bare.matchAll(/(?<![\w:])[A-Za-z_:][\w:]*(?!\w|\s*\()/g)];
  return [...new Set(identifiers.map(([name]) => name))].filter((name) => !KEYWORDS.has(name));
}

/** Values that its matchers `label="…"` and `label=~"…|…"` ask for. */
export function matchedValues(expression: string, label: string): string[] {
  const matchers = expression.matchAll(new RegExp(`[{,]\\s*${label}\\s*=(~?)\\s*"([^"]*)"`, 'g'));
  return [...matchers].flatMap(([, pattern, text = '']) =>
    pattern === '~' ? text.split('|') : [text],
  );
}

const INSTRUMENT = /\.(counter|gauge|histogram|stateSet)\(/;
const PREFIX = /^[a-z]+(_[a-z]+)*_$/;
const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Names that a file can give to instruments: its string literals, and where it writes `prefix_${what}` also the
 * prefix with each of them. Nothing when it makes no instruments.
 */
export function instrumentNames(source: string): string[] {
  if (!INSTRUMENT.test(source)) return [];
  const literals = new Set<string>();
  const prefixes = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && NAME.test(node.text)) literals.add(node.text);
    if (ts.isTemplateExpression(node) && PREFIX.test(node.head.text)) prefixes.add(node.head.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  const names = [...literals];
  return [...names, ...[...prefixes].flatMap((prefix) => names.map((name) => prefix + name))];
}

/** The instrument that a series belongs to: a histogram has three kinds of series. */
export const instrumentOf = (metric: string): string => metric.replace(/_(bucket|sum|count)$/, '');
