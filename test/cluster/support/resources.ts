/** Custom resources of stories: made, changed, waited for. */
import type { ConditionType, StatusCondition } from '../../../operator/api/conditions.ts';
import type { appServerStatus, dataServerStatus } from '../../../operator/api/status.ts';
import { API_VERSION } from '../../../operator/api/schema.ts';
import type { z } from 'zod';
import { apply, eventually, getJson, kubectl, tryKubectl } from './kubectl.ts';
import type { Answer } from './kubectl.ts';

export type Spec = Readonly<Record<string, unknown>>;
type Kind = 'EcpDataServer' | 'EcpAppServer';

export interface Named {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

export interface Resource extends Named {
  readonly object: object;
}

/** There are more pods in the tests than a small node gives what they ask for by default. */
const LITTLE = { requests: { cpu: '10m' } };

/** From a change of the spec to pods that serve, on a machine that does much else. */
export const SETTLE_MS = 120_000;

export type DataServerStatus = z.output<typeof dataServerStatus>;
export type AppServerStatus = z.output<typeof appServerStatus>;

export function resource(
  kind: Kind,
  namespace: string,
  name: string,
  spec: Spec,
  metadata: Spec = {},
): Resource {
  const object = {
    apiVersion: API_VERSION,
    kind,
    metadata: { name, namespace, ...metadata },
    spec: { resources: LITTLE, ...spec },
  };
  return { kind, namespace, name, object };
}

/** The data server `bank`, which admits the app servers `teller` of its namespace to ACCOUNTS. */
export function bank(namespace: string, spec: Spec = {}, metadata: Spec = {}): Resource {
  const base = {
    maxAppServers: 8,
    allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }],
    databases: [{ name: 'ACCOUNTS' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
  };
  return resource('EcpDataServer', namespace, 'bank', { ...base, ...spec }, metadata);
}

/** App servers `teller`, whose namespace USER is ACCOUNTS of `bank`. */
export function teller(namespace: string, spec: Spec = {}, metadata: Spec = {}): Resource {
  const base = {
    replicas: 2,
    dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank' } }],
    remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
  };
  return resource('EcpAppServer', namespace, 'teller', { ...base, ...spec }, metadata);
}

export function applyResources(...resources: readonly Resource[]): void {
  apply(resources.map(({ object }) => object));
}

const at = ({ kind, namespace, name }: Named): string[] => [
  kind.toLowerCase(),
  name,
  '-n',
  namespace,
];

/** Changes fields of the spec as `kubectl edit` does: those that are given, and no others. */
export function patchSpec(named: Named, spec: Spec): void {
  kubectl(['patch', ...at(named), '--type=merge', '-p', JSON.stringify({ spec })]);
}

/** The same, where the API server may refuse it. */
export function tryPatchSpec(named: Named, spec: Spec): Answer {
  return tryKubectl(['patch', ...at(named), '--type=merge', '-p', JSON.stringify({ spec })]);
}

export function annotate(named: Named, annotation: string): void {
  kubectl(['annotate', ...at(named), annotation, '--overwrite']);
}

export function deleteResource(named: Named): void {
  kubectl(['delete', ...at(named), '--wait']);
}

interface Stored {
  readonly metadata: { readonly uid: string; readonly generation: number };
  readonly status?: DataServerStatus & AppServerStatus;
}

export const stored = (named: Named): Stored => getJson(at(named)) as Stored;

export const statusOf = (named: Named): DataServerStatus & AppServerStatus =>
  stored(named).status ?? {};

export function conditionOf(
  named: Named,
  type: ConditionType,
): Omit<StatusCondition, 'type'> | undefined {
  return statusOf(named).conditions?.find((condition) => condition.type === type);
}

interface Wanted {
  readonly status: StatusCondition['status'];
  readonly reason?: string | RegExp;
}

/** Waits for a condition that was found for the present spec; its message. */
export async function untilCondition(
  named: Named,
  type: ConditionType,
  { status, reason }: Wanted,
  timeoutMs = SETTLE_MS,
): Promise<string> {
  let last = 'no such condition';
  const matches = (found: string): boolean =>
    reason === undefined || (typeof reason === 'string' ? reason === found : reason.test(found));
  const probe = (): string | undefined => {
    const { metadata, status: found } = stored(named);
    const condition = found?.conditions?.find((one) => one.type === type);
    if (condition === undefined) return undefined;
    last = `${condition.status} ${condition.reason}: ${condition.message}`;
    const isOfThisSpec = found?.observedGeneration === metadata.generation;
    return isOfThisSpec && condition.status === status && matches(condition.reason)
      ? condition.message
      : undefined;
  };
  const who = `${named.kind} ${named.namespace}/${named.name}`;
  const wanted = `${type}=${status} ${String(reason ?? '')}`;
  return eventually(probe, timeoutMs, `${who}: ${wanted} not`).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; it is ${last}`, { cause: error });
  });
}

/** Waits until all of them serve as their specs say. */
export async function untilReady(...all: readonly Named[]): Promise<void> {
  for (const one of all) {
    await untilCondition(one, 'Ready', { status: 'True' });
    await untilCondition(one, 'ConfigurationApplied', { status: 'True' });
  }
}
