/** What is wrong with single pods and the instances in them, each said so that it can be acted on. */
import type { Finding } from '../../api/conditions.ts';
import { keysOf } from '../../api/storage-fields.ts';
import { keyFile } from '../../resources/pod-layout.ts';
import type { Facts, ObservedPod } from './facts.ts';

/** A connection that is refused at first is tried again soon (K4): only one that stays so is a fault. */
const REFUSED_MS_MIN = 10_000;
/** How long after its grace period a pod that should be gone counts as one whose node is lost. */
const OVERDUE_MS = 30_000;

export function podFindings(facts: Facts): Finding[] {
  return facts.pods.flatMap((observed) => [
    ...lifeFindings(observed, facts),
    ...instanceFindings(observed, facts),
    ...keyFindings(observed, facts),
  ]);
}

/**
 * Keys that an instance complains of, by their files. The operator reads no Secret, and the kubelet mounts what there
 * is of them: only the instance knows what it lacks.
 */
function keyFindings({ pod, observation }: ObservedPod, facts: Facts): Finding[] {
  if (pod.isLeaving) return [];
  const said = [
    pod.trouble?.message ?? '',
    observation?.refused ?? '',
    ...(observation?.databases ?? []).flatMap(({ name, state, encryption }) => [
      `database ${name} ${state}`,
      `database ${name}: ${encryption?.problem ?? ''}`,
    ]),
  ];
  return keysOf(facts.resource.spec).flatMap((reference): Finding[] => {
    const words = said.find((text) => mentions(text, keyFile(reference)));
    if (words === undefined) return [];
    const message = `Secret ${reference.name}, key ${reference.key}: pod ${pod.name}: ${words}`;
    return [{ type: 'ReferencesResolved', reason: 'KeyNotUsable', message }];
  });
}

/** And not just one whose name begins so. */
function mentions(text: string, file: string): boolean {
  const at = text.indexOf(file);
  if (at === -1) return false;
  const rest = text.slice(at + file.length);
  return !/^[-._A-Za-z0-9]/.test(rest) || mentions(rest, file);
}

function lifeFindings({ pod }: ObservedPod, facts: Facts): Finding[] {
  if (pod.leavesAt !== undefined && facts.nowMs > facts.timeMs(pod.leavesAt) + OVERDUE_MS) {
    const { recoverySeconds } = facts.resource.spec.timeouts;
    const wait =
      facts.resource.kind === 'EcpDataServer'
        ? ` App servers wait for it as long as their timeouts.recoverySeconds say, here ${recoverySeconds} s by default.`
        : '';
    const message = `pod ${pod.name} should be gone and is not: its node ${pod.node ?? ''} does not answer. When that machine is surely off, taint the node with node.kubernetes.io/out-of-service=nodeshutdown:NoExecute; the operator never forces it.${wait}`;
    return [{ type: 'Degraded', reason: 'NodeLost', message }];
  }
  if (pod.trouble === undefined || pod.isLeaving) return [];
  const message = `pod ${pod.name}: ${pod.trouble.message}`;
  return [{ type: 'Degraded', reason: 'PodNotStarting', message }];
}

function instanceFindings({ pod, observation }: ObservedPod, facts: Facts): Finding[] {
  if (observation === undefined || pod.isLeaving) return [];
  const { frozen, refused, needsRestart, dataServers } = observation;
  const findings: Finding[] = [];
  if (frozen !== '') {
    const message = `pod ${pod.name} accepts no change: ${frozen}`;
    findings.push({ type: 'Degraded', reason: 'Frozen', message });
  }
  if (refused !== '' && observation.revision !== facts.configuration?.revision) {
    const message = `pod ${pod.name} refuses its configuration: ${refused}`;
    findings.push({ type: 'ConfigurationApplied', reason: 'Refused', message });
    findings.push({ type: 'Degraded', reason: 'ConfigurationRefused', message });
  }
  if (needsRestart.length > 0) {
    const message = `pod ${pod.name} takes up ${needsRestart.join(', ')} when it starts next`;
    findings.push({ type: 'Progressing', reason: 'NeedsRestart', message });
  }
  for (const { name, failure, since } of dataServers) {
    if (failure === '' || facts.nowMs - facts.timeMs(since) < REFUSED_MS_MIN) continue;
    const message = `pod ${pod.name} is refused by data server ${name}: ${failure}`;
    findings.push({ type: 'Degraded', reason: 'ConnectionRefused', message });
  }
  return findings;
}
