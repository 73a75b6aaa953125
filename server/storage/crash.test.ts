/** Crashes at every append, sync and commit, with unsynced bytes lost, torn or kept. */
import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { isEcpError } from '../base/errors.ts';
import type { StorageEngine } from './engine.ts';
import { EVERY_STEP, someSteps } from '../../test/support/sweep.ts';
import { areMachinesEncrypted, Machine } from './testing/machine.ts';
import { seededRandom } from './testing/manual-clock.ts';

/** Where every step was tried without encryption. */
const STRIDE = 8;

class Crash extends Error {}

/** Nodes are k0…k19; every change is numbered, and the value says by which. */
const NODES = 20;

function state(engine: StorageEngine): Map<string, string> {
  const database = engine.database(0);
  const nodes = new Map<string, string>();
  for (const block of database.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const key = block.keyAt(i);
      nodes.set(textOf(key), textOf(database.get(key)!));
    }
  }
  return nodes;
}

/** Half of the seeds: checkpoints encode block by block, in turns between which changes are made. */
const isSliced = (seed: number): boolean => seed % 4 >= 2;

/** Runs until the n-th disk operation crashes; returns the states after each change and how many were durable. */
function run(
  machine: Machine,
  countdown: { left: number },
  start: Map<string, string>,
  seed: number,
): { states: Map<string, string>[]; durable: number; crashed: boolean } {
  const random = seededRandom(seed);
  // Odd seeds: syncs and commits complete later, in between other changes.
  const pending: (() => void)[] = [];
  const defer = (complete: () => void): void => {
    if (seed % 2 === 1) pending.push(complete);
    else complete();
  };
  machine.journal.defer = defer;
  for (const store of machine.stores) store!.defer = defer;
  const states = [new Map(start)];
  let durable = 0;
  const positions: number[] = [0];
  try {
    const engine = machine.start();
    engine.onDurable((position) => {
      while (durable + 1 < positions.length && positions[durable + 1]! <= position) durable++;
    });
    const session = engine.openSession('app', 'i');
    for (let n = 1; n <= 40; n++) {
      const next = new Map(states.at(-1));
      const at = Math.floor(random.next() * NODES);
      const key = utf8(`k${String(at).padStart(2, '0')}`);
      const name = textOf(key);
      const dice = random.next();
      const origin = { session: session.number, epoch: session.epoch, sequence: n };
      if (dice < 0.7) {
        const value = `${n} ${'x'.repeat(Math.floor(random.next() * (dice < 0.1 ? 400 : 90)))}`;
        states.push(next.set(name, value));
        positions.push(Infinity);
        const { position } = engine.apply(
          { kind: 'set', database: 0, key, value: utf8(value) },
          origin,
        );
        positions[n] = position;
      } else if (dice < 0.8) {
        next.delete(name);
        states.push(next);
        positions.push(Infinity);
        positions[n] = engine.apply({ kind: 'zkill', database: 0, key }, origin).position;
      } else {
        const to = utf8(`k${String(at + 1 + Math.floor(random.next() * 8)).padStart(2, '0')}`);
        for (const k of [...next.keys()]) if (k >= name && k < textOf(to)) next.delete(k);
        states.push(next);
        positions.push(Infinity);
        const { position } = engine.apply(
          { kind: 'killRange', database: 0, from: key, to },
          origin,
        );
        positions[n] = position;
      }
      if (random.next() < 0.3) engine.flush();
      if (random.next() < 0.3) engine.requestSync();
      if (random.next() < 0.15) engine.checkpoint();
      if (random.next() < 0.5) pending.shift()?.();
      // The next slice of a checkpoint: only then may it be another turn of the event loop.
      if (isSliced(seed) && random.next() < 0.5) machine.clock.advance(0);
    }
    engine.requestSync();
    for (let turns = 0; turns < 100; turns++) {
      pending.shift()?.();
      machine.clock.advance(0);
    }
  } catch (error) {
    if (!(error instanceof Crash) && !isEcpError(error, 'FROZEN')) throw error;
  }
  return { states, durable, crashed: countdown.left <= 0 };
}

const same = (a: Map<string, string>, b: Map<string, string>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);

describe('a crash at any disk operation', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'loses nothing durable and leaves the state after some prefix of the changes (seed %i)',
    (seed) => {
      const { first, stride } = areMachinesEncrypted() ? someSteps(STRIDE, seed) : EVERY_STEP;
      let crashes = 0;
      for (let n = first; ; n += stride) {
        const machine = new Machine({
          blockSize: 512,
          bufferPoolBytes: 2048,
          segmentBytes: 700,
          captureSliceBytes: isSliced(seed) ? 1 : Infinity,
        });
        const countdown = { left: 0 };
        const fates = seededRandom(seed * 1000 + n);
        let known = new Map<string, string>();
        let crashed = false;
        // Three lives on the same disks: recovery from what a recovery wrote.
        for (let life = 0; life < 3; life++) {
          countdown.left = n + life;
          const fault = (): void => {
            // Once crashed, nothing that the dead process still tries takes effect.
            if (--countdown.left <= 0) throw new Crash();
          };
          machine.journal.fault = fault;
          for (const store of machine.stores) store!.fault = fault;
          const result = run(machine, countdown, known, seed + life);
          crashed ||= result.crashed;
          machine.crash(() => fates.next());
          machine.journal.defer = (complete) => complete();
          for (const store of machine.stores) store!.defer = (complete) => complete();
          machine.journal.fault = () => undefined;
          for (const store of machine.stores) store!.fault = () => undefined;
          const engine = machine.start();
          const found = state(engine);
          const prefix = result.states.findIndex(
            (candidate, index) => index >= result.durable && same(candidate, found),
          );
          expect({ n, life, durable: result.durable, isPrefix: prefix >= result.durable }).toEqual({
            n,
            life,
            durable: result.durable,
            isPrefix: true,
          });
          const session = [...engine.sessions.values()].at(-1);
          if (prefix > 0 && session !== undefined) {
            expect(session.lastApplied).toBeGreaterThanOrEqual(result.durable);
          }
          known = found;
          engine.requestSync();
          machine.crash(() => fates.next());
        }
        if (!crashed) break;
        crashes++;
      }
      expect(crashes * stride).toBeGreaterThan(30);
    },
  );
});
