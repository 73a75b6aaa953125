/** An instance in a pod, as the topology asks for it: folders, listeners, and how others reach it. */
import type { EcpResource } from '../api/manifests.ts';
import type { Placement } from '../topology/instances.ts';
import { ECP_PORT } from '../../server/instance/configuration.ts';
import { podHostName, serviceName } from './names.ts';
import { POD_LAYOUT } from './pod-layout.ts';

/** What only the cluster knows. */
export interface PodFacts {
  /** Of the pod that is there now, canonical; empty while there is none. */
  readonly addresses: readonly string[];
  /** `cluster.local`. */
  readonly clusterDomain: string;
  /** Whose tokens administer the instance (K6). */
  readonly serviceAccount?: NonNullable<Placement['admin']['serviceAccount']>;
}

export function podPlacement(resource: EcpResource, replica: number, facts: PodFacts): Placement {
  const host = POD_LAYOUT.listenHost;
  const port = resource.kind === 'EcpDataServer' ? resource.spec.port : ECP_PORT;
  const journal = resource.spec.storage?.journal;
  return {
    dataDirectory: POD_LAYOUT.dataDirectory,
    ...(journal === undefined ? {} : { journalDirectory: POD_LAYOUT.journalDirectory }),
    addresses: facts.addresses,
    hostName: podHostName(resource, replica, facts.clusterDomain),
    ecp: { host, port },
    client: { host, port: POD_LAYOUT.clientPort },
    admin: {
      host,
      port: POD_LAYOUT.adminPort,
      ...(facts.serviceAccount === undefined ? {} : { serviceAccount: facts.serviceAccount }),
    },
    metrics: { host, port: POD_LAYOUT.metricsPort },
    // Not the pod's own name: that one is gone while the pod is, and looked up again too late (K2).
    reachedAt: { host: `${serviceName(resource)}.${resource.metadata.namespace}.svc`, port },
  };
}
