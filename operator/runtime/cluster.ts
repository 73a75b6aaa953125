/**
 * The verbs of the Kubernetes API on plain objects. Writes are server-side applies under one field manager, but
 * for what must not be overwritten: there it is create, and replace with the version that was read.
 */
import { ApiError } from './api-error.ts';
import type { ApiConnection } from './api-connection.ts';
import type { KubernetesObject, ResourceType } from './kubernetes-object.ts';

export interface DeleteOptions {
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
  /** Only this incarnation; a conflict otherwise. */
  readonly uid?: string;
}

export interface ListPage {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
  /** Of the next page; undefined after the last. */
  readonly next: string | undefined;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  /** A `Status` when the type is ERROR. */
  readonly object: KubernetesObject;
}

/** What a list or a watch is about. */
export interface Selection {
  readonly type: ResourceType;
  /** Undefined: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
}

/** Somebody else may lead: nothing of what was begun goes on. */
export class NotLeaderError extends Error {
  override readonly name = 'NotLeaderError';
}

const APPLY = 'application/apply-patch+yaml';
const MERGE_PATCH = 'application/merge-patch+json';

export class Cluster {
  readonly #connection: ApiConnection;
  readonly #fieldManager: string;
  readonly #mayWrite: () => boolean;

  /**
   * `mayWrite`: asked before each write. Whoever was frozen in the middle of something, and is no leader any more when it
   * goes on, must not put back what it saw before: a server-side apply overwrites.
   */
  constructor(
    connection: ApiConnection,
    fieldManager: string,
    mayWrite: () => boolean = () => true,
  ) {
    this.#connection = connection;
    this.#fieldManager = fieldManager;
    this.#mayWrite = mayWrite;
  }

  /** Undefined when there is none. */
  async get(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): Promise<KubernetesObject | undefined> {
    try {
      const path = pathOf(type, namespace, name);
      return (await this.#connection.json({ method: 'GET', path })) as KubernetesObject;
    } catch (error) {
      if (error instanceof ApiError && error.isNotFound) return undefined;
      throw error;
    }
  }

  async create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    const path = pathOf(type, object.metadata.namespace, undefined, {
      fieldManager: this.#fieldManager,
    });
    const asked = { method: 'POST', path, body: object } as const;
    this.#assertMayWrite();
    return (await this.#connection.json(asked)) as KubernetesObject;
  }

  /** Compare and swap by `metadata.resourceVersion`: an ApiError with `isConflict` when it is not the newest. */
  async replace(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    const { namespace, name } = object.metadata;
    const path = pathOf(type, namespace, name, { fieldManager: this.#fieldManager });
    this.#assertMayWrite();
    return (await this.#connection.json({ method: 'PUT', path, body: object })) as KubernetesObject;
  }

  /** Server-side apply: our fields as given, others' left alone, conflicting ones taken over. */
  async apply(
    type: ResourceType,
    object: KubernetesObject,
    options: { readonly dryRun?: boolean } = {},
  ): Promise<KubernetesObject> {
    return this.#apply(type, object, '', options.dryRun === true ? { dryRun: 'All' } : {});
  }

  /** Only `status` is sent, under a manager of its own: the two applies do not own each other's fields. */
  async applyStatus(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    const { apiVersion, kind, metadata, status } = object;
    const { name, namespace, uid } = metadata;
    const sent = {
      apiVersion,
      kind,
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
      },
      status,
    };
    return this.#apply(type, sent, '/status', {});
  }

  async #apply(
    type: ResourceType,
    object: KubernetesObject,
    subresource: string,
    more: Readonly<Record<string, string>>,
  ): Promise<KubernetesObject> {
    const { namespace, name } = object.metadata;
    const query = { fieldManager: this.#fieldManager, force: 'true', ...more };
    const path = pathOf(type, namespace, `${name}${subresource}`, query);
    const asked = { method: 'PATCH', path, body: object, contentType: APPLY } as const;
    this.#assertMayWrite();
    return (await this.#connection.json(asked)) as KubernetesObject;
  }

  async mergePatch(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    patch: object,
  ): Promise<KubernetesObject> {
    const path = pathOf(type, namespace, name, { fieldManager: this.#fieldManager });
    const asked = { method: 'PATCH', path, body: patch, contentType: MERGE_PATCH } as const;
    this.#assertMayWrite();
    return (await this.#connection.json(asked)) as KubernetesObject;
  }

  #assertMayWrite(): void {
    if (!this.#mayWrite()) throw new NotLeaderError('another may lead: nothing is written');
  }

  /** One that is gone already is no error. */
  async delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
    { propagation, uid }: DeleteOptions = {},
  ): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    };
    this.#assertMayWrite();
    try {
      await this.#connection.text({ method: 'DELETE', path: pathOf(type, namespace, name), body });
    } catch (error) {
      if (!(error instanceof ApiError && error.isNotFound)) throw error;
    }
  }

  /** A token of a service account for one audience, for so many seconds (TokenRequest). */
  async requestToken(
    namespace: string,
    serviceAccount: string,
    audience: string,
    seconds: number,
  ): Promise<{ readonly token: string; readonly expiresAt: string }> {
    const path = `${pathOf(SERVICE_ACCOUNT, namespace, serviceAccount)}/token`;
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [audience], expirationSeconds: seconds },
    };
    const { status } = (await this.#connection.json({ method: 'POST', path, body })) as {
      readonly status: { readonly token: string; readonly expirationTimestamp: string };
    };
    return { token: status.token, expiresAt: status.expirationTimestamp };
  }

  /** JSON of a path outside the resources, such as `/openid/v1/jwks`. */
  async raw(path: string): Promise<unknown> {
    return this.#connection.json({ method: 'GET', path });
  }

  async list(
    { type, namespace, labelSelector }: Selection,
    page: {
      readonly limit: number;
      readonly next?: string | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<ListPage> {
    const path = pathOf(type, namespace, undefined, {
      limit: String(page.limit),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(page.next === undefined ? {} : { continue: page.next }),
    });
    const list = (await this.#connection.json({ method: 'GET', path, signal: page.signal })) as {
      readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
      readonly items: readonly KubernetesObject[] | null;
    };
    const { resourceVersion, continue: next } = list.metadata;
    // Items of a list do not say what they are.
    const { apiVersion, kind } = type;
    const items = (list.items ?? []).map((item) => ({ ...item, apiVersion, kind }));
    return { items, resourceVersion, next: next === '' ? undefined : next };
  }

  async *watch(
    { type, namespace, labelSelector }: Selection,
    from: {
      readonly resourceVersion: string;
      readonly timeoutSeconds: number;
      readonly signal: AbortSignal;
    },
  ): AsyncGenerator<WatchEvent> {
    const path = pathOf(type, namespace, undefined, {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: from.resourceVersion,
      timeoutSeconds: String(from.timeoutSeconds),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    });
    for await (const line of this.#connection.lines(path, from.signal)) {
      yield JSON.parse(line) as WatchEvent;
    }
  }
}

const SERVICE_ACCOUNT: ResourceType = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
};

/** `/apis/apps/v1/namespaces/data/statefulsets/bank?…`; without a name the collection. */
function pathOf(
  { apiVersion, plural, namespaced }: ResourceType,
  namespace: string | undefined,
  name?: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place =
    namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const what = name === undefined ? plural : `${plural}/${name}`;
  const asked = new URLSearchParams(query).toString();
  return `${root}${place}/${what}${asked === '' ? '' : `?${asked}`}`;
}
