/**
 * A crash at every operation of the disks under work with transactions, and at every operation of the recovery that
 * follows: what is there in the end is what a prefix of the journaled history left that holds all that was said to be
 * durable, every transaction whole or not at all. A.1.4, A.1.5, A.2.4, F-D3
 */
import { describe, expect, it } from '@jest/globals';
import { MASTER_KEY_BYTES, NodeMasterKey } from '../adapters/node-cipher.ts';
import { textOf } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import { LOCAL, type StorageEngine } from '../storage/engine.ts';
import { seededRandom } from '../storage/testing/manual-clock.ts';
import { Rollback } from './rollback.ts';
import { History, keyText, listed, type State } from './testing/mixed-history.ts';
import {
  type MachineOptions,
  type MixedEncryption,
  MIXED_DATABASES,
  MixedMachine,
} from './testing/mixed-machine.ts';
import { MixedWorkload, type WorkloadOptions } from './testing/mixed-workload.ts';

const LIVES = 6;
const STRIDE = 4;

/** Seeds beyond those of every run: ECP_CRASH_SEEDS of them. */
const MORE = Number(process.env['ECP_CRASH_SEEDS'] ?? 0);
const seeds = (count: number): number[] => Array.from({ length: count + MORE }, (_, at) => at);

class Crash extends Error {}

const NAMES = MIXED_DATABASES.map(({ name }) => name);

function fateOf(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.next();
}

/** Fails the n-th operation from now, and all after it: nothing that a dead process tries takes effect. */
function crashAt(machine: MixedMachine, n: number): { readonly made: () => number } {
  let made = 0;
  machine.fault = () => {
    if (++made >= n) throw new Crash();
  };
  return { made: () => made };
}

function contents(engine: StorageEngine): State {
  return new Map(
    engine.databases.map((database) => {
      const nodes = new Map<string, string>();
      let low: Uint8Array | undefined = new Uint8Array(0);
      for (const block of database.blocks()) {
        // The blocks' ranges follow each other without a gap.
        expect(block.low).toEqual(low);
        low = block.high;
        for (let i = 0; i < block.count; i++) {
          const key = block.keyAt(i);
          nodes.set(keyText(key), textOf(database.get(key)!));
        }
      }
      expect(low).toBeUndefined();
      return [database.name, nodes] as const;
    }),
  );
}

/** What a start does, its operations counted by `fault`. Undefined where it crashed. */
function restart(machine: MixedMachine): StorageEngine | undefined {
  try {
    const engine = machine.start();
    for (const open of [...engine.transactions.open.values()])
      new Rollback(engine.transactions, open, 0, LOCAL).step(Infinity);
    engine.requestSync();
    engine.checkpoint();
    machine.clock.advance(0);
    return engine.frozen === undefined ? engine : undefined;
  } catch (error) {
    if (error instanceof Crash || isEcpError(error, 'FROZEN')) return undefined;
    throw error;
  }
}

interface Life {
  readonly history: History;
  readonly workload: MixedWorkload | undefined;
}

function live(machine: MixedMachine, options: WorkloadOptions, start: State): Life {
  const history = new History(NAMES, start);
  let workload: MixedWorkload | undefined;
  try {
    const engine = machine.start();
    // Whatever another life left open is undone before anything begins.
    for (const open of [...engine.transactions.open.values()])
      new Rollback(engine.transactions, open, 0, LOCAL).step(Infinity);
    workload = new MixedWorkload(machine, engine, history, options);
    workload.run();
    expect(listed(contents(engine))).toEqual(listed(history.live));
  } catch (error) {
    if (!(error instanceof Crash) && !isEcpError(error, 'FROZEN')) throw error;
  }
  return { history, workload };
}

/** What must be there of a life that ended. */
function expected(engine: StorageEngine, { history, workload }: Life): State {
  const { end } = engine.recovery;
  if (workload !== undefined) {
    expect(end).toBeGreaterThanOrEqual(workload.durable);
    const applied = engine.sessions.get(workload.session)?.lastApplied ?? 0;
    expect(applied).toBe(Math.max(workload.firstSequence, history.lastSequence(end)));
  }
  const stored = new Map(
    engine.databases.map(({ name, storedPosition }) => [name, storedPosition]),
  );
  const state = history.recovered(end, stored);
  state.delete('TEMP');
  return state;
}

/** Judges a machine whose life ended, its recovery crashed at any operation included; returns how many those were. */
function judge(machine: MixedMachine, life: Life, offset: number, fate: () => number): number {
  expect(machine.errors()).toEqual([]);
  const state = listed(expected(machine.clone().start(), life));
  const whole = machine.clone();
  const operations = crashAt(whole, Infinity);
  const verdict = (engine: StorageEngine | undefined, at: number): void => {
    const found = engine === undefined ? undefined : contents(engine);
    found?.delete('TEMP');
    expect({ offset, at, state: found && listed(found) }).toEqual({ offset, at, state });
    expect(engine?.transactions.open.size).toBe(0);
  };
  verdict(restart(whole), 0);
  // In every run a part of them, of each life others; all of them where more was asked for.
  const stride = MORE > 0 ? 1 : STRIDE;
  let recoveries = 0;
  for (let at = 1 + (offset % stride); at <= operations.made(); at += stride) {
    const again = machine.clone();
    crashAt(again, at);
    restart(again);
    again.crash(fate);
    verdict(restart(again), at);
    recoveries++;
  }
  return recoveries;
}

/** By the seed: short segments or longer ones, little memory, checkpoints in slices. */
function optionsOf(seed: number): MachineOptions {
  return {
    segmentBytes: [1500, 700, 6000][seed % 3] as number,
    bufferPoolBytes: seed % 4 === 0 ? 4096 : 64 * 1024,
    checkpointJournalBytes: seed % 2 === 0 ? 4000 : 100_000,
    captureSliceBytes: seed % 3 === 0 ? 1 : Infinity,
  };
}

function workloadOf(seed: number, steps: number): WorkloadOptions {
  return { seed, steps, jobs: 3, isDeferred: seed % 4 > 0, hasHuge: seed % 8 === 5 };
}

/** One life after the other crashes at one of its operations; what the last left is what the next begins with. */
function sweepLives(seed: number, encryption: MixedEncryption | undefined): number {
  const fate = fateOf(seed * 7919);
  const machine = new MixedMachine(optionsOf(seed), encryption);
  let state: State = new Map();
  let crashes = 0;
  for (let life = 0; life < LIVES; life++) {
    const operations = crashAt(machine, 1 + Math.floor(fate() * 120));
    const ended = live(machine, workloadOf(seed * LIVES + life, 40), state);
    machine.crash(fate);
    judge(machine, ended, life, fate);
    if (operations.made() > 0) crashes++;
    state = expected(machine.clone().start(), ended);
    crashAt(machine, Infinity);
    const engine = restart(machine);
    expect(engine).toBeDefined();
    machine.crash(fate);
  }
  return crashes;
}

/** The same work crashes at each of its operations in turn. */
function sweepPoints(seed: number, encryption: MixedEncryption | undefined) {
  let recoveries = 0;
  for (let crashes = 0; ; crashes++) {
    const fate = fateOf(seed * 100_000 + crashes);
    const machine = new MixedMachine(optionsOf(seed), encryption);
    const operations = crashAt(machine, crashes + 1);
    const life = live(machine, workloadOf(seed, encryption === undefined ? 45 : 20), new Map());
    machine.crash(fate);
    recoveries += judge(machine, life, crashes, fate);
    if (operations.made() <= crashes) return { crashes, recoveries };
  }
}

const key = new NodeMasterKey('test', new Uint8Array(MASTER_KEY_BYTES).fill(7));
const ENCRYPTION: MixedEncryption = {
  key,
  ring: { byName: () => key, byFingerprint: () => key, keys: () => [key] },
};

describe.each([
  ['plain', undefined, 3],
  ['encrypted', ENCRYPTION, 1],
] as const)(
  'on %s disks, a crash at any operation, and at any of the recovery',
  (_, disks, count) => {
    it.each(seeds(count))(
      'leaves a prefix with all that was durable, transactions whole or not at all (seed %i)',
      (seed) => {
        const { crashes, recoveries } = sweepPoints(seed, disks);
        expect(crashes).toBeGreaterThan(20);
        expect(recoveries).toBeGreaterThan(2 * crashes);
      },
    );

    it.each(seeds(count))('does so life after life on the same disks (seed %i)', (seed) => {
      expect(sweepLives(seed, disks)).toBe(LIVES);
    });
  },
);
