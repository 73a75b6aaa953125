/** The operator in the cluster: by helm, from the chart, in a namespace of its own. */
import { join } from 'node:path';
import { apply, eventually, getJson, kubectl, tryKubectl, tryProgram } from './kubectl.ts';
import { IMAGE, imageParts } from './images.ts';
import { namespaceObject } from './namespace.ts';

export const OPERATOR_NAMESPACE = 'ecp-system';
export const RELEASE = 'ecp-operator';
const CHART = join(import.meta.dirname, '../../../charts/ecp-operator');
const HELM_MS = 180_000;
const GONE_MS = 60_000;

export type HelmValues = Readonly<Record<string, string>>;

function helm(args: readonly string[]): string {
  const { ok, stdout, stderr } = tryProgram('helm', [...args, '-n', OPERATOR_NAMESPACE], {
    timeoutMs: HELM_MS,
  });
  if (!ok) throw new Error(`helm ${args.slice(0, 3).join(' ')}: ${stderr}`);
  return stdout;
}

/** Installs it, or upgrades it to these values; returns when it is ready, with what helm says. */
export function installOperator(values: HelmValues = {}, image = IMAGE, chart = CHART): string {
  apply([namespaceObject(OPERATOR_NAMESPACE)]);
  const { repository, tag } = imageParts(image);
  const all = { 'image.repository': repository, 'image.tag': tag, ...values };
  const settings = Object.entries(all).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const wait = ['--wait', '--timeout', '150s'];
  return helm(['upgrade', '--install', RELEASE, chart, ...settings, ...wait]);
}

/** Takes it away; custom resources and their definitions stay. */
export async function uninstallOperator(): Promise<void> {
  helm(['uninstall', RELEASE, '--wait']);
  await untilNoOperatorRuns();
}

export async function untilNoOperatorRuns(): Promise<void> {
  const probe = (): true | undefined => (operatorPods().length === 0 ? true : undefined);
  await eventually(probe, GONE_MS, 'the operator still runs, not gone');
}

export function operatorPods(): string[] {
  const selected = ['-n', OPERATOR_NAMESPACE, '-l', `app.kubernetes.io/instance=${RELEASE}`];
  const { items } = getJson(['pods', ...selected]) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata }) => metadata.name);
}

const deployment = ['deployment', RELEASE, '-n', OPERATOR_NAMESPACE];

/** 0: nobody reconciles. Waits until it is so. */
export async function scaleOperator(replicas: number): Promise<void> {
  kubectl(['scale', ...deployment, `--replicas=${replicas}`]);
  if (replicas === 0) await untilNoOperatorRuns();
  else kubectl(['rollout', 'status', ...deployment, '--timeout=120s']);
}

export const isOperatorInstalled = (): boolean => tryKubectl(['get', ...deployment]).ok;
