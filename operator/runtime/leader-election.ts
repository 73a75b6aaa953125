/**
 * One leader among several processes, by a Lease of coordination.k8s.io/v1.
 *
 *   following ──── took the lease ────▶ leading ──── not renewed in time, or another holds it ────▶ lost
 *       │                                  │
 *       └────────────── stop ──────────────┴──────────▶ stopped (the lease is given back)
 *
 * - **following**: looks at the lease every now and then. Takes it when nobody holds it, or when it has not changed for
 *   as long as its holder said, on *this* machine's monotonic clock: times in the lease are for people, clocks of
 *   machines disagree.
 * - **leading**: renews it. What counts is when a renewal was *sent*: others count from when they saw it, which is later.
 * - **lost**, **stopped**: for good. Only a new process may lead again, so that nothing of the old leadership can go on.
 *
 * Invariant: at most one leads. A leader gives up `renewMs` after its last renewal, others wait `leaseMs`, which is
 * longer; `isLeader` looks at the clock itself, so that a process that was frozen does not believe it for a moment.
 * Writes are compare-and-swap on the version that was read. A try that takes too long is given up, and writes nothing after.
 */
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Gauge, Metrics } from '../../server/ports/metrics.ts';
import { ApiError } from './api-error.ts';
import type { KubernetesObject, ResourceType } from './kubernetes-object.ts';
import { microTime } from './micro-time.ts';
import { withinLimit } from './time-limit.ts';

/** What of the cluster an election needs. */
export interface LeaseStore {
  get(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): Promise<KubernetesObject | undefined>;
  create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject>;
  replace(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject>;
}

export interface LeaderElectionOptions {
  readonly store: LeaseStore;
  readonly namespace: string;
  readonly name: string;
  /** Of this process alone. */
  readonly identity: string;
  /** How long others wait for a leader that does not renew. Whole seconds. */
  readonly leaseMs?: number;
  /** How long a leader goes on without a renewal. */
  readonly renewMs?: number;
  /** Between two looks at the lease. */
  readonly retryMs?: number;
  /** In [0, 1): spreads those who wait for the lease. */
  readonly random: () => number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onElected: () => void;
  /** Once, at most. */
  readonly onLost: () => void;
}

const LEASE_MS = 15_000;
const RENEW_MS = 10_000;
const RETRY_MS = 2000;
/** Who waits looks again after `retryMs` and up to this part of it more. */
const JITTER = 1.2;
/** After a release, should the field matter to anybody. */
const RELEASED_SECONDS = 1;
/** A release meets a conflict when somebody else has just touched the lease. */
const RELEASE_TRIES_MAX = 3;

const LEASE: ResourceType = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

/** The lease as it was when it last changed. */
interface Observed {
  /** What it said, to compare. */
  readonly words: string;
  readonly holder: string;
  /** By the local clock. */
  readonly atMs: number;
}

type State = 'new' | 'following' | 'leading' | 'lost' | 'stopped';

export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  readonly #leaseMs: number;
  readonly #renewMs: number;
  readonly #retryMs: number;
  readonly #status: Gauge;
  #state: State = 'new';
  #observed: Observed | undefined;
  /** As our last write left it: the next renewal needs no read. Undefined when that may be wrong. */
  #ours: KubernetesObject | undefined;
  /** A write of ours was sent: the lease may name us. */
  #mayHold = false;
  /** While leading: when the last successful renewal was sent. */
  #renewedMs = 0;
  #deadline: Timer | undefined;
  /** Ends the present pause between two tries. */
  #wake: () => void = () => undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: LeaderElectionOptions) {
    const { leaseMs = LEASE_MS, renewMs = RENEW_MS, retryMs = RETRY_MS } = options;
    if (!(retryMs > 0 && renewMs > 2 * retryMs && leaseMs > renewMs)) {
      throw new RangeError(
        `a lease of ${leaseMs} ms must outlast its renewal (${renewMs} ms), and that two retries (${retryMs} ms each)`,
      );
    }
    this.#options = options;
    this.#leaseMs = leaseMs;
    this.#renewMs = renewMs;
    this.#retryMs = retryMs;
    this.#status = options.metrics.gauge(
      'leader_election_master_status',
      'Whether this process is the leader.',
      { name: options.name },
    );
    this.#status.set(0);
  }

  get isLeader(): boolean {
    return this.#state === 'leading' && this.#isRenewed();
  }

  /**
   * For /livez: whether the lease is renewed in time, or this is no leader. A leader that lost it is not healthy:
   * it leads never again, and should have ended.
   */
  get isHealthy(): boolean {
    return this.#state === 'leading' ? this.#isRenewed() : this.#state !== 'lost';
  }

  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'following';
    this.#loop = this.#run();
  }

  /** Gives the lease back if it holds it; takes `renewMs` at most. */
  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#end('stopped');
    this.#wake();
    if (!this.#mayHold) return;
    await this.#loop;
    const { clock, log } = this.#options;
    try {
      await withinLimit(clock, this.#tryMs, (over) => this.#release(over));
    } catch (error) {
      log.warn('the lease could not be given back', { ...this.#fields(), error: String(error) });
    }
  }

  /** A try may take so long; two fit into the renew deadline. */
  get #tryMs(): number {
    return this.#renewMs / 2;
  }

  #isRenewed(): boolean {
    return this.#options.clock.nowMs() - this.#renewedMs < this.#renewMs;
  }

  #isRunning(): boolean {
    return this.#state === 'following' || this.#state === 'leading';
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    while (this.#isRunning()) {
      const sentMs = clock.nowMs();
      const isHeld = await withinLimit(clock, this.#tryMs, (over) => this.#takeOrRenew(over)).catch(
        (error: unknown) => {
          this.#ours = undefined;
          const isConflict = error instanceof ApiError && error.status === 409;
          log[isConflict ? 'debug' : 'warn']('the lease could not be taken or renewed', {
            ...this.#fields(),
            error: String(error),
          });
          return false;
        },
      );
      // Outside of the catch: what the owner's callback throws is a bug that must end the process.
      if (isHeld) this.#held(sentMs);
      if (this.#isRunning()) await this.#pause(sentMs);
    }
  }

  /** Counted from when the last try was sent: one that took long has been pause enough. */
  async #pause(sentMs: number): Promise<void> {
    const { clock, random } = this.#options;
    const spread = this.#state === 'following' ? 1 + JITTER * random() : 1;
    const pauseMs = sentMs + this.#retryMs * spread - clock.nowMs();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#wake = () => resolve(undefined);
    const timer = clock.after(Math.max(0, pauseMs), this.#wake);
    await promise;
    timer.cancel();
  }

  /** Whether the lease is ours now. Throws ApiError; a conflict when another was first. */
  async #takeOrRenew(over: AbortSignal): Promise<boolean> {
    const { store, namespace, name, identity } = this.#options;
    const lease = this.#ours ?? (await store.get(LEASE, namespace, name));
    if (!this.#mayWrite(over)) return false;
    if (lease === undefined) {
      this.#mayHold = true;
      const created = await store.create(LEASE, {
        ...LEASE_HEAD,
        metadata: { name, namespace },
        spec: this.#spec(undefined),
      });
      if (!over.aborted) this.#ours = created;
      return true;
    }
    const spec = specOf(lease);
    const observed = this.#observe(spec);
    if (observed.holder !== '' && observed.holder !== identity) {
      if (this.#state === 'leading') {
        this.#lose('another holds the lease');
        return false;
      }
      if (!this.#isExpired(spec, observed)) return false;
    }
    this.#mayHold = true;
    const written = await store.replace(LEASE, { ...lease, spec: this.#spec(spec) });
    if (!over.aborted) this.#ours = written;
    return true;
  }

  /** A try that was given up, or outlived the leadership, must not write. */
  #mayWrite(over: AbortSignal): boolean {
    return !over.aborted && this.#isRunning();
  }

  /** The holder had the time that it asked for, by the local clock, and did nothing. */
  #isExpired({ leaseDurationSeconds }: LeaseSpec, { atMs }: Observed): boolean {
    const saidMs = leaseDurationSeconds === undefined ? this.#leaseMs : leaseDurationSeconds * 1000;
    return this.#options.clock.nowMs() - atMs >= saidMs;
  }

  /** What the lease says once it is ours. `before`: what it said, if there was one. */
  #spec(before: LeaseSpec | undefined): LeaseSpec {
    const { identity, clock } = this.#options;
    const now = microTime(clock.wallMs());
    const wasOurs = before?.holderIdentity === identity;
    const transitions = before?.leaseTransitions ?? 0;
    return {
      ...before,
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(this.#leaseMs / 1000),
      acquireTime: wasOurs ? (before.acquireTime ?? now) : now,
      renewTime: now,
      leaseTransitions: before === undefined || wasOurs ? transitions : transitions + 1,
    };
  }

  #observe(spec: LeaseSpec): Observed {
    const { clock, log } = this.#options;
    const words = JSON.stringify(spec);
    if (this.#observed?.words === words) return this.#observed;
    const holder = spec.holderIdentity ?? '';
    if (holder !== (this.#observed?.holder ?? '') && holder !== this.#options.identity) {
      log.info('the lease has another holder', { ...this.#fields(), holder });
    }
    this.#observed = { words, holder, atMs: clock.nowMs() };
    return this.#observed;
  }

  /** A try that was begun at `sentMs` has made the lease ours. */
  #held(sentMs: number): void {
    if (!this.#isRunning()) return;
    const { clock, log, onElected } = this.#options;
    // Too late either way if this process was frozen meanwhile: others may have waited long enough.
    if (this.#state === 'leading' && !this.#isRenewed()) {
      this.#lose('renewed too late');
      return;
    }
    if (clock.nowMs() - sentMs >= this.#renewMs) return;
    this.#renewedMs = sentMs;
    this.#deadline?.cancel();
    this.#deadline = clock.after(sentMs + this.#renewMs - clock.nowMs(), () =>
      this.#lose('not renewed in time'),
    );
    if (this.#state === 'leading') return;
    this.#state = 'leading';
    this.#status.set(1);
    log.info('leads from now on', this.#fields());
    onElected();
  }

  #lose(why: string): void {
    const { log, onLost } = this.#options;
    this.#end('lost');
    log.warn('leads no longer', { ...this.#fields(), why });
    onLost();
  }

  #end(state: 'lost' | 'stopped'): void {
    this.#state = state;
    this.#ours = undefined;
    this.#deadline?.cancel();
    this.#status.set(0);
  }

  /** Only what still names us, and nobody else's. */
  async #release(over: AbortSignal): Promise<void> {
    const { store, namespace, name, identity, clock, log } = this.#options;
    for (let tries = 1; ; tries++) {
      const lease = await store.get(LEASE, namespace, name);
      if (over.aborted || lease === undefined) return;
      const spec = specOf(lease);
      if (spec.holderIdentity !== identity) return;
      const released: LeaseSpec = {
        ...spec,
        holderIdentity: '',
        leaseDurationSeconds: RELEASED_SECONDS,
        renewTime: microTime(clock.wallMs()),
      };
      try {
        await store.replace(LEASE, { ...lease, spec: released });
        log.info('the lease is given back', this.#fields());
        return;
      } catch (error) {
        const isConflict = error instanceof ApiError && error.isConflict;
        if (!isConflict || tries === RELEASE_TRIES_MAX) throw error;
      }
    }
  }

  #fields(): { readonly lease: string; readonly identity: string } {
    const { namespace, name, identity } = this.#options;
    return { lease: `${namespace}/${name}`, identity };
  }
}

const LEASE_HEAD = { apiVersion: LEASE.apiVersion, kind: LEASE.kind };

const specOf = (lease: KubernetesObject): LeaseSpec =>
  (lease['spec'] as LeaseSpec | undefined) ?? {};
