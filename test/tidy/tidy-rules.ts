/**
 * Rules about form that no linter of ours holds: functions from path and text to complaints, so that
 * their tests can plant violations as strings. Forbidden words are put together from parts, or this file
 * would break its own rules.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { isGenerated } from './source-files.ts';

export const FILE_LINES_MAX = 600;

const CODE = /\.(ts|mjs|js|proto|sh)$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const BINARY = /\.(gz|zst|png|ico|bin|mdb|tgz|woff2)$/;
const LONG_FILE_REASON = /longer than 600 lines because \S/;

const words = (...parts: string[]): string => parts.join('');
const REMINDER = new RegExp(
  `\\b(${words('TO', 'DO')}|${words('FIX', 'ME')}|${words('X', 'XX')})\\b`,
);
const FOCUSED = new RegExp(
  `\\b(describe|test|it)\\.${words('on', 'ly')}\\b|\\b[fx](describe|it)\\(`,
);
const MACHINE_PATH = new RegExp(
  `(^|[^\\w.])/(${words('wo', 'rk')}|${words('ro', 'ot')}|home/\\w+)/`,
);
const REGISTRY_HOST = new RegExp(
  [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['npm', 'pkg', 'github', 'com'],
    ['proxy', 'golang', 'org'],
    ['sum', 'golang', 'org'],
    ['files', 'pythonhosted', 'org'],
    ['repo1?', 'maven', 'org'],
    ['static', 'crates', 'io'],
    ['deb', 'debian', 'org'],
  ]
    .map((parts) => parts.join('\\.'))
    .join('|'),
  'i',
);

interface LineRule {
  readonly what: string;
  readonly pattern: RegExp;
  readonly files: RegExp;
}

const LINE_RULES: readonly LineRule[] = [
  {
    what: 'a reminder left behind',
    pattern: REMINDER,
    files: /\.(ts|mjs|js|sh|proto|yaml|md)$|^\.ci\//,
  },
  { what: 'a test run alone', pattern: FOCUSED, files: /\.ts$/ },
  { what: 'a path of one machine', pattern: MACHINE_PATH, files: /./ },
  { what: 'the host of a package registry', pattern: REGISTRY_HOST, files: /./ },
];

const isText = (path: string): boolean => !BINARY.test(path);

/** Complaints about a file's name alone. */
export function nameComplaints(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!CODE.test(name) || isGenerated(path)) return [];
  if (/^utils?\./.test(name)) return [`${path}: says nothing about what is in it`];
  return KEBAB_CASE.test(name) ? [] : [`${path}: file names are kebab-case`];
}

/** Complaints about a file's text. */
export function textComplaints(path: string, text: string): string[] {
  if (!isText(path)) return [];
  const lines = text.split('\n');
  const complaints: string[] = [];
  if (path !== 'package-lock.json' && !isGenerated(path)) {
    for (const { what, pattern, files } of LINE_RULES) {
      if (!files.test(path)) continue;
      lines.forEach((line, index) => {
        if (pattern.test(line)) complaints.push(`${path}:${index + 1}: ${what}`);
      });
    }
    const code = CODE.test(path) && lines.length - 1 > FILE_LINES_MAX;
    if (code && !LONG_FILE_REASON.test(lines.slice(0, 20).join('\n'))) {
      complaints.push(`${path}: ${lines.length - 1} lines; split by concept`);
    }
  } else if (REGISTRY_HOST.test(text)) {
    complaints.push(`${path}: the host of a package registry`);
  }
  return complaints;
}

/** Titles of the tests and groups of a test file, as far as they are plain strings. */
export function testTitles(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const callee = (node: ts.Expression): string => {
    if (ts.isIdentifier(node)) return node.text;
    if (ts.isPropertyAccessExpression(node)) return callee(node.expression);
    return ts.isCallExpression(node) ? callee(node.expression) : '';
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['test', 'it', 'describe'].includes(callee(node.expression))) {
      const title = node.arguments[0];
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return titles;
}

/** `Enforcement: <test title>` lines of a specification that name no test. */
export function unenforced(path: string, text: string, titles: ReadonlySet<string>): string[] {
  return text.split('\n').flatMap((line, index) => {
    const named = /Enforcement:\s*(.+)$/.exec(line)?.[1]?.replace(/[`*]/g, '').trim();
    if (named === undefined || titles.has(named)) return [];
    return [`${path}:${index + 1}: no test is called “${named}”`];
  });
}

/** Links of a document that lead to no file or folder of the project. */
export function deadLinks(
  path: string,
  text: string,
  exists: (target: string) => boolean,
): string[] {
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)].flatMap(([, link]) => {
    if (link === undefined || /^[a-z]+:/.test(link)) return [];
    const target = posix.join(posix.dirname(path), link);
    return exists(target) ? [] : [`${path}: the link ${link} leads nowhere`];
  });
}
