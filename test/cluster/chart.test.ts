/** What the chart renders, from values that are good and bad. Needs helm, and the API server for the last word. */
import { describe, expect, test } from '@jest/globals';
import { CHART, helm, render, tryHelm, valueFlags } from './support/helm.ts';
import type { Rendered, RenderOptions } from './support/helm.ts';
import { kubectl } from './support/kubectl.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}
interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: object;
  readonly resources: { readonly limits: { readonly memory: string } };
}
interface PodSpec {
  readonly securityContext: object;
  readonly containers: readonly [Container];
  readonly volumes: readonly object[];
  readonly topologySpreadConstraints: readonly { readonly whenUnsatisfiable: string }[];
}
interface DeploymentSpec {
  readonly replicas: number;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: PodSpec;
  };
}

const MONITORING = 'monitoring.coreos.com/v1';
const MONITORS = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'];
const CLUSTER_WIDE = ['ClusterRole', 'ClusterRoleBinding'];

const kinds = (objects: readonly Rendered[]): string[] => objects.map(({ kind }) => kind).sort();
const named = (objects: readonly Rendered[]): string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
const only = (objects: readonly Rendered[], ...wanted: readonly string[]): Rendered[] =>
  objects.filter(({ kind }) => wanted.includes(kind));
const rulesOf = (role: Rendered): readonly Rule[] => role['rules'] as readonly Rule[];

function deploymentOf(options: RenderOptions = {}): DeploymentSpec {
  const [deployment] = only(render(options), 'Deployment');
  if (deployment === undefined) throw new Error('no Deployment');
  return deployment['spec'] as DeploymentSpec;
}
const containerOf = (options?: RenderOptions): Container =>
  deploymentOf(options).template.spec.containers[0];
const imageOf = (values: RenderOptions['values'] = {}): string => containerOf({ values }).image;
const variable = (container: Container, name: string): string | undefined =>
  container.env.find((each) => each.name === `ECP_OPERATOR_${name}`)?.value;

test('helm lint --strict has nothing against it', () => {
  expect(helm('lint', '--strict', CHART)).toContain('0 chart(s) failed');
});

test('the API server takes everything that is rendered', () => {
  const values = { replicas: 2, 'networkPolicy.enabled': true, 'metrics.dashboard.enabled': true };
  const objects = render({ namespace: 'default', values });
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const server = ['--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict'];
  expect(
    kubectl(['apply', ...server, '-f', '-'], list)
      .trim()
      .split('\n'),
  ).toHaveLength(objects.length);
});

describe('RBAC', () => {
  const everywhere = only(render(), 'Role', 'ClusterRole');
  const narrow = render({ values: { watchNamespaces: ['data', 'branch'] } });

  test('no wildcard, no Secrets, no way into pods (F-K10)', () => {
    for (const role of [...everywhere, ...only(narrow, 'Role', 'ClusterRole')]) {
      for (const { apiGroups, resources, verbs } of rulesOf(role)) {
        expect([...apiGroups, ...resources, ...verbs].join(' ')).not.toContain('*');
        for (const resource of resources) {
          expect(resource).not.toMatch(
            /^(secrets|roles|clusterroles|.*bindings|customresource.*)$/,
          );
          expect(resource).not.toMatch(/^pods\//);
        }
        expect(verbs).not.toContain('deletecollection');
        for (const verb of verbs) expect(verb).not.toMatch(/^(escalate|bind|impersonate)$/);
      }
    }
  });

  test('every verb that is used and no other', () => {
    const [cluster] = only(everywhere, 'ClusterRole');
    expect(cluster === undefined ? {} : verbsOf(cluster)).toEqual({
      ecpdataservers: ['list', 'watch'],
      ecpappservers: ['list', 'watch'],
      'ecpdataservers/status': ['patch'],
      'ecpappservers/status': ['patch'],
      statefulsets: ['get', 'list', 'watch', 'create', 'patch'],
      services: ['get', 'list', 'watch', 'create', 'patch'],
      poddisruptionbudgets: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
      networkpolicies: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
      configmaps: ['get', 'list', 'watch', 'create', 'update'],
      persistentvolumeclaims: ['list', 'watch', 'patch'],
      pods: ['list', 'watch', 'delete'],
      namespaces: ['list', 'watch'],
      events: ['create', 'patch'],
    });
  });

  test('in its own namespace: one lease and tokens of itself alone', () => {
    const [own] = only(everywhere, 'Role');
    expect(own?.metadata).toMatchObject({ name: 'ecp-ecp-operator', namespace: 'ecp-system' });
    const named = own === undefined ? [] : rulesOf(own).filter((rule) => rule.resourceNames);
    expect(
      named.map(({ resources, resourceNames, verbs }) => [resources, resourceNames, verbs]),
    ).toEqual([
      [['leases'], ['ecp-ecp-operator'], ['get', 'update']],
      [['serviceaccounts/token'], ['ecp-ecp-operator'], ['create']],
    ]);
    expect(own === undefined ? {} : verbsOf(own)).toEqual({
      leases: ['create', 'get', 'update'],
      'serviceaccounts/token': ['create'],
    });
  });

  test('with watchNamespaces it has Roles there, and nothing cluster-wide', () => {
    expect(only(narrow, ...CLUSTER_WIDE)).toEqual([]);
    expect(only(narrow, 'Role', 'RoleBinding').map(({ metadata }) => metadata.namespace)).toEqual(
      expect.arrayContaining(['data', 'branch', 'ecp-system']),
    );
    for (const role of only(narrow, 'Role')) {
      expect(Object.keys(verbsOf(role))).not.toContain('namespaces');
    }
    const container = containerOf({ values: { watchNamespaces: ['data', 'branch'] } });
    expect(variable(container, 'WATCH_NAMESPACES')).toBe('data,branch');
  });

  test('every binding is of a role that is there, to the account of the pods', () => {
    for (const objects of [render(), narrow]) {
      const roles = named(only(objects, 'Role', 'ClusterRole'));
      const bindings = only(objects, 'RoleBinding', 'ClusterRoleBinding');
      expect(bindings).toHaveLength(roles.length);
      for (const { metadata, roleRef, subjects } of bindings) {
        const { kind, name } = roleRef as { readonly kind: string; readonly name: string };
        expect(roles).toContain(`${kind} ${metadata.namespace ?? ''}/${name}`);
        expect(subjects).toEqual([
          { kind: 'ServiceAccount', name: 'ecp-ecp-operator', namespace: 'ecp-system' },
        ]);
      }
    }
  });

  test('rbac.create=false leaves all of it to others', () => {
    const objects = render({ values: { 'rbac.create': false } });
    expect(only(objects, ...CLUSTER_WIDE, 'Role', 'RoleBinding')).toEqual([]);
  });

  function verbsOf(role: Rendered): Record<string, string[]> {
    const verbs: Record<string, string[]> = {};
    for (const rule of rulesOf(role)) {
      for (const resource of rule.resources) (verbs[resource] ??= []).push(...rule.verbs);
    }
    return verbs;
  }
});

test('K16: nothing of two releases has the same name, wherever and however they are called', () => {
  const names = [
    ['a', 'b'],
    ['a', 'c'],
    ['a-b', 'c'],
    ['a', 'b-c'],
  ].flatMap(([namespace = '', release = '']) =>
    named(render({ namespace, release, values: { 'crds.install': false } })),
  );
  expect(new Set(names).size).toBe(names.length);
});

describe('the pod', () => {
  test('fits pod security `restricted`, and writes to no disk but a small /tmp', () => {
    const { securityContext, containers, volumes } = deploymentOf().template.spec;
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
  });

  test('runs the tag, by default that of the chart, or the digest when there is one', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const [, appVersion] = /^appVersion: (.*)$/m.exec(helm('show', 'chart', CHART)) ?? [];
    expect(imageOf()).toBe(`ecp-server:${appVersion}`);
    expect(imageOf({ 'image.repository': 'r:5000/ecp', 'image.tag': 'x' })).toBe('r:5000/ecp:x');
    expect(imageOf({ 'image.tag': 'x', 'image.digest': digest })).toBe(`ecp-server@${digest}`);
  });

  test('hands instances its own image, or another', () => {
    const own = containerOf({ values: { 'image.tag': 'x' } });
    expect(variable(own, 'SERVER_IMAGE')).toBe('ecp-server:x');
    const other = containerOf({ values: { serverImage: 'r/ecp-server:9' } });
    expect(variable(other, 'SERVER_IMAGE')).toBe('r/ecp-server:9');
  });

  test('is selected by labels that stay over upgrades and are told to network policies', () => {
    const { selector, template } = deploymentOf({ values: { podLabels: { team: 'x' } } });
    expect(template.metadata.labels).toMatchObject({ ...selector.matchLabels, team: 'x' });
    expect(Object.keys(selector.matchLabels)).toEqual([
      'app.kubernetes.io/name',
      'app.kubernetes.io/instance',
    ]);
    const told = Object.entries(selector.matchLabels).map((pair) => pair.join('='));
    expect(variable(containerOf(), 'POD_LABELS')).toBe(told.join(','));
  });

  test('has memory for Node and the client', () => {
    const { memory } = containerOf().resources.limits;
    expect(Number(/^(\d+)Mi$/.exec(memory)?.[1])).toBeGreaterThanOrEqual(256);
  });

  test('replicas are spread softly, with a budget when there are several', () => {
    const several = render({ values: { replicas: 3 } });
    expect(deploymentOf({ values: { replicas: 3 } }).replicas).toBe(3);
    const { topologySpreadConstraints } = deploymentOf().template.spec;
    expect(topologySpreadConstraints).toHaveLength(2);
    for (const { whenUnsatisfiable } of topologySpreadConstraints) {
      expect(whenUnsatisfiable).toBe('ScheduleAnyway');
    }
    expect(only(several, 'PodDisruptionBudget').map(({ spec }) => spec)).toMatchObject([
      { maxUnavailable: 1 },
    ]);
    expect(only(render(), 'PodDisruptionBudget')).toEqual([]);
  });

  test('own spread constraints take the place of the default', () => {
    const own = { topologyKey: 'rack', maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule' };
    const { spec } = deploymentOf({ values: { topologySpreadConstraints: [own] } }).template;
    expect(spec.topologySpreadConstraints).toEqual([own]);
  });
});

describe('monitors', () => {
  const values = Object.fromEntries(
    ['serviceMonitor', 'podMonitor', 'rules'].map((each) => [`metrics.${each}.enabled`, true]),
  );

  test('are left out where their kinds do not exist', () => {
    expect(only(render({ values }), ...MONITORS)).toEqual([]);
  });

  test.each(MONITORS)('%s is there where its kind is, and wanted', (kind) => {
    const apiVersions = [`${MONITORING}/${kind}`];
    expect(kinds(only(render({ values, apiVersions }), ...MONITORS))).toEqual([kind]);
    expect(only(render({ apiVersions }), ...MONITORS)).toEqual([]);
  });

  test('look where the operator looks', () => {
    const apiVersions = [`${MONITORING}/PodMonitor`];
    const spec = (more: object): unknown =>
      only(render({ values: { ...values, ...more }, apiVersions }), 'PodMonitor')[0]?.['spec'];
    expect(spec({})).toMatchObject({ namespaceSelector: { any: true } });
    expect(spec({ watchNamespaces: ['data'] })).toMatchObject({
      namespaceSelector: { matchNames: ['data'] },
    });
  });

  test('rules and dashboard arrive whole, their own braces included', () => {
    const objects = render({
      values: { ...values, 'metrics.dashboard.enabled': true },
      apiVersions: [`${MONITORING}/PrometheusRule`],
    });
    const [rules] = only(objects, 'PrometheusRule');
    expect(JSON.stringify(rules?.['spec'])).toContain('{{ $labels.namespace }}');
    const [dashboard] = only(objects, 'ConfigMap');
    const { 'ecp.json': text = '' } = dashboard?.['data'] as Readonly<Record<string, string>>;
    expect(JSON.parse(text)).toMatchObject({ title: 'Enterprise Cache Protocol' });
  });
});

test('crds.install=false gives no definition and nothing that guards them', () => {
  const all = kinds(render());
  const guarded = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
  const definitions = all.filter((kind) => kind === 'CustomResourceDefinition');
  expect(definitions).toHaveLength(2);
  expect(all).toEqual(expect.arrayContaining(guarded));
  const without = kinds(render({ values: { 'crds.install': false } }));
  expect(without).toEqual(all.filter((kind) => ![...definitions, ...guarded].includes(kind)));
});

test('F-K6: definitions are marked to be kept', () => {
  for (const { metadata } of only(render(), 'CustomResourceDefinition')) {
    expect(metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });
  }
});

describe('a bad value is refused, and named', () => {
  const labels = { 'app.kubernetes.io/name': 'x' };
  test.each<[string, unknown, string]>([
    ['replcas', 1, 'replcas'],
    ['image.tagg', 'x', "at '/image'"],
    ['replicas', -1, '/replicas'],
    ['replicas', 10, '/replicas'],
    ['replicas', '2', '/replicas'],
    ['image.tag', 5, '/image/tag'],
    ['image.tag', 'a b', '/image/tag'],
    ['image.digest', 'sha256:12', '/image/digest'],
    ['image.repository', '', '/image/repository'],
    ['image.repository', 'ecp-server:0.1.0@x', '/image/repository'],
    ['image.pullPolicy', 'always', '/image/pullPolicy'],
    ['imagePullSecrets', ['x'], '/imagePullSecrets/0'],
    ['watchNamespaces', 'data', '/watchNamespaces'],
    ['watchNamespaces', ['Data'], '/watchNamespaces/0'],
    ['watchNamespaces', ['a', 'a'], '/watchNamespaces'],
    ['clusterDomain', 'cluster_local', '/clusterDomain'],
    ['logLevel', 'trace', '/logLevel'],
    ['leaderElection.leaseDurationSeconds', 0, '/leaderElection/leaseDurationSeconds'],
    ['leaderElection.renewDeadlineSeconds', 15, 'leaderElection.renewDeadlineSeconds'],
    ['leaderElection.retryPeriodSeconds', 5, 'leaderElection.renewDeadlineSeconds'],
    ['crds.install', 'no', '/crds/install'],
    ['serviceAccount.create', false, '/serviceAccount/name'],
    ['resources.limits', { memory: '512MB' }, '/resources/limits/memory'],
    ['podLabels', labels, '/podLabels'],
    ['metrics.rules.labels', labels, '/metrics/rules/labels'],
    ['metrics.podMonitor.interval', '30', '/metrics/podMonitor/interval'],
    ['tolerations', [{ effect: 'Never' }], '/tolerations/0/effect'],
    ['affinity', { podAfinity: {} }, '/affinity'],
    ['topologySpreadConstraints', [{ maxSkew: 1 }], '/topologySpreadConstraints/0'],
    ['fullnameOverride', 'Ecp', '/fullnameOverride'],
  ])('%s = %j', (path, value, told) => {
    const { ok, stderr } = tryHelm('template', 'ecp', CHART, ...valueFlags({ [path]: value }));
    expect(ok).toBe(false);
    expect(stderr).toContain(told);
  });

  test('and what a parent chart hands down is not', () => {
    expect(render({ values: { global: { imageRegistry: 'r' } } }).length).toBeGreaterThan(0);
  });
});

describe('the notes', () => {
  const notes = (values: RenderOptions['values'] = {}): string =>
    helm(
      ...['install', 'ecp', CHART, '--namespace', 'ecp-system', '--dry-run=client'],
      ...valueFlags(values),
    ).replace(/^.*?^NOTES:$/ms, '');

  test('begin with what was installed, and warn of nothing', () => {
    expect(notes()).toContain('is installed in namespace ecp-system as release ecp.');
    expect(notes()).toContain('looking after all namespaces');
    expect(notes()).toContain('kubectl get eds,eas');
    expect(notes()).not.toContain('NOTE:');
  });

  test('have an example that the API server takes as it is copied', () => {
    const [, manifest = ''] = /<<'EOF'\n(.*?)^EOF$/ms.exec(notes()) ?? [];
    const answer = kubectl(
      ['create', '--dry-run=server', '--validate=strict', '-f', '-'],
      manifest,
    );
    expect(answer.trim().split('\n')).toHaveLength(2);
  });

  test.each<[string, unknown, string]>([
    ['watchNamespaces', ['data'], 'namespaces.from: Selector'],
    ['crds.install', false, 'crds.install is false'],
    ['rbac.create', false, 'rbac.create is false'],
    ['replicas', 0, 'replicas is 0'],
    ['metrics.podMonitor.enabled', true, 'PodMonitor'],
  ])('warn when %s is %j', (path, value, told) => {
    const warnings = notes({ [path]: value })
      .split('\nNOTE:')
      .slice(1);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(told);
  });
});
