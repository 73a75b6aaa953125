/** The list of allowed incoming connections (§2.1.1): every way to say who, judged by who gets in, and how soon. */
import { expect, test } from '@jest/globals';
import { apply, eventually, kubectl } from '../support/kubectl.ts';
import { instanceStatus, podOf, shellAnswers, shellCommand, tryExec } from '../support/pods.ts';
import { applyResources, bank, patchSpec, resource, untilReady } from '../support/resources.ts';
import type { Resource, Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { Knocker } from '../support/test-pods.ts';
import { FOLLOWS_MS, lives, medianOf, serviceOf } from './common.ts';

const HEARD_MS = 30_000;

test.concurrent(
  'F-S1: addresses, ranges, blocks, host names and the policy admit and keep out within two seconds',
  story(['gate', 'street'], async ({ namespaces: { gate, street }, step }) => {
    const data = bank(gate, { allowedIncoming: [] });
    applyResources(data);
    await untilReady(data);
    const knocker = await Knocker.start({
      namespace: street,
      name: 'stranger',
      host: serviceOf(gate, 'bank'),
      asName: 'stranger',
      labels: { house: 'stranger' },
    });
    apply([headlessService(street, 'house')]);
    const address = podOf(street, 'stranger')?.status.podIP ?? '';
    const [a = '', b = '', c = ''] = address.split('.');
    const before = lives(gate);
    const took: number[] = [];
    const becomes = async (answer: string, spec: Spec, what: string): Promise<void> => {
      patchSpec(data, spec);
      const changed = Date.now();
      const tookMs = (await knocker.since(answer)) - changed;
      step(`${what}: ${answer} after ${tookMs} ms`);
      took.push(tookMs);
    };
    await knocker.untilMore('NOT_ALLOWED', 2);
    const entries = [
      { name: 'address', address },
      { name: 'range', address: `${a}.${Number(b) - 1}-${b}.${c}.*` },
      { name: 'block', cidr: `${a}.${b}.${c}.0/24` },
      { name: 'host', host: serviceOf(street, 'house') },
    ];
    const elsewhere = [
      { name: 'address', address: '192.0.2.1' },
      { name: 'range', address: `${a}.${Number(b) + 1}-${Number(b) + 2}.*.*` },
      { name: 'block', cidr: '192.0.2.0/24' },
      { name: 'host', host: 'nobody.invalid' },
    ];
    for (const entry of entries) {
      await becomes(
        'WELCOME',
        { allowedIncoming: [...elsewhere.filter(({ name }) => name !== entry.name), entry] },
        entry.name,
      );
      const [admitted] = instanceStatus(gate, 'bank-0').appServers;
      expect(admitted).toMatchObject({ name: 'stranger', entry: entry.name, address });
      await becomes('NOT_ALLOWED', { allowedIncoming: elsewhere }, `not by ${entry.name}`);
    }
    await becomes('WELCOME', { incomingPolicy: 'Any', allowedIncoming: [] }, 'policy Any');
    await becomes(
      'NOT_ALLOWED',
      { incomingPolicy: 'Listed' },
      'policy Listed, with nobody on the list',
    );
    expect(lives(gate)).toEqual(before);
    // One of them may meet a moment in which this machine does something else.
    expect(medianOf(took)).toBeLessThan(FOLLOWS_MS);
    expect(Math.max(...took)).toBeLessThan(HEARD_MS);
  }),
);

/** Resolves to the pods with a label: a host name as DNS gives it. */
function headlessService(namespace: string, name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: 'None', selector: { house: 'stranger' } },
  };
}

test.concurrent(
  'F-K2: app servers are admitted by name, labels and namespace as long as an entry says so',
  story(['court', 'abroad'], async ({ namespaces: { court, abroad }, step }) => {
    const data = bank(court, { allowedIncoming: [] });
    const guest = (namespace: string): Resource =>
      resource(
        'EcpAppServer',
        namespace,
        'guest',
        {
          dataServers: [{ name: 'BANK', dataServerRef: { name: 'bank', namespace: court } }],
          remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
          namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
          timeouts: { requestWaitSeconds: 1 },
        },
        { labels: { team: 'guests' } },
      );
    kubectl(['label', 'namespace', abroad, `realm=${abroad}`]);
    const [here, there] = [guest(court), guest(abroad)];
    applyResources(data, here, there);
    await untilReady(data, here, there);
    const before = [...lives(court), ...lives(abroad)];
    const admits = async (appServers: object, who: readonly string[]): Promise<void> => {
      step(JSON.stringify(appServers));
      patchSpec(data, { allowedIncoming: [{ name: 'guests', appServers }] });
      await untilReady(data, here, there);
      for (const namespace of [court, abroad]) {
        if (who.includes(namespace)) {
          await shellAnswers(namespace, 'guest-0', 'SET ^Here=1 WRITE ^Here', '1');
        } else {
          await refused(namespace);
        }
      }
      const names = instanceStatus(court, 'bank-0')
        .appServers.filter(({ state }) => state === 'Normal')
        .map(({ name, entry }) => `${name} ${entry}`);
      expect(names.toSorted()).toEqual(who.map((one) => `${one}/guest-0 guests`).toSorted());
    };
    const realm = { from: 'Selector', selector: { matchLabels: { realm: abroad } } };
    const team = { matchLabels: { team: 'guests' } };
    await admits({ name: 'guest' }, [court]);
    await admits({ name: 'guest', namespaces: { from: 'All' } }, [abroad, court]);
    await admits({ name: 'guest', namespaces: realm }, [abroad]);
    await admits({ name: 'somebody', namespaces: { from: 'All' } }, []);
    await admits({ selector: team, namespaces: realm }, [abroad]);
    await admits({ selector: team, namespaces: { from: 'Same' } }, [court]);
    await admits({ selector: { matchLabels: { team: 'hosts' } }, namespaces: { from: 'All' } }, []);
    expect([...lives(court), ...lives(abroad)]).toEqual(before);
  }),
);

async function refused(namespace: string): Promise<void> {
  const probe = (): true | undefined => {
    const { ok, stderr } = tryExec(namespace, 'guest-0', shellCommand('WRITE $GET(^Here)'));
    if (ok) throw new Error('it is admitted');
    if (!stderr.includes('NETWORK')) throw new Error(stderr);
    return true;
  };
  await eventually(probe, HEARD_MS, `${namespace}: not refused`);
}
