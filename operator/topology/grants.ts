/**
 * Who may connect to whom. An entry of a data server's allowedIncoming by `appServers` selects resources;
 * it is the grant across Kubernetes namespaces, and becomes the addresses of their instances.
 */
import type { AppServersEntry, EcpDataServer } from '../api/ecp-data-server.ts';
import type { EcpResource } from '../api/manifests.ts';
import { instancesOf } from './instances.ts';
import type { Environment } from './instances.ts';

type Labels = Readonly<Record<string, string>>;

/** `Unknown`: only addresses and host names are listed, and whose they are nobody here can tell. */
export type Admission = 'Admitted' | 'Refused' | 'Unknown';

export function admissionOf(
  dataServer: EcpDataServer,
  appServer: EcpResource,
  environment: Environment,
): Admission {
  const { incomingPolicy, allowedIncoming } = dataServer.spec;
  if (incomingPolicy === 'Any') return 'Admitted';
  const named = allowedIncoming.some(
    ({ appServers }) =>
      appServers !== undefined && selects(appServers, dataServer, appServer, environment),
  );
  if (named) return 'Admitted';
  return allowedIncoming.some(({ appServers }) => appServers === undefined) ? 'Unknown' : 'Refused';
}

function selects(
  { name, selector, namespaces }: AppServersEntry,
  dataServer: EcpDataServer,
  appServer: EcpResource,
  environment: Environment,
): boolean {
  const { metadata } = appServer;
  if (name !== undefined && name !== metadata.name) return false;
  if (selector !== undefined && !matches(selector.matchLabels, metadata.labels)) return false;
  switch (namespaces.from) {
    case 'Same':
      return metadata.namespace === dataServer.metadata.namespace;
    case 'Selector':
      return matches(namespaces.selector?.matchLabels, environment.labelsOf(metadata.namespace));
    case 'All':
      return true;
  }
}

/** No labels select nothing: a forgotten selector must not open a server (rule K1). */
function matches(wanted: Labels | undefined, labels: Labels): boolean {
  const entries = Object.entries(wanted ?? {});
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value)
  );
}

export interface EffectiveEntry {
  readonly name: string;
  readonly address?: string;
  readonly cidr?: string;
  readonly host?: string;
}

/** The allow-list that the instance gets: entries by app server as addresses, each once. */
export function effectiveIncoming(
  dataServer: EcpDataServer,
  resources: readonly EcpResource[],
  environment: Environment,
): EffectiveEntry[] {
  return dataServer.spec.allowedIncoming.flatMap((entry): EffectiveEntry[] => {
    const { name, appServers, address, cidr, host } = entry;
    if (address !== undefined) return [{ name, address }];
    if (cidr !== undefined) return [{ name, cidr }];
    if (host !== undefined) return [{ name, host }];
    if (appServers === undefined) return [];
    const addresses = resources
      .filter((resource) => selects(appServers, dataServer, resource, environment))
      .flatMap(instancesOf)
      .flatMap((instance) => environment.place(instance).addresses);
    return [...new Set(addresses)].map((one) => ({ name, address: one }));
  });
}
