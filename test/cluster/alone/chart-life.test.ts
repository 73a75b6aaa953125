/** F-K6: the chart installed, upgraded, uninstalled and installed again, under a topology that does not notice. */
import { afterAll, expect, test } from '@jest/globals';
import { getJson, kubectl } from '../support/kubectl.ts';
import {
  installOperator,
  OPERATOR_NAMESPACE,
  RELEASE,
  uninstallOperator,
} from '../support/operator.ts';
import { identities, shell } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import { STORY_MS, story } from '../support/story.ts';

/** Whatever became of the story: the others need the operator as it was. */
afterAll(() => {
  installOperator();
});

const volumeOf = (namespace: string): string =>
  kubectl(['get', 'pvc', 'data-bank-0', '-n', namespace, '-o', 'jsonpath={.spec.volumeName}']);
const readyOperators = (): string =>
  kubectl([
    ...['get', 'deployment', RELEASE, '-n', OPERATOR_NAMESPACE],
    ...['-o', 'jsonpath={.status.readyReplicas}'],
  ]);
const namesOf = (kind: string): string[] =>
  (
    getJson([kind, '-n', OPERATOR_NAMESPACE]) as { items: { metadata: { name: string } }[] }
  ).items.map(({ metadata }) => metadata.name);

test(
  'F-K6: definitions, resources, pods and data stay when the chart is upgraded, uninstalled and installed again',
  story(['chart-life'], async ({ namespaces: { 'chart-life': namespace }, step }) => {
    const [owner, app] = [bank(namespace), teller(namespace, { replicas: 1 })];
    applyResources(owner, app);
    await untilReady(owner, app);
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    const pods = identities(namespace);
    const volume = volumeOf(namespace);
    const unchanged = (): void => {
      expect(identities(namespace)).toEqual(pods);
      expect(shell(namespace, 'teller-0', 'WRITE ^Account(17)')).toBe('Ada');
      expect(volumeOf(namespace)).toBe(volume);
    };
    expect(pods).toHaveLength(2);

    step('upgraded to two replicas that say more');
    const said = installOperator({ replicas: '2', logLevel: 'debug' });
    expect(said).toContain('kubectl get eds,eas');
    expect(readyOperators()).toBe('2');
    expect(namesOf('poddisruptionbudgets')).toEqual([RELEASE]);
    await untilReady(owner, app);
    unchanged();

    step('uninstalled');
    await uninstallOperator();
    expect(namesOf('deployments')).toEqual([]);
    kubectl(['get', 'crd', 'ecpdataservers.ecp.dev', 'ecpappservers.ecp.dev']);
    kubectl(['get', 'eds/bank', 'eas/teller', '-n', namespace]);
    unchanged();

    step('installed again, and at work');
    installOperator();
    await untilReady(owner, app);
    unchanged();
    patchSpec(app, { replicas: 2 });
    await untilReady(app);
    expect(shell(namespace, 'teller-1', 'WRITE ^Account(17)')).toBe('Ada');
    expect(namesOf('poddisruptionbudgets')).toEqual([]);
  }),
  STORY_MS,
);

test(
  'K16: with watchNamespaces the operator works with Roles alone, in these namespaces and in no other',
  story(['chart-here', 'chart-there'], async ({ namespaces, step, defer }) => {
    const { 'chart-here': here, 'chart-there': there } = namespaces;
    defer(() => installOperator());
    step('looks after one namespace');
    installOperator({ 'watchNamespaces[0]': here });
    const [owner, app, foreign] = [bank(here), teller(here, { replicas: 1 }), bank(there)];
    applyResources(foreign, owner, app);
    await untilReady(owner, app);
    expect(shell(here, 'teller-0', 'SET ^A=1 WRITE ^A')).toBe('1');
    expect(identities(there)).toEqual([]);
    expect(kubectl(['get', 'clusterroles', '-o', 'name'])).not.toContain('ecp-operator');
  }),
  STORY_MS,
);
