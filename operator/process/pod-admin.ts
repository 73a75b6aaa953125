/**
 * Admin calls to instances in pods. Each pod gets a token of the operator's own ServiceAccount, made by the cluster for ten
 * minutes with the pod's UID as its audience: at another pod it is of no use (K6).
 */
import { callAdmin } from '../../server/adapters/grpc-admin-service.ts';
import { ecp } from '../../server/api/generated/admin.js';
import type { Clock } from '../../server/ports/clock.ts';
import type { OwnedPod } from '../controllers/decisions/owned-pod.ts';
import type { InstanceAdmin } from '../controllers/instance-admin.ts';
import { POD_LAYOUT } from '../resources/pod-layout.ts';
import type { Cluster } from '../runtime/cluster.ts';

const TOKEN_SECONDS = 600;
/** Used no longer than this, so that none ends on its way. */
const TOKEN_AGE_MS_MAX = 480_000;
/** As many as pods of a large topology; more only cost new tokens. */
const TOKENS_MAX = 2048;
const CALL_MS_MAX = 5000;

export interface PodAdminOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly clock: Clock;
}

export class PodAdmin implements InstanceAdmin {
  readonly #options: PodAdminOptions;
  readonly #tokens = new Map<string, { readonly token: Promise<string>; readonly atMs: number }>();

  constructor(options: PodAdminOptions) {
    this.#options = options;
  }

  status(pod: OwnedPod): Promise<Uint8Array> {
    return this.#call(pod, 'Status', new Uint8Array(0));
  }

  configure(pod: OwnedPod, text: string): Promise<Uint8Array> {
    const request = ecp.admin.v1.ConfigureRequest.encode({ configuration: text }).finish();
    return this.#call(pod, 'Configure', request);
  }

  async #call(pod: OwnedPod, method: string, request: Uint8Array): Promise<Uint8Array> {
    const [address] = pod.addresses;
    if (address === undefined) throw new Error(`pod ${pod.name} has no address`);
    const host = address.includes(':') ? `[${address}]` : address;
    const token = await this.#tokenFor(pod.uid);
    return callAdmin({ host, port: POD_LAYOUT.adminPort }, token, method, request, CALL_MS_MAX);
  }

  #tokenFor(podUid: string): Promise<string> {
    const { cluster, namespace, serviceAccount, clock } = this.#options;
    const nowMs = clock.nowMs();
    const known = this.#tokens.get(podUid);
    if (known !== undefined && nowMs - known.atMs < TOKEN_AGE_MS_MAX) return known.token;
    const token = cluster
      .requestToken(namespace, serviceAccount, podUid, TOKEN_SECONDS)
      .then((answer) => answer.token);
    // One that was refused is asked for anew.
    token.catch(() => this.#tokens.delete(podUid));
    this.#tokens.delete(podUid);
    this.#tokens.set(podUid, { token, atMs: nowMs });
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= TOKENS_MAX) break;
      this.#tokens.delete(oldest);
    }
    return token;
  }
}
