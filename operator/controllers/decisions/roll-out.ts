/**
 * Which pods may get a changed template now. No app server may be newer than its data server (F-E12), so data servers
 * roll before those who use them, and another image is tried by the highest ordinal first:
 *
 *   (1) no pods yet                                             all
 *   (2) every pod has the template that is wanted               all
 *   (3) a data server that is used is still rolling             none: DataServersFirst
 *   (4) the image is the one that all pods run                  all
 *   (5) the image's tag says a version that is newer than one   none: DataServersFirst
 *   (6) the highest ordinal does not run and serve it yet       the highest ordinal alone
 *   (7) it does, and is newer than a data server                the highest ordinal alone: VersionSkew
 *   (8) it does                                                 all
 *
 * Within what is allowed the StatefulSet replaces one pod after the other, the next when the last one serves.
 */
import type { Finding } from '../../api/conditions.ts';
import type { OwnedPod } from './owned-pod.ts';
import type { OwnedStatefulSet } from './owned-stateful-set.ts';
import { isNewer, tagVersion } from './versions.ts';

/** A data server that a resource uses, as far as rolling goes. */
export interface UsedDataServer {
  /** `EcpDataServer data/bank`. */
  readonly key: string;
  /** A change of its template is wanted, or has not reached its pod. */
  readonly isRolling: boolean;
  /** What it runs; undefined while nobody knows. */
  readonly version: string | undefined;
}

export interface RollOutFacts {
  readonly current: OwnedStatefulSet | undefined;
  /** Of the template that is wanted. */
  readonly templateHash: string;
  readonly image: string;
  /** Pods that are to run. */
  readonly replicas: number;
  readonly pods: readonly OwnedPod[];
  /** Version that a pod runs, by its UID; undefined while nobody knows. */
  readonly versionOf: (podUid: string) => string | undefined;
  readonly dataServers: readonly UsedDataServer[];
}

export interface RollOut {
  /** Pods with this ordinal and above get the template. */
  readonly partition: number;
  readonly findings: readonly Finding[];
}

const ALL: RollOut = { partition: 0, findings: [] };

export function decideRollOut(facts: RollOutFacts): RollOut {
  const { current, image, replicas, pods, dataServers } = facts;
  if (current === undefined || pods.length === 0) return ALL; // (1)
  const others = pods.filter((pod) => pod.image !== image);
  if (!isOnItsWay(facts, current)) return ALL; // (2)
  const rolling = dataServers.find(({ isRolling }) => isRolling);
  if (rolling !== undefined) {
    return waiting(replicas, `waits until ${rolling.key} has rolled`); // (3)
  }
  if (others.length === 0) return ALL; // (4)
  const tag = tagVersion(image);
  const older = dataServers.find(({ version }) => isNewer(tag, version));
  if (older !== undefined) {
    const what = `${image} is newer than ${older.key}, which runs ${older.version ?? ''}`;
    return waiting(replicas, `${what}: upgrade the data server first`); // (5)
  }
  const first = pods.find(({ ordinal }) => ordinal === replicas - 1);
  const version = first === undefined ? undefined : facts.versionOf(first.uid);
  const isTried = first?.image === image && first.isReady && version !== undefined;
  const alone = { partition: Math.max(0, replicas - 1), findings: [] };
  if (!isTried) return alone; // (6)
  const skewed = dataServers.find((server) => isNewer(version, server.version));
  if (skewed === undefined) return ALL; // (8)
  return { ...alone, findings: [skew(first, version, skewed)] }; // (7)
}

/** Until its controller has seen a template, the revisions are those of the former one: what was held then is held still. */
function isOnItsWay({ templateHash, pods }: RollOutFacts, current: OwnedStatefulSet): boolean {
  if (current.templateHash !== templateHash) return true;
  if (!current.isSeen) return current.partition > 0;
  const { updateRevision } = current;
  return updateRevision !== undefined && pods.some(({ revision }) => revision !== updateRevision);
}

function waiting(replicas: number, message: string): RollOut {
  return {
    // No ordinal is that high: none gets it, and pods that are replaced meanwhile come back as they were.
    partition: replicas,
    findings: [{ type: 'Progressing', reason: 'DataServersFirst', message }],
  };
}

/** A pod that runs a newer version than a data server which it uses: said after the roll too. */
export function versionSkew(
  facts: Pick<RollOutFacts, 'pods' | 'versionOf' | 'dataServers'>,
): Finding | undefined {
  for (const pod of facts.pods) {
    const version = facts.versionOf(pod.uid);
    const skewed = facts.dataServers.find((server) => isNewer(version, server.version));
    if (skewed !== undefined) return skew(pod, version ?? '', skewed);
  }
  return undefined;
}

function skew(pod: OwnedPod, version: string, { key, version: its }: UsedDataServer): Finding {
  const message = `pod ${pod.name} runs ${version}, newer than ${key}, which runs ${its ?? ''}: upgrade the data server first`;
  return { type: 'Degraded', reason: 'VersionSkew', message };
}
