import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCRIPT_DESCRIPTIONS } from '../../tools/script-descriptions.ts';
import { projectFiles, ROOT } from './source-files.ts';
import { deadLinks, nameComplaints, testTitles, textComplaints, unenforced } from './tidy-rules.ts';

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const files = projectFiles();
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const packageJson = JSON.parse(read('package.json')) as Package;

describe('the whole tree', () => {
  test('code files have kebab-case names that say something', () => {
    expect(files.flatMap(nameComplaints)).toEqual([]);
  });

  test('no long files, left-over reminders, lone tests, machine paths or registry hosts', () => {
    expect(files.flatMap((path) => textComplaints(path, read(path)))).toEqual([]);
  });

  test('every Enforcement line of docs/spec names a test that exists', () => {
    const titles = new Set(
      files
        .filter((path) => path.endsWith('.test.ts'))
        .flatMap((path) => testTitles(path, read(path))),
    );
    const specs = files.filter((path) => /^docs\/spec\/.*\.md$/.test(path));
    expect(specs.flatMap((path) => unenforced(path, read(path), titles))).toEqual([]);
  });

  test('every link of a document leads to a file', () => {
    const exists = (target: string): boolean => existsSync(join(ROOT, target));
    const documents = files.filter((path) => path.endsWith('.md'));
    expect(documents.flatMap((path) => deadLinks(path, read(path), exists))).toEqual([]);
  });

  test('every error code has a line in the page for application programmers (F-E7, §4.4)', () => {
    const members = read('server/base/errors.ts').matchAll(/^ {2}\| '([A-Z ]+)'/gm);
    const codes = [...members].map(([, code]) => code ?? '');
    const page = read('docs/for-applications.md');
    const lines = [...page.matchAll(/^\| `([A-Z ]+)` +\|(.*)\|$/gm)].map(([, code, rest = '']) => ({
      code: code ?? '',
      cells: rest.split('|').filter((cell) => cell.trim() !== '').length,
    }));
    expect(codes.length).toBeGreaterThan(10);
    expect(lines.map(({ code }) => code)).toEqual(codes);
    // What it means, again, happened, what to do.
    expect(lines.filter(({ cells }) => cells !== 4)).toEqual([]);
  });

  test('every dependency is decided on in docs/adr', () => {
    const decisions = files
      .filter((path) => /^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/.test(path))
      .map(read)
      .join('\n');
    const missing = Object.keys({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.optionalDependencies,
    }).filter((name) => !decisions.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  test('the lock file names no place to download from', () => {
    expect(read('package-lock.json')).not.toContain('"resolved": "http');
  });

  test('npm run help describes every script and no other', () => {
    expect(Object.keys(SCRIPT_DESCRIPTIONS).sort()).toEqual(
      Object.keys(packageJson.scripts).sort(),
    );
  });
});

describe('planted untidiness is caught', () => {
  const join2 = (...parts: string[]): string => parts.join('');

  test.each([
    ['server/base/lockTable.ts'],
    ['server/base/LockTable.ts'],
    ['server/base/lock_table.ts'],
    ['server/base/utils.ts'],
    ['server/base/util.ts'],
  ])('the name %s', (path) => {
    expect(nameComplaints(path)).toHaveLength(1);
  });

  test.each([
    ['a reminder', 'server/a.ts', join2('// TO', 'DO: later')],
    ['another', 'docs/a.md', join2('FIX', 'ME')],
    ['a lone test', 'server/a.test.ts', join2('test.on', 'ly("x")')],
    ['a lone group', 'server/a.test.ts', join2('fdesc', 'ribe("x")')],
    ['a machine path', 'docs/a.md', join2('see /wo', 'rk/main/x')],
    ['a home', '.ci/run', join2('cd /ro', 'ot/x')],
    ['a registry', '.npmrc', join2('https://registry.npm', 'js.org/')],
    [
      'a registry in the lock file',
      'package-lock.json',
      join2('"https://registry.npm', 'js.org/a"'),
    ],
    ['a long file', 'server/a.ts', 'x;\n'.repeat(601)],
  ])('%s', (_what, path, text) => {
    expect(textComplaints(path, text)).toHaveLength(1);
  });

  test('a long file may say why it is long', () => {
    const reason = '// longer than 600 lines because the table is one thing\n';
    expect(textComplaints('server/a.ts', reason + 'x;\n'.repeat(601))).toEqual([]);
    expect(textComplaints('server/api/generated/a.ts', 'x;\n'.repeat(601))).toEqual([]);
  });

  test('ordinary text is left alone', () => {
    const text = 'the workspace/root/of things; framework/x; $HOME/work; test.only_name;\n';
    expect(textComplaints('server/a.ts', text)).toEqual([]);
  });

  test('a link that leads nowhere', () => {
    const text = '[a](b.md) [c](../d.ts#e) [f](https://example.org/) [g](#h)';
    expect(deadLinks('docs/x.md', text, (target) => target === 'd.ts')).toEqual([
      'docs/x.md: the link b.md leads nowhere',
    ]);
  });

  test('an Enforcement line that names no test', () => {
    const titles = new Set(
      testTitles('a.test.ts', "test('grants wait', () => {}); it.each([1])('R9', f);"),
    );
    expect(
      unenforced('docs/spec/a.md', 'Enforcement: grants wait\nEnforcement: `R9`', titles),
    ).toEqual([]);
    expect(unenforced('docs/spec/a.md', 'x\nEnforcement: nobody', titles)).toEqual([
      'docs/spec/a.md:2: no test is called “nobody”',
    ]);
  });
});
