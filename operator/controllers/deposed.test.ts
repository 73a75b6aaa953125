/** An operator that was replaced while it was frozen in the middle of its work. */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';

const QUICKSTART = readFileSync(
  join(import.meta.dirname, '../../examples/quickstart.yaml'),
  'utf8',
);

test('K5: writes nothing more when it goes on: what it saw before may be old', async () => {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  memory.apply(QUICKSTART);
  let isLeader = true;
  const bench = new OperatorBench(memory, { mayWrite: () => isLeader });
  const frozen = Promise.withResolvers<undefined>();
  bench.connection.before = (name) =>
    name.startsWith('apply Service') ? frozen.promise : undefined;
  await time.run(bench.start());
  await time.pass(1000);
  const { length: before } = bench.connection.writes;
  expect(before).toBeGreaterThan(0);
  isLeader = false;
  frozen.resolve(undefined);
  await time.pass(60_000);
  expect(bench.connection.writes).toHaveLength(before);
});
