{{- define "ecp-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "ecp-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 53 | trimSuffix "-" -}}
{{- else if contains (include "ecp-operator.name" .) .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "ecp-operator.name" .) | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "ecp-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "ecp-operator.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- /* Selects the operator's pods; never changes within a release. */ -}}
{{- define "ecp-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "ecp-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "ecp-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "ecp-operator.selectorLabels" . }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: ecp
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "ecp-operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- /*
Names outside the release's namespace hold it, so that no two releases meet. No namespace and no name has a colon: with
a hyphen release b-c in a and release c in a-b would.
*/ -}}
{{- define "ecp-operator.clusterName" -}}
{{- printf "ecp-operator:%s:%s" .Release.Namespace (include "ecp-operator.fullname" .) -}}
{{- end -}}

{{- /* What the schema cannot say of values: how they stand to each other. */ -}}
{{- define "ecp-operator.checkValues" -}}
{{- with .Values.leaderElection -}}
{{- if ge (int .renewDeadlineSeconds) (int .leaseDurationSeconds) -}}
{{- fail "leaderElection.renewDeadlineSeconds must be less than leaseDurationSeconds: a leader gives up before it is replaced" -}}
{{- end -}}
{{- if le (int .renewDeadlineSeconds) (mul 2 .retryPeriodSeconds) -}}
{{- fail "leaderElection.renewDeadlineSeconds must be more than twice retryPeriodSeconds: one failed attempt costs no leader its lease" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What looking after resources takes in a namespace: every verb that is used, and no other. */ -}}
{{- define "ecp-operator.rules" -}}
- apiGroups: [ecp.dev]
  resources: [ecpdataservers, ecpappservers]
  verbs: [list, watch]
- apiGroups: [ecp.dev]
  resources: [ecpdataservers/status, ecpappservers/status]
  verbs: [patch]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch]
# Configurations are swapped by resourceVersion: that is an update.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, update]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [list, watch, patch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
# Pods are deleted one at a time, when they are stuck in a revision that nobody wants any more.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}
