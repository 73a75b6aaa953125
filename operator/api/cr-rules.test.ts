import { describe, expect, test } from '@jest/globals';
import { isScalar, isSeq, parseDocument, visit } from 'yaml';
import { CR_RULES } from '../../test/cluster/fixtures/cr-rules.ts';
import type { CrExample } from '../../test/cluster/fixtures/cr-rules.ts';
import { formatPath } from '../../server/instance/configuration.ts';
import { generateCrds } from './crd.ts';
import { changeProblems, parseManifests, readResource } from './manifests.ts';
import type { EcpResource } from './manifests.ts';
import { isEcpError } from '../../server/base/errors.ts';

function parse({ kind, metadata }: CrExample, spec: unknown): EcpResource | undefined {
  const object = {
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name: 'x', ...metadata },
    spec,
  };
  try {
    return parseManifests([{ path: 'm.yaml', text: JSON.stringify(object) }]).resources[0];
  } catch (error) {
    expect(isEcpError(error, 'CONFIGURATION')).toBe(true);
    return undefined;
  }
}

function refused(example: CrExample): boolean {
  const after = parse(example, example.spec);
  if (after === undefined) return true;
  if (example.before === undefined) return false;
  const before = parse(example, example.before);
  expect(before).toBeDefined();
  return before !== undefined && changeProblems(before, after).length > 0;
}

describe('what the API server takes and refuses, `ecp up` takes and refuses', () => {
  test.each(CR_RULES.map((example) => [example.title, example] as const))(
    '%s',
    (_title, example) => {
      const here = example.clusterOnly === undefined && example.refusedWith !== undefined;
      expect(refused(example)).toBe(here);
    },
  );
});

test('every rule of the definitions has an example that it refuses', () => {
  const messages = new Set<string>();
  for (const text of Object.values(generateCrds('0.1.0'))) {
    visit(parseDocument(text), {
      Pair: (_key, { key, value }) => {
        if (!isScalar(key) || key.value !== 'x-kubernetes-validations' || !isSeq(value)) return;
        const rules = value.toJSON() as readonly { readonly message: string }[];
        for (const { message } of rules) messages.add(message);
      },
    });
  }
  const silent = [...messages].filter(
    (message) => !CR_RULES.some(({ refusedWith }) => refusedWith?.test(message) === true),
  );
  expect(messages.size).toBeGreaterThan(35);
  expect(silent).toEqual([]);
});

describe('readResource', () => {
  const object = (spec: unknown, metadata: object = {}) => ({
    apiVersion: 'ecp.dev/v1alpha1',
    kind: 'EcpAppServer',
    metadata: { name: 'teller', namespace: 'branch', ...metadata },
    spec,
  });

  test('gives an object of the API server with what identifies it', () => {
    const read = readResource(
      object({}, { uid: 'u', generation: 7, resourceVersion: '12', managedFields: [{}] }),
    );
    expect(read).toMatchObject({
      resource: {
        metadata: { uid: 'u', generation: 7, resourceVersion: '12' },
        spec: { replicas: 1 },
      },
      unknownFields: [],
    });
  });

  test('leaves fields of a newer definition out, and names them', () => {
    const read = readResource(
      object({
        color: 'red',
        databases: [{ name: 'A', weight: 2 }],
        storage: {},
      }),
    );
    expect(read).toMatchObject({
      resource: { spec: { databases: [{ name: 'A' }] } },
      unknownFields: expect.arrayContaining(['spec.color', 'spec.databases[0].weight']),
    });
  });

  test.each([
    ['nothing', undefined],
    ['another kind', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }],
    ['another version', { ...object({}), apiVersion: 'ecp.dev/v2' }],
    ['a field of a wrong type', object({ replicas: 'two', color: 'red' })],
    ['a rule across fields', object({ databases: [{ name: 'A' }] })],
  ])('says what is wrong with %s', (_what, value) => {
    const read = readResource(value);
    expect('problems' in read && read.problems.map(({ path }) => formatPath(path))).not.toEqual([]);
    expect('resource' in read).toBe(false);
  });
});
