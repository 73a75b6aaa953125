/** Services, told by who answers behind them, and NetworkPolicies, as far as a cluster without their enforcement can tell. */
import { expect, test } from '@jest/globals';
import { eventually, getJson, kubectl, tryKubectl } from '../support/kubectl.ts';
import { exec, podOf } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { serviceOf } from './common.ts';

const CHANGED_MS = 30_000;
const BOTH = ['bank', 'teller'] as const;

interface Service {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly type: string;
    readonly clusterIP: string;
    readonly ipFamilyPolicy: string;
    readonly ipFamilies: readonly string[];
    readonly ports: readonly { readonly name: string; readonly nodePort?: number }[];
  };
}
const serviceObject = (namespace: string, name: string): Service =>
  getJson(['service', name, '-n', namespace]) as Service;

/** What an instance says that listens at an address, asked from another pod. */
const answer = (namespace: string, address: string): string =>
  exec(namespace, 'bank-0', ['ecp', 'shell', '--at', address, '-e', 'WRITE "it answers"']).trim();

/** Of the node that the pods run on. */
const nodeAddress = (namespace: string): string =>
  (podOf(namespace, 'teller-0')?.status as { hostIP?: string } | undefined)?.hostIP ?? '';

test.concurrent(
  'F-K1: Services have the type, families and annotations of the spec, and answer where they should',
  story(['services'], async ({ namespaces: { services: namespace }, step }) => {
    const service = { ipFamilyPolicy: 'PreferDualStack' };
    const [data, app] = [
      bank(namespace, { service: { ...service, type: 'ClusterIP' } }),
      teller(namespace, { replicas: 1, service: { ...service, type: 'NodePort' } }),
    ];
    applyResources(data, app);
    await untilReady(data, app);
    for (const name of BOTH) {
      expect(serviceObject(namespace, name).spec.ipFamilyPolicy).toBe('PreferDualStack');
      expect(answer(namespace, `${serviceOf(namespace, name)}:1973`)).toBe('it answers');
    }
    expect(serviceObject(namespace, 'bank').spec).toMatchObject({ type: 'ClusterIP' });
    expect(serviceObject(namespace, 'bank').spec.clusterIP).toMatch(/^[0-9a-f.:]+$/);
    const atNode = (): string => {
      const port = serviceObject(namespace, 'teller').spec.ports.find(
        ({ name }) => name === 'client',
      )?.nodePort;
      return `${nodeAddress(namespace)}:${port ?? 0}`;
    };
    step(`at the node: ${atNode()}`);
    expect(answer(namespace, atNode())).toBe('it answers');
    patchSpec(app, { service: { type: 'LoadBalancer' } });
    const isLoadBalancer = (): true | undefined =>
      serviceObject(namespace, 'teller').spec.type === 'LoadBalancer' ? true : undefined;
    await eventually(isLoadBalancer, CHANGED_MS, 'the Service not a LoadBalancer');
    expect(answer(namespace, atNode())).toBe('it answers');
    patchSpec(app, { service: { type: 'ClusterIP' } });
    const isInside = (): true | undefined =>
      serviceObject(namespace, 'teller').spec.ports.every(({ nodePort }) => nodePort === undefined)
        ? true
        : undefined;
    await eventually(isInside, CHANGED_MS, 'the Service not inside');

    step('two families, where there is one');
    if (serviceObject(namespace, 'bank').spec.ipFamilies.length === 1) {
      for (const one of [data, app]) {
        patchSpec(one, { service: { ipFamilyPolicy: 'RequireDualStack' } });
        const refused = { status: 'True', reason: 'InvalidObject' } as const;
        expect(await untilCondition(one, 'Degraded', refused)).toContain('ipFamilyPolicy');
        patchSpec(one, { service: { ipFamilyPolicy: 'SingleStack' } });
      }
      await untilReady(data, app);
      expect(serviceObject(namespace, 'bank').spec.ipFamilyPolicy).toBe('SingleStack');
    }

    step('annotations');
    const annotations = { 'service.kubernetes.io/topology-mode': 'Auto', 'test/mine': 'kept' };
    for (const one of [data, app]) patchSpec(one, { service: { annotations } });
    for (const name of BOTH) {
      const annotated = (): true | undefined =>
        serviceObject(namespace, name).metadata.annotations?.['test/mine'] === 'kept'
          ? true
          : undefined;
      await eventually(annotated, CHANGED_MS, `${name}: no annotations`);
      // A cluster of few nodes has no zones to hint at, which the controller of endpoints says.
      const followed = (): true | undefined =>
        kubectl(['events', '-n', namespace, '--for', `service/${name}`]).includes('TopologyAware')
          ? true
          : undefined;
      await eventually(followed, CHANGED_MS, `${name}: nobody follows the annotation`);
    }
  }),
);

test.concurrent(
  'F-K9: a NetworkPolicy stands for the allow-list while its mode is Managed, and is gone with None (not enforced here)',
  story(['policies'], async ({ namespaces: { policies: namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace, { replicas: 1 })];
    applyResources(data, app);
    await untilReady(data, app);
    const policy = (name: string): object =>
      getJson(['networkpolicy', name, '-n', namespace]) as object;
    expect(policy('bank')).toMatchObject({
      spec: {
        podSelector: { matchLabels: { 'ecp.dev/data-server': 'bank' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { 'ecp.dev/app-server': 'teller' } } }],
            ports: [{ port: 'ecp' }],
          },
          { ports: [{ port: 'admin' }] },
          { ports: [{ port: 'client' }, { port: 'metrics' }] },
        ],
      },
    });
    expect(policy('teller')).toMatchObject({
      spec: { ingress: [{ ports: [{ port: 'admin' }] }, { ports: [{ port: 'client' }, {}] }] },
    });
    step('mode None');
    for (const one of [data, app]) patchSpec(one, { networkPolicy: { mode: 'None' } });
    for (const name of BOTH) {
      const gone = (): true | undefined =>
        tryKubectl(['get', 'networkpolicy', name, '-n', namespace]).ok ? undefined : true;
      await eventually(gone, CHANGED_MS, `${name}: the policy not gone`);
    }
    step('Managed again');
    for (const one of [data, app]) patchSpec(one, { networkPolicy: { mode: 'Managed' } });
    for (const name of BOTH) {
      const back = (): true | undefined =>
        tryKubectl(['get', 'networkpolicy', name, '-n', namespace]).ok ? true : undefined;
      await eventually(back, CHANGED_MS, `${name}: the policy not back`);
    }
  }),
);
