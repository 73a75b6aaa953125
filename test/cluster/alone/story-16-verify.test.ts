/** The guarantees of appendix A on pods, while those are killed, evicted, deleted and rolled. */
import { expect, test } from '@jest/globals';
import { crash } from '../support/crash.ts';
import { IMAGE } from '../support/images.ts';
import { apply, eventually, kubectl, tryKubectl } from '../support/kubectl.ts';
import { deletePod, podOf, tryEvict, untilPodReady } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { serviceOf } from '../wiring/common.ts';

const SECONDS = 60;
const AFTERWARDS_MS = 150_000;

/** A pod that runs `ecp verify` once. */
const verifier = (namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'verifier', namespace },
  spec: {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'verify',
        image: IMAGE,
        command: [
          ...['ecp', 'verify', '--expect-faults', '--seconds', String(SECONDS), '--at'],
          `${serviceOf(namespace, 'bank')}:1973`,
          // Each connection reaches one of them.
          ...Array<string>(2).fill(`${serviceOf(namespace, 'teller')}:1973`),
        ],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
});

test(
  'story 16 (F-E6, F-M4): every guarantee is kept while pods are killed, evicted, deleted and rolled',
  story(['story-16'], async ({ namespaces: { 'story-16': namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    const uidOf = (name: string): string => podOf(namespace, name)?.metadata.uid ?? '';
    apply([verifier(namespace)]);
    step('teller-0 is killed');
    await crash(namespace, 'teller-0').untilBack();
    step('bank-0 is killed');
    await crash(namespace, 'bank-0').untilBack();
    step('teller-1 is evicted');
    const evicted = uidOf('teller-1');
    expect(tryEvict(namespace, 'teller-1').ok).toBe(true);
    await untilPodReady(namespace, 'teller-1', evicted);
    step('bank-0 is deleted');
    const deleted = uidOf('bank-0');
    deletePod(namespace, 'bank-0');
    await untilPodReady(namespace, 'bank-0', deleted);
    step('all are rolled');
    const rolled = ['bank-0', 'teller-0', 'teller-1'].map(uidOf);
    const annotations = { 'example.org/rolled': 'once' };
    for (const one of [data, app]) patchSpec(one, { podTemplate: { metadata: { annotations } } });
    for (const [i, name] of ['bank-0', 'teller-0', 'teller-1'].entries())
      await untilPodReady(namespace, name, rolled[i]);
    step('waits for the verdicts');
    const phase = (): string | undefined => {
      const { stdout } = tryKubectl([
        ...['get', 'pod', 'verifier', '-n', namespace, '-o', 'jsonpath={.status.phase}'],
      ]);
      return stdout === 'Succeeded' || stdout === 'Failed' ? stdout : undefined;
    };
    const ended = await eventually(phase, SECONDS * 1000 + AFTERWARDS_MS, 'verifier not done');
    const report = kubectl(['logs', 'verifier', '-n', namespace]);
    for (const line of report.trim().split('\n')) step(line);
    expect(report).not.toContain('VIOLATION');
    expect(report).toMatch(/A\.1\.2 Lock +PASS/);
    expect(report).toMatch(/A\.1\.5 Commit +PASS/);
    expect(report).toMatch(/Durable changes +PASS/);
    expect(ended).toBe('Succeeded');
  }),
);
