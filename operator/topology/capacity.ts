/**
 * Connections asked for against maxAppServers (§2.1), before anyone is refused. When more are asked for than there
 * may be, the oldest resource keeps its places, and instances of younger ones beyond the limit are not to be
 * started (rule K13).
 */
import type { Finding } from '../api/conditions.ts';
import type { EcpDataServer } from '../api/ecp-data-server.ts';
import { resourceKey } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { replicasOf } from './instances.ts';

export interface Capacity {
  readonly requested: number;
  /** How many instances of each asking resource find a place. */
  readonly admitted: ReadonlyMap<EcpResource, number>;
  /** What is to be said of the data server and of all who ask; undefined while all fit. */
  readonly finding: Finding | undefined;
}

/** `asking`: the resources that name the data server and that it does not refuse; each of their instances may connect. */
export function capacityOf(server: EcpDataServer, asking: readonly EcpResource[]): Capacity {
  const limit = server.spec.maxAppServers;
  const requested = asking.reduce((sum, resource) => sum + replicasOf(resource), 0);
  const admitted = new Map<EcpResource, number>();
  let left = limit;
  for (const resource of asking.toSorted(byAge)) {
    const places = Math.min(left, replicasOf(resource));
    admitted.set(resource, places);
    left -= places;
  }
  if (requested <= limit) return { requested, admitted, finding: undefined };
  const who = asking
    .map((resource) => `${resourceKey(resource)} (${replicasOf(resource)})`)
    .join(', ');
  const message = `${resourceKey(server)} takes ${limit} app servers (spec.maxAppServers), ${requested} are asked for by ${who}`;
  const finding = {
    type: 'CapacityAvailable',
    reason: 'MaxAppServersExceeded',
    message,
  } as const;
  return { requested, admitted, finding };
}

/** The oldest first; by name where no age is known. */
function byAge(a: EcpResource, b: EcpResource): number {
  const [left, right] = [a, b].map(
    (one) => `${one.metadata.creationTimestamp ?? ''} ${resourceKey(one)}`,
  );
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}
