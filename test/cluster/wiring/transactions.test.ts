/** How transactions are kept that do not say: by what their instance counts. */
import { expect, test } from '@jest/globals';
import { metric, shell } from '../support/pods.ts';
import { applyResources, bank, patchSpec, resource, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { lives } from './common.ts';

const PODS = ['bank-0', 'shop-0'] as const;
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
    const transact = (pod: string): void => void shell(namespace, pod, 'TSTART  SET ^x=1  TCOMMIT');
    for (const pod of PODS) {
      transact(pod);
      expect(counted(pod)).toEqual([0, 1]);
    }
    step('asynchronous');
    for (const one of resources) patchSpec(one, { synchCommit: false });
    await untilReady(...resources);
    for (const pod of PODS) {
      transact(pod);
      expect(counted(pod)).toEqual([1, 1]);
    }
    expect(lives(namespace)).toEqual(before);
  }),
);
