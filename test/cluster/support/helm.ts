/** helm for tests: the one in PATH, on the cluster of KUBECONFIG, with our chart. Every call has a deadline. */
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { tryProgram } from './kubectl.ts';
import type { Answer } from './kubectl.ts';

export const CHART = join(import.meta.dirname, '../../../charts/ecp-operator');

const CALL_TIMEOUT_MS = 180_000;

/** Runs helm; never throws. */
export const tryHelm = (...args: readonly string[]): Answer =>
  tryProgram('helm', args, { timeoutMs: CALL_TIMEOUT_MS });

/** Standard output of a call that must succeed. */
export function helm(...args: readonly string[]): string {
  const { ok, stdout, stderr } = tryHelm(...args);
  if (!ok) throw new Error(`helm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** An object as it is rendered: tests read it as plain data. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export interface RenderOptions {
  readonly release?: string;
  readonly namespace?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly apiVersions?: readonly string[];
}

/** What `helm template` makes of the chart, without a cluster. */
export function render(options: RenderOptions = {}): Rendered[] {
  const { release = 'ecp', namespace = 'ecp-system', values = {}, apiVersions = [] } = options;
  const text = helm(
    ...['template', release, CHART, '--namespace', namespace],
    ...valueFlags(values),
    ...apiVersions.flatMap((version) => ['--api-versions', version]),
  );
  return parseAllDocuments(text).flatMap((document) => {
    const object = document.toJS() as Rendered | null;
    return object === null ? [] : [object];
  });
}

/** Values as flags, by their path. */
export const valueFlags = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).flatMap(([path, value]) => [
    '--set-json',
    `${path}=${JSON.stringify(value)}`,
  ]);
