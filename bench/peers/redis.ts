/** Redis as a peer: a server of its own with an append-only file, and node-redis, once with its client-side cache. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BasicClientSideCache, createClient } from '@redis/client';
import { nextNode } from '../orders.ts';

/** Commands on their way at once where a row does not await each. */
const BATCH = 1000;
const START_MS_MAX = 5000;
const SCANNED = 'accounts';

export function findRedis(): string | undefined {
  const found = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  return found.status === 0 ? /v=(\S+)/.exec(found.stdout)?.[1] : undefined;
}

function connect(port: number, cached: boolean) {
  return createClient({
    RESP: 3,
    socket: { host: '127.0.0.1', port },
    ...(cached
      ? { clientSideCache: new BasicClientSideCache({ maxEntries: 1e6, evictPolicy: 'FIFO' }) }
      : {}),
  });
}

type Client = ReturnType<typeof connect>;

export class RedisPeer {
  readonly version: string;
  readonly #server: ChildProcess;
  readonly #plain: Client;
  readonly #caching: Client;
  #filled = 0;

  private constructor(version: string, server: ChildProcess, plain: Client, caching: Client) {
    this.version = `Redis ${version}, node-redis`;
    this.#server = server;
    this.#plain = plain;
    this.#caching = caching;
  }

  static async start(version: string, folder: string, port: number): Promise<RedisPeer> {
    mkdirSync(folder, { recursive: true });
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
    const server = spawn('redis-server', [...settings, ...durability], { stdio: 'ignore' });
    const clients: Client[] = [];
    try {
      for (const cached of [false, true]) clients.push(await connected(port, cached));
    } catch (error) {
      server.kill();
      throw error;
    }
    return new RedisPeer(version, server, ...(clients as [Client, Client]));
  }

  /** All nodes, and a sorted set of their keys to scan. */
  async load(nodes: number): Promise<void> {
    await this.set(nodes, nodes);
    for (let k = 0; k < nodes; k += BATCH) {
      const members = Array.from({ length: Math.min(BATCH, nodes - k) }, (_, i) => ({
        score: 0,
        value: String(k + i).padStart(9, '0'),
      }));
      await this.#plain.zAdd(SCANNED, members);
    }
  }

  /** SETs without awaiting each. */
  async set(nodes: number, count: number): Promise<number> {
    const start = performance.now();
    let k = 0;
    for (let i = 0; i < count; i += BATCH) {
      const batch: Promise<unknown>[] = [];
      for (let j = i; j < Math.min(count, i + BATCH); j++) {
        k = nextNode(k, nodes);
        batch.push(this.#plain.set(`account:${k}:balance`, `${j}.25`));
      }
      await Promise.all(batch);
    }
    return (performance.now() - start) / 1000;
  }

  /** Fills the client's cache, once for all rounds. */
  async #fillCache(nodes: number): Promise<void> {
    if (this.#filled >= nodes) return;
    this.#filled = nodes;
    for (let k = 0; k < nodes; k += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, nodes - k) }, (_, i) =>
        this.#caching.get(`account:${k + i}:balance`),
      );
      await Promise.all(batch);
    }
  }

  /** GETs answered by the client-side cache. */
  async getCached(nodes: number, count: number): Promise<number> {
    await this.#fillCache(nodes);
    const start = performance.now();
    let k = 0;
    for (let i = 0; i < count; i++) {
      k = nextNode(k, nodes);
      await this.#caching.get(`account:${k}:balance`);
    }
    return (performance.now() - start) / 1000;
  }

  /** The sorted set in pages of 1,000. */
  async scan(): Promise<{ readonly seconds: number; readonly count: number }> {
    const start = performance.now();
    let from = '-';
    let count = 0;
    for (;;) {
      const page = await this.#plain.zRange(SCANNED, from, '+', {
        BY: 'LEX',
        LIMIT: { offset: 0, count: BATCH },
      });
      const last = page[page.length - 1];
      if (last === undefined) return { seconds: (performance.now() - start) / 1000, count };
      count += page.length;
      from = `(${last}`;
    }
  }

  /** INCRs, `jobs` of them on their way; durable ones wait for an fsync each (or one for all that came together). */
  async increment(
    count: number,
    options: { readonly jobs: number; readonly durable: boolean },
  ): Promise<number> {
    await this.#plain.configSet('appendfsync', options.durable ? 'always' : 'everysec');
    const each = Math.ceil(count / options.jobs);
    const start = performance.now();
    await Promise.all(
      Array.from({ length: options.jobs }, async () => {
        for (let i = 0; i < each; i++) await this.#plain.incr('counter');
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    await this.#plain.configSet('appendfsync', 'everysec');
    return seconds;
  }

  /** MULTI, three SETs, EXEC, each awaited; durable ones wait for an fsync each. */
  async transactions(nodes: number, count: number, durable: boolean): Promise<number> {
    await this.#plain.configSet('appendfsync', durable ? 'always' : 'everysec');
    const start = performance.now();
    let k = 0;
    for (let i = 0; i < count; i++) {
      const transaction = this.#plain.multi();
      for (let j = 0; j < 3; j++) {
        k = nextNode(k, nodes);
        transaction.set(`account:${k}:balance`, `${i}.25`);
      }
      await transaction.exec();
    }
    const seconds = (performance.now() - start) / 1000;
    await this.#plain.configSet('appendfsync', 'everysec');
    return seconds;
  }

  stop(): Promise<void> {
    this.#plain.destroy();
    this.#caching.destroy();
    const ended = new Promise<void>((resolve) => this.#server.once('exit', () => resolve()));
    this.#server.kill();
    return ended;
  }
}

async function connected(port: number, cached: boolean): Promise<Client> {
  for (let waited = 0; ; waited += 100) {
    const client = connect(port, cached);
    client.on('error', () => undefined);
    try {
      return await client.connect();
    } catch (error) {
      client.destroy();
      if (waited >= START_MS_MAX) throw error;
      await sleep(100);
    }
  }
}
