/**
 * K16: what becomes of the definitions when the chart is upgraded, taken back, uninstalled and installed again. The
 * release is the one that all stories share; here it has no pods, for nothing of this is the operator's work.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { generateChartCrds } from '../../../operator/api/chart-crd.ts';
import { crdVersion, CRD_VERSION_ANNOTATION } from '../../../operator/api/crd.ts';
import { CHART, helm, tryHelm } from '../support/helm.ts';
import type { Rendered } from '../support/helm.ts';
import { apply, eventually, getJson, kubectl, tryKubectl } from '../support/kubectl.ts';
import type { Answer } from '../support/kubectl.ts';
import { namespaceObject } from '../support/namespace.ts';
import { installOperator, OPERATOR_NAMESPACE, RELEASE } from '../support/operator.ts';

const CRDS = join(import.meta.dirname, '../../../crds');
const DEFINITIONS = ['crd/ecpappservers.ecp.dev', 'crd/ecpdataservers.ecp.dev'];
const OTHER_NAMESPACE = 'chart-crds';
const NEWER = '999.0.0';
const FIELD = 'fromTheFuture';
/** Until the API server heeds a policy that was made just now. */
const GUARD_DELAY_MS = 30_000;
const OWNERSHIP = ['meta.helm.sh/release-name-', 'meta.helm.sh/release-namespace-'];

const folder = mkdtempSync(join(tmpdir(), 'ecp-charts-'));
const [, VERSION = ''] =
  /^version: (.*)$/m.exec(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) ?? [];
const NUMBER = String(crdVersion(VERSION));
const NEWER_NUMBER = String(crdVersion(NEWER));

/** A copy of the chart as another version of it, with a field more in each spec where `field` says so. */
function chartOf(version: string, field?: string): string {
  const chart = join(folder, version);
  cpSync(CHART, chart, { recursive: true });
  const file = join(chart, 'Chart.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/^(version|appVersion): .*$/gm, `$1: ${version}`));
  for (const [name, crd] of Object.entries(generateChartCrds(version))) {
    const wider =
      field === undefined
        ? crd
        : crd.replace(/( +)spec:\n.*\n.*\n +properties:\n/, `$&$1    ${field}: {type: string}\n`);
    writeFileSync(join(chart, 'templates/crds', name), wider);
  }
  return chart;
}

const IN_OPERATOR_NAMESPACE = ['--namespace', OPERATOR_NAMESPACE];
const NO_PODS = ['--set', 'replicas=0'];
const install = (...more: readonly string[]): Answer =>
  tryHelm('install', RELEASE, CHART, ...IN_OPERATOR_NAMESPACE, ...NO_PODS, ...more);
const upgrade = (chart: string): string =>
  helm('upgrade', RELEASE, chart, ...IN_OPERATOR_NAMESPACE, ...NO_PODS);
const uninstall = (): string => helm('uninstall', RELEASE, ...IN_OPERATOR_NAMESPACE, '--wait');
const rollback = (revision: string): Answer =>
  tryHelm('rollback', RELEASE, revision, ...IN_OPERATOR_NAMESPACE);
const revision = (): string =>
  (
    JSON.parse(helm('status', RELEASE, ...IN_OPERATOR_NAMESPACE, '-o', 'json')) as {
      readonly version: number;
    }
  ).version.toString();

/** Number and further field of the definition of app servers. */
function definition(): readonly [string | undefined, boolean] {
  const { metadata, spec } = getJson(['crd', 'ecpappservers.ecp.dev']) as Rendered;
  return [metadata.annotations?.[CRD_VERSION_ANNOTATION], JSON.stringify(spec).includes(FIELD)];
}
const valueThere = (): string =>
  kubectl(['get', 'eas', 'example', '-n', OTHER_NAMESPACE, '-o', `jsonpath={.spec.${FIELD}}`]);
/** The chart that the operator itself is of. */
function chartThere(): string | undefined {
  const { metadata } = getJson(['deployment', RELEASE, '-n', OPERATOR_NAMESPACE]) as Rendered;
  return metadata.labels?.['helm.sh/chart'];
}

beforeAll(() => {
  apply([namespaceObject(OTHER_NAMESPACE)]);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  kubectl(['delete', 'namespace', OTHER_NAMESPACE, '--wait']);
  // What docs/install.md tells of going back for good.
  kubectl(['annotate', ...DEFINITIONS, `${CRD_VERSION_ANNOTATION}-`]);
  installOperator();
});

test('what the API server keeps of the definitions is what we wrote: no tool sees a difference', () => {
  for (const file of readdirSync(CRDS)) {
    const { metadata, spec } = parse(readFileSync(join(CRDS, file), 'utf8')) as Rendered;
    const { spec: kept } = getJson(['crd', metadata.name]) as Rendered;
    // Nobody writes the field, which has one value where there is one version.
    expect(kept).toEqual({ ...(spec as object), conversion: { strategy: 'None' } });
  }
});

test('a second release is refused as long as it wants the definitions too', () => {
  const other = ['install', 'other', CHART, '--namespace', OTHER_NAMESPACE, ...NO_PODS];
  const { ok, stderr } = tryHelm(...other);
  expect(ok).toBe(false);
  expect(stderr).toContain('must equal "other": current value is "ecp-operator"');
  helm(...other, '--set', 'crds.install=false');
  helm('uninstall', 'other', '--namespace', OTHER_NAMESPACE);
  expect(definition()).toEqual([NUMBER, false]);
});

describe('a newer chart', () => {
  let before = '';

  test('replaces the definitions', () => {
    before = revision();
    upgrade(chartOf(NEWER, FIELD));
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    const metadata = { name: 'example', namespace: OTHER_NAMESPACE };
    const kind = { apiVersion: 'ecp.dev/v1alpha1', kind: 'EcpAppServer' };
    const resource = JSON.stringify({ ...kind, metadata, spec: { [FIELD]: 'kept' } });
    const create = (): string => kubectl(['create', '--validate=strict', '-f', '-'], resource);
    return eventually(create, GUARD_DELAY_MS);
  });

  test('upgrading to an older one leaves them, and what resources have of them', () => {
    upgrade(CHART);
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    kubectl(['label', 'eas', 'example', '-n', OTHER_NAMESPACE, 'written=again']);
    expect(valueThere()).toBe('kept');
  });

  test('and back to the newer one they belong to the release again', () => {
    upgrade(join(folder, NEWER));
    expect(helm('get', 'manifest', RELEASE, ...IN_OPERATOR_NAMESPACE)).toContain(FIELD);
  });

  test('helm rollback takes back all but them, and says so', () => {
    const { ok, stderr } = rollback(before);
    expect(ok).toBe(false);
    expect(stderr).toContain('this definition is older than the one that is there');
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    expect(chartThere()).toBe(`ecp-operator-${VERSION}`);
  });

  test('and an upgrade to the older chart completes it', () => {
    upgrade(CHART);
    expect(helm('status', RELEASE, ...IN_OPERATOR_NAMESPACE)).toContain('STATUS: deployed');
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    expect(valueThere()).toBe('kept');
  });

  test('kubectl cannot take them back either, as long as the chart is there', () => {
    const dry = ['--server-side', '--force-conflicts', '--dry-run=server'];
    const { ok, stderr } = tryKubectl(['apply', ...dry, '-f', CRDS]);
    expect(ok).toBe(false);
    expect(stderr).toContain('would drop fields that resources have');
  });

  test('uninstalling keeps them and resources, and an older chart that comes then keeps them too', () => {
    uninstall();
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    expect(valueThere()).toBe('kept');
    expect(install()).toMatchObject({ ok: true });
    expect(definition()).toEqual([NEWER_NUMBER, true]);
    expect(valueThere()).toBe('kept');
  });

  test('whoever wants to go back all the same takes the number away first', async () => {
    kubectl(['annotate', ...DEFINITIONS, `${CRD_VERSION_ANNOTATION}-`]);
    upgrade(CHART);
    expect(definition()).toEqual([NUMBER, false]);
    await eventually(() => (valueThere() === '' ? true : undefined), GUARD_DELAY_MS);
  });
});

test('between versions of one schema helm rollback goes through', () => {
  const before = revision();
  upgrade(chartOf('998.0.0'));
  expect(definition()).toEqual([String(crdVersion('998.0.0')), false]);
  expect(rollback(before)).toMatchObject({ ok: true });
  expect(definition()).toEqual([NUMBER, false]);
});

test('definitions that kubectl has applied are taken over when helm is told to', () => {
  expect(uninstall()).toContain('kept due to the resource policy');
  kubectl(['label', ...DEFINITIONS, 'app.kubernetes.io/managed-by-']);
  kubectl(['annotate', ...DEFINITIONS, ...OWNERSHIP]);
  const refused = install();
  expect(refused.ok).toBe(false);
  expect(refused.stderr).toContain('cannot be imported into the current release');
  expect(install('--take-ownership')).toMatchObject({ ok: true });
});

test('a release stays far from the 1 MiB that a Secret holds (K10)', () => {
  const { items } = getJson(['secrets', '-n', OPERATOR_NAMESPACE, '-l', 'owner=helm']) as {
    readonly items: readonly { readonly data: { readonly release: string } }[];
  };
  expect(items.length).toBeGreaterThan(0);
  for (const { data } of items) expect(data.release.length).toBeLessThan(256 * 1024);
});
