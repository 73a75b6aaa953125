/** Who the processes are: podTemplate.spec.securityContext, told by the processes themselves and by who refuses what. */
import { expect, test } from '@jest/globals';
import { apply, eventually, getJson, kubectl } from '../support/kubectl.ts';
import { namespaceObject } from '../support/namespace.ts';
import { deletePod, exec, identities, podOf, shell, untilPodReady } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import type { Resource } from '../support/resources.ts';
import { story } from '../support/story.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const REFUSED_MS = 60_000;
const [USER, GROUP, FS_GROUP, OTHER_GROUP] = [70_001, 70_002, 70_003, 70_004];
const IDENTITY = {
  runAsUser: USER,
  runAsGroup: GROUP,
  fsGroup: FS_GROUP,
  supplementalGroups: [OTHER_GROUP],
};
const MARK = '/var/lib/ecp/mark';

/** Both kinds with the same security context, on volumes. */
function pair(namespace: string, securityContext: object): readonly [Resource, Resource] {
  const podTemplate = { spec: { securityContext } };
  return [
    bank(namespace, { podTemplate }),
    teller(namespace, { replicas: 1, storage: {}, podTemplate }),
  ];
}

/** What an expression comes to in a pod's container. */
const inside = (namespace: string, pod: string, expression: string): unknown =>
  JSON.parse(exec(namespace, pod, ['node', '-p', `JSON.stringify(${expression})`]));

test.concurrent(
  'F-K1: processes have the user and the groups of the spec, and volumes the group',
  story(['identity'], async ({ namespaces: { identity: namespace }, step }) => {
    const resources = pair(namespace, { ...IDENTITY, fsGroupChangePolicy: 'Always' });
    applyResources(...resources);
    await untilReady(...resources);
    const uids = (): string[] => identities(namespace).map((one) => one.split(' ')[1] ?? '');
    const restarted = async (before: readonly string[]): Promise<void> => {
      for (const [i, pod] of PODS.entries()) await untilPodReady(namespace, pod, before[i]);
    };
    const me =
      '[process.getuid(), process.getgid(), process.getgroups(), fs.statSync("/var/lib/ecp").gid]';
    const give = `fs.writeFileSync("${MARK}", "") ?? fs.chownSync("${MARK}", ${USER}, ${OTHER_GROUP}) ?? 0`;
    const owner = `fs.statSync("${MARK}").gid`;
    for (const pod of PODS) {
      const groups = expect.arrayContaining([GROUP, FS_GROUP, OTHER_GROUP]) as unknown;
      expect(inside(namespace, pod, me)).toEqual([USER, GROUP, groups, FS_GROUP]);
      inside(namespace, pod, give);
      expect(inside(namespace, pod, owner)).toBe(OTHER_GROUP);
    }
    step('replaced: every file belongs to the group again');
    let before = uids();
    for (const pod of PODS) deletePod(namespace, pod);
    await restarted(before);
    for (const pod of PODS) {
      expect(inside(namespace, pod, owner)).toBe(FS_GROUP);
      inside(namespace, pod, give);
    }
    step('with OnRootMismatch what is below stays as it is');
    before = uids();
    const securityContext = { ...IDENTITY, fsGroupChangePolicy: 'OnRootMismatch' };
    for (const one of resources) patchSpec(one, { podTemplate: { spec: { securityContext } } });
    await restarted(before);
    for (const pod of PODS) expect(inside(namespace, pod, owner)).toBe(OTHER_GROUP);
    shell(namespace, 'teller-0', 'SET ^Account(1)=1');
  }),
);

test.concurrent(
  'F-K1: a seccomp profile of the node is asked for by its name, and RuntimeDefault is in force without one',
  story(['seccomp'], async ({ namespaces: { seccomp: namespace }, step }) => {
    const localhostProfile = 'profiles/nobody-has-this.json';
    const resources = pair(namespace, {
      seccompProfile: { type: 'Localhost', localhostProfile },
    });
    applyResources(...resources);
    const refusal = async (pod: string): Promise<void> => {
      const probe = (): string | undefined => {
        const [container] = statuses(namespace, pod);
        return container?.state.waiting?.message;
      };
      expect(await eventually(probe, REFUSED_MS, `${pod}: not refused`)).toContain(
        localhostProfile,
      );
    };
    for (const pod of PODS) await refusal(pod);
    step('without a profile of its own');
    for (const one of resources) {
      patchSpec(one, { podTemplate: { spec: { securityContext: { seccompProfile: null } } } });
    }
    await untilReady(...resources);
    const mode = 'fs.readFileSync("/proc/1/status", "utf8").match(/^Seccomp:\\s+(\\d)$/m)[1]';
    // 2: a filter is in force.
    for (const pod of PODS) expect(inside(namespace, pod, mode)).toBe('2');
  }),
);

interface ContainerStatus {
  readonly state: { readonly waiting?: { readonly message?: string } };
}
const statuses = (namespace: string, pod: string): readonly ContainerStatus[] =>
  (podOf(namespace, pod)?.status as { containerStatuses?: ContainerStatus[] } | undefined)
    ?.containerStatuses ?? [];

test.concurrent(
  'F-K1: SELinux options reach the pods and whoever judges them (labels are not enforced here)',
  story(['selinux'], async ({ namespaces: { selinux: namespace }, step }) => {
    const seLinuxOptions = { user: 'system_u', role: 'system_r', type: 'spc_t', level: 's0:c1,c2' };
    const resources = pair(namespace, { seLinuxOptions });
    applyResources(...resources);
    for (const name of ['bank', 'teller']) {
      const probe = (): string | undefined => {
        const events = kubectl(['events', '-n', namespace, '--for', `statefulset/${name}`]);
        return events.includes('seLinuxOptions') ? events : undefined;
      };
      const said = await eventually(probe, REFUSED_MS, `${name}: not refused`);
      expect(said).toMatch(/type "spc_t"/);
      expect(said).toMatch(/user may not be set/);
      expect(said).toMatch(/role may not be set/);
    }
    step('where pod security is off');
    apply([namespaceObject(namespace, { 'pod-security.kubernetes.io/enforce': 'privileged' })]);
    await untilReady(...resources);
    for (const pod of PODS) {
      const stored = getJson(['pod', pod, '-n', namespace]) as {
        spec: { securityContext: { seLinuxOptions: object } };
      };
      expect(stored.spec.securityContext.seLinuxOptions).toEqual(seLinuxOptions);
    }
  }),
);
