/**
 * What `ecp verify` is made of: probes, each of which has jobs do what a guarantee is about, through the client API, and
 * judges what they saw. They know of nothing but what they were answered.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type EcpErrorCode, isEcpError } from '../../base/errors.ts';
import type { Database, GlobalNode, LockReference, Subscript } from '../../instance/database.ts';

/** Where jobs run. */
export interface Place {
  readonly name: string;
  /** Another job there. */
  open(): Promise<Database>;
}

export interface ProbeContext {
  /** At least one; with several, jobs of each work on the same data. */
  readonly places: readonly Place[];
  /** What belongs to this run lies below this node: `root(job, ...)`. */
  readonly global: string;
  readonly run: string;
  readonly jobsPerPlace: number;
  /** Aborted when the time is up, or by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether processes are ended while it runs: what a crash may undo is not counted on. */
  readonly hasFaults: boolean;
  /** How many data servers have crashed so far. */
  crashes(): number;
}

/** `ALLOWED`: a deviation that the guide allows, and whose cause was there. `VACUOUS`: it hardly came to that. */
export type Verdict = 'PASS' | 'VIOLATION' | 'ALLOWED' | 'VACUOUS';

export interface Finding {
  /** As the guide's appendix numbers it, with its name. */
  readonly guarantee: string;
  readonly verdict: Verdict;
  /** How often that was seen which the guarantee is about. */
  readonly occurrences: number;
  /** Deviations that the guide allows, with their cause there. */
  readonly allowed: number;
  /** What was seen that must not be, or what is worth knowing. */
  readonly note: string;
}

export interface Probe {
  run(context: ProbeContext): Promise<readonly Finding[]>;
}

/** Fewer occurrences say nothing. */
const OCCURRENCES_MIN = 50;
const WITNESSES_MAX = 3;

/** Counts what speaks for and against one guarantee. */
export class Tally {
  readonly #guarantee: string;
  #occurrences = 0;
  #allowed = 0;
  #note = '';
  readonly #witnesses: string[] = [];

  constructor(guarantee: string) {
    this.#guarantee = guarantee;
  }

  /** It was as it must be, or `witness` says what was seen instead. */
  judge(isKept: boolean, witness: () => string): void {
    this.#occurrences++;
    if (!isKept && this.#witnesses.length < WITNESSES_MAX) this.#witnesses.push(witness());
  }

  allow(): void {
    this.#occurrences++;
    this.#allowed++;
  }

  note(text: string): void {
    this.#note = text;
  }

  finding(): Finding {
    const isFew = this.#occurrences < OCCURRENCES_MIN;
    const kept: Verdict = isFew ? 'VACUOUS' : this.#allowed > 0 ? 'ALLOWED' : 'PASS';
    return {
      guarantee: this.#guarantee,
      verdict: this.#witnesses.length > 0 ? 'VIOLATION' : kept,
      occurrences: this.#occurrences,
      allowed: this.#allowed,
      note: this.#witnesses.length > 0 ? this.#witnesses.join('; ') : this.#note,
    };
  }
}

/** Errors after which a job rolls back and starts over; any other ends the verification. */
const EXPECTED = new Set<EcpErrorCode>([
  'NETWORK',
  'NETWORK DATA UPDATE FAILED',
  'ROLLBACK ONLY',
  'CANCELLED',
  'RESOURCE',
  'LOCKTABLEFULL',
]);
const PAUSE_MS = 50;

/** What a job does again and again until the time is up. */
export type Work = (database: Database, who: Worker) => Promise<void>;

export interface Worker {
  readonly place: string;
  /** Of all jobs of this probe, from 0. */
  readonly number: number;
}

/**
 * Runs `work` over and over in several jobs of every place, until the time is up. A job that fails with what may happen
 * is ended, and another takes its place: what is unknown of its last step is the probe's business.
 */
export async function inJobs(context: ProbeContext, work: Work): Promise<void> {
  const all = context.places.flatMap((place, at) =>
    Array.from({ length: context.jobsPerPlace }, (_, i) =>
      loop(context, place, { place: place.name, number: at * context.jobsPerPlace + i }, work),
    ),
  );
  await Promise.all(all);
}

async function loop(context: ProbeContext, place: Place, who: Worker, work: Work): Promise<void> {
  let database: Database | undefined;
  while (!context.signal.aborted) {
    try {
      database ??= await place.open();
      await work(database, who);
    } catch (error) {
      if (!isEcpError(error) || !EXPECTED.has(error.code)) throw error;
      await close(database);
      database = undefined;
      await sleep(PAUSE_MS);
    }
  }
  await close(database);
}

async function close(database: Database | undefined): Promise<void> {
  try {
    await database?.close();
  } catch (error) {
    if (!isEcpError(error)) throw error;
  }
}

export function nodeOf(
  { global, run }: ProbeContext,
  database: Database,
  ...path: readonly Subscript[]
): GlobalNode {
  return database.global(global).at(run, ...path);
}

export function lockName(
  { global, run }: ProbeContext,
  ...path: readonly Subscript[]
): LockReference {
  return [global, run, ...path];
}

export function numberOf(text: string | undefined): number {
  return Number(text ?? 0);
}
