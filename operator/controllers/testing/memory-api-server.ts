/**
 * An API server in memory, with what a client must reckon with: versions that are compared and swapped (409), names that
 * are taken or missing (409, 404), UIDs, generations that grow with the spec alone, server-side applies that leave others'
 * fields, status as a resource of its own, writes that change nothing and make no version, pods that leave in their time,
 * and watches that tell it all, in order.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../server/ports/clock.ts';
import { ApiError } from '../../runtime/api-error.ts';
import type { Selection, WatchEvent } from '../../runtime/cluster.ts';
import { objectKey } from '../../runtime/kubernetes-object.ts';
import type {
  KubernetesObject,
  ObjectMeta,
  ResourceType,
} from '../../runtime/kubernetes-object.ts';
import { applied } from './server-side-apply.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Stored {
  readonly object: KubernetesObject;
  /** What each manager applied last, of the object and of its status apart. */
  readonly applied: ReadonlyMap<string, Fields>;
}

interface Change {
  readonly version: number;
  readonly type: ResourceType;
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
}

/** Kinds whose generation counts changes of their spec. */
const WITH_GENERATION: ReadonlySet<string> = new Set([
  'EcpDataServer',
  'EcpAppServer',
  'StatefulSet',
  'PodDisruptionBudget',
  'NetworkPolicy',
]);
const GRACE_SECONDS = 30;

const kindOf = ({ apiVersion, kind }: ResourceType): string => `${apiVersion} ${kind}`;

export class MemoryApiServer {
  readonly #clock: Clock;
  readonly #stored = new Map<string, Map<string, Stored>>();
  readonly #changes: Change[] = [];
  readonly #handlers: (() => void)[] = [];
  #version = 0;
  #uid = 0;
  #isHeld = false;
  /** Why an object is not acceptable; undefined when it is. */
  refuse: ((object: KubernetesObject) => string | undefined) | undefined;
  /** What the server fills in where nobody says anything. */
  defaults: ((object: KubernetesObject) => KubernetesObject) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get version(): number {
    return this.#version;
  }

  /** Called after each change. */
  onChange(handler: () => void): void {
    this.#handlers.push(handler);
  }

  /** Undefined when there is none. */
  find(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    const metadata = namespace === undefined ? { name } : { namespace, name };
    return this.#of(type).get(objectKey({ metadata }))?.object;
  }

  get(type: ResourceType, namespace: string | undefined, name: string): KubernetesObject {
    const found = this.find(type, namespace, name);
    if (found !== undefined) return found;
    throw new ApiError(404, 'NotFound', `${type.plural} "${name}" not found`);
  }

  list(selection: Selection): KubernetesObject[] {
    const all = [...this.#of(selection.type).values()].map(({ object }) => object);
    return all.filter((object) => isSelected(object, selection));
  }

  create(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    if (this.find(type, namespace, name) !== undefined) {
      throw new ApiError(409, 'AlreadyExists', `${type.plural} "${name}" already exists`);
    }
    return this.#write(type, undefined, object);
  }

  /** Compare and swap, where a version is given. */
  replace(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const { namespace, name, resourceVersion, uid } = object.metadata;
    const before = this.get(type, namespace, name);
    const isOther =
      (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion) ||
      (uid !== undefined && uid !== before.metadata.uid);
    if (isOther) throw new ApiError(409, 'Conflict', 'the object has been modified');
    return this.#write(type, before, { ...object, status: object['status'] ?? before['status'] });
  }

  apply(
    type: ResourceType,
    object: KubernetesObject,
    by: { readonly manager: string; readonly subresource?: 'status' },
  ): KubernetesObject {
    const { namespace, name, uid } = object.metadata;
    const before = this.find(type, namespace, name);
    if (before === undefined && by.subresource !== undefined) this.get(type, namespace, name);
    if (uid !== undefined && uid !== before?.metadata.uid) {
      throw new ApiError(409, 'Conflict', 'the object has another UID');
    }
    const wanted: Fields =
      by.subresource === 'status'
        ? { status: object['status'] }
        : withoutFields(object, ['status', 'apiVersion', 'kind']);
    const key = `${by.manager} ${by.subresource ?? ''}`;
    const managers = this.#of(type).get(objectKey(object))?.applied ?? new Map<string, Fields>();
    const others = [...managers].filter(([other]) => other !== key).map(([, fields]) => fields);
    const made = applied(before ?? {}, wanted, managers.get(key) ?? {}, others);
    const next = { ...made, apiVersion: type.apiVersion, kind: type.kind } as KubernetesObject;
    return this.#write(type, before, next, new Map(managers).set(key, wanted));
  }

  mergePatch(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    patch: Fields,
  ): KubernetesObject {
    const before = this.get(type, namespace, name);
    return this.#write(type, before, patched(before, patch) as KubernetesObject);
  }

  /** A pod leaves in its time; whoever plays its node takes it away. */
  delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    { uid }: { readonly uid?: string } = {},
  ): void {
    const before = this.get(type, namespace, name);
    if (uid !== undefined && uid !== before.metadata.uid) {
      throw new ApiError(409, 'Conflict', 'the object has another UID');
    }
    if (type.kind !== 'Pod') {
      this.remove(type, namespace, name);
      return;
    }
    if (before.metadata.deletionTimestamp !== undefined) return;
    const { terminationGracePeriodSeconds: grace = GRACE_SECONDS } = before['spec'] as {
      readonly terminationGracePeriodSeconds?: number;
    };
    const deletionTimestamp = this.#time(grace * 1000);
    this.#write(type, before, { ...before, metadata: { ...before.metadata, deletionTimestamp } });
  }

  /** At once, as the server does when nothing holds an object any more. */
  remove(type: ResourceType, namespace: string | undefined, name: string): void {
    const before = this.find(type, namespace, name);
    if (before === undefined) return;
    this.#of(type).delete(objectKey(before));
    this.#note({ version: ++this.#version, type, before, after: undefined });
  }

  /** As a controller or a person does: reads, changes and writes; nothing when there is no such object. */
  update(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    change: (object: KubernetesObject) => KubernetesObject,
  ): void {
    const before = this.find(type, namespace, name);
    if (before !== undefined) this.#write(type, before, change(before));
  }

  /** Watches tell nothing until they are released. */
  holdWatches(): void {
    this.#isHeld = true;
  }

  releaseWatches(): void {
    this.#isHeld = false;
    for (const handler of [...this.#handlers]) handler();
  }

  /** What a watch tells of the changes after a version. */
  changesAfter(version: number, selection: Selection): WatchEvent[] {
    if (this.#isHeld) return [];
    return this.#changes.flatMap((change): WatchEvent[] => {
      if (change.version <= version || kindOf(change.type) !== kindOf(selection.type)) return [];
      const was = change.before !== undefined && isSelected(change.before, selection);
      const is = change.after !== undefined && isSelected(change.after, selection);
      if (is) return [{ type: was ? 'MODIFIED' : 'ADDED', object: change.after }];
      if (!was) return [];
      const metadata = { ...change.before.metadata, resourceVersion: String(change.version) };
      return [{ type: 'DELETED', object: { ...change.before, metadata } }];
    });
  }

  #of(type: ResourceType): Map<string, Stored> {
    const key = kindOf(type);
    let found = this.#stored.get(key);
    if (found === undefined) {
      found = new Map();
      this.#stored.set(key, found);
    }
    return found;
  }

  #time(fromNowMs = 0): string {
    return new Date(this.#clock.wallMs() + fromNowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  #write(
    type: ResourceType,
    before: KubernetesObject | undefined,
    given: KubernetesObject,
    managers?: ReadonlyMap<string, Fields>,
  ): KubernetesObject {
    const why = this.refuse?.(given);
    if (why !== undefined) throw new ApiError(422, 'Invalid', why);
    const wanted = this.defaults?.(given) ?? given;
    const metadata: ObjectMeta = {
      ...wanted.metadata,
      uid: before?.metadata.uid ?? `uid-${++this.#uid}`,
      creationTimestamp: before?.metadata.creationTimestamp ?? this.#time(),
      ...(WITH_GENERATION.has(type.kind) ? { generation: generationOf(before, wanted) } : {}),
    };
    const plain = JSON.parse(JSON.stringify({ ...wanted, metadata })) as KubernetesObject;
    const table = this.#of(type);
    const key = objectKey(plain);
    const byManager = managers ?? table.get(key)?.applied ?? new Map<string, Fields>();
    if (before !== undefined && isDeepStrictEqual(unversioned(plain), unversioned(before))) {
      table.set(key, { object: before, applied: byManager });
      return before;
    }
    const version = ++this.#version;
    const after = { ...plain, metadata: { ...plain.metadata, resourceVersion: String(version) } };
    table.set(key, { object: after, applied: byManager });
    this.#note({ version, type, before, after });
    return after;
  }

  #note(change: Change): void {
    this.#changes.push(change);
    for (const handler of [...this.#handlers]) handler();
  }
}

function generationOf(before: KubernetesObject | undefined, after: KubernetesObject): number {
  const last = before?.metadata.generation ?? 0;
  const plain = (object: KubernetesObject | undefined): unknown =>
    JSON.parse(JSON.stringify(object?.['spec'] ?? null));
  return isDeepStrictEqual(plain(before), plain(after)) ? Math.max(1, last) : last + 1;
}

function unversioned({ metadata, ...rest }: KubernetesObject): object {
  return { ...rest, metadata: withoutFields(metadata, ['resourceVersion']) };
}

function withoutFields(object: object, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** RFC 7386: null takes a field away. */
function patched(target: unknown, patch: Fields): Fields {
  const fields = typeof target === 'object' && target !== null ? (target as Fields) : {};
  const merged: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (typeof value === 'object' && !Array.isArray(value)) {
      merged[name] = patched(fields[name], value as Fields);
    } else merged[name] = value;
  }
  return merged;
}

function isSelected(
  { metadata }: KubernetesObject,
  { namespace, labelSelector = '' }: Selection,
): boolean {
  const labels = labelSelector.split(',').filter((label) => label !== '');
  return (
    (namespace === undefined || metadata.namespace === namespace) &&
    labels.every((label) => {
      const [name = '', value] = label.split('=');
      return metadata.labels?.[name] === value;
    })
  );
}
