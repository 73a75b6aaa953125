/** Every rule of the custom resource definitions, on a real API server under strict field validation. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { API_VERSION } from '../../operator/api/schema.ts';
import { CR_RULES, STATUS_RULES } from './fixtures/cr-rules.ts';
import { kubectl, tryKubectl } from './support/kubectl.ts';

const CRDS = join(import.meta.dirname, '../../crds');
const EXAMPLES = join(import.meta.dirname, '../../examples');
const KINDS = ['ecpdataservers', 'ecpappservers'];

beforeAll(() => {
  kubectl(['apply', '--server-side', '-f', CRDS]);
  for (const kind of KINDS) {
    kubectl(['wait', '--for=condition=Established', `crd/${kind}.ecp.dev`, '--timeout=30s']);
  }
});

const object = (kind: string, metadata: object, rest: object): string =>
  JSON.stringify({
    apiVersion: API_VERSION,
    kind,
    metadata: { name: 'example', ...metadata },
    ...rest,
  });

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
      kubectl(['delete', kind.toLowerCase(), '--all', '--wait']);
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
    const answer = tryKubectl(['replace', ...strict], object(kind, {}, { spec: {}, status }));
    kubectl(['delete', kind.toLowerCase(), 'example', '--wait']);
    if (refusedWith === undefined) expect(answer).toMatchObject({ ok: true });
    else {
      expect(answer.ok).toBe(false);
      expect(answer.stderr).toMatch(refusedWith);
    }
  });
});

test('the examples are taken', () => {
  kubectl(['create', '--dry-run=server', '--validate=strict', '-R', '-f', EXAMPLES]);
});
