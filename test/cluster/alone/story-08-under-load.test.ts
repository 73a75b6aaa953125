/** Pods killed, evicted and drained while changes are written: what was acknowledged as durable is there. */
import { expect, test } from '@jest/globals';
import { crash } from '../support/crash.ts';
import { getJson, kubectl } from '../support/kubectl.ts';
import { deletePod, podOf, tryEvict, untilPodReady } from '../support/pods.ts';
import { applyResources, bank, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import type { Story } from '../support/story.ts';
import { Load } from '../support/test-pods.ts';

/** So many that both app servers have some: each connection reaches one of them. */
const WRITERS = 8;
const MORE = 200;
const MORE_MS = 90_000;

/** A topology with writers at work on it. */
async function underLoad(
  namespace: string,
  { step }: Pick<Story<never>, 'step'>,
): Promise<{ readonly load: Load; readonly goesOn: (after: string) => Promise<void> }> {
  const [data, app] = [bank(namespace), teller(namespace)];
  applyResources(data, app);
  await untilReady(data, app);
  const target = `teller.${namespace}.svc.cluster.local:1973`;
  const load = await Load.start(namespace, { targets: Array<string>(WRITERS).fill(target) });
  const goesOn = async (after: string): Promise<void> => {
    await load.untilMore(MORE, MORE_MS);
    step(`writing goes on after ${after}: ${JSON.stringify(load.report())}`);
  };
  await goesOn('the start');
  return { load, goesOn };
}

const uidOf = (namespace: string, name: string): string =>
  podOf(namespace, name)?.metadata.uid ?? '';

/** App servers whose sessions an instance took up again, by its log. */
function reclaimed(namespace: string, pod: string): string[] {
  return kubectl(['logs', pod, '-n', namespace])
    .split('\n')
    .filter((line) => line.includes('"event":"reclaimed"'))
    .map((line) => (JSON.parse(line) as { appServer: string }).appServer);
}

test(
  'story 8 (F-K9): app pods killed and evicted under load lose no durable write, and a budget keeps one of two',
  story(['story-08a'], async ({ namespaces: { 'story-08a': namespace }, step }) => {
    const { load, goesOn } = await underLoad(namespace, { step });
    const killed = crash(namespace, 'teller-0');
    await killed.untilBack();
    await goesOn('a killed app server');
    const before = ['teller-0', 'teller-1'].map((name) => uidOf(namespace, name));
    expect(tryEvict(namespace, 'teller-0').ok).toBe(true);
    const second = tryEvict(namespace, 'teller-1');
    expect(second.stderr).toContain('disruption budget');
    await untilPodReady(namespace, 'teller-0', before[0]);
    expect(tryEvict(namespace, 'teller-1').ok).toBe(true);
    await untilPodReady(namespace, 'teller-1', before[1]);
    await goesOn('both were evicted, one after the other');
    const { missing, ...report } = load.verify();
    step(JSON.stringify(report));
    expect(missing).toEqual([]);
  }),
);

test(
  'story 8 (F-K9): a data server killed, restarted and drained under load loses no durable write and keeps its sessions',
  story(['story-08b'], async ({ namespaces: { 'story-08b': namespace }, step, defer }) => {
    const { load, goesOn } = await underLoad(namespace, { step });
    const both = [`${namespace}/teller-0`, `${namespace}/teller-1`];
    const killed = crash(namespace, 'bank-0');
    await killed.untilBack();
    await goesOn('a killed data server');
    expect([...new Set(reclaimed(namespace, 'bank-0'))].toSorted()).toEqual(both);

    const first = uidOf(namespace, 'bank-0');
    deletePod(namespace, 'bank-0');
    await untilPodReady(namespace, 'bank-0', first);
    await goesOn('a restart in order');
    expect([...new Set(reclaimed(namespace, 'bank-0'))].toSorted()).toEqual(both);

    const { spec } = getJson(['pod', 'bank-0', '-n', namespace]) as { spec: { nodeName: string } };
    const restarted = uidOf(namespace, 'bank-0');
    step(`${spec.nodeName} is drained of the data server`);
    defer(() => kubectl(['uncordon', spec.nodeName]));
    const selector = '--pod-selector=ecp.dev/data-server=bank';
    kubectl(['drain', spec.nodeName, selector, '--delete-emptydir-data', '--timeout=50s']);
    kubectl(['uncordon', spec.nodeName]);
    await untilPodReady(namespace, 'bank-0', restarted);
    await goesOn('a drain');
    const { missing, ...report } = load.verify();
    step(JSON.stringify(report));
    expect(missing).toEqual([]);
  }),
);
