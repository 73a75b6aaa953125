/** The next version of the chart under a topology that does not notice (K9). */
import { afterAll, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHART } from '../support/helm.ts';
import { IMAGE, NEXT_IMAGE, NEXT_VERSION } from '../support/images.ts';
import { getJson } from '../support/kubectl.ts';
import { installOperator } from '../support/operator.ts';
import {
  deletePod,
  identities,
  instanceStatus,
  podOf,
  shell,
  untilPodReady,
} from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  statusOf,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'ecp-chart-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The chart as it is released with the next version of the product; its definitions are the same. */
function nextChart(): string {
  const chart = join(folder, 'ecp-operator');
  cpSync(CHART, chart, { recursive: true });
  const file = join(chart, 'Chart.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/^(version|appVersion): .*$/gm, `$1: ${NEXT_VERSION}`));
  return chart;
}

const templates = (namespace: string): unknown => {
  const { items } = getJson(['statefulsets', '-n', namespace]) as {
    items: {
      metadata: { name: string; annotations: Readonly<Record<string, string>> };
      spec: { template: unknown };
      status: { updateRevision: string };
    }[];
  };
  return items.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    hash: metadata.annotations['ecp.dev/pod-template'],
    image: metadata.annotations['ecp.dev/image'],
    template: spec.template,
    revision: status.updateRevision,
  }));
};

test(
  'story 10 (F-K7): the next chart replaces no pod and changes no template; an instance of the version before restarts and follows',
  story(['story-10'], async ({ namespaces: { 'story-10': namespace }, step, defer }) => {
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    const before = { pods: identities(namespace), templates: templates(namespace) };
    defer(() => installOperator());
    installOperator({}, NEXT_IMAGE, nextChart());
    step('the operator is of the next version');
    const newer = { status: 'True', reason: 'NewerDefault' } as const;
    for (const named of [data, app]) {
      expect(await untilCondition(named, 'UpdateAvailable', newer)).toContain(NEXT_IMAGE);
    }
    patchSpec(data, { maxAppServers: 9 });
    await untilReady(data, app);
    expect({ pods: identities(namespace), templates: templates(namespace) }).toEqual(before);
    expect(statusOf(data).connections?.limit).toBe(9);

    step('a pod of the version before is deleted');
    const uid = podOf(namespace, 'teller-0')?.metadata.uid;
    deletePod(namespace, 'teller-0');
    const pod = await untilPodReady(namespace, 'teller-0', uid);
    expect(pod.spec.containers[0]?.image).toBe(IMAGE);
    expect(shell(namespace, 'teller-0', 'WRITE ^Account(17)')).toBe('Ada');

    step('the image is taken when it is asked for');
    patchSpec(data, { image: NEXT_IMAGE });
    patchSpec(app, { image: NEXT_IMAGE });
    await untilReady(data, app);
    await untilCondition(app, 'Progressing', { status: 'False' });
    expect(instanceStatus(namespace, 'bank-0').version).toBe(NEXT_VERSION);
    expect(statusOf(app).version).toBe(NEXT_VERSION);
    expect(shell(namespace, 'teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  }),
);
