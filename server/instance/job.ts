/**
 * A job (in M: a process): one `Database` handle in one namespace, with its own errors, locks and transactions.
 *
 * Everything an application calls in process is here and in global-node.ts. An operation first throws what
 * became of an earlier change that nobody awaited.
 */
import { EcpError } from '../base/errors.ts';
import type { DataPlace } from '../ecp/database-access.ts';
import type { JobSink } from '../ecp/job-sink.ts';
import { bounded } from './bounds.ts';
import type { Database, GlobalNode, MaybePromise, OperationOptions } from './database.ts';
import { Node } from './global-node.ts';
import { globalsOf } from './globals-list.ts';
import type { Namespace } from './namespace.ts';
import type { Clock } from '../ports/clock.ts';

/** What a job needs of its instance. */
export interface JobHost {
  readonly clock: Clock;
  /** EcpError NAMESPACE where there is none of that name. */
  namespace(name: string): Namespace;
  /** Raised whenever namespaces, databases or their routes change. */
  readonly generation: number;
  /** Where data lives that this instance reaches: itself, and every data server. */
  places(): readonly DataPlace[];
  disconnect(dataServer: string): Promise<void>;
  openJob(namespace: string): Job;
  closed(job: Job): void;
}

type Listener = (error: Error) => void;

/** Global names whose nodes a job keeps at hand. */
const NODES_MAX = 1000;

export class Job implements Database, JobSink {
  readonly id: number;
  readonly namespace: string;
  readonly host: JobHost;
  readonly #nodes = new Map<string, Node>();
  readonly #listeners = new Set<Listener>();
  #namespace: Namespace;
  #generation: number;
  #delayed: EcpError | undefined;
  #closed = false;

  constructor(id: number, namespace: string, host: JobHost) {
    this.id = id;
    this.namespace = namespace;
    this.host = host;
    this.#namespace = host.namespace(namespace);
    this.#generation = host.generation;
  }

  // ── Errors that come late ────────────────────────────────────────────────────────────────────────────

  delayError(error: EcpError): void {
    this.#delayed ??= error;
    for (const listener of this.#listeners) listener(error);
  }

  /** Throws what an earlier change left behind, or that the job has ended. */
  check(): void {
    if (this.#closed) throw new EcpError('CANCELLED', 'this job has ended');
    const error = this.#delayed;
    if (error === undefined) return;
    this.#delayed = undefined;
    throw error;
  }

  on(_event: 'delayed-error', listener: Listener): this {
    this.#listeners.add(listener);
    return this;
  }

  off(_event: 'delayed-error', listener: Listener): this {
    this.#listeners.delete(listener);
    return this;
  }

  // ── Operations ───────────────────────────────────────────────────────────────────────────────────────

  /** The job's namespace as it is configured now. */
  get space(): Namespace {
    if (this.#generation !== this.host.generation) {
      this.#namespace = this.host.namespace(this.namespace);
      this.#generation = this.host.generation;
    }
    return this.#namespace;
  }

  global(name: string): GlobalNode {
    let node = this.#nodes.get(name);
    if (node === undefined) {
      node = new Node(this, name, []);
      if (this.#nodes.size >= NODES_MAX) this.#nodes.clear();
      this.#nodes.set(name, node);
    }
    return node;
  }

  globals(): AsyncIterableIterator<string> {
    this.check();
    return globalsOf(this);
  }

  job(options: { readonly namespace?: string } = {}): Database {
    return this.host.openJob(options.namespace ?? this.namespace);
  }

  with(options: OperationOptions): Database {
    return bounded(this, options, this.host.clock);
  }

  sync(): MaybePromise<void> {
    this.check();
    return this.#everywhere((place) => place.sync(this));
  }

  flush(): MaybePromise<void> {
    this.check();
    return this.#everywhere((place) => place.flush(this));
  }

  async #everywhere(operation: (place: DataPlace) => MaybePromise<void>): Promise<void> {
    await Promise.all(this.host.places().map(async (place) => operation(place)));
    this.check();
  }

  disconnect(dataServer: string): Promise<void> {
    this.check();
    return this.host.disconnect(dataServer);
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#listeners.clear();
      this.host.closed(this);
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
