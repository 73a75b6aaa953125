/** How transactions are kept that do not say: by what their instance counts. */
import { expect, test } from '@jest/globals';
import { eventually } from '../support/kubectl.ts';
import { metric, shell } from '../support/pods.ts';
import { applyResources, bank, patchSpec, resource, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { lives } from './common.ts';

const PODS = ['bank-0', 'shop-0'] as const;
const COUNTED_MS = 20_000;
const HOWS = ['asynchronous', 'synchronous'] as const;

test.concurrent(
  'F-E8: transactions are synchronous where the spec says so, and no longer when it does not, live',
  story(['commits'], async ({ namespaces: { commits: namespace }, step }) => {
    const both = {
      databases: [{ name: 'ACCOUNTS' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
      storage: {},
      synchCommit: true,
    };
    const resources = [bank(namespace, both), resource('EcpAppServer', namespace, 'shop', both)];
    applyResources(...resources);
    await untilReady(...resources);
    const before = lives(namespace);
    const counted = (pod: string): number[] =>
      HOWS.map(
        (how) => metric(namespace, pod, `ecp_transactions_committed_total{commit="${how}"}`) ?? 0,
      );
    /** The page of metrics is up to a second old. */
    const transact = async (pod: string, expected: readonly number[]): Promise<void> => {
      shell(namespace, pod, 'TSTART  SET ^x=1  TCOMMIT');
      await eventually(
        () => (counted(pod).join() === expected.join() ? true : undefined),
        COUNTED_MS,
        `${pod} has not counted ${expected.join()}`,
      );
    };
    for (const pod of PODS) await transact(pod, [0, 1]);
    step('asynchronous');
    for (const one of resources) patchSpec(one, { synchCommit: false });
    await untilReady(...resources);
    for (const pod of PODS) await transact(pod, [1, 1]);
    expect(lives(namespace)).toEqual(before);
  }),
);
