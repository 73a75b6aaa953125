/**
 * No field of a spec without a wiring test: a test on a real Kubernetes that it reaches whom it is meant for and takes
 * effect there. Which test it is stands in test/cluster/wiring/fields.ts; this one holds that table to the
 * definitions and to the tests, and needs no cluster.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANNOTATIONS, WIRING } from '../../test/cluster/wiring/fields.ts';
import { testTitles } from '../../test/tidy/tidy-rules.ts';
import { fieldsOf, generateApiReference } from './api-reference.ts';
import { DEFINITIONS, schemaOf } from './crd.ts';
import type { Definition } from './crd.ts';

const FOLDER = join(import.meta.dirname, '../../test/cluster/wiring');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));
const titlesIn = new Map(
  files.map((name) => [name, testTitles(name, readFileSync(join(FOLDER, name), 'utf8'))]),
);

/** Paths of the fields that have a value of their own: no objects, no lists of them. */
function specFields(definition: Definition): string[] {
  const { spec = {} } = schemaOf(definition).properties ?? {};
  return [...fieldsOf(spec, '')]
    .filter(
      ({ schema: { properties, items } }) =>
        properties === undefined && items?.properties === undefined,
    )
    .map(({ path }) => path);
}

const covered = (kind: string): string[] =>
  WIRING.flatMap(({ both = [], dataServer = [], appServer = [] }) => [
    ...both,
    ...(kind === 'EcpDataServer' ? dataServer : appServer),
  ]);

describe.each(DEFINITIONS)('F-K1: $kind', (definition) => {
  const fields = specFields(definition);

  test('has a wiring test for every field', () => {
    const known = new Set(covered(definition.kind));
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((path) => !known.has(path))).toEqual([]);
  });

  test('has the fields that the table of wiring tests speaks of', () => {
    const there = new Set(fields);
    expect(covered(definition.kind).filter((path) => !there.has(path))).toEqual([]);
  });
});

test('F-K5: every annotation that people may set has a wiring test', () => {
  const documented = [...generateApiReference().matchAll(/^\| `(ecp\.dev\/[a-z-]+)`/gm)].map(
    ([, name]) => name,
  );
  expect(documented.length).toBeGreaterThan(0);
  expect(Object.keys(ANNOTATIONS).toSorted()).toEqual(documented.toSorted());
});

describe('the table of wiring tests', () => {
  test('names tests that there are, in the files where they are', () => {
    const named = [...WIRING, ...Object.values(ANNOTATIONS)];
    const missing = named.filter(({ file, title }) => titlesIn.get(file)?.includes(title) !== true);
    expect(missing).toEqual([]);
  });

  test('knows every wiring test', () => {
    const known = new Set([...WIRING, ...Object.values(ANNOTATIONS)].map(({ title }) => title));
    const titles = [...titlesIn.values()].flat();
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !known.has(title))).toEqual([]);
  });
});
