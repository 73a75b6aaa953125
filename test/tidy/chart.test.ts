/** The chart against what else says the same: versions, its schema, its documentation, the operator's settings. No helm needed. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseManifests } from '../../operator/api/manifests.ts';
import { POD_LAYOUT } from '../../operator/resources/pod-layout.ts';
import { ROOT } from './source-files.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const inChart = (path: string): string => read(`charts/ecp-operator/${path}`);
const schema = JSON.parse(inChart('values.schema.json')) as Schema;

/** Helm hands it to every chart; it is no value of ours. */
const OF_HELM = 'global';

/** Paths of values with their schemas, groups and leaves. */
function valuesOf({ properties = {} }: Schema, before = ''): (readonly [string, Schema])[] {
  return Object.entries(properties)
    .filter(([name]) => name !== OF_HELM)
    .flatMap(
      ([name, inner]) => [[before + name, inner], ...valuesOf(inner, `${before}${name}.`)] as const,
    );
}
/** Users set these: `affinity` and `resources` as wholes, as a pod has them. */
const AS_IN_A_POD = ['affinity', 'resources'];
const leaves = valuesOf(schema)
  .filter(([path, { properties }]) => properties === undefined || AS_IN_A_POD.includes(path))
  .map(([path]) => path)
  .filter((path) => !AS_IN_A_POD.some((whole) => path.startsWith(`${whole}.`)));

test('chart and program have the version of the package', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  expect(parse(inChart('Chart.yaml'))).toMatchObject({ version, appVersion: version });
});

describe('values', () => {
  test('each is described in the schema, which is closed', () => {
    const all = valuesOf(schema);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(([, { description = '' }]) => !/^\S.*\.$/.test(description))).toEqual([]);
    const open = [['', schema] as const, ...all].filter(
      ([, { properties, additionalProperties }]) =>
        properties !== undefined && additionalProperties !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test('each has its default in values.yaml, and there are no others', () => {
    const defaults = parse(inChart('values.yaml')) as unknown;
    const found = (path: string): unknown =>
      path
        .split('.')
        .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], defaults);
    expect(leaves.filter((path) => found(path) === undefined)).toEqual([]);
    const topLevel = Object.keys(defaults as object);
    expect(topLevel.filter((name) => schema.properties?.[name] === undefined)).toEqual([]);
  });

  test('each stands in the table of docs/install.md, and there are no others', () => {
    const rows = read('docs/install.md').matchAll(/^\| `(?<path>[\w.]+)` +\|.*\|$/gm);
    expect([...rows].map(({ groups }) => groups?.['path'])).toEqual(leaves);
  });
});

test('the operator is told every setting that it reads, and no other', () => {
  const names = (text: string): string[] =>
    [...new Set(text.match(/ECP_OPERATOR_[A-Z_]+/g))].sort();
  expect(names(inChart('templates/deployment.yaml'))).toEqual(
    names(read('operator/process/settings.ts')),
  );
});

test('the notes’ example is a topology, and the port that they name is the clients’', () => {
  const notes = inChart('templates/NOTES.txt');
  const [, text = ''] = /<<'EOF'\n(.*?)^EOF$/ms.exec(notes) ?? [];
  const { resources } = parseManifests([{ path: 'NOTES.txt', text }]);
  expect(resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'EcpDataServer bank',
    'EcpAppServer teller',
  ]);
  const ports = [...notes.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
  expect(new Set(ports)).toEqual(new Set([POD_LAYOUT.clientPort]));
});
