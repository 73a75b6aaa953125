/** A leader that was stopped past its lease finds another one, and changes nothing any more. */
import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultProxy } from '../support/fault-proxy.ts';
import { eventually } from '../support/kubectl.ts';
import { versionsIn } from '../support/objects.ts';
import { scaleOperator } from '../support/operator.ts';
import { apiServer, OperatorProcess } from '../support/operator-process.ts';
import { isPodNetworkReachable } from '../support/own-cluster.ts';
import { instanceStatus } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  statusOf,
  teller,
  untilReady,
} from '../support/resources.ts';
import type { Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';

/** Shorter than the chart's, so that a takeover does not take long; a busy machine must keep to it all the same. */
const LEASE = { durationSeconds: 10, renewSeconds: 7, retrySeconds: 2 };
const HELD_MS = 20_000;
const AFTER_MS = 5000;
/** What of a status is no transition is written some seconds late. */
const GATHERED_MS = 8000;
const SAMPLE_MS = 100;

const entries = (...names: readonly string[]): Spec => ({
  allowedIncoming: [
    { name: 'tellers', appServers: { name: 'teller' } },
    ...names.map((name, i) => ({ name, address: `192.0.2.${i + 1}` })),
  ],
});

// The operators are processes on this machine, and reach pods at their addresses.
if (isPodNetworkReachable) {
  test(
    'story 7 (F-K4): a leader stopped past its lease and resumed takes nothing back, and there is one leader at all times',
    story(['story-07'], async ({ namespaces, step, explain, defer }) => {
      const namespace = namespaces['story-07'];
      const common = { watchNamespaces: [namespace], lease: LEASE };
      defer(() => scaleOperator(1));
      await scaleOperator(0);
      const proxy = await FaultProxy.start(apiServer());
      defer(() => proxy.close());
      const server = { server: proxy.url, ca: proxy.ca };
      const first = await OperatorProcess.start({ name: 'first', server, ...common });
      defer(() => first.stop());
      explain(() => first.lastLines());
      await first.untilLeader();
      const second = await OperatorProcess.start({ name: 'second', ...common });
      defer(() => second.stop());
      explain(() => second.lastLines());
      const leaders = watchLeaders(first, second);
      defer(() => leaders.stop());
      const [data, app] = [bank(namespace), teller(namespace, { replicas: 1 })];
      applyResources(data, app);
      await untilReady(data, app);
      expect(await second.isLeader()).toBe(false);

      step('writes of the first are under way when it is stopped');
      const held = proxy.inject({
        methods: ['PUT', 'PATCH', 'POST'],
        path: new RegExp(`/namespaces/${namespace}/(configmaps|statefulsets|services)`),
        fault: { kind: 'hold' },
      });
      patchSpec(data, entries('one'));
      await eventually(() => (held.hits > 0 ? true : undefined), HELD_MS, 'a held write, not');
      first.signal('SIGSTOP');
      await second.untilLeader();
      step('the second leads');
      await untilReady(data, app);
      patchSpec(data, entries('one', 'two'));
      await untilReady(data, app);
      expect(statusOf(data).allowedIncoming).toHaveLength(3);
      await sleep(GATHERED_MS);
      const before = { objects: versionsIn(namespace), bank: instanceStatus(namespace, 'bank-0') };

      step('what the first had sent arrives, and it goes on');
      const sentBefore = proxy.seen.length;
      held.release();
      first.signal('SIGCONT');
      await first.untilEnded();
      await sleep(AFTER_MS);
      const later = proxy.seen.slice(sentBefore).filter(({ method }) => method !== 'GET');
      expect(later.filter(({ path }) => path.includes(namespace))).toEqual([]);
      expect({
        objects: versionsIn(namespace),
        bank: instanceStatus(namespace, 'bank-0'),
      }).toEqual(before);
      expect(leaders.both).toBe(0);
      expect(await second.isLeader()).toBe(true);
      patchSpec(data, entries());
      await untilReady(data, app);
    }),
  );
}

/** Asks both all the time; `both`: how often each said that it leads. */
function watchLeaders(...operators: readonly OperatorProcess[]): {
  readonly both: number;
  stop: () => Promise<void>;
} {
  let both = 0;
  let isWatching = true;
  const goesOn = (): boolean => isWatching;
  const watching = (async () => {
    while (goesOn()) {
      const answers = await Promise.all(operators.map((operator) => operator.isLeader()));
      if (answers.every((leads) => leads)) both++;
      await sleep(SAMPLE_MS);
    }
  })();
  return {
    get both() {
      return both;
    },
    stop: () => {
      isWatching = false;
      return watching;
    },
  };
}
