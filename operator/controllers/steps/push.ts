/** What is stored goes to every running instance that has something else in force: exactly the stored text (K5). */
import { messageOf } from '../../../server/base/errors.ts';
import { ecp } from '../../../server/api/generated/admin.js';
import type { StoredConfiguration } from '../configuration-store.ts';
import type { OwnedPod } from '../decisions/owned-pod.ts';
import { again } from '../pass.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';

/** How soon an instance that could not be reached is tried again. */
const AGAIN_MS = 1000;
/** One that refused: what it said may pass, such as a disk that is full, and a revocation must not wait for the next change. */
const REFUSED_MS = 10_000;

export async function pushConfiguration(pass: Pass, tools: Tools): Promise<void> {
  const { configuration, pods } = pass;
  if (configuration === undefined) return;
  const behind = pods.filter(({ uid, isRunning, addresses }) => {
    const inForce = tools.instances.observationOf(uid);
    // Without an answer yet it may still be recovering: it is asked all the time.
    if (!isRunning || addresses.length === 0 || inForce === undefined) return false;
    return inForce.revision < configuration.revision;
  });
  await Promise.all(behind.map((pod) => push(pod, configuration, pass, tools)));
}

async function push(
  pod: OwnedPod,
  { text, revision }: StoredConfiguration,
  pass: Pass,
  { admin, instances }: Tools,
): Promise<void> {
  try {
    const reply = ecp.admin.v1.ConfigureReply.decode(await admin.configure(pod, text));
    const { refused, hash } = reply;
    instances.noteOffer(pod.uid, { revision: reply.revision, hash });
    if (refused === '') pass.log.info('configuration pushed', { pod: pod.name, revision });
    else {
      pass.log.warn('configuration refused', { pod: pod.name, revision, problem: refused });
      again(pass, REFUSED_MS);
    }
  } catch (error) {
    const problem = messageOf(error);
    pass.log.info('configuration could not be pushed', { pod: pod.name, revision, problem });
    instances.noteOffer(pod.uid, undefined);
    again(pass, AGAIN_MS);
  }
}
