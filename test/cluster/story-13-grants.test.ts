/** Across Kubernetes namespaces only an entry of the data server's list grants access, and it can be taken back. */
import { expect, test } from '@jest/globals';
import { eventually, getJson } from './support/kubectl.ts';
import {
  identities,
  instanceStatus,
  shell,
  shellAnswers,
  shellCommand,
  tryExec,
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

const CLOSED_MS = 10_000;

test(
  'story 13 (F-K3): a reference into another namespace works while it is granted, and no longer; nobody restarts',
  story(['owner', 'branch'], async ({ namespaces: { owner, branch }, step }) => {
    const data = bank(owner);
    const app = teller(branch, {
      replicas: 1,
      dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank', namespace: owner } }],
    });
    applyResources(data, app);
    await untilReady(data);
    const notGranted = { status: 'False', reason: 'NotGranted' } as const;
    expect(await untilCondition(app, 'ReferencesResolved', notGranted)).toContain(`${owner}/bank`);
    await untilCondition(app, 'Ready', { status: 'True' });
    const [entry] = configurationOf(branch).dataServers;
    expect(entry).toMatchObject({ name: 'BANK', unresolved: expect.stringContaining('admits') });
    expect(entry).not.toHaveProperty('host');
    expect(tryExec(branch, 'teller-0', shellCommand('WRITE ^Account(17)')).stderr).toContain(
      'NETWORK',
    );
    const before = [...identities(owner), ...identities(branch)];

    step('granted');
    const namespacesOf = {
      from: 'Selector',
      selector: { matchLabels: { 'kubernetes.io/metadata.name': branch } },
    };
    const appServers = { name: 'teller', namespaces: namespacesOf };
    patchSpec(data, { allowedIncoming: [{ name: 'branches', appServers }] });
    await untilCondition(app, 'ReferencesResolved', { status: 'True' });
    await shellAnswers(branch, 'teller-0', 'SET ^Account(17)="Ada" WRITE ^Account(17)', 'Ada');
    expect(instanceStatus(owner, 'bank-0').appServers).toContainEqual(
      expect.objectContaining({ name: `${branch}/teller-0`, state: 'Normal', entry: 'branches' }),
    );

    step('withdrawn');
    patchSpec(data, { allowedIncoming: [] });
    const closed = (): true | undefined => {
      const { appServers: peers } = instanceStatus(owner, 'bank-0');
      return peers.every(({ state }) => state !== 'Normal') ? true : undefined;
    };
    await eventually(closed, CLOSED_MS, 'the session closed not');
    await untilCondition(app, 'ReferencesResolved', notGranted);
    expect(tryExec(branch, 'teller-0', shellCommand('WRITE ^Account(18)')).ok).toBe(false);
    expect(shell(owner, 'bank-0', 'WRITE ^Account(17)')).toBe('Ada');
    expect([...identities(owner), ...identities(branch)]).toEqual(before);
  }),
);

function configurationOf(namespace: string): { readonly dataServers: readonly object[] } {
  const stored = getJson(['configmap', 'teller-config', '-n', namespace]) as {
    readonly data: Readonly<Record<string, string>>;
  };
  return JSON.parse(stored.data['configuration.json'] ?? '') as { dataServers: object[] };
}
