import { describe, expect, test } from '@jest/globals';
import { ownedStatefulSet } from './owned-stateful-set.ts';

const OWNER = { apiVersion: 'ecp.dev/v1alpha1', kind: 'EcpAppServer', name: 'teller' };
const SETTLED = {
  observedGeneration: 4,
  replicas: 3,
  readyReplicas: 3,
  updatedReplicas: 3,
  currentRevision: 'teller-a',
  updateRevision: 'teller-a',
};
const set = (status?: object, spec: object = { replicas: 3 }, metadata: object = {}) =>
  ownedStatefulSet({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'teller', uid: 'set', generation: 4, ...metadata },
    spec,
    ...(status === undefined ? {} : { status }),
  });

describe('what is read of a StatefulSet', () => {
  test('counts, revision, and what was noted on it', () => {
    const annotations = { 'ecp.dev/image': 'r/ecp:1', 'ecp.dev/pod-template': 'sha256:t' };
    const spec = { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } };
    const ownerReferences = [
      { ...OWNER, uid: 'somebody' },
      { ...OWNER, uid: 'resource', controller: true },
    ];
    expect(set({ ...SETTLED, updatedReplicas: 1 }, spec, { annotations, ownerReferences })).toEqual(
      {
        uid: 'set',
        ownerUid: 'resource',
        image: 'r/ecp:1',
        templateHash: 'sha256:t',
        replicas: 3,
        present: 3,
        ready: 3,
        updated: 1,
        updateRevision: 'teller-a',
        partition: 2,
        isSeen: true,
        isSettled: true,
      },
    );
  });

  test('nothing that it does not say; one replica where its spec says none', () => {
    expect(set(undefined, {})).toMatchObject({
      ownerUid: undefined,
      image: undefined,
      templateHash: undefined,
      replicas: 1,
      present: 0,
      ready: 0,
      updated: 0,
      updateRevision: undefined,
      partition: 0,
      isSettled: false,
    });
  });
});

describe('a StatefulSet is settled', () => {
  test('when every pod is there, serves and is of the newest template', () => {
    expect(set(SETTLED).isSettled).toBe(true);
    expect(set({ ...SETTLED, currentRevision: 'teller-old' }).isSettled).toBe(true);
    // Of the one template that there is, some versions of Kubernetes count no pod as updated.
    expect(set({ ...SETTLED, updatedReplicas: 0 }).isSettled).toBe(true);
    expect(set({ observedGeneration: 4, replicas: 0 }, { replicas: 0 }).isSettled).toBe(true);
  });

  test.each([
    ['its controller has not seen the newest spec', { observedGeneration: 3 }],
    ['a pod does not serve', { readyReplicas: 2 }],
    ['a pod is missing', { replicas: 2 }],
    ['a pod too many is on its way out', { replicas: 4 }],
    ['a pod has an older template', { updatedReplicas: 2, currentRevision: 'teller-old' }],
  ])('not while %s', (_what, status) => {
    expect(set({ ...SETTLED, ...status }).isSettled).toBe(false);
  });
});
