import { describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiError } from './api-error.ts';
import type { ListPage, Selection, WatchEvent } from './cluster.ts';
import { Informer } from './informer.ts';
import type { ListWatch } from './informer.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { RecordedLog, RecordedMetrics } from './testing/recorded-ports.ts';

const PODS: Selection = {
  type: { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
};

function pod(name: string, resourceVersion: number): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'data', uid: name, resourceVersion: String(resourceVersion) },
  };
}

const bookmark = (version: number): WatchEvent => ({ type: 'BOOKMARK', object: pod('', version) });

/** One watch that the test feeds, ends or cuts. */
class FedWatch {
  readonly from: string;
  readonly #events: WatchEvent[] = [];
  #end: { readonly error?: Error } | undefined;
  #wake = Promise.withResolvers<undefined>();

  constructor(from: string, signal: AbortSignal) {
    this.from = from;
    signal.addEventListener('abort', () => this.end(new Error('aborted')), { once: true });
  }

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  send(...events: readonly WatchEvent[]): void {
    this.#events.push(...events);
    this.#wake.resolve(undefined);
  }

  end(error?: Error): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake.resolve(undefined);
  }

  async *events(): AsyncGenerator<WatchEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return;
      await this.#wake.promise;
      this.#wake = Promise.withResolvers<undefined>();
    }
  }
}

/** An API server that answers what the test laid out. */
class Server implements ListWatch {
  pages: (ListPage | ApiError)[] = [];
  readonly lists: (string | undefined)[] = [];
  readonly watches: FedWatch[] = [];
  /** When watches were asked for, refused ones included. */
  readonly watchedMs: number[] = [];
  refuseWatch: ApiError | undefined;
  /** Of the newest run. */
  signal: AbortSignal | undefined;
  /** Lists wait while this is there. */
  gate: Promise<unknown> | undefined;
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  async list(
    _selection: Selection,
    page: { readonly next?: string | undefined; readonly signal: AbortSignal },
  ): Promise<ListPage> {
    this.lists.push(page.next);
    this.signal = page.signal;
    const answer = this.pages.length > 1 ? this.pages.shift() : this.pages[0];
    await (this.gate ?? Promise.resolve());
    if (answer === undefined) throw new Error('nothing was laid out');
    if (answer instanceof ApiError) throw answer;
    return answer;
  }

  watch(
    _selection: Selection,
    from: { readonly resourceVersion: string; readonly signal: AbortSignal },
  ): AsyncIterable<WatchEvent> {
    this.watchedMs.push(this.#time.nowMs);
    if (this.refuseWatch !== undefined) throw this.refuseWatch;
    const watch = new FedWatch(from.resourceVersion, from.signal);
    this.watches.push(watch);
    return watch.events();
  }

  get last(): FedWatch {
    const watch = this.watches.at(-1);
    if (watch === undefined) throw new Error('nobody watches');
    return watch;
  }
}

const page = (version: number, items: readonly KubernetesObject[], next?: string): ListPage => ({
  items,
  resourceVersion: String(version),
  next,
});

async function started(pages: (ListPage | ApiError)[]) {
  const time = new VirtualTime();
  const server = new Server(time);
  const metrics = new RecordedMetrics();
  const log = new RecordedLog();
  server.pages = pages;
  const informer = new Informer({
    source: server,
    selection: PODS,
    clock: time.clock(),
    log,
    metrics,
    random: () => 0.5,
  });
  const keys: string[] = [];
  informer.onChange((key) => keys.push(key));
  informer.start();
  await time.settle();
  const labels = '{kind="Pod",namespace=""}';
  const counts = () => ({
    synced: metrics.value(`informer_synced${labels}`),
    failures: metrics.value(`informer_list_watch_failures_total${labels}`),
  });
  return { time, server, informer, keys, counts, log };
}

const names = (informer: Informer): string[] =>
  informer.list().map(({ metadata }) => metadata.name);

describe('the copy', () => {
  test('is what all pages of the list together hold, and is in step only then', async () => {
    const { server, informer, keys } = await started([
      page(5, [pod('a', 1)], 'more'),
      page(5, [pod('b', 2)]),
    ]);
    expect(server.lists).toEqual([undefined, 'more']);
    expect(informer.isSynced).toBe(true);
    expect(names(informer)).toEqual(['a', 'b']);
    expect(keys).toEqual(['data/a', 'data/b']);
    expect(server.last.from).toBe('5');
  });

  test('follows events', async () => {
    const { time, server, informer, keys } = await started([page(5, [pod('a', 1)])]);
    server.last.send(
      { type: 'ADDED', object: pod('b', 6) },
      { type: 'MODIFIED', object: pod('a', 7) },
      { type: 'DELETED', object: pod('b', 8) },
    );
    await time.settle();
    expect(names(informer)).toEqual(['a']);
    expect(informer.get('data/a')?.metadata.resourceVersion).toBe('7');
    expect(keys).toEqual(['data/a', 'data/b', 'data/a', 'data/b']);
  });

  test('a handler that throws harms nobody', async () => {
    const { time, server, informer, keys } = await started([page(5, [])]);
    informer.onChange(() => {
      throw new Error('no');
    });
    server.last.send({ type: 'ADDED', object: pod('b', 6) });
    await time.settle();
    expect(names(informer)).toEqual(['b']);
    expect(keys).toEqual(['data/b']);
    server.pages = [page(9, [pod('b', 6), pod('c', 8)])];
    server.last.end(new ApiError(410, 'Expired', 'too old'));
    await time.settle();
    expect(names(informer)).toEqual(['b', 'c']);
  });

  test('a handler that stops it hears nothing more', async () => {
    const { informer, keys, server } = await started([page(5, [])]);
    informer.stop();
    informer.onChange(() => informer.stop());
    server.pages = [page(9, [pod('a', 1), pod('b', 2)])];
    informer.start();
    await informer.synced;
    await Promise.resolve();
    expect(keys).toEqual(['data/a']);
  });
});

describe('a watch that ends', () => {
  test('in good order: goes on from the newest version at once, bookmarks included', async () => {
    const { time, server } = await started([page(5, [])]);
    await time.pass(5000);
    server.last.send(bookmark(40));
    await time.settle();
    server.last.end();
    await time.settle();
    expect(server.watches).toHaveLength(2);
    expect(server.last.from).toBe('40');
    expect(server.lists).toHaveLength(1);
  });

  test('cut off: goes on from the newest version after a pause', async () => {
    const { time, server, informer } = await started([page(5, [])]);
    server.last.send(bookmark(41));
    await time.settle();
    server.last.end(new ApiError(0, 'NoAnswer', 'reset'));
    await time.settle();
    expect(server.watches).toHaveLength(1);
    expect(informer.trouble?.message).toBe('reset');
    await time.pass(1000);
    expect(server.last.from).toBe('41');
    expect(informer.trouble).toBeUndefined();
    expect(server.lists).toHaveLength(1);
  });

  test('at once and again and again: pauses grow, nothing spins', async () => {
    const { time, server } = await started([page(5, [])]);
    for (let i = 0; i < 40; i++) {
      if (!server.last.isOver) server.last.end();
      await time.pass(1000);
    }
    expect(server.watches.length).toBeLessThan(15);
  });

  test('silent: is ended and begun anew where it was', async () => {
    const { time, server } = await started([page(5, [])]);
    server.last.send(bookmark(9));
    await time.pass(140_000);
    expect(server.watches).toHaveLength(1);
    await time.pass(20_000);
    expect(server.watches).toHaveLength(2);
    expect(server.watches[0]?.isOver).toBe(true);
    expect(server.last.from).toBe('9');
  });

  test.each([
    ['refused', (server: Server) => server.last.end(new ApiError(410, 'Expired', 'too old'))],
    [
      'in the stream',
      (server: Server) =>
        server.last.send({
          type: 'ERROR',
          object: {
            ...pod('', 0),
            kind: 'Status',
            code: 410,
            reason: 'Expired',
            message: 'too old resource version',
          },
        }),
    ],
  ])('410 %s: lists again, and says what is gone and new', async (_how, expire) => {
    const { time, server, informer, keys } = await started([page(5, [pod('a', 1), pod('b', 2)])]);
    keys.length = 0;
    server.pages = [page(90, [pod('b', 2), pod('c', 80)])];
    expire(server);
    await time.settle();
    expect(names(informer)).toEqual(['b', 'c']);
    expect(keys).toEqual(['data/a', 'data/c']);
    expect(server.last.from).toBe('90');
  });

  test('410 however new the list is: lists again ever more rarely, nothing spins', async () => {
    const { time, server, informer } = await started([page(5, [])]);
    server.refuseWatch = new ApiError(410, 'Expired', 'too old');
    server.last.end();
    await time.pass(120_000);
    expect(server.lists.length).toBeGreaterThan(5);
    expect(server.lists.length).toBeLessThan(15);
    expect(informer.trouble?.isGone).toBe(true);
    server.refuseWatch = undefined;
    await time.pass(30_000);
    expect(informer.trouble).toBeUndefined();
    expect(server.last.isOver).toBe(false);
  });

  test.each([403, 500, 503])(
    '%d: lists again, as the version may be at fault, after pauses that grow',
    async (status) => {
      const { time, server, informer } = await started([page(5, [])]);
      server.watchedMs.length = 0;
      server.refuseWatch = new ApiError(status, '', 'no');
      await time.pass(2000);
      server.last.end();
      await time.pass(120_000);
      const pauses = server.watchedMs.slice(1).map((ms, i) => ms - (server.watchedMs[i] ?? 0));
      expect(pauses.slice(0, 4)).toEqual([187.5, 375, 750, 1500]);
      expect(Math.max(...pauses)).toBe(22_500);
      expect(server.lists).toHaveLength(server.watchedMs.length);
      expect(informer.trouble?.status).toBe(status);
    },
  );

  test('429: goes on where it was, after the pause that the server asks for', async () => {
    const { time, server } = await started([page(5, [])]);
    await time.pass(2000);
    server.refuseWatch = new ApiError(429, 'TooManyRequests', 'slow down', 7000);
    server.last.end();
    await time.settle();
    server.refuseWatch = undefined;
    await time.pass(6999);
    expect(server.watches).toHaveLength(1);
    await time.pass(1);
    expect(server.watches).toHaveLength(2);
    expect(server.last.from).toBe('5');
    expect(server.lists).toHaveLength(1);
  });

  test.each([
    ['a line that is not JSON', (server: Server) => server.last.end(new SyntaxError('Unexpected'))],
    [
      'an event without an object',
      (server: Server) =>
        server.last.send({ type: 'ADDED' } as unknown as WatchEvent, {
          type: 'ADDED',
          object: pod('never', 7),
        }),
    ],
  ])('%s: lists again, since something may have been missed', async (_what, spoil) => {
    const { time, server, informer, counts } = await started([page(5, [])]);
    await time.pass(2000);
    server.pages = [page(9, [pod('a', 8)])];
    spoil(server);
    await time.settle();
    expect(server.lists).toHaveLength(1);
    expect(counts()).toEqual({ synced: 0, failures: 1 });
    await time.pass(250);
    expect(names(informer)).toEqual(['a']);
    expect(server.last.from).toBe('9');
  });

  test('again after one that worked for a while: the pause is a short one', async () => {
    const { time, server } = await started([page(5, [])]);
    for (let i = 0; i < 6; i++) {
      await time.pass(5000);
      server.last.end(new ApiError(0, 'NoAnswer', 'reset'));
      await time.pass(250);
      expect(server.watches).toHaveLength(i + 2);
    }
  });
});

describe('a list that fails', () => {
  test('is tried again after the pause that the server asks for', async () => {
    const { time, server, informer } = await started([
      new ApiError(429, 'TooManyRequests', 'slow down', 7000),
    ]);
    expect(informer.isSynced).toBe(false);
    server.pages = [page(5, [pod('a', 1)])];
    await time.pass(6900);
    expect(informer.isSynced).toBe(false);
    await time.pass(200);
    expect(informer.isSynced).toBe(true);
    expect(names(informer)).toEqual(['a']);
  });

  test('waits no longer than half a minute, whatever the server asks for', async () => {
    const { time, server, informer } = await started([
      new ApiError(503, 'ServiceUnavailable', 'come back tomorrow', 86_400_000),
    ]);
    server.pages = [page(5, [])];
    await time.pass(30_000);
    expect(informer.isSynced).toBe(true);
  });

  test('since its continuation is too old begins anew at once, and the next time after a pause', async () => {
    const gone = new ApiError(410, 'Expired', 'the continue token is too old');
    const first = page(5, [pod('a', 1)], 'more');
    const { time, server, informer } = await started([first, gone, first, gone, first]);
    expect(server.lists).toEqual([undefined, 'more', undefined, 'more']);
    expect(informer.isSynced).toBe(false);
    server.pages = [page(9, [pod('a', 1)], 'more'), page(9, [pod('b', 2)])];
    await time.pass(1000);
    expect(names(informer)).toEqual(['a', 'b']);
    expect(server.last.from).toBe('9');
  });

  test('again and again leaves nothing behind at the signal of its run', async () => {
    const { time, server, informer } = await started([new ApiError(500, '', 'no')]);
    await time.pass(600_000);
    expect(server.lists.length).toBeGreaterThan(20);
    const { signal } = server;
    if (signal === undefined) throw new Error('nobody listed');
    expect(getEventListeners(signal, 'abort').length).toBeLessThan(3);
    informer.stop();
    await time.pass(600_000);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('half way leaves the copy as it was', async () => {
    const { time, server, informer } = await started([page(5, [pod('a', 1)])]);
    server.pages = [page(9, [pod('x', 8)], 'more'), new ApiError(500, 'InternalError', 'no')];
    server.last.end(new ApiError(410, 'Expired', 'too old'));
    await time.settle();
    expect(names(informer)).toEqual(['a']);
    expect(informer.trouble?.status).toBe(500);
  });
});

test('stopped and started again: the first run writes nothing any more', async () => {
  const { time, server, informer, keys } = await started([page(5, [pod('a', 1)])]);
  const first = server.last;
  informer.stop();
  first.send({ type: 'ADDED', object: pod('ghost', 6) });
  server.pages = [page(7, [pod('a', 1)])];
  keys.length = 0;
  informer.start();
  await time.settle();
  expect(names(informer)).toEqual(['a']);
  expect(keys).toEqual([]);
  expect(server.watches).toHaveLength(2);
  expect(first.isOver).toBe(true);
});

test('stopped in the middle of a list: its pages are not taken', async () => {
  const { time, server, informer } = await started([page(5, [pod('a', 1)])]);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.gate = promise;
  server.pages = [page(6, [pod('ghost', 6)])];
  server.last.end(new ApiError(410, 'Expired', 'too old'));
  await time.settle();
  informer.stop();
  resolve(undefined);
  await time.settle();
  expect(names(informer)).toEqual(['a']);
  expect(server.watches).toHaveLength(1);
});

test('metrics say whether the copy is in step, and count failures', async () => {
  const { time, server, counts } = await started([new ApiError(500, 'InternalError', 'no')]);
  expect(counts()).toEqual({ synced: 0, failures: 1 });
  server.pages = [page(5, [])];
  await time.pass(5000);
  expect(counts()).toEqual({ synced: 1, failures: 1 });
  server.last.end(new ApiError(410, 'Expired', 'too old'));
  await time.pass(2000);
  server.last.end();
  await time.settle();
  expect(counts()).toEqual({ synced: 1, failures: 1 });
  server.last.end(new ApiError(0, 'NoAnswer', 'reset'));
  await time.settle();
  expect(counts()).toEqual({ synced: 0, failures: 2 });
});
