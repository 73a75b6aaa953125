/** Two pods on one volume: the second one finds it locked and reads nothing (K8). */
import { expect, test } from '@jest/globals';
import { apply, eventually, getJson, kubectl } from './support/kubectl.ts';
import { podOf, shell } from './support/pods.ts';
import { applyResources, bank, untilReady } from './support/resources.ts';
import { story } from './support/story.ts';

const ENDED_MS = 60_000;

test(
  "story 12 (F-K6): a second pod forced onto the volume ends without serving and names the holder; the first one's writes are intact",
  story(['story-12'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-12'];
    const data = bank(namespace);
    applyResources(data);
    await untilReady(data);
    shell(namespace, 'bank-0', 'SET ^Account(17)="Ada"');
    step('a second pod with the first one’s volume');
    apply([secondOf(namespace)]);
    const ended = (): true | undefined =>
      podOf(namespace, 'second')?.status.phase === 'Failed' ? true : undefined;
    await eventually(ended, ENDED_MS, 'the second pod not failed');
    const said = kubectl(['logs', 'second', '-n', namespace]);
    expect(said).toContain('dataDirectory: in use by process 1 on bank-0');
    expect(podOf(namespace, 'second')?.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'False' }),
    );
    shell(namespace, 'bank-0', 'SET ^Account(18)="Bob"');
    expect(shell(namespace, 'bank-0', 'WRITE ^Account(17),^Account(18)')).toBe('AdaBob');
  }),
);

/** The first pod under another name, as somebody makes it who means to repair something. */
function secondOf(namespace: string): object {
  const { spec } = getJson(['pod', 'bank-0', '-n', namespace]) as {
    spec: Readonly<Record<string, unknown>>;
  };
  const { hostname: _hostname, subdomain: _subdomain, ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'second', namespace },
    spec: { ...rest, restartPolicy: 'Never' },
  };
}
