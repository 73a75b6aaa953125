/** An empty list admits nobody (K1): a server does not open when those whom it admits are scaled away. */
import { expect, test } from '@jest/globals';
import { eventually, kubectl } from './support/kubectl.ts';
import { deletePod, identities, instancePods, shell, untilPodReady } from './support/pods.ts';
import { applyResources, bank, statusOf, teller, untilReady } from './support/resources.ts';
import { story } from './support/story.ts';
import { Knocker } from './support/test-pods.ts';

const GONE_MS = 60_000;
const GATHERED_MS = 20_000;

test(
  'story 2 (F-K3): a foreign pod is refused before, while and after the app servers are scaled to zero',
  story(['story-02', 'elsewhere'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-02'];
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    shell(namespace, 'teller-0', 'SET ^Account(17)="Ada"');
    const foreign = await Knocker.start({
      namespace: namespaces.elsewhere,
      name: 'foreign',
      host: `bank.${namespace}.svc.cluster.local`,
    });
    await foreign.untilMore('NOT_ALLOWED');
    step('kubectl scale to 0');
    kubectl(['scale', 'eas', 'teller', '-n', namespace, '--replicas=0']);
    const alone = (): true | undefined => (instancePods(namespace).length === 1 ? true : undefined);
    await eventually(alone, GONE_MS, 'the app pods not gone');
    await untilReady(data, app);
    await foreign.untilMore('NOT_ALLOWED');
    // Counts are no transition: the status gathers them over some seconds.
    const isEmpty = (): true | undefined =>
      statusOf(data).allowedIncoming?.[0]?.addresses === 0 ? true : undefined;
    await eventually(isEmpty, GATHERED_MS, 'the entry is not said to stand for nobody');
    step('the data server starts again with nobody to admit');
    const [, uid = ''] = identities(namespace)[0]?.split(' ') ?? [];
    deletePod(namespace, 'bank-0');
    await untilPodReady(namespace, 'bank-0', uid);
    await foreign.untilMore('NOT_ALLOWED');
    const { NOT_ALLOWED, UNREACHABLE, ...other } = foreign.outcomes();
    expect({ NOT_ALLOWED, UNREACHABLE, other }).toMatchObject({ other: {} });
    step('back to 2: the data is there');
    kubectl(['scale', 'eas', 'teller', '-n', namespace, '--replicas=2']);
    await untilReady(data, app);
    expect(shell(namespace, 'teller-1', 'WRITE ^Account(17)')).toBe('Ada');
  }),
);
