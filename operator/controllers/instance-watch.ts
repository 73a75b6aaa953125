/**
 * What the running instances say of themselves, kept up to date by asking each in turn. Kubernetes tells nothing of
 * connections and configurations in force; asking is all there is. Whoever reconciles reads what was answered last, and
 * is told when an answer differs in something that matters.
 *
 * Bounds: so many questions at a time, each with a deadline of its own; what does not answer is asked again at the same
 * pace as everybody else.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timer } from '../../server/ports/clock.ts';
import type { Log } from '../../server/ports/log.ts';
import { secondTime } from '../runtime/micro-time.ts';
import { readObservation } from './decisions/observation.ts';
import type { Observation } from './decisions/observation.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';
import type { InstanceAdmin } from './instance-admin.ts';

/** How old an answer may be. */
const AGE_MS_MAX = 3000;
/** Of an instance that starts, or has not what it is to have: sooner. */
const AGE_UNSETTLED_MS_MAX = 500;
const TURN_MS = 100;
const ASKED_AT_A_TIME_MAX = 16;

interface Watched {
  readonly pod: OwnedPod;
  /** Key of its resource. */
  readonly key: string;
  observation: Observation | undefined;
  /** Why it did not answer; undefined when it did. */
  problem: string | undefined;
  askedAtMs: number;
  isAsked: boolean;
}

export interface InstanceWatchOptions {
  readonly admin: InstanceAdmin;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with the key of the resource whose instance says something else. */
  readonly onChange: (key: string) => void;
}

export class InstanceWatch {
  readonly #options: InstanceWatchOptions;
  readonly #watched = new Map<string, Watched>();
  #asking = 0;
  #timer: Timer | undefined;

  constructor(options: InstanceWatchOptions) {
    this.#options = options;
  }

  /** The instances that there are now, by key of their resource; those that began to run are asked at once. */
  follow(pods: ReadonlyMap<string, readonly OwnedPod[]>): void {
    const left = new Set(this.#watched.keys());
    for (const [key, list] of pods) {
      for (const pod of list) {
        if (!isReachable(pod)) continue;
        left.delete(pod.uid);
        const before = this.#watched.get(pod.uid);
        const isAsBefore = before?.pod.isReady === pod.isReady && before.key === key;
        this.#watched.set(pod.uid, {
          ...(before ?? { observation: undefined, problem: undefined, isAsked: false }),
          pod,
          key,
          askedAtMs: isAsBefore ? before.askedAtMs : -Infinity,
        });
      }
    }
    for (const uid of left) this.#watched.delete(uid);
  }

  /** What an instance said last; undefined while it has not answered. */
  observationOf(podUid: string): Observation | undefined {
    return this.#watched.get(podUid)?.observation;
  }

  /** Whether its first answer, or that it gives none, is still to come. */
  isAwaited(pod: OwnedPod): boolean {
    if (!isReachable(pod)) return false;
    const { observation, problem } = this.#watched.get(pod.uid) ?? {};
    return observation === undefined && problem === undefined;
  }

  /** A configuration was offered, and this is in force now; the instance is asked next for what came of it. */
  noteOffer(podUid: string, inForce: Pick<Observation, 'revision' | 'hash'> | undefined): void {
    const watched = this.#watched.get(podUid);
    if (watched === undefined) return;
    if (inForce !== undefined && watched.observation !== undefined) {
      watched.observation = { ...watched.observation, ...inForce };
    }
    watched.askedAtMs = -Infinity;
  }

  start(): void {
    this.#timer ??= this.#options.clock.after(0, () => this.#turn());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #turn(): void {
    const { clock } = this.#options;
    this.#timer = clock.after(TURN_MS, () => this.#turn());
    const nowMs = clock.nowMs();
    const due = [...this.#watched.values()]
      .filter((watched) => !watched.isAsked && nowMs - watched.askedAtMs >= ageMax(watched))
      .toSorted((a, b) => a.askedAtMs - b.askedAtMs);
    for (const watched of due.slice(0, ASKED_AT_A_TIME_MAX - this.#asking)) {
      void this.#ask(watched, nowMs);
    }
  }

  async #ask(watched: Watched, nowMs: number): Promise<void> {
    const { admin, clock } = this.#options;
    const { pod } = watched;
    watched.isAsked = true;
    watched.askedAtMs = nowMs;
    this.#asking++;
    try {
      const reply = await admin.status(pod);
      const timeOf = (agoMs: number): string => secondTime(clock.wallMs() - agoMs);
      this.#note(pod.uid, readObservation(reply, watched.observation, timeOf), undefined);
    } catch (error) {
      this.#note(pod.uid, watched.observation, String(error));
    } finally {
      this.#asking--;
      const current = this.#watched.get(pod.uid);
      if (current !== undefined) current.isAsked = false;
    }
  }

  #note(uid: string, observation: Observation | undefined, problem: string | undefined): void {
    const watched = this.#watched.get(uid);
    if (watched === undefined) return; // gone meanwhile
    if (problem !== undefined && watched.problem === undefined && watched.pod.isReady) {
      this.#options.log.warn('instance does not answer', { pod: watched.pod.name, problem });
    }
    watched.problem = problem;
    if (isDeepStrictEqual(watched.observation, observation)) return;
    watched.observation = observation;
    this.#options.onChange(watched.key);
  }
}

const isReachable = ({ isRunning, addresses }: OwnedPod): boolean =>
  isRunning && addresses.length > 0;

function ageMax({ observation, problem }: Watched): number {
  const isSettled = observation?.isReady === true && problem === undefined;
  return isSettled ? AGE_MS_MAX : AGE_UNSETTLED_MS_MAX;
}
