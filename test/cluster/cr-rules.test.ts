/** Every rule of the custom resource definitions, on a real API server under strict field validation. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { API_VERSION } from '../../operator/api/schema.ts';
import { CR_RULES, STATUS_RULES } from './fixtures/cr-rules.ts';
import { apply, kubectl, tryKubectl } from './support/kubectl.ts';
import type { Answer } from './support/kubectl.ts';
import { namespaceObject } from './support/namespace.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const NAMESPACE = 'cr-rules';
const CONFLICTS_MAX = 5;

beforeAll(() => apply([namespaceObject(NAMESPACE)]));
afterAll(() => {
  kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
});

/** Paused: the API server is asked here, and no pods are to come of it. */
const object = (
  kind: string,
  metadata: Readonly<Record<string, unknown>>,
  rest: object,
): string => {
  const annotations = { ...(metadata['annotations'] as object), 'ecp.dev/paused': 'true' };
  const named = { name: 'example', namespace: NAMESPACE, ...metadata, annotations };
  return JSON.stringify({ apiVersion: API_VERSION, kind, metadata: named, ...rest });
};
const within = ['-n', NAMESPACE];

describe('F-K1: a spec', () => {
  test.each(CR_RULES)('$title', ({ kind, metadata = {}, before, spec, refusedWith }) => {
    const strict = ['--validate=strict', '-f', '-'];
    let answer;
    if (before === undefined) {
      answer = tryKubectl(
        ['create', '--dry-run=server', ...strict],
        object(kind, metadata, { spec }),
      );
    } else {
      kubectl(['create', ...strict], object(kind, metadata, { spec: before }));
      answer = tryKubectl(['replace', ...strict], object(kind, metadata, { spec }));
      kubectl(['delete', kind.toLowerCase(), '--all', '--wait', ...within]);
    }
    if (refusedWith === undefined) expect(answer).toMatchObject({ ok: true });
    else {
      expect(answer.ok).toBe(false);
      expect(answer.stderr).toMatch(refusedWith);
    }
  });
});

describe('F-K5: a status', () => {
  test.each(STATUS_RULES)('$title', ({ kind, status, refusedWith }) => {
    kubectl(['create', '-f', '-'], object(kind, {}, { spec: {} }));
    const strict = ['--subresource=status', '--validate=strict', '-f', '-'];
    const replace = (): Answer =>
      tryKubectl(['replace', ...strict], object(kind, {}, { spec: {}, status }));
    // The operator writes a status too, and may come in between.
    let answer = replace();
    for (let i = 0; i < CONFLICTS_MAX && answer.stderr.includes('(Conflict)'); i++) {
      answer = replace();
    }
    kubectl(['delete', kind.toLowerCase(), 'example', '--wait', ...within]);
    if (refusedWith === undefined) expect(answer).toMatchObject({ ok: true });
    else {
      expect(answer.ok).toBe(false);
      expect(answer.stderr).toMatch(refusedWith);
    }
  });
});

/** In one namespace: theirs are not there. */
const examples = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8'))
      .map((document) => document.toJS() as Example)
      .filter((example) => example.apiVersion === API_VERSION)
      .map((example) => ({ file, example, name: `${example.kind} ${example.metadata.name}` })),
  );
interface Example {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

test.each(examples)('the example $file is taken: $name', ({ example }) => {
  const here = { ...example, metadata: { ...example.metadata, namespace: NAMESPACE } };
  const strict = ['--dry-run=server', '--validate=strict', '-f', '-'];
  kubectl(['create', ...strict], JSON.stringify(here));
});
