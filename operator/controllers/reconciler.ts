/**
 * Makes one custom resource so: a flat list of steps, each of which looks at the whole state and does what is
 * missing, so that any of them can be repeated, skipped or cut short. The status is written at the end, whatever the
 * steps came to.
 *
 *   services       Services
 *   policy         the NetworkPolicy: a list of who may connect, followed as the instances' own
 *   configuration  the ConfigMap, swapped, with a revision
 *   push           to running instances, at once: revocations wait for nothing below
 *   claims         volumes of ours are adopted and grown, never shrunk or deleted
 *   pods           StatefulSet and disruption budget, as far as the roll-out has come
 *   repair         a pod that holds up a roll-out
 *   replace        more than one pod at a time, where the spec allows it
 *   status
 *
 * Invariants: nothing that holds data is ever deleted; an object that is not ours is never changed; one step's failure
 * keeps no other from being done.
 */
import type { Finding } from '../api/conditions.ts';
import { messageOf } from '../../server/base/errors.ts';
import type { EcpResource } from '../api/manifests.ts';
import { configMapName, headlessServiceName } from '../resources/names.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { Outcome, ReconcileContext } from '../runtime/controller.ts';
import { Applier, FormerObjectError, ManagedByOtherError, StrangerError } from './applier.ts';
import { ConfigurationStore } from './configuration-store.ts';
import { again, isPaused } from './pass.ts';
import type { Pass } from './pass.ts';
import { beginPass } from './begin-pass.ts';
import { CONFIG_MAP } from './resource-types.ts';
import type { StatusWriter } from './status-writer.ts';
import { growClaims } from './steps/claims.ts';
import { applyNetworkPolicy, applyServices } from './steps/network.ts';
import { applyPods } from './steps/pods.ts';
import { pushConfiguration } from './steps/push.ts';
import { repairPods } from './steps/repair.ts';
import { replacePods } from './steps/replace.ts';
import { storeConfiguration } from './steps/configuration.ts';
import type { Tools } from './tools.ts';

interface Step {
  readonly name: string;
  readonly run: (pass: Pass, tools: Tools) => Promise<void>;
  /** Left out while a person has paused the resource: allow-lists are followed all the same (K15). */
  readonly isPausable: boolean;
}

const STEPS: readonly Step[] = [
  { name: 'services', run: applyServices, isPausable: true },
  { name: 'policy', run: applyNetworkPolicy, isPausable: false },
  { name: 'configuration', run: storeConfiguration, isPausable: false },
  { name: 'push', run: pushConfiguration, isPausable: false },
  { name: 'claims', run: growClaims, isPausable: true },
  { name: 'pods', run: applyPods, isPausable: true },
  { name: 'repair', run: repairPods, isPausable: true },
  { name: 'replace', run: replacePods, isPausable: true },
];

/** How soon an object of a former resource is looked for again. */
const FORMER_MS = 1000;
/** What was refused is tried again so often: rights, quotas and strangers' objects change without a word to the operator. */
const REFUSED_MS = 30_000;

export class Reconciler {
  readonly #tools: Tools;
  readonly #status: StatusWriter;

  constructor(tools: Omit<Tools, 'applier' | 'configurations'>, status: StatusWriter) {
    const applier = new Applier(tools.cluster);
    const target = { type: CONFIG_MAP, copies: tools.copies.configMaps };
    const configurations = new ConfigurationStore(tools.cluster, applier, target);
    this.#tools = { ...tools, applier, configurations };
    this.#status = status;
  }

  readonly reconcile = async (key: string, { signal, log }: ReconcileContext): Promise<Outcome> => {
    const watched = this.#tools.world.look().watched.get(key);
    if (watched === undefined) {
      this.#forget(key);
      return {};
    }
    // Whoever deletes it may be waiting for its objects to go.
    if (watched.object.metadata.deletionTimestamp !== undefined) return {};
    const pass = beginPass(watched, this.#tools, log);
    if (pass === undefined) {
      await this.#status.writeInvalid(watched);
      return {};
    }
    const failure = await this.#runSteps(pass, signal);
    if (failure instanceof ManagedByOtherError) {
      this.#status.reportOtherManager(watched, failure.message);
      return {};
    }
    await this.#status.write(pass);
    if (failure !== undefined) throw failure;
    return pass.againAfterMs === undefined ? {} : { requeueAfterMs: pass.againAfterMs };
  };

  /** Of a resource that is gone. */
  #forget(key: string): void {
    const [kind = '', place = ''] = key.split(' ');
    const [namespace = '', name = ''] = place.split('/');
    const named = { kind: kind as EcpResource['kind'], metadata: { name } };
    this.#status.forget(key);
    this.#tools.applier.forget(namespace, [name, headlessServiceName(named)]);
    this.#tools.configurations.forget(`${namespace}/${configMapName(named)}`);
  }

  /** The first failure that may pass by itself, after all steps had their turn. */
  async #runSteps(pass: Pass, signal: AbortSignal): Promise<Error | undefined> {
    let failure: Error | undefined;
    const paused = isPaused(pass.resource);
    for (const { name, run, isPausable } of STEPS) {
      if (paused && isPausable) continue;
      signal.throwIfAborted();
      try {
        await run(pass, this.#tools);
      } catch (error) {
        if (error instanceof ManagedByOtherError) return error;
        const finding = findingOf(error);
        if (finding === undefined) {
          pass.log.debug('step failed', { step: name, problem: messageOf(error) });
          failure ??= error instanceof Error ? error : new Error(messageOf(error));
          continue;
        }
        pass.findings.push(finding);
        again(pass, error instanceof FormerObjectError ? FORMER_MS : REFUSED_MS);
      }
    }
    return failure;
  }
}

/** What people have to know or do; undefined for what is tried again and passes. */
function findingOf(error: unknown): Finding | undefined {
  if (error instanceof FormerObjectError) {
    return { type: 'Progressing', reason: 'FormerObjects', message: error.message };
  }
  if (error instanceof StrangerError) {
    return { type: 'Degraded', reason: 'NameInUse', message: `metadata.name: ${error.message}` };
  }
  if (!(error instanceof ApiError)) return undefined;
  if (error.isInvalid) {
    return { type: 'Degraded', reason: 'InvalidObject', message: error.message };
  }
  if (error.isForbidden) return { type: 'Degraded', reason: 'Forbidden', message: error.message };
  return undefined;
}
