/**
 * What people may say about pods: a part of Kubernetes' PodTemplateSpec, small and without what would open
 * the node (hostNetwork, hostPath, capabilities, sysctls). What is taken as it is (affinity) the API server
 * checks when the operator uses it; its refusal becomes a condition.
 */
import { z } from 'zod';
import { fieldsOf } from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import { annotationMap, labelMap, objectName, preserved, rules } from './schema.ts';

const TOLERATIONS_MAX = 32;
const CONSTRAINTS_MAX = 8;
const GROUPS_MAX = 32;
const ID_MAX = 2_147_483_647;

/** Labels by which the operator, its Services and its policies find pods. */
const OWN_LABELS = ['instance', 'managed-by', 'name'].map((name) => `app.kubernetes.io/${name}`);
const OWN_PREFIX = 'ecp.dev/';
const OWN_MESSAGE = `labels and annotations that begin with ${OWN_PREFIX}, and the labels ${OWN_LABELS.join(', ')}, are the operator's`;

const text = (lengthMax: number, description: string) =>
  z.string().max(lengthMax).optional().describe(description);
const id = z.int().min(1).max(ID_MAX);
const atomic = { 'x-kubernetes-list-type': 'atomic' } as const;

const toleration = z.strictObject({
  key: text(317, 'Key of the taint; without it, with operator Exists, every taint.'),
  operator: z.enum(['Exists', 'Equal']).optional().describe('By default Equal.'),
  value: text(63, 'Value of the taint.'),
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .optional()
    .describe('Effect of the taint; without it every one.'),
  tolerationSeconds: z
    .int()
    .min(0)
    .max(ID_MAX)
    .optional()
    .describe('With NoExecute: how long the pod stays.')
    .meta({ format: 'int64' }),
});

const spreadConstraint = z.strictObject({
  maxSkew: z.int().min(1).max(1000).describe('Largest difference between two domains.'),
  topologyKey: z.string().min(1).max(317).describe('Label of nodes that makes the domains.'),
  whenUnsatisfiable: z
    .enum(['DoNotSchedule', 'ScheduleAnyway'])
    .describe('What happens to a pod that does not fit.'),
  labelSelector: preserved('Pods that are counted; without it those of this resource.').optional(),
  minDomains: z.int().min(1).max(1000).optional().describe('Domains that there must be.'),
  nodeAffinityPolicy: z.enum(['Honor', 'Ignore']).optional().describe('By default Honor.'),
  nodeTaintsPolicy: z.enum(['Honor', 'Ignore']).optional().describe('By default Ignore.'),
});

const securityContext = z
  .strictObject({
    runAsUser: id.optional().describe('User of the processes, by default 65532; never root.'),
    runAsGroup: id.optional().describe('Their group, by default 65532.'),
    fsGroup: id.optional().describe('Group that owns the volumes, by default 65532.'),
    fsGroupChangePolicy: z
      .enum(['Always', 'OnRootMismatch'])
      .optional()
      .describe('When the ownership of volumes is set; by default OnRootMismatch.'),
    supplementalGroups: z
      .array(id)
      .max(GROUPS_MAX)
      .optional()
      .describe('Further groups.')
      .meta(atomic),
    seLinuxOptions: z
      .strictObject({
        user: text(256, 'SELinux user.'),
        role: text(256, 'SELinux role.'),
        type: text(256, 'SELinux type.'),
        level: text(256, 'SELinux level.'),
      })
      .optional()
      .describe('SELinux label of the processes.'),
    seccompProfile: z
      .strictObject({
        type: z
          .enum(['RuntimeDefault', 'Localhost'])
          .describe('RuntimeDefault, or a profile of the node.'),
        localhostProfile: text(256, 'With Localhost: its file.'),
      })
      .optional()
      .describe('System calls that are allowed; by default RuntimeDefault.'),
  })
  .optional()
  .describe('Identity of the processes. Privileges cannot be raised.');

export const podTemplate = z
  .strictObject({
    metadata: z
      .strictObject({
        labels: labelMap
          .default({})
          .describe("Labels besides the operator's.")
          .meta(
            rules({
              rule: `!self.exists(k, k.startsWith('${OWN_PREFIX}') || k in ${JSON.stringify(OWN_LABELS).replaceAll('"', "'")})`,
              message: OWN_MESSAGE,
            }),
          ),
        annotations: annotationMap
          .default({})
          .describe("Annotations besides the operator's.")
          .meta(
            rules({
              rule: `!self.exists(k, k.startsWith('${OWN_PREFIX}'))`,
              message: OWN_MESSAGE,
            }),
          ),
      })
      .prefault({})
      .describe('Labels and annotations of the pods.'),
    spec: z
      .strictObject({
        nodeSelector: labelMap.default({}).describe('Labels that a node must have.'),
        tolerations: z
          .array(toleration)
          .max(TOLERATIONS_MAX)
          .default([])
          .describe('Taints that the pods bear.')
          .meta(atomic),
        affinity: preserved(
          'Which nodes and neighbours pods seek or avoid, as Kubernetes describes it.',
        ).optional(),
        topologySpreadConstraints: z
          .array(spreadConstraint)
          .max(CONSTRAINTS_MAX)
          .optional()
          .describe(
            'How pods spread over nodes and zones; without this field softly over nodes, with an empty list not at all.',
          )
          .meta(atomic),
        priorityClassName: objectName.optional().describe('Their priority class.'),
        serviceAccountName: objectName
          .optional()
          .describe('Their ServiceAccount, for application containers and image pulls.'),
        securityContext,
      })
      .prefault({})
      .describe('Where pods run, and as whom.'),
  })
  .prefault({})
  .describe('What of the pods you choose. Who may create this resource may create pods.');

/** Keys that the operator keeps to itself, in code; paths start at the spec. */
export function podTemplateProblems(template: unknown): Problem[] {
  const metadata = fieldsOf(fieldsOf(template)['metadata']);
  return ['labels', 'annotations'].flatMap((field) =>
    Object.keys(fieldsOf(metadata[field]))
      .filter(
        (key) =>
          key.startsWith(OWN_PREFIX) ||
          (field === 'labels' && OWN_LABELS.some((own) => own === key)),
      )
      .map((key) => ({
        path: ['podTemplate', 'metadata', field, key],
        message: "is the operator's",
      })),
  );
}
