/**
 * The ConfigMap with the configuration of a resource's instances: one text for all of them (an instance
 * puts its own name in), with the revision that decides which text is newer (K5). What is stored here and
 * what is pushed to running instances are the same bytes.
 */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import type { Configuration } from '../../server/instance/configuration.ts';
import { configMapName } from './names.ts';
import { CONFIGURATION_KEY } from './pod-layout.ts';
import { metadataOf } from './workload.ts';
import type { Workload } from './workload.ts';

export function configMap(workload: Workload, revision: number): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(workload, configMapName(workload.resource)),
    data: { [CONFIGURATION_KEY]: configurationText(workload.configuration, revision) },
  };
}

export function configurationText(configuration: Configuration, revision: number): string {
  return `${JSON.stringify({ ...configuration, revision }, null, 2)}\n`;
}

/** The text in a ConfigMap as the API server has it, or undefined when it holds none. */
export function configurationTextOf(stored: KubernetesObject): string | undefined {
  const data = stored['data'] as Readonly<Record<string, unknown>> | undefined;
  const text = data?.[CONFIGURATION_KEY];
  return typeof text === 'string' ? text : undefined;
}
