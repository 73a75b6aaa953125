import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';
import { ownedPod } from './owned-pod.ts';

const RUNNING = { name: 'instance', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } };
const READY = { type: 'Ready', status: 'True' };
const SERVING = {
  phase: 'Running',
  podIPs: [{ ip: '10.1.2.3' }, { ip: 'fd00::3' }],
  conditions: [READY],
  containerStatuses: [RUNNING],
};

function podObject(
  status: object = SERVING,
  spec: object = {},
  metadata: object = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bank-0', namespace: 'data', uid: 'u', ...metadata },
    spec: { nodeName: 'node-a', containers: [{ name: 'instance', image: 'r/ecp:1' }], ...spec },
    status,
  };
}
const read = (...given: Parameters<typeof podObject>) => ownedPod(podObject(...given));

describe('what is read of a pod', () => {
  test('all of it', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'bank' };
    const metadata = {
      labels: { 'controller-revision-hash': 'bank-a' },
      creationTimestamp: '2026-01-01T00:00:00Z',
      ownerReferences: [
        { ...owner, uid: 'somebody' },
        { ...owner, uid: 'set', controller: true },
      ],
    };
    expect(read(SERVING, {}, metadata)).toEqual({
      namespace: 'data',
      name: 'bank-0',
      uid: 'u',
      ordinal: 0,
      controllerUid: 'set',
      addresses: ['10.1.2.3', 'fd00::3'],
      image: 'r/ecp:1',
      revision: 'bank-a',
      isReady: true,
      isRunning: true,
      isLeaving: false,
      leavesAt: undefined,
      node: 'node-a',
      trouble: undefined,
      createdAt: '2026-01-01T00:00:00Z',
    });
  });

  test('nothing of one that was just made', () => {
    const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stray' } };
    expect(ownedPod(bare)).toMatchObject({
      ordinal: undefined,
      controllerUid: undefined,
      addresses: [],
      image: undefined,
      isReady: false,
      isRunning: false,
      isLeaving: false,
      trouble: undefined,
    });
  });

  test('the number behind the last hyphen, of several digits', () => {
    expect(read(SERVING, {}, { name: 'app-1-23' }).ordinal).toBe(23);
    expect(read(SERVING, {}, { name: 'app-1-x' }).ordinal).toBeUndefined();
  });
});

describe('K3: addresses of a pod', () => {
  test('are all that it has, of both families', () => {
    expect(read().addresses).toEqual(['10.1.2.3', 'fd00::3']);
    expect(read({ ...SERVING, podIPs: [{}, { ip: '10.1.2.3' }] }).addresses).toEqual(['10.1.2.3']);
  });

  test('count until it is gone, and not only while it serves', () => {
    const leaving = { deletionTimestamp: '2026-01-01T00:02:30Z' };
    expect(read(SERVING, {}, leaving).addresses).toHaveLength(2);
    expect(read({ ...SERVING, conditions: [] }).addresses).toHaveLength(2);
  });

  test.each(['Succeeded', 'Failed'])('are none once it is over (%s): others get them', (phase) => {
    expect(read({ ...SERVING, phase })).toMatchObject({
      addresses: [],
      isReady: false,
      isRunning: false,
    });
  });

  test('are none where they are those of its node', () => {
    expect(read(SERVING, { hostNetwork: true }).addresses).toEqual([]);
    expect(read(SERVING, { hostNetwork: false }).addresses).toHaveLength(2);
  });
});

describe('the instance in a pod', () => {
  const BESIDE = { name: 'web', image: 'r/web:1' };
  const initContainers = [
    { name: 'prepare', image: 'r/prepare:1' },
    { name: 'instance', image: 'r/ecp:2', restartPolicy: 'Always' },
  ];

  test('K11: is a restartable init container where others run beside it', () => {
    const status = { ...SERVING, containerStatuses: [], initContainerStatuses: [RUNNING] };
    const pod = read(status, { initContainers, containers: [BESIDE] });
    expect(pod).toMatchObject({ image: 'r/ecp:2', isRunning: true });
  });

  test('does not run because others do', () => {
    const waiting = { name: 'instance', state: { waiting: { reason: 'PodInitializing' } } };
    const status = { ...SERVING, containerStatuses: [{ ...RUNNING, name: 'web' }, waiting] };
    expect(read(status).isRunning).toBe(false);
  });

  test('that has ended does not run', () => {
    const ended = { name: 'instance', state: { terminated: { reason: 'Error' } } };
    expect(read({ ...SERVING, containerStatuses: [ended] }).isRunning).toBe(false);
  });

  test('goes with its pod: when, at the latest', () => {
    const deletionTimestamp = '2026-01-01T00:02:30Z';
    expect(read(SERVING, {}, { deletionTimestamp })).toMatchObject({
      isLeaving: true,
      leavesAt: deletionTimestamp,
      isReady: true,
    });
  });
});

describe('the trouble of a pod', () => {
  const waiting = (reason: string, message?: string) => ({
    name: 'instance',
    state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
  });
  const withContainer = (status: object) => read({ phase: 'Pending', containerStatuses: [status] });

  test.each(['ContainerCreating', 'PodInitializing'])('is none while it starts (%s)', (reason) => {
    expect(withContainer(waiting(reason)).trouble).toBeUndefined();
  });

  test('is why a container does not start, in Kubernetes’ words', () => {
    expect(withContainer(waiting('ImagePullBackOff', 'no such image')).trouble).toEqual({
      reason: 'ImagePullBackOff',
      message: 'container instance: ImagePullBackOff: no such image',
    });
    expect(withContainer(waiting('CreateContainerConfigError')).trouble?.message).toBe(
      'container instance: CreateContainerConfigError',
    );
  });

  test('is what the container said when it ended last, before that it is waiting', () => {
    const lastState = { terminated: { message: 'the volume is in use by bank-0' } };
    const crashing = { ...waiting('CrashLoopBackOff', 'back-off 10s'), lastState };
    expect(withContainer(crashing).trouble?.message).toBe(
      'container instance: CrashLoopBackOff: the volume is in use by bank-0',
    );
  });

  test('is of the container that comes first, init containers before the others', () => {
    const status = {
      phase: 'Pending',
      initContainerStatuses: [{ ...waiting('ErrImagePull'), name: 'instance' }],
      containerStatuses: [{ ...waiting('CrashLoopBackOff'), name: 'web' }],
    };
    expect(read(status).trouble?.reason).toBe('ErrImagePull');
    const later = { ...status, initContainerStatuses: [waiting('PodInitializing')] };
    expect(read(later).trouble?.message).toBe('container web: CrashLoopBackOff');
  });

  test('is that no node takes it', () => {
    const scheduled = { type: 'PodScheduled', status: 'False' };
    const unschedulable = { ...scheduled, reason: 'Unschedulable', message: '0/1 nodes' };
    const pending = (condition: object) => read({ phase: 'Pending', conditions: [condition] });
    expect(pending(unschedulable).trouble).toEqual({
      reason: 'Unschedulable',
      message: 'Unschedulable: 0/1 nodes',
    });
    expect(pending(scheduled).trouble?.reason).toBe('Unschedulable');
    expect(pending({ ...unschedulable, status: 'True' }).trouble).toBeUndefined();
  });
});
