/** The reference of both kinds for people, generated from the same schemas as the definitions. */
import { DEFINITIONS, schemaOf } from './crd.ts';
import type { Definition, Schema } from './crd.ts';
import { API_GROUP, API_VERSION } from './schema.ts';

const HEAD = `<!-- Generated from operator/api by npm run generate. -->

# API reference

The operator serves two kinds of the group \`${API_GROUP}\`, version \`${API_VERSION.split('/')[1] ?? ''}\`; \`ecp up\` takes the same
manifests. Section numbers (§) are those of the Distributed Data Management Guide. Who may create one of these
resources may create pods in its namespace: images, ServiceAccounts and Secrets of the namespace can be named.

Annotations of a resource, besides its spec:

| annotation               | what it does                                                                                     |
| ------------------------ | ------------------------------------------------------------------------------------------------ |
| \`ecp.dev/paused\`         | \`true\`: pods, volumes and Services stay as they are; allow-lists and configuration are followed. |
| \`ecp.dev/restarted-at\`   | Any other value than before replaces the pods, one after another.                                |
| \`ecp.dev/adopt-volumes\`  | The UID of an earlier resource of this name, whose volumes this one may take over.               |

Under \`ecp up\` these fields are checked and have no effect: \`image\`, \`imagePullPolicy\`, \`imagePullSecrets\`, \`resources\`,
\`storage\`, \`service\`, \`networkPolicy\`, \`updateStrategy\` and \`podTemplate\`. Of \`application\`, it leaves out containers
and what Secrets and ConfigMaps hold, and says so. Encryption keys are files there: \`keys/<secret>/<key>\` beside the
manifest.
`;

/** Markdown, whole. */
export function generateApiReference(): string {
  return [HEAD, ...DEFINITIONS.map(sectionOf)].join('\n');
}

export interface Field {
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

function sectionOf(definition: Definition): string {
  const { kind, shortName, plural, description, columns } = definition;
  const root = schemaOf(definition);
  const { spec = {}, status = {} } = root.properties ?? {};
  const specFields = [...fieldsOf(spec, '')];
  const lists = (wide: boolean): string =>
    columns
      .filter(({ priority }) => (priority === 1) === wide)
      .map(({ name }) => name)
      .join(', ');
  return [
    `## ${kind}\n`,
    `${description} \`kubectl get ${shortName}\` (or \`${plural}\`, or \`ecp\` for both kinds) shows ${lists(false)}; with \`-o wide\` also ${lists(true)}.\n`,
    `### ${kind}: spec\n`,
    table(specFields),
    `### ${kind}: rules\n`,
    'What the API server refuses besides values of a wrong type or range; rules with `oldSelf` are about changes.\n',
    rulesOf([
      { path: '', schema: root, required: true },
      { path: 'spec', schema: spec, required: true },
    ]),
    rulesOf(specFields.map((field) => ({ ...field, path: `spec.${field.path}` }))),
    '',
    `### ${kind}: status\n`,
    table([...fieldsOf(status, '')]),
  ].join('\n');
}

/** Every field below a schema, itself not, in the order of the schema. */
export function* fieldsOf(schema: Schema, at: string): Generator<Field> {
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const path = at === '' ? name : `${at}.${name}`;
    yield { path, schema: inner, required: schema.required?.includes(name) ?? false };
    yield* fieldsOf(inner, path);
    if (inner.items !== undefined) yield* fieldsOf(inner.items, `${path}[]`);
  }
}

function table(fields: readonly Field[]): string {
  const rows = fields.map(({ path, schema, required }) =>
    [
      `\`${path}\``,
      typeOf(schema),
      required ? 'required' : defaultOf(schema),
      cell(schema.description ?? ''),
    ].join(' | '),
  );
  return [
    '| field | type and range | default | |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

/** A bar would end the cell, a `<` begin a tag. */
const cell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .replaceAll(/<(?=[A-Z])/g, '\\<')
    .replaceAll('\n', ' ');

/** As code; what Markdown takes for a link or for the end of a cell stands as an entity. */
function code(text: string): string {
  if (!/\]\(|\||`/.test(text)) return `\`${text}\``;
  const entities = text.replaceAll(/[[\]()|*_<>&`\\~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<code>${entities}</code>`;
}

function typeOf(schema: Schema): string {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return 'object of Kubernetes';
  if (schema['x-kubernetes-int-or-string'] === true) return 'amount';
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') {
    const element = schema.items?.type === 'object' ? 'objects' : `${schema.items?.type ?? ''}s`;
    const keys = schema['x-kubernetes-list-map-keys']?.join(' and ');
    const most = schema.maxItems === undefined ? '' : `at most ${schema.maxItems} `;
    return `${most}${element}${keys === undefined ? '' : `, by ${keys}`}`;
  }
  if (schema.type === 'object' && schema.additionalProperties !== undefined) {
    const most = schema.maxProperties === undefined ? '' : `, at most ${schema.maxProperties}`;
    return `map${most}`;
  }
  return `${schema.type ?? ''}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum, maxLength, pattern, format }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum}–${maximum}`;
  if (minimum !== undefined) return `, from ${minimum}`;
  if (pattern !== undefined) return `, ${code(pattern)}`;
  if (maxLength !== undefined) return `, at most ${maxLength} characters`;
  return format === undefined ? '' : `, ${format}`;
}

function defaultOf(schema: Schema): string {
  const { default: value } = schema;
  // Of an object the fields tell.
  if (value === undefined || (typeof value === 'object' && !Array.isArray(value))) return '';
  return `\`${JSON.stringify(value)}\``;
}

function rulesOf(fields: readonly Field[]): string {
  return fields
    .flatMap(({ path, schema }) => [
      [path, schema] as const,
      ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
    ])
    .flatMap(([path, schema]) =>
      (schema['x-kubernetes-validations'] ?? []).map(
        ({ rule, message }) =>
          `- ${path === '' ? 'the resource' : `\`${path}\``}: ${message}: ${code(rule)}`,
      ),
    )
    .join('\n');
}
