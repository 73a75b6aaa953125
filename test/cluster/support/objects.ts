/** What the operator has made in a namespace, to compare: as it stands, or without what differs from run to run. */
import { getJson } from './kubectl.ts';

const KINDS = [
  'ecpdataservers',
  'ecpappservers',
  'statefulsets',
  'services',
  'configmaps',
  'poddisruptionbudgets',
  'networkpolicies',
  'persistentvolumeclaims',
];

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

function objectsIn(namespace: string): KubernetesObject[] {
  const { items } = getJson([KINDS.join(','), '-n', namespace]) as { items: KubernetesObject[] };
  return items.filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
}

/** Kind, name and version of each: the same again means that nobody wrote anything. */
export const versionsIn = (namespace: string): string[] =>
  objectsIn(namespace).map(
    ({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`,
  );

/** Fields that are new in every cluster, namespace or moment. */
const INCIDENTAL: ReadonlySet<string> = new Set([
  ...['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'namespace'],
  ...['clusterIP', 'clusterIPs', 'volumeName', 'lastTransitionTime', 'observedGeneration'],
  ...['since', 'podUID', 'uuid', 'address', 'desiredRevision', 'observedRevision'],
  ...['observedConfigHash', 'currentRevision', 'updateRevision', 'collisionCount', 'revision'],
]);

/**
 * All of it, such that two namespaces in which the same was asked for are equal: UIDs, times and addresses are
 * left out, and so are revisions, which count tries, and hashes of what is compared anyway.
 */
export function endState(namespace: string): unknown {
  const texts = new Map([[namespace, '<namespace>']]);
  const objects = objectsIn(namespace);
  for (const { metadata } of objects) texts.set(String(metadata['uid']), '<uid>');
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return plainText(value, texts);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !INCIDENTAL.has(name));
    return Object.fromEntries(kept.map(([name, field]) => [name, plain(field)]));
  };
  return objects
    .map(({ kind, metadata: { name }, ...rest }) => ({ kind, name, ...(plain(rest) as object) }))
    .toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

function plainText(text: string, texts: ReadonlyMap<string, string>): string {
  let plain = text;
  for (const [found, placeholder] of texts) plain = plain.replaceAll(found, placeholder);
  return plain
    .replaceAll(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<address>')
    .replaceAll(/"revision": \d+/g, '"revision": 0')
    .replaceAll(/\bsha256:[0-9a-f]{64}\b/g, '<hash>');
}
