/**
 * Where the data servers that a resource names are. What cannot be resolved stays in the configuration,
 * as unresolved and with its reason: the app servers run all the same, and what needs it answers <NETWORK>
 * (rule K14).
 */
import type { Finding } from '../api/conditions.ts';
import type { Reason } from '../api/reasons.ts';
import type { EcpDataServer } from '../api/ecp-data-server.ts';
import { resourceKey } from '../api/manifests.ts';
import type { EcpResource } from '../api/manifests.ts';
import { ECP_PORT } from '../../server/instance/configuration.ts';
import { admissionOf } from './grants.ts';
import { instancesOf } from './instances.ts';
import type { Environment } from './instances.ts';

export interface ResolvedReference {
  /** The guide's logical name. */
  readonly name: string;
  /** What the spec names: a resource as `namespace/name`, or a host. */
  readonly target: string;
  readonly host?: string;
  readonly port?: number;
  /** In place of `host`. */
  readonly unresolved?: string;
  /** The resource behind it, when there is one and it may be used. */
  readonly dataServer?: EcpDataServer;
}

export interface References {
  readonly resolved: readonly ResolvedReference[];
  readonly findings: readonly Finding[];
}

type Entry = EcpResource['spec']['dataServers'][number];

interface Context {
  readonly resource: EcpResource;
  readonly dataServers: ReadonlyMap<string, EcpDataServer>;
  readonly environment: Environment;
}

export function resolveReferences(
  resource: EcpResource,
  dataServers: ReadonlyMap<string, EcpDataServer>,
  environment: Environment,
): References {
  const context = { resource, dataServers, environment };
  const findings: Finding[] = [];
  const report = (reason: Reason, message: string): void => {
    findings.push({ type: 'ReferencesResolved', reason, message });
  };
  const reached = new Map<string, string>();
  const resolved = resource.spec.dataServers.map((entry): ResolvedReference => {
    const found = locate(context, entry, report);
    if (found.host === undefined) return found;
    const address = `${found.host} ${found.port ?? ECP_PORT}`;
    const other = reached.get(address);
    if (other === undefined) {
      reached.set(address, entry.name);
      return found;
    }
    const why = `reaches the same data server as ${other}: never two channels (§4.3.5)`;
    report('DuplicateDataServer', `dataServers ${entry.name} ${why}`);
    return { name: entry.name, target: found.target, unresolved: why };
  });
  const byName = new Map(resolved.map((reference) => [reference.name, reference]));
  for (const { name, dataServer, database } of resource.spec.remoteDatabases) {
    const problem = databaseProblem(byName.get(dataServer)?.dataServer, database);
    if (problem !== undefined)
      report(problem.reason, `remoteDatabases ${name}: ${problem.message}`);
  }
  return { resolved, findings };
}

type Report = (reason: Reason, message: string) => void;

function locate(context: Context, entry: Entry, report: Report): ResolvedReference {
  const { name } = entry;
  if (entry.host !== undefined) {
    return { name, target: entry.host, host: entry.host, port: entry.port ?? ECP_PORT };
  }
  const { resource, dataServers, environment } = context;
  const namespace = entry.dataServerRef?.namespace ?? resource.metadata.namespace;
  const target = `${namespace}/${entry.dataServerRef?.name ?? ''}`;
  const unresolved = (reason: Reason, why: string): ResolvedReference => {
    report(reason, `dataServers ${name}: ${why}`);
    return { name, target, unresolved: why };
  };
  const dataServer = dataServers.get(target);
  if (dataServer === undefined) {
    return unresolved('DataServerNotFound', `there is no EcpDataServer ${target}`);
  }
  if (resourceKey(dataServer) === resourceKey(resource)) {
    return unresolved('SelfReference', `EcpDataServer ${target} is this one itself`);
  }
  const admission = admissionOf(dataServer, resource, environment);
  // An address in a list says nothing about a namespace, so only a named grant reaches across.
  if (namespace !== resource.metadata.namespace && admission !== 'Admitted') {
    const why = `no entry of allowedIncoming of EcpDataServer ${target} admits ${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name}`;
    return unresolved('NotGranted', why);
  }
  if (admission === 'Refused') {
    report(
      'NotListed',
      `dataServers ${name}: allowedIncoming of EcpDataServer ${target} does not list this`,
    );
  }
  const [instance] = instancesOf(dataServer);
  if (instance === undefined) return unresolved('DataServerNotFound', `${target} has no instance`);
  return { name, target, ...environment.place(instance).reachedAt, dataServer };
}

function databaseProblem(
  dataServer: EcpDataServer | undefined,
  database: string,
): { readonly reason: Reason; readonly message: string } | undefined {
  if (dataServer === undefined || database === 'SYS') return undefined;
  const { databases, remoteDatabases } = dataServer.spec;
  if (databases.some(({ name }) => name === database)) return undefined;
  const owner = resourceKey(dataServer);
  return remoteDatabases.some(({ name }) => name === database)
    ? { reason: 'RemoteNotServed', message: `${database} is remote on ${owner} itself (§1.3.2)` }
    : { reason: 'DatabaseNotFound', message: `${owner} has no database ${database}` };
}
