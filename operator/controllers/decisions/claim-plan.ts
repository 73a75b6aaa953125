/**
 * What is to be done about the volume claims of a resource. A claim remembers by UID for which resource it was
 * made: another one of the same name gets its data only when a person says so (K7). Claims grow and never
 * shrink, whatever state the pods are in; nothing here deletes one.
 */
import type { Finding } from '../../api/conditions.ts';
import type { EcpResource } from '../../api/manifests.ts';
import { storageBytes } from '../../api/workload-fields.ts';
import { ANNOTATIONS, claimName } from '../../resources/names.ts';
import { replicasOf } from '../../topology/instances.ts';
import type { VolumeName } from '../../resources/names.ts';
import type { KubernetesObject } from '../../runtime/kubernetes-object.ts';

export interface OwnedClaim {
  readonly name: string;
  readonly volume: VolumeName;
  readonly ordinal: number;
  /** UID of the resource that it was made for. */
  readonly ownerUid: string | undefined;
  readonly requested: string;
  /** Undefined until it is bound. */
  readonly capacity: string | undefined;
  /** What keeps it from growing or being used, in Kubernetes' words. */
  readonly said: readonly string[];
}

export interface ClaimPlan {
  /** Pods with this ordinal and above are not to run; undefined when all may. */
  readonly holdFrom: number | undefined;
  /** Names of claims that become ours. */
  readonly adopt: readonly string[];
  readonly grow: readonly { readonly name: string; readonly size: string }[];
  readonly findings: readonly Finding[];
}

/** Undefined for a claim that belongs to no pod of the resource. */
export function ownedClaim(
  resource: EcpResource,
  object: KubernetesObject,
): OwnedClaim | undefined {
  const { name, annotations } = object.metadata;
  const ordinal = Number(/-(\d+)$/.exec(name)?.[1]);
  const volume = (['data', 'journal'] as const).find(
    (one) => name === claimName(resource, one, ordinal),
  );
  if (volume === undefined) return undefined;
  const { resources } = (object['spec'] ?? {}) as Spec;
  const { capacity, conditions = [] } = (object['status'] ?? {}) as Status;
  return {
    name,
    volume,
    ordinal,
    ownerUid: annotations?.[ANNOTATIONS.ownerUid],
    requested: resources?.requests?.storage ?? '',
    capacity: capacity?.storage,
    said: conditions
      .filter(({ status }) => status === 'True')
      .map(({ type, message = '' }) => (message === '' ? type : `${type}: ${message}`)),
  };
}
interface Spec {
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}
interface Status {
  readonly capacity?: { readonly storage?: string };
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly message?: string;
  }[];
}

export function planClaims(
  resource: EcpResource,
  uid: string,
  claims: readonly OwnedClaim[],
): ClaimPlan {
  const adoptable = resource.metadata.annotations[ANNOTATIONS.adoptVolumes];
  // A volume that the spec does not ask for is not mounted: whose it is matters to no pod.
  const used = claims.filter(({ volume }) => wantedSize(resource, volume) !== undefined);
  const foreign = used.filter((claim) => claim.ownerUid !== uid);
  const adopted = foreign.filter(
    ({ ownerUid }) => ownerUid !== undefined && ownerUid === adoptable,
  );
  const others = foreign.filter((claim) => !adopted.includes(claim));
  const own = used.filter((claim) => !others.includes(claim));
  const grow = own.flatMap((claim) => {
    const size = wantedSize(resource, claim.volume);
    return size !== undefined && bytes(claim.requested) < bytes(size)
      ? [{ name: claim.name, size }]
      : [];
  });
  // What is left of more replicas than are asked for keeps nobody from anything.
  const inTheWay = others.filter(({ ordinal }) => ordinal < replicasOf(resource));
  return {
    holdFrom: others.length === 0 ? undefined : Math.min(...others.map(({ ordinal }) => ordinal)),
    adopt: adopted.map(({ name }) => name),
    grow,
    findings: [
      ...(inTheWay.length === 0 ? [] : [foreignFinding(inTheWay)]),
      ...resizing(own, grow),
    ],
  };
}

export function wantedSize({ spec }: EcpResource, volume: VolumeName): string | undefined {
  return spec.storage?.[volume]?.size;
}

function foreignFinding(claims: readonly OwnedClaim[]): Finding {
  const names = claims.map(({ name }) => name).join(', ');
  const uids = [...new Set(claims.map(({ ownerUid }) => ownerUid))];
  const [first] = uids;
  const adopt =
    uids.length === 1 && first !== undefined
      ? `to use their data, annotate this resource with ${ANNOTATIONS.adoptVolumes}=${first}`
      : `to use their data, annotate each with ${ANNOTATIONS.ownerUid}= and the UID of this resource`;
  const message = `metadata.name: claims of this name were made for another resource: ${names}; ${adopt}; to begin empty, delete them`;
  return { type: 'Degraded', reason: 'VolumesOfAnother', message };
}

function resizing(claims: readonly OwnedClaim[], grow: ClaimPlan['grow']): Finding[] {
  return claims.flatMap(({ name, requested, capacity, said }): Finding[] => {
    const size = grow.find((one) => one.name === name)?.size ?? requested;
    if (capacity === undefined || bytes(capacity) >= bytes(size)) return [];
    const message = [`${name} grows from ${capacity} to ${size}`, ...said].join('; ');
    return [{ type: 'StorageResizing', reason: 'Growing', message }];
  });
}

/** An amount in another notation than the specs' (bytes, a fraction) is none that is to grow. */
const bytes = (amount: string): number => storageBytes(amount) ?? Infinity;
