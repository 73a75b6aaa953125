/**
 * Who may connect to whom. An entry of a data server's allowedIncoming by `appServers` selects resources;
 * it is the grant across Kubernetes namespaces, and becomes the addresses of their instances.
 */
import type { Finding } from '../api/conditions.ts';
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
  const selections = allowedIncoming.map(({ appServers }) =>
    appServers === undefined
      ? 'Unknown'
      : selectionOf(appServers, dataServer, appServer, environment),
  );
  if (selections.includes('Selected')) return 'Admitted';
  return selections.includes('Unknown') ? 'Unknown' : 'Refused';
}

/** `Unknown`: it hangs on labels of a namespace that may not be read. */
type Selection = 'Selected' | 'NotSelected' | 'Unknown';

function selectionOf(
  { name, selector, namespaces }: AppServersEntry,
  dataServer: EcpDataServer,
  { metadata }: EcpResource,
  environment: Environment,
): Selection {
  const found = (yes: boolean): Selection => (yes ? 'Selected' : 'NotSelected');
  if (name !== undefined && name !== metadata.name) return 'NotSelected';
  if (selector !== undefined && !matches(selector.matchLabels, metadata.labels)) {
    return 'NotSelected';
  }
  switch (namespaces.from) {
    case 'Same':
      return found(metadata.namespace === dataServer.metadata.namespace);
    case 'Selector': {
      const labels = environment.labelsOf(metadata.namespace);
      return labels === undefined
        ? 'Unknown'
        : found(matches(namespaces.selector?.matchLabels, labels));
    }
    case 'All':
      return 'Selected';
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

export interface EffectiveIncoming {
  /** The allow-list that the instance gets: entries by app server as addresses and host names, each once. */
  readonly entries: readonly EffectiveEntry[];
  /** Of every entry of the spec: how many addresses it stands for now. */
  readonly counts: readonly { readonly name: string; readonly addresses: number }[];
  /** The resources that entries by `appServers` select. */
  readonly peers: readonly EcpResource[];
  readonly findings: readonly Finding[];
}

export function effectiveIncoming(
  dataServer: EcpDataServer,
  resources: readonly EcpResource[],
  environment: Environment,
): EffectiveIncoming {
  const findings: Finding[] = [];
  const peers = new Set<EcpResource>();
  const found = dataServer.spec.allowedIncoming.map((entry, i): EffectiveEntry[] => {
    const { name, appServers, address, cidr, host } = entry;
    if (address !== undefined) return [{ name, address }];
    if (cidr !== undefined) return [{ name, cidr }];
    if (host !== undefined) return [{ name, host }];
    if (appServers === undefined) return [];
    const select = (resource: EcpResource): Selection =>
      selectionOf(appServers, dataServer, resource, environment);
    const blind =
      appServers.namespaces.from === 'Selector' &&
      environment.labelsOf(dataServer.metadata.namespace) === undefined;
    // Half a list would look like the whole: an entry that cannot be read is left out, and said (K14).
    if (blind || resources.some((resource) => select(resource) === 'Unknown')) {
      const field = `spec.allowedIncoming[${i}].appServers.namespaces.selector`;
      const message = `${field}: the operator may not read labels of namespaces, so that entry ${name} admits nobody`;
      findings.push({ type: 'Degraded', reason: 'NamespacesUnreadable', message });
      return [];
    }
    const selected = resources.filter((resource) => select(resource) === 'Selected');
    for (const resource of selected) peers.add(resource);
    const places = selected
      .filter((resource) => environment.departed?.includes(resource) !== true)
      .flatMap(instancesOf)
      .map((instance) => environment.place(instance));
    const leaving = selected.flatMap((resource) => environment.leaving?.(resource) ?? []);
    const addresses = new Set([...places, ...leaving].flatMap((place) => place.addresses));
    const hosts = new Set(places.flatMap(({ hostName }) => hostName ?? []));
    return [
      ...[...addresses].map((one) => ({ name, address: one })),
      ...[...hosts].map((one) => ({ name, host: one })),
    ];
  });
  const counts = dataServer.spec.allowedIncoming.map(({ name, appServers }, i) => ({
    name,
    // Of pods only addresses are counted: their names stand for the same pods once more.
    addresses: (found[i] ?? []).filter(({ host }) => appServers === undefined || host === undefined)
      .length,
  }));
  return { entries: found.flat(), counts, peers: [...peers], findings };
}
