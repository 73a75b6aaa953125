/**
 * Inside an instance's container there is no topology of `ecp up`, but one instance, whose configuration is mounted: what
 * the command line asks for is meant for that one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseConfiguration } from '../instance/configuration.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';

/** Where the operator mounts it (operator/resources/pod-layout.ts). */
const MOUNTED = '/etc/ecp/configuration.json';
/** Hosts that mean every address of the machine. */
const ANY_HOST = new Set(['::', '0.0.0.0']);

/** Undefined where no configuration is. EcpError CONFIGURATION where it cannot be read. */
export function instanceHere(env: NodeJS.ProcessEnv = process.env): LocalInstance | undefined {
  const file = env['ECP_CONFIGURATION'] ?? MOUNTED;
  if (!existsSync(file)) return undefined;
  const { name, dataDirectory, databases, ecp, client, admin, metrics } = parseConfiguration(
    readFileSync(file, 'utf8'),
    file,
  );
  const near = ({ host, port }: { readonly host: string; readonly port: number }) => {
    return { host: ANY_HOST.has(host) ? '127.0.0.1' : host, port };
  };
  return {
    name: env['ECP_INSTANCE_NAME'] ?? name,
    kind: databases.length > 0 ? 'EcpDataServer' : 'EcpAppServer',
    namespace: '',
    resource: '',
    replica: 0,
    state: 'ready',
    pid: null,
    restarts: 0,
    folder: dataDirectory,
    configurationFile: file,
    logFile: '',
    ecp: near(ecp),
    client: near(client),
    admin: { ...near(admin), tokenFile: admin.tokenFile },
    metrics: near(metrics),
  };
}
