/** The copies that the operator keeps: its resources, and of other kinds only what it made itself. */
import type { EcpResource } from '../api/manifests.ts';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../resources/names.ts';
import { Informer } from '../runtime/informer.ts';
import type { InformerOptions } from '../runtime/informer.ts';
import type { ResourceType } from '../runtime/kubernetes-object.ts';
import { ObjectCopies } from '../runtime/object-copies.ts';
import {
  BUDGET,
  CLAIM,
  CONFIG_MAP,
  NAMESPACE,
  NETWORK_POLICY,
  POD,
  RESOURCES,
  SERVICE,
  STATEFUL_SET,
} from './resource-types.ts';

export interface Copies {
  readonly resources: Readonly<Record<EcpResource['kind'], ObjectCopies>>;
  readonly pods: ObjectCopies;
  readonly statefulSets: ObjectCopies;
  readonly services: ObjectCopies;
  readonly configMaps: ObjectCopies;
  readonly claims: ObjectCopies;
  readonly budgets: ObjectCopies;
  readonly networkPolicies: ObjectCopies;
  /** Undefined where the operator looks after some namespaces alone: then it may not list them (K14). */
  readonly namespaces: ObjectCopies | undefined;
}

/** `namespaces`: those that are looked after; none means all. */
export function openCopies(
  namespaces: readonly string[],
  options: Omit<InformerOptions, 'selection'>,
): Copies {
  const places = namespaces.length === 0 ? [undefined] : namespaces;
  const open = (type: ResourceType, labelSelector?: string): ObjectCopies =>
    new ObjectCopies(
      places.map(
        (namespace) => new Informer({ ...options, selection: { type, namespace, labelSelector } }),
      ),
    );
  const ours = (type: ResourceType): ObjectCopies =>
    open(type, `${MANAGED_BY_LABEL}=${MANAGED_BY}`);
  return {
    resources: {
      EcpDataServer: open(RESOURCES.EcpDataServer),
      EcpAppServer: open(RESOURCES.EcpAppServer),
    },
    pods: ours(POD),
    statefulSets: ours(STATEFUL_SET),
    services: ours(SERVICE),
    configMaps: ours(CONFIG_MAP),
    claims: ours(CLAIM),
    budgets: ours(BUDGET),
    networkPolicies: ours(NETWORK_POLICY),
    namespaces:
      namespaces.length === 0
        ? new ObjectCopies([new Informer({ ...options, selection: { type: NAMESPACE } })])
        : undefined,
  };
}

export function allOf(copies: Copies): ObjectCopies[] {
  const { resources, namespaces, ...others } = copies;
  return [
    ...Object.values(resources),
    ...Object.values(others),
    ...(namespaces === undefined ? [] : [namespaces]),
  ];
}
