/**
 * The NetworkPolicy of a resource's pods: a second fence around what the instance checks itself. ECP from
 * whom the allow-list names, administration from the operator's pods, clients and metrics from anywhere.
 * What goes out is not restricted.
 *
 * A policy knows selectors and blocks of addresses. An entry that is neither (a host name, a scattered
 * range) is reported as incomplete: who is behind it stays outside where policies are enforced (K17).
 */
import type { EcpDataServer } from '../api/ecp-data-server.ts';
import type { EcpResource } from '../api/manifests.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { blocksOf } from './address-blocks.ts';
import { namespaceSelector, networkPolicyName, podSelector } from './names.ts';
import { objectOf } from './workload.ts';
import type { Workload } from './workload.ts';

/** A resource that an entry of allowedIncoming selects by `appServers`. */
export interface NetworkPeer {
  readonly kind: EcpResource['kind'];
  readonly metadata: { readonly name: string; readonly namespace: string };
}

export interface NetworkPolicyResult {
  /** Undefined with mode None: there must be no policy then. */
  readonly object: KubernetesObject | undefined;
  /** A sentence for every entry of allowedIncoming that the policy cannot say. */
  readonly incomplete: readonly string[];
}

interface Rule {
  readonly from?: readonly object[];
  readonly ports: readonly { readonly protocol: string; readonly port: string }[];
}

const ports = (...names: readonly string[]): Rule['ports'] =>
  names.map((port) => ({ protocol: 'TCP', port }));

/** `peers`: all resources that entries by `appServers` select, in any order. */
export function networkPolicy(
  workload: Workload,
  peers: readonly NetworkPeer[],
): NetworkPolicyResult {
  const { resource, settings } = workload;
  if (resource.spec.networkPolicy.mode === 'None') return { object: undefined, incomplete: [] };
  const ecp =
    resource.kind === 'EcpDataServer'
      ? ecpRules(resource, peers)
      : { rules: [] as readonly Rule[], incomplete: [] };
  const operator = {
    namespaceSelector: namespaceSelector(settings.namespace),
    podSelector: { matchLabels: settings.podLabels },
  };
  const ingress: Rule[] = [
    ...ecp.rules,
    { from: [operator], ports: ports('admin') },
    { ports: openPorts(workload) },
  ];
  const name = networkPolicyName(resource);
  const object = objectOf(
    workload,
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name },
    { podSelector: { matchLabels: podSelector(resource) }, policyTypes: ['Ingress'], ingress },
  );
  return { object, incomplete: ecp.incomplete };
}

function openPorts({ resource }: Workload): Rule['ports'] {
  const theirs = resource.spec.application?.ports ?? [];
  return [
    ...ports('client', 'metrics'),
    ...theirs.map(({ name, protocol }) => ({ protocol, port: name })),
  ];
}

function ecpRules(
  { spec: { incomingPolicy, allowedIncoming } }: EcpDataServer,
  peers: readonly NetworkPeer[],
): { readonly rules: readonly Rule[]; readonly incomplete: readonly string[] } {
  if (incomingPolicy === 'Any') return { rules: [{ ports: ports('ecp') }], incomplete: [] };
  const incomplete: string[] = [];
  const blocks = allowedIncoming.flatMap(({ name, address, cidr, host }) => {
    if (host !== undefined) {
      incomplete.push(`${name}: a policy cannot name the host ${host}`);
      return [];
    }
    const pattern = cidr ?? address;
    if (pattern === undefined) return [];
    const found = blocksOf(pattern);
    if (found.length === 0) {
      incomplete.push(`${name}: no few blocks of addresses make up ${pattern}`);
    }
    return found;
  });
  const from = [
    ...[...new Map(peers.map((peer) => [keyOf(peer), peer]))]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, peer]) => ({
        namespaceSelector: namespaceSelector(peer.metadata.namespace),
        podSelector: { matchLabels: podSelector(peer) },
      })),
    ...[...new Set(blocks)].map((cidr) => ({ ipBlock: { cidr } })),
  ];
  // A rule without `from` admits everybody: with nobody to admit there is no rule (K1).
  return { rules: from.length === 0 ? [] : [{ from, ports: ports('ecp') }], incomplete };
}

const keyOf = ({ kind, metadata: { namespace, name } }: NetworkPeer): string =>
  `${namespace}/${name}/${kind}`;
