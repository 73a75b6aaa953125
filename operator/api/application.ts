/**
 * The program that works on the data (guide §1.3): a module that every instance loads, containers beside
 * it, or both.
 */
import { z } from 'zod';
import {
  duplicateNames,
  exactlyOne,
  fieldsOf,
  listOf,
  variableName,
} from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import { BY_NAME, dnsLabel, objectName, preserved, rules } from './schema.ts';
import { image, imagePullPolicy, resources } from './workload-fields.ts';

const VARIABLES_MAX = 64;
const SOURCES_MAX = 16;
const CONTAINERS_MAX = 8;
const PORTS_MAX = 16;
const WORDS_MAX = 64;
const WORD_LENGTH_MAX = 4096;

/** The operator sets them on every instance: they say who it is. */
export const OWN_VARIABLES = [
  'ECP_INSTANCE_NAME',
  'ECP_POD_NAME',
  'ECP_POD_NAMESPACE',
  'ECP_POD_UID',
];
/** The instance's own ports, by name and number: client, admin and metrics. */
export const OWN_PORT_NAMES = ['ecp', 'client', 'admin', 'metrics'];
export const OWN_PORTS = [1973, 1974, 1975];
/** The container that the operator adds. */
const OWN_CONTAINER = 'instance';
const cel = (values: readonly unknown[]): string => JSON.stringify(values).replaceAll('"', "'");

const keyReference = (what: string) =>
  z
    .strictObject({
      name: objectName.describe(`Name of the ${what}, in the namespace of this resource.`),
      key: z
        .string()
        .regex(/^[-._A-Za-z0-9]+$/, { error: 'must be letters, digits, -, _ and .' })
        .max(253)
        .describe('Key in it.'),
      optional: z.boolean().optional().describe('True: the pod starts without it too.'),
    })
    .optional()
    .describe(`A key of a ${what}. The pod reads it, the operator does not.`);

const sourceReference = (what: string) =>
  z
    .strictObject({
      name: objectName.describe(`Name of the ${what}, in the namespace of this resource.`),
      optional: z.boolean().optional().describe('True: the pod starts without it too.'),
    })
    .optional()
    .describe(`Every key of a ${what}.`);

const valueFrom = z
  .strictObject({
    secretKeyRef: keyReference('Secret'),
    configMapKeyRef: keyReference('ConfigMap'),
    fieldRef: z
      .strictObject({
        fieldPath: z.string().min(1).max(256).describe('Field, such as metadata.name.'),
      })
      .optional()
      .describe('A field of the pod.'),
  })
  .meta(
    rules({
      rule: '[has(self.secretKeyRef), has(self.configMapKeyRef), has(self.fieldRef)].exists_one(x, x)',
      message: 'exactly one of secretKeyRef, configMapKeyRef and fieldRef',
    }),
  );

const variable = z
  .strictObject({
    name: variableName.meta({ maxLength: 256 }).describe('Name of the variable.'),
    value: z.string().max(32_768).optional().describe('Its value; without one it is empty.'),
    valueFrom: valueFrom
      .optional()
      .describe('In place of value: where the pod finds it. `ecp up` leaves the variable out.'),
  })
  .meta(
    rules(
      {
        rule: '!(has(self.value) && has(self.valueFrom))',
        message: 'only one of value and valueFrom',
      },
      {
        rule: `!(self.name in ${cel(OWN_VARIABLES)})`,
        message: `the operator sets ${OWN_VARIABLES.join(', ')} itself`,
        fieldPath: '.name',
      },
    ),
  );
export type EnvironmentVariable = z.output<typeof variable>;

const variables = (whose: string) =>
  z
    .array(variable)
    .max(VARIABLES_MAX)
    .default([])
    .describe(`Environment variables of the ${whose}.`)
    .meta(BY_NAME);

const variableSource = z
  .strictObject({
    prefix: z.string().max(256).optional().describe('Put before every name.'),
    secretRef: sourceReference('Secret'),
    configMapRef: sourceReference('ConfigMap'),
  })
  .meta(
    rules({
      rule: 'has(self.secretRef) != has(self.configMapRef)',
      message: 'exactly one of secretRef and configMapRef',
    }),
  );

const variableSources = (whose: string) =>
  z
    .array(variableSource)
    .max(SOURCES_MAX)
    .default([])
    .describe(`Whole Secrets and ConfigMaps as environment variables of the ${whose}.`)
    .meta({ 'x-kubernetes-list-type': 'atomic' });

const applicationPort = z
  .strictObject({
    name: dnsLabel.max(15).describe('Name of the port, on the pods and on the Service.'),
    containerPort: z
      .int()
      .min(1)
      .max(65_535)
      .describe('Number that the application listens on, and the Service too.'),
    protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').describe('Its protocol.'),
  })
  .meta(
    rules(
      {
        rule: `!(self.name in ${cel(OWN_PORT_NAMES)})`,
        message: `the instance itself has the ports ${OWN_PORT_NAMES.join(', ')}`,
        fieldPath: '.name',
      },
      {
        rule: `!(self.containerPort in ${cel(OWN_PORTS)})`,
        message: `the instance itself listens on ${OWN_PORTS.join(', ')}`,
        fieldPath: '.containerPort',
      },
    ),
  );

const words = (description: string) =>
  z
    .array(z.string().max(WORD_LENGTH_MAX))
    .max(WORDS_MAX)
    .optional()
    .describe(description)
    .meta({ 'x-kubernetes-list-type': 'atomic' });

const container = z
  .strictObject({
    name: dnsLabel.max(63).describe('Name of the container.'),
    image: image.describe('Its image.'),
    imagePullPolicy: imagePullPolicy.optional().describe('When the image is fetched.'),
    command: words("In place of the image's entry point."),
    args: words('Arguments of the command.'),
    workingDir: z.string().min(1).max(4096).optional().describe('Folder that it starts in.'),
    env: variables('container'),
    envFrom: variableSources('container'),
    resources: resources.optional().describe('What it needs and may use at most.'),
    readinessProbe: preserved('When it is ready, as Kubernetes describes a probe.').optional(),
    livenessProbe: preserved(
      'When it is started anew, as Kubernetes describes a probe.',
    ).optional(),
    startupProbe: preserved('When it has started, as Kubernetes describes a probe.').optional(),
  })
  .meta(
    rules({
      rule: `self.name != '${OWN_CONTAINER}'`,
      message: `${OWN_CONTAINER} is the name of the container that the operator adds`,
      fieldPath: '.name',
    }),
  );
export type ApplicationContainer = z.output<typeof container>;

export const application = z
  .strictObject({
    module: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe("Path of an ES module in the image; `ecp up` takes it from the manifest's folder."),
    env: variables('module'),
    envFrom: variableSources('module'),
    ports: z
      .array(applicationPort)
      .max(PORTS_MAX)
      .default([])
      .describe('Ports of the module and of the containers; the Service has them too.')
      .meta(BY_NAME),
    containers: z
      .array(container)
      .max(CONTAINERS_MAX)
      .default([])
      .describe(
        'Containers beside each instance, which they reach as localhost:1973; they start after it and end before it. `ecp up` leaves them out.',
      )
      .meta(BY_NAME),
  })
  .optional()
  .describe('What runs on the data: a module that each instance loads, containers, or both.')
  .meta(
    rules(
      {
        rule: 'has(self.module) || size(self.containers) > 0',
        message: 'an application has a module, containers or both',
      },
      {
        rule: 'has(self.module) || (size(self.env) == 0 && size(self.envFrom) == 0)',
        message: 'env and envFrom are of the module; containers have their own',
      },
    ),
  );
export type Application = NonNullable<z.output<typeof application>>;

/** The same rules in code; tolerant of any shape. Paths start at the application. */
export function applicationProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  const fields = fieldsOf(value);
  const containers = listOf(fields['containers']);
  const problems: Problem[] = [
    ...variableProblems(fields, []),
    ...duplicateNames(fields['ports'], 'ports'),
    ...duplicateNames(fields['containers'], 'containers'),
    ...containers.flatMap((one, i) => variableProblems(one, ['containers', i])),
  ];
  if (fields['module'] === undefined) {
    if (containers.length === 0) {
      problems.push({ path: [], message: 'has neither a module nor containers' });
    } else if (listOf(fields['env']).length + listOf(fields['envFrom']).length > 0) {
      const message = 'is of the module; containers have their own';
      problems.push({ path: ['env'], message });
    }
  }
  for (const [i, { name, containerPort }] of listOf(fields['ports']).entries()) {
    if (OWN_PORT_NAMES.some((own) => own === name)) {
      problems.push({ path: ['ports', i, 'name'], message: 'is a port of the instance itself' });
    }
    if (OWN_PORTS.some((own) => own === containerPort)) {
      const message = 'is a port of the instance itself';
      problems.push({ path: ['ports', i, 'containerPort'], message });
    }
  }
  for (const [i, { name }] of containers.entries()) {
    if (name !== OWN_CONTAINER) continue;
    const message = 'is the name of the container that the operator adds';
    problems.push({ path: ['containers', i, 'name'], message });
  }
  return problems;
}

function variableProblems(
  fields: Readonly<Record<string, unknown>>,
  at: Problem['path'],
): Problem[] {
  const problems: Problem[] = duplicateNames(fields['env'], 'env').map(({ path, message }) => ({
    path: [...at, ...path],
    message,
  }));
  for (const [i, { name, value, valueFrom: from }] of listOf(fields['env']).entries()) {
    const path = [...at, 'env', i];
    if (OWN_VARIABLES.some((own) => own === name)) {
      problems.push({ path: [...path, 'name'], message: 'is set by the operator itself' });
    }
    if (from === undefined) continue;
    if (value !== undefined) problems.push({ path, message: 'only one of value and valueFrom' });
    const sources = ['secretKeyRef', 'configMapKeyRef', 'fieldRef'];
    problems.push(...exactlyOne(fieldsOf(from), sources, [...path, 'valueFrom']));
  }
  for (const [i, source] of listOf(fields['envFrom']).entries()) {
    problems.push(...exactlyOne(source, ['secretRef', 'configMapRef'], [...at, 'envFrom', i]));
  }
  return problems;
}
