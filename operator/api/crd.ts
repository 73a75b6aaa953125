/**
 * The custom resource definitions, generated from the schemas: `npm run generate` writes them to crds/.
 *
 * The JSON Schema that zod makes becomes a structural schema (what the API server takes): unknown
 * fields are not forbidden but pruned, or refused under strict field validation, and amounts are
 * int-or-string.
 */
import { Document, isCollection, isScalar, visit } from 'yaml';
import type { YAMLMap, YAMLSeq } from 'yaml';
import { z } from 'zod';
import { appServerSpec } from './ecp-app-server.ts';
import { dataServerSpec } from './ecp-data-server.ts';
import { API_GROUP, RESOURCE_NAME_LENGTH_MAX } from './schema.ts';
import type { CelRule } from './schema.ts';
import { appServerStatus, dataServerStatus } from './status.ts';

/** A structural schema, as the API server takes it. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
}

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly description: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

export interface Definition {
  readonly kind: string;
  readonly plural: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: z.ZodType;
  readonly status: z.ZodType;
  readonly scale: boolean;
  readonly columns: readonly Column[];
}

const ready: Column = {
  name: 'Ready',
  type: 'string',
  description: 'Whether everything asked for runs',
  jsonPath: ".status.conditions[?(@.type=='Ready')].status",
};
const reason: Column = {
  name: 'Reason',
  type: 'string',
  description: 'Why it is ready or not',
  jsonPath: ".status.conditions[?(@.type=='Ready')].reason",
};
const message: Column = {
  name: 'Message',
  type: 'string',
  description: 'The reason in words',
  jsonPath: ".status.conditions[?(@.type=='Ready')].message",
  priority: 1,
};
const age: Column = {
  name: 'Age',
  type: 'date',
  description: 'Time since it was created',
  jsonPath: '.metadata.creationTimestamp',
};

const version: Column = {
  name: 'Version',
  type: 'string',
  description: 'Version that runs',
  jsonPath: '.status.version',
};
const connected: Column = {
  name: 'Connected',
  type: 'string',
  description: 'Connections that there are against those that there may be',
  jsonPath: '.status.connections.summary',
};
/** Shown by `kubectl get -o wide`. */
const endpoint: Column = {
  name: 'Endpoint',
  type: 'string',
  description: 'Where clients reach it',
  jsonPath: '.status.endpoint',
  priority: 1,
};
const config: Column = {
  name: 'Config',
  type: 'integer',
  description: 'Revision of the configuration that is in force',
  jsonPath: '.status.configuration.observedRevision',
  priority: 1,
};
const image: Column = {
  name: 'Image',
  type: 'string',
  description: 'Image that it is to run',
  jsonPath: '.status.image',
  priority: 1,
};
const replicas: Column = {
  name: 'Replicas',
  type: 'integer',
  description: 'Instances asked for',
  jsonPath: '.spec.replicas',
};
const readyReplicas: Column = {
  name: 'Ready',
  type: 'integer',
  description: 'Instances that serve',
  jsonPath: '.status.readyReplicas',
};

export const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'EcpDataServer',
    plural: 'ecpdataservers',
    shortName: 'eds',
    description: 'A data server: it owns databases and serves their blocks to app servers.',
    spec: dataServerSpec,
    status: dataServerStatus,
    scale: false,
    columns: [ready, reason, connected, version, age, endpoint, config, image, message],
  },
  {
    kind: 'EcpAppServer',
    plural: 'ecpappservers',
    shortName: 'eas',
    description: 'App servers: they run applications on the databases of data servers.',
    spec: appServerSpec,
    status: appServerStatus,
    scale: true,
    columns: [replicas, readyReplicas, connected, reason, version, age, endpoint, config, message],
  },
];

export const GENERATED = '# Generated from operator/api by npm run generate.\n';
export const fileOf = ({ plural }: Definition): string => `${API_GROUP}_${plural}.yaml`;

/** On definitions: which release they are of, as a number that grows (rule K16). */
export const CRD_VERSION_ANNOTATION = 'ecp.dev/crd-version';
const PART_MAX = 999;

/** `0.12.3` → 12003: what a chart and a policy can compare. Pre-releases count as their release. */
export function crdVersion(release: string): number {
  const parts = /^(\d+)\.(\d+)\.(\d+)(?:[-+]|$)/.exec(release)?.slice(1).map(Number);
  if (parts?.every((part) => part <= PART_MAX) !== true) {
    throw new Error(`${release} is no version of three numbers up to ${PART_MAX}`);
  }
  return parts.reduce((number, part) => number * (PART_MAX + 1) + part, 0);
}

/** File name → YAML, for everything in crds/, of a release such as 0.1.0. */
export function generateCrds(release: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    DEFINITIONS.map((definition) => [
      fileOf(definition),
      `${GENERATED}${crdText(definition, release)}`,
    ]),
  );
}

export const crdText = (definition: Definition, release: string): string =>
  yamlOf(customResourceDefinition(definition, release));

const FLOW_LENGTH_MAX = 130;

/** Short lists and maps on a line of their own: a release of the chart holds the definitions, and may not grow without bound. */
function yamlOf(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const flat = (node: unknown): boolean => isScalar(node) || (isCollection(node) && !!node.flow);
  const short = (node: YAMLMap | YAMLSeq): boolean =>
    JSON.stringify(node.toJSON()).length <= FLOW_LENGTH_MAX;
  visit(document, {
    Seq: (_key, node) => {
      if (node.items.every(isScalar) && short(node)) node.flow = true;
    },
    Map: (_key, node, path) => {
      if (path.length > 8 && node.items.every((item) => flat(item.value)) && short(node)) {
        node.flow = true;
      }
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false });
}

function customResourceDefinition(definition: Definition, release: string): object {
  const { kind, plural, shortName } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${API_GROUP}`,
      annotations: { [CRD_VERSION_ANNOTATION]: String(crdVersion(release)) },
    },
    spec: {
      group: API_GROUP,
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        shortNames: [shortName],
        categories: ['ecp'],
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          additionalPrinterColumns: definition.columns,
          schema: { openAPIV3Schema: schemaOf(definition) },
          subresources: {
            status: {},
            ...(definition.scale
              ? {
                  scale: {
                    specReplicasPath: '.spec.replicas',
                    statusReplicasPath: '.status.replicas',
                    labelSelectorPath: '.status.selector',
                  },
                }
              : {}),
          },
        },
      ],
    },
  };
}

/** Of a whole resource. */
export function schemaOf({ description, spec, status }: Definition): Schema {
  return {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Version of this schema.' },
      kind: { type: 'string', description: 'The kind of resource.' },
      metadata: { type: 'object' },
      spec: structural(z.toJSONSchema(spec, { target: 'openapi-3.0', io: 'input' })),
      status: structural(z.toJSONSchema(status, { target: 'openapi-3.0', io: 'input' })),
    },
    'x-kubernetes-validations': [
      {
        rule: `size(self.metadata.name) <= ${RESOURCE_NAME_LENGTH_MAX}`,
        message: `the name has at most ${RESOURCE_NAME_LENGTH_MAX} characters`,
      },
      {
        rule: "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message: 'the name is lower-case letters, digits and -, beginning with a letter',
      },
    ],
  };
}

/** Keys in the order in which people read a schema. */
const FIRST = ['description', 'type', 'default', 'enum', 'required', 'properties', 'items'];
const NOT_STRUCTURAL = new Set(['$schema', '~standard']);

function structural(schema: unknown): Schema {
  const source = schema as Readonly<Record<string, unknown>>;
  const orNumber = source['x-kubernetes-int-or-string'] === true;
  const preserves = source['x-kubernetes-preserve-unknown-fields'] === true;
  const entries = Object.entries(source).flatMap(([key, value]): [string, unknown][] => {
    if (NOT_STRUCTURAL.has(key)) return [];
    if (key === 'additionalProperties' && (value === false || preserves)) return [];
    if (key === 'anyOf' && orNumber) return [];
    if (key === 'properties') {
      const properties = Object.entries(value as Readonly<Record<string, unknown>>);
      // The API server drops it when it is empty: what stands here must be what it stores, or tools see a difference.
      if (properties.length === 0) return [];
      return [
        [key, Object.fromEntries(properties.map(([name, inner]) => [name, structural(inner)]))],
      ];
    }
    if (key === 'items' || key === 'additionalProperties') return [[key, structural(value)]];
    return [[key, value]];
  });
  const rank = ([key]: [string, unknown]): number => FIRST.indexOf(key) + 1 || FIRST.length + 1;
  const sorted: Schema = Object.fromEntries(entries.sort((a, b) => rank(a) - rank(b)));
  return isEmptyObject(sorted.default) ? { ...sorted, default: defaultsWithin(sorted) } : sorted;
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

/** The API server checks a default as it stands: rules look at fields in it that other defaults fill in. */
function defaultsWithin({ properties = {} }: Schema): object {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, inner]) =>
      inner.default === undefined ? [] : [[name, inner.default]],
    ),
  );
}
