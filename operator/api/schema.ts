/**
 * How fields of custom resources are described: names and lengths that Kubernetes asks for, and what
 * `meta` adds to a schema so that it stands in the custom resource definition.
 */
import { z } from 'zod';

export const API_GROUP = 'ecp.dev';
export const API_VERSION = `${API_GROUP}/v1alpha1`;

/** Names in custom resources become parts of DNS names, with `-253` behind them. */
export const RESOURCE_NAME_LENGTH_MAX = 40;
const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_LENGTH_MAX = 63;
const LABELS_MAX = 32;

/** A rule in the Common Expression Language, which the API server checks. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
  readonly reason?: 'FieldValueInvalid' | 'FieldValueForbidden';
  readonly fieldPath?: string;
}
export const rules = (...list: readonly CelRule[]) => ({ 'x-kubernetes-validations': list });
/** The API server merges such a list by its elements' names, and refuses a name twice. */
export const BY_NAME = {
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
} as const;
/** CEL's cost is estimated from lengths; a pattern says none. */
export const longest = (maxLength: number) => ({ maxLength });

export const dnsLabel = z
  .string()
  .regex(DNS_LABEL, { error: 'must be lower-case letters, digits and -, beginning with a letter' });
export const resourceName = dnsLabel.max(RESOURCE_NAME_LENGTH_MAX);
export const kubernetesNamespace = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: "must be a Kubernetes namespace's name" })
  .max(LABEL_LENGTH_MAX);
/** Name of a Secret, a storage class and the like. */
export const objectName = z
  .string()
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits, - and ., as Kubernetes names objects',
  })
  .max(253);

export const labelValue = z
  .string()
  .regex(/^([A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?)?$/, {
    error: 'must be a label: letters, digits, -, _ and . between letters or digits',
  })
  .max(LABEL_LENGTH_MAX);

export const labelMap = z.record(z.string(), labelValue).meta({ maxProperties: LABELS_MAX });
export const annotationMap = z
  .record(z.string(), z.string().max(16_384))
  .meta({ maxProperties: LABELS_MAX });

/** A part of Kubernetes' own API, taken as it is: the API server checks it when the operator uses it. */
export const preserved = (description: string) =>
  z.looseObject({}).describe(description).meta({ 'x-kubernetes-preserve-unknown-fields': true });
