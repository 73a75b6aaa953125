/** A connection to an API server in memory: the same requests, without a network. It notes every write. */
import { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../../../server/ports/clock.ts';
import { ApiConnection } from '../../runtime/api-connection.ts';
import type { ApiRequest } from '../../runtime/api-connection.ts';
import { ApiError } from '../../runtime/api-error.ts';
import type { Selection } from '../../runtime/cluster.ts';
import type { KubernetesObject, ResourceType } from '../../runtime/kubernetes-object.ts';
import { RecordedMetrics } from '../../runtime/testing/recorded-ports.ts';
import {
  BUDGET,
  CLAIM,
  CONFIG_MAP,
  NAMESPACE,
  NETWORK_POLICY,
  POD,
  RESOURCES,
  SERVICE,
  STATEFUL_SET,
} from '../resource-types.ts';
import type { MemoryApiServer } from './memory-api-server.ts';

export const EVENT: ResourceType = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};
const TYPES: readonly ResourceType[] = [
  ...Object.values(RESOURCES),
  POD,
  SERVICE,
  CONFIG_MAP,
  CLAIM,
  STATEFUL_SET,
  BUDGET,
  NETWORK_POLICY,
  NAMESPACE,
  EVENT,
];

export type Verb = 'get' | 'list' | 'create' | 'replace' | 'apply' | 'status' | 'patch' | 'delete';

/** `apply Service data/bank`. */
export type RequestName = `${Verb} ${string}`;

interface Asked {
  readonly verb: Verb;
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
}

const PATH =
  /^\/(?:api|apis\/[^/]+)\/[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(status))?$/;
const VERBS: Readonly<Record<ApiRequest['method'], Verb>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'replace',
  PATCH: 'apply',
  DELETE: 'delete',
};

export class MemoryConnection extends ApiConnection {
  readonly #server: MemoryApiServer;
  /** Everything that was to change something, in order; of reads nothing. */
  readonly writes: RequestName[] = [];
  readonly reads: RequestName[] = [];
  /** Called with every request before it is carried out; what it throws is the answer. */
  before: ((name: RequestName) => void | Promise<void>) | undefined;
  /** Called with every request after it was carried out; what it throws takes the place of the answer. */
  after: ((name: RequestName) => void) | undefined;

  constructor(server: MemoryApiServer, clock: Clock) {
    const kubeConfig = new KubeConfig();
    const cluster = { name: 'memory', server: 'http://memory', skipTLSVerify: false };
    kubeConfig.loadFromClusterAndUser(cluster, { name: 'me' });
    super({ kubeConfig, userAgent: 'test', clock, metrics: new RecordedMetrics() });
    this.#server = server;
  }

  override async text(request: ApiRequest): Promise<string> {
    const asked = read(request);
    const { verb, type, namespace, name } = asked;
    const place = [namespace, name].filter((part) => part !== undefined && part !== '').join('/');
    const requestName: RequestName = `${verb} ${`${type.kind} ${place}`.trim()}`;
    (verb === 'get' || verb === 'list' ? this.reads : this.writes).push(requestName);
    await this.before?.(requestName);
    const answer = JSON.stringify(this.#answer(asked));
    this.after?.(requestName);
    return answer;
  }

  override async *lines(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const { type, namespace, query } = read({ method: 'GET', path });
    const labelSelector = query.get('labelSelector') ?? undefined;
    const selection: Selection = { type, namespace, labelSelector };
    let version = Number(query.get('resourceVersion'));
    let wake = Promise.withResolvers<undefined>();
    this.#server.onChange(() => wake.resolve(undefined));
    signal.addEventListener('abort', () => wake.resolve(undefined), { once: true });
    while (!signal.aborted) {
      for (const event of this.#server.changesAfter(version, selection)) {
        version = Number(event.object.metadata.resourceVersion);
        yield JSON.stringify(event);
      }
      await wake.promise;
      wake = Promise.withResolvers();
    }
    throw new ApiError(0, 'NoAnswer', 'aborted');
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  #answer({ verb, type, namespace, name, body, query }: Asked): unknown {
    const server = this.#server;
    const object = body as KubernetesObject;
    const manager = query.get('fieldManager') ?? '';
    switch (verb) {
      case 'get':
        return server.get(type, namespace, name);
      case 'list': {
        const labelSelector = query.get('labelSelector') ?? undefined;
        const items = server.list({ type, namespace, labelSelector });
        return {
          metadata: { resourceVersion: String(server.version) },
          // Items of a list do not say what they are.
          items: items.map(({ apiVersion: _, kind: __, ...item }) => item),
        };
      }
      case 'create':
        return server.create(type, object);
      case 'replace':
        return server.replace(type, object);
      case 'apply':
        return server.apply(type, object, { manager });
      case 'status':
        return server.apply(type, object, { manager, subresource: 'status' });
      case 'patch':
        return server.mergePatch(type, namespace, name, body as Record<string, unknown>);
      case 'delete': {
        const { preconditions = {} } = body as { preconditions?: { readonly uid?: string } };
        server.delete(type, namespace, name, preconditions);
        return {};
      }
    }
  }
}

function read({ method, path, body, contentType = '' }: ApiRequest): Asked {
  const { pathname, searchParams: query } = new URL(path, 'http://memory');
  const [, namespace, plural, named = '', subresource] = PATH.exec(pathname) ?? [];
  const type = TYPES.find((one) => one.plural === plural);
  if (type === undefined) throw new ApiError(404, 'NotFound', `no such path: ${path}`);
  const { name = named } =
    named === '' ? (((body ?? {}) as Partial<KubernetesObject>).metadata ?? {}) : {};
  const asked = { type, namespace, name, body, query };
  if (method === 'GET' && named === '') return { ...asked, verb: 'list' };
  if (contentType.startsWith('application/merge-patch')) return { ...asked, verb: 'patch' };
  if (subresource === 'status') return { ...asked, verb: 'status' };
  return { ...asked, verb: VERBS[method] };
}
