/** A Kubernetes namespace under pod security `restricted`, unless labels say otherwise. */
export function namespaceObject(
  name: string,
  labels: Readonly<Record<string, string>> = {},
): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', ...labels } },
  };
}
