/** Whatever goes wrong on the way, the end is the same as without it. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { SimRandom } from '../../test/support/sim/sim-random.ts';
import { conditionsIn } from '../api/conditions.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import {
  BUDGET,
  CONFIG_MAP,
  NETWORK_POLICY,
  POD,
  RESOURCES,
  SERVICE,
  STATEFUL_SET,
} from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';

const QUICKSTART = readFileSync(
  join(import.meta.dirname, '../../examples/quickstart.yaml'),
  'utf8',
);
const CHANGED = QUICKSTART.replace('replicas: 2', 'replicas: 3').replace(
  'maxAppServers: 4',
  'maxAppServers: 5',
);
const COMES_UP_MS = 6000;
const SETTLES_MS = 25_000;
/** Longer than retries grow in a few failures in a row. */
const FAULTS_OVER_MS = 90_000;

/** Two acts: the quickstart comes up, whatever `act` does to it, and then both its resources are changed. */
async function play(
  act: (time: VirtualTime, memory: MemoryCluster) => Promise<void>,
  settlesMs = SETTLES_MS,
): Promise<MemoryCluster> {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  memory.apply(QUICKSTART);
  await act(time, memory);
  await time.pass(COMES_UP_MS);
  memory.apply(CHANGED);
  await time.pass(settlesMs);
  return memory;
}

/** What counts of a cluster at the end: no UIDs, versions, times and revisions, and of addresses how many. */
function endOf({ server, instances }: MemoryCluster): unknown {
  const all = [...Object.values(RESOURCES), SERVICE, STATEFUL_SET, BUDGET, NETWORK_POLICY, POD];
  const objects = all
    .flatMap((type) => server.list({ type }))
    .map((object) => {
      const { kind, metadata, spec, status } = object;
      return {
        what: `${kind} ${metadata.name}`,
        labels: metadata.labels,
        spec,
        conditions: conditionsIn(status).map((one) => `${one.type} ${one.status} ${one.reason}`),
        summary: (status as { connections?: { summary?: string } } | undefined)?.connections
          ?.summary,
      };
    });
  const lists = server.list({ type: POD }).map(({ metadata: { name } }) => {
    const { ecp, databases } = instances.configurationOf(name) ?? {};
    const { allowedIncoming = [], maxAppServers } = ecp ?? {};
    return { name, databases, maxAppServers, admitted: allowedIncoming.length };
  });
  return {
    objects: objects.toSorted((a, b) => (a.what < b.what ? -1 : 1)),
    lists: lists.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Every running instance has what is stored. */
function expectInForce({ server, instances }: MemoryCluster): void {
  for (const { metadata } of server.list({ type: POD })) {
    const config = server.get(
      CONFIG_MAP,
      metadata.namespace,
      metadata.name.replace(/-\d+$/, '-config'),
    );
    const text = (config as KubernetesObject & { data: Record<string, string> }).data[
      'configuration.json'
    ];
    const { revision } = JSON.parse(text ?? '') as { readonly revision: number };
    expect([metadata.name, instances.configurationOf(metadata.name)?.revision]).toEqual([
      metadata.name,
      revision,
    ]);
  }
}

/** Ends an operator with the answer to so many writes: what it asks for after that hangs. */
function killAfter({ connection }: OperatorBench, writes: number): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  connection.before = () => {
    if (connection.writes.length <= writes) return;
    resolve(undefined);
    return new Promise<void>(() => undefined);
  };
  return promise;
}

async function playUndisturbed(): Promise<{ readonly end: unknown; readonly writes: number }> {
  let writes = 0;
  const memory = await play(async (time, cluster) => {
    const bench = new OperatorBench(cluster);
    bench.connection.after = () => (writes = bench.connection.writes.length);
    await time.run(bench.start());
  });
  return { end: endOf(memory), writes };
}
let played: ReturnType<typeof playUndisturbed> | undefined;
const undisturbed = () => (played ??= playUndisturbed());

const KILLS_MAX = 48;
const FAULTS_MAX = 40;

describe('an operator that is killed', () => {
  test('after as many writes as are tried below, has none left', async () => {
    const { writes } = await undisturbed();
    expect(writes).toBeGreaterThan(KILLS_MAX / 2);
    expect(writes).toBeLessThanOrEqual(KILLS_MAX);
  });

  test.each(Array.from({ length: KILLS_MAX / 3 }, (_, i) => i * 3))(
    'after %i writes, or one or two more, is followed by another that comes to the same end',
    async (first) => {
      const { end } = await undisturbed();
      for (const writes of [first, first + 1, first + 2]) {
        const memory = await play(async (time, cluster) => {
          const bench = new OperatorBench(cluster);
          void killAfter(bench, writes).then(async () => {
            await bench.stop();
            await new OperatorBench(cluster).start();
          });
          await time.run(bench.start());
        });
        expect(endOf(memory)).toEqual(end);
        expectInForce(memory);
      }
    },
  );
});

describe('an API server that refuses, is away, or does what it is told and does not say so', () => {
  const FAULTS = [
    () => new ApiError(409, 'Conflict', 'modified'),
    () => new ApiError(429, 'TooManyRequests', 'slow down', 1000),
    () => new ApiError(500, 'InternalError', 'etcd is away'),
    () => new ApiError(0, 'NoAnswer', 'reset'),
  ];

  test.each([1, 2, 3, 4, 5, 6])('comes to the same end (seed %i)', async (seed) => {
    const { end } = await undisturbed();
    const random = new SimRandom(seed);
    let left = FAULTS_MAX;
    const strike = (name: string): void => {
      if (name.startsWith('list ') || left === 0 || random.next() < 0.7) return;
      left--;
      throw FAULTS[Math.floor(random.next() * FAULTS.length)]?.() ?? new Error('none');
    };
    const memory = await play(async (time, cluster) => {
      const bench = new OperatorBench(cluster);
      bench.connection.before = strike;
      bench.connection.after = strike;
      await time.run(bench.start());
    }, FAULTS_OVER_MS);
    expect(left).toBeLessThan(FAULTS_MAX / 2);
    expect(endOf(memory)).toEqual(end);
    expectInForce(memory);
  });
});
