import { describe, expect, test } from '@jest/globals';
import { UID, appServer, dataServer } from '../../../test/support/decision-samples.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';
import { ownedClaim, planClaims, wantedSize } from './claim-plan.ts';
import type { OwnedClaim } from './claim-plan.ts';

const STORAGE = { storage: { data: { size: '20Gi' }, journal: { size: '10Gi' } } };
const BANK = dataServer(STORAGE);
const TELLER = appServer({ replicas: 4, storage: { data: { size: '20Gi' } } });

function claim(ordinal: number, more: Partial<OwnedClaim> = {}): OwnedClaim {
  const { volume = 'data' } = more;
  const name = `${volume}-teller-${ordinal}`;
  return {
    name,
    volume,
    ordinal,
    ownerUid: UID,
    requested: '20Gi',
    capacity: '20Gi',
    said: [],
    ...more,
  };
}
const NOTHING = { holdFrom: undefined, adopt: [], grow: [], findings: [] };

test('K7: what is left of more replicas than are asked for is in nobody’s way', () => {
  const left = [claim(0), claim(4, { ownerUid: 'another' })];
  expect(planClaims(TELLER, UID, left)).toMatchObject({ holdFrom: 4, findings: [] });
  const more = appServer({ replicas: 5, storage: { data: { size: '20Gi' } } });
  expect(planClaims(more, UID, left).findings).toMatchObject([{ reason: 'VolumesOfAnother' }]);
});

describe('a claim is read', () => {
  const object = (name: string, more: object = {}): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'data', annotations: { 'ecp.dev/owner-uid': UID } },
    spec: { resources: { requests: { storage: '20Gi' } } },
    ...more,
  });

  test('with its volume and the pod that it is for', () => {
    expect(ownedClaim(BANK, object('journal-bank-0'))).toEqual({
      name: 'journal-bank-0',
      volume: 'journal',
      ordinal: 0,
      ownerUid: UID,
      requested: '20Gi',
      capacity: undefined,
      said: [],
    });
    expect(ownedClaim(TELLER, object('data-teller-12'))?.ordinal).toBe(12);
  });

  test('with what Kubernetes says of it, as far as it holds', () => {
    const conditions = [
      { type: 'FileSystemResizePending', status: 'True', message: 'waiting for the node' },
      { type: 'Resizing', status: 'False', message: 'over' },
      { type: 'ModifyingVolume', status: 'True' },
    ];
    const read = ownedClaim(
      BANK,
      object('data-bank-0', { status: { capacity: { storage: '10Gi' }, conditions } }),
    );
    expect(read?.capacity).toBe('10Gi');
    expect(read?.said).toEqual([
      'FileSystemResizePending: waiting for the node',
      'ModifyingVolume',
    ]);
  });

  test.each([
    'data-bank',
    'data-bank-00',
    'data-bank-0-x',
    'logs-bank-0',
    'data-bank-2-0',
    'bank-0',
  ])('%s is of no pod of this resource', (name) =>
    expect(ownedClaim(BANK, object(name))).toBeUndefined(),
  );
});

describe('K7: volumes', () => {
  test('of the resource itself are used as they are', () => {
    expect(planClaims(TELLER, UID, [claim(0), claim(1)])).toEqual(NOTHING);
    expect(planClaims(TELLER, UID, [])).toEqual(NOTHING);
  });

  test('of another resource hold up their pod and those above it; the finding says how to adopt them', () => {
    const claims = [claim(0), claim(2, { ownerUid: 'gone' }), claim(3, { ownerUid: 'gone' })];
    const { holdFrom, adopt, findings } = planClaims(TELLER, UID, claims);
    expect(holdFrom).toBe(2);
    expect(adopt).toEqual([]);
    expect(findings).toEqual([
      {
        type: 'Degraded',
        reason: 'VolumesOfAnother',
        message:
          'metadata.name: claims of this name were made for another resource: data-teller-2, data-teller-3; to use their data, annotate this resource with ecp.dev/adopt-volumes=gone; to begin empty, delete them',
      },
    ]);
  });

  test('are adopted when the annotation names their owner, and hold nobody up then', () => {
    const adopting = appServer(TELLER.spec, { annotations: { 'ecp.dev/adopt-volumes': 'gone' } });
    const plan = planClaims(adopting, UID, [claim(0, { ownerUid: 'gone' }), claim(1)]);
    expect(plan).toEqual({ ...NOTHING, adopt: ['data-teller-0'] });
  });

  test('of a third resource are not adopted with those of the second', () => {
    const adopting = appServer(TELLER.spec, { annotations: { 'ecp.dev/adopt-volumes': 'gone' } });
    const claims = [claim(0, { ownerUid: 'gone' }), claim(1, { ownerUid: 'long gone' })];
    const { adopt, holdFrom, findings } = planClaims(adopting, UID, claims);
    expect(adopt).toEqual(['data-teller-0']);
    expect(holdFrom).toBe(1);
    expect(findings[0]?.message).toContain('ecp.dev/adopt-volumes=long gone');
  });

  test('of nobody that is known cannot be adopted by an annotation of the resource', () => {
    for (const annotations of [{}, { 'ecp.dev/adopt-volumes': '' }]) {
      const adopting = appServer(TELLER.spec, { annotations });
      const plan = planClaims(adopting, UID, [claim(0, { ownerUid: undefined })]);
      expect(plan.adopt).toEqual([]);
      expect(plan.holdFrom).toBe(0);
      expect(plan.findings[0]?.message).toContain(
        'annotate each with ecp.dev/owner-uid= and the UID of this resource',
      );
    }
  });

  test('of several owners are to be looked at one by one', () => {
    const claims = [claim(0, { ownerUid: 'a' }), claim(1, { ownerUid: 'b' })];
    expect(planClaims(TELLER, UID, claims).findings[0]?.message).toContain('annotate each');
  });

  test('that the spec does not ask for keep no pod from running', () => {
    const claims = [
      claim(0, { ownerUid: 'gone' }),
      claim(1, { volume: 'journal', ownerUid: 'gone' }),
    ];
    expect(planClaims(appServer({ replicas: 2 }), UID, claims)).toEqual(NOTHING);
    expect(planClaims(TELLER, UID, claims.slice(1))).toEqual(NOTHING);
  });
});

describe('the size of volumes', () => {
  test('grows with the spec, each volume by its own field', () => {
    const claims = [
      claim(0, { requested: '10Gi', capacity: '10Gi' }),
      claim(0, { volume: 'journal', requested: '5Gi', capacity: undefined }),
      claim(1),
    ];
    const both = dataServer(STORAGE);
    const { grow, findings } = planClaims(both, UID, claims);
    expect(grow).toEqual([
      { name: 'data-teller-0', size: '20Gi' },
      { name: 'journal-teller-0', size: '10Gi' },
    ]);
    expect(findings).toEqual([
      {
        type: 'StorageResizing',
        reason: 'Growing',
        message: 'data-teller-0 grows from 10Gi to 20Gi',
      },
    ]);
  });

  test('that is adopted grows too, and that of another resource does not', () => {
    const adopting = appServer(TELLER.spec, { annotations: { 'ecp.dev/adopt-volumes': 'gone' } });
    const small = { requested: '10Gi', capacity: '10Gi' };
    const claims = [
      claim(0, { ...small, ownerUid: 'gone' }),
      claim(1, { ...small, ownerUid: 'x' }),
    ];
    expect(planClaims(adopting, UID, claims).grow).toEqual([
      { name: 'data-teller-0', size: '20Gi' },
    ]);
  });

  test.each(['30Gi', '20Gi', '21475Mi', '25G', '1Ti'])(
    'never shrinks from %s to 20Gi',
    (requested) => {
      expect(planClaims(TELLER, UID, [claim(0, { requested, capacity: requested })])).toEqual(
        NOTHING,
      );
    },
  );

  test.each(['21474836480', '20480Mi', '2.5Gi', '10Pi', ''])(
    'is left alone where it is written as %p',
    (requested) => {
      const claims = [claim(0, { requested, capacity: undefined })];
      expect(planClaims(TELLER, UID, claims).grow).toEqual([]);
    },
  );

  test('is on its way until the capacity is there, with what keeps it', () => {
    const said = ['FileSystemResizePending: waiting for the node'];
    const { grow, findings } = planClaims(TELLER, UID, [claim(0, { capacity: '10Gi', said })]);
    expect(grow).toEqual([]);
    expect(findings).toEqual([
      {
        type: 'StorageResizing',
        reason: 'Growing',
        message:
          'data-teller-0 grows from 10Gi to 20Gi; FileSystemResizePending: waiting for the node',
      },
    ]);
  });

  test('is what the spec says, of volumes that it has', () => {
    expect(wantedSize(BANK, 'journal')).toBe('10Gi');
    expect(wantedSize(TELLER, 'journal')).toBeUndefined();
    expect(wantedSize(appServer(), 'data')).toBeUndefined();
  });
});
