/**
 * The cluster's public keys and who signs with them: instances check tokens by them without asking the cluster
 * (K6). Read again from time to time, since clusters rotate them.
 */
import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../../server/base/errors.ts';
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { ServiceAccount } from '../controllers/world.ts';
import type { Cluster } from '../runtime/cluster.ts';

const AGAIN_MS = 600_000;
/** While there are none yet, or they could not be read. */
const RETRY_MS = 5000;
/** What of a key is public and needed; anything else a cluster adds stays here. */
const KEY_FIELDS = ['kty', 'kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y'];

export interface ClusterKeysOptions {
  readonly cluster: Cluster;
  /** `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

export class ClusterKeys {
  readonly #options: ClusterKeysOptions;
  #account: ServiceAccount | undefined;
  #timer: Timer | undefined;
  #isStopped = false;
  readonly #ready = Promise.withResolvers<undefined>();

  constructor(options: ClusterKeysOptions) {
    this.#options = options;
  }

  /** Resolves when they were read once. */
  get ready(): Promise<unknown> {
    return this.#ready.promise;
  }

  /** Undefined until then. */
  get account(): ServiceAccount | undefined {
    return this.#account;
  }

  start(): void {
    void this.#read();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #read(): Promise<void> {
    const { cluster, clock, log, subject, onChange } = this.#options;
    let nextMs = AGAIN_MS;
    try {
      const { issuer } = (await cluster.raw('/.well-known/openid-configuration')) as {
        readonly issuer: string;
      };
      const { keys } = (await cluster.raw('/openid/v1/jwks')) as {
        readonly keys: readonly Readonly<Record<string, unknown>>[];
      };
      const account = { issuer, subject, keys: keys.map(publicPart) };
      if (!isDeepStrictEqual(account, this.#account)) {
        this.#account = account;
        this.#ready.resolve(undefined);
        onChange();
      }
    } catch (error) {
      nextMs = RETRY_MS;
      log.warn("the cluster's public keys cannot be read", { problem: messageOf(error) });
    }
    if (!this.#isStopped) this.#timer = clock.after(nextMs, () => void this.#read());
  }
}

function publicPart(key: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(key).filter(([name]) => KEY_FIELDS.includes(name)));
}
