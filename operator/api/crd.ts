/**
 * The custom resource definitions, generated from the schemas: `npm run generate` writes them to crds/.
 *
 * The JSON Schema that zod makes becomes a structural schema (what the API server takes): unknown
 * fields are not forbidden but pruned, or refused under strict field validation, and amounts are
 * int-or-string.
 */
import { stringify } from 'yaml';
import { z } from 'zod';
import { appServerSpec } from './ecp-app-server.ts';
import { dataServerSpec } from './ecp-data-server.ts';
import { API_GROUP, RESOURCE_NAME_LENGTH_MAX } from './schema.ts';

type Schema = Readonly<Record<string, unknown>>;

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly description: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

interface Definition {
  readonly kind: string;
  readonly plural: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: z.ZodType;
  readonly status: Schema;
  readonly scale: boolean;
  readonly columns: readonly Column[];
}

const condition: Schema = {
  type: 'object',
  required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
  properties: {
    type: { type: 'string', maxLength: 316, description: 'What it speaks of, such as Ready.' },
    status: {
      type: 'string',
      enum: ['True', 'False', 'Unknown'],
      description: 'Whether it holds.',
    },
    reason: { type: 'string', maxLength: 1024, description: 'Why, in one word for programs.' },
    message: { type: 'string', maxLength: 32_768, description: 'Why, in words for people.' },
    lastTransitionTime: {
      type: 'string',
      format: 'date-time',
      description: 'When its status changed last.',
    },
    observedGeneration: {
      type: 'integer',
      format: 'int64',
      minimum: 0,
      description: 'Generation of the spec that it was found for.',
    },
  },
};

const commonStatus: Schema = {
  observedGeneration: {
    type: 'integer',
    format: 'int64',
    minimum: 0,
    description: 'Generation of the spec that was acted on last.',
  },
  conditions: {
    type: 'array',
    description: 'What holds and what does not, each with its reason.',
    items: condition,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  },
};

const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });

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

const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'EcpDataServer',
    plural: 'ecpdataservers',
    shortName: 'eds',
    description: 'A data server: it owns databases and serves their blocks to app servers.',
    spec: dataServerSpec,
    status: {
      ...commonStatus,
      connections: {
        type: 'object',
        description: 'App servers against the maximum.',
        properties: {
          limit: count('maxAppServers.'),
          requested: count('Connections that app servers in the cluster ask for.'),
        },
      },
    },
    scale: false,
    columns: [
      ready,
      reason,
      {
        name: 'Requested',
        type: 'integer',
        description: 'Connections that app servers ask for',
        jsonPath: '.status.connections.requested',
      },
      {
        name: 'Limit',
        type: 'integer',
        description: 'Connections that it takes',
        jsonPath: '.status.connections.limit',
      },
      age,
      message,
    ],
  },
  {
    kind: 'EcpAppServer',
    plural: 'ecpappservers',
    shortName: 'eas',
    description: 'App servers: they run applications on the databases of data servers.',
    spec: appServerSpec,
    status: {
      ...commonStatus,
      replicas: count('Instances that there are.'),
      readyReplicas: count('Instances that serve.'),
      selector: { type: 'string', description: 'Labels of the pods, for autoscalers.' },
    },
    scale: true,
    columns: [
      {
        name: 'Replicas',
        type: 'integer',
        description: 'Instances asked for',
        jsonPath: '.spec.replicas',
      },
      {
        name: 'Serving',
        type: 'integer',
        description: 'Instances that serve',
        jsonPath: '.status.readyReplicas',
      },
      ready,
      reason,
      age,
      message,
    ],
  },
];

/** File name → YAML, for everything in crds/. */
export function generateCrds(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    DEFINITIONS.map((definition) => [
      `${API_GROUP}_${definition.plural}.yaml`,
      `# Generated from operator/api by npm run generate.\n${stringify(customResourceDefinition(definition), { lineWidth: 0, aliasDuplicateObjects: false })}`,
    ]),
  );
}

function customResourceDefinition(definition: Definition): Schema {
  const { kind, plural, shortName } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${API_GROUP}` },
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
          schema: { openAPIV3Schema: rootSchema(definition) },
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

function rootSchema({ description, spec, status }: Definition): Schema {
  return {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Version of this schema.' },
      kind: { type: 'string', description: 'The kind of resource.' },
      metadata: { type: 'object' },
      spec: structural(z.toJSONSchema(spec, { target: 'openapi-3.0', io: 'input' })),
      status: { type: 'object', description: 'What was found.', properties: status },
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
  const source = schema as Record<string, unknown>;
  const orNumber = source['x-kubernetes-int-or-string'] === true;
  const entries = Object.entries(source).flatMap(([key, value]): [string, unknown][] => {
    if (NOT_STRUCTURAL.has(key) || (key === 'additionalProperties' && value === false)) return [];
    if (orNumber && key === 'anyOf') return [];
    if (key === 'properties') {
      const properties = Object.entries(value as Schema);
      return [
        [key, Object.fromEntries(properties.map(([name, inner]) => [name, structural(inner)]))],
      ];
    }
    if (key === 'items' || key === 'additionalProperties') return [[key, structural(value)]];
    return [[key, value]];
  });
  const rank = ([key]: [string, unknown]): number => FIRST.indexOf(key) + 1 || FIRST.length + 1;
  return Object.fromEntries(entries.sort((a, b) => rank(a) - rank(b)));
}
