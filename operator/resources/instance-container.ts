/** The container that an instance runs in. */
import { keysOf } from '../api/storage-fields.ts';
import { INSTANCE_CONTAINER, KEYS_VOLUME, POD_LAYOUT } from './pod-layout.ts';
import { containerResources } from './container-resources.ts';
import type { Workload } from './workload.ts';

/** What the namespace policy `restricted` asks of every container. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
} as const;

/**
 * A start may have a long journal to replay: six hours before the pod is started anew. Only then liveness
 * counts, and it asks for nothing but an answer (K12).
 */
const STARTUP = {
  initialDelaySeconds: 1,
  periodSeconds: 1,
  timeoutSeconds: 5,
  failureThreshold: 21_600,
} as const;
const LIVENESS = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 } as const;
const READINESS = { periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 3 } as const;

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

export function instanceContainer(workload: Workload, memoryBytes: number): object {
  const { resource, image, configuration } = workload;
  const { imagePullPolicy, resources, application, storage } = resource.spec;
  const probe = (path: string) => ({ httpGet: { path, port: 'metrics' } });
  const ours = variables(resource.metadata.namespace);
  const theirs = (application?.env ?? []).filter(
    ({ name, valueFrom }) => valueFrom !== undefined && !ours.some((own) => own.name === name),
  );
  const port = (name: string, containerPort: number, protocol = 'TCP') => ({
    name,
    containerPort,
    protocol,
  });
  return {
    name: INSTANCE_CONTAINER,
    image,
    ...(imagePullPolicy === undefined ? {} : { imagePullPolicy }),
    command: [
      'node',
      '--disable-warning=ExperimentalWarning',
      POD_LAYOUT.program,
      '--configuration',
      POD_LAYOUT.configurationFile,
    ],
    // Values that stand in the spec are in the configuration; the others only the kubelet can look up.
    env: [...ours, ...theirs.map(({ name, valueFrom }) => ({ name, valueFrom }))],
    ...(application === undefined || application.envFrom.length === 0
      ? {}
      : { envFrom: application.envFrom }),
    ports: [
      ...(resource.kind === 'EcpDataServer' ? [port('ecp', configuration.ecp.port)] : []),
      port('client', configuration.client.port),
      port('admin', configuration.admin.port),
      port('metrics', configuration.metrics.port),
      ...(application?.ports ?? []).map(({ name, containerPort, protocol }) =>
        port(name, containerPort, protocol),
      ),
    ],
    resources: containerResources(resources, memoryBytes),
    startupProbe: { ...probe('/readyz'), ...STARTUP },
    livenessProbe: { ...probe('/livez'), ...LIVENESS },
    readinessProbe: { ...probe('/readyz'), ...READINESS },
    securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true, readOnlyRootFilesystem: true },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'configuration', mountPath: POD_LAYOUT.configurationFolder, readOnly: true },
      { name: 'data', mountPath: POD_LAYOUT.dataVolume },
      ...(storage?.journal === undefined
        ? []
        : [{ name: 'journal', mountPath: POD_LAYOUT.journalVolume }]),
      ...(keysOf(resource.spec).length === 0
        ? []
        : [{ name: KEYS_VOLUME, mountPath: POD_LAYOUT.keysFolder, readOnly: true }]),
      { name: 'tmp', mountPath: POD_LAYOUT.temporaryFolder },
    ],
  };
}

/** The instance's name is the pod's, outside the namespace `default` with the namespace before it. */
function variables(namespace: string): Variable[] {
  const field = (name: string, fieldPath: string): Variable => ({
    name,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  });
  return [
    field('ECP_POD_UID', 'metadata.uid'),
    field('ECP_POD_NAME', 'metadata.name'),
    field('ECP_POD_NAMESPACE', 'metadata.namespace'),
    {
      name: 'ECP_INSTANCE_NAME',
      value: namespace === 'default' ? '$(ECP_POD_NAME)' : '$(ECP_POD_NAMESPACE)/$(ECP_POD_NAME)',
    },
  ];
}
