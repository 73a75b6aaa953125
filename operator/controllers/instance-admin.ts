/** The admin API of a running instance, as the operator uses it (rule K6: with a token that is of use at this pod alone). */
import type { OwnedPod } from './decisions/owned-pod.ts';

export interface InstanceAdmin {
  /** A `StatusReply`. Rejects when it cannot be had. */
  status(pod: OwnedPod): Promise<Uint8Array>;
  /** Offers a configuration's text; a `ConfigureReply`. */
  configure(pod: OwnedPod, text: string): Promise<Uint8Array>;
}
