/** No mistake in a manifest loses data, and nobody gets another's by chance (K7). */
import { expect, test } from '@jest/globals';
import { kubectl, tryKubectl } from '../support/kubectl.ts';
import { installOperator, uninstallOperator } from '../support/operator.ts';
import { exec, identities, podOf, shell, untilPodGone } from '../support/pods.ts';
import {
  annotate,
  applyResources,
  bank,
  deleteResource,
  stored,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';

const NODES = 500;

/** Every node, as text. */
function exported(namespace: string): string[] {
  const text = exec(namespace, 'bank-0', ['ecp', 'export', '--at', '127.0.0.1:1973']);
  return text.split('\n').filter((line) => line.startsWith('^'));
}

test(
  'story 11 (F-K6): deleted, uninstalled, installed and applied again, the data is nobody’s until adoption is confirmed, and then it is the same',
  story(['story-11'], async ({ namespaces: { 'story-11': namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace, { replicas: 1 })];
    applyResources(data, app);
    await untilReady(data, app);
    const fill = `FOR i=1:1:${NODES} SET ^Account(i)="owner "_i,^Account(i,"balance")=i*1.5`;
    shell(namespace, 'teller-0', fill);
    const before = exported(namespace);
    expect(before).toHaveLength(2 * NODES);
    const formerUid = stored(data).metadata.uid;

    step('everything is deleted, and the chart uninstalled');
    deleteResource(app);
    deleteResource(data);
    await untilPodGone(namespace, 'bank-0');
    await uninstallOperator();
    const claim = ['get', 'pvc', 'data-bank-0', '-n', namespace, '-o', 'jsonpath={.status.phase}'];
    expect(kubectl(claim)).toBe('Bound');

    step('installed and applied again');
    installOperator();
    applyResources(data, app);
    const foreign = { status: 'True', reason: 'VolumesOfAnother' } as const;
    const message = await untilCondition(data, 'Degraded', foreign);
    expect(message).toContain('data-bank-0');
    expect(message).toContain(`ecp.dev/adopt-volumes=${formerUid}`);
    await untilCondition(data, 'Ready', { status: 'False' });
    expect(podOf(namespace, 'bank-0')).toBeUndefined();
    expect(identities(namespace)).toHaveLength(1);

    step('a UID that it is not is no confirmation');
    annotate(data, 'ecp.dev/adopt-volumes=11111111-2222-3333-4444-555555555555');
    await untilCondition(data, 'Degraded', foreign);
    expect(podOf(namespace, 'bank-0')).toBeUndefined();

    step('confirmed');
    annotate(data, `ecp.dev/adopt-volumes=${formerUid}`);
    await untilReady(data, app);
    expect(exported(namespace)).toEqual(before);
  }),
);

const SHRUNK = { storage: { data: { size: '1Gi' } } };
const CLASS = { storage: { data: { storageClassName: 'other' } } };

test(
  'story 11 (F-K6): a database removed or renamed, a smaller volume and another class are refused, naming the field',
  story(['refusals'], async ({ namespaces: { refusals: namespace } }) => {
    const data = bank(namespace);
    applyResources(data);
    await untilReady(data);
    shell(namespace, 'bank-0', 'SET ^Account(17)="Ada"');
    const refusals = [
      [{ databases: [] }, /spec\.databases/],
      [{ databases: [{ name: 'RENAMED' }] }, /spec\.databases/],
      [SHRUNK, /spec\.storage\.data\.size/],
      [CLASS, /spec\.storage\.data/],
    ] as const;
    for (const [spec, field] of refusals) {
      const patch = ['--type=merge', '-p', JSON.stringify({ spec })];
      const answer = tryKubectl(['patch', 'eds', 'bank', '-n', namespace, ...patch]);
      expect(answer.ok).toBe(false);
      expect(answer.stderr).toMatch(field);
    }
    expect(shell(namespace, 'bank-0', 'WRITE ^Account(17)')).toBe('Ada');
  }),
);
