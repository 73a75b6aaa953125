/** Which image runs, when it is fetched, and with whose password. */
import { expect, test } from '@jest/globals';
import { apply, eventually } from '../support/kubectl.ts';
import { NEXT_IMAGE, NEXT_VERSION } from '../support/images.ts';
import { namespaceObject } from '../support/namespace.ts';
import { insideScript, instanceStatus, page, podOf, untilPodReady } from '../support/pods.ts';
import { applyResources, bank, patchSpec, resource, untilReady } from '../support/resources.ts';
import type { Resource, Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { scriptPod } from '../support/test-pods.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const HTTP_PORT = 8080;
/** On the node itself: runtimes speak plain HTTP with a registry on their own machine, and with no other. */
const REGISTRY_PORT = 5977;
const REGISTRY = `localhost:${REGISTRY_PORT}`;
const ASKED_MS = 90_000;

/** Both kinds; the app server uses nobody, so that it waits for nobody. */
const pair = (namespace: string, spec: Spec): readonly Resource[] => [
  bank(namespace, spec),
  resource('EcpAppServer', namespace, 'teller', spec),
];

test.concurrent(
  'F-K7: instances of both kinds run the image of the spec',
  story(['image'], async ({ namespaces: { image: namespace } }) => {
    const resources = pair(namespace, { image: NEXT_IMAGE });
    applyResources(...resources);
    await untilReady(...resources);
    for (const pod of PODS) expect(instanceStatus(namespace, pod).version).toBe(NEXT_VERSION);
  }),
);

/** Why the instance does not start. */
const waitingReason = (namespace: string, pod: string): string => {
  const [status] = podOf(namespace, pod)?.status.containerStatuses ?? [];
  return (status?.state as { waiting?: { reason?: string } } | undefined)?.waiting?.reason ?? '';
};

test.concurrent(
  'F-K1: images are fetched when imagePullPolicy says so, with the passwords of imagePullSecrets',
  story(['registry', 'fetched'], async ({ namespaces: { registry, fetched }, step }) => {
    apply([namespaceObject(registry, { 'pod-security.kubernetes.io/enforce': 'privileged' })]);
    const env = { REGISTRY_PORT: String(REGISTRY_PORT) };
    const options = { namespace: registry, name: 'registry', env, hostNetwork: true };
    apply([scriptPod(insideScript('registry'), options)]);
    const { spec } = await untilPodReady(registry, 'registry');
    const { nodeName = '' } = spec as { nodeName?: string };
    const asked = (): readonly { readonly path: string; readonly user: string }[] =>
      JSON.parse(page(registry, 'registry', HTTP_PORT, '/')) as { path: string; user: string }[];
    const users = (name: string): Set<string> =>
      new Set(asked().flatMap(({ path, user }) => (path.includes(`/${name}/`) ? [user] : [])));

    apply([pullSecret(fetched, 'password', 'ada')]);
    const nodeSelector = { 'kubernetes.io/hostname': nodeName };
    const podTemplate = { spec: { nodeSelector } };
    const resources = pair(fetched, { podTemplate, imagePullPolicy: 'Never' });
    const patch = (more: object): void => {
      for (const [i, one] of resources.entries()) {
        patchSpec(one, { image: `${REGISTRY}/${names[i] ?? ''}:1`, ...more });
      }
    };
    const names = PODS.map((pod) => `${fetched}-${pod}`);
    applyResources(...resources.map((one, i) => withImage(one, `${REGISTRY}/${names[i] ?? ''}:1`)));
    step('never fetched');
    for (const pod of PODS) {
      const never = (): true | undefined =>
        waitingReason(fetched, pod) === 'ErrImageNeverPull' ? true : undefined;
      await eventually(never, ASKED_MS, `${pod}: ${waitingReason(fetched, pod)}`);
    }
    for (const name of names) expect(users(name)).toEqual(new Set());
    step('fetched, without a password and with one');
    patch({ imagePullPolicy: 'Always' });
    for (const name of names) {
      const without = (): true | undefined => (users(name).has('') ? true : undefined);
      await eventually(without, ASKED_MS, `nobody asked for ${name}`);
      expect(users(name)).toEqual(new Set(['']));
    }
    patch({ imagePullSecrets: [{ name: 'password' }] });
    for (const name of names) {
      const withPassword = (): true | undefined => (users(name).has('ada') ? true : undefined);
      await eventually(withPassword, ASKED_MS, `nobody asked for ${name} with a password`);
    }
  }),
);

function withImage({ object, ...rest }: Resource, image: string): Resource {
  const { spec, ...more } = object as { readonly spec: object };
  return { ...rest, object: { ...more, spec: { ...spec, image } } };
}

function pullSecret(namespace: string, name: string, username: string): object {
  const auths = { [REGISTRY]: { username, password: 'secret' } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: { name, namespace },
    stringData: { '.dockerconfigjson': JSON.stringify({ auths }) },
  };
}
