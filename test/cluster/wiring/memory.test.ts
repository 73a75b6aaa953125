/** Memory for blocks, and what the pods ask for because of it; and what instances log. */
import { expect, test } from '@jest/globals';
import { eventually, kubectl } from '../support/kubectl.ts';
import { identities, instanceStatus, shell, untilPodReady } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  teller,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, serviceOf } from './common.ts';

const MIB = 1024 * 1024;
/** More than the smallest pools hold, in values that are kept inside of blocks: 12 MB. */
const FILL =
  'FOR i=1:1:1000 SET ^Big(1,i)=$JUSTIFY("",2000) IF i=1000 FOR j=2:1:6 MERGE ^Big(j)=^Big(1)';
const READ = 'MERGE all=^Big';
const LOGGED_MS = 20_000;
const BLOCK_BYTES = 8192;
const USER = [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }];

const BOTH = ['both-0', 'teller-0'] as const;

test.concurrent(
  'F-K1: bufferPoolSize and cacheSize bound the blocks in memory, and logLevel what is logged',
  story(['pools'], async ({ namespaces: { pools: namespace }, step }) => {
    const data = bank(namespace, { bufferPoolSize: '16Mi', allowedIncoming: EVERYBODY });
    // A data server that has the other role too.
    const both = resource('EcpDataServer', namespace, 'both', {
      dataServers: [{ name: 'BANK', host: serviceOf(namespace, 'bank') }],
      remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
      namespaces: USER,
      bufferPoolSize: '64Mi',
      cacheSize: '8Mi',
    });
    const app = teller(namespace, { replicas: 1, cacheSize: '8Mi' });
    applyResources(data, both, app);
    await untilReady(data, both, app);
    const uids = new Map(identities(namespace).map((one) => one.split(' ') as [string, string]));
    const restarted = (...pods: readonly string[]): Promise<unknown> =>
      Promise.all(pods.map((pod) => untilPodReady(namespace, pod, uids.get(pod))));
    step('more than they hold is written and read');
    shell(namespace, 'bank-0', FILL);
    const pooledBytes = (): number =>
      BLOCK_BYTES *
      (instanceStatus(namespace, 'bank-0').databases.find(({ name }) => name === 'ACCOUNTS')
        ?.blocksInMemory ?? 0);
    expect(pooledBytes()).toBeLessThan(9 * MIB);
    const cached = (pod: string): { readonly bytes: number; readonly bytesMax: number } => {
      shell(namespace, pod, READ);
      return instanceStatus(namespace, pod).cache;
    };
    for (const pod of BOTH) {
      const { bytes, bytesMax } = cached(pod);
      expect(bytesMax).toBe(8 * MIB);
      expect(bytes).toBeLessThanOrEqual(8 * MIB);
      expect(bytes).toBeGreaterThan(6 * MIB);
    }

    step('every block on its way in the log, and nothing but errors');
    for (const one of [both, app]) patchSpec(one, { logLevel: 'debug' });
    await untilReady(both, app);
    const log = (pod: string): string => kubectl(['logs', pod, '-n', namespace]);
    for (const pod of BOTH) {
      shell(namespace, pod, READ);
      const traced = (): true | undefined =>
        log(pod).includes('"block requested"') ? true : undefined;
      await eventually(traced, LOGGED_MS, `${pod}: no block in the log`);
    }
    for (const one of [both, app]) patchSpec(one, { logLevel: 'error' });
    await untilReady(both, app);
    const logs = BOTH.map(log);
    patchSpec(both, { cacheSize: '32Mi' });
    patchSpec(app, { namespaces: [] });
    await untilReady(both, app);
    expect(BOTH.map(log)).toEqual(logs);
    expect(cached('both-0').bytesMax).toBe(32 * MIB);
    expect(cached('both-0').bytes).toBeGreaterThan(9 * MIB);
    expect(identities(namespace)).toEqual([...uids].map(([name, uid]) => `${name} ${uid}`));

    step('more memory altogether');
    patchSpec(data, { bufferPoolSize: '64Mi' });
    patchSpec(app, { cacheSize: '32Mi', namespaces: USER });
    await restarted('bank-0', 'teller-0');
    shell(namespace, 'bank-0', READ);
    expect(pooledBytes()).toBeGreaterThan(9 * MIB);
    expect(cached('teller-0').bytesMax).toBe(32 * MIB);
    expect(cached('teller-0').bytes).toBeGreaterThan(9 * MIB);
  }),
);
