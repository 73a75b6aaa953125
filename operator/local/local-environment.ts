/**
 * This machine as an environment for the topology: every instance at 127.0.0.1 with ports and a folder of its
 * own, modules beside the manifest that names them. Allowed incoming connections by app server therefore
 * all mean 127.0.0.1 here; names of instances still keep sessions apart.
 */
import { join } from 'node:path';
import { localKeyFile, moduleFile } from './manifest-files.ts';
import type { EcpResource, Manifests } from '../api/manifests.ts';
import type { Environment, InstanceIdentity, Placement } from '../topology/instances.ts';
import { LOCAL_HOST, PortChooser } from './ports.ts';
import type { LocalInstance } from './state-file.ts';

/** An instance's own folder: names with a Kubernetes namespace have a slash, names of folders have none. */
export function folderOf(dataFolder: string, instanceName: string): string {
  return join(dataFolder, instanceName.replace('/', '.'));
}

type Ports = Readonly<Record<'ecp' | 'client' | 'admin' | 'metrics', number>>;

/** Remembers where instances are, so that they keep their ports as long as they exist. */
export class Places {
  readonly #dataFolder: string;
  readonly #placements = new Map<string, Placement>();
  readonly #before: ReadonlyMap<string, LocalInstance>;

  /** `before`: what an earlier run used; taken again where it is free. */
  constructor(dataFolder: string, before: readonly LocalInstance[]) {
    this.#dataFolder = dataFolder;
    this.#before = new Map(before.map((instance) => [instance.name, instance]));
  }

  /** Finds places for those that have none, and forgets those that are gone. */
  async settle(
    wanted: readonly { readonly identity: InstanceIdentity; readonly port: number | undefined }[],
  ): Promise<void> {
    const names = new Set(wanted.map(({ identity }) => identity.name));
    for (const name of this.#placements.keys()) {
      if (!names.has(name)) this.#placements.delete(name);
    }
    const taken = [...this.#placements.values()].flatMap(portsOf);
    const chooser = new PortChooser(this.#dataFolder, taken);
    const missing = wanted.filter(({ identity }) => !this.#placements.has(identity.name));
    const found = new Map<string, Partial<Ports>>();
    // First all that have a wish, then the others: a new port must not be one that somebody had before.
    for (const { identity, port } of missing) {
      const before = this.#before.get(identity.name);
      found.set(identity.name, {
        ...(await one('ecp', chooser, before?.ecp.port ?? port)),
        ...(await one('client', chooser, before?.client.port)),
        ...(await one('admin', chooser, before?.admin.port)),
        ...(await one('metrics', chooser, before?.metrics.port)),
      });
    }
    for (const [name, ports] of found) {
      this.#placements.set(
        name,
        this.#placement(name, {
          ecp: ports.ecp ?? (await chooser.next()),
          client: ports.client ?? (await chooser.next()),
          admin: ports.admin ?? (await chooser.next()),
          metrics: ports.metrics ?? (await chooser.next()),
        }),
      );
    }
  }

  #placement(name: string, ports: Ports): Placement {
    const folder = folderOf(this.#dataFolder, name);
    const at = (port: number): { host: string; port: number } => ({ host: LOCAL_HOST, port });
    return {
      dataDirectory: join(folder, 'data'),
      addresses: [LOCAL_HOST],
      ecp: at(ports.ecp),
      client: at(ports.client),
      admin: { ...at(ports.admin), tokenFile: join(folder, 'admin-token') },
      metrics: at(ports.metrics),
      reachedAt: at(ports.ecp),
    };
  }

  /** The environment that manifests and these places make. Only settled instances may be asked for. */
  environment(manifests: Manifests): Environment {
    return {
      place: ({ name }) => {
        const placement = this.#placements.get(name);
        if (placement === undefined) throw new Error(`no place was found for ${name}`);
        return placement;
      },
      labelsOf: (namespace) => ({
        ...manifests.namespaceLabels.get(namespace),
        // Kubernetes puts it on every namespace.
        'kubernetes.io/metadata.name': namespace,
      }),
      locateModule: (resource: EcpResource, module) => moduleFile(manifests, resource, module),
      locateKey: (resource, key) => localKeyFile(manifests, resource, key),
      // What lies in Secrets and ConfigMaps is not here: such a variable is left out (a note says so).
      applicationVariables: ({ env }) =>
        Object.fromEntries(
          env
            .filter(({ valueFrom }) => valueFrom === undefined)
            .map(({ name, value = '' }) => [name, value]),
        ),
    };
  }
}

async function one(
  name: keyof Ports,
  chooser: PortChooser,
  port: number | undefined,
): Promise<Partial<Ports>> {
  const reserved = await chooser.reserve(port);
  return reserved === undefined ? {} : { [name]: reserved };
}

const portsOf = ({ ecp, client, admin, metrics }: Placement): number[] => [
  ecp.port,
  client.port,
  admin.port,
  metrics.port,
];
