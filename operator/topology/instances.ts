/** Which instances custom resources ask for, and what the world tells about each. */
import type { Configuration } from '../../server/instance/configuration.ts';
import type { Application } from '../api/application.ts';
import { instanceBase } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import type { KeyReference } from '../api/storage-fields.ts';

export interface InstanceIdentity {
  /** Unique, and the same after a restart: `bank-0`, outside the namespace `default` `branch/teller-0`. */
  readonly name: string;
  readonly kind: EcpResource['kind'];
  /** Kubernetes namespace and name of its resource. */
  readonly namespace: string;
  readonly resource: string;
  /** From 0. */
  readonly replica: number;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where an instance runs: ports of a machine, or a pod's folders and addresses. */
export interface Placement {
  readonly dataDirectory: string;
  /** What others see it dial from, canonical; empty while nobody knows. */
  readonly addresses: readonly string[];
  /** What it listens on. */
  readonly ecp: Endpoint;
  readonly client: Endpoint;
  readonly admin: Endpoint & {
    readonly tokenFile?: string;
    readonly serviceAccount?: NonNullable<Configuration['admin']['serviceAccount']>;
  };
  readonly metrics: Endpoint;
  /** How app servers reach it. */
  readonly reachedAt: Endpoint;
  /** Its stable name, in which it dials from wherever it runs: lists admit it besides its addresses (rule K4). */
  readonly hostName?: string;
  /** By default `journal` in the data directory. */
  readonly journalDirectory?: string;
}

/** What the resources do not say. */
export interface Environment {
  /** Asked for every instance, and for the first of a resource that has none. */
  place(instance: InstanceIdentity): Placement;
  /** Where instances of a resource still run that it does not ask for any more: they are admitted to the end (rule K3). */
  leaving?(resource: EcpResource): readonly Placement[];
  /** Resources that are gone while their instances still run. */
  readonly departed?: readonly EcpResource[];
  /** Labels of a Kubernetes namespace; undefined where they may not be read (rule K14). */
  labelsOf(namespace: string): Readonly<Record<string, string>> | undefined;
  /** An application's module as the instance finds it. */
  locateModule(resource: EcpResource, module: string): string;
  /** The file in which the instance finds an encryption key. */
  locateKey(resource: EcpResource, key: KeyReference): string;
  /** Variables that the instance gives its module; none where its process has them already. */
  applicationVariables(application: Application): Readonly<Record<string, string>>;
}

export function replicasOf(resource: EcpResource): number {
  return resource.kind === 'EcpAppServer' ? resource.spec.replicas : 1;
}

/** The instances of one resource, by replica. */
export function instancesOf(resource: EcpResource): InstanceIdentity[] {
  return Array.from({ length: replicasOf(resource) }, (_, replica) =>
    instanceOf(resource, replica),
  );
}

/** One of them; the first is named even where there are none. */
export function instanceOf(resource: EcpResource, replica: number): InstanceIdentity {
  return {
    name: `${instanceBase(resource)}-${replica}`,
    kind: resource.kind,
    namespace: resource.metadata.namespace,
    resource: resource.metadata.name,
    replica,
  };
}
