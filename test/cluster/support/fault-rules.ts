/** Which request meets which fault: rules in the order in which they were given, each for so many requests. */

/** What happens to a request. */
export type Fault =
  /** The API server never sees it; this is its answer. */
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Forwarded so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Forwarded when the rule is released, whatever has become of the client by then. */
  | { readonly kind: 'hold' }
  /** The connection ends; after: when the API server has done what was asked, so that only the answer is lost. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** A watch passes all events but those. */
  | { readonly kind: 'drop-events'; readonly drops: (event: WatchedEvent) => boolean };

/** As an API server writes it, a line each. */
export interface WatchedEvent {
  readonly type: string;
  readonly object: {
    readonly kind?: string;
    readonly metadata?: { readonly name?: string; readonly namespace?: string };
  };
}

export interface FaultRule {
  /** By default every method. */
  readonly methods?: readonly string[];
  /** Of the path with its query. */
  readonly path: RegExp;
  /** So many matching requests pass first; by default none. */
  readonly skip?: number;
  /** So many meet the fault; by default every one. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A rule in force. */
export class InjectedFault {
  readonly rule: FaultRule;
  readonly #released = Promise.withResolvers<undefined>();
  #matched = 0;
  #hits = 0;

  constructor(rule: FaultRule) {
    this.rule = rule;
  }

  /** How many requests have met it. */
  get hits(): number {
    return this.#hits;
  }

  /** Counts a request, and tells whether it meets the fault. */
  takes(method: string, path: string): boolean {
    const { methods, path: pattern, skip = 0, times = Infinity } = this.rule;
    if (methods?.includes(method) === false || !pattern.test(path)) return false;
    this.#matched++;
    if (this.#matched <= skip || this.#hits >= times) return false;
    this.#hits++;
    return true;
  }

  /** Lets held requests go, now and later. */
  release(): void {
    this.#released.resolve(undefined);
  }

  get released(): Promise<undefined> {
    return this.#released.promise;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
};

/** The body that an API server gives with a status. */
export function statusObject(code: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Status',
    metadata: {},
    status: 'Failure',
    message: 'injected by a test',
    reason: REASONS[code] ?? 'Unknown',
    code,
  };
}
