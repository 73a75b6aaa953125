/** Copies of one kind of objects from several namespaces, as if they were one. */
import type { Informer } from './informer.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

export class ObjectCopies {
  readonly #informers: readonly Informer[];

  /** One informer a namespace, or one for all. */
  constructor(informers: readonly Informer[]) {
    this.#informers = informers;
  }

  get isSynced(): boolean {
    return this.#informers.every((informer) => informer.isSynced);
  }

  /** Resolves when each has its first list. */
  async synced(): Promise<void> {
    await Promise.all(this.#informers.map((informer) => informer.synced));
  }

  get(key: string): KubernetesObject | undefined {
    for (const informer of this.#informers) {
      const found = informer.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  list(): readonly KubernetesObject[] {
    return this.#informers.flatMap((informer) => informer.list());
  }

  onChange(handler: (key: string) => void): void {
    for (const informer of this.#informers) informer.onChange(handler);
  }

  start(): void {
    for (const informer of this.#informers) informer.start();
  }

  stop(): void {
    for (const informer of this.#informers) informer.stop();
  }
}
