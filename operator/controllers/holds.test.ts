/** Pods that are there go with their own spec alone: no limit or mistake somewhere else ends their work. */
import { expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ANNOTATIONS } from '../resources/names.ts';
import { CLAIM, POD, STATEFUL_SET } from './resource-types.ts';
import { MemoryCluster, OperatorBench } from './testing/operator-bench.ts';

const manifest = (kind: string, name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: 'ecp.dev/v1alpha1',
    kind,
    metadata: { name, namespace: 'data' },
    spec,
  });
const dataServer = (name: string, maxAppServers: number): string =>
  manifest('EcpDataServer', name, { maxAppServers, incomingPolicy: 'Any' });
const appServer = (name: string, replicas: number, ...servers: readonly string[]): string =>
  manifest('EcpAppServer', name, {
    replicas,
    maxDataServers: 2,
    dataServers: servers.map((server) => ({
      name: server.toUpperCase(),
      dataServerRef: { name: server },
    })),
    storage: { data: { size: '5Gi' }, retentionPolicy: { whenScaled: 'Delete' } },
  });

async function setUp(...manifests: readonly string[]) {
  const time = new VirtualTime();
  const memory = new MemoryCluster(time.clock());
  const bench = new OperatorBench(memory);
  for (const each of manifests) memory.apply(each);
  await time.run(bench.start());
  await time.pass(30_000);
  const apply = async (text: string): Promise<void> => {
    memory.apply(text);
    await time.pass(30_000);
  };
  /** Names and incarnations of an app server's pods. */
  const pods = (name: string): readonly string[] =>
    memory.server
      .list({ type: POD })
      .filter(({ metadata }) => metadata.name.startsWith(`${name}-`))
      .map(({ metadata }) => `${metadata.name} ${metadata.uid ?? ''}`);
  return { time, server: memory.server, apply, pods };
}

test('K13: a limit that is lowered takes no pod that runs, nor its volume', async () => {
  const { apply, pods } = await setUp(dataServer('bank', 3), appServer('teller', 3, 'bank'));
  const before = pods('teller');
  expect(before).toHaveLength(3);
  await apply(dataServer('bank', 1));
  expect(pods('teller')).toEqual(before);
  await apply(appServer('teller', 4, 'bank'));
  expect(pods('teller')).toEqual(before);
  await apply(appServer('teller', 2, 'bank'));
  expect(pods('teller')).toEqual(before.slice(0, 2));
});

test('K13: one more data server, which has no place left, ends nobody', async () => {
  const { apply, pods } = await setUp(
    dataServer('bank', 2),
    dataServer('full', 1),
    appServer('atm', 1, 'full'),
    appServer('teller', 2, 'bank'),
  );
  const before = pods('teller').map((pod) => pod.split(' ')[0]);
  expect(before).toEqual(['teller-0', 'teller-1']);
  await apply(appServer('teller', 2, 'bank', 'full'));
  expect(pods('teller').map((pod) => pod.split(' ')[0])).toEqual(before);
});

test('K7: volumes of pods that are held stay, whatever happens to volumes of replicas that are asked for no more', async () => {
  const { time, server, pods } = await setUp(dataServer('bank', 3), appServer('teller', 2, 'bank'));
  const policy = (): unknown =>
    (server.get(STATEFUL_SET, 'data', 'teller')['spec'] as Record<string, unknown>)[
      'persistentVolumeClaimRetentionPolicy'
    ];
  expect(policy()).toMatchObject({ whenScaled: 'Delete' });
  const claim = server.get(CLAIM, 'data', 'data-teller-1');
  const annotations = { ...claim.metadata.annotations, [ANNOTATIONS.ownerUid]: 'somebody-else' };
  server.replace(CLAIM, { ...claim, metadata: { ...claim.metadata, annotations } });
  await time.pass(30_000);
  expect(pods('teller')).toHaveLength(1);
  expect(policy()).toMatchObject({ whenScaled: 'Retain' });
});
