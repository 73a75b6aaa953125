import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';
import { ownershipOf } from './ownership.ts';
import type { Claimant } from './ownership.ts';

const CLAIMANT: Claimant = { uid: 'u1', kind: 'EcpAppServer', name: 'teller', manager: 'ecp/one' };

function found(
  owner?: { readonly uid: string; readonly kind?: string; readonly name?: string },
  manager?: string,
  controller = true,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'teller',
      ...(manager === undefined ? {} : { annotations: { 'ecp.dev/manager': manager } }),
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: 'ecp.dev/v1alpha1',
                kind: 'EcpAppServer',
                name: 'teller',
                ...owner,
                controller,
              },
            ],
          }),
    },
  };
}

describe('K16: what stands in the place of an object', () => {
  test('is free where nothing does', () => {
    expect(ownershipOf(undefined, CLAIMANT)).toBe('Free');
  });

  test('is ours by the UID of the resource, with our name or none on it', () => {
    expect(ownershipOf(found({ uid: 'u1' }, 'ecp/one'), CLAIMANT)).toBe('Ours');
    expect(ownershipOf(found({ uid: 'u1' }), CLAIMANT)).toBe('Ours');
  });

  test("is another operator's by its name", () => {
    expect(ownershipOf(found({ uid: 'u1' }, 'ecp/two'), CLAIMANT)).toEqual({ manager: 'ecp/two' });
  });

  test("is a former resource's by kind and name with another UID, whoever looked after it", () => {
    expect(ownershipOf(found({ uid: 'u0' }, 'ecp/one'), CLAIMANT)).toBe('Former');
    expect(ownershipOf(found({ uid: 'u0' }, 'ecp/two'), CLAIMANT)).toBe('Former');
  });

  test.each([
    [
      'the other kind of this name',
      found({ uid: 'u0', kind: 'EcpDataServer' }),
      'EcpDataServer teller',
    ],
    ['a resource of another name', found({ uid: 'u0', name: 'other' }), 'EcpAppServer other'],
    ['nobody', found(undefined, 'ecp/one'), 'nobody of ours'],
    ['nobody who controls it', found({ uid: 'u1' }, undefined, false), 'nobody of ours'],
  ])('is a stranger’s when it belongs to %s', (_whose, object, said) => {
    expect(ownershipOf(object, CLAIMANT)).toEqual({
      stranger: `Service teller is there already and belongs to ${said}`,
    });
  });
});
