/** What the operator is told by its environment (charts/ecp-operator). Every fault is reported at once, by the variable's name. */
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be a name as Kubernetes has them');
const seconds = z.coerce.number().int().min(1).max(3600);

/** `a=b,c=d` */
const labels = z.string().transform((text, context) => {
  const pairs = text.split(',').filter((pair) => pair !== '');
  if (pairs.some((pair) => !/^[^=]+=[^=]*$/.test(pair))) {
    context.addIssue({ code: 'custom', message: 'must be labels as in a=b,c=d' });
  }
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
});

const names = z
  .string()
  .transform((text) => text.split(',').filter((one) => one !== ''))
  .pipe(z.array(name));

const environment = z
  .object({
    /** Image of resources that name none. */
    ECP_OPERATOR_SERVER_IMAGE: z.string().min(1),
    ECP_OPERATOR_NAMESPACE: name,
    ECP_OPERATOR_POD_NAME: z.string().min(1),
    ECP_OPERATOR_SERVICE_ACCOUNT: z.string().min(1),
    /** Comma-separated; empty: all. */
    ECP_OPERATOR_WATCH_NAMESPACES: names.default([]),
    ECP_OPERATOR_CLUSTER_DOMAIN: z.string().min(1).default('cluster.local'),
    ECP_OPERATOR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    ECP_OPERATOR_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
    /** Labels of the operator's own pods, which may reach admin ports. */
    ECP_OPERATOR_POD_LABELS: labels,
    /** Who this is, among several operators in a cluster (K16). */
    ECP_OPERATOR_MANAGER: z.string().min(1),
    ECP_OPERATOR_LEASE_NAME: z.string().min(1),
    ECP_OPERATOR_LEASE_DURATION_SECONDS: seconds.default(15),
    ECP_OPERATOR_LEASE_RENEW_SECONDS: seconds.default(10),
    ECP_OPERATOR_LEASE_RETRY_SECONDS: seconds.default(2),
  })
  .superRefine((given, context) => {
    const { ECP_OPERATOR_LEASE_DURATION_SECONDS: lease, ECP_OPERATOR_LEASE_RENEW_SECONDS: renew } =
      given;
    if (renew >= lease || 2 * given.ECP_OPERATOR_LEASE_RETRY_SECONDS >= renew) {
      context.addIssue({
        code: 'custom',
        path: ['ECP_OPERATOR_LEASE_RENEW_SECONDS'],
        message: 'must be more than two retries and less than the duration of the lease',
      });
    }
  });

export interface ProcessSettings {
  readonly serverImage: string;
  readonly namespace: string;
  readonly podName: string;
  readonly serviceAccount: string;
  readonly watchNamespaces: readonly string[];
  readonly clusterDomain: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly healthPort: number;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly manager: string;
  readonly lease: {
    readonly name: string;
    readonly durationMs: number;
    readonly renewMs: number;
    readonly retryMs: number;
  };
}

/** Throws an Error that names every variable at fault and its rule. */
export function readSettings(variables: NodeJS.ProcessEnv): ProcessSettings {
  const read = environment.safeParse(variables);
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `  ${path.map(String).join('.')}: ${message}`,
    );
    throw new Error(['the operator cannot start with this environment', ...problems].join('\n'));
  }
  const given = read.data;
  return {
    serverImage: given.ECP_OPERATOR_SERVER_IMAGE,
    namespace: given.ECP_OPERATOR_NAMESPACE,
    podName: given.ECP_OPERATOR_POD_NAME,
    serviceAccount: given.ECP_OPERATOR_SERVICE_ACCOUNT,
    watchNamespaces: given.ECP_OPERATOR_WATCH_NAMESPACES,
    clusterDomain: given.ECP_OPERATOR_CLUSTER_DOMAIN,
    logLevel: given.ECP_OPERATOR_LOG_LEVEL,
    healthPort: given.ECP_OPERATOR_HEALTH_PORT,
    podLabels: given.ECP_OPERATOR_POD_LABELS,
    manager: given.ECP_OPERATOR_MANAGER,
    lease: {
      name: given.ECP_OPERATOR_LEASE_NAME,
      durationMs: given.ECP_OPERATOR_LEASE_DURATION_SECONDS * 1000,
      renewMs: given.ECP_OPERATOR_LEASE_RENEW_SECONDS * 1000,
      retryMs: given.ECP_OPERATOR_LEASE_RETRY_SECONDS * 1000,
    },
  };
}
