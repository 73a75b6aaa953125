/**
 * The ConfigMap with the configuration of a resource's instances: one text for all of them (an instance
 * puts its own name in), with the revision that decides which text is newer (K5). What is stored here and
 * what is pushed to running instances are the same bytes.
 */
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
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
  return `${JSON.stringify({ ...withoutDefaults(configuration), revision }, null, 2)}\n`;
}

const { journal: JOURNAL } = parseConfiguration({ name: 'default', dataDirectory: 'default' });

/**
 * As it is written down. Fields that came after the first release are left out where they say what is so without
 * them: the image of a resource stays when the operator is upgraded, and an older instance refuses what it does not know.
 */
export function withoutDefaults(configuration: Configuration): object {
  const { databases, journal, encryption, dataDirectory, backupDirectory } = configuration;
  const journaled = Object.entries(journal).filter(
    ([name, value]) => value !== JOURNAL[name as keyof typeof JOURNAL],
  );
  return {
    ...configuration,
    databases: databases.map(({ unjournaledGlobals, ...database }) =>
      unjournaledGlobals.length === 0 ? database : { ...database, unjournaledGlobals },
    ),
    journal: journaled.length === 0 ? undefined : Object.fromEntries(journaled),
    encryption: encryption.keys.length === 0 ? undefined : encryption,
    backupDirectory: backupDirectory === `${dataDirectory}/backups` ? undefined : backupDirectory,
  };
}

/** The text in a ConfigMap as the API server has it, or undefined when it holds none. */
export function configurationTextOf(stored: KubernetesObject): string | undefined {
  const data = stored['data'] as Readonly<Record<string, unknown>> | undefined;
  const text = data?.[CONFIGURATION_KEY];
  return typeof text === 'string' ? text : undefined;
}
