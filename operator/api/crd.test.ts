import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { generateApiReference } from './api-reference.ts';
import { generateChartCrds } from './chart-crd.ts';
import { crdVersion, generateCrds } from './crd.ts';

const { version: RELEASE } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly anyOf?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: unknown;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly { rule: string; message: string }[];
}

interface Crd {
  readonly spec: {
    readonly names: { readonly shortNames: string[]; readonly categories: string[] };
    readonly versions: readonly {
      readonly schema: { readonly openAPIV3Schema: Schema };
      readonly subresources: object;
      readonly additionalPrinterColumns: readonly {
        readonly name: string;
        readonly jsonPath: string;
        readonly priority?: number;
      }[];
    }[];
  };
}

const CRDS = Object.entries(generateCrds(RELEASE)).map(
  ([name, text]) => [name, parse(text) as Crd] as const,
);

/** Every schema of a definition with its path, the root first. */
function* walk(schema: Schema, path = ''): Generator<readonly [string, Schema]> {
  yield [path, schema];
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    yield* walk(inner, `${path}.${name}`);
  }
  if (schema.items !== undefined) yield* walk(schema.items, `${path}[]`);
}

function schemas(crd: Crd): (readonly [string, Schema])[] {
  const root = crd.spec.versions[0]?.schema.openAPIV3Schema;
  return root === undefined ? [] : [...walk(root)];
}

describe.each(CRDS)('%s', (name, crd) => {
  test('is what stands in crds/', () => {
    const committed = readFileSync(new URL(`../../crds/${name}`, import.meta.url), 'utf8');
    expect(committed).toBe(generateCrds(RELEASE)[name]);
  });

  test('documents every field', () => {
    const silent = schemas(crd).filter(
      ([path, { description }]) =>
        description === undefined && path !== '.metadata' && !path.endsWith('[]'),
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test('is structural: every field has one type, and nothing that the API server refuses', () => {
    const wrong = schemas(crd).filter(
      ([, schema]) =>
        (schema.type === undefined) === (schema['x-kubernetes-int-or-string'] === undefined) ||
        schema.anyOf !== undefined ||
        schema.additionalProperties === false,
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('bounds every number, list and text of the spec', () => {
    const spec = schemas(crd).filter(([path]) => path.startsWith('.spec'));
    const unbounded = spec.filter(
      ([, schema]) =>
        (schema.type === 'integer' &&
          (schema.minimum === undefined || (schema.maximum ?? Infinity) > 2_147_483_647)) ||
        (schema.type === 'array' && schema.maxItems === undefined) ||
        (schema.type === 'string' && schema.enum === undefined && schema.maxLength === undefined),
    );
    expect(unbounded.map(([path]) => path)).toEqual([]);
  });

  test('says in words what each CEL rule asks', () => {
    const rules = schemas(crd).flatMap(([, schema]) => schema['x-kubernetes-validations'] ?? []);
    expect(rules.length).toBeGreaterThan(8);
    expect(rules.filter(({ message }) => message.length < 10)).toEqual([]);
  });

  test('holds nothing that does not work yet', () => {
    const paths = schemas(crd).map(([path]) => path);
    const early = /\.(tls|users|roles|mirror|connection)\b/;
    expect(paths.filter((path) => early.test(path))).toEqual([]);
  });
});

test('short names, category, subresources and columns (F-K5)', () => {
  const wide = ['Endpoint', 'Config', 'Message'];
  expect(
    CRDS.map(([, { spec }]) => ({
      names: [spec.names.shortNames, spec.names.categories],
      subresources: spec.versions[0]?.subresources,
      columns: spec.versions[0]?.additionalPrinterColumns.map(({ name }) => name),
      wide: spec.versions[0]?.additionalPrinterColumns
        .filter(({ priority }) => priority === 1)
        .map(({ name }) => name),
    })),
  ).toEqual([
    {
      names: [['eds'], ['ecp']],
      subresources: { status: {} },
      columns: [
        ...['Ready', 'Reason', 'Connected', 'Version', 'Age'],
        ...['Endpoint', 'Config', 'Image', 'Message'],
      ],
      wide: ['Endpoint', 'Config', 'Image', 'Message'],
    },
    {
      names: [['eas'], ['ecp']],
      subresources: {
        status: {},
        scale: {
          specReplicasPath: '.spec.replicas',
          statusReplicasPath: '.status.replicas',
          labelSelectorPath: '.status.selector',
        },
      },
      columns: ['Replicas', 'Ready', 'Connected', 'Reason', 'Version', 'Age', ...wide],
      wide,
    },
  ]);
});

test.each(CRDS)('%s: every column shows a field that there is', (_name, crd) => {
  const paths = schemas(crd).map(([path]) => path);
  const columns = crd.spec.versions[0]?.additionalPrinterColumns ?? [];
  const shown = columns
    .map(({ jsonPath }) => jsonPath.replace(/\[\?.*?\]/, '[]'))
    .filter((path) => !path.startsWith('.metadata'));
  expect(shown.filter((path) => !paths.includes(path))).toEqual([]);
});

test.each(CRDS)('%s stays small: a release of the chart holds it (K10)', (name) => {
  expect(generateCrds(RELEASE)[name]?.length).toBeLessThan(96 * 1024);
});

describe('K16: definitions in the chart', () => {
  test('outlive the release, and a second release or an older one leaves them out', () => {
    for (const [name, text] of Object.entries(generateChartCrds(RELEASE))) {
      const [, install, , newer] = text.split('\n');
      expect(install).toBe('{{- if .Values.crds.install }}');
      expect(newer).toMatch(
        RegExp(`if le .*ecp.dev/crd-version.* \\$there . int\\) ${crdVersion(RELEASE)} `),
      );
      expect(text).toContain('    helm.sh/resource-policy: keep\n');
      const plain = text
        .replaceAll(/^ *\{\{.*\}\}\n/gm, '')
        .replace('  labels:\n', '')
        .replace('    helm.sh/resource-policy: keep\n', '');
      expect(parse(plain)).toEqual(parse(generateCrds(RELEASE)[name] ?? ''));
    }
  });

  test.each([
    ['0.0.1', 1],
    ['0.1.0', 1000],
    ['0.12.3', 12_003],
    ['1.0.0-rc.1', 1_000_000],
    ['2.10.999+build', 2_010_999],
  ])('carry a number that grows with releases: %s', (release, number) => {
    expect(crdVersion(release)).toBe(number);
  });

  test.each(['1.0', '1.1000.0', 'v1.0.0', '1.0.0.0', ''])('have none for %j', (release) => {
    expect(() => crdVersion(release)).toThrow('no version');
  });
});

test('the reference tells of every field and every rule', () => {
  const reference = generateApiReference();
  const committed = new URL('../../docs/api-reference.md', import.meta.url);
  expect(readFileSync(committed, 'utf8')).toBe(reference);
  const rows = new Set(
    [...reference.matchAll(/^\| `(?<path>[^`]+)` \|/gm)].map((row) => row.groups?.['path']),
  );
  for (const [, crd] of CRDS) {
    for (const [path, schema] of schemas(crd)) {
      const field = path.replace(/^\.(spec|status)\.?/, '');
      const told =
        rows.has(field) || field === '' || field.endsWith('[]') || !/^\.(spec|status)/.test(path);
      expect([path, told]).toEqual([path, true]);
      for (const { message } of schema['x-kubernetes-validations'] ?? []) {
        expect(reference).toContain(`: ${message}: `);
      }
    }
  }
});

test('ranges and defaults of the guide stand in the schema (F-E5)', () => {
  const all = new Map(CRDS.flatMap(([, crd]) => schemas(crd)));
  const range = (path: string): unknown[] => {
    const schema = all.get(path);
    return [schema?.minimum, schema?.maximum, schema?.default];
  };
  expect(range('.spec.maxAppServers')).toEqual([1, 254, 1]);
  expect(range('.spec.maxDataServers')).toEqual([1, 254, 2]);
  expect(range('.spec.timeouts.troubledSeconds')).toEqual([20, 65_535, 60]);
  expect(range('.spec.timeouts.recoverySeconds')).toEqual([10, 65_535, 1200]);
  expect(range('.spec.timeouts.reconnectIntervalSeconds')).toEqual([1, 60, 5]);
  expect(range('.spec.replicas')).toEqual([0, 254, 1]);
});
