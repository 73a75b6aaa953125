/** A job over the network, as an application holds it. */
import { textOf } from '../server/base/bytes.ts';
import type { Database, OperationOptions } from '../server/instance/database.ts';
import { narrowed, type Role } from './call.ts';
import type { Events } from './remote-job.ts';
import { type Handle, RemoteNode } from './remote-node.ts';
import type { Operation, Reply } from './wire.ts';

export class RemoteDatabase implements Database {
  readonly #handle: Handle;

  constructor(handle: Handle) {
    this.#handle = handle;
  }

  get namespace(): string {
    return this.#handle.job.namespace;
  }

  global(name: string): RemoteNode {
    return new RemoteNode(this.#handle, name, []);
  }

  async *globals(): AsyncIterableIterator<string> {
    let after = '';
    for (;;) {
      const { page } = await this.#call('read', { globals: { after } });
      for (const entry of page?.entries ?? []) {
        after = textOf(entry.subscripts?.[0] ?? new Uint8Array());
        yield after;
      }
      if (page?.more !== true) return;
    }
  }

  /** Another job, on the same connection. */
  async job(options: { readonly namespace?: string } = {}): Promise<RemoteDatabase> {
    const { connection, bounds, job } = this.#handle;
    job.check();
    const opened = await connection.openJob(options.namespace ?? this.namespace, bounds);
    return new RemoteDatabase({ connection, bounds, job: opened });
  }

  with(options: OperationOptions): RemoteDatabase {
    return new RemoteDatabase({ ...this.#handle, bounds: narrowed(this.#handle.bounds, options) });
  }

  async sync(): Promise<void> {
    await this.#barrier({ sync: {} });
  }

  async flush(): Promise<void> {
    await this.#barrier({ flush: {} });
  }

  async #barrier(operation: Operation): Promise<void> {
    this.#handle.job.checkConfirmed();
    await this.#call('flush', operation);
    // What became of changes before it that nobody awaited.
    this.#handle.job.check();
  }

  async disconnect(dataServer: string): Promise<void> {
    await this.#call('command', { disconnect: { dataServer } });
  }

  async #call(role: Role, operation: Operation): Promise<Reply> {
    const { connection, job, bounds } = this.#handle;
    job.check();
    return connection.call(job, role, operation, bounds);
  }

  on<E extends keyof Events>(event: E, listener: Events[E]): this {
    this.#handle.job.on(event, listener);
    return this;
  }

  off<E extends keyof Events>(event: E, listener: Events[E]): this {
    this.#handle.job.off(event, listener);
    return this;
  }

  close(): Promise<void> {
    return this.#handle.connection.closeJob(this.#handle.job);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
