/**
 * Services of a resource. App servers reach a data server through a ClusterIP Service that also routes to a
 * pod that is not ready: without it the name would be gone while it starts, for longer than sessions wait (K2).
 */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { headlessServiceName, podSelector, serviceName } from './names.ts';
import { metadataOf } from './workload.ts';
import type { Workload } from './workload.ts';

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly protocol: string;
}

/** Gives each pod its DNS name, ready or not. */
export function headlessService(workload: Workload): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(workload, headlessServiceName(workload.resource)),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: podSelector(workload.resource),
      ports: portsOf(workload),
    },
  };
}

/** How others reach the instances: data servers even while they are not ready. */
export function service(workload: Workload): KubernetesObject {
  const { resource } = workload;
  const { type, ipFamilyPolicy, annotations } = resource.spec.service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(workload, serviceName(resource), annotations),
    spec: {
      type,
      ...(ipFamilyPolicy === undefined ? {} : { ipFamilyPolicy }),
      publishNotReadyAddresses: resource.kind === 'EcpDataServer',
      selector: podSelector(resource),
      ports: portsOf(workload),
    },
  };
}

/** Never the admin port: the operator speaks to each pod. */
function portsOf({ resource, configuration: { ecp, client, metrics } }: Workload): ServicePort[] {
  const port = (name: string, number: number, protocol = 'TCP'): ServicePort => ({
    name,
    port: number,
    targetPort: name,
    protocol,
  });
  return [
    ...(resource.kind === 'EcpDataServer' ? [port('ecp', ecp.port)] : []),
    port('client', client.port),
    port('metrics', metrics.port),
    ...(resource.spec.application?.ports ?? []).map(({ name, containerPort, protocol }) =>
      port(name, containerPort, protocol),
    ),
  ];
}
