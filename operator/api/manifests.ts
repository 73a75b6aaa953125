/**
 * Manifests as people write them: files of YAML or JSON documents → custom resources with their
 * defaults. All problems of all files are reported at once, each as `file:line: kind name: field: rule`;
 * with one problem nothing of it is used.
 *
 * `Namespace` documents are read for their labels, which allowed incoming connections may select; documents
 * of other groups are passed over and named in the notes, so that one file serves a cluster and a laptop.
 */
import { z } from 'zod';
import {
  checkSchema,
  fieldsOf,
  formatPath,
  readYaml,
  refusal,
} from '../../server/instance/configuration.ts';
import type { Problem, YamlDocument } from '../../server/instance/configuration.ts';
import { appServerSpecProblems, ecpAppServer } from './ecp-app-server.ts';
import type { EcpAppServer } from './ecp-app-server.ts';
import { dataServerSpecProblems, ecpDataServer } from './ecp-data-server.ts';
import type { EcpDataServer } from './ecp-data-server.ts';
import { API_GROUP, API_VERSION } from './schema.ts';
import { encryptionChangeProblems } from './storage-fields.ts';
import { storageChangeProblems } from './workload-fields.ts';

export type EcpResource = EcpDataServer | EcpAppServer;

export interface ManifestFile {
  /** As messages name it. */
  readonly path: string;
  readonly text: string;
}

export interface Manifests {
  readonly resources: readonly EcpResource[];
  /** `resourceKey` → the file that it stands in. */
  readonly files: ReadonlyMap<string, string>;
  /** Kubernetes namespace → labels, as far as manifests say. */
  readonly namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** What was passed over, for people. */
  readonly notes: readonly string[];
}

/** Unique among resources: `EcpAppServer branch/teller`. */
export function resourceKey(resource: {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}): string {
  return `${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name}`;
}

/** What the names of a resource's instances begin with: unique over both kinds. */
export function instanceBase({ metadata: { namespace, name } }: EcpResource): string {
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

const KINDS = {
  EcpDataServer: { schema: ecpDataServer, specProblems: dataServerSpecProblems },
  EcpAppServer: { schema: ecpAppServer, specProblems: appServerSpecProblems },
} as const;
const isKind = (kind: unknown): kind is keyof typeof KINDS =>
  typeof kind === 'string' && Object.hasOwn(KINDS, kind);

const namespaceDocument = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
});

/** Throws EcpError 'CONFIGURATION' that lists all problems. */
export function parseManifests(files: readonly ManifestFile[]): Manifests {
  const reading = new Reading();
  for (const file of files) reading.file(file);
  return reading.result();
}

/**
 * One object as the API server gives it. Fields that this schema has not (of a newer one, whose instances
 * another operator made) are left out and named.
 */
export function readResource(
  object: unknown,
):
  | { readonly resource: EcpResource; readonly unknownFields: readonly string[] }
  | { readonly problems: readonly Problem[] } {
  const { apiVersion, kind } = fieldsOf(object);
  if (!isKind(kind) || apiVersion !== API_VERSION) {
    const message = `must be ${Object.keys(KINDS).join(' or ')} in ${API_VERSION}`;
    return { problems: [{ path: ['kind'], message }] };
  }
  const { schema, specProblems } = KINDS[kind];
  const strict = checkSchema<z.ZodType<EcpResource>>(schema, object);
  const unknown = strict.problems.filter(({ message }) => message === UNKNOWN_FIELD);
  const pruned = unknown.reduce((rest, { path }) => without(rest, path), object);
  const { value, problems } =
    unknown.length === 0 ? strict : checkSchema<z.ZodType<EcpResource>>(schema, pruned);
  const crossed = specProblems(fieldsOf(pruned)['spec']).map(inSpec);
  if (value === undefined || crossed.length > 0) return { problems: [...problems, ...crossed] };
  return { resource: value, unknownFields: unknown.map(({ path }) => formatPath(path)) };
}

/** As `checkSchema` says it. */
const UNKNOWN_FIELD = 'there is no such field';

const inSpec = (problem: Problem): Problem => ({ ...problem, path: ['spec', ...problem.path] });

/** A copy that lacks one field. */
function without(value: unknown, [step, ...rest]: Problem['path']): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (i === step ? without(item, rest) : item));
  }
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (key !== String(step)) return [[key, inner]];
    return rest.length === 0 ? [] : [[key, without(inner, rest)]];
  });
  return Object.fromEntries(entries);
}

/** What of a resource may not change while it exists, as problems; empty when the change may be made. */
export function changeProblems(before: EcpResource, after: EcpResource): Problem[] {
  const changed = after.spec.databases.flatMap(({ name, blockSize }, i) => {
    const old = before.spec.databases.find((database) => database.name === name);
    if (old === undefined || old.blockSize === blockSize) return [];
    const message = `the block size of a database cannot be changed; ${name} has ${old.blockSize}`;
    return [{ path: ['spec', 'databases', i, 'blockSize'], message }];
  });
  const removed = removedDatabases(before.spec.databases, after.spec.databases).map((message) => ({
    path: ['spec', 'databases'],
    message,
  }));
  const ofSpec = [
    ...encryptionChangeProblems(before.spec, after.spec),
    ...storageChangeProblems(before.spec, after.spec),
  ];
  return [...changed, ...removed, ...ofSpec.map(inSpec)];
}

/** K7: a database's entry goes only when nobody uses it any more; in words, one for each entry that went too soon. */
export function removedDatabases(
  before: readonly { readonly name: string; readonly state: string }[],
  after: readonly { readonly name: string }[],
): string[] {
  return before
    .filter(
      ({ name, state }) => state !== 'Dismounted' && !after.some((other) => other.name === name),
    )
    .map(
      ({ name }) =>
        `${name} can be removed or renamed only when its state is Dismounted: a database of another name begins empty`,
    );
}

class Reading {
  readonly #resources: EcpResource[] = [];
  readonly #files = new Map<string, string>();
  readonly #namespaces = new Map<string, Readonly<Record<string, string>>>();
  readonly #notes: string[] = [];
  readonly #problems: string[] = [];

  file({ path, text }: ManifestFile): void {
    const { documents, problems } = readYaml(text);
    this.#problems.push(...problems.map(({ line, message }) => `${path}:${line}: ${message}`));
    for (const document of documents) this.#document(path, document);
  }

  #document(path: string, document: YamlDocument): void {
    const { apiVersion, kind, metadata } = fieldsOf(document.value);
    const report = (problem: Problem): void => {
      const name = fieldsOf(metadata)['name'];
      const what = [kind, name].filter((part) => typeof part === 'string').join(' ');
      const place = `${path}:${document.lineOf(problem.path)}`;
      const field = formatPath(problem.path);
      this.#problems.push(
        `${place}: ${what === '' ? '' : `${what}: `}${field}: ${problem.message}`,
      );
    };
    if (isKind(kind)) {
      this.#resource(path, document, kind, report);
      return;
    }
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      report({ path: [], message: 'is no manifest: it needs apiVersion and kind' });
      return;
    }
    if (apiVersion.startsWith(`${API_GROUP}/`)) {
      const message = `must be ${Object.keys(KINDS).join(' or ')} in ${API_VERSION}`;
      report({ path: ['kind'], message });
      return;
    }
    const namespace =
      kind === 'Namespace' ? namespaceDocument.safeParse(document.value) : undefined;
    if (namespace?.success === true) {
      const { name, labels } = namespace.data.metadata;
      this.#namespaces.set(name, labels);
    } else this.#notes.push(`${path}:${document.lineOf([])}: passed over ${apiVersion} ${kind}`);
  }

  #resource(
    path: string,
    document: YamlDocument,
    kind: keyof typeof KINDS,
    report: (problem: Problem) => void,
  ): void {
    const { schema, specProblems } = KINDS[kind];
    const { value, problems } = checkSchema<z.ZodType<EcpResource>>(schema, document.value);
    const spec = fieldsOf(document.value)['spec'];
    const crossed = specProblems(spec).map(inSpec);
    for (const problem of [...problems, ...crossed]) report(problem);
    if (value === undefined) return;
    const key = resourceKey(value);
    const taken = this.#resources.find((other) => instanceBase(other) === instanceBase(value));
    if (taken !== undefined) {
      const where = this.#files.get(resourceKey(taken)) ?? path;
      const message = `is taken by the ${taken.kind} in ${where}; both would run instances of one name`;
      report({ path: ['metadata', 'name'], message });
    }
    this.#files.set(key, path);
    this.#resources.push(value);
  }

  result(): Manifests {
    if (this.#problems.length === 0 && this.#resources.length === 0) {
      this.#problems.push(`there is neither an ${Object.keys(KINDS).join(' nor an ')}`);
    }
    if (this.#problems.length > 0) throw refusal('manifests', this.#problems);
    return {
      resources: this.#resources,
      files: this.#files,
      namespaceLabels: this.#namespaces,
      notes: this.#notes,
    };
  }
}
