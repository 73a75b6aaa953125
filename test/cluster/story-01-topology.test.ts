/** Both kinds, in either order, become a topology that works; and what is shown of it reads like a report. */
import { expect, test } from '@jest/globals';
import { eventually, kubectl } from './support/kubectl.ts';
import { metric, shell, shellAnswers, untilPodReady } from './support/pods.ts';
import {
  applyResources,
  bank,
  conditionOf,
  statusOf,
  teller,
  untilCondition,
  untilReady,
} from './support/resources.ts';
import type { Named } from './support/resources.ts';
import { story } from './support/story.ts';

test.each(['data server', 'app servers'])(
  'story 1 (F-K1): with the %s first, what one app pod writes, another reads',
  (first) =>
    story(['story-01'], async ({ namespaces, step }) => {
      const namespace = namespaces['story-01'];
      const [data, app] = [bank(namespace), teller(namespace)];
      if (first === 'data server') {
        applyResources(data);
        await untilReady(data);
        step('the data server is ready');
        applyResources(app);
      } else {
        applyResources(app);
        const unresolved = { status: 'False', reason: 'DataServerNotFound' } as const;
        const message = await untilCondition(app, 'ReferencesResolved', unresolved);
        expect(message).toContain(`${namespace}/bank`);
        step('K14: without a data server the app servers run, and say what they miss');
        await untilPodReady(namespace, 'teller-0');
        expect(() => shell(namespace, 'teller-0', 'WRITE ^Account(17)')).toThrow(/NETWORK/);
        applyResources(data);
      }
      await untilReady(data, app);
      expect(shell(namespace, 'teller-0', 'SET ^Account(17)="Ada" WRITE ^Account(17)')).toBe('Ada');
      await shellAnswers(namespace, 'teller-1', 'WRITE ^Account(17)', 'Ada');
      await untilCondition(app, 'ReferencesResolved', { status: 'True' });
    })(),
);

test(
  'story 1 (F-K5): status and columns say who is connected, and endpoint, version and configuration',
  story(['report'], async ({ namespaces: { report: namespace }, step }) => {
    const [data, app] = [bank(namespace), teller(namespace)];
    applyResources(data, app);
    await untilReady(data, app);
    for (const pod of ['teller-0', 'teller-1']) shell(namespace, pod, 'WRITE $DATA(^Account)');
    step('both app servers have connected');
    for (const named of [data, app]) await untilConnected(named);
    const status = statusOf(data);
    expect(status.endpoint).toBe(`bank.${namespace}.svc:1972`);
    expect(status.connections).toMatchObject({
      limit: 8,
      requested: 2,
      connected: 2,
      summary: '2/8',
    });
    expect(status.connections?.peers).toMatchObject([
      { name: `${namespace}/teller-0`, entry: 'tellers', state: 'Normal' },
      { name: `${namespace}/teller-1`, entry: 'tellers', state: 'Normal' },
    ]);
    expect(status.configuration?.desiredRevision).toBe(status.configuration?.observedRevision);
    expect(status.databases).toContainEqual(
      expect.objectContaining({ name: 'ACCOUNTS', state: 'Mounted' }),
    );
    expect(status.volumes).toMatchObject([{ name: 'data', claimName: 'data-bank-0' }]);
    expect(statusOf(app).connections).toMatchObject({ desired: 2, connected: 2, summary: '2/2' });
    for (const type of ['Progressing', 'Degraded'] as const) {
      expect(conditionOf(data, type)?.status).toBe('False');
      expect(conditionOf(app, type)?.status).toBe('False');
    }
    const table = kubectl(['get', 'eds,eas', '-n', namespace, '-o', 'wide']);
    expect(table).toMatch(/ecpdataserver\S*\/bank +True +Serving +2\/8/);
    expect(table).toContain(`bank.${namespace}.svc:1972`);
    expect(table).toMatch(/ecpappserver\S*\/teller +2 +2 +2\/2/);
    step('K12: health answers, and metrics are there for Prometheus');
    expect(metric(namespace, 'bank-0', 'ecp_connection_state')).toBeDefined();
  }),
);

async function untilConnected(named: Named): Promise<void> {
  const probe = (): true | undefined =>
    statusOf(named).connections?.connected === 2 ? true : undefined;
  await eventually(probe, 30_000, `both connections in the status of ${named.kind} not`);
}
