/**
 * Work of several jobs on one engine, chosen by a seed: changes of every kind in all its databases, transactions with
 * levels that commit, roll back step by step or stay open, checkpoints, syncs and completions that come late. All that
 * it does is in its history, until the engine fails it.
 */
import { assert } from '../../base/assert.ts';
import { EMPTY, successor, textOf, utf8 } from '../../base/bytes.ts';
import { encodeKey, subtreeEnd } from '../../globals/key.ts';
import type { Change } from '../../storage/change.ts';
import { LOCAL, type Origin, type StorageEngine } from '../../storage/engine.ts';
import { seededRandom } from '../../storage/testing/manual-clock.ts';
import type { Defer } from '../../storage/testing/memory-disk.ts';
import type { UndoableChange } from '../../storage/transaction-records.ts';
import type { OpenTransaction } from '../../storage/transaction-table.ts';
import { Rollback } from '../rollback.ts';
import { type Effect, type History, keyText, restoringEffect, unitsOf } from './mixed-history.ts';
import { MIXED_DATABASES, type MixedDatabase } from './mixed-machine.ts';

export interface WorkloadOptions {
  readonly seed: number;
  readonly steps: number;
  readonly jobs: number;
  /** Completions come later, in between other steps. */
  readonly isDeferred: boolean;
  /** Some values are large enough for a KILL of a few nodes to take several records. */
  readonly hasHuge?: boolean;
}

/** What it needs of a machine. */
export interface WorkloadMachine {
  readonly clock: { advance(ms: number): void };
  defer: Defer;
}

interface Job {
  /** Of a session, for it counts what was applied of it; undefined for jobs of the instance. */
  readonly isSession: boolean;
  open: OpenTransaction | undefined;
  rollback: { readonly work: Rollback; readonly level: number } | undefined;
}

/** Few, so that jobs come in each other’s way. */
const SUBSCRIPTS = 3;
const HUGE_BYTES = 150_000;
const TRANSACTION_LEVELS = 4;

export class MixedWorkload {
  /** The highest position that the engine said was durable. */
  durable = 0;
  /** What was applied of the session before. */
  readonly firstSequence: number;
  readonly #engine: StorageEngine;
  readonly #machine: WorkloadMachine;
  readonly #history: History;
  readonly #options: WorkloadOptions;
  readonly #random;
  readonly #jobs: readonly Job[];
  readonly #pending: (() => void)[] = [];
  #session: Origin;
  #values = 0;

  constructor(
    machine: WorkloadMachine,
    engine: StorageEngine,
    history: History,
    options: WorkloadOptions,
  ) {
    this.#machine = machine;
    this.#engine = engine;
    this.#history = history;
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#jobs = Array.from({ length: options.jobs }, (_, at) => ({
      isSession: at === 0,
      open: undefined,
      rollback: undefined,
    }));
    this.durable = engine.durablePosition;
    engine.onDurable((position) => (this.durable = position));
    const [known] = engine.sessions.values();
    const { number, epoch, lastApplied } = known ?? engine.openSession('app', 'i');
    this.#session = { session: number, epoch, sequence: lastApplied };
    this.firstSequence = lastApplied;
  }

  get session(): number {
    return this.#session.session;
  }

  /** EcpError FROZEN where the disk fails. */
  run(): void {
    if (this.#options.isDeferred)
      this.#machine.defer = (complete) => void this.#pending.push(complete);
    for (let i = 0; i < this.#options.steps; i++) this.step();
    this.#engine.requestSync();
    while (this.#pending.length > 0) this.#pending.shift()?.();
  }

  /** The next thing that one of the jobs does, and what happens besides. */
  step(): void {
    this.#step(this.#pick(this.#jobs));
    this.#aside();
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }

  #below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  #chance(of: number): boolean {
    return this.#random.next() < of;
  }

  /** What happens besides the work. */
  #aside(): void {
    const engine = this.#engine;
    if (this.#chance(0.2)) engine.flush();
    if (this.#chance(0.2)) engine.requestSync();
    if (this.#chance(0.08)) engine.checkpoint();
    if (this.#chance(0.3)) this.#machine.clock.advance(this.#below(4));
    if (this.#chance(0.5)) this.#pending.shift()?.();
    if (this.#chance(0.02)) this.#switchJournaling();
  }

  #switchJournaling(): void {
    const database = this.#engine.database(1);
    this.#engine.setJournaled(database, !database.isJournaled);
  }

  #step(job: Job): void {
    if (job.rollback !== undefined) this.#rollBackOn(job, job.rollback);
    else if (job.open === undefined) this.#outside(job);
    else this.#inside(job, job.open);
  }

  #outside(job: Job): void {
    if (this.#chance(0.35)) this.#begin(job);
    else this.#change(job);
  }

  #inside(job: Job, open: OpenTransaction): void {
    const dice = this.#random.next();
    if (dice < 0.1 && open.level < TRANSACTION_LEVELS) this.#level(job, open, open.level + 1);
    else if (dice < 0.2 && open.level > 1) this.#level(job, open, open.level - 1);
    else if (dice < 0.28) this.#rollBack(job, open, open.level - 1);
    else if (dice < 0.33) this.#rollBack(job, open, 0);
    else if (dice < 0.4) this.#commit(job, open);
    else this.#change(job);
  }

  // ── Transactions ─────────────────────────────────────────────────────────────────────────────────────

  #begin(job: Job): void {
    const before = this.#engine.position;
    const origin = this.#origin(job);
    job.open = this.#engine.transactions.begin(origin, this.#jobs.indexOf(job));
    const { number } = job.open;
    this.#note(before, origin, { number, step: { kind: 'begin' } });
  }

  #level(job: Job, open: OpenTransaction, level: number): void {
    const before = this.#engine.position;
    const origin = this.#origin(job);
    const isStart = level > open.level;
    this.#engine.transactions.setLevel(open, level, origin);
    this.#note(before, origin, { number: open.number, step: { kind: 'level', level, isStart } });
  }

  #commit(job: Job, open: OpenTransaction): void {
    const before = this.#engine.position;
    const origin = this.#origin(job);
    this.#engine.transactions.commit(open, origin);
    job.open = undefined;
    this.#note(before, origin, { number: open.number, step: { kind: 'end', level: 0 } });
    if (this.#chance(0.3)) this.#engine.requestSync();
  }

  #rollBack(job: Job, open: OpenTransaction, level: number): void {
    const work = new Rollback(this.#engine.transactions, open, level, this.#origin(job));
    job.rollback = { work, level };
  }

  /** Some steps of it: others come in between. */
  #rollBackOn(job: Job, { work, level }: NonNullable<Job['rollback']>): void {
    const { number } = work.transaction;
    for (let i = this.#below(5); i >= 0; i--) {
      // Looking the record up leaves nothing in the journal then.
      this.#engine.flush();
      const before = this.#engine.position;
      const isDone = work.step(1);
      if (isDone) {
        const origin = job.isSession ? this.#session : LOCAL;
        this.#note(before, origin, { number, step: { kind: 'end', level } });
        if (level === 0) job.open = undefined;
        job.rollback = undefined;
        return;
      }
      if (this.#engine.position !== before) this.#undone(before, number, level);
    }
  }

  #undone(before: number, number: number, level: number): void {
    const unit = this.#history.transactions.get(number)?.newest(level);
    assert(unit !== undefined, 'what is undone was done');
    const effect = restoringEffect(this.#history.nodes(unit.database), unit);
    this.#history.add({
      before,
      position: this.#engine.position,
      database: unit.database,
      ...(effect && { effect, isRedone: true }),
      transaction: { number, step: { kind: 'undo' } },
    });
  }

  #note(
    before: number,
    { session, sequence }: Origin,
    transaction: NonNullable<Parameters<History['add']>[0]['transaction']>,
  ): void {
    const numbered = session === 0 ? {} : { sequence };
    this.#history.add({ before, position: this.#engine.position, ...numbered, transaction });
  }

  // ── Changes ──────────────────────────────────────────────────────────────────────────────────────────

  /** The next of its session; of jobs of the instance none. */
  #origin(job: Job): Origin {
    if (!job.isSession) return LOCAL;
    this.#session = { ...this.#session, sequence: this.#session.sequence + 1 };
    return this.#session;
  }

  #key(): { readonly global: string; readonly key: Uint8Array } {
    const global = this.#chance(0.2) ? 'TMPx' : 'G';
    const subscripts = Array.from({ length: 1 + this.#below(2) }, () => this.#below(SUBSCRIPTS));
    return { global, key: encodeKey(global, subscripts) };
  }

  #value(): Uint8Array {
    const dice = this.#random.next();
    const huge = this.#options.hasHuge === true && dice < 0.1;
    const length = huge ? HUGE_BYTES : this.#below(dice < 0.25 ? 700 : 60);
    return utf8(`${++this.#values} ${'x'.repeat(length)}`);
  }

  #change(job: Job): void {
    const database = this.#pick(MIXED_DATABASES);
    const dice = this.#random.next();
    const { global, key } = this.#key();
    const { number } = database;
    if (dice < 0.12) this.#increment(job, database, global);
    else if (dice < 0.2) this.#merge(job, database);
    else if (dice < 0.65)
      this.#make(
        job,
        database,
        { kind: 'set', database: number, key, value: this.#value() },
        global,
      );
    else if (dice < 0.78)
      this.#make(job, database, { kind: 'zkill', database: number, key }, global);
    else if (dice < 0.93)
      this.#make(job, database, { kind: 'kill', database: number, key }, global);
    else {
      const range = { from: key, to: encodeKey('G', [this.#below(SUBSCRIPTS)]) };
      this.#make(job, database, { kind: 'killRange', database: number, ...range }, '');
    }
  }

  /** As jobs do it: node by node. */
  #merge(job: Job, database: MixedDatabase): void {
    const from = this.#pick(MIXED_DATABASES);
    const top = encodeKey('G', [this.#below(SUBSCRIPTS)]);
    const [low, high] = [keyText(top), keyText(subtreeEnd(top))];
    const nodes = [...this.#history.nodes(from.name)].filter(([key]) => key >= low && key < high);
    const to = encodeKey('G', [this.#below(SUBSCRIPTS)]);
    for (const [key, value] of nodes) {
      const rest = Uint8Array.from(key.slice(low.length), (char) => char.charCodeAt(0));
      const merged = new Uint8Array([...to, ...rest]);
      this.#make(
        job,
        database,
        { kind: 'set', database: database.number, key: merged, value: utf8(value) },
        'G',
      );
    }
  }

  #make(job: Job, database: MixedDatabase, change: UndoableChange, global: string): void {
    if (job.open === undefined || database.isTemporary === true)
      this.#apply(job, database, change, global);
    else this.#applyInside(job, job.open, database, change);
  }

  #applyInside(
    job: Job,
    open: OpenTransaction,
    database: MixedDatabase,
    change: UndoableChange,
  ): void {
    const origin = this.#origin(job);
    let rest: UndoableChange | undefined = change;
    while (rest !== undefined) {
      const before = this.#engine.position;
      const made: UndoableChange = rest;
      const { applied, rest: left } = this.#engine.transactions.apply(open, made, origin, LOCAL);
      const effect = effectOf(made, left);
      const units = unitsOf(database.name, this.#history.nodes(database.name), effect);
      this.#history.add({
        before,
        position: applied.position,
        database: database.name,
        effect,
        isRedone: true,
        ...(origin.session !== 0 && left === undefined && { sequence: origin.sequence }),
        transaction: { number: open.number, step: { kind: 'change', units } },
      });
      rest = left;
    }
  }

  #apply(job: Job, database: MixedDatabase, change: UndoableChange, global: string): void {
    const before = this.#engine.position;
    const origin = this.#origin(job);
    const { position } = this.#engine.apply(change, origin, job.open !== undefined);
    this.#noteApplied(job, before, position, origin, database, global, effectOf(change, undefined));
  }

  #increment(job: Job, database: MixedDatabase, global: string): void {
    const key = encodeKey(global, ['n']);
    const before = this.#engine.position;
    const origin = this.#origin(job);
    const change: Change = { kind: 'increment', database: database.number, key, by: utf8('1') };
    const { position, result } = this.#engine.apply(change, origin, job.open !== undefined);
    const sum = String(Number(this.#history.nodes(database.name).get(keyText(key)) ?? '0') + 1);
    assert(textOf(result ?? EMPTY) === sum, 'an increment adds one to what is there');
    const effect: Effect = { kind: 'set', key: keyText(key), value: sum };
    this.#noteApplied(job, before, position, origin, database, global, effect);
  }

  #noteApplied(
    job: Job,
    before: number,
    position: number,
    { session, sequence }: Origin,
    database: MixedDatabase,
    global: string,
    effect: Effect,
  ): void {
    const isExcepted = database.name === 'DATA' && global.startsWith('TMP');
    const isJournaled = this.#engine.database(database.number).isJournaled && !isExcepted;
    this.#history.add({
      before,
      position: position === 0 ? undefined : position,
      database: database.name,
      effect,
      isRedone: database.isTemporary !== true && (isJournaled || job.open !== undefined),
      ...(session !== 0 && { sequence }),
    });
  }
}

/** Of a change, or of the part of it before `left`. */
function effectOf(change: UndoableChange, left: UndoableChange | undefined): Effect {
  const to = left?.kind === 'killRange' ? keyText(left.from) : undefined;
  switch (change.kind) {
    case 'set':
      return { kind: 'set', key: keyText(change.key), value: textOf(change.value) };
    case 'zkill':
      return { kind: 'remove', from: keyText(change.key), to: keyText(successor(change.key)) };
    case 'kill':
      return {
        kind: 'remove',
        from: keyText(change.key),
        to: to ?? keyText(subtreeEnd(change.key)),
      };
    case 'killRange':
      return {
        kind: 'remove',
        from: keyText(change.from),
        to: to ?? (change.to && keyText(change.to)),
      };
  }
}
