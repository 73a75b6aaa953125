/**
 * An instance against a model of it: jobs with transactions in each other's way, reads of every kind, databases that
 * come, go and are switched, checkpoints, restarts, crashes. Shrinks to the shortest story that fails. A.1.4, A.1.5
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import { GLOBALS, InstancePair, JOBS, type Path, type Place, SUBSCRIPTS } from './instance-pair.ts';

type Command = fc.AsyncCommand<InstancePair, InstancePair>;

/** Told apart by what `text` says; done where `isPossible`. */
function command(
  text: string,
  run: (pair: InstancePair) => Promise<void>,
  isPossible: (pair: Readonly<InstancePair>) => boolean = () => true,
): Command {
  return {
    check: (pair) => isPossible(pair),
    run: async (pair) => run(pair),
    toString: () => text,
  };
}

const at = fc.nat({ max: JOBS - 1 });
const path: fc.Arbitrary<Path> = fc.array(fc.constantFrom(...SUBSCRIPTS), { maxLength: 2 });
// Half of it at two places, so that jobs come in each other's way.
const crowded: fc.Arbitrary<Place> = fc.record({
  global: fc.constantFrom('x', 'M'),
  path: fc.constant<Path>([1]),
});
const anywhere: fc.Arbitrary<Place> = fc.record({ global: fc.constantFrom(...GLOBALS), path });
const place = fc.oneof(crowded, anywhere);
const value = fc.oneof(
  fc.nat({ max: 9 }).map(String),
  fc.constantFrom('', 'text', 'x'.repeat(3000)),
);
const show = ({ global, path: at }: Place): string => `^${global}(${at.join()})`;

const set = fc
  .tuple(at, place, value)
  .map(([job, to, text]) =>
    command(`${job}: set ${show(to)}=${text.slice(0, 5)}`, (pair) => pair.set(job, to, text)),
  );
const onPlace = (name: 'kill' | 'zkill' | 'increment' | 'read') =>
  fc
    .tuple(at, place)
    .map(([job, to]) => command(`${job}: ${name} ${show(to)}`, (pair) => pair[name](job, to)));
const merge = fc
  .tuple(at, place, place)
  .filter(([, to, from]) => to.global !== from.global && to.path.length <= from.path.length)
  .map(([job, to, from]) =>
    command(`${job}: merge ${show(to)}=${show(from)}`, (pair) => pair.merge(job, to, from)),
  );
const tstart = at.map((job) => command(`${job}: tstart`, (pair) => pair.tstart(job)));
const tcommit = fc
  .tuple(at, fc.boolean())
  .map(([job, sync]) =>
    command(`${job}: tcommit${sync ? ' synchronous' : ''}`, (pair) => pair.tcommit(job, sync)),
  );
const trollback = fc
  .tuple(at, fc.constantFrom('all' as const, 'level' as const))
  .map(([job, scope]) =>
    command(`${job}: trollback ${scope}`, (pair) => pair.trollback(job, scope)),
  );
const halt = at.map((job) => command(`${job}: halt`, (pair) => pair.halt(job)));

const ofInstance = fc.oneof(
  fc.constant(command('flush', (pair) => pair.flush())),
  fc.constant(command('checkpoint', (pair) => pair.checkpoint())),
  fc.nat({ max: 12 }).map((ms) => command(`${ms} ms pass`, (pair) => pair.pass(ms))),
);
const ofMore = fc.oneof(
  fc.boolean().map((isMounted) =>
    command(
      isMounted ? 'mount' : 'dismount',
      (pair) => pair.configure({ isMounted }),
      (pair) => pair.isMounted !== isMounted,
    ),
  ),
  fc
    .boolean()
    .map((isReadOnly) =>
      command(`read-only ${isReadOnly}`, (pair) => pair.configure({ isReadOnly })),
    ),
  fc
    .boolean()
    .map((isJournaled) =>
      command(`journaled ${isJournaled}`, (pair) => pair.configure({ isJournaled })),
    ),
);
const ends = fc.oneof(
  fc.constant(command('restart', (pair) => pair.restart())),
  fc.constant(command('kill -9', (pair) => pair.crash(undefined))),
  fc.nat().map((seed) =>
    command(`power cut ${seed}`, (pair) => {
      const random = seededRandom(seed);
      return pair.crash(() => random.next());
    }),
  ),
);

const repeated = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T>[] =>
  Array.from({ length: weight }, () => arbitrary);

const COMMANDS = [
  ...repeated(6, set),
  ...repeated(2, onPlace('kill')),
  ...repeated(2, onPlace('zkill')),
  ...repeated(2, onPlace('increment')),
  ...repeated(3, onPlace('read')),
  ...repeated(2, merge),
  ...repeated(4, tstart),
  ...repeated(3, tcommit),
  ...repeated(3, trollback),
  halt,
  ...repeated(3, ofInstance),
  ...repeated(2, ofMore),
  ...repeated(2, ends),
];

/** More of them where ECP_MODEL_RUNS says so. */
const RUNS = Number(process.env['ECP_MODEL_RUNS'] ?? 150);

describe('an instance', () => {
  test(
    'does what its model does, whatever comes in which order',
    async () => {
      let commands = 0;
      await fc.assert(
        fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 60, size: '+1' }), async (list) => {
          await fc.asyncModelRun(() => {
            const pair = new InstancePair();
            return { model: pair, real: pair };
          }, [...list, command('compare', (pair) => pair.compare())]);
          commands += [...list].length;
        }),
        { numRuns: RUNS },
      );
      expect(commands).toBeGreaterThan(10 * RUNS);
    },
    RUNS * 1000,
  );
});
