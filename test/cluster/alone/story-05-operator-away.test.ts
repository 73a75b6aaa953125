/** Without an operator everything goes on, replaced pods included (K4). */
import { expect, test } from '@jest/globals';
import { scaleOperator } from '../support/operator.ts';
import { deletePod, identities, podOf, shellAnswers, untilPodReady } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { Knocker } from '../support/test-pods.ts';

test(
  'story 5 (F-K1): with the operator at 0, deleted app and data pods come back to their sessions and their data',
  story(['story-05', 'elsewhere'], async ({ namespaces, step, defer }) => {
    const namespace = namespaces['story-05'];
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    await shellAnswers(namespace, 'teller-0', 'SET ^Account(17)="Ada" WRITE ^Account(17)', 'Ada');
    await shellAnswers(namespace, 'teller-1', 'WRITE ^Account(17)', 'Ada');
    defer(() => scaleOperator(1));
    await scaleOperator(0);
    step('nobody reconciles');
    const before = ['teller-0', 'bank-0'].map((name) => podOf(namespace, name));
    for (const pod of before) deletePod(namespace, pod?.metadata.name ?? '');
    for (const pod of before) {
      await untilPodReady(namespace, pod?.metadata.name ?? '', pod?.metadata.uid);
    }
    step('both pods are back, at other addresses');
    for (const pod of ['teller-0', 'teller-1']) {
      await shellAnswers(namespace, pod, 'WRITE ^Account(17)', 'Ada');
    }
    const foreign = await Knocker.start({
      namespace: namespaces.elsewhere,
      name: 'foreign',
      host: `bank.${namespace}.svc.cluster.local`,
    });
    await foreign.untilMore('NOT_ALLOWED');
    step('the operator is back, and restarts nobody');
    const pods = identities(namespace);
    await scaleOperator(1);
    patchSpec(app, { timeouts: { recoverySeconds: 600 } });
    await untilReady(data, app);
    expect(identities(namespace)).toEqual(pods);
  }),
);
