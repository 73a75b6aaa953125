/** Volumes: what is asked for, what is mounted, who may use it, and what becomes of it. */
import { expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { apply, eventually, getJson, kubectl } from '../support/kubectl.ts';
import { isOwnCluster } from '../support/own-cluster.ts';
import { exec, shell, untilPodGone } from '../support/pods.ts';
import {
  annotate,
  applyResources,
  bank,
  deleteResource,
  patchSpec,
  resource,
  stored,
  teller,
  tryPatchSpec,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import type { Resource } from '../support/resources.ts';
import { story } from '../support/story.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const GONE_MS = 60_000;
const GROWN_MS = 60_000;

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly storageClassName: string;
    readonly volumeName?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

const claims = (namespace: string): Map<string, Claim['spec']> => {
  const { items } = getJson(['pvc', '-n', namespace]) as { items: Claim[] };
  return new Map(items.map(({ metadata, spec }) => [metadata.name, spec]));
};

/** Both kinds with the same volumes; the app server has a database of its own. */
const pair = (
  namespace: string,
  storage: object,
  more: object = {},
): readonly [Resource, Resource] => [
  bank(namespace, { storage, ...more }),
  teller(namespace, {
    replicas: 1,
    storage,
    databases: [{ name: 'LOCAL' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'LOCAL' }],
    ...more,
  }),
];

test.concurrent(
  'F-K6: claims have the sizes of the spec, the journal a volume of its own, and both grow',
  story(['sizes'], async ({ namespaces: { sizes: namespace }, step }) => {
    const storage = { data: { size: '2Gi' }, journal: { size: '1Gi' } };
    const resources = pair(namespace, storage);
    applyResources(...resources);
    await untilReady(...resources);
    const requests = (): object =>
      Object.fromEntries(
        [...claims(namespace)].map(([name, { resources: of }]) => [name, of.requests.storage]),
      );
    const all = (data: string, journal: string): object =>
      Object.fromEntries(
        PODS.flatMap((pod) => [
          [`data-${pod}`, data],
          [`journal-${pod}`, journal],
        ]),
      );
    expect(requests()).toEqual(all('2Gi', '1Gi'));
    for (const pod of PODS) {
      shell(namespace, pod, 'SET ^Here=1');
      const mounts = exec(namespace, pod, ['cat', '/proc/mounts']).split('\n');
      const sources = ['/var/lib/ecp', '/var/lib/ecp-journal'].map((folder) =>
        mounts.filter((line) => line.split(' ')[1] === folder),
      );
      for (const found of sources) expect(found).toHaveLength(1);
      expect(exec(namespace, pod, ['ls', '/var/lib/ecp-journal/journal'])).not.toBe('');
      expect(exec(namespace, pod, ['ls', '/var/lib/ecp/data'])).not.toContain('journal\n');
    }
    step('grown');
    for (const one of resources) {
      patchSpec(one, { storage: { data: { size: '4Gi' }, journal: { size: '3Gi' } } });
    }
    const grown = (): true | undefined =>
      isDeepStrictEqual(requests(), all('4Gi', '3Gi')) ? true : undefined;
    await eventually(grown, GROWN_MS, 'claims not grown');
    for (const one of resources) {
      for (const volume of ['data', 'journal']) {
        const shrunk = tryPatchSpec(one, { storage: { [volume]: { size: '1Gi' } } });
        expect(shrunk.ok).toBe(false);
        expect(shrunk.stderr).toContain('a volume only grows');
      }
    }
    await untilReady(...resources);
  }),
);

test.concurrent(
  'F-K6: volumes are kept or deleted as the spec says, and adopted only by name of their owner',
  story(['kept', 'deleted'], async ({ namespaces: { kept, deleted }, step }) => {
    const retentionPolicy = { whenDeleted: 'Delete' };
    const keeping = pair(kept, {});
    const [data, app] = [
      bank(deleted, { storage: { retentionPolicy } }),
      resource('EcpAppServer', deleted, 'teller', {
        replicas: 2,
        databases: [{ name: 'LOCAL' }],
        namespaces: [{ name: 'USER', defaultDatabase: 'LOCAL' }],
        storage: { retentionPolicy: { ...retentionPolicy, whenScaled: 'Delete' } },
      }),
    ];
    const all = [...keeping, data, app];
    applyResources(...all);
    await untilReady(...all);
    for (const pod of PODS) shell(kept, pod, `SET ^Here="${pod}"`);
    const are = async (namespace: string, names: readonly string[]): Promise<void> => {
      const probe = (): true | undefined => {
        const there = [...claims(namespace).keys()].toSorted().join(' ');
        if (there === names.join(' ')) return true;
        throw new Error(there);
      };
      await eventually(probe, GONE_MS, `claims not ${names.join(' ')}`);
    };
    step('one replica less');
    await are(deleted, ['data-bank-0', 'data-teller-0', 'data-teller-1']);
    patchSpec(app, { replicas: 1 });
    await are(deleted, ['data-bank-0', 'data-teller-0']);
    step('all resources are deleted');
    const uids = keeping.map((one) => (stored(one).metadata as { uid: string }).uid);
    for (const one of all) deleteResource(one);
    await are(deleted, []);
    for (const pod of PODS) await untilPodGone(kept, pod);
    await are(kept, ['data-bank-0', 'data-teller-0']);
    step('made again');
    applyResources(...keeping);
    for (const one of keeping) {
      await untilCondition(one, 'Degraded', { status: 'True', reason: 'VolumesOfAnother' });
    }
    for (const [i, one] of keeping.entries()) {
      annotate(one, `ecp.dev/adopt-volumes=${uids[i] ?? ''}`);
    }
    await untilReady(...keeping);
    for (const pod of PODS) expect(shell(kept, pod, 'WRITE ^Here')).toBe(pod);
  }),
);

if (isOwnCluster) {
  // Volumes of a class of their own are folders of this machine.
  test.concurrent(
    'F-K6: volumes are of the class that the spec names, and ReadWriteOncePod keeps a second pod away',
    story(['classes'], async ({ namespaces: { classes: namespace }, step, defer }) => {
      const folder = mkdtempSync(join(tmpdir(), 'ecp-volumes-'));
      chmodSync(folder, 0o755);
      const ours = ['data', 'journal'].flatMap((volume) =>
        PODS.map((pod) => ({ name: `${namespace}-${volume}-${pod}`, volume })),
      );
      defer(() => {
        const names = ours.map(({ name }) => name);
        kubectl(['delete', 'pv', ...names, '--wait=false']);
        kubectl(['delete', 'storageclass', ...CLASSES.map((one) => `${namespace}-${one}`)]);
        rmSync(folder, { recursive: true, force: true });
      });
      for (const { name } of ours) mkdirSync(join(folder, name));
      apply([
        ...CLASSES.map((one) => storageClass(`${namespace}-${one}`)),
        ...ours.map(({ name, volume }) =>
          volumeObject(name, `${namespace}-${volume}`, join(folder, name)),
        ),
      ]);
      const of = (volume: string) => ({
        size: '1Gi',
        storageClassName: `${namespace}-${volume}`,
        accessMode: 'ReadWriteOncePod',
      });
      const resources = pair(namespace, { data: of('data'), journal: of('journal') });
      applyResources(...resources);
      await untilReady(...resources);
      for (const pod of PODS) {
        for (const volume of CLASSES) {
          const claim = claims(namespace).get(`${volume}-${pod}`);
          expect(claim).toMatchObject({
            accessModes: ['ReadWriteOncePod'],
            storageClassName: `${namespace}-${volume}`,
          });
          expect(claim?.volumeName).toMatch(new RegExp(`^${namespace}-${volume}-`));
          const files = readdirSync(join(folder, claim?.volumeName ?? ''), { recursive: true });
          expect(files).toContain(volume === 'data' ? 'data/admin-token' : 'journal');
        }
      }
      step('a second pod wants the volumes');
      for (const pod of PODS) {
        apply([secondPod(namespace, pod)]);
        const held = (): string | undefined => {
          const events = kubectl(['events', '-n', namespace, '--for', `pod/second-${pod}`]);
          return events.includes('FailedScheduling') ? events : undefined;
        };
        expect(await eventually(held, GROWN_MS, 'it is not held')).toContain('ReadWriteOncePod');
      }
    }),
  );
}

const CLASSES = ['data', 'journal'] as const;

const storageClass = (name: string): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
});

function volumeObject(name: string, storageClassName: string, path: string): object {
  const { items } = getJson(['nodes']) as { items: { metadata: { name: string } }[] };
  const values = items.map(({ metadata }) => metadata.name);
  const here = { key: 'kubernetes.io/hostname', operator: 'In', values };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOncePod'],
      storageClassName,
      persistentVolumeReclaimPolicy: 'Retain',
      local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [here] }] } },
    },
  };
}

function secondPod(namespace: string, pod: string): object {
  const { spec } = getJson(['pod', pod, '-n', namespace]) as { spec: { nodeName?: string } };
  const { nodeName: _, ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `second-${pod}`, namespace },
    spec: rest,
  };
}
