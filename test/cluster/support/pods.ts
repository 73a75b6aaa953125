/** Pods of instances: what is in them, and what they answer. Everything goes through the API server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTANCE_CONTAINER } from '../../../operator/resources/pod-layout.ts';
import { eventually, getJson, kubectl, tryKubectl } from './kubectl.ts';
import type { Answer } from './kubectl.ts';

export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly state?: { readonly terminated?: { readonly exitCode: number } };
    }[];
  };
}

/** Deleted and replaced, as far as a story waits for it. */
const REPLACED_MS = 90_000;
const ANSWER_MS = 60_000;

/** Undefined when there is none. */
export function podOf(namespace: string, name: string): Pod | undefined {
  const { ok, stdout, stderr } = tryKubectl(['get', 'pod', name, '-n', namespace, '-o', 'json']);
  if (ok) return JSON.parse(stdout) as Pod;
  if (stderr.includes('NotFound')) return undefined;
  throw new Error(stderr);
}

/** The instances' pods in a namespace, in the order of their names. */
export function instancePods(namespace: string): Pod[] {
  const args = ['pods', '-n', namespace, '-l', 'app.kubernetes.io/managed-by=ecp-operator'];
  return (getJson(args) as { items: Pod[] }).items;
}

/** Names and UIDs: the same again means that no pod was replaced. */
export const identities = (namespace: string): string[] =>
  instancePods(namespace).map(({ metadata: { name, uid } }) => `${name} ${uid}`);

export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ===
    true;

export async function untilPodReady(namespace: string, name: string, notUid = ''): Promise<Pod> {
  const probe = (): Pod | undefined => {
    const pod = podOf(namespace, name);
    return pod !== undefined && pod.metadata.uid !== notUid && isReady(pod) ? pod : undefined;
  };
  return eventually(probe, REPLACED_MS, `pod ${name} not ready`);
}

export async function untilPodGone(namespace: string, name: string): Promise<void> {
  const probe = (): true | undefined => (podOf(namespace, name) === undefined ? true : undefined);
  await eventually(probe, REPLACED_MS, `pod ${name} not gone`);
}

/** `kill`: at once and without a word, as when its node loses power. */
export function deletePod(
  namespace: string,
  name: string,
  how: 'gracefully' | 'kill' = 'gracefully',
): void {
  const force = how === 'kill' ? ['--grace-period=0', '--force'] : [];
  kubectl(['delete', 'pod', name, '-n', namespace, '--wait=false', ...force]);
}

/** As a drain does it: a disruption budget may refuse. */
export function tryEvict(namespace: string, name: string): Answer {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  return tryKubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
}

export function tryExec(namespace: string, pod: string, command: readonly string[]): Answer {
  return tryKubectl(['exec', pod, '-n', namespace, '-c', INSTANCE_CONTAINER, '--', ...command]);
}

export function exec(namespace: string, pod: string, command: readonly string[]): string {
  const { ok, stdout, stderr } = tryExec(namespace, pod, command);
  if (!ok) throw new Error(`${pod}: ${command.slice(0, 2).join(' ')} …: ${stderr}`);
  return stdout;
}

export const shellCommand = (line: string): string[] => [
  ...['ecp', 'shell', '--at', '127.0.0.1:1973', '-e'],
  line,
];

/** What a line of M writes, run by the command line inside a pod. */
export function shell(namespace: string, pod: string, line: string): string {
  return exec(namespace, pod, shellCommand(line)).trim();
}

/** The same when the answer may have to wait for a pod, a name or a session. */
export async function shellAnswers(
  namespace: string,
  pod: string,
  line: string,
  answer: string,
): Promise<void> {
  const probe = (): true | undefined => {
    const said = shell(namespace, pod, line);
    if (said === answer) return true;
    throw new Error(`${pod} says ${said} and not ${answer}`);
  };
  await eventually(probe, ANSWER_MS, `${pod}: ${line}: no such answer`);
}

const INSIDE = join(import.meta.dirname, '../inside');

/** Text of a script under `inside/` as the image's Node takes it: the server's modules are in /app there. */
export function insideScript(name: 'admin' | 'knock' | 'load' | 'peer' | 'registry'): string {
  const text = readFileSync(join(INSIDE, `${name}.ts`), 'utf8');
  return text.replaceAll("'../../../", "'/app/");
}

export const nodeCommand = (script: string): string[] => [
  ...['node', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript'],
  ...['-e', script],
];

/** What an instance says of itself: the admin API, asked from inside its pod. */
export interface InstanceStatus {
  readonly version: string;
  readonly revision: number;
  readonly hash: string;
  readonly refusedConfiguration: string;
  readonly needsRestart: readonly string[];
  readonly appServersMax: number;
  readonly journalPosition: number;
  readonly cache: { readonly bytes: number; readonly bytesMax: number };
  readonly databases: readonly {
    readonly name: string;
    readonly blockSize: number;
    readonly readOnly: boolean;
    readonly journaled: boolean;
    readonly dataServer: string;
    readonly blocksInMemory: number;
    readonly state: string;
    /** Name of its key, empty where it is not encrypted. */
    readonly encryptionKey: string;
  }[];
  readonly appServers: readonly { name: string; state: string; address: string; entry: string }[];
  readonly dataServers: readonly {
    readonly name: string;
    readonly state: string;
    readonly host: string;
    readonly port: number;
    readonly failure: string;
  }[];
}

export function instanceStatus(namespace: string, pod: string): InstanceStatus {
  const command = [...nodeCommand(insideScript('admin')), 'status'];
  return JSON.parse(exec(namespace, pod, command)) as InstanceStatus;
}

/** Offers an instance a configuration's text; why it was refused, or nothing. */
export function configure(namespace: string, pod: string, text: string): string {
  const command = [...nodeCommand(insideScript('admin')), 'configure', text];
  return exec(namespace, pod, command).trim();
}

/** Has an instance write all that is dirty, and purge its journal. */
export function checkpoint(namespace: string, pod: string): void {
  exec(namespace, pod, [...nodeCommand(insideScript('admin')), 'checkpoint']);
}

/** The configuration that an instance accepted last, as it stands on its disk. */
export function acceptedText(namespace: string, pod: string): string {
  const file = '/var/lib/ecp/data/accepted-configuration.json';
  const { text } = JSON.parse(exec(namespace, pod, ['cat', file])) as { readonly text: string };
  return text;
}

/** A page over HTTP, by way of the API server. */
export function page(namespace: string, pod: string, port: number, path: string): string {
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  return kubectl(['get', '--raw', `${pods}/${pod}:${port}/proxy${path}`]);
}

/** Sum of a metric over its labels; undefined when it is not there. */
export function metric(
  namespace: string,
  pod: string,
  name: string,
  port = 1975,
): number | undefined {
  const values = page(namespace, pod, port, '/metrics')
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
