/** Reconciling comes to an end: over every example nothing is written any more once all is as it should be. */
import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { conditionsIn } from '../api/conditions.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { POD, RESOURCES, STATEFUL_SET } from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';
import type { BenchOptions } from './testing/operator-bench.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const examples = globSync('**/*.yaml', { cwd: EXAMPLES }).toSorted();
const READY_MS_MAX = 60_000;
const IDLE_MS = 60_000;
/** Longer than a resync, a token's life and the pause between two readings of keys. */
const LONG_MS = 1_800_000;

const resourcesOf = ({ server }: MemoryCluster): KubernetesObject[] =>
  Object.values(RESOURCES).flatMap((type) => server.list({ type }));
const isReady = ({ status, metadata }: KubernetesObject): boolean =>
  conditionsIn(status).some(
    ({ type, status: value, observedGeneration }) =>
      type === 'Ready' && value === 'True' && observedGeneration === metadata.generation,
  );

async function open(example: string) {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  memory.apply(readFileSync(join(EXAMPLES, example), 'utf8'));
  /** Another process of the operator, from its start until all has been ready for a while. */
  const start = async (options?: BenchOptions): Promise<OperatorBench> => {
    const bench = new OperatorBench(memory, options);
    await time.run(bench.start());
    await time.pass(READY_MS_MAX);
    return bench;
  };
  return { time, memory, bench: await start(), start };
}
const uidsOf = ({ server }: MemoryCluster): (string | undefined)[] =>
  server.list({ type: POD }).map(({ metadata }) => metadata.uid);

test('there are examples', () => {
  expect(examples).toContain('quickstart.yaml');
});

describe.each(examples)('%s', (example) => {
  test('becomes ready, and then nothing is written and nothing asked for', async () => {
    const { time, memory, bench } = await open(example);
    const resources = resourcesOf(memory);
    expect(resources).not.toEqual([]);
    expect(resources.filter((resource) => !isReady(resource))).toEqual([]);
    expect(bench.operator.isIdle).toBe(true);
    const [{ length: writes }, { length: reads }] = [
      bench.connection.writes,
      bench.connection.reads,
    ];
    const { version } = memory.server;
    await time.pass(IDLE_MS);
    expect(bench.connection.writes.slice(writes)).toEqual([]);
    expect(bench.connection.reads.slice(reads)).toEqual([]);
    await time.pass(LONG_MS);
    expect(bench.connection.writes.slice(writes)).toEqual([]);
    expect(memory.server.version).toBe(version);
    expect(bench.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('K9: is left as it is by the next operator, which has another image and other settings', async () => {
    const { time, memory, bench, start } = await open(example);
    const pods = uidsOf(memory);
    const templates = memory.server.list({ type: STATEFUL_SET }).map(({ spec }) => spec);
    await bench.stop();
    await time.pass(1000);
    const settings = {
      serverImage: 'r/ecp-server:9.9.9',
      podLabels: { app: 'another' },
      namespace: 'elsewhere',
    };
    await start({ settings });
    expect(uidsOf(memory)).toEqual(pods);
    expect(memory.server.list({ type: STATEFUL_SET }).map(({ spec }) => spec)).toEqual(templates);
    expect(resourcesOf(memory).filter((resource) => !isReady(resource))).toEqual([]);
  });

  test('is left as it is by the same operator started anew: not one version comes of it', async () => {
    const { time, memory, bench, start } = await open(example);
    await bench.stop();
    await time.pass(1000);
    const { version } = memory.server;
    const next = await start();
    expect(memory.server.version).toBe(version);
    expect(next.connection.writes.filter((name) => !name.startsWith('apply '))).toEqual([]);
  });
});
