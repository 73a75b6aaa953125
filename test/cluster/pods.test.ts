/**
 * What the builders make, as pods of the image on a real cluster: a data server and two app servers under
 * pod security `restricted`. The operator that applies the objects is still to come; here the test does.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsOf, workloadsOf } from '../support/pod-objects.ts';
import { apply, eventually, kubectl, tryKubectl } from './support/kubectl.ts';

const NAMESPACE = 'default';
const CRDS = join(import.meta.dirname, '../../crds');
const MANIFEST = join(import.meta.dirname, '../../examples/quickstart.yaml');
const READY_MS = 60_000;

interface Listed {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string };
}

beforeAll(async () => {
  const enforce = 'pod-security.kubernetes.io/enforce=restricted';
  kubectl(['label', 'namespace', NAMESPACE, enforce, '--overwrite']);
  kubectl(['apply', '--server-side', '-f', CRDS]);
  for (const kind of ['ecpdataservers', 'ecpappservers']) {
    kubectl(['wait', '--for=condition=Established', `crd/${kind}.ecp.dev`, '--timeout=30s']);
  }
  kubectl(['apply', '-f', MANIFEST]);
  const { items } = JSON.parse(kubectl(['get', 'ecp', '-o', 'json'])) as { items: Listed[] };
  const workloads = workloadsOf([readFileSync(MANIFEST, 'utf8')], {
    uidOf: ({ kind, metadata: { name } }) =>
      items.find((item) => item.kind === kind && item.metadata.name === name)?.metadata.uid ?? '',
  });
  apply(workloads.flatMap((workload) => objectsOf(workload)));
  await ready();
}, 120_000);

afterAll(() => {
  kubectl(['delete', '-f', MANIFEST, '--wait']);
});

async function ready(): Promise<void> {
  await eventually(() => {
    const path = '{.items[*].status.containerStatuses[0].ready}';
    const all = kubectl([
      'get',
      'pods',
      '-l',
      'app.kubernetes.io/managed-by',
      '-o',
      `jsonpath=${path}`,
    ]);
    return all === 'true true true' ? true : undefined;
  }, READY_MS);
}

/** What a line of M writes, run by the command line inside a pod. */
function shell(pod: string, line: string): string {
  const ecp = ['ecp', 'shell', '--at', '127.0.0.1:1973', '-e', line];
  return kubectl(['exec', pod, '-c', 'instance', '--', ...ecp]).trim();
}

describe('F-K1: pods of the image', () => {
  test('what one app server writes, another reads', () => {
    expect(shell('teller-0', 'SET ^Account(17)="Ada" WRITE ^Account(17)')).toBe('Ada');
    expect(shell('teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  });

  test('K4: with nobody to change the list, a replaced pod is known by its stable name', async () => {
    kubectl(['delete', 'pod', 'teller-0', 'bank-0', '--wait']);
    await ready();
    expect(await eventually(() => shell('teller-0', 'WRITE ^Account(17)'), READY_MS)).toBe('Ada');
    expect(shell('teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  });

  test('K8: a second instance on the volume is refused, naming the holder', () => {
    const answer = tryKubectl([
      ...['exec', 'bank-0', '--', 'env', 'ECP_INSTANCE_NAME=second'],
      ...['node', '/app/server/main.ts', '--configuration', '/etc/ecp/configuration.json'],
    ]);
    expect(answer.ok).toBe(false);
    expect(answer.stderr).toContain('in use by');
    expect(shell('teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  });

  test('K12: health is an answer, and metrics are there for Prometheus', () => {
    const get = (path: string): string =>
      kubectl(['get', '--raw', `/api/v1/namespaces/${NAMESPACE}/pods/bank-0:1975/proxy${path}`]);
    expect(get('/livez')).toContain('alive');
    expect(get('/metrics')).toContain('ecp_connection_state');
  });
});

test('F-K6: the volume of a deleted data server is kept', async () => {
  kubectl(['delete', 'ecpdataserver', 'bank', '--wait']);
  const gone = (): true | undefined => (tryKubectl(['get', 'pod', 'bank-0']).ok ? undefined : true);
  await eventually(gone, READY_MS);
  expect(kubectl(['get', 'pvc', 'data-bank-0', '-o', 'jsonpath={.status.phase}'])).toBe('Bound');
  kubectl(['apply', '-f', MANIFEST]);
});
