/** Processes that compete for a lease: an API server that keeps it, and ways to it that hang, fail or freeze. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from '../../../server/ports/clock.ts';
import { ApiError } from '../api-error.ts';
import type { KubernetesObject, ResourceType } from '../kubernetes-object.ts';
import type { LeaseStore } from '../leader-election.ts';

export interface LeaseSpecSeen {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

/** Compare and swap by resourceVersion, as the API server does it. */
export class LeaseServer implements LeaseStore {
  #lease: KubernetesObject | undefined;
  #version = 0;
  writes = 0;

  get spec(): LeaseSpecSeen {
    return this.#lease?.['spec'] ?? {};
  }

  get object(): KubernetesObject | undefined {
    return this.#lease;
  }

  /** As somebody with `kubectl` would. */
  edit(spec: LeaseSpecSeen | undefined, labels: Readonly<Record<string, string>> = {}): void {
    if (spec === undefined) this.#lease = undefined;
    else this.#store({ apiVersion: '', kind: '', metadata: { name: 'op', labels }, spec });
  }

  #store(object: KubernetesObject): KubernetesObject {
    const metadata = { ...object.metadata, resourceVersion: String(++this.#version) };
    this.#lease = { ...object, metadata };
    return this.#lease;
  }

  get(): Promise<KubernetesObject | undefined> {
    return Promise.resolve(this.#lease);
  }

  create(_type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    if (this.#lease !== undefined) {
      return Promise.reject(new ApiError(409, 'AlreadyExists', 'exists'));
    }
    this.writes++;
    return Promise.resolve(this.#store(object));
  }

  replace(_type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    const { resourceVersion } = object.metadata;
    if (this.#lease === undefined) return Promise.reject(new ApiError(404, 'NotFound', 'none'));
    if (resourceVersion !== this.#lease.metadata.resourceVersion) {
      return Promise.reject(new ApiError(409, 'Conflict', 'modified'));
    }
    this.writes++;
    return Promise.resolve(this.#store(object));
  }
}

/** How requests of one process fare. `unheard`: they are carried out, and the answer is lost. */
export type Way = 'open' | 'hangs' | 'fails' | 'unheard';

/** One process: its way to the server, and its clock, which stand still while it is frozen. */
export class LeaseHost implements LeaseStore, Clock {
  readonly #server: LeaseStore;
  readonly #clock: Clock;
  #held: (() => void)[] | undefined;
  way: Way = 'open';
  /** How long answers take. */
  answerMs = 0;
  /** Called once, just before the next replace is carried out. */
  meanwhile: (() => void) | undefined;
  /** Kinds of requests, in order. */
  readonly requests: string[] = [];

  constructor(server: LeaseStore, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  /** Time goes on, and nothing of the process runs. */
  freeze(): void {
    this.#held ??= [];
  }

  /** What was due meanwhile happens now, in order, each in a turn of its own. */
  async thaw(): Promise<void> {
    for (;;) {
      const callback = this.#held?.shift();
      if (callback === undefined) break;
      callback();
      await nextTurn();
    }
    this.#held = undefined;
  }

  #run(callback: () => void): void {
    if (this.#held === undefined) callback();
    else this.#held.push(callback);
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  wallMs(): number {
    return this.#clock.wallMs();
  }

  after(delayMs: number, callback: () => void): Timer {
    const state = { isCancelled: false };
    const timer = this.#clock.after(delayMs, () =>
      this.#run(() => {
        if (!state.isCancelled) callback();
      }),
    );
    return {
      cancel: () => {
        state.isCancelled = true;
        timer.cancel();
      },
    };
  }

  soon(callback: () => void): void {
    this.#clock.soon(() => this.#run(callback));
  }

  async #ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    this.requests.push(what);
    const { way } = this;
    if (way === 'fails') throw new ApiError(0, 'NoAnswer', 'refused');
    if (way === 'hangs') return new Promise<T>(() => undefined);
    const answer = await request();
    await new Promise<void>((resolve) =>
      this.answerMs > 0 ? this.after(this.answerMs, resolve) : this.#run(resolve),
    );
    if (way === 'unheard') throw new ApiError(0, 'NoAnswer', 'reset');
    return answer;
  }

  get(type: ResourceType, namespace: string | undefined, name: string) {
    return this.#ask('get', () => this.#server.get(type, namespace, name));
  }

  create(type: ResourceType, object: KubernetesObject) {
    return this.#ask('create', () => this.#server.create(type, object));
  }

  replace(type: ResourceType, object: KubernetesObject) {
    return this.#ask('replace', () => {
      this.meanwhile?.();
      this.meanwhile = undefined;
      return this.#server.replace(type, object);
    });
  }
}
