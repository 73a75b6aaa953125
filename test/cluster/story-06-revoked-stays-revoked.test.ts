/** A revocation outlives the data server, whatever its mounted file still says (K5). */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { crash } from './support/crash.ts';
import { eventually } from './support/kubectl.ts';
import {
  acceptedText,
  configure,
  instanceStatus,
  shell,
  shellAnswers,
  tryExec,
  shellCommand,
} from './support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  teller,
  untilCondition,
  untilReady,
} from './support/resources.ts';
import { story } from './support/story.ts';
import { Knocker } from './support/test-pods.ts';

const KEPT_MS = 5000;
const REVOKED_MS = 1000;

test(
  'story 6 (F-K3): an entry revoked a second before the data server is killed stays revoked, and an older revision is refused',
  story(['story-06', 'outside'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-06'];
    const lists = [{ name: 'outside', cidr: '0.0.0.0/0' }];
    const data = bank(namespace, { allowedIncoming: lists });
    const app = teller(namespace, { replicas: 1 });
    applyResources(data, app);
    await untilReady(data, app);
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    const outside = await Knocker.start({
      namespace: namespaces.outside,
      name: 'outside',
      host: `bank.${namespace}.svc.cluster.local`,
    });
    await outside.untilMore('WELCOME');
    const oldText = acceptedText(namespace, 'bank-0');

    step('revoked, and the data server killed');
    patchSpec(data, { allowedIncoming: [] });
    const accepted = (): true | undefined =>
      acceptedText(namespace, 'bank-0') === oldText ? undefined : true;
    await eventually(accepted, REVOKED_MS, 'the revocation in force not');
    await crash(namespace, 'bank-0').untilBack();
    const welcomes = outside.outcomes()['WELCOME'];
    await outside.untilMore('NOT_ALLOWED');
    await sleep(KEPT_MS);
    expect(outside.outcomes()['WELCOME']).toBe(welcomes);
    expect(tryExec(namespace, 'teller-0', shellCommand('WRITE ^Account(17)')).ok).toBe(false);
    await untilCondition(app, 'ReferencesResolved', { status: 'False', reason: 'NotListed' });

    step('an older revision is pushed');
    const before = instanceStatus(namespace, 'bank-0');
    expect(configure(namespace, 'bank-0', oldText)).toContain('revision');
    expect(instanceStatus(namespace, 'bank-0')).toMatchObject({
      hash: before.hash,
      revision: before.revision,
    });
    expect(outside.outcomes()['WELCOME']).toBe(welcomes);

    step('listed again: all goes on');
    patchSpec(data, { allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }] });
    await untilReady(data, app);
    await shellAnswers(namespace, 'teller-0', 'WRITE ^Account(17)', 'Ada');
  }),
);
