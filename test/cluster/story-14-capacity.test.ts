/** More connections than maxAppServers: said before anyone is refused, and raised without a restart (K13). */
import { expect, test } from '@jest/globals';
import { kubectl } from './support/kubectl.ts';
import { identities, instancePods, metric, shell } from './support/pods.ts';
import {
  applyResources,
  bank,
  conditionOf,
  patchSpec,
  statusOf,
  teller,
  untilCondition,
  untilReady,
} from './support/resources.ts';
import { story } from './support/story.ts';

test(
  'story 14 (F-K3): with room for 2 of 3 both sides say so before a refusal, the third pod is held, and joins when there is room',
  story(['story-14'], async ({ namespaces, step }) => {
    const namespace = namespaces['story-14'];
    const [data, app] = [bank(namespace, { maxAppServers: 2 }), teller(namespace, { replicas: 3 })];
    applyResources(data, app);
    const exceeded = { status: 'False', reason: 'MaxAppServersExceeded' } as const;
    for (const named of [data, app]) {
      const message = await untilCondition(named, 'CapacityAvailable', exceeded);
      expect(message).toContain('takes 2 app servers (spec.maxAppServers), 3 are asked for');
    }
    await untilReady(data);
    await untilCondition(app, 'Ready', { status: 'False', reason: 'MaxAppServersExceeded' });
    expect(instancePods(namespace).map(({ metadata }) => metadata.name)).toEqual([
      'bank-0',
      'teller-0',
      'teller-1',
    ]);
    expect(statusOf(data).connections).toMatchObject({ limit: 2, requested: 3 });
    for (const pod of ['teller-0', 'teller-1']) shell(namespace, pod, 'SET ^Account(1)=1');
    expect(metric(namespace, 'bank-0', 'ecp_connections_refused_total')).toBe(0);
    expect(kubectl(['events', '-n', namespace, '--types=Warning'])).toContain(
      'MaxAppServersExceeded',
    );
    const before = identities(namespace);

    step('raised to 3');
    patchSpec(data, { maxAppServers: 3 });
    await untilReady(data, app);
    expect(conditionOf(app, 'CapacityAvailable')?.status).toBe('True');
    shell(namespace, 'teller-2', 'SET ^Account(2)="third"');
    expect(identities(namespace)).toEqual(expect.arrayContaining(before));
    expect(metric(namespace, 'bank-0', 'ecp_connections_refused_total')).toBe(0);
  }),
);
