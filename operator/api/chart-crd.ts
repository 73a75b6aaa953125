/**
 * The definitions as templates of the chart: `npm run generate` writes them to charts/ecp-operator/templates/crds.
 *
 * They stay when the release goes: with them would go every resource. A second release in a cluster leaves
 * them to the first. None replaces a newer one, whose fields resources may have meanwhile (rule K16): where a newer
 * one is found the template is empty, and what is no longer in a release, but marked to be kept, Helm leaves alone.
 * `helm rollback` renders nothing anew; there the policy in templates/crd-guard.yaml holds the rule.
 */
import {
  crdText,
  crdVersion,
  CRD_VERSION_ANNOTATION,
  DEFINITIONS,
  fileOf,
  GENERATED,
} from './crd.ts';
import { API_GROUP } from './schema.ts';

/** File name → template, of a release such as 0.1.0. */
export function generateChartCrds(release: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    DEFINITIONS.map((definition) => {
      const head = `${GENERATED}${condition(`${definition.plural}.${API_GROUP}`, crdVersion(release))}`;
      // Text of ours that looks like a template's is none.
      const text = crdText(definition, release).replaceAll('{{', '{{ "{{" }}');
      const marked = text.replace('  annotations:\n', `${LABELS}  annotations:\n${KEEP}`);
      return [fileOf(definition), `${head}${marked}{{- end }}\n{{- end }}\n`];
    }),
  );
}

const LABELS = `  labels:
    {{- include "ecp-operator.labels" . | nindent 4 }}
`;
const KEEP = '    helm.sh/resource-policy: keep\n';

/** Looks at the cluster only where definitions are installed: that takes a right that others need not have. */
const condition = (name: string, version: number): string => `{{- if .Values.crds.install }}
{{- $there := lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" "${name}" | default dict }}
{{- if le (dig "metadata" "annotations" "${CRD_VERSION_ANNOTATION}" "0" $there | int) ${version} }}
`;
